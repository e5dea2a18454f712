"""The wake word comes off the front, however it was heard, and nothing else does."""

from __future__ import annotations

import pytest

from roomtone.recognize.wakeword import strip_wake

JARVIS = [
    ("hey jarvis what time is it", "what time is it"),
    ("Hey Jarvis, what time is it?", "what time is it?"),
    ("Hey, Jarvis. What time is it?", "What time is it?"),
    ("HEY JARVIS! Stop.", "Stop."),
    ("jarvis what time is it", "what time is it"),
    ("Jarvis, set a timer.", "set a timer."),
    ("travis what time is it", "what time is it"),
    ("hey travis what time is it", "what time is it"),
    ("hey charles what time is it", "what time is it"),
    ("hey jarvis's what time is it", "what time is it"),
    ("hey garvis set a timer", "set a timer"),
    ("hey jervis stop", "stop"),
    ("hey jar vis stop", "stop"),
    ("hey service stop", "stop"),
    ("a jarvis stop", "stop"),
    ("the jarvis stop", "stop"),
    ("they jarvis stop", "stop"),
    ("hay jarvis stop", "stop"),
    ("hate jarvis stop", "stop"),
    ("okay jarvis lights on", "lights on"),
    ("oh hey jarvis stop", "stop"),
    ("um hey jarvis stop", "stop"),
    ("and then hey jarvis set a timer", "set a timer"),
    ("is dinner ready hey jarvis set a timer", "set a timer"),
    ("hey jarvis hey jarvis stop", "stop"),
    ("hey jarvis jarvis stop", "stop"),
    ("hey what time is it", "what time is it"),
    ("arvis what time is it", "what time is it"),
    ("hey jarvis", ""),
    ("Hey, Jarvis.", ""),
    ("jarvis", ""),
    ("hey", ""),
    ("travis", ""),
    ("what time is it", "what time is it"),
    ("play jarvis theme", "play jarvis theme"),
    ("play the jarvis theme", "play the jarvis theme"),
    ("who is jarvis", "who is jarvis"),
    ("tell me about service dogs", "tell me about service dogs"),
    ("set a timer for ten minutes", "set a timer for ten minutes"),
    ("hate speech is what", "hate speech is what"),
    ("hello there", "hello there"),
    ("hi", "hi"),
    ("the weather in paris", "the weather in paris"),
    ("a cup of tea", "a cup of tea"),
    ("the capital of france", "the capital of france"),
    ("just stop", "just stop"),
    ("drive safely", "drive safely"),
    ("charge my phone", "charge my phone"),
    ("", ""),
    ("  stop  ", "stop"),
    ("...", "..."),
]

ALEXA = [
    ("alexa", ""),
    ("Alexa.", ""),
    ("alexa alexa", ""),
    ("alexa set a timer", "set a timer"),
    ("Alexa, what's the time?", "what's the time?"),
    ("lexa set a timer", "set a timer"),
    ("elec sir what time is it", "what time is it"),
    ("alex a set a timer", "set a timer"),
    ("alex is it raining", "is it raining"),
    ("alex add milk", "add milk"),
    ("a lexus set a timer", "set a timer"),
    ("alexis stop", "stop"),
    ("electra stop", "stop"),
    ("um alexa stop", "stop"),
    ("hey alexa stop", "stop"),
    ("what time is it", "what time is it"),
    ("electric blanket on", "electric blanket on"),
    ("all lights off", "all lights off"),
    ("alarms", "alarms"),
    ("relax", "relax"),
    ("alaska is how large", "alaska is how large"),
    ("alexander the great was who", "alexander the great was who"),
    ("ask a question", "ask a question"),
    ("let's go", "let's go"),
    ("unlock the door", "unlock the door"),
    ("select music", "select music"),
    ("who is alexa", "who is alexa"),
    ("lights on", "lights on"),
]

OTHERS = [
    ("computer what time is it", "computer", "what time is it"),
    ("computers stop", "computer", "stop"),
    ("commuter stop", "computer", "stop"),
    ("turn on the computer", "computer", "turn on the computer"),
    ("complete the list", "computer", "complete the list"),
    ("smart mirror stop", "smart_mirror", "stop"),
    ("mirror stop", "smart mirror", "stop"),
    ("smart mira stop", "smart mirror", "stop"),
    ("morning alarm", "smart mirror", "morning alarm"),
    ("view glass stop", "view glass", "stop"),
    ("few glass stop", "view glass", "stop"),
    ("close the blinds", "view glass", "close the blinds"),
    ("view photos", "view glass", "view photos"),
    ("snowboy stop", "snowboy", "stop"),
    ("snow boy stop", "snowboy", "stop"),
    ("snow tomorrow", "snowboy", "snow tomorrow"),
    ("hey mycroft stop", "hey mycroft", "stop"),
    ("hey my croft stop", "hey mycroft", "stop"),
    ("hey microsoft stop", "hey mycroft", "stop"),
    ("my croft stop", "hey mycroft", "stop"),
    ("microwave on", "hey mycroft", "microwave on"),
    ("okay nabu stop", "okay nabu", "stop"),
    ("ok nabu stop", "okay nabu", "stop"),
    ("okay now boo stop", "okay nabu", "stop"),
    ("hey rhasspy stop", "hey rhasspy", "stop"),
    ("hey raspy stop", "hey rhasspy", "stop"),
    ("stop", "", "stop"),
]


@pytest.mark.parametrize(("heard", "left"), JARVIS)
def test_of_what_was_heard_after_hey_jarvis_the_command_is_left(heard: str, left: str) -> None:
    assert strip_wake(heard, "hey jarvis") == left
    assert strip_wake(heard, "hey_jarvis") == left


@pytest.mark.parametrize(("heard", "left"), ALEXA)
def test_of_what_was_heard_after_alexa_the_command_is_left(heard: str, left: str) -> None:
    assert strip_wake(heard, "alexa") == left


@pytest.mark.parametrize(("heard", "phrase", "left"), OTHERS)
def test_any_other_phrase_comes_off_in_the_same_way(heard: str, phrase: str, left: str) -> None:
    assert strip_wake(heard, phrase) == left


@pytest.mark.parametrize("phrase", ["hey jarvis", "alexa", "smart mirror", "computer", "okay nabu"])
def test_a_stripped_text_is_not_stripped_any_further(phrase: str) -> None:
    for command in (
        "what time is it",
        "set a timer for ten minutes",
        "stop",
        "how far is the moon",
    ):
        assert strip_wake(f"{phrase} {command}", phrase) == command
        assert strip_wake(command, phrase) == command
