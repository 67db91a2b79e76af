"""docs/security.md names a test for each row of its tables: every one of them is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
_ROW = re.compile(r"(?m)^\|(.+)\|\s*$")
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def test_every_test_that_is_named_there_is_there() -> None:
    text = (ROOT / "docs" / "security.md").read_text("utf-8")
    named = _TEST.findall(text)
    assert len(named) > 25
    missing = [
        f"{file}::{test}"
        for file, test in named
        if not (ROOT / file).is_file() or f"def {test}(" not in (ROOT / file).read_text("utf-8")
    ]
    assert missing == []


def test_every_row_of_hostile_input_names_a_test() -> None:
    text = (ROOT / "docs" / "security.md").read_text("utf-8")
    section = text.partition("\n## Hostile input\n")[2].partition("\n## ")[0]
    rows = [row for row in _ROW.findall(section) if not set(row) <= set("-| :")][1:]
    assert len(rows) > 20
    assert [row[:60] for row in rows if not _TEST.search(row)] == []
