"""When an utterance is over: silence, and whether it sounded finished. Pure.

Probabilities of voice, loudness and their time go in; nothing here looks at a clock or at sound.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from roomtone.detect.depth import Depth
from roomtone.detect.settings import EndpointSettings

VOICED = 0.5
STILL_VOICED = 0.35
"""Silero's own hysteresis: voice begins over the first and lasts down to the second."""

HOP_MS = 32
LEAST_VOICE_MS = 160
"""Voice that makes an utterance; less is a click, a breath, the last echo of the wake word."""

PAUSE_MS = 96
"""Silence after which the turn network is asked and a pause is told, so that both the answer of the
one and the words are there when the ladder begins. In 300 spoken commands somebody goes on after
such a pause 0.34 times each, and 0.21 times after 128 ms, which the network knows no better."""

ALONE_MS = 450
"""Silence after a wake word with nothing behind it."""

SETTLED_MS = 160
"""Silence that ends an utterance whose words are a whole command. With a look at what begins in it,
it ends no more pauses of people who go on than 192 ms without."""

OPEN_FACTOR = 1.5
"""How many times the longest silence somebody has who stopped in the middle of a sentence."""

SHALLOW_DB = 30.0
"""A pause that lies less below the voice is a loud room's: it hides how the speaker sounds."""

SHALLOW_MS = 96
"""How much longer each step of the ladder then is."""

RISING = 3
"""Hops for which a sound in a pause may be somebody who speaks on: the voice network hears them
some 30 ms after their first breath. What lasts longer and is no voice is no reason to wait."""

OWN_PAUSE_MS = 128
"""A pause that the speaker has gone on from and that tells how long his pauses are."""

OWN_MARGIN_MS = 96
"""How much longer than the longest of those he is waited for."""

OWN_MOST_MS = 416
"""And how long at most."""

More = Literal["unknown", "complete", "likely", "open"]
"""What the words so far want: see `message.Expect`."""


class Hop(NamedTuple):
    """What is known of 32 ms of sound."""

    voice: float
    """Probability that they hold voice."""
    power: float = 0.0
    """Mean square of the samples; 0 where nobody measured it."""


class Rung(NamedTuple):
    """After `silence_ms`, an utterance that is complete with this probability is over."""

    silence_ms: int
    probability: float


LADDER = (
    Rung(192, 0.988),
    Rung(224, 0.95),
    Rung(256, 0.88),
    Rung(288, 0.8),
    Rung(352, 0.5),
    Rung(416, 0.1),
    Rung(640, 0.02),
)
"""Chosen on 300 spoken commands, see FIGURES.md. The network tells no more than 0.99."""

LIKELY = (Rung(192, 0.9), Rung(256, 0.5), Rung(320, 0.1), Rung(352, 0.0))
"""The same where the words are a whole question: of what sounds unfinished they are believed a
little later."""


class Endpoint:
    """One utterance. `began` is the time from which on voice counts, in seconds.

    When `plain`, neither the loudness of a pause nor the pauses before it count.
    """

    def __init__(
        self,
        settings: EndpointSettings,
        began: float,
        ladder: tuple[Rung, ...] = LADDER,
        *,
        plain: bool = False,
    ) -> None:
        self._longest_silence_ms = settings.longest_silence_ms
        self._longest_ms = settings.longest_utterance_seconds * 1000
        self._ladder = ladder
        self._plain = plain
        self._own_pause_ms = 0
        self._began = began
        self._last_voice = began
        self._now = began
        self._voiced = False
        self._told = False
        self._more: More = "unknown"
        self._depth = Depth()
        self.voiced_ms = 0
        """Voice since `began`."""

    @property
    def spoke(self) -> bool:
        """True once there was enough voice for an utterance."""
        return self.voiced_ms >= LEAST_VOICE_MS

    @property
    def silence_ms(self) -> int:
        """Since the last voice."""
        return round((self._now - self._last_voice) * 1000)

    def feed(self, hop: Hop, t: float) -> None:
        """The 32 ms that end at `t`."""
        self._now = t
        self._voiced = hop.voice >= (STILL_VOICED if self._voiced else VOICED)
        self._depth.feed(hop.power, voiced=self._voiced)
        if self._voiced and t - HOP_MS / 1000 >= self._began - 1e-6:
            self._gone_on(round((t - self._last_voice) * 1000) - HOP_MS)
            self._last_voice = t
            self._told = False
            self._more = "unknown"
            self.voiced_ms += HOP_MS

    def expect(self, more: More) -> None:
        """What the words up to this pause want; it means nothing while somebody speaks."""
        if self.silence_ms > 0:
            self._more = more

    def pauses(self) -> bool:
        """True once in each pause: somebody has perhaps finished."""
        due = self.spoke and not self._told and self.silence_ms >= PAUSE_MS
        self._told = self._told or due
        return due

    def over(self, turn: float | None) -> bool:
        """Whether it is over, if it is complete with probability `turn` (None: not known yet)."""
        silence = self.silence_ms
        if (self._now - self._began) * 1000 >= self._longest_ms:
            return True
        if not self.spoke:
            return silence >= ALONE_MS
        return silence >= self._wait_ms(turn)

    def _gone_on(self, pause_ms: int) -> None:
        if self.spoke and pause_ms >= OWN_PAUSE_MS:
            self._own_pause_ms = max(self._own_pause_ms, pause_ms)

    def _wait_ms(self, turn: float | None) -> float:
        """Silence that ends it."""
        longest = self._longest_silence_ms
        if self._more == "open":
            return OPEN_FACTOR * longest
        if 0 < self._depth.rising <= RISING and not self._plain:
            return longest
        if self._more == "complete":
            return min(SETTLED_MS, longest)
        ladder = LIKELY if self._more == "likely" else self._ladder
        steps = [
            rung.silence_ms for rung in ladder if turn is not None and turn >= rung.probability
        ]
        return min(self._patience_ms(min(steps)), longest) if steps else longest

    def _patience_ms(self, step_ms: int) -> int:
        """One step of the ladder in this room, for this speaker."""
        if self._plain:
            return step_ms
        if self._depth.db < SHALLOW_DB:
            step_ms += SHALLOW_MS
        own = min(self._own_pause_ms + OWN_MARGIN_MS, OWN_MOST_MS)
        return max(step_ms, own) if self._own_pause_ms else step_ms
