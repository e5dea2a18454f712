import pytest

from roomtone.respond.sentence import LONGEST, Splitter


def split(text, size=3, *, tokens=False):
    splitter = Splitter(tokens=tokens)
    out = []
    for at in range(0, len(text), size):
        out += splitter.feed(text[at : at + size])
    return out + splitter.flush()


@pytest.mark.parametrize("tokens", [False, True])
@pytest.mark.parametrize("size", [1, 2, 5, 1000])
@pytest.mark.parametrize(
    "sentences",
    [
        ["One.", "Two!", "Three?"],
        ["Dr. Smith came.", "He left."],
        ["Pi is 3.14 or so.", "Yes."],
        ["It costs 3.", "That is cheap."],
        ["J. S. Bach wrote it.", "It is long."],
        ["Wait... what?", "Nothing."],
        ['He said "stop."', "Then he left."],
        ['He said "please stop."', "Then he left."],
        ["It is far (as they say.)", "It is cold."],
        ["It belongs to prof. Miller.", "He knows."],
        ["It is 10 a.m. in Rome.", "Lunch is later."],
        ["Bring milk, eggs, etc. to the kitchen.", "Thanks."],
        ["The answer is no.", "But you may try."],
        ["One line", "Another line"],
        ["Visit St. Ives, e.g. in May.", "Good!"],
        ["1. Boil the water.", "2. Add salt."],
    ],
)
def test_sentences_end_where_a_speaker_would_stop(sentences, size, tokens):
    joint = "\n" if not sentences[0].endswith((".", "!", "?", '"')) else " "
    assert split(joint.join(sentences), size, tokens=tokens) == sentences


def test_a_sentence_is_given_away_as_soon_as_the_next_one_begins():
    splitter = Splitter()
    assert splitter.feed("The moon is far.") == []
    assert splitter.feed(" It") == ["The moon is far."]
    assert splitter.flush() == ["It"]


def test_a_model_s_plain_full_stop_ends_a_sentence_before_the_next_token():
    splitter = Splitter(tokens=True)
    assert splitter.feed("The moon is far") == []
    assert splitter.feed(".") == ["The moon is far."]
    assert splitter.feed(" It is 3.") == []
    assert splitter.feed("5 AU from Mars.") == []
    assert splitter.feed(" Bye") == ["It is 3.5 AU from Mars."]


def test_no_text_is_lost_or_made_up():
    text = "First, a clause; then more: Dr. No paid $3.50... Really? Yes - so it was. " * 4
    assert " ".join(split(text)).split() == text.split()


def test_a_sentence_without_end_is_cut_at_a_clause():
    text = ("and so on and so on, " * 30).strip()
    pieces = split(text)
    assert all(len(piece) <= LONGEST for piece in pieces)
    assert all(piece.endswith(",") for piece in pieces)


def test_a_sentence_without_clauses_is_cut_between_words():
    pieces = split("word " * 200)
    assert all(len(piece) <= LONGEST for piece in pieces)
    assert set(" ".join(pieces).split()) == {"word"}


def test_one_endless_word_does_not_stop_the_stream():
    pieces = split("a" * 1000)
    assert "".join(pieces) == "a" * 1000
    assert max(map(len, pieces)) <= LONGEST


def test_the_sentence_that_has_begun_can_be_seen():
    splitter = Splitter()
    assert splitter.feed("It is cold. It gets ") == ["It is cold."]
    assert splitter.begun == "It gets "
    splitter.flush()
    assert splitter.begun == ""
