"""How the cloud stands, as plain JSON data: with a daemon, or by what lies on the disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from roomtone.app.archive import Archive
from roomtone.app.choices import guests
from roomtone.app.consents import DENIED, KEPT, agreed, objection, terms_of
from roomtone.base.clock import WallClock
from roomtone.base.message.cloud import Standing
from roomtone.store.store import Store
from roomtone.system.settings import CloudSettings
from roomtone.turn.consent import Consent

NEVER: tuple[int, float | None] = (0, None)


def account(
    settings: CloudSettings,
    consent: Consent | None,
    why_not: str,
    standing: Standing | None = None,
    sent: tuple[int, float | None] = NEVER,
) -> dict[str, Any]:
    """Policy, terms, consent and how the way to the internet stands.

    `sent` are the bytes of today, and the Unix time of the last.
    """
    return {
        "policy": settings.policy,
        "allowed": not why_not,
        "why_not": why_not,
        "consent": None if consent is None else msgspec.to_builtins(consent),
        "terms": {
            "provider": settings.base_url,
            "model": settings.model,
            "context": settings.context,
            "names": len(settings.names),
        },
        "standing": None if standing is None else msgspec.to_builtins(standing),
        "sent_today_bytes": sent[0],
        "last_used": sent[1],
    }


async def on_disk(
    store: Store, settings: CloudSettings, state: Path, absent: str
) -> dict[str, Any]:
    """The same while no daemon answers, `absent` says why. Raises PartError.

    `state` is the folder of the database.
    """
    denied = (state / DENIED).exists()
    consent = None if denied else agreed(await store.setting(KEPT, ""))
    why_not = objection(terms_of(settings), consent, guest=await guests(store))
    sent = await Archive(store, WallClock(), keeps=True).sent_today()
    return account(settings, consent, why_not or absent, sent=sent)


def of_nothing(settings: CloudSettings) -> dict[str, Any]:
    """The same before anything was kept."""
    return account(settings, None, objection(terms_of(settings), None, guest=False))
