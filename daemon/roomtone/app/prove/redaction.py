"""What is private is replaced before a text leaves: names, numbers, addresses, accounts."""

from __future__ import annotations

from collections.abc import Iterator

from roomtone.app.prove.proof import Trial, untried

SAYS = "Private details are replaced before a text leaves"


def prove() -> Iterator[Trial]:
    """Made-up items."""
    yield untried("items", "there is no redaction here yet")
