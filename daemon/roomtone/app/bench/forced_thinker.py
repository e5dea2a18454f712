"""The thinker process, with the words of an oracle."""

from __future__ import annotations

from roomtone.app import thinker
from roomtone.app.bench.forced import force_writing
from roomtone.app.bench.oracle import Oracle

if __name__ == "__main__":
    force_writing(Oracle.of_environment().answer)
    thinker.main()
