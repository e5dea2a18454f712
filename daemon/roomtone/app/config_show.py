"""Writes a configuration out: every setting with its meaning, as a file that can be used again."""

from __future__ import annotations

import json
import textwrap
from typing import Any

import msgspec
from msgspec import inspect

WIDTH = 96


def show(config: msgspec.Struct) -> str:
    """The configuration as commented TOML; `load` reads it back to the same."""
    sections = inspect.type_info(type(config))
    assert isinstance(sections, inspect.StructType)  # noqa: S101 - told to mypy
    blocks = [
        _section(field.encode_name, field.type, getattr(config, field.name))
        for field in sections.fields
    ]
    return "\n".join(blocks)


def _section(name: str, kind: inspect.Type, settings: msgspec.Struct) -> str:
    kind = _bare(kind)
    assert isinstance(kind, inspect.StructType)  # noqa: S101 - told to mypy
    lines = [*_comment((kind.cls.__doc__ or "").strip().splitlines()[0]), f"[{name}]"]
    tables: list[str] = []
    for field in kind.fields:
        value = getattr(settings, field.name)
        comment = _comment(_description(field.type))
        if isinstance(value, dict):
            tables += ["", *comment, f"[{name}.{field.encode_name}]"]
            tables += [f"{_key(key)} = {_toml(item)}" for key, item in value.items()]
        elif value is None:
            lines += [*comment, f"# {field.encode_name} ="]
        else:
            lines += [*comment, f"{field.encode_name} = {_toml(value)}"]
    return "\n".join([*lines, *tables, ""])


def _description(kind: inspect.Type) -> str:
    if isinstance(kind, inspect.Metadata) and kind.extra_json_schema:
        return str(kind.extra_json_schema.get("description", ""))
    return ""


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
