"""Every row of the tables in docs/security.md names the tests that prove it, and each of them exists."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "security.md").read_text("utf-8")
_TEST = re.compile(r"`((?:tests/)?[\w/]+\.py)::(\w+)`")
# Tests of faults are named without their folder, as the section says.
FAULTS = "tests/faults"
# One test walks every cell of this table, and the section names it.
WALKED = "Layers of settings"


def rows() -> list[tuple[str, str]]:
    """The section and the text of each row of a table, without heads."""
    found = []
    for section in TEXT.split("\n## ")[1:]:
        name, _, body = section.partition("\n")
        for table in re.findall(r"(?:^\|.*\n?)+", body, re.MULTILINE):
            found += [(name, row) for row in table.splitlines()[2:]]
    return found


@cache
def functions_of(file: str) -> frozenset[str]:
    path = ROOT / (file if file.startswith("tests/") else f"{FAULTS}/{file}")
    if not path.is_file():
        return frozenset()
    return frozenset(node.name for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.FunctionDef))


def test_every_row_names_a_test() -> None:
    assert len({name for name, _ in rows()}) == 7
    assert len(rows()) > 120
    assert [row[:80] for name, row in rows() if name != WALKED and not _TEST.search(row)] == []


def test_every_test_that_is_named_is_there() -> None:
    named = _TEST.findall(TEXT)
    assert len(named) > 120
    assert [f"{file}::{test}" for file, test in named if test not in functions_of(file)] == []
