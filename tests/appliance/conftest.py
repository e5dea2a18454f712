"""Machines to try the appliance in: this computer's release, and the next Debian."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from appliance import bundles
from appliance.installed import Appliance
from appliance.real_systemd import Machine, missing
from appliance.releases import NoReleaseError, release
from appliance.room import room
from sound.conftest import voice  # noqa: F401 - a fixture


@pytest.fixture(scope="session")
def namespaces():
    """Skips where no machine is to be had."""
    if why := missing():
        pytest.skip(why)


@pytest.fixture(scope="session")
def trixie(namespaces) -> Path:
    """The root file system of a Debian 13."""
    try:
        return release("trixie")
    except NoReleaseError as why:
        pytest.skip(str(why))


@pytest.fixture(scope="session", params=["here", "trixie"])
def root(request, namespaces) -> Path:
    """This computer's root, then a Debian 13."""
    return Path("/") if request.param == "here" else request.getfixturevalue("trixie")


@pytest.fixture
def machine(root):
    """A machine that has just booted."""
    with Machine(root) as booted:
        yield booted


@pytest.fixture(scope="module")
def house(root, tmp_path_factory):
    """An appliance in which roomtone.service runs, with a virtual room: `house.room`.

    `house.started_in` is how long the start took, in seconds. A test leaves it running.
    """
    tree, sounds = (tmp_path_factory.mktemp(name) for name in ("tree", "room"))
    tree.chmod(0o755)
    server = room(sounds)
    try:
        with Appliance(root, tree, sounds) as appliance:
            began = time.monotonic()
            appliance.run("systemctl", "start", "roomtone")
            appliance.started_in = time.monotonic() - began
            appliance.room = server
            yield appliance
    finally:
        server.stop()


@pytest.fixture(scope="session")
def bundle(namespaces, tmp_path_factory) -> Path:
    """This checkout in one file, with everything that an installation needs."""
    return bundles.pack(tmp_path_factory.mktemp("bundle"))
