"""The provider over real sockets: what it is sent, and every way in which it may behave badly."""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
import os
import random
import time

import msgspec
import pytest

from fakes.certificates import Authority
from fakes.provider import (
    END,
    HEAD,
    WORDS,
    Provider,
    answer,
    chunk,
    dripping,
    event,
    raw,
    silence,
    stalled,
    status,
    words,
)
from roomtone.base.message.cloud import FAILURES, Ask, Line
from roomtone.respond import cloud as module
from roomtone.respond import road
from roomtone.respond.cloud import Cloud
from roomtone.respond.failure import ProviderError
from roomtone.respond.names import Names

KEY = "sk-canary-4711"
QUESTION = "Wie heißt die Hauptstadt von Zubrowka?"
SLACK = 3 if os.getloadavg()[0] > (os.cpu_count() or 1) else 1
"""A busy computer has more time."""

ONCE = {"first_s": 0.25}
"""Too little time for a second try."""

CUT_OFF = HEAD + words("Paris") + words("", ended="length") + END


class Asked:
    """One question and what came of it."""

    def __init__(self, cloud: Cloud, **changes) -> None:
        self.bodies: list[bytes] = []
        self.heard: list[str] = []
        self.failure: ProviderError | None = None
        self.cut_off = False
        self.lasted = 0.0
        self.begun = asyncio.Event()
        self._cloud = cloud
        ask = Ask(
            provider="",
            model="model",
            messages=[Line(role="user", content=QUESTION)],
            max_tokens=50,
            temperature=0.5,
            first_s=3.0,
            whole_s=10.0,
        )
        self._ask = msgspec.structs.replace(ask, **changes)

    async def done(self) -> Asked:
        began = time.monotonic()
        try:
            self.cut_off = await self._cloud.answer(self._ask, self._permit, self._hear)
        except ProviderError as failure:
            self.failure = failure
        self.lasted = time.monotonic() - began
        return self

    @property
    def kind(self) -> str:
        return self.failure.kind if self.failure else ""

    async def _permit(self, body: bytes) -> None:
        self.bodies.append(body)

    async def _hear(self, text: str) -> None:
        self.heard.append(text)
        self.begun.set()


KNOCK = road.KNOCK


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """A computer that is busy otherwise may take long to reach itself."""
    monkeypatch.setattr(road, "KNOCK", 3.0)


def asked(*acts, times: int = 1, tls=None, trusted=None, **changes):
    """The last of `times` questions to a provider that acts so, and the provider."""

    async def scene():
        async with Provider(*acts, tls=tls) as provider:
            cloud = Cloud(provider.base_url, KEY, tls=trusted)
            for _ in range(times):
                one = await Asked(cloud, **changes).done()
            await cloud.close()
            return one, provider

    return asyncio.run(scene())


def test_what_is_shown_is_what_is_sent_and_nothing_is_sent_before():
    async def scene():
        async with Provider() as provider:
            cloud = Cloud(provider.base_url, KEY)
            one = Asked(cloud)
            before = []

            async def permit(body):
                await asyncio.sleep(0.05)
                before.append((provider.connections, len(provider.requests)))
                one.bodies.append(body)

            one._permit = permit
            await one.done()
            await cloud.close()
            return one, before, provider

    one, before, provider = asyncio.run(scene())
    assert before == [(1, 0)]
    assert one.bodies == [provider.requests[0].body]
    assert one.heard == list(WORDS)


