"""Edit a list in a YAML file as text: comments and layout of all other entries stay.

Positions come from the composed tree. Decision 11 compares this with a library that loads and dumps.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from recoverycli.content.nodes import Problem, compose, list_node
from recoverycli.content.yaml_text import scalar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recoverycli.content.nodes import Node


_ALIAS = re.compile(r"\s*:\s*\*[^\s,\[\]{}]+")


class Unchangeable(Exception):
    """The layout of the file does not allow the edit without changing something else."""


def append_entry(text: str, key: str, entry: Mapping[str, Any]) -> str:
    """Return the text of a file with one more entry after the last of the list that stands under `key`."""
    root = _root(text)
    held = list_node(root, key)
    newline = "\r\n" if "\r\n" in text else "\n"
    if held is None:
        if root.flow_style:
            return _insert(text, _value_end(text, *root.value[-1]), f", {key}: [{scalar(entry)}]")
        margin = " " * root.start_mark.column
        return _line(text, len(text), f"{margin}{key}:{newline}{_block(entry, margin + '  ', newline)}", newline)
    if held.id != "sequence":
        start, end = held.start_mark.index, held.end_mark.index
        if root.flow_style or end > start:
            return f"{text[:start]} [{scalar(entry)}]{text[end:]}"
        name = next(name for name, child in root.value if child is held)
        margin = " " * (name.start_mark.column + 2)
        return _line(text, _line_after(text, name.end_mark.index), _block(entry, margin, newline), newline)
    if held.flow_style:
        if held.value:
            return _insert(text, _end(text, held.value[-1]), f", {scalar(entry)}")
        return _insert(text, held.start_mark.index + text[held.start_mark.index :].index("[") + 1, scalar(entry))
    first, last = held.value[0], held.value[-1]
    margin = " " * _column(text, _dash(text, first, root.start_mark.index))
    return _line(text, _line_after(text, _end(text, last)), _block(entry, margin, newline), newline)


def remove_entry(text: str, key: str, number: int) -> str:
    """Return the text of a file without the entry of that number (from 0). A comment above it stays."""
    root = _root(text)
    held, nodes = _entries(root, key)
    node = nodes[number]
    if held.flow_style:
        if number:
            return text[: _end(text, nodes[number - 1])] + text[_end(text, node) :]
        end = nodes[1].start_mark.index if len(nodes) > 1 else held.end_mark.index - 1
        return text[: node.start_mark.index] + text[end:]
    dash = _dash(text, node, _end(text, nodes[number - 1]) if number else root.start_mark.index)
    start = _line_start(text, dash)
    if text[start:dash].strip():
        raise Unchangeable
    return text[:start] + text[_line_after(text, _end(text, node)) :]


def change_entry(text: str, key: str, number: int, changes: Mapping[str, Any]) -> str:
    """Return the text of a file with other values in the entry of that number (from 0); None removes a key."""
    # Keys are added before others go, so that the entry is never empty.
    for name, value in sorted(changes.items(), key=lambda change: change[1] is None):
        node = _entries(_root(text), key)[1][number]
        text = _without_key(text, node, name) if value is None else _with_key(text, node, name, value)
    return text


def change_values(text: str, values: Mapping[str, Any]) -> str:
    """Return the text of a file with other values of these keys at its top; a key that is not there is not added."""
    for name, value in values.items():
        root = _root(text)
        if _index(root, name) is not None:
            text = _with_key(text, root, name, value)
    return text


def _block(entry: Mapping[str, Any], margin: str, newline: str) -> str:
    lines = [f"{scalar(key)}: {scalar(value)}" for key, value in entry.items()]
    return newline.join(f"{margin}{'  ' if number else '- '}{line}" for number, line in enumerate(lines))


def _with_key(text: str, node: Node, key: str, value: Any) -> str:
    at = _index(node, key)
    if at is not None:
        name, held = node.value[at]
        end = len(text[: _value_end(text, name, held)].rstrip("\r\n \t"))
        # Text between a key and its value stays.
        inline = held.id == "scalar" and name.end_mark.index < held.start_mark.index < end
        start = f"{text[: held.start_mark.index]}" if inline else f"{text[: name.end_mark.index]}: "
        return f"{start}{scalar(value)}{text[end:]}"
    last = _value_end(text, *node.value[-1])
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
        return text[: _value_end(text, *node.value[at - 1])] + text[_value_end(text, name, held) :]
    start = _line_start(text, name.start_mark.index)
    return text[:start] + text[_line_after(text, _value_end(text, name, held)) :]


def _root(text: str) -> Node:
    root = compose(text.encode(), "", "file")
    if isinstance(root, Problem):
        raise Unchangeable
    return root


def _entries(root: Node, key: str) -> tuple[Node, list[Node]]:
    held = list_node(root, key)
    if held is None or held.id != "sequence":
        raise Unchangeable
    return held, held.value


def _index(node: Node, key: str) -> int | None:
    return next((number for number, (name, _) in enumerate(node.value) if name.value == key), None)


def _end(text: str, node: Node) -> int:
    """The position of the last character of a node; end marks of block collections are beyond it."""
    if node.id == "scalar" or node.flow_style or not node.value:
        return int(node.end_mark.index)
    if node.id == "sequence":
        return _end(text, node.value[-1])
    key, value = node.value[-1]
    return _value_end(text, key, value)


def _value_end(text: str, key: Node, value: Node) -> int:
    """The end of the value of a key. The marks of an alias are those of its anchor."""
    if value.start_mark.index >= key.end_mark.index:
        return _end(text, value)
    alias = _ALIAS.match(text, key.end_mark.index)
    if alias is None:
        raise Unchangeable
    return alias.end()


def _dash(text: str, node: Node, after: int) -> int:
    """The position of the dash of a list entry; `after` is a position between it and what comes before."""
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
    """The start of the line after `index`; a block scalar already ends there."""
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
