"""The position of each part of a framework in its file, for findings after reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.content.checker import Check, type_of
from recoverycli.content.nodes import Problem, compose
from recoverycli.frameworks.kinds import file_kind
from recoverycli.frameworks.reader import plain_data
from recoverycli.frameworks.shared.phrases import SharedFile

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
        # A file of shared phrases is itself the only step.
        self._is_step = file_kind(data, file) == "phrases"
        plain: Any = {}
        if not isinstance(root, Problem):
            plain = check.value(root, type_of(SharedFile)) if self._is_step else plain_data(root, check)
        self._nodes = check.places
        steps = plain.get("steps", []) if isinstance(plain, dict) else []
        self._numbers = {step["id"]: number for number, step in enumerate(steps)}

    def of(self, step: str | None, path: Path) -> Position | None:
        """Return the position of a part of a step or of the file; None if it is not in this file."""
        if step is not None and not self._is_step:
            if step not in self._numbers:
                return None
            path = ("steps", self._numbers[step], *path)
        node = self._nodes.get(path)
        return Position(node.start_mark.line + 1, node.start_mark.column + 1) if node is not None else None
