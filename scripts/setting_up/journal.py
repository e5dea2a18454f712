"""systemd-python, which writes to the journal: its C parts are compiled for one Python."""

from __future__ import annotations

import platform
import subprocess
from functools import cache

from setting_up.built import Built

ASK = "import sys; print(sys.implementation.cache_tag)"


@cache
def recipe(python: str) -> tuple[str, ...]:
    """Say what the wheel depends on: the Python, and the C library it is linked to."""
    asked = [python, "-I", "-c", ASK]
    told = subprocess.run(asked, cwd="/", capture_output=True, text=True, check=True)
    return (told.stdout.strip(), *platform.libc_ver())


JOURNAL = Built(title="the journal's Python package", lock="systemd.txt", recipe=recipe)
