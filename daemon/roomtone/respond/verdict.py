"""What a provider's answer means before any of it is read as one; pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

from roomtone.respond.failure import ProviderError
from roomtone.respond.retry import asked_to_wait

STREAM = "text/event-stream"

_PORTAL = {407, 511}
"""Statuses of a gate between here and there (RFC 6585, 6)."""

_USED_UP = {"insufficient_quota", "billing_hard_limit_reached"}
"""OpenAI's codes of an account that waiting does not help."""


class _Error(msgspec.Struct):
    code: str | int | None = None


class _Body(msgspec.Struct):
    error: _Error = msgspec.field(default_factory=_Error)


def objection(status: int, headers: Mapping[str, str]) -> ProviderError | None:
    """Why an answer with status and headers (names in small letters) is none; None for a stream."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if 300 <= status < 400 or status in _PORTAL:
        return ProviderError("untrusted", "a login page stands in the way, or base_url is wrong")
    if status >= 400:
        return None
    if kind == "text/html":
        return ProviderError("untrusted", "a web page came instead of an answer")
    if status != 200 or kind != STREAM:
        return ProviderError("garbled", "the provider does not answer in a stream")
    if headers.get("content-encoding", "identity").lower() != "identity":
        return ProviderError("garbled", "the provider packs its answer, unasked")
    return None


def refusal(
    status: int, headers: Mapping[str, str], body: bytes, now: dt.datetime
) -> ProviderError:
    """What a status of 400 and above means."""
    told = f"the provider answers {status}"
    if status == 429:
        if _code(body) in _USED_UP:
            return ProviderError("limited", f"{told}: the account has nothing left")
        return ProviderError("limited", told, again=True, after=asked_to_wait(headers, now))
    if status in {401, 403}:
        return ProviderError("refused", f"{told}: it does not take the key; check it")
    if status == 404:
        return ProviderError("refused", f"{told}: check [cloud] model and base_url")
    if status in {408, 409} or status >= 500:
        return ProviderError("failing", told, again=True, after=asked_to_wait(headers, now))
    return ProviderError("failing", f"{told}: the model does not take such a request")


def _code(body: bytes) -> str:
    try:
        return str(msgspec.json.decode(body, type=_Body).error.code)
    except (msgspec.MsgspecError, RecursionError):
        return ""
