"""`roomtone wake` as its reader sees it; what it measures is tested where it is measured."""

from __future__ import annotations

import json
import wave

import numpy as np
import pytest

from roomtone.app import alone, cli, command_wake, enrollment, microphone
from roomtone.app.bench import recordings, wake
from roomtone.base import message


class Listener:
    """Hears the word in whatever is loud, half a second in."""

    def __init__(self, _config, word):
        self.word, self.threshold = word, 0.5

    def hear(self, sound):
        loud = np.abs(sound).max() > 5000
        return wake.Wakes([wake.BEFORE + 0.6] if loud else [], [])

    def voice(self, _sound):
        return np.arange(31) < 16  # to 0.512 s


@pytest.fixture
def recorded(monkeypatch, tmp_path):
    """A recording of the word and one of something else."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("ROOMTONE_CONFIG", raising=False)
    monkeypatch.setattr(wake, "Listener", Listener)
    for name, level in (("word", 8000), ("other", 900)):
        with wave.open(str(tmp_path / f"{name}.wav"), "wb") as file:
            file.setparams((1, 2, 16_000, 0, "NONE", ""))
            file.writeframes(np.full(16_000, level, "<i2").tobytes())
    return tmp_path


def test_recall_false_accepts_and_delay_are_printed(recorded, capsys):
    said, other = str(recorded / "word.wav"), str(recorded / "other.wav")
    assert cli.main(["wake", "test", said, "--other", other]) == 0
    out = capsys.readouterr().out
    assert "100.0 % (1 of 1" in out
    assert "hey jarvis" in out


def test_json_holds_the_same(recorded, capsys):
    said = str(recorded / "word.wav")
    assert cli.main(["wake", "test", said, "--json", "--word", "Hey Jarvis"]) == 0
    found = json.loads(capsys.readouterr().out)
    ours, alone = (row["values"] for row in found["rows"])
    assert ours["delay p50 ms"] == pytest.approx(88)
    assert alone["recall"].startswith("0.0 %")
    assert ours["false"] is None
    assert found["names"] == {"missed by the network alone": [said]}


def test_where_the_word_ends_may_be_told(recorded, capsys):
    said, table = str(recorded / "word.wav"), recorded / "ends.csv"
    table.write_text("word.wav,0.4")
    assert cli.main(["wake", "test", said, "--json", "--labels", str(table)]) == 0
    ours = json.loads(capsys.readouterr().out)["rows"][0]["values"]
    assert ours["delay p50 ms"] == pytest.approx(200)
    with pytest.raises(SystemExit):
        cli.main(["wake", "test", "--help"])
    assert "word.wav,1.32" in capsys.readouterr().out


def test_what_is_no_recording_label_or_level_is_told_with_what_to_do(recorded, capsys):
    said, text = str(recorded / "word.wav"), recorded / "words.flac"
    text.write_text("no sound at all")
    (recorded / "empty").mkdir()
    for asked, says in (
        ([str(text)], "words.flac"),
        ([str(recorded / "empty")], "put recordings in it"),
        ([said, "--labels", str(recorded / "none.csv")], "none.csv: the labels cannot be read"),
        ([said, "--noise", said, "--snr", "nan"], "--snr nan: give decibels"),
    ):
        assert cli.main(["wake", "test", *asked]) == 1
        problem = capsys.readouterr().err
        assert says in problem
        assert problem.count("\n") == 1


def test_a_place_with_nothing_in_it_is_named(recorded, capsys):
    assert cli.main(["wake", "test", str(recorded / "nowhere")]) == 1
    assert "there is nothing at" in capsys.readouterr().err


class Enrollment:
    """Finds the word in what is loud."""

    def __init__(self, _files, word):
        self.word = word

    def said(self, sound):
        loud = np.abs(sound).max() > 5000
        return (0.9, [np.ones(384, np.float32)]) if loud else (0.01, [])

    def others(self, sounds):
        return [np.zeros(384, np.float32) for _ in sounds]

    def voice(self, name, own, others):
        assert len(own) == 3
        assert others
        weights = np.ones(384, "<f4").tobytes()
        return message.KnownVoice(word=self.word, name=name, weights=weights, bias=0.0)


@pytest.fixture
def enrolling(recorded, monkeypatch):
    """Enrolling without networks, a voice and a daemon; the microphone gives what is in `heard`."""
    kept, heard = {}, []
    monkeypatch.setattr(enrollment, "Enrollment", Enrollment)
    monkeypatch.setattr(recordings, "networks", lambda _config, _word: None)
    monkeypatch.setattr(command_wake, "_others", lambda _config, _word: [1])
    monkeypatch.setattr(alone, "enroll", lambda _config, voice: kept.update({voice.name: voice}))
    known = lambda: [{"name": one.name, "word": one.word} for one in kept.values()]  # noqa: E731
    monkeypatch.setattr(alone, "learnt", lambda _config: {"voices": known(), "false_alarms": 2})
    forget = lambda _config, name: len([kept.pop(one) for one in [*kept] if name in (None, one)])  # noqa: E731
    monkeypatch.setattr(alone, "forget_voice", forget)
    monkeypatch.setattr(microphone, "record", lambda _sound, _seconds: heard.pop(0))
    monkeypatch.setattr("builtins.input", lambda _words: "")
    return heard, str(recorded / "word.wav"), str(recorded / "other.wav")


def test_a_voice_is_enrolled_from_recordings_listed_and_forgotten(enrolling, capsys):
    _, word, _ = enrolling
    asked = ["wake", "enroll", "hey jarvis", "--name", "Ada", "--from", word, word, word]
    assert cli.main(asked) == 0
    assert cli.main(["wake", "list"]) == 0
    assert cli.main(["wake", "list", "--json"]) == 0
    assert cli.main(["wake", "forget", "Ada"]) == 0
    assert cli.main(["wake", "list"]) == 0
    told = capsys.readouterr()
    assert "known in the voice of Ada" in told.out
    assert "Ada: “hey jarvis”" in told.out
    assert "False alarms remembered: 2." in told.out
    assert "1 forgotten." in told.out
    assert "No voice is enrolled" in told.out
    assert cli.main(["wake", "forget", "Ada"]) == 1
    assert "wake list" in capsys.readouterr().err


def test_what_is_said_to_the_microphone_is_asked_for_again_when_it_was_not_heard(enrolling, capsys):
    heard, _, _ = enrolling
    loud, soft = np.full(320, 9000, np.int16), np.full(320, 90, np.int16)
    heard += [loud, soft, loud, loud]
    assert cli.main(["wake", "enroll", "hey jarvis"]) == 0
    assert "Once more" in capsys.readouterr().out
    heard += [soft] * 3
    assert cli.main(["wake", "enroll", "hey jarvis"]) == 1
    assert "roomtone doctor" in capsys.readouterr().err


def test_what_cannot_be_enrolled_is_refused_with_what_to_do(enrolling, monkeypatch, capsys):
    _, word, other = enrolling
    assert cli.main(["wake", "enroll", "computer"]) == 1
    assert "there is: hey jarvis" in capsys.readouterr().err
    assert cli.main(["wake", "enroll", "hey jarvis", "--from", word, other, word]) == 1
    assert "other.wav: “hey jarvis” is hardly in it (score 0.01)" in capsys.readouterr().err

    def closed(_words):
        raise EOFError

    monkeypatch.setattr("builtins.input", closed)
    assert cli.main(["wake", "enroll", "hey jarvis"]) == 1
    assert "--from" in capsys.readouterr().err
