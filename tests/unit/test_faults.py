"""The catalogue of faults names tests that exist, or says why there is none."""

from __future__ import annotations

import ast
from pathlib import Path

from faults.catalogue import ROWS

TESTS = Path(__file__).resolve().parents[1]


def functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)} | {
        node.name for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef)
    }


def test_every_fault_has_a_row_and_only_one():
    assert [row.number for row in ROWS] == list(range(1, 73))


def test_a_row_has_either_a_test_or_a_reason():
    assert not [row for row in ROWS if bool(row.tests) == bool(row.reason)]


def test_the_tests_of_the_catalogue_exist():
    missing = []
    for row in ROWS:
        for test in row.tests:
            file, _, name = test.partition("::")
            path = TESTS / file
            if not path.is_file() or name not in functions(path):
                missing.append((row.number, test))
    assert not missing
