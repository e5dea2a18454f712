"""Questions with private items in them: what is asked must still be read around a placeholder."""

import re

import pytest

from roomtone.respond.redact.veil import Veil

HOUSEHOLD = ("Clara", "Ann", "James")
_ITEM = re.compile(r"\{(.*?)\}")


@pytest.mark.parametrize(
    "marked",
    [
        "tell {Clara} a story about {bob@example.com}",
        "my email is {jane.doe@x.org}, please call me on {+44 20 7946 0958}, "
        "I live at {12 Baker Street}, {Ann} says hi",
        "what is a polite reply to {jane.doe@example.com} about the late rent",
        "can I safely open a picture from {info@lucky-winner.example} or is it a trick",
        "is the mail address {tom.baker@example.org} written correctly",
        "forward a joke about cats to {bob at example dot com} tonight",
        "does {bob dot miller at example dot com} look like a serious address",
        "give me three ideas for a gift that {bob@example.com} and {Clara} both enjoy",
        'mail the joke "why not" to {bob@example.com}',
        "how long does a letter to {12 Baker Street} take to arrive",
        "is there a good bakery near {12 Baker Street} that opens early",
        "compare the rent at {12 Baker Street} and at {7 Mill Lane} for me",
        "I moved from {12 Baker Street to 7 Mill Lane}, whom do I have to tell",
        "I live at {7 Mill Lane} and {Ann} wants a dog, which breed barks least",
        "my sister lives at {42 Maple Avenue}, {Ann} likes the garden there, what can she plant",
        "is {12 Baker Street}, {Clara} wonders, older than {7 Mill Lane}",
        "my number is {0171 5551234} and I live in a small town, what bus is there",
        "call me on {0171 5551234}, a plumber should know where the water is turned off",
        "why was {0171 5551234} engaged, is that normal on a Sunday",
        "should I answer when {0171 5551234} calls at night and nobody speaks",
        "my card {4111 1111 1111 1111} was refused in a shop, what may be the reason",
        "tell me what the code {4711} in {Ann}'s note could mean",
        "is {https://example.com/users?id=3} a safe link to click",
        "can a hacker who knows {192.168.1.17} open my door",
        "how do I block {@anna_b} on the phone of a child",
        "is {12 Baker Street} cheaper than a hotel in Paris",
        "the meeting with {Clara} is at {12 Baker Street} on Friday at noon, what should I wear",
        "is {jane.doe@example.com} a real address or a fake",
        "my sister {Clara} moved to {7 Mill Lane} yesterday, which gift fits",
        "does {Clara}'s cake need more sugar than {Ann}'s bread",
        "translate into french: {Ann}'s mail is {ann@example.org} and she lives in a small house",
        "I was born on the {third of may nineteen eighty five}, how old am I in days",
    ],
)
def test_the_words_of_a_question_survive_around_its_private_items(marked):
    said = _ITEM.sub(r"\1", marked)
    veil = Veil(HOUSEHOLD)
    sent = veil.hide(said)
    assert re.sub(r"\b[A-Z]+_\d+", "{}", sent) == _ITEM.sub("{}", marked)
    assert veil.reveal(sent) == said


@pytest.mark.parametrize(
    ("said", "sent"),
    [
        (
            "is Clara's birthday before clara or CLARA",
            "is NAME_1's birthday before NAME_1 or NAME_1",
        ),
        (
            "did JAMES find James' book or james's shoes",
            "did NAME_1 find NAME_1' book or NAME_1's shoes",
        ),
    ],
)
def test_one_person_has_one_placeholder_in_any_case_and_as_an_owner(said, sent):
    assert Veil(HOUSEHOLD).hide(said) == sent


@pytest.mark.parametrize(
    ("said", "secret"),
    [
        ("my mail is petra zwolle@gmail.com", "zwolle"),
        ("my mail is sunny day@gmail.com", "sunny"),
        ("send it to jane dot doe@gmail.com", "jane"),
        ("i live at 12 Baker Street, Ann Arbor", "Arbor"),
        ("i live at 12 Baker Street, Kelling and Ann says hi", "Kelling"),
        ("my card is lost, navigate to 1-36-2 erler, minato-ku, erslev", "erslev"),
    ],
)
def test_what_belongs_to_an_item_still_goes_with_it(said, secret):
    assert secret not in Veil(HOUSEHOLD).hide(said)
