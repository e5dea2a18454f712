"""Off means off: without the owner's yes, in force at this moment, nobody outside is called."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from roomtone.app.config import Config
from roomtone.app.prove.household import Household
from roomtone.app.prove.proof import Trial, broken, holds, untried
from roomtone.app.prove.recorder import Recorder
from roomtone.app.prove.scratch import Scratch
from roomtone.base.error import OwnerError
from roomtone.system.settings import CloudSettings

SAYS = "The cloud is asked with your permission alone"

MODEL = "recorder"

QUESTION = "why is the sky blue on a clear day"
"""A question for a language model; no skill answers it."""

AT_ONCE = 0.2
"""Seconds in which a connection must be closed after a no."""

PATIENCE = 20.0
"""Seconds for an answer to begin; the cloud's part is started for the first."""

SETTLING = 0.1
"""Seconds for a connection that nobody should have made."""

KEY = "cloud-key"
"""Name of the file with a key that opens nothing."""


def prove(config: Config, models: Path, workshop: Scratch) -> Iterator[Trial]:
    """Every way to say no, then a yes, then a no in mid-answer."""
    with Recorder() as agreed, Recorder() as other:
        house = Household(config, models, workshop, "outside")
        cloud = CloudSettings(
            policy="cloud-first",
            base_url=agreed.url,
            model=MODEL,
            key_file=str(house.folder / KEY),
            cue=False,
            slow_after=PATIENCE,
            patience=PATIENCE,
        )
        house.configure(cloud=cloud)
        with house:
            yield from Attempts(house, cloud, agreed, other).all()


class Attempts:
    """Questions to a daemon of its own, whose provider is `agreed`."""

    def __init__(
        self, house: Household, cloud: CloudSettings, agreed: Recorder, other: Recorder
    ) -> None:
        self._house = house
        self._cloud = cloud
        self._agreed = agreed
        self._other = other

    def all(self) -> Iterator[Trial]:
        """One after the other. Raises OwnerError when the daemon fails."""
        client, key = self._house.client, self._house.folder / KEY
        key.touch(mode=0o600)
        key.write_text("opens-nothing\n")
        yield self._silent("no consent", "nobody has agreed")
        self._allow()
        yield self._sent()
        client.guest(on=True)
        yield self._silent("guest", "guests are here")
        client.guest(on=False)
        self._change(base_url=self._other.url)
        yield self._silent("other provider", "another provider than agreed is configured")
        self._change(policy="local")
        yield self._silent("local", 'the policy is "local"')
        self._change()
        key.rename(key.with_suffix(".away"))
        yield self._silent("no key", "there is no key")
        key.with_suffix(".away").rename(key)
        yield self._cut()
        yield self._silent("denied", "the owner has taken the consent back")
        yield self._masked()

    def _silent(self, trial: str, why: str) -> Trial:
        """Ask, and see that nobody was called."""
        for recorder in (self._agreed, self._other):
            recorder.clear()
        answer = ""
        with contextlib.suppress(OwnerError):
            answer = self._house.ask(QUESTION)
        time.sleep(SETTLING)
        return quiet(trial, why, self._agreed.connections + self._other.connections, answer)

    def _sent(self) -> Trial:
        """With a yes: the question goes out, as the ledger has it."""
        self._agreed.clear()
        self._house.ask(QUESTION)
        entries = self._house.client.ledger(10)
        texts = [str(one["text"]).encode() for one in entries if one["by"] == "cloud"]
        sizes = [int(one["bytes"]) for one in entries if one["by"] == "cloud"]
        return accounted(list(self._agreed.bodies), texts, sizes)

    def _cut(self) -> Trial:
        """Say no while the answer comes."""
        self._agreed.clear()
        self._agreed.slow = True
        asking = threading.Thread(target=self._ask_on, daemon=True)
        asking.start()
        if not self._agreed.speaking.wait(PATIENCE):
            return untried("cut", "the provider was not asked", "`roomtone doctor`")
        began = time.monotonic()
        self._house.client.deny()
        closed = self._agreed.left.wait(AT_ONCE * 5)
        took = time.monotonic() - began
        self._agreed.slow = False
        asking.join(PATIENCE)
        return cut(took if closed else None)

    def _ask_on(self) -> None:
        with contextlib.suppress(OwnerError):
            self._house.ask(QUESTION)

    def _masked(self) -> Trial:
        """Agree again, and take the socket away, as a masked unit has none."""
        self._allow()
        (self._house.folder / "roomtone-cloud.sock").unlink()
        return self._silent("masked", "there is no socket to the cloud's part")

    def _allow(self) -> None:
        self._house.client.allow(self._agreed.url, MODEL, self._cloud.context)

    def _change(self, **settings: str) -> None:
        self._house.configure(cloud=msgspec.structs.replace(self._cloud, **settings))
        self._house.client.reload()


def quiet(trial: str, why: str, connections: int, answer: str) -> Trial:
    """The verdict on an attempt that must not have called anybody."""
    if connections:
        return broken(trial, f"{why}, and {connections} connections were made")
    said = "it was answered in the house" if answer else "it was answered with nothing"
    return holds(trial, f"{why}: 0 connections, {said}")


def accounted(bodies: list[bytes], texts: list[bytes], sizes: list[int]) -> Trial:
    """The verdict on what arrived, against what the ledger says."""
    if not bodies:
        return untried("consent", "with a consent the provider was not asked", "`roomtone doctor`")
    if sorted(bodies) != sorted(texts) or sorted(map(len, bodies)) != sorted(sizes):
        return broken("consent", "what arrived is not what the ledger says")
    total = sum(sizes)
    return holds("consent", f"with a yes {total} bytes arrive: those of the ledger, to the byte")


def cut(seconds: float | None) -> Trial:
    """The verdict on how fast a no in mid-answer closed the connection."""
    if seconds is None or seconds > AT_ONCE:
        return broken("cut", f"after a no in mid-answer it stays open ({seconds or 'longer'} s)")
    return holds("cut", f"a no in mid-answer closes the connection after {seconds * 1000:.0f} ms")
