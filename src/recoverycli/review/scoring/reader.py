"""A scorecard file -> the scorecard, or every problem of the file in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recoverycli.content.checker import Check, converted, type_of
from recoverycli.content.nodes import Problem, compose
from recoverycli.errors import ContentProblem
from recoverycli.frameworks.library import read_bytes
from recoverycli.review.scoring.model import Scorecard

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def load_scorecard(paths: Sequence[Path]) -> Scorecard:
    """Return the scorecard of the first of these files that is there. Raises ContentProblem with all its faults."""
    path = next((path for path in paths if path.is_file()), paths[-1])
    data = read_bytes(path)
    found = [data] if isinstance(data, Problem) else read_scorecard(data, str(path))
    if isinstance(found, Scorecard):
        return found
    raise ContentProblem("\n".join(problem.as_line() for problem in found), hint="See docs/guide/scoring.md")


def read_scorecard(data: bytes, file: str) -> Scorecard | list[Problem]:
    """Read the bytes of a scorecard file. Never raises."""
    root = compose(data, file, "scorecard")
    if isinstance(root, Problem):
        return [root]
    check = Check(file)
    plain = check.value(root, type_of(Scorecard))
    if isinstance(plain, dict):
        for group in ("criteria", "critical"):
            _once(plain.get(group), group, check)
        if plain.get("criteria") == []:
            check.fault_at(("criteria",), "`criteria` is empty", "at least one criterion")
    if check.problems:
        return sorted(check.problems, key=lambda problem: (problem.line, problem.column))
    card: Scorecard = converted(plain, Scorecard)
    return card


def _once(items: Any, group: str, check: Check) -> None:
    seen: set[str] = set()
    for number, item in enumerate(items if isinstance(items, list) else []):
        name = item.get("id") if isinstance(item, dict) else None
        if name in seen:
            check.fault_at((group, number, "id"), f"`{name}` stands here twice", "each once")
        seen.add(str(name))
