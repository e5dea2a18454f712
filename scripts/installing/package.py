"""Makes the Debian package, in the root of the release it is for: package.py OUTPUT LEVEL.

Runs there as root, from an unpacked bundle, with nothing but python3, python3-venv and dpkg.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path

from installing import tree
from installing.places import COMMAND, CURRENT, KINDS, PREFIX
from installing.source import BUNDLE, Source, check_bundle, find_python
from setting_up.step import ROOT, SetupError, run

SCRIPTS = ROOT / "scripts" / "installing" / "debian"
FIELDS = ("preinst", "postinst", "prerm", "postrm", "control")


def main(output: Path, level: str) -> int:
    """Write roomtone_VERSION_ARCHITECTURE.deb into `output`."""
    os.umask(0o022)
    try:
        source = Source(find_python())
        check_bundle(source.python)
        make(source, tree.make(source), output, level)
    except SetupError as error:
        print(f"\nbuild-deb: {error}", file=sys.stderr)
        return 1
    return 0


def make(source: Source, there: Path, output: Path, level: str) -> None:
    """Lay the package out and pack it. Raises SetupError."""
    stage = PREFIX / "stage"
    shutil.rmtree(stage, ignore_errors=True)
    inside = stage / PREFIX.relative_to("/")
    inside.mkdir(parents=True)
    there.rename(inside / there.name)
    there = inside / there.name
    (inside / CURRENT.name).symlink_to(there.name)
    units = [unit for kind in KINDS for unit in sorted((there / "systemd").glob(f"*.{kind}"))]
    for unit in units:
        _place(unit, stage / "usr/lib/systemd/system" / unit.name)
    for kind in ("sysusers.d", "tmpfiles.d"):
        _place(
            there / "systemd" / kind / "roomtone.conf", stage / "usr/lib" / kind / "roomtone.conf"
        )
    _place(ROOT / "scripts/installing/config.toml", stage / "etc/roomtone/config.toml")
    for name in ("README.md", "NOTICE.md"):
        _place(ROOT / name, stage / "usr/share/doc/roomtone" / name)
    _place(ROOT / "NOTICE.md", stage / "usr/share/doc/roomtone/copyright")
    (stage / "usr/bin").mkdir()
    (stage / "usr/bin" / COMMAND.name).symlink_to(CURRENT / "bin" / "roomtone")
    _fields(source, stage, [unit.name for unit in units if "@" not in unit.name])
    words = ("dpkg-deb", "--root-owner-group", "-Zzstd", f"-z{level}", "--build")
    run(*words, stage, output)


def version(name: str, made: int | None) -> str:
    """The package's version for the build `name`: one that was `made` later is greater.

    "on" sorts after the name of the release, which stood there in earlier packages.
    """
    release = platform.freedesktop_os_release()
    number, content = name.rsplit("-", 1)
    moment = time.strftime("%Y%m%d.%H%M%S", time.gmtime(made))
    system = f"{release['ID'][:3]}{release.get('VERSION_ID', '')}"
    return f"{number}+on{moment}.{content}~{system}"


def _fields(source: Source, stage: Path, units: list[str]) -> None:
    """Write what dpkg reads: the fields, and the scripts of the package."""
    asked = ["dpkg", "--print-architecture"]
    architecture = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    major, minor = source.python_version.split(".")[:2]
    size = sum(file.lstat().st_size for file in stage.rglob("*")) // 1024
    bundle = json.loads(BUNDLE.read_text())
    known = {
        "@VERSION@": version(source.name, bundle.get("made")),
        "@ARCHITECTURE@": architecture,
        "@SIZE@": str(size),
        "@PYTHON@": f"{major}.{minor}",
        "@NEXT@": f"{major}.{int(minor) + 1}",
        "@INSTRUCTIONS@": bundle["instructions"] or '""',
        "@UNITS@": " ".join(units),
        "@SOCKETS@": " ".join(unit for unit in units if unit.endswith(".socket")),
    }
    folder = stage / "DEBIAN"
    folder.mkdir()
    for name in FIELDS:
        text = (SCRIPTS / name).read_text()
        for word, value in known.items():
            text = text.replace(word, value)
        (folder / name).write_text(text)
        (folder / name).chmod(0o644 if name == "control" else 0o755)
    (folder / "conffiles").write_text("/etc/roomtone/config.toml\n")


def _place(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, target)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
