"""The desk asks whom it says it asks, and keeps nothing of a question that is over."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import msgspec

from fakes.provider import HEAD, Provider, answer, raw, silence, stalled, status, words
from roomtone.app.cloud_desk import Desk
from roomtone.base.message.cloud import Ask, Ended, Line, Sending
from roomtone.system.settings import CloudSettings

TESTS = Path(__file__).resolve().parents[2]

ASKER = """
import asyncio, gc, json, sys
from roomtone.app.cloud_desk import Desk
from roomtone.base.message.cloud import Ask, Line, Sending
from roomtone.system.settings import CloudSettings

class Wire:
    ended = False
    def __init__(self, noted):
        self.noted = noted
    async def send(self, said):
        if isinstance(said, Sending):
            self.noted.set()

def held():
    # the canaries that anything holds, each with the types of what holds it
    mark, found = "SWORD".lower() + "fish", {}
    for holder in gc.get_objects():
        for one in gc.get_referents(holder):
            if type(one) in (str, bytes, bytearray):
                text = one if type(one) is str else bytes(one).decode("latin-1")
                at = text.find(mark)
                if at >= 0 and text != mark:
                    found.setdefault(text[at:at + len(mark) + 2], []).append(type(holder).__name__)
    return found

async def asked(desk, url, canary):
    noted = asyncio.Event()
    await desk.answer(Ask(provider=url, model="m",
        messages=[Line(role="user", content=canary + " what is this")], max_tokens=5,
        temperature=0.0, first_s=0.25, whole_s=0.6), Wire(noted), noted)

async def main(urls):
    desks = []
    for number, url in enumerate(urls, 10):
        desks.append(Desk(CloudSettings(policy="race", base_url=url), {"OPENAI_API_KEY": "k"}))
        await asked(desks[-1], url, "SWORD".lower() + "fish" + str(number))
    for _ in range(3):  # a generator that is over is closed by the loop
        gc.collect()
        await asyncio.sleep(0.02)
    print(json.dumps([[desk.standing().last_failure or "answered" for desk in desks], held()]))

asyncio.run(main(sys.argv[1:]))
"""

ACTS = {
    "answered": answer(),
    "refused": status(401, {"error": {"message": "no"}}),
    "limited": status(429, {"error": {"message": "wait"}}, **{"Retry-After": "9"}),
    "failing": status(500, {"error": {"message": "broken"}}),
    "garbled": raw(b"SMTP\r\n\r\n"),
    "slow": silence(),
    "cut": stalled(HEAD + words("Paris")),
}


def test_after_a_question_nothing_in_the_process_holds_its_words():
    async def scene() -> tuple[list[str], dict[str, list[str]]]:
        async with Provider(*ACTS.values()) as provider:
            urls = [provider.base_url] * len(ACTS)
            asking = await asyncio.create_subprocess_exec(
                *(sys.executable, "-c", ASKER, *urls, "http://127.0.0.1:1/v1"),
                env=os.environ | {"PYTHONPATH": str(TESTS.parent / "daemon")},
                stdout=asyncio.subprocess.PIPE,
            )
            told, _ = await asking.communicate()
            assert all(b"swordfish" in request.body for request in provider.requests)
            return json.loads(told)

    kinds, held = asyncio.run(scene())
    assert kinds == [*ACTS, "offline"]
    assert held == {}


def test_the_provider_that_is_told_is_the_one_that_is_asked_whatever_is_read_meanwhile():
    async def scene() -> tuple[list[str], str]:
        async with Provider(answer()) as provider:
            asked = CloudSettings(policy="race", base_url=provider.base_url)
            later = msgspec.structs.replace(asked, base_url="http://127.0.0.1:9/other")
            inforce = [asked]
            desk = Desk(asked, {"OPENAI_API_KEY": "k"}, lambda: SimpleNamespace(cloud=inforce[0]))
            noted, told = asyncio.Event(), []

            class Wire:
                ended = False

                async def send(self, said: object) -> None:
                    told.append(said)
                    if isinstance(said, Sending):
                        noted.set()

            class Opening(dict):
                """The environment; while it is looked into, the configuration is read anew."""

                def get(self, *names):
                    inforce[0] = later
                    return super().get(*names)

            desk._env = Opening(desk._env)
            question = Ask(
                provider=asked.base_url,
                model="m",
                messages=[Line(role="user", content="x")],
                max_tokens=5,
                temperature=0.0,
                first_s=3.0,
                whole_s=4.0,
            )
            await asyncio.gather(desk.answer(question, Wire(), noted), looked(desk))
            assert len(provider.requests) == 1
            assert told[-1] == Ended()
            await desk.close()
            return [one.provider for one in told if isinstance(one, Sending)], asked.base_url

    async def looked(desk: Desk) -> None:
        for _ in range(50):
            desk.standing()
            await asyncio.sleep(0.001)

    told, asked = asyncio.run(scene())
    assert told == [asked]
