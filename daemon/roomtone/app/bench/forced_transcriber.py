"""The transcriber process, with the words of an oracle."""

from __future__ import annotations

from roomtone.app import transcriber
from roomtone.app.bench.forced import force_hearing
from roomtone.app.bench.oracle import Oracle

if __name__ == "__main__":
    force_hearing(Oracle.of_environment().heard)
    transcriber.main()
