"""Nothing that Python tells by itself quotes an exception or a warning, in no process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

DAEMON = Path(__file__).resolve().parents[3] / "daemon"

WAYS = {
    "a warning": "import warnings; warnings.warn(failing().args[0])",
    "a thread": "import threading; t = threading.Thread(target=fail); t.start(); t.join()",
    "a destructor": "class Gone:\n    def __del__(self): fail()\nGone()",
    "a library that logs": "import logging; logging.getLogger('x').error('%s', failing())",
    "a traceback in a log": """
import logging
try: fail()
except ValueError: logging.getLogger('roomtone.x').exception('it failed')""",
    "a line that cannot be written": """
import logging
logging.getLogger('roomtone.x').error('%d', failing())
logging.getLogger('roomtone.x').error('written')""",
    "a task that nobody waits for": """
import asyncio, gc
async def main():
    LOOP
    task = asyncio.ensure_future(afail()); await asyncio.sleep(0); await asyncio.sleep(0)
    del task; gc.collect(); await asyncio.sleep(0)
asyncio.run(main())""",
    "a callback": """
import asyncio
async def main():
    LOOP
    asyncio.get_running_loop().call_soon(fail, failing()); await asyncio.sleep(0.01)
asyncio.run(main())""",
    "the end of the loop": """
import asyncio
async def late():
    try: await asyncio.sleep(9)
    finally: fail()
async def main():
    LOOP
    asyncio.get_running_loop().kept = asyncio.ensure_future(late()); await asyncio.sleep(0)
asyncio.run(main())""",
    "a visitor of a socket": """
import asyncio, os, tempfile
async def visited(reader, writer): fail()
async def main():
    LOOP
    path = os.path.join(tempfile.mkdtemp(), 's')
    server = await asyncio.start_unix_server(visited, path)
    await asyncio.open_unix_connection(path); await asyncio.sleep(0.05)
asyncio.run(main())""",
    "the end of the program": "raise failing()",
}

UNTOLD = {"a visitor of a socket"} if sys.version_info < (3, 11, 7) else set()
"""What Python itself passes over in silence: Debian 12's own does."""

LOST = "asyncio.get_running_loop().set_exception_handler(hooks.lost)"

SETTING_UP = {
    "the core and the way to the internet": "logs.configure()",
    "a part": "logs.of_part()",
    "a command": "hooks.install()",
}

PROGRAM = """
import sys
from roomtone.system import hooks, logs
SETUP
def failing(): return ValueError(sys.argv[1])
def fail(*_): raise failing()
async def afail(): fail()
"""


@pytest.mark.parametrize("loop", ["pass", LOST], ids=["any loop", "a loop of the core"])
@pytest.mark.parametrize("setup", SETTING_UP.values(), ids=SETTING_UP)
def test_a_text_that_was_said_is_in_no_line(setup: str, loop: str) -> None:
    program = [PROGRAM.replace("SETUP", setup)]
    for name, way in WAYS.items():
        program += [f"print('== {name}', file=sys.stderr)", way.replace("LOOP", loop)]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(program), "canary 4711"],
        env=os.environ | {"PYTHONPATH": str(DAEMON)},
        capture_output=True,
        text=True,
        check=False,
    )
    said = dict(part.split("\n", 1) for part in done.stderr.split("== ")[1:])
    assert said.keys() == WAYS.keys()
    silent = {name for name, lines in said.items() if not lines}
    assert silent <= UNTOLD, said
    assert "4711" not in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == 1
