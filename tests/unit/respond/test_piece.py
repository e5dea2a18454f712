import pytest

from roomtone.respond.piece import Pieces


def read(text, size, ends=("<|end|>", "\nUser:")):
    pieces = Pieces(ends)
    data = text.encode()
    out = []
    for at in range(0, len(data), size):
        out.append(pieces.feed(data[at : at + size]))
        if pieces.over:
            break
    return "".join(out) + pieces.rest(), pieces.over


@pytest.mark.parametrize("size", [1, 2, 3, 100])
@pytest.mark.parametrize(
    ("written", "shown", "over"),
    [
        ("Caf\u00e9 \U0001f600!", "Caf\u00e9 \U0001f600!", False),
        ("Yes.<|end|>more", "Yes.", True),
        ("Yes.\nUser: and", "Yes.", True),
        ("a < b <| c", "a < b <| c", False),
        ("<think>hm, well</think>\n\nYes.", "Yes.", False),
        ("<think>never ends", "", False),
        ("Yes\nUse it", "Yes\nUse it", False),
        ("", "", False),
    ],
)
def test_only_what_belongs_to_the_answer_is_shown(written, shown, over, size):
    assert read(written, size) == (shown, over)


def test_plain_words_are_not_held_back():
    pieces = Pieces(("<|end|>",))
    assert pieces.feed(b"The moon ") == "The moon "


def test_half_a_character_waits_for_its_other_half():
    pieces = Pieces(())
    assert pieces.feed(b"\xc3") == ""
    assert pieces.feed(b"\xa9") == "\u00e9"
