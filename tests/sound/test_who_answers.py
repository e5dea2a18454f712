"""Who answers when the cloud misbehaves: real models, the real way out, a provider on loopback."""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from fakes.provider import (
    HEAD,
    Act,
    Provider,
    answer,
    dripping,
    raw,
    silence,
    stalled,
    status,
    words,
)
from roomtone.app.build import Core, build
from roomtone.app.cloud import Visits
from roomtone.app.cloud_desk import Desk
from roomtone.app.config import Config
from roomtone.app.control import Controls
from roomtone.app.run import START_PATIENCE, alive, way_out
from roomtone.base import event
from roomtone.system.settings import CloudSettings, PathSettings
from roomtone.turn.consent import Terms
from roomtone.turn.ledger import NOT_SENT

pytestmark = pytest.mark.sound

HELD_UP = 0.3
"""Seconds by which a cloud that stalls may delay the local answer."""

NOISE = 0.15
"""Seconds by which the local model itself may be slower than when it was measured."""

KNOWN, UNKNOWN = "what is the capital of france", "who is the mayor of springfield"
"""Questions of which the starter model knows one."""

FAULTS: dict[str, Act] = {
    "slow first token": answer(before=30.0),
    "silence": silence(),
    "stall in the first sentence": stalled(HEAD + words("The mayor")),
    "drip": dripping(HEAD, 0.2),
    "cut before the first sentence": raw(HEAD + words("The may"), reset=True),
    "wait a minute": status(429, {"error": {}}, Retry_After="60"),
    "wait": status(429, {"error": {}}),
    "failing": status(500, "oh"),
    "bad gateway": status(502, "<html>", kind="text/html"),
    "refused": status(401, {"error": {"code": "invalid_api_key"}}),
    "no stream": raw(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{}"),
    "wrong JSON": raw(HEAD + b"10\r\ndata: {[[[[[[[[\n\n\r\n"),
    "web page": status(200, "<html>log in</html>", kind="text/html"),
    "huge": raw(HEAD + b"%x\r\n" % (1 << 24) + b"x" * (1 << 21)),
    "redirect": status(302, "", Location="http://127.0.0.1:1/"),
}


def patience() -> float:
    """How much longer things may take on a computer that is busy otherwise."""
    return 1.0 if os.getloadavg()[0] < (os.cpu_count() or 1) else 4.0


class Renewed:
    """The way out in this process, with another desk for every fault: none of them rests."""

    def __init__(self, cloud: CloudSettings, path: Path) -> None:
        self._cloud = cloud
        self._path = path
        self._server: asyncio.Server | None = None
        self._desk: Desk | None = None

    async def renew(self) -> None:
        """Begin again with a desk that remembers nothing."""
        await self.close()
        self._desk = Desk(self._cloud, {})
        await self._desk.prepare()
        visits = Visits(self._desk, {os.getuid()})
        self._server = await asyncio.start_unix_server(visits.visit, str(self._path))

    async def close(self) -> None:
        """Close the door."""
        if self._server is not None and self._desk is not None:
            self._server.close()
            await self._desk.close()


@contextlib.asynccontextmanager
async def house(
    folder: Path, provider: Provider, policy: str, *, renewed: bool = False, **more: object
) -> AsyncIterator[SimpleNamespace]:
    """A core with its language model and its way out, and the owner's yes."""
    cloud = CloudSettings(policy=policy, base_url=provider.base_url, model="m", cue=False, **more)
    config = Config(paths=PathSettings(state=str(folder)), cloud=cloud)
    source = folder / "config.toml"
    source.write_text(f'[cloud]\npolicy = "{policy}"\nbase_url = "{provider.base_url}"\n')
    core = await build(config)
    desk = Renewed(cloud, core.paths.cloud_socket)
    out = contextlib.nullcontext() if renewed else way_out(core, source)
    try:
        async with alive(core.thinker.child), out:
            await core.thinker.child.ready(START_PATIENCE)
            await core.consents.allow(
                Terms(provider=cloud.base_url, model="m", context=cloud.context), "anna"
            )
            if renewed:
                await desk.renew()
            async with asyncio.timeout(60):
                while await core.outside.look() is None:  # noqa: ASYNC110 - it is being started
                    await asyncio.sleep(0.1)
            yield SimpleNamespace(core=core, controls=Controls(core), desk=desk)
    finally:
        await desk.close()
        await core.memory.close()


async def asked(core: Core, question: str) -> tuple[float, list[str], str]:
    """Seconds to the first sentence, the sentences, and who answered."""
    began, first, said, by = time.monotonic(), 0.0, [], ""
    core.answerer.forget()
    async for happened in Controls(core).ask(question):
        if isinstance(happened, event.Sentence):
            first = first or time.monotonic() - began
            said.append(happened.text)
        elif isinstance(happened, event.ReplyFinished):
            by = happened.by
    return first, said, by


async def ledgered(core: Core, provider: Provider) -> None:
    """The ledger holds what the provider has received, to the byte."""
    entries = [one for one in await core.memory.archive.ledger(1000) if one.by == "cloud"]
    sent = [one for one in entries if one.outcome != NOT_SENT]
    assert sorted(one.text.encode() for one in sent) == sorted(
        request.body for request in provider.requests
    )
    assert sum(one.bytes for one in entries) == sum(len(one.body) for one in provider.requests)


@pytest.mark.parametrize("policy", ["race", "local-first"])
def test_a_cloud_that_misbehaves_holds_nobody_up_and_nothing_is_said_twice(
    tmp_path: Path, policy: str
) -> None:
    async def play() -> None:
        more = {"patience": 1.0} | ({"join_after": 0.0} if policy == "race" else {})
        async with (
            Provider() as provider,
            house(tmp_path, provider, policy, renewed=True, **more) as home,
        ):
            core: Core = home.core
            await asked(core, KNOWN)
            permit, core.consents.permit = core.consents.permit, lambda: None
            alone = {q: await asked(core, q) for q in (KNOWN, UNKNOWN)}
            core.consents.permit = permit
            for fault, act in FAULTS.items():
                provider.acts = [act]
                await home.desk.renew()
                for question, (expected, said_alone, _by) in alone.items():
                    first, said, by = await asked(core, question)
                    limit = expected + HELD_UP * patience() + NOISE
                    assert first <= limit, (fault, question, first, expected)
                    assert (said, by) == (said_alone, "llama"), (fault, question)
            assert len(provider.requests) >= len(FAULTS)
            await ledgered(core, provider)

    asyncio.run(play())


def test_the_cloud_answers_what_is_not_known_here_and_the_ledger_has_every_byte(
    tmp_path: Path,
) -> None:
    async def play() -> None:
        says = answer(["The mayor ", "is Clara. ", "Ask her."])
        async with Provider(says) as provider, house(tmp_path, provider, "local-first") as home:
            _, said, by = await asked(home.core, UNKNOWN)
            assert said[-2:] == ["The mayor is Clara.", "Ask her."]
            assert by == "cloud"
            _, said, by = await asked(home.core, KNOWN)
            assert by == "llama"
            assert len(provider.requests) == 1
            await ledgered(home.core, provider)
            await home.core.memory.drain()
            told = await home.controls.explain(2)
            assert told is not None
            (kept,) = (await home.controls.explain(1))["ledger"]
            assert (kept["by"], kept["outcome"]) == ("cloud", "answered")

    asyncio.run(play())


def test_cloud_first_is_local_when_the_cloud_is_gone_and_finishes_politely_when_it_breaks_off(
    tmp_path: Path,
) -> None:
    async def play() -> None:
        whole = HEAD + words("Paris is the capital. ") + words("It lies on the Seine, and it has")
        async with Provider() as provider, house(tmp_path, provider, "cloud-first") as home:
            assert (await asked(home.core, KNOWN))[2] == "cloud"
            provider.acts = [raw(whole, reset=True)]
            _, said, by = await asked(home.core, KNOWN)
            assert by == "cloud"
            assert said[0] == "Paris is the capital."
            assert len(said) == len(set(said)) <= 3
            assert "did not come through" in said[-1]
            provider.acts = [silence()]
            _, said, by = await asked(home.core, KNOWN)
            assert by == "llama"
            provider._server.close()
            await provider._server.wait_closed()
            first, said, by = await asked(home.core, KNOWN)
            assert by == "llama"
            assert first <= 0.3 * patience() + 1.0
            await ledgered(home.core, provider)

    asyncio.run(play())


def test_a_no_in_mid_answer_closes_the_connection_and_ends_the_answer(tmp_path: Path) -> None:
    async def play() -> None:
        drops = [f"Sentence {n} of it is said here. " for n in range(50)]
        says = answer(drops, between=0.2)
        async with Provider(says) as provider, house(tmp_path, provider, "cloud-first") as home:
            said: list[str] = []
            took = None
            async for happened in home.controls.ask(KNOWN):
                if isinstance(happened, event.Sentence):
                    said.append(happened.text)
                    if took is None:
                        began = time.monotonic()
                        await home.controls.deny()
                        await provider.closed.wait()
                        took = time.monotonic() - began
            assert took is not None
            assert took <= 0.2 * patience()
            assert "off now" in said[-1]
            assert len(said) <= 3
            _, said, by = await asked(home.core, KNOWN)
            assert by == "llama"
            assert len(provider.requests) == 1

    asyncio.run(play())
