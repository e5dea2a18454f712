"""What the owner has agreed to, and what that covers; pure. Any "no" wins."""

from __future__ import annotations

import msgspec

from roomtone.base.port import Terms

__all__ = ["Consent", "Terms", "covers"]


class Consent(msgspec.Struct, frozen=True, kw_only=True):
    """A yes to one provider, one model and so much context; recorded with who said it and when."""

    at: float
    """Unix time."""
    by: str
    """Name of the user of this machine who agreed."""
    provider: str
    """The `base_url`."""
    model: str
    context: int
    """Earlier turns of a conversation that may be sent along, at most."""


def covers(consent: Consent | None, terms: Terms) -> bool:
    """Whether the owner has agreed to exactly this: another provider or model needs a new yes."""
    return (
        consent is not None
        and consent.provider == terms.provider
        and consent.model == terms.model
        and terms.context <= consent.context
    )
