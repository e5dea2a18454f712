import pytest

from roomtone.respond.redact.corpus import KINDS_MADE, Item, items, leaks
from roomtone.respond.redact.veil import Veil


@pytest.mark.parametrize("generation", [0, 1, 2, 3])
def test_nothing_of_any_made_up_item_leaks(generation):
    for item in items(seed=2026, count=len(KINDS_MADE) * 12, generation=generation):
        veil = Veil(item.names)
        sent = veil.hide(item.text)
        assert not leaks(item, sent), item
        assert veil.reveal(sent) == item.text


def test_a_seed_makes_the_same_items_again():
    assert list(items(4, 60)) == list(items(4, 60))
    assert {item.kind for item in items(4, 60)} == set(KINDS_MADE)


@pytest.mark.parametrize(
    ("secret", "sent"),
    [
        ("0171 5551234", "call oh one seven one"),
        ("4111 1111", "it ends in 1-1-1-1"),
        ("anna.smith@gmail.com", "write to Anna dot SMITH at gmail dot com"),
        ("Maple", "on maple street"),
        ("hunter2", "with h u n t e r two"),
    ],
)
def test_a_leak_is_seen_in_another_spelling(secret, sent):
    assert leaks(Item("any", "", secret), sent)


def test_a_placeholder_is_no_leak():
    assert not leaks(Item("any", "", "PHONE_1 11111"), "my number is PHONE_1 today")
