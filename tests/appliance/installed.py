"""Roomtone put into a machine: the units of this checkout, its code, this Python's libraries.

Nothing is copied: everything is bound, under /opt/roomtone, as an installation has it.
"""

from __future__ import annotations

import shutil
import sys
import sysconfig
import time
from pathlib import Path

from appliance import room
from appliance.real_systemd import Cgroups, Machine
from roomtone.app.config import Config, places
from roomtone.base.error import OwnerError
from roomtone.system.paths import SYSTEM_SOCKET
from roomtone.web.client import Client

ROOT = Path(__file__).resolve().parents[2]
UNITS = ROOT / "systemd"
TREE = Path("/opt/roomtone")
MODELS = TREE / "models"

PULLED = ("smart-turn",)
"""Models that are neither in the checkout nor in a library; their folders are this user's alone."""

PROGRAM = f"""#!/bin/sh
LD_LIBRARY_PATH={TREE}/python/lib exec {TREE}/test/bin/python3 -m roomtone "$@"
"""


def unit_files() -> list[Path]:
    """Every unit that is shipped."""
    return sorted(path for path in UNITS.iterdir() if path.is_file())


class Appliance(Machine):
    """A machine with Roomtone in it, not started.

    `folder` is an empty folder that everybody may enter, `sounds` that of a virtual room,
    without which there is no sound device, `settings` more of its config.toml.
    """

    def __init__(
        self,
        root: Path,
        folder: Path,
        sounds: Path | None = None,
        settings: str = "",
        cgroups: Cgroups = "unified",
    ) -> None:
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        tree, packages = folder / "test", folder / "test" / "lib" / version / "site-packages"
        packages.mkdir(parents=True)
        (tree / "bin").mkdir()
        (tree / "pyvenv.cfg").write_text(f"home = {TREE}/python/bin\n")
        (tree / "bin" / "python3").symlink_to(f"{TREE}/python/bin/{version}")
        (tree / "bin" / "roomtone").write_text(PROGRAM)
        (tree / "bin" / "roomtone").chmod(0o755)
        (packages / "tree.pth").write_text(f"{TREE}/source/daemon\n{TREE}/packages\n")
        (folder / "current").symlink_to("test")
        for name in PULLED:
            source = next((places(Config()).models / name).iterdir())
            (folder / "models" / name).mkdir(parents=True)
            shutil.copy(source, folder / "models" / name)
        super().__init__(
            root,
            cgroups,
            [
                (folder, TREE),
                (Path(sys.base_prefix), TREE / "python"),
                (Path(sysconfig.get_path("purelib")), TREE / "packages"),
                (ROOT / "daemon", TREE / "source" / "daemon"),
                (ROOT / "models", TREE / "source" / "models"),
                *([(sounds, room.PLACE)] if sounds else []),
            ],
        )
        self._sounds = sounds
        self._settings = f'[paths]\nmodels = "{MODELS}"\n{settings}'

    def __enter__(self) -> Appliance:
        super().__enter__()
        for unit in unit_files():
            self.write(f"/etc/systemd/system/{unit.name}", unit.read_text())
        for kind in ("sysusers.d", "tmpfiles.d"):
            self.write(
                f"/usr/lib/{kind}/roomtone.conf", (UNITS / kind / "roomtone.conf").read_text()
            )
        self.write("/etc/roomtone/config.toml", self._settings)
        if self._sounds:
            self.write("/etc/systemd/system/roomtone.service.d/room.conf", room.DROP_IN)
        self.sh("systemd-sysusers && systemd-tmpfiles --create roomtone.conf")
        self.run("systemctl", "daemon-reload")
        return self

    def add(self, unit: str, name: str, text: str) -> None:
        """A drop-in for a unit."""
        self.write(f"/etc/systemd/system/{unit}.d/{name}.conf", text)
        self.run("systemctl", "daemon-reload")

    def roomtone(self, *command: str) -> str:
        """What the command line says, asked by root."""
        return self.run(f"{TREE}/current/bin/roomtone", *command).stdout

    @property
    def door(self) -> Client:
        """The control socket of the daemon in the machine, from here."""
        return Client([self.host_path(SYSTEM_SOCKET)])

    def pid(self, unit: str = "roomtone") -> int:
        """The number that the machine gives the main process of a unit; 0 for none."""
        return int(self.show(unit, "MainPID")["MainPID"])

    def until_it_hears(self, within: float, *, not_as: int = 0) -> float:
        """Seconds until the daemon is ready and frames of its microphone are fresh.

        `not_as` is the process of a daemon that has died and does not count.
        """
        began = time.monotonic()
        while not self._hears() or self.pid() == not_as:
            assert time.monotonic() - began < within, self.journal("-u", "roomtone", "-n", "30")
            time.sleep(0.05)
        return time.monotonic() - began

    def _hears(self) -> bool:
        try:
            health = self.door.status()["health"]
        except OwnerError:
            return False
        age = health["frame_age_s"]
        return health["ready"] and health["microphone"] == "open" and age is not None and age < 1
