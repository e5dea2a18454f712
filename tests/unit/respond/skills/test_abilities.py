import pytest


@pytest.mark.parametrize("text", ["what can you do", "help", "Can you help me?", "what can i say"])
def test_it_says_what_it_can(ask, text):
    reply = ask(text)
    assert reply.skill == "abilities"
    assert len(reply.text.split()) < 40
