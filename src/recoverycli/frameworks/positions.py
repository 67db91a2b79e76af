"""The position of each part of a framework in its file, for findings after reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.content.checker import Check
from recoverycli.content.nodes import Problem, compose
from recoverycli.frameworks.reader import plain_data

if TYPE_CHECKING:
    from recoverycli.content.checker import Path


class Position(NamedTuple):
    """A line and a column, from 1."""

    line: int
    column: int


class FilePositions:
    """The positions of a valid file. Parts inherited from another framework have none."""

    def __init__(self, data: bytes, file: str) -> None:
        root = compose(data, file, "framework")
        check = Check(file)
        plain: Any = {} if isinstance(root, Problem) else plain_data(root, check)
        self._nodes = check.places
        steps = plain.get("steps", []) if isinstance(plain, dict) else []
        self._numbers = {step["id"]: number for number, step in enumerate(steps)}

    def of(self, step: str | None, path: Path) -> Position | None:
        """Return the position of a part of a step or of the file; None if it is not in this file."""
        if step is not None:
            if step not in self._numbers:
                return None
            path = ("steps", self._numbers[step], *path)
        node = self._nodes.get(path)
        return Position(node.start_mark.line + 1, node.start_mark.column + 1) if node is not None else None
