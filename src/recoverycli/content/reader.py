"""The bytes of a content file -> its content, or all problems of the file. Each kind of content adds its rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from recoverycli.content.checker import Check
from recoverycli.content.nodes import BIGGEST, Node, Problem, compose, normalise
from recoverycli.system.disk import read_written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SCHEMA = 1

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
    check = Check(file)
    check.digest.update(normalise(data))
    content: T | None = None
    root = compose(data, file, noun)
    if isinstance(root, Problem):
        check.problems.append(root)
    elif (newer := _newer_schema(root)) is not None:
        found = f"the file is of schema {newer.value[:12]}"
        check.fault(newer, found, "it was written for a newer version of recovery")
    else:
        content = build(root, check)
    problems = tuple(sorted(check.problems, key=lambda problem: (problem.line, problem.column)))
    return ContentRead(content if partly or not problems else None, problems, f"sha256:{check.digest.hexdigest()}")


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


def _newer_schema(root: Node) -> Node | None:
    """Return the node of a schema number that is higher than this version knows, or None."""
    if root.id != "mapping":
        return None
    numbers = (child for key, child in root.value if key.value == "schema" and child.id == "scalar")
    return next((node for node in numbers if node.value.isdecimal() and int(node.value[:9]) > SCHEMA), None)
