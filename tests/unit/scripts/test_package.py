"""The Debian package's version, as dpkg orders it."""

from __future__ import annotations

import shutil
import subprocess

import pytest

MADE = 1_790_000_000


@pytest.fixture
def version(part, monkeypatch):
    package = part("installing.package")
    told = {"ID": "debian", "VERSION_ID": "12"}
    monkeypatch.setattr(package.platform, "freedesktop_os_release", lambda: told)
    return package.version


@pytest.mark.skipif(not shutil.which("dpkg"), reason="no dpkg here")
@pytest.mark.parametrize(
    ("older", "newer"),
    [
        (("0.1.0-ffffffff", MADE), ("0.1.0-00000000", MADE + 1)),
        (("0.1.0-ffffffff", MADE), ("0.1.1-00000000", MADE - 9999)),
        ("0.1.0+deb12", ("0.1.0-00000000", MADE)),
        (("0.9.0-ffffffff", MADE), ("0.10.0-00000000", MADE)),
    ],
)
def test_what_is_made_later_has_the_greater_version(version, older, newer):
    words = [one if isinstance(one, str) else version(*one) for one in (older, newer)]
    compared = ["dpkg", "--compare-versions", words[0], "lt", words[1]]
    assert subprocess.run(compared, check=False).returncode == 0, words


def test_two_builds_that_differ_have_different_versions(version):
    assert version("0.1.0-aaaaaaaa", MADE) != version("0.1.0-bbbbbbbb", MADE)
    assert version("0.1.0-aaaaaaaa", MADE) == "0.1.0+on20260921.141320.aaaaaaaa~deb12"