def test_a_request_tells_the_question_and_nothing_of_this_machine(monkeypatch):
    for name in ("OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_BASE_URL", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://elsewhere.invalid")
    monkeypatch.setenv("HTTP_PROXY", "http://elsewhere.invalid")
    _, provider = asked()
    (request,) = provider.requests
    assert set(request.headers) - {""} == {
        "host",
        "authorization",
        "content-type",
        "content-length",
        "user-agent",
        "accept",
        "accept-encoding",
    }
    assert request.headers["user-agent"] == "roomtone"
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert json.loads(request.body) == {
        "model": "model",
        "messages": [{"role": "user", "content": QUESTION}],
        "stream": True,
        "temperature": 0.5,
        "max_tokens": 50,
    }


def test_openai_itself_is_asked_to_keep_nothing():
    cloud = Cloud("https://api.openai.com/v1", KEY)
    body = cloud._body(Asked(cloud)._ask)
    assert body["store"] is False
    assert body["max_completion_tokens"] == 50
    assert "max_tokens" not in body


def test_an_answer_that_reached_its_greatest_length_says_so():
    one, _ = asked(raw(CUT_OFF))
    assert (one.cut_off, one.kind) == (True, "")


def test_the_connection_is_kept_for_the_next_question():
    _, provider = asked(times=3)
    assert provider.connections == 1
    assert len(provider.requests) == 3


def test_a_kept_connection_that_the_provider_has_closed_costs_no_answer():
    one, provider = asked(raw(HEAD + words("a", ended="stop") + END), answer(), times=2)
    assert one.heard == list(WORDS)
    assert provider.connections == 2


def test_a_kept_connection_that_breaks_when_it_is_used_is_replaced_at_once():
    one, provider = asked(answer(), raw(b"", reset=True), answer(), times=2, first_s=0.8)
    assert one.heard == list(WORDS)
    assert len(one.bodies) == 2
    assert provider.connections == 2
    assert one.lasted < 0.2 * SLACK


def test_silence_ends_when_the_time_for_the_first_words_is_over():
    one, _ = asked(silence(), **ONCE)
    assert one.kind == "slow"
    assert 0.2 < one.lasted < 0.6 * SLACK


def test_a_slow_first_word_is_waited_for():
    one, _ = asked(answer(before=0.15), first_s=1.0)
    assert one.heard == list(WORDS)


def test_a_stall_in_mid_answer_is_noticed(monkeypatch):
    monkeypatch.setattr(module, "STALL", 0.1)
    one, _ = asked(stalled(HEAD + words("Paris")), first_s=0.5)
    assert (one.kind, one.heard) == ("cut", ["Paris"])
    assert one.lasted < 1.0 * SLACK


def test_sounds_of_life_without_words_do_not_count_as_an_answer(monkeypatch):
    monkeypatch.setattr(module, "STALL", 0.1)
    ping = chunk(b": ping\n\n") + words("")
    one, _ = asked(dripping(HEAD + words("Paris") + ping * 50, 0.0005), first_s=1.0)
    assert one.kind == "cut"


def test_an_answer_that_never_ends_is_ended():
    one, _ = asked(answer(["ha "] * 1000, between=0.01), first_s=0.5, whole_s=0.6)
    assert one.kind == "cut"
    assert one.lasted < 1.0 * SLACK


def test_cut_at_any_byte_what_came_is_kept_and_never_taken_for_whole():
    whole = HEAD + b"".join(words(text) for text in WORDS)
    full = whole + words("", ended="stop") + END

    async def scene():
        outcomes = set()
        async with Provider() as provider:
            cloud = Cloud(provider.base_url, KEY)
            for k in range(0, len(whole), 11):
                provider.acts = [raw(full[:k], reset=k % 2 == 0)]
                one = await Asked(cloud, **ONCE).done()
                cloud._breaker.succeeded()
                assert one.heard == list(WORDS)[: len(one.heard)]
                assert len(one.bodies) <= 2
                outcomes.add((one.kind, bool(one.heard)))
            await cloud.close()
        return outcomes

    outcomes = asyncio.run(scene())
    assert {kind for kind, heard in outcomes if heard} == {"cut"}
    assert {kind for kind, heard in outcomes if not heard} <= {"failing", "garbled", "cut"}


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        (status(401, {"error": {"code": "invalid_api_key", "message": KEY}}), "refused"),
        (status(403), "refused"),
        (status(404, {"error": {"code": "model_not_found"}}), "refused"),
        (status(400, {"error": {"message": QUESTION}}), "failing"),
        (status(429, {"error": {"code": "insufficient_quota"}}), "limited"),
        (status(429, Retry_After="60"), "limited"),
        (status(302, Location="http://login.invalid"), "untrusted"),
        (status(307, Location="/v1/elsewhere"), "untrusted"),
        (status(200, "<html>log in</html>", kind="text/html"), "untrusted"),
        (status(200, {"choices": []}), "garbled"),
        (status(200, "data: x\n\n", kind="text/event-stream"), "garbled"),
        (status(200, "", kind="text/event-stream", Content_Encoding="gzip"), "garbled"),
        (raw(b"I am no HTTP\r\n\r\n"), "garbled"),
        (raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 30_000), "garbled"),
        (raw(HEAD + event("{")), "garbled"),
        (raw(HEAD + event("[" * 60_000)), "garbled"),
        (raw(HEAD + event('{"a":' * 10_000)), "garbled"),
        (raw(HEAD + event("7")), "garbled"),
        (raw(HEAD + event({"choices": {"a": 1}})), "garbled"),
        (raw(HEAD + event({"choices": [7]})), "garbled"),
        (raw(HEAD + event({"choices": [{"delta": {"content": ["x"]}}]})), "garbled"),
        (raw(HEAD + event({"choices": [{"delta": {"content": {"a": 1}}}]})), "garbled"),
        (raw(HEAD + chunk(b"data: \xff\xfe\n\n")), "garbled"),
        (raw(HEAD + chunk(b"x" * 70_000)), "garbled"),
        (raw(HEAD + chunk(b": x\n" * 20_000) * 20), "garbled"),
        (raw(HEAD + chunk(gzip.compress(b"data: x\n\n" * 9999))), "garbled"),
        (raw(HEAD + event({"error": {"message": QUESTION}})), "failing"),
        (raw(HEAD + words("", ended="stop") + END), "garbled"),
        (raw(HEAD + END), "garbled"),
        (raw(HEAD + b"zz\r\n"), "cut"),
    ],
)
def test_what_is_no_answer_is_told_by_its_kind_after_one_request(act, kind, caplog):
    caplog.set_level(logging.DEBUG)
    one, provider = asked(act, first_s=20.0)
    assert one.kind == kind
    assert len(provider.requests) == 1
    told = f"{one.failure!r} {one.failure} {caplog.text}"
    assert not [secret for secret in (KEY, QUESTION, "Zubrowka") if secret in told]


