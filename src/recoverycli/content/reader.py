"""The bytes of a content file -> its content, or all problems of the file. Each kind of content adds its rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from recoverycli.content.checker import Check
from recoverycli.content.corrections.search import Findings, Stop, correct, stop_at
from recoverycli.content.nodes import BIGGEST, Broken, Node, Problem, compose_text, decode, normalise
from recoverycli.system.disk import read_written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SCHEMA = 1
# A longer file is not corrected: of what YAML does not read, the first fault is reported.
_LONGEST_CORRECTED = 100_000
# A line that is longer is not shown with its problem.
_LONGEST_SOURCE = 2000

T = TypeVar("T")


class ContentRead(msgspec.Struct, Generic[T], frozen=True):
    """The result of reading a file: its content or its problems, and a digest of what was read."""

    content: T | None
    problems: tuple[Problem, ...] = ()
    digest: str = ""


def read_content(
    data: bytes, file: str, noun: str, build: Callable[[Node, Check], T | None], *, partly: bool = False
) -> ContentRead[T]:
    """Read the bytes of a file. Never raises.

    `noun` is what the file should hold. `build` makes the content from the tree and adds problems to the check. A file
    with problems has no content, unless its valid parts can be used (`partly`).
    """
    text = decode(data, file)
    if isinstance(text, Problem):
        return ContentRead(None, (text,))
    check = Check(file)
    check.digest.update(normalise(data))
    root = compose_text(text, file, noun)
    content = _content(root, check, build)
    problems = [root.problem] if isinstance(root, Broken) else check.problems
    # One line alone says too little of what its author meant.
    if (isinstance(root, Broken) or check.of_shape) and len(text) <= _LONGEST_CORRECTED and "\n" in text.strip():
        problems = _correct_text(text, file, noun, build)
    lines = text.splitlines()
    found = tuple(
        _with_source(problem, lines) for problem in sorted(problems, key=lambda problem: (problem.line, problem.column))
    )
    return ContentRead(content if partly or not found else None, found, f"sha256:{check.digest.hexdigest()}")


def _content(root: Node | Problem | Broken, check: Check, build: Callable[[Node, Check], T | None]) -> T | None:
    """Return the content of a tree; problems are added to the check."""
    if isinstance(root, Broken):
        return None
    if isinstance(root, Problem):
        check.problems.append(root)
    elif (newer := _newer_schema(root)) is not None:
        found = f"the file is of schema {newer.value[:12]}"
        check.fault(newer, found, "it was written for a newer version of recovery")
    else:
        return build(root, check)
    return None


def _correct_text(text: str, file: str, noun: str, build: Callable[[Node, Check], object]) -> list[Problem]:
    """Return the problems of a text with the lines to write, as far as a search finds them."""

    def parse(changed: str) -> Stop | None:
        root = compose_text(changed, file, noun)
        return stop_at(changed.splitlines(), root) if isinstance(root, Broken) else None

    def read(changed: str) -> Findings:
        check = Check(file)
        _content(compose_text(changed, file, noun), check, build)
        return Findings(tuple(check.problems), tuple(check.of_shape))

    return correct(text, parse, read)


def read_file(path: Path, read: Callable[[bytes, str], ContentRead[T]]) -> ContentRead[T]:
    """Read a file with the reader for its kind. Never raises."""
    data = file_bytes(path)
    return ContentRead(None, (data,)) if isinstance(data, Problem) else read(data, str(path))


def convert_built_in(data: bytes, type_: type[T]) -> T:
    """Read a file that comes with the tool and was checked by its tests: a third of the time, without positions."""
    import yaml

    return msgspec.convert(yaml.load(data, getattr(yaml, "CSafeLoader", yaml.SafeLoader)), type_)  # noqa: S506


def file_bytes(path: Path) -> bytes | Problem:
    """Return the bytes of a file, at most one more than a content file may have, or why they cannot be read."""
    try:
        return read_written(path, BIGGEST)
    except OSError as refused:
        return unreadable(path, refused)


def unreadable(path: Path, refused: OSError) -> Problem:
    """Return the problem of a file that cannot be opened."""
    return Problem(str(path), 1, 1, f"the file cannot be read ({refused.strerror})")


def _with_source(problem: Problem, lines: list[str]) -> Problem:
    source = lines[problem.line - 1] if problem.line <= len(lines) else ""
    return msgspec.structs.replace(problem, source=source if len(source) <= _LONGEST_SOURCE else "")


def _newer_schema(root: Node) -> Node | None:
    """Return the node of a schema number that is higher than this version knows, or None."""
    if root.id != "mapping":
        return None
    numbers = (child for key, child in root.value if key.value == "schema" and child.id == "scalar")
    return next((node for node in numbers if node.value.isdecimal() and int(node.value[:9]) > SCHEMA), None)
