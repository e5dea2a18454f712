"""When an utterance is over, by silence and by how finished it sounded."""

from __future__ import annotations

import pytest

from roomtone.detect.endpoint import (
    ALONE_MS,
    LADDER,
    OWN_MARGIN_MS,
    OWN_MOST_MS,
    PAUSE_MS,
    RISING,
    SETTLED_MS,
    SHALLOW_DB,
    SHALLOW_MS,
    Endpoint,
    Hop,
    Rung,
)
from roomtone.detect.settings import EndpointSettings

HOP = 0.032
STEPS = (Rung(200, 0.9), Rung(500, 0.5))


def run(voice, turn=None, ladder=STEPS, began=0.0, more=None, depth=40.0, **settings):
    """Milliseconds after `began` at which it is over, and the endpoint.

    `more` is what the words want after this many hops; `depth` is how many dB the pauses lie
    below the voice.
    """
    endpoint = Endpoint(EndpointSettings(**settings), began, ladder)
    for number, probability in enumerate(voice, start=1):
        power = 1e6 if probability > 0.5 else 1e6 / 10 ** (depth / 10)
        endpoint.feed(Hop(probability, power), began + number * HOP)
        if more is not None and number in more:
            endpoint.expect(more[number])
        if endpoint.over(turn):
            return round(number * HOP * 1000), endpoint
    return None, endpoint


def spoken(hops, silence=100):
    return [0.95] * hops + [0.01] * silence


def test_a_finished_utterance_ends_on_the_first_rung():
    ended, endpoint = run(spoken(20), turn=0.95)
    assert ended == 20 * 32 + 224
    assert endpoint.silence_ms == 224


def test_a_doubtful_one_waits_for_the_next_rung():
    ended, _ = run(spoken(20), turn=0.6)
    assert ended == 20 * 32 + 512


def test_an_unfinished_one_waits_for_the_longest_silence():
    ended, _ = run(spoken(20), turn=0.1, longest_silence_ms=1000)
    assert ended == 20 * 32 + 1024


def test_without_an_answer_of_the_network_silence_decides():
    ended, _ = run(spoken(20), turn=None, longest_silence_ms=1000)
    assert ended == 20 * 32 + 1024


def test_a_pause_does_not_end_an_unfinished_utterance():
    ended, endpoint = run(spoken(20, 20) + spoken(10, 0), turn=0.2)
    assert ended is None
    assert endpoint.silence_ms == 0
    assert endpoint.voiced_ms == 30 * 32


def test_a_wake_word_alone_ends_soon():
    ended, endpoint = run([0.01] * 100)
    assert ended == pytest.approx(ALONE_MS, abs=32)
    assert not endpoint.spoke


def test_the_echo_of_the_wake_word_is_no_utterance():
    ended, endpoint = run([0.9, 0.8, 0.6] + [0.01] * 100)
    assert ended == pytest.approx(96 + ALONE_MS, abs=32)
    assert not endpoint.spoke
    assert endpoint.voiced_ms == 96


def test_the_longest_utterance_is_ended():
    ended, _ = run([0.9] * 1000, longest_utterance_seconds=5.0)
    assert ended == pytest.approx(5000, abs=32)


def test_each_pause_is_told_once():
    endpoint = Endpoint(EndpointSettings(), 0.0, STEPS)
    told = []
    for number, probability in enumerate(spoken(20, 10) + spoken(5, 10), start=1):
        endpoint.feed(Hop(probability), number * HOP)
        told.append(endpoint.pauses())
    assert sum(told) == 2
    assert told.index(True) == 20 + PAUSE_MS // 32 - 1


def test_a_click_is_no_pause():
    endpoint = Endpoint(EndpointSettings(), 0.0, STEPS)
    for number, probability in enumerate(spoken(3, 10), start=1):
        endpoint.feed(Hop(probability), number * HOP)
        assert not endpoint.pauses()


def test_voice_before_its_time_does_not_count():
    endpoint = Endpoint(EndpointSettings(), 1.0, STEPS)
    endpoint.feed(Hop(0.9), 1.0)
    assert endpoint.voiced_ms == 0
    endpoint.feed(Hop(0.9), 1.0 + HOP)
    assert endpoint.voiced_ms == 32


def test_voice_may_grow_softer_before_it_counts_as_gone():
    endpoint = Endpoint(EndpointSettings(), 0.0, STEPS)
    for number, probability in enumerate([0.4, 0.6, 0.4, 0.4, 0.3, 0.4], start=1):
        endpoint.feed(Hop(probability), number * HOP)
    assert endpoint.voiced_ms == 3 * 32


def test_the_ladder_climbs_from_sure_and_soon_to_doubtful_and_late():
    assert list(LADDER) == sorted(LADDER, key=lambda rung: rung.silence_ms)
    assert [rung.probability for rung in LADDER] == sorted(
        (rung.probability for rung in LADDER), reverse=True
    )


def test_a_complete_command_ends_at_once():
    ended, _ = run(spoken(20), turn=0.1, more={22: "complete"})
    assert ended == 20 * 32 + SETTLED_MS


