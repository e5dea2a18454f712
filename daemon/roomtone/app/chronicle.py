"""What the journal tells of the conversation: that things happened, never what was said."""

from __future__ import annotations

import logging

from roomtone.base import event
from roomtone.base.event import Event

_log = logging.getLogger("roomtone")


def write(happened: Event) -> None:
    """One line for an event, its fields beside it; small steps are for debugging."""
    fields = event.public(happened)
    match happened:
        case event.Fault(recovered_ms=None):
            _log.warning("%s: %s; %s", happened.part, happened.fault, happened.action, extra=fields)
        case event.Fault():
            _log.info("%s: mended after %d ms", happened.part, happened.recovered_ms, extra=fields)
        case event.Failed():
            _log.warning("a turn was lost: %s", happened.part, extra=fields)
        case event.WakeHeard():
            _log.info("woken", extra=fields)
        case event.SoundStarted():
            _log.info("answering", extra=fields)
        case event.ReplyFinished():
            _log.info("answered", extra=fields)
        case event.StopHeard():
            _log.info("stopped", extra=fields)
        case event.TimerFired():
            _log.info("a timer rings", extra=fields)
        case event.Muted(on=True):
            _log.info("microphone closed", extra=fields)
        case event.Muted():
            _log.info("microphone opened", extra=fields)
        case _:
            _log.debug("%s", fields["event"], extra=fields)
