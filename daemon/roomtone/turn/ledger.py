"""What left the house, line by line: written before it leaves, never changed, only forgotten."""

from __future__ import annotations

import msgspec

NOT_SENT = "not sent"
"""Outcome of a request that was given up before any of it had left."""


MAY_HAVE_LEFT = "may have left"
"""Outcome of a request that was given up while nobody could tell any more; it counts as sent."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One request to a provider, or one turn for which nothing left."""

    id: int = 0
    """Number in the store; 0 until it is stored."""
    at: float
    """Unix time."""
    turn: int | None = None
    """Number of the turn in the store; None until it is stored, or when it is not kept."""
    by: str
    """local or cloud."""
    provider: str = ""
    """The `base_url` that it was sent to; empty when nothing was."""
    model: str = ""
    reason: str = ""
    """Why that one answered: the policy, and what decided."""
    bytes: int = 0
    """Length of the body that was sent; 0 once it is known that it was not."""
    text: str = ""
    """Private. The body itself, as it was sent; empty once it is forgotten."""
    outcome: str = ""
    """What came of it: answered, given up, tried again, `NOT_SENT`, `MAY_HAVE_LEFT`, or a word of
    `message.cloud.FAILURES`; empty before."""
    milliseconds: int = 0
    """From the request to its end."""
