"""Changes to a YAML file as changes of its text: every letter that is not meant stays, comments and layout included.

Places come from the composed tree. A library that loads and dumps keeps comments too, yet lays every line out anew
(spaces, indents, quotes): ruamel.yaml changed seven lines of a file of eighteen to add one entry.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from recoverycli.content.nodes import Problem, compose
from recoverycli.phrases.model import list_node, phrase_nodes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recoverycli.content.nodes import Node

_PLAIN = re.compile(r"(?!(?:yes|no|on|off|true|false|null)$)[a-z][a-z-]*[a-z]")
# What JSON leaves as it is, and YAML takes for a line break or refuses.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")


class Unchangeable(Exception):
    """The file is laid out in a way that cannot be changed without touching more than was meant."""


def append(text: str, entry: Mapping[str, Any]) -> str:
    """Return the text of a file with one more phrase after its last."""
    root = _root(text)
    held = list_node(root)
    newline = "\r\n" if "\r\n" in text else "\n"
    if held is None:
        if root.flow_style:
            return _insert(text, _end(root.value[-1][1]), f", phrases: [{_flow(entry)}]")
        margin = " " * root.start_mark.column
        return _line(text, len(text), f"{margin}phrases:{newline}{_block(entry, margin + '  ', newline)}", newline)
    if held.id != "sequence":
        start, end = held.start_mark.index, held.end_mark.index
        if root.flow_style or end > start:
            return f"{text[:start]} [{_flow(entry)}]{text[end:]}"
        key = next(key for key, child in root.value if child is held)
        margin = " " * (key.start_mark.column + 2)
        return _line(text, _line_after(text, key.end_mark.index), _block(entry, margin, newline), newline)
    if held.flow_style:
        if held.value:
            return _insert(text, _end(held.value[-1]), f", {_flow(entry)}")
        return _insert(text, held.start_mark.index + text[held.start_mark.index :].index("[") + 1, _flow(entry))
    first, last = held.value[0], held.value[-1]
    margin = " " * _column(text, _dash(text, first, root.start_mark.index))
    return _line(text, _line_after(text, _end(last)), _block(entry, margin, newline), newline)


def remove(text: str, number: int) -> str:
    """Return the text of a file without its phrase of that number (from 0). A comment above it stays."""
    root = _root(text)
    held, nodes = list_node(root), phrase_nodes(root)
    node = nodes[number]
    if held is not None and held.flow_style:
        if number:
            return text[: _end(nodes[number - 1])] + text[_end(node) :]
        end = nodes[1].start_mark.index if len(nodes) > 1 else held.end_mark.index - 1
        return text[: node.start_mark.index] + text[end:]
    dash = _dash(text, node, _end(nodes[number - 1]) if number else root.start_mark.index)
    start = _line_start(text, dash)
    if text[start:dash].strip():
        raise Unchangeable
    return text[:start] + text[_line_after(text, _end(node)) :]


def change(text: str, number: int, changes: Mapping[str, Any]) -> str:
    """Return the text of a file with other values in its phrase of that number (from 0); None takes a key out."""
    # Keys are added before others go, so that something always stands there to hold on to.
    for key, value in sorted(changes.items(), key=lambda change: change[1] is None):
        node = phrase_nodes(_root(text))[number]
        text = _without_key(text, node, key) if value is None else _with_key(text, node, key, value)
    return text


def scalar(value: Any) -> str:
    """Return a value as YAML on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return _flow(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(scalar, value))}]"
    if _PLAIN.fullmatch(value):
        return str(value)
    quoted = msgspec.json.encode(value).decode()
    return _ESCAPED.sub(lambda found: f"\\u{ord(found.group()):04x}", quoted)


def _flow(entry: Mapping[str, Any]) -> str:
    return f"{{{', '.join(f'{scalar(key)}: {scalar(value)}' for key, value in entry.items())}}}"


def _block(entry: Mapping[str, Any], margin: str, newline: str) -> str:
    lines = [f"{scalar(key)}: {scalar(value)}" for key, value in entry.items()]
    return newline.join(f"{margin}{'  ' if number else '- '}{line}" for number, line in enumerate(lines))


def _with_key(text: str, node: Node, key: str, value: Any) -> str:
    at = _index(node, key)
    if at is not None:
        name, held = node.value[at]
        end = len(text[: _end(held)].rstrip("\r\n \t"))
        return f"{text[: name.end_mark.index]}: {scalar(value)}{text[end:]}"
    last = _end(node.value[-1][1])
    if node.flow_style:
        return _insert(text, last, f", {key}: {scalar(value)}")
    margin = " " * node.value[0][0].start_mark.column
    newline = "\r\n" if "\r\n" in text else "\n"
    return _line(text, _line_after(text, last), f"{margin}{key}: {scalar(value)}", newline)


def _without_key(text: str, node: Node, key: str) -> str:
    at = _index(node, key)
    if at is None:
        return text
    name, held = node.value[at]
    if not at:
        following = node.value[1][0].start_mark.index
        return text[: name.start_mark.index] + text[following:]
    if node.flow_style:
        return text[: _end(node.value[at - 1][1])] + text[_end(held) :]
    start = _line_start(text, name.start_mark.index)
    return text[:start] + text[_line_after(text, _end(held)) :]


def _root(text: str) -> Node:
    root = compose(text.encode(), "", "file")
    if isinstance(root, Problem):
        raise Unchangeable
    return root


def _index(node: Node, key: str) -> int | None:
    return next((number for number, (name, _) in enumerate(node.value) if name.value == key), None)


def _end(node: Node) -> int:
    """Where the last letter of a node stands; the marks of block collections reach to what comes after them."""
    if node.id == "scalar" or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if node.id == "mapping" else last)


def _dash(text: str, node: Node, after: int) -> int:
    """Where the dash stands that belongs to an entry of a list; `after` lies between it and what stands before."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    dashes = [
        token.start_mark.index
        for token in yaml.scan(text, loader)
        if isinstance(token, yaml.BlockEntryToken) and after <= token.start_mark.index < node.start_mark.index
    ]
    if not dashes:
        raise Unchangeable
    return int(dashes[-1])


def _line_start(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1


def _column(text: str, index: int) -> int:
    return index - _line_start(text, index)


def _line_after(text: str, index: int) -> int:
    """Where the line after that of `index` begins; a text in many lines ends there itself."""
    if index and text[index - 1] == "\n":
        return index
    found = text.find("\n", index)
    return len(text) if found < 0 else found + 1


def _line(text: str, index: int, line: str, newline: str) -> str:
    before = text[:index]
    if before and not before.endswith("\n"):
        before += newline
    return f"{before}{line}{newline}{text[index:]}"


def _insert(text: str, index: int, words: str) -> str:
    return text[:index] + words + text[index:]
