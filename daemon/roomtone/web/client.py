"""Asks a running daemon over its Unix socket; stdlib only, so that commands start fast."""

from __future__ import annotations

import base64
import contextlib
import http.client
import json
import socket
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from roomtone.base.error import OwnerError
from roomtone.web.door import starting

PATIENCE = 10.0
"""Seconds to wait for a plain answer."""

NONE_RUNS = "no daemon is running; start it with `roomtone run`"
STARTING = "the daemon is starting; `roomtone status --wait` waits until it answers"


class Client:
    """The control API, one method each. Every one raises OwnerError in one line.

    Answers are plain JSON data; events are the objects of `base.event` as dictionaries.
    """

    def __init__(self, sockets: Iterable[Path]) -> None:
        """Ask at the first of `sockets` that answers."""
        self._sockets = tuple(sockets)

    def running(self) -> bool:
        """Whether a daemon answers. Raises OwnerError when it belongs to another user."""
        with contextlib.closing(socket.socket(socket.AF_UNIX)) as sock:
            return self._connect(sock) is not None

    def starting(self) -> bool:
        """Whether a daemon is there that does not answer yet; ask `running` first."""
        return any(starting(path) for path in self._sockets)

    def status(self) -> dict[str, Any]:
        """State, devices, models and faults."""
        answer: dict[str, Any] = self._ask("GET", "/status")
        return answer

    def false_wake(self) -> bool:
        """Report the last wake as false; whether its sound is remembered."""
        remembered: bool = self._ask("POST", "/false-wake")["remembered"]
        return remembered

    def learnt(self) -> dict[str, Any]:
        """Whose voices are enrolled, and how many false alarms are remembered."""
        answer: dict[str, Any] = self._ask("GET", "/wake")
        return answer

    def enroll(self, word: str, name: str, weights: bytes, bias: float) -> None:
        """Have a voice known by what tells it from others."""
        coded = base64.b64encode(weights).decode("ascii")
        asked = {"word": word, "name": name, "weights": coded, "bias": bias}
        self._ask("POST", "/wake/enroll", asked)

    def forget_voice(self, name: str | None) -> int:
        """Forget a voice, or without a name all that is learnt; how much went."""
        return self._count("/wake/forget", {"name": name})

    def ask(self, text: str) -> Iterator[dict[str, Any]]:
        """The events of one turn in writing, as they happen."""
        return self._stream("POST", "/ask", {"text": text})

    def say(self, text: str) -> None:
        """Have `text` spoken; returns when it has been said."""
        self._ask("POST", "/say", {"text": text}, patience=None)

    def listen(self) -> None:
        """Have the daemon listen as if the wake word had been said."""
        self._ask("POST", "/listen")

    def hush(self) -> None:
        """Stop speaking and ringing."""
        self._ask("POST", "/hush")

    def mute(self, *, on: bool) -> None:
        """Close (`on`) or open the microphone."""
        self._ask("POST", "/mute", {"on": on})

    def reload(self) -> list[str]:
        """Have the configuration read again; the sections that changed."""
        changed: list[str] = self._ask("POST", "/reload", patience=None)["changed"]
        return changed

    def timers(self) -> list[dict[str, Any]]:
        """Running timers, the next one first."""
        answer: list[dict[str, Any]] = self._ask("GET", "/timers")
        return answer

    def alarms(self) -> list[dict[str, Any]]:
        """Alarms that are set, the next one first."""
        answer: list[dict[str, Any]] = self._ask("GET", "/alarms")
        return answer

    def history(self, limit: int = 20) -> list[dict[str, Any]]:
        """The last turns, newest first."""
        answer: list[dict[str, Any]] = self._ask("GET", f"/history?limit={limit}")
        return answer

    def explain(self, turn: int | None = None) -> dict[str, Any]:
        """What is kept of a turn, or of the last."""
        answer: dict[str, Any] = self._ask("GET", f"/explain/{turn or 'last'}")
        return answer

    def search(self, words: str, limit: int = 20) -> list[dict[str, Any]]:
        """The last turns in which `words` were said, newest first."""
        answer: list[dict[str, Any]] = self._ask(
            "POST", "/search", {"words": words, "limit": limit}
        )
        return answer

    def export(self) -> Iterator[dict[str, Any]]:
        """Everything that is kept, one record after the other; raises when it breaks off."""
        return self._stream("GET", "/export")

    def forget(self, what: str) -> int:
        """Forget `last`, `today`, `all` or the turn of a number; how many went."""
        return self._count("/forget", {"what": what})

    def forget_matching(self, text: str) -> int:
        """Forget everything that holds `text`; how many went."""
        return self._count("/forget-matching", {"text": text})

    def notes(self) -> list[dict[str, Any]]:
        """What is to be remembered, the oldest first."""
        answer: list[dict[str, Any]] = self._ask("GET", "/notes")
        return answer

    def drop_notes(self, ids: list[int]) -> int:
        """Forget the notes with these numbers; how many went."""
        return self._count("/notes/forget", {"ids": ids})

    def guest(self, *, on: bool) -> None:
        """Keep nothing from now on, or again what the owner wants to be kept."""
        self._ask("POST", "/guest", {"on": on})

    def cloud(self) -> dict[str, Any]:
        """Policy, terms, consent and how the way to the internet stands."""
        answer: dict[str, Any] = self._ask("GET", "/cloud")
        return answer

    def allow(self, provider: str, model: str, context: int) -> None:
        """Agree to exactly these terms."""
        self._ask(
            "POST", "/cloud/allow", {"provider": provider, "model": model, "context": context}
        )

    def deny(self) -> None:
        """Take every consent back."""
        self._ask("POST", "/cloud/deny")

    def ledger(self, limit: int = 20, turn: int | None = None) -> list[dict[str, Any]]:
        """The last entries, newest first; with `turn` only those of that turn."""
        of = "" if turn is None else f"&turn={turn}"
        answer: list[dict[str, Any]] = self._ask("GET", f"/cloud/ledger?limit={limit}{of}")
        return answer

    def memory(self) -> dict[str, Any]:
        """File, size, age and protection of what is kept."""
        answer: dict[str, Any] = self._ask("GET", "/memory")
        return answer

    def check_memory(self) -> list[str]:
        """Have the whole memory read; what is wrong with it."""
        wrong: list[str] = self._ask("POST", "/memory/check", patience=None)["wrong"]
        return wrong

    def snapshot(self) -> dict[str, Any]:
        """Have a copy of the memory written."""
        return self._work("/memory/snapshot")

    def restore(self) -> dict[str, Any]:
        """Have the newest whole copy put in the memory's place."""
        return self._work("/memory/restore")

    def protect(self, passphrase: str | None) -> dict[str, Any]:
        """Have the memory encrypted anew under a passphrase, or under a key file."""
        return self._work("/memory/protect", {"passphrase": passphrase})

    def unlock(self, passphrase: str) -> None:
        """Open a memory that waits for its passphrase."""
        self._work("/memory/unlock", {"passphrase": passphrase})

    def events(self) -> Iterator[dict[str, Any]]:
        """Every event from now on; raises when the daemon stops."""
        return self._stream("GET", "/events")

    def _count(self, path: str, body: object) -> int:
        count: int = self._ask("POST", path, body, patience=None)["forgotten"]
        return count

    def _work(self, path: str, body: object = None) -> dict[str, Any]:
        """Something that takes as long as the disk needs."""
        answer: dict[str, Any] = self._ask("POST", path, body, patience=None)
        return answer

    def _ask(
        self, method: str, path: str, body: object = None, patience: float | None = PATIENCE
    ) -> Any:
        with self._answered(method, path, body, patience) as answer:
            return json.loads(answer.read())

    def _stream(self, method: str, path: str, body: object = None) -> Iterator[dict[str, Any]]:
        with self._answered(method, path, body, None) as answer:
            for line in _lines(answer):
                event: dict[str, Any] = json.loads(line)
                if event.keys() == {"error"}:
                    raise OwnerError(str(event["error"]))
                yield event

    @contextlib.contextmanager
    def _answered(
        self, method: str, path: str, body: object, patience: float | None
    ) -> Iterator[http.client.HTTPResponse]:
        connection = http.client.HTTPConnection("roomtone")
        connection.sock = sock = socket.socket(socket.AF_UNIX)
        sock.settimeout(patience)
        with contextlib.closing(connection):
            if self._connect(sock) is None:
                raise OwnerError(STARTING if self.starting() else NONE_RUNS)
            data = None if body is None else json.dumps(body)
            try:
                connection.request(method, path, data, {"Content-Type": "application/json"})
                answer = connection.getresponse()
                if answer.status >= 400:
                    raise OwnerError(str(json.loads(answer.read())["error"]))
                yield answer
            except TimeoutError as problem:
                raise OwnerError(
                    f"the daemon did not answer for {patience:.0f} s; see `journalctl -u roomtone`"
                ) from problem
            except (http.client.HTTPException, OSError, ValueError) as problem:
                raise OwnerError("the daemon went away; ask again") from problem

    def _connect(self, sock: socket.socket) -> Path | None:
        denied: Path | None = None
        for path in self._sockets:
            try:
                sock.connect(str(path))
            except PermissionError:
                denied = path
            except OSError:
                continue
            else:
                return path
        if denied is not None:
            raise OwnerError(
                f"the daemon at {denied} belongs to another user; use `sudo`, or join its group: "
                "`sudo adduser $USER roomtone`, then log in again"
            )
        return None


def _lines(answer: http.client.HTTPResponse) -> Iterator[bytes]:
    """The lines as they come. Raises IncompleteRead at a break, of which `readline` is silent."""
    rest = b""
    while piece := answer.read1():
        *lines, rest = (rest + piece).split(b"\n")
        yield from lines
