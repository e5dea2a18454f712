import pytest

from roomtone.respond.plain import plain, request


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("Set a timer for 10 seconds.", "set a timer for 10 seconds"),
        ("set a timer for ten seconds", "set a timer for 10 seconds"),
        ("Set a ten-minute timer!", "set a 10 minute timer"),
        ("What\u2019s the time?", "what is the time"),
        ("It's 10:05.", "it is 10:05"),
        ("What's 15% of 80?", "what is 15 percent of 80"),
        ("What is 7 \u00d7 8?", "what is 7 times 8"),
        ("7x8", "7 times 8"),
        ("What's 12 / 4?", "what is 12 divided by 4"),
        ("10 - 4", "10 minus 4"),
        ("-5 + 3", "minus 5 plus 3"),
        ("1,000 meters", "1000 meters"),
        ("Pi is 3.14.", "pi is 3.14"),
        ("20 \u00b0C in \u00b0F", "20 degrees celsius in degrees fahrenheit"),
        ("Um, what time is it, uh?", "what time is it"),
        ("I'd like tea, and I'll pay.", "i would like tea and i will pay"),
        ("OK, never mind...", "ok never mind"),
        ("at 7 a.m. tomorrow", "at 7 am tomorrow"),
        ("today's date", "today's date"),
        ("  ", ""),
        ("?!", ""),
    ],
)
def test_both_recognizers_are_spelled_alike(written, spelled):
    assert plain(written) == spelled


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Could you please set a timer, please?", "set a timer"),
        ("hey can you tell me the time", "tell me the time"),
        ("i want you to stop now", "stop"),
        ("okay stop", "stop"),
        ("thank you", "thank you"),
        ("please", "please"),
        ("hey roomtone what time is it", "what time is it"),
        ("hey jarvis stop", "stop"),
        ("thank you that's all", "thank you that is all"),
        ("set a timer for ten minutes thanks", "set a timer for 10 minutes"),
    ],
)
def test_politeness_is_taken_off_but_never_everything(said, asked):
    assert request(said, "Roomtone") == asked
