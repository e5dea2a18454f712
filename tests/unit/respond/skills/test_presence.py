def test_it_is_there(ask):
    assert ask("can you hear me").text == "Yes, I can hear you."
    assert ask("hello, are you there?").text == "Yes, I can hear you."


def test_it_says_where_words_stay(ask):
    for question in ("are you recording me", "do you store my voice", "who is listening"):
        assert "never stored" in ask(question).text


def test_what_becomes_of_words_is_told_as_it_is(ask):
    kept, guests, cloud = (
        ask("do you record me", **room).text for room in ({}, {"guest": True}, {"cloud": True})
    )
    assert "kept here, encrypted" in kept
    assert "I keep nothing" in guests
    assert "encrypted" not in guests
    assert "cloud" in cloud
    assert "cloud" not in kept
