"""Words over our own voice that want nothing of us: a nod, or what we say ourselves. Pure."""

from __future__ import annotations

import re

from roomtone.respond.plain import plain

OURS = 0.7
"""Share of the words heard, from which they count as our own when we are just saying them."""

_NOD = re.compile(
    r"(?:yeah|yes|yep|yup|ya|aha|ah|oh|ooh|uh|um|hm+|mm+|mhm|mm hm+|uh huh|huh|ha|okay|ok|right"
    r"|sure|good|great|nice|cool|fine|wow|really|interesting|exactly|true|i see|got it|all right"
    r"|alright|of course|thanks?(?: you)?|very|so|well|the|a|and|you|i)(?: |$)"
)
"""What listeners say to show that they listen, and the crumbs a recognizer makes of a cough."""


def is_nod(text: str) -> bool:
    """Whether `text`, as the recognizer wrote it, only shows that somebody listens or coughs."""
    words = plain(text)
    while words:
        found = _NOD.match(words)
        if found is None:
            return False
        words = words[found.end() :]
    return True


def is_ours(text: str, spoken: str) -> bool:
    """Whether the words of `text` come out of our own loudspeaker, which says `spoken`."""
    heard, ours = plain(text).split(), set(plain(spoken).split())
    return bool(heard) and sum(word in ours for word in heard) >= OURS * len(heard)
