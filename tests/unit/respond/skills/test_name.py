import datetime as dt

import pytest

from roomtone.base.room import Room
from roomtone.respond.route import Router

ROUTER = Router()


@pytest.mark.parametrize(
    "question", ["What's your name?", "what is your name", "tell me your name please"]
)
def test_it_says_the_name_its_owner_gave(question):
    room = Room(now=dt.datetime(2026, 11, 21, tzinfo=dt.UTC), name="Alfred")
    reply = ROUTER.answer(question, room)
    assert reply is not None
    assert (reply.text, reply.skill) == ("I am Alfred.", "name")


def test_somebody_elses_name_is_no_business_of_this_skill():
    room = Room(now=dt.datetime(2026, 11, 21, tzinfo=dt.UTC))
    assert ROUTER.answer("what is my name", room) is None
