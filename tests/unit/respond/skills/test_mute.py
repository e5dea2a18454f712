import pytest

from roomtone.base.room import Mute, Rest


@pytest.mark.parametrize(
    "text", ["mute the microphone", "stop listening", "go to sleep", "turn off the microphone"]
)
def test_the_microphone_closes_and_the_way_back_is_told(ask, text):
    reply = ask(text)
    assert reply.actions == (Mute(), Rest())
    assert "unmute" in reply.text
