"""Every place is found from the configuration, systemd and the home, in this order."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from roomtone.base.error import OwnerError
from roomtone.system import paths

HOME = {"HOME": "/home/ada"}


def test_under_systemd_its_folders_are_used() -> None:
    env = HOME | {"STATE_DIRECTORY": "/var/lib/roomtone", "RUNTIME_DIRECTORY": "/run/roomtone"}
    where = paths.resolve(environ=env)
    assert where.state == Path("/var/lib/roomtone")
    assert where.models == Path("/var/lib/roomtone/models")
    assert where.socket == Path("/run/roomtone/roomtone.sock")
    assert "systemctl start" in where.start
    assert paths.resolve(environ=HOME).start == "`roomtone run`"


def test_the_key_is_the_one_that_the_service_manager_hands_over_when_there_is_one(tmp_path) -> None:
    env = HOME | {"STATE_DIRECTORY": "/var/lib/roomtone", "CREDENTIALS_DIRECTORY": str(tmp_path)}
    assert paths.resolve(environ=env).key == Path("/var/lib/roomtone/key")
    (tmp_path / "database-key").write_text("00")
    assert paths.resolve(environ=env).key == tmp_path / "database-key"


def test_the_way_to_the_internet_answers_in_a_folder_of_root_or_beside_the_control_socket() -> None:
    served = paths.resolve(environ=HOME | {"RUNTIME_DIRECTORY": "/run/roomtone"})
    assert served.cloud_socket == Path("/run/roomtone-cloud/sock")
    own = paths.resolve("/srv/voice", environ=HOME)
    assert own.cloud_socket == Path("/srv/voice/roomtone-cloud.sock")


def test_the_services_own_command_finds_what_the_service_finds(tmp_path, monkeypatch) -> None:
    assert not paths.of_service()
    monkeypatch.setattr(paths, "APPLIANCE", Path(sys.prefix).parent)
    assert paths.of_service()
    where = paths.resolve(environ=paths.served(HOME | {"XDG_RUNTIME_DIR": "/run/user/0"}))
    assert (where.state, where.socket) == (paths.SYSTEM_STATE, paths.SYSTEM_SOCKET)
    assert where.models == paths.SYSTEM_STATE / "models"
    assert paths.resolve(environ=paths.served({"STATE_DIRECTORY": "/x"})).state == Path("/x")


def test_of_several_state_directories_the_first_counts() -> None:
    env = HOME | {"STATE_DIRECTORY": "/var/lib/roomtone:/var/lib/other"}
    assert paths.resolve(environ=env).state == Path("/var/lib/roomtone")


def test_a_person_gets_the_folders_of_the_desktop() -> None:
    env = HOME | {"XDG_RUNTIME_DIR": "/run/user/1000", "XDG_DATA_HOME": "/data"}
    where = paths.resolve(environ=env)
    assert where.state == Path("/home/ada/.local/state/roomtone")
    assert where.models == Path("/data/roomtone/models")
    assert where.socket == Path("/run/user/1000/roomtone.sock")


def test_without_a_session_everything_lies_below_the_home() -> None:
    where = paths.resolve(environ=HOME)
    assert where.socket == Path("/home/ada/.local/state/roomtone/roomtone.sock")
    assert where.models == Path("/home/ada/.local/share/roomtone/models")


def test_the_configuration_wins_and_two_daemons_do_not_share_a_socket() -> None:
    env = HOME | {"STATE_DIRECTORY": "/var/lib/roomtone", "XDG_RUNTIME_DIR": "/run/user/1000"}
    where = paths.resolve("/srv/voice", environ=env)
    assert (where.database, where.key) == (Path("/srv/voice/roomtone.db"), Path("/srv/voice/key"))
    assert where.socket == Path("/srv/voice/roomtone.sock")
    assert where.models == Path("/srv/voice/models")
    assert paths.resolve("/srv/voice", "/big", env).models == Path("/big")


def test_a_socket_path_that_linux_cannot_take_is_told_at_once() -> None:
    with pytest.raises(OwnerError, match="longer than 100 bytes"):
        paths.resolve("/" + "x" * 90, environ=HOME)


def test_a_client_also_looks_for_the_service() -> None:
    where = paths.resolve(environ=HOME | {"XDG_RUNTIME_DIR": "/run/user/1000"})
    assert where.sockets == (where.socket, paths.SYSTEM_SOCKET)


def test_the_shipped_models_lie_beside_the_package_or_where_the_owner_says() -> None:
    assert paths.resolve(environ=HOME).manifest.is_file()
    assert paths.shipped({"ROOMTONE_MODELS": "/usr/share/roomtone"}) == Path("/usr/share/roomtone")


def test_an_installed_roomtone_has_its_models_in_its_environment(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(paths.sys, "prefix", str(tmp_path))
    assert paths.shipped({}) != tmp_path / "models"
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "manifest.toml").touch()
    assert paths.shipped({}) == tmp_path / "models"


def test_a_private_folder_is_for_its_user_alone(tmp_path: Path) -> None:
    made = paths.private_folder(tmp_path / "a" / "b")
    assert made.stat().st_mode & 0o777 == 0o700
    assert paths.private_folder(made) == made


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OwnerError, match=r"\[paths\]"):
        paths.private_folder(tmp_path / "file" / "state")
