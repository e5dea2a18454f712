def test_it_is_there(ask):
    assert ask("can you hear me").text == "Yes, I can hear you."
    assert ask("hello, are you there?").text == "Yes, I can hear you."


def test_it_says_where_words_stay(ask):
    for question in ("are you recording me", "do you store my voice", "who is listening"):
        assert "never stored" in ask(question).text
