"""Reads a configuration as a patient person would: every mistake, where, and what was meant."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import inspect

Names = Mapping[str, tuple[str, ...]]
"""Setting ("models.voice") -> the model names that it may hold."""


def mistakes(
    plain: Mapping[str, Any], config: type[msgspec.Struct], names: Names, folder: Path
) -> list[str]:
    """One line for each mistake in `plain`, in the order of the file.

    `names` are the models that exist; relative paths are taken from `folder`.
    """
    sections = _sections(config)
    found: list[str] = []
    for section, table in plain.items():
        if section not in sections:
            found.append(f"[{section}] is not a section{_nearest(section, sections)}")
        elif not isinstance(table, dict):
            found.append(f"{section} is a section: write [{section}] and its settings below it")
        else:
            found += _section(section, table, sections[section])
            found += _models(section, table, names, folder)
    return found


def is_path(name: str) -> bool:
    """True for a file or folder of the owner's, false for a name of the manifest."""
    return "/" in name or name.startswith("~")


def _section(section: str, table: Mapping[str, Any], kind: inspect.Type) -> Iterator[str]:
    fields = {field.encode_name: field.type for field in _struct(kind).fields}
    for key, value in table.items():
        if key not in fields:
            yield f"[{section}] {key} is not a setting{_nearest(key, fields)}"
        else:
            yield from _value(f"[{section}] {key}", value, fields[key])


def _value(where: str, value: object, kind: inspect.Type) -> Iterator[str]:
    """The mistakes of one value; a table or a list is read item by item."""
    wanted, kind = _in_words(kind), _bare(kind)
    if isinstance(kind, inspect.DictType) and isinstance(value, dict):
        table = where.replace("] ", ".", 1) + "]"
        if len(value) < (kind.min_length or 0):
            yield f"{table} is empty; it needs a line at least"
        for key, item in value.items():
            yield from _value(f"{table} {key}", item, kind.value_type)
    elif isinstance(kind, inspect.ListType | inspect.VarTupleType) and isinstance(value, list):
        for number, item in enumerate(value, 1):
            yield from _value(f"{where}, item {number}", item, kind.item_type)
    elif not _fits(value, kind):
        yield f"{where} must be {wanted or _wanted(kind)}, not {_shown(value)}"


def _fits(value: object, kind: inspect.Type) -> bool:
    """Whether `value` has the type and lies in the range; NaN lies in none."""
    match kind:
        case inspect.UnionType():
            return any(_fits(value, _bare(one)) for one in kind.types)
        case inspect.LiteralType():
            return value in kind.values and not isinstance(value, bool)
        case inspect.IntType() | inspect.FloatType():
            whole = int if isinstance(kind, inspect.IntType) else int | float
            number = isinstance(value, whole) and not isinstance(value, bool)
            return number and _within(value, kind)  # type: ignore[arg-type]
        case inspect.StrType():
            longest = float("inf") if kind.max_length is None else kind.max_length
            return (
                isinstance(value, str)
                and (kind.min_length or 0) <= len(value) <= longest
                and (kind.pattern is None or re.search(kind.pattern, value) is not None)
            )
    plain = {inspect.BoolType: bool, inspect.DictType: dict, inspect.NoneType: type(None)}
    return isinstance(value, plain.get(type(kind), list))


def _within(value: float, kind: inspect.IntType | inspect.FloatType) -> bool:
    return (
        abs(value) < float("inf")
        and (kind.ge is None or value >= kind.ge)
        and (kind.gt is None or value > kind.gt)
        and (kind.le is None or value <= kind.le)
        and (kind.lt is None or value < kind.lt)
    )


def _wanted(kind: inspect.Type) -> str:
    """The values that fit, in words."""
    match kind:
        case inspect.UnionType():
            kinds = [_bare(one) for one in kind.types if not isinstance(one, inspect.NoneType)]
            wanted = " or ".join(_wanted(one) for one in kinds)
        case inspect.LiteralType():
            wanted = " or ".join(_shown(value) for value in kind.values)
        case inspect.IntType():
            wanted = "a whole number" + span(kind)
        case inspect.FloatType():
            wanted = "a number" + span(kind)
        case inspect.StrType():
            wanted = "a text in quotes" + (" that is not empty" if kind.min_length else "")
        case inspect.BoolType():
            wanted = "true or false"
        case inspect.DictType():
            wanted = "a section of its own, one line for each"
        case _:
            wanted = "a list in square brackets"
    return wanted


def span(kind: inspect.IntType | inspect.FloatType) -> str:
    """The range of a number, in words; empty when there is none."""
    low = kind.ge if kind.ge is not None else kind.gt
    high = kind.le if kind.le is not None else kind.lt
    above, below = kind.ge is None, kind.le is None
    if low is not None and high is not None:
        if above or below:
            return f" {'above' if above else 'from'} {low} {'and below' if below else 'to'} {high}"
        return f" from {low} to {high}"
    if low is not None:
        return f" above {low}" if above else f", {low} or more"
    if high is not None:
        return f" below {high}" if below else f", {high} or less"
    return ""


def _models(section: str, table: Mapping[str, Any], names: Names, folder: Path) -> Iterator[str]:
    """The names of models that nobody knows, and paths that lead nowhere."""
    for setting, known in names.items():
        owner, _, key = setting.partition(".")
        value = table.get(key) if owner == section else None
        called = list(value) if isinstance(value, dict) else [value]
        for name in called:
            if not isinstance(name, str) or not name or name in known:
                continue
            where = (
                f"[{setting}] {name}"
                if isinstance(value, dict)
                else f'[{section}] {key} = "{name}"'
            )
            if is_path(name):
                if not (folder / Path(name).expanduser()).exists():
                    yield f"{where}: there is no such file"
            else:
                yield f"{where} is not known{_nearest(name, known)} (known: {', '.join(known)})"


def _nearest(name: str, known: Mapping[str, Any] | tuple[str, ...]) -> str:
    close = difflib.get_close_matches(name.lower(), list(known), n=1)
    return f"; did you mean {close[0]}?" if close else ""


def _shown(value: object) -> str:
    """The value as TOML writes it, cut short."""
    if isinstance(value, bool):
        return str(value).lower()
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _in_words(kind: inspect.Type) -> str:
    """What the setting itself says of the values that fit; one with a pattern has to."""
    extra = kind.extra if isinstance(kind, inspect.Metadata) else None
    return str((extra or {}).get("wanted", ""))


def _bare(kind: inspect.Type) -> inspect.Type:
    return kind.type if isinstance(kind, inspect.Metadata) else kind


def _struct(kind: inspect.Type) -> inspect.StructType:
    bare = _bare(kind)
    if not isinstance(bare, inspect.StructType):
        raise TypeError(f"{bare} is not a section")
    return bare


@functools.cache
def _sections(config: type[msgspec.Struct]) -> dict[str, inspect.Type]:
    return {field.encode_name: field.type for field in _struct(inspect.type_info(config)).fields}
