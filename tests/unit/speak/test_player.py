"""What the loudspeaker gets, sample for sample."""

from __future__ import annotations

import numpy as np
import pytest

from roomtone.base import message
from roomtone.speak.player import FADE_SAMPLES, REWIND_SAMPLES, Player

BLOCK = 320
LOUD = 10_000


class Unchanged:
    """A converter between equal rates that holds back `held` samples, as a real one does."""

    def __init__(self, held: int = 0) -> None:
        self._held = held
        self._kept = np.zeros(0, np.float32)

    def convert(self, piece, *, last=False):
        whole = np.concatenate([self._kept, piece])
        cut = len(whole) if last else max(0, len(whole) - self._held)
        self._kept = whole[cut:]
        return np.rint(whole[:cut] * 32768).astype(np.int16)


@pytest.fixture
def player():
    return Player(lambda _rate: Unchanged())


def steady(milliseconds):
    return np.full(16 * milliseconds, LOUD, "<i2").tobytes()


def play(player, milliseconds, turn=1, *, cue=False):
    request = message.Play(turn=turn, pcm=steady(milliseconds), rate=16_000, cue=cue)
    return player.play(request)


def run(player, blocks):
    """(all samples, everything told)."""
    sounds, told = [], []
    for number in range(blocks):
        sound, news = player.next_block(BLOCK, number * 0.02)
        sounds.append(sound)
        told += news
    return np.concatenate(sounds), told


def test_nothing_queued_is_digital_silence(player):
    sound, told = run(player, 3)
    assert not sound.any()
    assert told == []


def test_pieces_of_one_turn_join_without_a_seam(player):
    for _ in range(10):
        play(player, 7)
    player.end(1)
    sound, _ = run(player, 5)
    middle = sound[FADE_SAMPLES : 1120 - FADE_SAMPLES]
    assert (middle == LOUD).all()
    assert not sound[1120:].any()


def test_sound_rises_after_silence_and_falls_before_it(player):
    play(player, 50)
    player.end(1)
    sound, _ = run(player, 4)
    steps = np.abs(np.diff(sound.astype(int)))
    assert steps.max() <= LOUD // FADE_SAMPLES + 2
    assert sound.max() == LOUD


def test_the_first_sample_of_a_turn_is_told_once(player):
    play(player, 30)
    play(player, 30)
    _, told = run(player, 4)
    assert told == [message.SoundBegan(t=0.0, turn=1)]


def test_a_cue_is_not_the_first_sound_of_an_answer(player):
    play(player, 30, cue=True)
    play(player, 30)
    player.end(1)
    _, told = run(player, 4)
    assert told[0] == message.SoundBegan(t=pytest.approx(0.03), turn=1)
    assert told[1] == message.SoundEnded(
        t=pytest.approx(0.06), turn=1, played=pytest.approx(0.03), hushed=False
    )


def test_the_end_is_told_when_the_last_sample_has_left(player):
    play(player, 100)
    player.end(1)
    _, early = run(player, 4)
    assert not any(isinstance(news, message.SoundEnded) for news in early)
    _, late = run(player, 2)
    assert [type(news) for news in late] == [message.SoundEnded]
    assert late[0].played == pytest.approx(0.1)


def test_a_turn_without_sound_ends_at_once(player):
    player.end(7)
    _, told = run(player, 1)
    assert told == [message.SoundEnded(t=0.0, turn=7, played=0.0)]


def test_what_the_converter_held_back_is_played_at_the_end():
    player = Player(lambda _rate: Unchanged(held=100))
    play(player, 40)
    player.end(1)
    _, told = run(player, 3)
    assert told[-1].played == pytest.approx(0.04)


def test_hush_fades_out_in_time_and_forgets_the_rest(player):
    play(player, 1000)
    player.end(1)
    run(player, 5)
    player.hush(30)
    sound, told = run(player, 4)
    assert not sound[16 * 30 :].any()
    assert np.abs(np.diff(sound[: 16 * 30].astype(int))).max() < 100
    assert told == [
        message.SoundEnded(t=pytest.approx(0.03), turn=1, played=pytest.approx(0.13), hushed=True)
    ]
    assert player.queued == 0


def test_hush_before_the_last_piece_came_ends_the_turn_too(player):
    play(player, 20)
    run(player, 2)
    player.hush(30)
    _, told = run(player, 1)
    assert told == [message.SoundEnded(t=0.0, turn=1, played=pytest.approx(0.02), hushed=True)]


def test_hush_of_silence_says_nothing(player):
    player.hush(30)
    assert run(player, 2)[1] == []


def test_sound_after_a_hush_rises_from_silence(player):
    play(player, 500)
    run(player, 2)
    player.hush(10)
    play(player, 50, turn=2)
    sound, told = run(player, 5)
    assert np.abs(np.diff(sound.astype(int))).max() < 200
    assert [news.turn for news in told] == [1, 2]


