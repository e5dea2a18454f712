"""Asked beside the sound, or at once in a replay."""

from __future__ import annotations

import threading

import numpy as np

from roomtone.detect.judge import Judge


class Slow:
    """A turn network that answers when it is allowed to."""

    def __init__(self):
        self.allowed = threading.Event()

    def probability(self, utterance):
        self.allowed.wait(2)
        return len(utterance) / 100


def answer_of(judge):
    for _ in range(10_000):
        if (answer := judge.answer()) is not None:
            return answer
        threading.Event().wait(0.001)
    raise AssertionError("no answer came")


def test_a_live_question_does_not_wait_for_its_answer():
    network = Slow()
    judge = Judge(network, live=True)
    judge.ask(np.zeros(50))
    assert judge.answer() is None
    network.allowed.set()
    assert answer_of(judge) == 0.5


def test_without_a_network_no_answer_comes_and_it_says_why():
    judge = Judge(None, live=True, complaint="it is missing")
    judge.ask(np.zeros(50))
    assert judge.answer() is None
    assert judge.complaint == "it is missing"


def test_in_a_replay_the_answer_is_there_at_once():
    network = Slow()
    network.allowed.set()
    judge = Judge(network, live=False)
    judge.ask(np.zeros(50))
    assert judge.answer() == 0.5


def test_a_forgotten_question_has_no_answer():
    network = Slow()
    network.allowed.set()
    judge = Judge(network, live=False)
    judge.ask(np.zeros(50))
    judge.forget()
    assert judge.answer() is None
