"""Writes a configuration out: every setting with its meaning, as a file that can be used again."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import inspect

from roomtone.app.config import Config, names
from roomtone.app.config_check import Names, span

WIDTH = 96


def show(config: Config, environ: Mapping[str, str] | None = None) -> str:
    """The configuration as commented TOML; `config.load` reads it back to the same."""
    known = names(environ)
    sections = inspect.type_info(Config)
    assert isinstance(sections, inspect.StructType)  # noqa: S101 - told to mypy
    blocks = [
        _section(field.encode_name, field.type, getattr(config, field.name), known)
        for field in sections.fields
    ]
    return "\n".join(blocks)


def _section(name: str, kind: inspect.Type, settings: msgspec.Struct, known: Names) -> str:
    kind = _bare(kind)
    assert isinstance(kind, inspect.StructType)  # noqa: S101 - told to mypy
    lines = [*_comment(_title(name, kind.cls)), f"[{name}]"]
    tables: list[str] = []
    for field in kind.fields:
        value = getattr(settings, field.name)
        comment = _comment(_description(field.type))
        if models := known.get(f"{name}.{field.encode_name}"):
            comment += _comment(f"Known: {', '.join(models)}; or a path.")
        if isinstance(value, dict):
            tables += ["", *comment, f"[{name}.{field.encode_name}]"]
            tables += [f"{_key(key)} = {_toml(item)}" for key, item in value.items()]
        elif value is None:
            lines += [*comment, f"# {field.encode_name} ="]
        else:
            lines += [*comment, f"{field.encode_name} = {_toml(value)}"]
    return "\n".join([*lines, *tables, ""])


def _title(name: str, section: type) -> str:
    """The first line of the section's docstring, unless it only repeats the name."""
    line = (section.__doc__ or "").strip().partition("\n")[0]
    return "" if f"[{name}]" in line else line


def _description(kind: inspect.Type) -> str:
    """What the setting means, and its range."""
    meaning = ""
    if isinstance(kind, inspect.Metadata) and kind.extra_json_schema:
        meaning = str(kind.extra_json_schema.get("description", ""))
    bare = _bare(kind)
    if isinstance(bare, inspect.IntType | inspect.FloatType) and (limits := span(bare)):
        meaning = f"{meaning.rstrip('.')} ({limits.lstrip(' ,')})."
    return meaning


def _comment(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="# ", subsequent_indent="# ")


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("_", "").replace("-", "").isalnum()
    return key if bare else _toml(key)


def _toml(value: Any) -> str:
    """A value as TOML; its strings are JSON's, but for DEL, which TOML wants escaped."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return repr(value)


def _bare(kind: inspect.Type) -> inspect.Type:
    return kind.type if isinstance(kind, inspect.Metadata) else kind
