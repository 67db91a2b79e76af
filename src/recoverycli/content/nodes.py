"""Parse YAML text into a tree of nodes with positions, or return why it is refused."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

# PyYAML's types leave out the `id` that each kind of node has.
Node = Any

BIGGEST = 1024 * 1024
DEEPEST = 20
MOST_NODES = 20_000
_SURELY_FLAT = 1_000
_ITS_OWN_LIMIT = "nesting depth"
PLAIN_TAGS = ("str", "int", "float", "bool", "null", "timestamp", "seq", "map")
_TAG = "tag:yaml.org,2002:"
# How many bytes tell the encoding of a file.
_HEAD = 1000
_OTHER_FILES = {
    b"PK\x03\x04": "a file of a word processor, or a zip file",
    b"\xd0\xcf\x11\xe0": "a file of a word processor",
    b"%PDF": "a PDF",
    b"{\\rtf": "rich text (RTF)",
    b"<!DOCTYPE": "a page of the web",
    b"<html": "a page of the web",
}
# What PyYAML says, in words.
_IN_WORDS = {
    "mapping values are not allowed": "a colon stands where none can be",
    "did not find expected key": "this line does not fit those above it",
    "did not find expected '-' indicator": "a dash is missing here, or the indent is wrong",
    "could not find expected ':'": "a colon is missing before this place",
    "cannot start any token": "no text can begin with this character",
    "unexpected end of stream": "a quote or a bracket is not closed before the end of the file",
    "did not find expected ',' or": "a bracket is not closed, or a comma is missing",
    "undefined alias": "`*` at the start means an alias, and there is none of that name",
    "unknown escape character": "a backslash in double quotes begins a code, and there is none of that name",
    "block sequence entries are not allowed": "a dash stands where no list can begin",
    "<document start>": "this line does not belong to what stands above it",
    "comment or line break": "a text block begins in the line after its sign",
    "unexpected document indicator": "`---` or `...` stands in the middle of a text",
}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Problem(msgspec.Struct, frozen=True):
    """A problem of a file: its place (line and column from 1), what was found, what is allowed, and a suggestion.

    `source` is the line itself. `correction` are the lines to write in place of so many `lines`, or None.
    """

    file: str
    line: int
    column: int
    found: str
    allowed: str = ""
    nearest: str = ""
    source: str = ""
    correction: tuple[str, ...] | None = None
    lines: int = 1

    def as_line(self) -> str:
        """The problem as `FILE:LINE:COL: what was found, what is allowed, did you mean`."""
        meant = f"did you mean `{self.nearest}`?" if self.nearest else ""
        told = "; ".join(filter(None, (self.found, self.allowed, meant)))
        return f"{self.file}:{self.line}:{self.column}: {told}"


def normalise(data: bytes) -> bytes:
    """Return the bytes of a text without a byte order mark, and with LF line ends.

    A checkout on Windows may have CRLF, and editors there add the mark.
    """
    return data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")


class Broken(NamedTuple):
    """A text that YAML stops reading: the problem to report, and where (lines and columns from 0).

    `begun` is the line of the text or bracket that it was reading, or None.
    """

    problem: Problem
    line: int
    column: int
    begun: tuple[int, int] | None


def compose(data: bytes, file: str, noun: str) -> Node | Problem:
    """Return the root node of a YAML document, or why the bytes are refused.

    Never raises. `noun` is the expected content.
    """
    text = decode(data, file)
    root = text if isinstance(text, Problem) else compose_text(text, file, noun)
    return root.problem if isinstance(root, Broken) else root


def compose_text(text: str, file: str, noun: str) -> Node | Problem | Broken:
    """Return the root node of a text, where YAML stops reading it, or why its content is refused."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        # Composing is recursive, in C without a limit: 100,000 brackets crash the process.
        if _may_be_deep(text) and (deep := _depth_fault(yaml.parse(text, loader), file, noun)):
            return deep
        documents = list(yaml.compose_all(text, loader))
    except yaml.MarkedYAMLError as stopped:
        mark = stopped.problem_mark or stopped.context_mark
        # PyYAML from 6.0.4 on has its own limit, which it reaches before ours because it reads ahead.
        if mark and _ITS_OWN_LIMIT in str(stopped.problem):
            return _too_deep(file, mark, noun)
        return _stop(stopped, mark, file)
    except (yaml.YAMLError, RecursionError, ValueError) as broken:
        return Problem(file, 1, 1, f"this is not valid YAML: {str(broken).splitlines()[0][:120]}")
    if not documents:
        return Problem(file, 1, 1, "the file is empty", f"a {noun} belongs here")
    if len(documents) > 1:
        mark = documents[1].start_mark
        return Problem(file, mark.line + 1, mark.column + 1, "a second document begins here", f"one file, one {noun}")
    return _check_bounds(documents[0], file, noun)


