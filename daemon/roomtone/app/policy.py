"""How each part is kept: how long it may be silent, and who gives way when the machine is short."""

from __future__ import annotations

import math

import msgspec

from roomtone.base.life import Policy
from roomtone.base.pulse import Patience
from roomtone.base.rank import Rank

POLICIES = {
    "ear": Policy(
        patience=Patience(silent=1.5, starved=5.0),
        rank=Rank(nice=0, oom=100),
        retry=2.0,
        renewed=False,
        environment={"MALLOC_MMAP_THRESHOLD_": "262144"},
    ),
    "voice": Policy(
        patience=Patience(working=15.0),
        rank=Rank(nice=3, oom=500),
        unable="model_bad",
    ),
    "transcriber": Policy(
        rank=Rank(nice=1, oom=600),
        unable="model_bad",
    ),
    "thinker": Policy(
        rank=Rank(nice=4, oom=800),
        unable="model_bad",
    ),
}
"""The ear ticks three times a second at least and is never long away. The thinker goes first:
without it the skills still answer; without the voice there are still cues. What was said is read
before anything that is made of it ahead, for nothing of that is heard before; the first sentence is
voiced before the next one is written; and what may be for nothing is done behind the ear. The ear
gives back at once what a look at the end of a turn takes: for the rest of the day it needs none."""


def ear_policy(*, on_grants: bool) -> Policy:
    """As above; an ear that reads a recording may wait for the core between two blocks."""
    kept = POLICIES["ear"]
    if on_grants:
        return msgspec.structs.replace(kept, patience=Patience(silent=math.inf, starved=math.inf))
    return kept
