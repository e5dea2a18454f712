import pytest


@pytest.mark.parametrize(
    "text",
    ["say that again", "what did you say", "pardon", "repeat that please", "I didn't hear you."],
)
def test_the_last_words_are_said_again(ask, text):
    assert ask(text, last_reply="The moon is far.").text == "The moon is far."


def test_there_is_nothing_to_repeat_at_first(ask):
    assert ask("say that again").text == "I have not said anything yet."