def test_a_whole_question_ends_sooner_the_more_finished_it_sounds():
    heard = [run(spoken(20), turn=turn, more={22: "likely"})[0] for turn in (0.95, 0.6, 0.2, 0.02)]
    assert heard == [20 * 32 + silence for silence in (192, 256, 320, 352)]
    assert run(spoken(20), turn=None, more={22: "likely"})[0] == 20 * 32 + 1024


def test_open_words_wait_longer_than_any_silence():
    ended, _ = run(spoken(20), turn=0.99, more={22: "open"}, longest_silence_ms=1000)
    assert ended == 20 * 32 + 1504


def test_who_speaks_on_is_not_held_to_the_words_before():
    ended, _ = run(spoken(20, 4) + spoken(10), turn=0.1, more={22: "complete"})
    assert ended == 34 * 32 + 1024
    ended, _ = run(spoken(20, 4) + spoken(10), turn=0.95, more={22: "open"})
    assert ended == 34 * 32 + 224


def test_words_that_come_while_somebody_speaks_are_of_no_account():
    ended, _ = run(spoken(20), turn=0.6, more={20: "complete"})
    assert ended == 20 * 32 + 512


def test_the_newest_word_on_the_pause_counts():
    ended, _ = run(spoken(20), turn=0.95, more={22: "open", 28: "unknown"})
    assert ended == 28 * 32


def test_a_pause_in_a_loud_room_is_waited_for_longer():
    for depth, wait in ((SHALLOW_DB + 1, 224), (SHALLOW_DB - 1, 224 + SHALLOW_MS)):
        ended, _ = run(spoken(20), turn=0.95, depth=depth)
        assert ended == 20 * 32 + wait


def test_a_loud_room_lengthens_neither_the_longest_silence_nor_a_whole_command():
    ended, _ = run(spoken(20), turn=0.1, depth=5, longest_silence_ms=1000)
    assert ended == 20 * 32 + 1024
    ended, _ = run(spoken(20), turn=0.1, depth=5, more={22: "complete"})
    assert ended == 20 * 32 + SETTLED_MS


def pausing(*silences, begun=(), plain=False, turn=0.95, hops=20):
    """Silence at which it is over: hops of voice with these hops of silence behind each.

    `begun` are the hops of the last silence in which there is a sound that is no voice yet.
    """
    endpoint = Endpoint(EndpointSettings(), 0.0, STEPS, plain=plain)
    number = 0
    for which, silence in enumerate(silences, start=1):
        for n in range(hops + silence):
            number += 1
            quiet = n - hops + 1
            loud = quiet in begun and which == len(silences)
            voice, power = (0.9, 1e6) if n < hops else (0.2, 1e3) if loud else (0.02, 10.0)
            endpoint.feed(Hop(voice, power), number * HOP)
            if endpoint.over(turn):
                return which, endpoint.silence_ms
    return None


def test_a_sound_that_begins_in_the_pause_is_waited_for_until_it_is_heard_for_a_voice_or_not():
    assert pausing(40) == (1, 224)
    assert pausing(40, begun=[7]) == (1, 256)
    assert pausing(40, begun=[6, 7, 8]) == (1, 288)
    assert pausing(40, begun=range(7, 40)) == (1, 224 + 32 * RISING)
    assert pausing(40, begun=[7], plain=True) == (1, 224)


def test_a_sound_does_not_lengthen_the_longest_silence():
    assert pausing(40, begun=[32], turn=0.1) == (1, 1024)


def test_who_has_paused_before_is_waited_for_longer_than_that():
    assert pausing(6, 40) == (2, 192 + OWN_MARGIN_MS)
    assert pausing(6, 4, 40) == (3, 192 + OWN_MARGIN_MS)
    assert pausing(6, 40, plain=True) == (2, 224)


def test_a_short_stop_tells_nothing_of_the_speaker():
    assert pausing(3, 40) == (2, 224)


def test_however_long_somebody_pauses_he_is_not_waited_for_without_end():
    assert pausing(15, 40, turn=0.6) == (2, 512)
    late = Endpoint(EndpointSettings(), 0.0, (Rung(200, 0.9),))
    for number, voice in enumerate([0.9] * 20 + [0.0] * 25 + [0.9] * 20 + [0.0] * 40, start=1):
        late.feed(Hop(voice, 1e6 * voice), number * HOP)
        if number > 60 and late.over(0.95):
            break
    assert late.silence_ms == OWN_MOST_MS


def test_a_sound_that_begins_holds_up_a_whole_command_too():
    endpoint = Endpoint(EndpointSettings(), 0.0, STEPS)
    for number in range(1, 24):
        endpoint.feed(
            Hop(0.9 if number <= 20 else 0.02, 1e6 if number <= 20 else 10.0), number * HOP
        )
    endpoint.expect("complete")
    over = []
    for number, power in enumerate((10.0, 1e3, 10.0), start=24):
        endpoint.feed(Hop(0.2, power), number * HOP)
        over.append(endpoint.over(0.1))
    assert over == [False, False, True]
