"""The words that mean stop; "stopp" and its kin are slips of the recognizer."""

from __future__ import annotations

import re

STOP = (
    r"stop+|stop(?:ped|ping|s|t)|hus[ht]?|quiet|silence|shush|shh+|dismiss|mute|be still|"
    r"stop (?:it|that|this|there|now|talking|speaking|reading|immediately|already|the answer)|"
    r"(?:be|keep|stay) (?:quiet|silent)|shut(?: the hell)? up|cancel(?: (?:it|that))?|"
    r"never ?mind(?: that)?|(?:that is )?enough|that will do|forget (?:it|about it)|"
    r"(?:no )?(?:thanks |thank you )?that is (?:all|enough|it)|that will be all|go away|"
    r"leave me alone|(?:i did not (?:ask|mean)|not) you|no thanks?(?: you)?|no stop"
)
"""Pattern over plain text: what means stop even over our own voice."""
_RINGING = r"(?:stop|turn off|switch off|end) (?:the alarm|ringing|the ringing|the noise)"
"""What means stop to a bell; in a quiet room the alarm that is set is meant."""
OVER_VOICE = re.compile(rf"(?:{STOP}|{_RINGING})(?: (?:{STOP}|no))*")
"""Whole utterances over our own voice that mean stop, spelled plainly and without politeness."""
