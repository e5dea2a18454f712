"""Machines to try the appliance in: this computer's release, and the next Debian."""

from __future__ import annotations

from pathlib import Path

import pytest

from appliance import bundles
from appliance.real_systemd import Machine, missing
from appliance.releases import NoReleaseError, release


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


@pytest.fixture(scope="session")
def bundle(namespaces, tmp_path_factory) -> Path:
    """This checkout in one file, with everything that an installation needs."""
    return bundles.pack(tmp_path_factory.mktemp("bundle"))
