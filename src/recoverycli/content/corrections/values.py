"""Values of another kind than the one that belongs there: the nearest word, yes in quotes, a number with a unit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recoverycli.content.corrections.lines import Correction

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recoverycli.content.nodes import Problem

_TOKEN = re.compile(r"\"[^\"]*\"|'[^']*'|[^,\]}#]+")
_TRUE = frozenset({"yes", "y", "true", "t", "on", "1", "x", "ja", "oui", "si", "s\u00ed", "\u2713"})
_FALSE = frozenset({"no", "n", "false", "f", "off", "0", "nein", "non", ""})


def of_values(lines: Sequence[str], problem: Problem) -> Iterator[Correction]:
    """The line of a problem with the value that its author meant."""
    at, column = problem.line - 1, problem.column - 1
    if at >= len(lines):
        return
    start, rest = lines[at][:column], lines[at][column:]
    named = re.search(r"`([^`]*)`", problem.found)
    if problem.nearest and named is not None and named[1] in rest:
        yield Correction(at, (start + rest.replace(named[1], problem.nearest, 1),), is_word=True)
    if (token := _TOKEN.match(rest)) is not None and (value := _value(problem.allowed, token[0].strip())):
        yield Correction(at, (start + value + rest[len(token[0].rstrip()) :],))
    if token is not None and token[0][0] in "\"'" and problem.allowed.startswith(("allowed", "expected")):
        line = start + token[0][1:-1] + rest[len(token[0]) :]
        yield Correction(at, (line,))


def _value(expected: str, written: str) -> str:
    words = written.strip("\"' ").casefold()
    if "true or false" in expected:
        return "true" if words in _TRUE else "false" if words in _FALSE else ""
    if "whole number" in expected:
        number = re.match(r"[+-]?\d+", words.replace("\u202f", "").replace(",", ""))
        return number[0] if number else ""
    return ""
