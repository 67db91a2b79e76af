"""A scorecard file -> the scorecard, or every problem of the file at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recoverycli.content.messages import as_texts
from recoverycli.content.reader import ContentRead, read_content, read_file
from recoverycli.errors import ContentProblem
from recoverycli.review.scoring.model import Scorecard

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from recoverycli.content.checker import Check
    from recoverycli.content.nodes import Node


def load_scorecard(paths: Sequence[Path]) -> Scorecard:
    """Return the scorecard of the first existing file. Raises ContentProblem with all its errors."""
    found = read_file(next((path for path in paths if path.is_file()), paths[-1]), read_scorecard)
    if found.content is None:
        raise ContentProblem(as_texts(found.problems), hint="See docs/guide/scoring.md")
    return found.content


def read_scorecard(data: bytes, file: str) -> ContentRead[Scorecard]:
    """Read the bytes of a scorecard file. Never raises."""
    return read_content(data, file, "scorecard", _build)


def _build(root: Node, check: Check) -> Scorecard | None:
    def rules(plain: dict[str, Any]) -> None:
        for group in ("criteria", "critical"):
            check.items(plain, group)
        if plain.get("criteria") == []:
            check.fault_at(("criteria",), "`criteria` is empty", "at least one criterion")

    return check.content(root, Scorecard, rules)
