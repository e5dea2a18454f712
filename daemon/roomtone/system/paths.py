"""Where things live: state, socket, pulled models, the models that came with Roomtone."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

from roomtone.base.error import OwnerError

SOCKET_LIMIT = 100
"""Bytes of a socket's path; Linux takes 107 (sun_path of unix(7))."""

APPLIANCE = Path("/opt/roomtone")
"""Where the installation puts the environments of the service."""

SYSTEM_STATE = Path("/var/lib/roomtone")
"""The state of `roomtone.service`."""

SYSTEM_SOCKET = Path("/run/roomtone/roomtone.sock")
"""The control socket of `roomtone.service`."""

SYSTEM_CLOUD_SOCKET = Path("/run/roomtone-cloud/sock")
"""The socket of `roomtone-cloud.socket`, in a folder of root."""


class Paths(msgspec.Struct, frozen=True, kw_only=True):
    """Every place, resolved."""

    state: Path
    """Folder of the database and its key, mode 0700."""
    socket: Path
    """The control socket."""
    cloud_socket: Path = SYSTEM_CLOUD_SOCKET
    """Where the way to the internet answers."""
    models: Path
    """Folder of pulled models."""
    shipped: Path
    """Folder of `manifest.toml` and the starter models."""
    handed_key: Path | None = None
    """The database's key when the service manager hands it over (systemd.exec(5), credentials)."""

    @property
    def sockets(self) -> tuple[Path, ...]:
        """Where a daemon may answer: this user's, then the system's."""
        return tuple(dict.fromkeys((self.socket, SYSTEM_SOCKET)))

    @property
    def start(self) -> str:
        """The command that starts their daemon, in backquotes."""
        service = self.state == SYSTEM_STATE
        return "`sudo systemctl start roomtone`" if service else "`roomtone run`"

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.state / "roomtone.db"

    @property
    def key(self) -> Path:
        """The database's key."""
        return self.handed_key or self.state / "key"

    @property
    def manifest(self) -> Path:
        """The list of models."""
        return self.shipped / "manifest.toml"


def resolve(state: str = "", models: str = "", environ: Mapping[str, str] | None = None) -> Paths:
    """Find every place; `state` and `models` come from [paths] and win over the environment.

    Creates nothing. Raises OwnerError when the socket's path would be too long.
    """
    env = os.environ if environ is None else environ
    folder = Path(state).expanduser() if state else _state_folder(env)
    socket = _socket(env, folder, chosen=bool(state))
    served = bool(env.get("RUNTIME_DIRECTORY"))
    return Paths(
        state=folder,
        socket=socket,
        cloud_socket=SYSTEM_CLOUD_SOCKET if served else socket.with_name("roomtone-cloud.sock"),
        models=Path(models).expanduser()
        if models
        else _models_folder(env, folder, chosen=bool(state)),
        shipped=shipped(env),
        handed_key=_handed_key(env),
    )


def of_service() -> bool:
    """Whether this program is the service's own, whoever has started it."""
    return Path(sys.prefix).is_relative_to(APPLIANCE)


def served(environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment by which the service finds its folders; what is set already stands."""
    folders = {
        "STATE_DIRECTORY": str(SYSTEM_STATE),
        "RUNTIME_DIRECTORY": str(SYSTEM_SOCKET.parent),
    }
    return folders | dict(os.environ if environ is None else environ)


def shipped(environ: Mapping[str, str] | None = None) -> Path:
    """The folder `models/` that came with Roomtone.

    $ROOMTONE_MODELS, or that of the environment Roomtone is installed in, or of its checkout.
    """
    env = os.environ if environ is None else environ
    if chosen := env.get("ROOMTONE_MODELS"):
        return Path(chosen)
    installed = Path(sys.prefix) / "models"
    checkout = Path(__file__).resolve().parents[3] / "models"
    return installed if (installed / "manifest.toml").is_file() else checkout


def home(env: Mapping[str, str]) -> Path:
    """The folder of this user; one that does not exist for a user that the system made up."""
    if given := env.get("HOME"):
        return Path(given)
    try:
        return Path.home()
    except RuntimeError:
        return Path("/nonexistent")


def private_folder(folder: Path) -> Path:
    """Create `folder` for this user alone (0700); the same folder. Raises OwnerError."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as problem:
        raise OwnerError(
            f"cannot create {folder} ({problem.strerror}); give another folder in [paths]"
        ) from problem
    return folder


def _first(listed: str) -> str:
    return listed.split(":", 1)[0]


def _state_folder(env: Mapping[str, str]) -> Path:
    if given := env.get("STATE_DIRECTORY"):
        return Path(_first(given))
    if base := env.get("XDG_STATE_HOME"):
        return Path(base) / "roomtone"
    return home(env) / ".local/state/roomtone"


def _handed_key(env: Mapping[str, str]) -> Path | None:
    path = Path(env.get("CREDENTIALS_DIRECTORY", "/nonexistent")) / "database-key"
    return path if path.is_file() else None


def _models_folder(env: Mapping[str, str], state: Path, *, chosen: bool) -> Path:
    if chosen or env.get("STATE_DIRECTORY"):
        return state / "models"
    if base := env.get("XDG_DATA_HOME"):
        return Path(base) / "roomtone/models"
    return home(env) / ".local/share/roomtone/models"


def _socket(env: Mapping[str, str], state: Path, *, chosen: bool) -> Path:
    if given := env.get("RUNTIME_DIRECTORY"):
        path = Path(_first(given)) / "roomtone.sock"
    elif (runtime := env.get("XDG_RUNTIME_DIR")) and not chosen:
        path = Path(runtime) / "roomtone.sock"
    else:
        path = state / "roomtone.sock"
    if len(os.fsencode(path)) > SOCKET_LIMIT:
        raise OwnerError(
            f"the socket's path {path} is longer than {SOCKET_LIMIT} bytes; "
            "set [paths] state to a shorter one"
        )
    return path