def test_rubbish_never_does_anything_but_fail():
    draw = random.Random(7)  # noqa: S311 - the same rubbish every time

    async def scene():
        async with Provider() as provider:
            cloud = Cloud(provider.base_url, KEY)
            for number in range(150):
                good = HEAD + words("Paris") + words("", ended="stop") + END
                data = bytearray(good if number % 3 else draw.randbytes(200))
                for _ in range(draw.randrange(1, 8)):
                    data[draw.randrange(len(data))] = draw.randrange(256)
                provider.acts = [raw(bytes(data))]
                one = await Asked(cloud, **ONCE).done()
                cloud._breaker.succeeded()
                cloud._refused = ""
                assert not one.failure or one.kind in FAILURES
            await cloud.close()

    asyncio.run(scene())


def test_trouble_that_passes_is_tried_again_and_each_request_is_shown():
    one, provider = asked(status(500), status(503), answer())
    assert one.heard == list(WORDS)
    assert one.bodies == [request.body for request in provider.requests]
    assert len(one.bodies) == 3


@pytest.mark.parametrize(("act", "kind"), [(status(500), "failing"), (status(429), "limited")])
def test_trouble_that_stays_is_told_after_three_requests(act, kind):
    one, provider = asked(act)
    assert one.kind == kind
    assert len(provider.requests) == 3


def test_a_provider_that_asks_to_wait_a_little_is_waited_for():
    one, _ = asked(status(429, Retry_After="0.4"), answer())
    assert one.heard == list(WORDS)
    assert one.lasted > 0.4


def test_a_refused_key_is_not_tried_again_until_another_model_is_asked_for():
    async def scene():
        async with Provider(status(401), answer()) as provider:
            cloud = Cloud(provider.base_url, KEY)
            kinds = [(await Asked(cloud).done()).kind for _ in range(3)]
            other = await Asked(cloud, model="other").done()
            await cloud.close()
            return kinds, other, len(provider.requests)

    kinds, other, requests = asyncio.run(scene())
    assert kinds == ["refused"] * 3
    assert (other.kind, requests) == ("", 2)


def test_after_three_failures_nobody_is_called_for_a_while():
    async def scene():
        async with Provider(status(400)) as provider:
            cloud = Cloud(provider.base_url, KEY)
            kinds = [(await Asked(cloud).done()).kind for _ in range(5)]
            rest = cloud.rests_s()
            await cloud.close()
            return kinds, rest, len(provider.requests)

    kinds, rest, requests = asyncio.run(scene())
    assert kinds == ["failing"] * 3 + ["resting"] * 2
    assert requests == 3
    assert 29 < rest < 40


def test_a_question_that_is_given_up_closes_its_connection_at_once():
    async def scene():
        async with Provider(answer(["ha "] * 1000, between=0.01)) as provider:
            cloud = Cloud(provider.base_url, KEY)
            one = Asked(cloud)
            going = asyncio.ensure_future(one.done())
            async with asyncio.timeout(3):
                await one.begun.wait()
            began = time.monotonic()
            going.cancel()
            await asyncio.gather(going, return_exceptions=True)
            await provider.closed.wait()
            lasted = time.monotonic() - began
            await cloud.close()
            return lasted, cloud.rests_s()

    lasted, rest = asyncio.run(scene())
    assert lasted < 0.2 * SLACK
    assert rest == 0


