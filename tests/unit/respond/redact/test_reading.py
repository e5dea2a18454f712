import pytest

from roomtone.respond.redact.reading import Reading, fold


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("\uff2aürgen", "Jurgen"),
        ("a\u200bn\u00adna", "anna"),
        ("anna&#64;x", "anna@x"),
        ("anna&amp;#64;x", "anna@x"),
        ("anna%40x", "anna@x"),
        ("100% sure", "100% sure"),
        ("٠١٢", "012"),
        ("a\u00a0b\u2011c", "a b-c"),
        ("Straße", "Strasse"),
        ("1\ufe0f\u20e3", "1"),
    ],
)
def test_what_looks_alike_reads_alike(text, plain):
    assert Reading(text).plain == plain


def test_every_word_knows_its_place_in_what_was_said():
    reading = Reading("é\u0301 &amp; \uff2düller")
    word = reading.words[-1]
    start, end = reading.said(word.start, word.end)
    assert reading.text[start:end] == "\uff2düller"


def test_folding_takes_capitals_and_marks():
    assert fold("Siobhán") == "siobhan"
