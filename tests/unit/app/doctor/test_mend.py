"""Every fault that can be told has its command."""

from __future__ import annotations

import re
from pathlib import Path

from roomtone.app.doctor.mend import MENDS, mend

PACKAGE = Path(__file__).resolve().parents[4] / "daemon" / "roomtone"


def test_an_unknown_fault_has_the_advice_that_it_came_with():
    assert mend("new_kind", "ask somebody") == "ask somebody"


def test_every_advice_names_something_to_do():
    assert not [kind for kind, text in MENDS.items() if len(text) < 20]


def test_every_kind_that_the_source_names_can_be_mended():
    named = {
        kind
        for path in PACKAGE.rglob("*.py")
        for kind in re.findall(r'kind="([a-z]+_[a-z]+)"', path.read_text(encoding="utf-8"))
    }
    assert named
    assert not named - set(MENDS)
