"""Every row of the table of faults has a test that exists."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_fault_of_the_table_has_its_test() -> None:
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    section = text[text.index("## Faults") :].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ") and "---" not in line][1:]
    assert len(rows) > 25
    for row in rows:
        found = re.search(r"`(test_\w+\.py)::(test_\w+)` \|$", row)
        assert found is not None, row
        file = ROOT / "tests" / "faults" / found[1]
        assert re.search(rf"^def {found[2]}\(", file.read_text(encoding="utf-8"), re.MULTILINE), row
