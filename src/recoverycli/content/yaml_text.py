"""Words of people as YAML scalars, and a file under another id with everything else left as its author wrote it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from recoverycli.content.nodes import Problem, compose

if TYPE_CHECKING:
    from recoverycli.content.nodes import Node

# The longest text that a line of a file may hold.
LONGEST = 500
# Controls, halves of characters and breaks of lines; letters that a newer Unicode has are none of them.
_UNFIT = frozenset({"Cc", "Cs", "Zl", "Zp"})
_MARK = "\ufeff"
# What JSON leaves as it is, and YAML takes for a line break or refuses, or what turns the direction of a line.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
# What YAML takes for text without quotes, and people for a word.
_WORD = re.compile(r"(?!(?:y|n|yes|no|on|off|true|false|null)$)[A-Za-z][A-Za-z_-]*", re.IGNORECASE)
_EDITOR_LINE = re.compile(r"^#\s*yaml-language-server:.*$", re.MULTILINE)


class _Change(NamedTuple):
    """A place of a text, in lines and columns from 0, and what is to stand there."""

    node: Node
    words: str


def one_line(words: str) -> str:
    """Return words on one line, with a space where a character stands that no file can hold."""
    return " ".join("".join(sign if _fits(sign) else " " for sign in words).split())


def quoted(words: str) -> str:
    """Return words as a quoted scalar, whatever they are: JSON strings are YAML's quoted ones."""
    text = msgspec.json.encode(words).decode()
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def scalar(value: Any) -> str:
    """Return a value on one line; a word that YAML takes for nothing else stands without quotes."""
    match value:
        case bool():
            return "true" if value else "false"
        case dict():
            return f"{{{', '.join(f'{scalar(key)}: {scalar(one)}' for key, one in value.items())}}}"
        case list() | tuple():
            return f"[{', '.join(map(scalar, value))}]"
    return value if _WORD.fullmatch(value) else quoted(value)


def editor_line(schema: str) -> str:
    """Return the first line of a file, by which editors find the schema that lies beside it."""
    return f"# yaml-language-server: $schema={schema}"


def under_another_id(text: str, new: str, schema: str, name: str | None = None) -> str:
    """Return a file with another id (and name), in its first version; its comments and its order stay as they are.

    The line for editors points to the schema beside the new file.
    """
    root = compose(text.encode(), "copy.yaml", "file")
    wanted = {"id": scalar(new), "version": "1", **({"name": quoted(one_line(name))} if name is not None else {})}
    pairs = [] if isinstance(root, Problem) or root.id != "mapping" else root.value
    changes = [_Change(node, wanted[key.value]) for key, node in pairs if key.value in wanted]
    lines = text.split("\n")
    # From the end on, so that the places before a change stay what they are.
    for node, words in reversed(changes):
        first, last = node.start_mark, node.end_mark
        before = lines[first.line][: first.column]
        # Text in a block of its own ends where the next key begins.
        block = last.line > first.line and last.column == 0
        after = "" if block else lines[last.line][last.column :]
        lines[first.line : last.line + (not block)] = [f"{before}{words}{after}"]
    rest = _EDITOR_LINE.sub("", "\n".join(lines), count=1).lstrip("\n")
    return f"{editor_line(schema)}\n{rest}"


def _fits(sign: str) -> bool:
    noncharacter = ord(sign) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(sign) <= 0xFDEF
    return sign != _MARK and not noncharacter and unicodedata.category(sign) not in _UNFIT
