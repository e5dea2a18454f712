import pytest


@pytest.mark.parametrize(
    ("command", "word"),
    [
        ("turn on the kitchen lights", "lights"),
        ("Turn the lights off in the living room.", "lights"),
        ("dim the bedroom lamp to twenty percent", "lights"),
        ("turn off the tv", "devices"),
        ("close the blinds", "devices"),
        ("set the thermostat to twenty one degrees", "heating"),
        ("play some jazz", "music"),
        ("what's the weather like tomorrow in paris", "weather"),
        ("will it rain tonight", "weather"),
        ("add milk to the shopping list", "lists"),
        ("what's on my calendar tomorrow", "calendar"),
        ("set an alarm for seven thirty every day", "alarms"),
        ("snooze the alarm", "alarms"),
        ("remind me to call mom at five", "remind"),
        ("call mom", "calls"),
        ("pause the timer", "timers"),
        ("when does the sun rise", "sunrise"),
        ("how much is ten dollars in euros", "exchange"),
    ],
)
def test_what_cannot_be_done_is_said_and_not_done(ask, command, word):
    reply = ask(command)
    assert reply.skill == "cannot"
    assert word in reply.text
    assert reply.actions == ()


@pytest.mark.parametrize(
    ("command", "unknown"),
    [
        ("what's the weather tomorrow", True),
        ("how much is ten dollars in euros", True),
        ("when does the sun rise", True),
        ("turn on the lights", False),
        ("play some jazz", False),
        ("call mom", False),
    ],
)
def test_somebody_else_may_know_what_is_only_not_known_here(ask, command, unknown):
    assert ask(command).unknown is unknown
