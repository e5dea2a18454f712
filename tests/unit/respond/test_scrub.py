import pytest

from roomtone.respond.scrub import is_data, scrubbed


@pytest.mark.parametrize(
    "sentence",
    [
        "Paris is the capital of France.",
        "It is 3.5 * 2, or -7 at most.",
        "The Moon is about 384,000 kilometers away,",
        'He said: "wait" (twice).',
        "Answering takes time.",
        "Caf\u00e9 M\u00fcller, 20\u00b0C.",
        "Here is a thought for you.",
        "Call it {x} if you like.",
    ],
)
def test_a_plain_sentence_stays_as_it_is(sentence):
    assert scrubbed(sentence) == sentence


@pytest.mark.parametrize("sentence", ["", "***", "\U0001f600", "[^1]: https://x.org", "assistant:"])
def test_nothing_is_left_of_what_says_nothing(sentence):
    assert scrubbed(sentence) == ""


def test_what_is_meant_for_a_machine_is_known():
    assert is_data('{"a": 1}')
    assert is_data("[{'name': 'x'}]")
    assert is_data("Action: mute")
    assert not is_data("[Laughs] It is late.")
    assert not is_data("Take action: call them.")
    assert not is_data('The word "late": it is an adjective.')


@pytest.mark.parametrize(
    "noise",
    ["$", "\\(", "<", "[", "<br", '{"', "| ", "*", "(see ", "<!--", "www.", "\\frac{", "a^"],
)
def test_noise_comes_to_an_end(noise):
    scrubbed(noise * 1_000)
