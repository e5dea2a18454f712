"""The machine that the other tests stand on."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

import pytest

from appliance.real_systemd import CGROUPS, PREFIX, Machine

pytestmark = pytest.mark.appliance


def test_a_machine_runs_and_tells_how_a_command_ended(machine):
    assert machine.run("systemctl", "is-system-running").stdout == "running\n"
    assert machine.run("sh", "-c", "cat; exit 7", check=False, given="in").returncode == 7
    assert machine.run("cat", given="passed on").stdout == "passed on"
    assert machine.sh("ls /proc | grep -x 1") == "1\n"


def test_a_machine_has_no_network_but_its_own(machine):
    assert machine.sh("ls /sys/class/net | xargs") == "lo\n"


def test_what_is_shared_is_shared_and_the_rest_vanishes(root, namespaces, tmp_path):
    with Machine(root, binds=[tmp_path, (tmp_path, Path("/opt/elsewhere"))]) as machine:
        machine.write(tmp_path / "kept", "yes")
        assert machine.sh("cat /opt/elsewhere/kept") == "yes"
        machine.write("/etc/written", "no")
    assert (tmp_path / "kept").read_text() == "yes"
    assert not Path("/etc/written").exists()
    assert not (root / "etc/written").exists()


@pytest.mark.parametrize("cgroups", ["unified", "hybrid"])
def test_nothing_is_left_behind(namespaces, cgroups):
    ours = f"{PREFIX}-{os.getpid()}-*"

    def left():
        find = ["find", CGROUPS, tempfile.gettempdir(), "-maxdepth", "4", "-name", ours]
        return subprocess.run(find, capture_output=True, text=True, check=False).stdout

    mounts = Path("/proc/self/mounts").read_text()
    with Machine(cgroups=cgroups) as machine:
        process = machine.start("sleep", "1000")
        machine.run("systemd-run", "--unit=left", "sleep", "1000")
        assert left()
    assert process.wait(5)
    assert not left()
    assert Path("/proc/self/mounts").read_text() == mounts


def test_limits_bite_in_a_hybrid_machine(namespaces):
    eat = "import time; held = bytearray(80_000_000); time.sleep(3)"
    with Machine(cgroups="hybrid") as machine:
        limits = ("-p", "MemoryMax=40M", "-p", "MemorySwapMax=0")
        run = machine.run("systemd-run", "--wait", *limits, "python3", "-c", eat, check=False)
        assert run.returncode
        assert "code=killed" in run.stderr
