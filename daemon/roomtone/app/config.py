"""The configuration: one TOML file, a section for each part, all mistakes told at once."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from roomtone.app import config_check
from roomtone.base.error import OwnerError
from roomtone.capture.settings import SoundSettings
from roomtone.detect.settings import EndpointSettings, WakeSettings
from roomtone.recognize.settings import HearingSettings
from roomtone.respond.settings import AnswerSettings
from roomtone.speak.settings import CueSettings, VoiceSettings
from roomtone.store.settings import KeepSettings
from roomtone.system import manifest, paths
from roomtone.system.paths import Paths
from roomtone.system.settings import CloudSettings, LogSettings, ModelSettings, PathSettings
from roomtone.turn.settings import FollowUpSettings, TimerSettings

SYSTEM_FILE = Path("/etc/roomtone/config.toml")
SIZE_LIMIT = 1 << 20
"""Bytes of a configuration file; more is a mistake."""


_PLACE = re.compile(r"""^\s*(state|models)\s*=\s*["']([^"'\n]+)["']""", re.MULTILINE)
"""A line of [paths]; no other section has such names."""


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """The sections, in the order of the road of the sound."""

    sound: SoundSettings = SoundSettings()
    wake: WakeSettings = WakeSettings()
    endpoint: EndpointSettings = EndpointSettings()
    hearing: HearingSettings = HearingSettings()
    answer: AnswerSettings = AnswerSettings()
    voice: VoiceSettings = VoiceSettings()
    cues: CueSettings = CueSettings()
    follow_up: FollowUpSettings = FollowUpSettings()
    timers: TimerSettings = TimerSettings()
    models: ModelSettings = ModelSettings()
    keep: KeepSettings = KeepSettings()
    cloud: CloudSettings = CloudSettings()
    log: LogSettings = LogSettings()
    paths: PathSettings = PathSettings()


def load(path: Path | None = None, environ: Mapping[str, str] | None = None) -> Config:
    """The configuration in `path`, or in the first usual place that has one, or the defaults.

    Raises OwnerError with one line for each mistake in it.
    """
    env = os.environ if environ is None else environ
    found = locate(path, env)
    if found is None:
        return Config()
    plain = _read(found)
    mistakes = config_check.mistakes(plain, Config, names(env), found.parent)
    if mistakes:
        raise OwnerError("\n".join(f"{found}: {mistake}" for mistake in mistakes))
    try:
        return _anchored(msgspec.convert(plain, Config), found.parent)
    except msgspec.ValidationError as problem:
        raise OwnerError(f"{found}: {problem}") from problem


def usable(path: Path | None = None) -> Config:
    """As `load`; with mistakes in it the defaults, and the mistakes on standard error.

    For commands that only speak with the daemon: a slip of the pen must not keep anybody from
    closing the microphone or taking a permission back.
    """
    try:
        return load(path)
    except OwnerError as mistakes:
        for line in str(mistakes).splitlines():
            print(f"roomtone: {line}", file=sys.stderr)
        print("roomtone: this command goes on without it", file=sys.stderr)
        return _without(path)


def placed(path: Path | None = None) -> Config:
    """As `usable`, without a word of the mistakes: the daemon that is asked tells them itself.

    Raises OwnerError when a file that was asked for is missing.
    """
    locate(path)
    try:
        return load(path)
    except OwnerError:
        return _without(path)


def _without(path: Path | None) -> Config:
    """The defaults, in the folders that a file with mistakes names."""
    return Config(paths=PathSettings(**_places_of(path)))


def _places_of(path: Path | None) -> dict[str, str]:
    """The folders that a file with mistakes names, as far as its lines can be read."""
    with contextlib.suppress(OwnerError, OSError, UnicodeDecodeError):
        if (found := locate(path)) is not None:
            named = dict(_PLACE.findall(found.read_text()))
            return {name: str(found.parent / Path(to).expanduser()) for name, to in named.items()}
    return {}


def places(config: Config) -> Paths:
    """Every path that `config` means, for a daemon that is this program."""
    return paths.resolve(config.paths.state, config.paths.models)


def kept(config: Config, *, served: bool | None = None) -> Paths:
    """Every path of the daemon that a command is about: the service's, for its own command.

    With `served` it is the service's or not, whatever program this is.
    """
    env = paths.served() if (paths.of_service() if served is None else served) else None
    return paths.resolve(config.paths.state, config.paths.models, env)


def locate(path: Path | None, environ: Mapping[str, str] | None = None) -> Path | None:
    """Which file counts: `path`, $ROOMTONE_CONFIG, /etc, then the home; None for the defaults.

    Raises OwnerError when a file that was asked for is missing.
    """
    env = os.environ if environ is None else environ
    if path is None and (named := env.get("ROOMTONE_CONFIG")):
        path = Path(named)
    if path is not None:
        if not path.is_file():
            raise OwnerError(
                f"{path}: there is no such file; `roomtone config show > FILE` makes one"
            )
        return path.absolute()
    usual = (SYSTEM_FILE, paths.home(env) / ".config/roomtone/config.toml")
    return next((place for place in usual if place.is_file()), None)


def names(environ: Mapping[str, str] | None = None) -> config_check.Names:
    """Which models exist, by the setting that may name them. Raises OwnerError without a list."""
    known = manifest.load(paths.shipped(environ) / "manifest.toml")
    return {
        "wake.words": known.names("wake"),
        "models.speech": known.names("speech"),
        "models.language": known.names("language"),
        "models.voice": known.names("voice"),
    }


def _read(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    except OSError as problem:
        raise OwnerError(f"{path}: cannot be read ({problem.strerror})") from problem
    if len(data) > SIZE_LIMIT:
        raise OwnerError(f"{path}: over {SIZE_LIMIT} bytes; this is no configuration")
    try:
        return tomllib.loads(data.decode())
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise OwnerError(f"{path}: line {line} is not UTF-8; save the file as UTF-8") from problem
    except tomllib.TOMLDecodeError as problem:
        raise OwnerError(f"{path}: not valid TOML: {problem}") from problem


def _anchored(config: Config, folder: Path) -> Config:
    """The same, with every relative path taken from the folder of the file."""

    def anchor(name: str) -> str:
        return str(folder / Path(name).expanduser()) if config_check.is_path(name) else name

    fields = {
        name: anchor(getattr(config.models, name)) for name in ModelSettings.__struct_fields__
    }
    places = {
        name: str(folder / Path(value).expanduser()) if value else ""
        for name in PathSettings.__struct_fields__
        for value in [getattr(config.paths, name)]
    }
    key = config.cloud.key_file
    key_file = str(folder / Path(key).expanduser()) if key else ""
    words = {anchor(word): threshold for word, threshold in config.wake.words.items()}
    return msgspec.structs.replace(
        config,
        models=ModelSettings(**fields),
        paths=PathSettings(**places),
        wake=msgspec.structs.replace(config.wake, words=words),
        cloud=msgspec.structs.replace(config.cloud, key_file=key_file),
    )