def _stop(stopped: Any, mark: Any, file: str) -> Broken:
    line, column = (mark.line, mark.column) if mark else (0, 0)
    context = stopped.context_mark if any(word in str(stopped.context) for word in ("quoted", "flow")) else None
    told = str(stopped.problem or stopped.context)
    words = next((words for said, words in _IN_WORDS.items() if said in told), told)
    problem = Problem(file, line + 1, column + 1, f"this is not valid YAML: {words}")
    return Broken(problem, line, column, (context.line, context.column) if context else None)


def kind_of(node: Node) -> str:
    """The type of a node for YAML: str, int, float, bool, null, timestamp, seq, map, or the full name of a tag."""
    return str(node.tag).removeprefix(_TAG)


def list_node(root: Node, key: str) -> Node | None:
    """Return the node of the value of a key of the file, or None."""
    if root.id != "mapping":
        return None
    return next((child for name, child in root.value if name.id == "scalar" and name.value == key), None)


def decode(data: bytes, file: str) -> str | Problem:
    """Return the text of a file, or why it is none."""
    if len(data) > BIGGEST:
        return Problem(file, 1, 1, f"the file has {len(data):,} bytes", f"at most {BIGGEST:,} are read")
    if (
        other := next((words for start, words in _OTHER_FILES.items() if data.lstrip().startswith(start)), None)
    ) is not None:
        return Problem(file, 1, 1, f"this is {other}", "save it as plain text in UTF-8")
    zeros = data[:_HEAD].count(0)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or zeros > len(data[:_HEAD]) // 3:
        return Problem(file, 1, 1, "the file looks like UTF-16 or UTF-32", "save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as foreign:
        if zeros:
            return Problem(file, 1, 1, "this is not a text file", "save it as plain text in UTF-8")
        line = data.count(b"\n", 0, foreign.start) + 1
        column = foreign.start - (data.rfind(b"\n", 0, foreign.start) + 1) + 1
        return Problem(file, line, column, "this is not UTF-8 (it looks like Latin-1)", "save the file as UTF-8")
    control = _CONTROL.search(text)
    if control is not None:
        line = text.count("\n", 0, control.start()) + 1
        column = control.start() - (text.rfind("\n", 0, control.start()) + 1) + 1
        return Problem(file, line, column, f"a control character {control.group()!r} was found", "remove it")
    return text


def _may_be_deep(text: str) -> bool:
    """Whether a text could nest too deep, from counts alone, so that it must be checked before composing."""
    longest = max(map(len, text.splitlines()), default=0)
    return longest + text.count("[") + text.count("{") > _SURELY_FLAT


def _depth_fault(events: Iterable[Any], file: str, noun: str) -> Problem | None:
    depth = 0
    for event in events:
        name = type(event).__name__
        depth += name in {"SequenceStartEvent", "MappingStartEvent"}
        depth -= name in {"SequenceEndEvent", "MappingEndEvent"}
        if depth > DEEPEST:
            return _too_deep(file, event.start_mark, noun)
    return None


def _too_deep(file: str, mark: Any, noun: str) -> Problem:
    found = f"this is nested more than {DEEPEST} deep"
    return Problem(file, mark.line + 1, mark.column + 1, found, f"a {noun} needs no more than 6")


def _check_bounds(root: Node, file: str, noun: str) -> Node | Problem:
    """Walk the tree as it would be expanded, and refuse excessive size or depth, and other tags."""
    left = MOST_NODES
    stack: list[tuple[Node, int]] = [(root, 1)]
    while stack:
        node, depth = stack.pop()
        left -= 1
        mark = node.start_mark
        here = (file, mark.line + 1, mark.column + 1)
        if left < 0:
            return Problem(*here, "aliases expand this file too far", f"at most {MOST_NODES:,} values are read")
        if depth > DEEPEST:
            return _too_deep(file, mark, noun)
        if kind_of(node) not in PLAIN_TAGS:
            return Problem(*here, f"the tag {node.tag[:60]!r} is not supported", "plain text, numbers, lists and maps")
        if node.id == "mapping":
            stack += [(child, depth + 1) for pair in node.value for child in pair]
        elif node.id == "sequence":
            stack += [(child, depth + 1) for child in node.value]
    return root
