from __future__ import annotations

import msgspec
import pytest

from roomtone.recognize.settings import HearingSettings


def test_the_defaults_are_valid() -> None:
    defaults = HearingSettings()
    assert msgspec.convert(msgspec.to_builtins(defaults), HearingSettings) == defaults


@pytest.mark.parametrize(
    "wrong",
    [
        {"min_confidence": 1.1},
        {"threads": -1},
        {"beam_size": 0},
        {"language": "English"},
        {"hotword": ["Zoe"]},
    ],
)
def test_a_wrong_setting_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(wrong, HearingSettings)
