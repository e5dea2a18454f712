"""Every kind of value has its own words when it is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import msgspec
import pytest

from roomtone.app.config import Config, names
from roomtone.app.config_check import mistakes


class Demo(msgspec.Struct, frozen=True, kw_only=True):
    whole: int = 1
    least: Annotated[int, msgspec.Meta(ge=1)] = 1
    most: Annotated[float, msgspec.Meta(le=2.5)] = 1
    between: Annotated[float, msgspec.Meta(gt=0, lt=1)] = 0.5
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=5)] = "x"
    code: Annotated[str, msgspec.Meta(pattern="^[a-z]{2}$", extra={"wanted": "two letters"})] = "en"
    switch: bool = True
    choice: Literal["a", "b"] = "a"
    several: tuple[str, ...] = ()
    maybe: int | None = None
    table: Annotated[dict[str, int], msgspec.Meta(min_length=1)] = msgspec.field(
        default_factory=lambda: {"x": 1}
    )


class Sections(msgspec.Struct, frozen=True, kw_only=True):
    demo: Demo = Demo()


def told(key: str, value: object) -> list[str]:
    return mistakes({"demo": {key: value}}, Sections, {}, Path("/"))


@pytest.mark.parametrize(
    ("key", "value", "wanted"),
    [
        ("whole", 1.5, "a whole number, not 1.5"),
        ("whole", True, "a whole number, not true"),
        ("least", 0, "a whole number, 1 or more, not 0"),
        ("most", 3, "a number, 2.5 or less, not 3"),
        ("most", float("nan"), "a number, 2.5 or less, not nan"),
        ("between", 0, "a number above 0 and below 1, not 0"),
        ("between", "0.5", 'a number above 0 and below 1, not "0.5"'),
        ("text", "", 'a text in quotes that is not empty, not ""'),
        ("text", 5, "a text in quotes that is not empty, not 5"),
        ("code", "English", 'two letters, not "English"'),
        ("switch", "yes", 'true or false, not "yes"'),
        ("choice", "c", '"a" or "b", not "c"'),
        ("several", "x", 'a list in square brackets, not "x"'),
        ("maybe", "x", 'a whole number, not "x"'),
        ("table", 3, "a section of its own, one line for each, not 3"),
    ],
)
def test_a_wrong_value_is_told_with_what_would_fit(key: str, value: object, wanted: str) -> None:
    assert told(key, value) == [f"[demo] {key} must be {wanted}"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("whole", -7),
        ("most", 2),
        ("between", 0.999),
        ("text", "abcde"),
        ("switch", False),
        ("choice", "b"),
        ("several", ["a", "b"]),
        ("maybe", 5),
        ("table", {"a": 1}),
    ],
)
def test_a_right_value_is_no_mistake(key: str, value: object) -> None:
    assert told(key, value) == []


def test_items_are_told_by_name_and_number() -> None:
    assert told("several", ["a", 2]) == ["[demo] several, item 2 must be a text in quotes, not 2"]
    assert told("table", {"k": "v"}) == ['[demo.table] k must be a whole number, not "v"']
    assert told("table", {}) == ["[demo.table] is empty; it needs a line at least"]


def test_a_setting_outside_of_any_section_is_told() -> None:
    assert mistakes({"demo": 5}, Sections, {}, Path("/")) == [
        "demo is a section: write [demo] and its settings below it"
    ]


def test_a_long_value_is_cut_short() -> None:
    (line,) = told("whole", "x" * 500)
    assert len(line) < 120


@pytest.mark.parametrize("url", ["", "api.openai.com", "ftp://api.openai.com", "http://a b/v1"])
def test_a_mistaken_address_is_told_with_an_address_that_fits(url: str) -> None:
    (line,) = mistakes({"cloud": {"base_url": url}}, Config, {}, Path("/"))
    assert 'an address as in "https://api.openai.com/v1"' in line
    assert f'not "{url}"' in line


@pytest.mark.parametrize("section", Config.__struct_fields__)
def test_no_mistake_is_told_as_a_regular_expression(section: str) -> None:
    for key in msgspec.to_builtins(Config())[section]:
        for value in ODD:
            for line in mistakes({section: {key: value}}, Config, {}, Path("/")):
                assert "^" not in line
                assert "\\" not in line


ODD = [
    None, True, 0, -1, 2**70, 0.5, -0.0, float("inf"), float("nan"), "", "x", "\0", [], [1], [""],
    [[]], {}, {"": 1}, {"x": 0.5}, {"x": {}}, {"hey_jarvis": True},
]  # fmt: skip


@pytest.mark.parametrize("section", Config.__struct_fields__)
def test_what_is_no_mistake_can_be_read(section: str) -> None:
    """The check and the reader agree for every setting there is, whatever stands there."""
    for key in msgspec.to_builtins(Config())[section]:
        for value in ODD:
            plain = {section: {key: value}}
            if not mistakes(plain, Config, {}, Path("/")):
                msgspec.convert(plain, Config)


def test_the_known_models_are_of_the_list() -> None:
    assert "lessac" in names()["models.voice"]