def test_volume_is_squared(player):
    player.set_volume(0.5)
    run(player, 1)
    play(player, 100)
    sound, _ = run(player, 3)
    assert abs(int(sound[500]) - LOUD // 4) <= 1


def test_a_change_of_volume_makes_no_step(player):
    play(player, 200)
    run(player, 2)
    player.set_volume(0.2)
    sound, _ = run(player, 2)
    assert np.abs(np.diff(sound.astype(int))).max() < 50


def test_somebody_who_may_be_speaking_makes_it_soft_at_once_and_loud_again_by_and_by(player):
    play(player, 1_000)
    run(player, 2)
    player.duck(wanted=True)
    sound, _ = run(player, 3)
    assert abs(int(sound[-1]) - LOUD // 4) <= 2
    player.duck(wanted=False)
    sound, _ = run(player, 4)
    assert LOUD // 4 < sound[-1] < LOUD * 0.6
    assert np.abs(np.diff(sound.astype(int))).max() < 50
    sound, _ = run(player, 6)
    assert sound[-1] == LOUD


def test_a_bell_stays_loud_whoever_may_be_speaking(player):
    player.play(message.Play(turn=1, pcm=steady(1_000), rate=16_000, rings=True))
    run(player, 2)
    player.duck(wanted=True)
    sound, _ = run(player, 3)
    assert sound[-1] == LOUD
    player.pause()
    assert not run(player, 2)[0][-BLOCK:].any()


def test_the_volume_that_changes_while_it_is_soft_is_the_one_it_comes_back_to(player):
    play(player, 1_000)
    player.duck(wanted=True)
    run(player, 2)
    player.set_volume(0.5)
    player.duck(wanted=False)
    sound, _ = run(player, 12)
    assert abs(int(sound[-1]) - LOUD // 4) <= 1


def test_the_next_answer_is_not_soft_any_more(player):
    play(player, 40)
    player.end(1)
    player.duck(wanted=True)
    run(player, 4)
    player.duck(wanted=False)
    play(player, 100, turn=2)
    sound, _ = run(player, 2)
    assert sound[-1] == LOUD


def test_ninety_seconds_are_the_most_that_wait(player):
    assert play(player, 89_000)
    assert not play(player, 2_000)
    assert player.queued == pytest.approx(89.0)


def test_turns_follow_one_another_in_order(player):
    play(player, 20, turn=1)
    player.end(1)
    play(player, 20, turn=2)
    player.end(2)
    _, told = run(player, 3)
    assert [(type(news).__name__, news.turn) for news in told] == [
        ("SoundBegan", 1),
        ("SoundEnded", 1),
        ("SoundBegan", 2),
        ("SoundEnded", 2),
    ]


def test_a_piece_shorter_than_the_fade_does_no_harm(player):
    play(player, 2)
    player.end(1)
    sound, told = run(player, 2)
    assert sound.max() < LOUD
    assert len(told) == 2


def test_the_same_turn_may_speak_again_after_a_hush(player):
    play(player, 100)
    player.hush(10)
    play(player, 30)
    player.end(1)
    _, told = run(player, 3)
    assert [type(news).__name__ for news in told] == [
        "SoundBegan",
        "SoundEnded",
        "SoundBegan",
        "SoundEnded",
    ]
    assert told[1].hushed
    assert told[3].played == pytest.approx(0.03)


def test_another_rate_within_a_turn_takes_a_new_converter():
    rates = []

    def converter(rate):
        rates.append(rate)
        return Unchanged()

    player = Player(converter)
    for rate in (16_000, 16_000, 22_050):
        player.play(message.Play(turn=1, pcm=steady(10), rate=rate))
    assert rates == [16_000, 22_050]


def test_a_pause_is_silent_within_a_block_and_loses_nothing(player):
    play(player, 1000)
    run(player, 20)
    player.pause()
    fading, _ = run(player, 1)
    assert fading[0] == pytest.approx(LOUD, rel=0.01)
    assert abs(int(fading[-1])) < 0.01 * LOUD
    silence, told = run(player, 100)
    assert not silence.any()
    assert told == []
    assert player.paused
    assert player.queued == pytest.approx(1.0 - 21 * 0.02)


def test_it_goes_on_a_little_before_where_it_was(player):
    play(player, 1000)
    player.end(1)
    run(player, 20)
    player.pause()
    run(player, 10)
    player.resume()
    rest, told = run(player, 60)
    assert not player.paused
    sounding = np.flatnonzero(rest)
    assert len(sounding) == pytest.approx(16_000 * 0.58 + REWIND_SAMPLES, abs=16)
    assert np.abs(np.diff(rest)).max() < 1.1 * LOUD / FADE_SAMPLES
    assert told[-1].played == pytest.approx(1.0)
    assert not told[-1].hushed


def test_what_was_given_and_never_heard_is_played_again_after_a_pause(player):
    play(player, 1000)
    player.end(1)
    run(player, 20)
    player.pause()
    player.cut(960)
    assert not run(player, 10)[0].any()
    player.resume()
    rest, _ = run(player, 60)
    sounding = np.flatnonzero(rest)
    assert len(sounding) == pytest.approx(16_000 * 0.6 + REWIND_SAMPLES + 960, abs=16)
    assert np.abs(np.diff(rest)).max() < 1.1 * LOUD / FADE_SAMPLES


def test_what_comes_in_during_a_pause_is_played_after_it(player):
    play(player, 200)
    run(player, 2)
    player.pause()
    run(player, 5)
    play(player, 200)
    player.end(1)
    player.resume()
    _, told = run(player, 40)
    assert told[-1].played == pytest.approx(0.4)


def test_a_hush_in_a_pause_makes_no_sound_any_more(player):
    play(player, 1000)
    run(player, 10)
    player.pause()
    run(player, 5)
    player.hush(30)
    rest, told = run(player, 5)
    assert not rest.any()
    assert told[-1].hushed
    assert told[-1].played == pytest.approx(0.22)
    play(player, 100, turn=2)
    again, _ = run(player, 5)
    assert again.any()


def test_there_is_nothing_to_pause_in_silence(player):
    player.pause()
    assert not player.paused
    play(player, 100)
    assert run(player, 5)[0].any()


def test_it_knows_in_which_blocks_a_wake_word_is(player):
    play(player, 40)
    player.play(message.Play(turn=1, pcm=steady(40), rate=16_000, calls=True))
    play(player, 40)
    calling = []
    for number in range(8):
        player.next_block(BLOCK, number * 0.02)
        calling.append(player.calling)
    assert calling == [False, False, True, True, False, False, False, False]
