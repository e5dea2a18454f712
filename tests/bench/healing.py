"""The fault suite, and how long each fault took to heal.

    python tests/bench/healing.py [PYTEST ARGUMENTS]

Runs everything marked `fault`. Prints the measured time of every row of the catalogue, 0 where
nothing was noticed; count, p50, p99 and longest over the faults of sound that were; and the rows
without a test.
The exit status is that of the tests.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from faults.catalogue import AUDIO, ROWS


def main() -> None:
    """Run the suite and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "table.jsonl"
        status = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-m", "fault", *sys.argv[1:]],
            cwd=Path(__file__).resolve().parents[2],
            env=os.environ | {"ROOMTONE_FAULT_TABLE": str(table)},
            check=False,
        ).returncode
        lines = table.read_text().splitlines() if table.exists() else []
    show([json.loads(line) for line in lines])
    sys.exit(status)


def show(measured: list[dict]) -> None:
    """Print what was measured, the deaf time, and what is not covered."""
    faults = {row.number: row.fault for row in ROWS}
    print(f"\n{'row':>3}  {'seconds':>7}  fault")
    for case in sorted(measured, key=lambda case: (case["row"], case["what"])):
        print(f"{case['row']:3}  {case['seconds']:7.2f}  {faults[case['row']]}: {case['what']}")
    deaf = [case["seconds"] for case in measured if case["row"] in AUDIO and case["seconds"]]
    if deaf:
        middle, high = np.percentile(deaf, [50, 99])
        figures = f"p50 {middle:.2f} s, p99 {high:.2f} s, longest {max(deaf):.2f} s"
        print(f"\nhearing again after {len(deaf)} faults of sound: {figures}")
    covered = [row for row in ROWS if row.tests]
    print(f"\n{len(covered)} of {len(ROWS)} rows have a test; the others:")
    for row in ROWS:
        if not row.tests:
            print(f"{row.number:3}  {row.fault}: {row.reason}")


if __name__ == "__main__":
    main()