def test_nobody_there_is_offline_at_once():
    async def scene():
        async with Provider() as provider:
            base_url = provider.base_url
        cloud = Cloud(base_url, KEY)
        return await Asked(cloud).done()

    one = asyncio.run(scene())
    assert one.kind == "offline"
    assert one.bodies == []
    assert one.lasted < 0.3 * SLACK


@pytest.mark.parametrize("problem", ["silent", "unknown", "private"])
def test_a_name_that_leads_nowhere_is_noticed_soon_and_nobody_is_called(problem, monkeypatch):
    monkeypatch.setattr(road, "KNOCK", KNOCK)

    def look(_host):
        if problem == "unknown":
            raise OSError
        if problem == "silent":
            time.sleep(0.6)
        return ["127.0.0.1"]

    async def scene():
        async with Provider() as provider:
            cloud = Cloud(f"https://provider.example:{provider.port}/v1", KEY, Names(look))
            return await Asked(cloud).done(), provider.connections

    one, connections = asyncio.run(scene())
    assert one.kind == ("untrusted" if problem == "private" else "offline")
    assert connections == 0
    assert one.lasted < 0.35 * SLACK


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


def test_a_provider_that_proves_who_it_is_is_asked(authority):
    one, _ = asked(tls=authority.server(), trusted=authority.trusted, times=2)
    assert one.heard == list(WORDS)


@pytest.mark.parametrize(
    "made", [{"own": True}, {"expired": True}, {"host": "other.example"}, {"host": "10.0.0.1"}]
)
def test_a_provider_that_does_not_gets_not_a_byte(authority, made):
    one, provider = asked(tls=authority.server(**made), trusted=authority.trusted)
    assert one.kind == "untrusted"
    assert (one.bodies, provider.requests) == ([], [])


def test_a_certificate_of_nobody_that_the_system_knows_is_not_believed(authority):
    one, provider = asked(tls=authority.server())
    assert one.kind == "untrusted"
    assert provider.requests == []


def test_a_server_without_encryption_where_there_should_be_some_gets_not_a_byte():
    async def scene():
        async with Provider(raw(b"HTTP/1.1 302 Found\r\n\r\n")) as provider:
            cloud = Cloud(provider.base_url.replace("http:", "https:"), KEY)
            server = await asyncio.start_server(_greet, "127.0.0.1", 0)
            port = server.sockets[0].getsockname()[1]
            greeted = Cloud(f"https://127.0.0.1:{port}/v1", KEY)
            return await Asked(cloud, **ONCE).done(), await Asked(greeted).done(), provider

    silent, greeted, provider = asyncio.run(scene())
    assert silent.kind in {"slow", "untrusted", "offline"}
    assert greeted.kind == "untrusted"
    assert silent.bodies == greeted.bodies == provider.requests == []


async def _greet(_reader, writer):
    writer.write(b"HTTP/1.1 302 Found\r\nLocation: http://login.invalid\r\n\r\n")
    writer.close()


def test_a_server_that_accepts_and_says_nothing_is_slow():
    async def scene():
        server = await asyncio.start_server(lambda _r, _w: asyncio.sleep(5), "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        one = await Asked(Cloud(f"https://127.0.0.1:{port}/v1", KEY), **ONCE).done()
        server.close()
        return one

    one = asyncio.run(scene())
    assert one.kind == "slow"
    assert one.bodies == []


def test_an_address_of_the_other_kind_is_called_too():
    async def scene():
        provider = Provider()
        server = await asyncio.start_server(provider._talk, "::1", 0)
        port = server.sockets[0].getsockname()[1]
        cloud = Cloud(f"http://[::1]:{port}/v1", KEY)
        localhost = Cloud(f"http://localhost:{port}/v1", KEY)
        both = await Asked(cloud).done(), await Asked(localhost).done()
        await cloud.close()
        await localhost.close()
        server.close()
        return both

    assert [one.heard for one in asyncio.run(scene())] == [list(WORDS)] * 2


def test_the_key_is_in_no_description(caplog):
    caplog.set_level(logging.DEBUG)
    cloud = Cloud("http://127.0.0.1:1/v1", KEY)
    one = asyncio.run(Asked(cloud).done())
    assert KEY not in f"{cloud!r} {vars(cloud)!r} {one.failure!r} {caplog.text}"
