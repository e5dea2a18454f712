"""A real server that speaks OpenAI's protocol: llama.cpp's own, with the starter model."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from roomtone.app.cloud_process import CloudProcess
from roomtone.base.message.cloud import Ask, CloudOut, Ended, Line, Noted, Piece, Sending
from roomtone.base.wire import CoreWire

pytestmark = pytest.mark.sound

MODEL = Path(__file__).resolve().parents[2] / "models" / "starter" / "language" / "model.gguf"
PATIENCE = 60.0


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The base_url of a server that is up."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = (tmp_path_factory.mktemp("server") / "log").open("wb")
    command = ("-m", "llama_cpp.server", "--model", str(MODEL), "--port", str(port))
    process = subprocess.Popen(
        [sys.executable, *command, "--n_ctx", "512", "--n_batch", "64"], stdout=log, stderr=log
    )
    end = time.monotonic() + PATIENCE
    while not _up(port):
        assert process.poll() is None, Path(log.name).read_text()
        assert time.monotonic() < end, "the server did not start"
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}/v1"
    process.terminate()
    process.wait(10)


def _up(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False


def said_to(folder: Path, server: str, question: str, limit: int) -> list:
    """Everything that the part says."""
    config = folder / "config.toml"
    config.write_text(f'[cloud]\nbase_url = "{server}"\npolicy = "cloud-first"\n')
    lines = [Line(role="user", content=question)]
    ask = Ask(
        provider=server,
        model="starter",
        messages=lines,
        max_tokens=limit,
        temperature=0.0,
        first_s=20.0,
        whole_s=40.0,
    )

    async def scene():
        process = CloudProcess(config, folder / "sock")
        await process.begin()
        reader, writer = await asyncio.open_unix_connection(str(folder / "sock"))
        wire: CoreWire = CoreWire(reader, writer, CloudOut)
        await wire.send(ask)
        said = []
        while (one := await wire.receive()) is not None:
            said.append(one)
            if isinstance(one, Sending):
                await wire.send(Noted())
        await process.stop()
        return said

    return asyncio.run(scene())


def test_a_server_in_the_house_answers_piece_by_piece(tmp_path, server):
    said = said_to(tmp_path, server, "What is the capital of France?", 40)
    assert isinstance(said[0], Sending)
    assert json.loads(said[0].body)["messages"][0]["content"].startswith("What is the capital")
    pieces = [one.text for one in said if isinstance(one, Piece)]
    assert len(pieces) > 1
    assert "Paris" in "".join(pieces)
    assert said[-1] == Ended()


def test_an_answer_that_is_too_long_is_cut_off_and_says_so(tmp_path, server):
    said = said_to(tmp_path, server, "What is the capital of France?", 3)
    assert said[-1] == Ended(cut_off=True)
