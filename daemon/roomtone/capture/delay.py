"""How late the loudspeaker comes back into the microphone, and how that changes. Pure.

Twice a second, while something is played, the last two seconds of both are correlated with all
frequencies alike (Knapp and Carter's phase transform, 1976). The first look, as soon as there is
anything to see, takes the first strong path as the delay; every later one takes how far the whole
shape has moved against a template, as the highest of several paths changes with what is said. From
these moves the delay and the drift between the two clocks are estimated.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from roomtone.base.frame import SAMPLE_RATE
from roomtone.capture.resample import Samples
from roomtone.capture.trust import Trust

WINDOW = 2 * SAMPLE_RATE
EVERY, SOON = SAMPLE_RATE // 2, SAMPLE_RATE // 10
"""Samples between two looks, and until the first one."""

REACH = SAMPLE_RATE * 9 // 10
"""Samples of the latest echo that is looked for: loudspeakers without a wire need 0.3 s, and a
microphone that wakes up is as late again."""

EARLY = 160
"""Samples by which the reference is read too early, so that the direct path lies in the filter."""

LOUD = 100.0
"""RMS of 16 bits over the last second below which nothing is learned from what is played."""

CLEAR, LIKE = 7.0, 6.0
"""Deviations by which a peak of the correlation, and of its likeness to the template, stands out:
of 10,000 Gaussian samples the highest lies near 4."""

STEP = 8.0
"""Samples from which a move is no drift but a step, which has to be seen twice."""

ASTRAY = 3.0
"""Samples from which a look is so far off that the drift must have changed."""

HELD = 0.1
"""Share of what a look sees that the template takes over."""

MOST_DRIFT = 3e-4
BEFORE, PATH = 320, 0.5
"""The direct path is the first that reaches this share of the highest, and at most so many samples
before it."""

BETTER = 1.5
"""How much higher another path has to be than the one taken for the direct one."""

UNHEARD = 4 * EVERY
"""Samples of loud looks without a peak after which the loudspeaker is taken to be inaudible."""

_HALF = 8
_SIZE = 49_152
"""Of the transform: a window, and the reach without wrapping round."""

_SHAPE = 32_768
_RISE = np.hanning(642)[1:321].astype(np.float32)
_TAPER = np.concatenate([_RISE, np.ones(WINDOW - 640, np.float32), _RISE[::-1]])
"""Of a window: two loud sounds that end at once are alike in that, with no delay at all."""

_AGES = np.arange(WINDOW, 0, -1, dtype=np.float32)
Floats = npt.NDArray[np.float32]


class DelayTracker:
    """Follows one microphone and one loudspeaker, fed in step; delays are in samples.

    `delay` may be given from an earlier run, as a guess; None is not known yet.
    """

    def __init__(self, delay: float | None = None) -> None:
        self.delay = delay
        self.leaps = 0
        """How often a look found the echo elsewhere, while its filter was used in a wrong place."""
        self.drift = 0.0
        """Samples a sample by which the delay grows."""
        self.audible: bool | None = None
        """Whether the loudspeaker is in the microphone's sound; None until that is known."""
        self._heard = np.zeros(WINDOW, np.int16)
        self._played = np.zeros(WINDOW + REACH, np.int16)
        self._since = self._fed = 0
        self._missed = 0
        self._home = 0.0
        self._template: Floats | None = None
        self._step: float | None = None
        self._trust = Trust()
        self.searches = True
        """Whether the delay is a guess."""

    @property
    def unsure(self) -> bool:
        """Whether the delay is a guess, or seems to have moved by a step."""
        return self.searches or self._step is not None

    def idle(self, count: int) -> None:
        """So many samples pass in which nothing is played."""
        if self.delay is not None:
            self.delay += self.drift * count
            self._trust.wait(count)

    def rest(self) -> None:
        """Nothing has been played for a while: forget the sound, keep what was learned."""
        self._heard[:] = 0
        self._played[:] = 0
        self._since = self._fed = 0
        self._step = None

    def moved(self, count: int) -> None:
        """What is played comes so many samples later from now on, or earlier: that is certain."""
        if abs(count) >= REACH or not 0 <= (self.delay or 0.0) + max(count, 0) < REACH:
            self.delay = self._template = None
            self.search()
            return
        if self.delay is not None:
            self.delay = max(self.delay + count, 0.0)
        self._home += count
        if self._template is not None:
            self._template = np.roll(self._template, count)
        self._played = np.roll(self._played, -count)
        self._played[slice(-count, None) if count > 0 else slice(0, -count)] = 0

    def withdrawn(self, count: int) -> None:
        """So many samples that were to be played last never will be."""
        self._played[len(self._played) - count :] = 0

    def search(self) -> None:
        """The delay may be any other from now on; what it was is a guess, the drift is kept."""
        self.audible = None
        self.searches = True
        self._missed = 0
        self.rest()

    def feed(self, heard: Samples, played: Samples) -> None:
        """The next samples of both, as many of each."""
        count = len(heard)
        self._fed += count
        for kept, new in ((self._heard, heard), (self._played, played)):
            kept[:-count] = kept[count:]
            kept[-count:] = new
        if self.delay is not None:
            self.delay += self.drift * count
            self._trust.wait(count)
        self._since += count
        if self._since < (SOON if self.searches else EVERY):
            return
        self._look(self._since)
        self._since = 0

    def heard(self, count: int) -> Samples:
        """The last `count` samples of the microphone."""
        return self._heard[-count:]

    def reference(self, count: int) -> Samples:
        """What was played when the last `count` samples of the microphone were its echo."""
        delay = self.delay or 0.0
        begin = len(self._played) - count - delay + min(EARLY, delay)
        whole = int(np.floor(begin))
        part = begin - whole
        near = np.arange(-_HALF + 1, _HALF + 1)
        kernel = np.sinc(near - part) * np.cos(np.pi * (near - part) / (2 * _HALF + 1)) ** 2
        low, high = whole - _HALF + 1, whole + count + _HALF
        piece = self._played[max(low, 0) : high].astype(np.float64)
        piece = np.pad(piece, (max(-low, 0), max(high - len(self._played), 0)))
        sound = np.convolve(piece, kernel[::-1], "valid")[:count]
        return np.clip(np.rint(sound), -32768, 32767).astype(np.int16)

    def _look(self, since: int) -> None:
        recent = self._played[-SAMPLE_RATE:].astype(np.float32)
        if float(np.mean(recent * recent)) < LOUD**2:
            return
        shape = self._correlation()
        if not shape.any():
            return
        if np.abs(shape).max() < CLEAR * shape[: self._fed].std():
            self._missed += since
            if self._missed >= UNHEARD:
                self.audible = False
            return
        self._missed = 0
        self.audible = True
        if self.searches or self._template is None or self.delay is None:
            self._begin(shape)
        else:
            self._follow(shape, self._template, self.delay)

    def _correlation(self) -> Floats:
        """How alike both are for each delay in `REACH`, frequencies counted alike."""
        heard = np.fft.rfft(self._heard * _TAPER, _SIZE)
        played = np.fft.rfft(self._played[-WINDOW:] * _TAPER, _SIZE)
        cross = heard * np.conj(played)
        return np.fft.irfft(cross / (np.abs(cross) + 1e-3))[: REACH - 960].astype(np.float32)

    def _begin(self, shape: Floats) -> None:
        """Believe what two looks see, or one that sees what is guessed."""
        move = None if self._template is None else _move(shape, self._template)
        found = _first_path(shape) if move is None else self._home + move
        guessed = self.delay is not None and abs(found - self.delay) <= STEP
        again = self._step is not None and abs(found - self._step) <= STEP
        if not (guessed or again) or not 0 <= found < REACH:
            self._step = found
            return
        self.leaps += not guessed and move is None
        self.delay, self._step, self.searches = found, None, False
        self._trust.begin()
        if move is None or self._template is None:
            self._template, self._home = shape, found

    def _follow(self, shape: Floats, template: Floats, delay: float) -> None:
        move = _move(shape, template)
        age = self._age()
        if move is not None and self._believed(delay, self._home + move, age):
            was = (self.delay or 0.0) - self.drift * age
            self._template = (1 - HELD) * template + HELD * _rolled(shape, self._home - was)
            self._rehome(self._template)

    def _rehome(self, template: Floats) -> None:
        """Find the direct path anew in what many looks have made: the first may have erred."""
        found = _first_path(template)
        around = template[max(int(self._home) - BEFORE, 0) : int(self._home) + BEFORE]
        far = abs(found - self._home) > BEFORE
        if far and self.delay and np.abs(template).max() > BETTER * np.abs(around).max():
            self.leaps += 1
            self.delay = max(self.delay + found - self._home, 0.0)
            self._home = found

    def _age(self) -> float:
        """How many samples ago that was, in the mean, which a look sees."""
        power = self._heard.astype(np.float32) ** 2
        return float(power @ _AGES) / (float(power.sum()) + 1)

    def _believed(self, delay: float, found: float, age: float) -> bool:
        """Follow; False when it is not to be believed yet."""
        off = found - (delay - self.drift * age)
        if abs(off) <= STEP:
            self._step = None
            if abs(off) > ASTRAY:
                self._trust.doubt()
            pull, turn = self._trust.look(age)
            self.delay = delay + pull * off
            drift = self.drift + turn * off
            self.drift = min(max(drift, -MOST_DRIFT), MOST_DRIFT)
            return True
        if self._step is None or abs(found - self._step) > STEP:
            self._step = found
            return False
        if not 0 <= found < REACH:
            self._template = None  # the path it was made of was none
            self.search()
            return False
        self.leaps += 1
        self.delay, self._step = found, None
        self._trust.begin()
        return True


def _move(shape: Floats, template: Floats) -> float | None:
    """By how many samples `shape` is the later one; None when they are not alike."""
    like = np.fft.irfft(np.fft.rfft(shape, _SHAPE) * np.conj(np.fft.rfft(template, _SHAPE)))
    peak = int(like.argmax())
    if like[peak] < LIKE * like.std():
        return None
    before, here, after = like[peak - 1], like[peak], like[(peak + 1) % _SHAPE]
    bend = float(before - 2 * here + after)
    move = peak + 0.5 * float(before - after) / bend if bend else float(peak)
    return move - _SHAPE if move > _SHAPE / 2 else move


def _rolled(shape: Floats, move: float) -> Floats:
    """The same shape, later by so many samples."""
    spectrum = np.fft.rfft(shape, _SHAPE)
    turns = np.exp(-2j * np.pi * np.arange(len(spectrum)) * move / _SHAPE)
    return np.fft.irfft(spectrum * turns)[: len(shape)].astype(np.float32)


def _first_path(shape: Floats) -> float:
    height = np.abs(shape)
    highest = int(height.argmax())
    low = max(highest - BEFORE, 0)
    return float(low + np.argmax(height[low : highest + 1] > PATH * height[highest]))
