"""Who may do what, on real files."""

from __future__ import annotations

import pytest

from roomtone.app.doctor import access
from roomtone.system.paths import Paths


@pytest.fixture
def where(tmp_path):
    state = tmp_path / "state"
    state.mkdir(mode=0o700)
    (state / "key").touch(0o600)
    (state / "socket").touch(0o600)
    return Paths(state=state, socket=state / "socket", models=tmp_path, shipped=tmp_path)


def checked(where) -> dict:
    return {one.check: one for one in access.check(where, where.state)}


def test_what_is_closed_is_well(where):
    found = checked(where)
    assert {found[name].verdict for name in ("state", "key", "socket")} == {"ok"}


@pytest.mark.parametrize(("name", "mode"), [("state", 0o755), ("key", 0o640)])
def test_what_others_may_read_is_closed_with_one_command(where, name, mode):
    path = where.state if name == "state" else where.key
    path.chmod(mode)
    found = checked(where)[name]
    assert found.verdict == "bad"
    assert found.mend == f"`sudo chmod {'0700' if name == 'state' else '0600'} {path}`"


def test_a_socket_for_everybody_is_bad(where):
    where.socket.chmod(0o666)
    assert checked(where)["socket"].verdict == "bad"


def test_what_is_not_there_yet_is_no_fault(where):
    where.key.unlink()
    where.socket.unlink()
    found = checked(where)
    assert found["key"].verdict == "ok"
    assert found["socket"].verdict == "skipped"


def test_a_machine_without_sound_devices_has_no_group_to_join(where):
    assert checked(where)["groups"].verdict == "skipped"


def test_a_sound_device_that_opens_is_well(where):
    (where.state / "dev/snd").mkdir(parents=True)
    (where.state / "dev/snd/pcmC0D0p").touch()
    assert checked(where)["groups"].verdict == "ok"


def test_a_database_without_its_key_is_bad_unless_the_key_is_sealed(where):
    where.database.touch()
    where.key.unlink()
    found = checked(where)["key"]
    assert found.verdict == "bad"
    assert "backup" in found.mend
    sealed = where.state / "etc/credstore.encrypted"
    sealed.mkdir(parents=True)
    (sealed / "database-key").touch()
    assert checked(where)["key"].verdict == "ok"
