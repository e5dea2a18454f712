import pytest

from roomtone.base.room import AddNote


@pytest.mark.parametrize(
    ("said", "note"),
    [
        ("Remember that the spare key is under the mat.", "The spare key is under the mat"),
        ("please remember that mom's birthday is in May", "Mom's birthday is in May"),
        ("remember the spare key is under the mat", "The spare key is under the mat"),
        ("Make a note: the car needs new tires.", "The car needs new tires"),
        ("make a note that I lent my drill to Peter", "I lent my drill to Peter"),
        ("take a note the rent is due on the first", "The rent is due on the first"),
        ("Note that the plumber comes on Friday.", "The plumber comes on Friday"),
        ("note to self buy a new kettle", "Buy a new kettle"),
        ("write down that our locker number is twenty seven", "Our locker number is twenty seven"),
        ("write down the alarm code is on paper", "The alarm code is on paper"),
        ("can you remember that I take the blue pills at noon", "I take the blue pills at noon"),
        ("don't forget that the bins go out on Monday", "The bins go out on Monday"),
        ("keep in mind that grandma is allergic to nuts", "Grandma is allergic to nuts"),
        (
            "remember that the Wi-Fi password is H\u00f6nig-9!x",
            "The Wi-Fi password is H\u00f6nig-9!x",
        ),
        ("remember for me that the tent is in the attic please", "The tent is in the attic"),
        ("add a note about the boiler it was fixed in march", "The boiler it was fixed in march"),
        ("Remember my locker code 4711.", "My locker code 4711"),
        ("remember the bins go out on Monday", "The bins go out on Monday"),
        ("please remember we need to call the plumber", "We need to call the plumber"),
        ("remember this: shoe size 43", "Shoe size 43"),
        ("remember Anna's birthday on May 3", "Anna's birthday on May 3"),
        ("remember her flight lands at nine", "Her flight lands at nine"),
        ("remember the milk", "The milk"),
        ("Could you please remember my locker code?", "My locker code"),
        ("Can you remember my locker code 4711?", "My locker code 4711"),
        ("would you remember the dentist on Friday", "The dentist on Friday"),
        ("remember the day care number 5551234", "The day care number 5551234"),
        ("remember the time sheet due Friday", "The time sheet due Friday"),
        ("remember about the dentist on Friday", "The dentist on Friday"),
        ("remember not to feed the cat tonight", "Not to feed the cat tonight"),
        ("remember to water the plants", "Water the plants"),
    ],
)
def test_what_is_to_be_remembered_is_written_down_and_said_back(ask, said, note):
    reply = ask(said)
    assert reply.actions == (AddNote(note),)
    assert reply.text == f"I'll remember: {note}."


def test_nothing_is_written_down_while_guests_are_here(ask):
    reply = ask("remember that the spare key is under the mat", guest=True)
    assert reply.text == "I keep nothing while guests are here."
    assert reply.actions == ()


@pytest.mark.parametrize(
    "said",
    [
        "write down milk on the shopping list",
        "note that milk belongs on my grocery list",
        "remember when we went to Paris",
        "remember the time we went to Paris",
        "remember our trip to Paris",
        "remember I told you about Bob",
        "remember we went to Paris",
        "remember the name of that song",
        "remember back in 2019",
        "remember how to spell it",
        "remember what I said",
        "remember last summer",
        "remember Anna's party?",
        "can you remember the name of that song",
        "do you remember my locker code",
        "remember everything I say",
        "remember you promised me",
        "remember my name",
        "remember my name please",
        "remember Anna please",
        "remember a number",
        "remember Anna",
        "remember milk on the shopping list",
        "remember me",
        "remember that",
        "remember",
        "do you remember my name",
        "write down",
        "note",
        "remember the fifth of November",
        "I remember that he was tall",
        "don't forget me",
        "make a note",
        "who wrote the note that was found",
        "how do I write a note of thanks",
    ],
)
def test_other_talk_of_remembering_writes_nothing_down(ask, said):
    reply = ask(said)
    assert reply is None or reply.actions == ()
