import sys
from pathlib import Path

import pytest

from roomtone.respond.unsure import admits

DOMAIN = Path(__file__).parents[3] / "scripts" / "starter" / "domain"


@pytest.mark.parametrize(
    "answer",
    [
        "I don't know.",
        "I do not know that, sorry.",
        "Sorry, I don\u2019t have access to real-time information.",
        "I'm sorry, but I can't help with that.",
        "I\u2019m sorry, but I don\u2019t have information about your schedule.",
        "I'm not sure about that, so I won't guess.",
        "I am not certain who that is.",
        "I'm afraid I can't do that.",
        "I cannot browse the internet.",
        "I can't provide current weather data.",
        "Unfortunately, I am unable to check live prices.",
        "As an AI language model, I don't have personal experiences.",
        "As a large language model, my opinions do not count.",
        "I'm just an AI.",
        "I have no idea.",
        "No idea.",
        "I have no information about that.",
        "There is no information about that person.",
        "My knowledge cutoff is in 2023.",
        "My training data only goes up to 2023.",
        "That is beyond my capabilities.",
        "That is unknown to me.",
        "I'm sorry.",
        "Sorry!",
        "Sorry about that.",
        "I apologize for the confusion.",
        "My apologies.",
        "Could you please clarify what you mean?",
        "Please rephrase your question.",
        "I need more information to answer that.",
        "I don't know, but I can help you find out.",
        "I can't see the news, but you can check a news app.",
        "I'm not able to tell you that.",
        "I'd rather not guess.",
        "I haven't been able to find it.",
        "You should check a weather app for that.",
        "I don't have the ability to set alarms.",
        "I do not have a camera.",
        "I'm not familiar with that film.",
        "I could not find anything.",
        "I don't understand the question.",
        "I can't control the lights yet.",
        "I was not able to find that person.",
        "I do not possess that information.",
        "I do not have real-time access to the weather.",
        "I lack access to your calendar.",
        "Sorry, no idea.",
        "That information isn't available to me.",
        "I wish I knew.",
        "You would have to look that up online.",
    ],
)
def test_an_answer_that_has_none_admits_it(answer):
    assert admits(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "Paris is the capital of France.",
        "Nobody knows for sure; dreams may help the brain sort memories and feelings.",
        "It is not known exactly when he was born.",
        "The author is unknown.",
        "Dodos could not fly.",
        "No, penguins cannot fly.",
        "No, whales are mammals.",
        "Dogs must not eat chocolate.",
        "You cannot divide by zero.",
        "I'm sorry to hear that.",
        "I'm sorry you feel sad.",
        "I can't wait to hear more.",
        "I don't sleep, so I am always here for you.",
        "I don't have a favorite color, but blue is nice.",
        "I am fine, thank you.",
        "I think so, but I can be wrong.",
        "I'm not a person, I'm a voice in your home.",
        "Socrates said that he knew that he knew nothing.",
        "Knowledge is what you know.",
        "The sea has no access to the lake.",
        "He did not have access to the data.",
        "I don't know the exact date, but it was written around the year 1600.",
        "I can't say it exactly; however, about eight billion people live on earth.",
        "Guess what: it is Berlin.",
        "It is impossible to see it without a telescope.",
        "An AI language model is a program that predicts words.",
        "People are not sure why cats purr.",
        "I have no sister, I am a machine.",
        "There is no life on the moon.",
        "It is unclear.",
        "No information travels faster than light.",
        "We do not know whether there is life on Mars.",
        "Scientists do not know why.",
        "I don't think penguins can fly.",
        "I can't complain, thank you.",
        "I can't recommend it enough.",
        "You can check the tires once a month.",
        "It means that you don't know something.",
        "I can help you with that.",
        "Yes.",
        "42.",
        "",
    ],
)
def test_an_answer_that_has_one_admits_nothing(answer):
    assert not admits(answer)


@pytest.fixture(scope="module")
def turns():
    sys.path.insert(0, str(DOMAIN))
    try:
        from dialogues import Dialogues
    finally:
        sys.path.remove(str(DOMAIN))
    drawn = zip(range(1500), Dialogues()(7), strict=False)
    return [turn for _, dialogue in drawn for turn in dialogue.turns]


def test_the_starter_model_s_refusals_are_admissions_and_its_facts_are_not(turns):
    refused = {turn.answer for turn in turns if turn.kind in ("unknown", "cannot", "orphan")}
    known = {turn.answer for turn in turns if turn.kind == "fact"}
    assert len(refused) > 60
    assert len(known) > 300
    assert [answer for answer in refused if not admits(answer.split(". ")[0])] == []
    assert [answer for answer in known if admits(answer)] == []
