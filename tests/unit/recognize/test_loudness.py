from __future__ import annotations

import numpy as np

from roomtone.recognize.loudness import FALLEN, Loudness


def tone(amplitude: int, seconds: float) -> bytes:
    return (amplitude * np.sin(np.arange(round(16000 * seconds)) / 3)).astype("<i2").tobytes()


def loudness(*pieces: bytes) -> Loudness:
    made = Loudness()
    for piece in pieces:
        made.feed(piece)
    return made


def test_it_is_quiet_where_the_level_falls_by_thirty_decibels() -> None:
    loud = tone(8000, 1.0)
    assert loudness(loud, tone(20, 0.2)).quiet(len(loud))
    assert not loudness(loud, tone(600, 0.2)).quiet(len(loud))
    assert loudness(loud, tone(600, 0.2)).quiet(len(loud), FALLEN)


def test_pieces_of_any_length_are_the_same_sound() -> None:
    sound = tone(8000, 0.5) + tone(20, 0.3)
    whole, cut = (
        loudness(sound),
        loudness(*(sound[at : at + 501] for at in range(0, len(sound), 501))),
    )
    for begin in (0, 16000, 20000):
        assert whole.quiet(begin) == cut.quiet(begin)


def test_silence_alone_is_not_quiet_against_anything() -> None:
    assert not loudness(bytes(32000)).quiet(0)


def test_nothing_after_it_is_quiet() -> None:
    loud = tone(8000, 0.1)
    assert loudness(loud).quiet(len(loud))
