"""Core and the way to the internet: one connection for each question, closed to give it up."""

from __future__ import annotations

from roomtone.base.message.life import Message

# --- core -> cloud


class Ask(Message, frozen=True, kw_only=True):
    """Have this answered. `text` of the messages is redacted already; nothing else may be sent."""

    provider: str
    """`base_url` that the owner has agreed to; one that is set otherwise is refused."""
    model: str
    messages: list[Line]
    max_tokens: int
    temperature: float
    first_s: float
    """Seconds in which the first words must come, retries included."""
    whole_s: float
    """Seconds in which the answer must be over."""


class Line(Message, frozen=True, kw_only=True):
    """One message of the conversation."""

    role: str
    """system, user or assistant."""
    content: str


class Noted(Message, frozen=True, kw_only=True):
    """The ledger has it on the disk: the request may be sent."""


class Look(Message, frozen=True, kw_only=True):
    """Tell how things stand; nothing is sent for it."""


# --- cloud -> core


class Sending(Message, frozen=True, kw_only=True):
    """A connection stands and this body is about to be sent; it waits for `Noted`."""

    provider: str
    model: str
    body: bytes
    """The request's body, to the byte."""


class Left(Message, frozen=True, kw_only=True):
    """The body has left, to its last byte."""


class Piece(Message, frozen=True, kw_only=True):
    """The next piece of the answer."""

    text: str


class Ended(Message, frozen=True, kw_only=True):
    """It is over; the last message of a connection."""

    failure: str = ""
    """Empty when the answer is whole. Else one word of `FAILURES`."""
    cut_off: bool = False
    """The answer reached its greatest length."""
    detail: str = ""
    """One line for the owner; never a word of the question or the answer."""


class Standing(Message, frozen=True, kw_only=True):
    """How the way to the internet stands; the answer to `Look`."""

    provider: str
    has_key: bool
    rests_s: float = 0.0
    """Seconds for which nothing is tried, after failures; 0 when it may be tried."""
    last_failure: str = ""
    detail: str = ""


GIVEN_UP = "given_up"
"""Failure of an `Ended` that answers the core's own end: before it, nothing had left unsaid."""

FAILURES = {
    "locked": "the way to the internet is locked",
    "no_key": "there is no key for the provider",
    "offline": "there is no way to the internet",
    "untrusted": "the provider cannot prove who it is, or a login page stands in the way",
    "slow": "no answer came in time",
    "limited": "the provider asks to wait",
    "failing": "the provider has trouble of its own",
    "refused": "the provider refuses the key or the model",
    "garbled": "the provider's answer could not be read",
    "unfit": "its answer does not fit the question or cannot be said aloud",
    "cut": "the connection broke in mid-answer",
    "resting": "it failed several times and rests",
}
"""Every way in which it may end badly, in plain words."""

CloudIn = Ask | Noted | Look
CloudOut = Sending | Left | Piece | Ended | Standing
