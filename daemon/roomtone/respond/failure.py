"""Why the provider gave no answer, or not all of it."""

from __future__ import annotations

from roomtone.base.error import RoomtoneError
from roomtone.base.message.cloud import FAILURES


class ProviderError(RoomtoneError):
    """`kind` is a word of `FAILURES`; the text is one line for the owner.

    It never holds a word of the question, of the answer, of what the provider said, or of the key.
    """

    def __init__(
        self,
        kind: str,
        detail: str = "",
        *,
        again: bool = False,
        stale: bool = False,
        after: float | None = None,
    ) -> None:
        super().__init__(detail or FAILURES[kind], kind=kind)
        self.again = again
        """Whether the same request may succeed a moment later."""
        self.stale = stale
        """A connection that had been kept was dead; a fresh one is worth a try at once."""
        self.after = after
        """Seconds that the provider asks to wait."""
