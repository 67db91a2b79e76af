"""What people read is plain English: no mannered words in messages, help, docstrings, comments and docs."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from typing import TYPE_CHECKING

import pytest

from tests.cases import for_each
from tests.forge import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Each with the usual word.
MANNERED = {
    r"amiss": "wrong",
    r"anew": "again",
    r"at hand": "available",
    r"(?:put|puts|putting) right": "correct, repair",
    r"whoever": "the user, the process",
    r"litter": "leftovers",
    r"(?:is|are|be) heard": "is read, is honoured",
    r"mend(?:s|ed)?": "correct, repair",
    r"(?:is|are) meant": "match, is intended",
    r"stands here (?:twice|already)": "appears twice",
    r"for good": "permanently",
    r"(?:takes?|took|taken) away": "delete",
    r"goes on as it was": "was not changed",
    r"as (?:it was|they were)\.": "was not changed",
    r"(?:it|that|this|which) is no (?:file|folder|id|kind|name|text|number)\b": "is not a",
}
WORDS = re.compile(rf"\b(?:{'|'.join(MANNERED)})", re.IGNORECASE)
# Words that people say to customers, and the words that a customer's draft is checked for.
SPOKEN = ("review/exporters/letter.py", "session/remedies.py", "training/roleplay/hints.py", "wording/stiff.py")
PAPERS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")), ROOT / "Makefile"]
SOURCES = sorted((ROOT / "src").rglob("*.py"))


def found_in(lines: Iterator[tuple[int, str]], path: Path) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{line}: {match.group()}"
        for line, text in lines
        for match in WORDS.finditer(" ".join(text.split()))
    ]


def strings(code: str) -> Iterator[tuple[int, str]]:
    """The texts of a module, docstrings too; one in parts is one text."""
    tree = ast.parse(code)
    parts = {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(str(p.value) for p in node.values if isinstance(p, ast.Constant))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in parts and " " in node.value:
            yield node.lineno, node.value


def comments(code: str) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


@for_each("paper", PAPERS, name=lambda path: str(path.relative_to(ROOT)))
def test_the_docs_are_plain(paper: Path) -> None:
    assert found_in(enumerate(paper.read_text(encoding="utf-8").splitlines(), start=1), paper) == []


def test_messages_docstrings_and_comments_are_plain() -> None:
    found = []
    for source in SOURCES:
        if not str(source.as_posix()).endswith(SPOKEN):
            code = source.read_text(encoding="utf-8")
            found += [*found_in(strings(code), source), *found_in(comments(code), source)]
    assert found == []


@pytest.mark.parametrize("text", ["What is amiss", "Name what is meant.", "The file is as it was.", "it is no file"])
def test_a_mannered_sentence_is_found(text: str) -> None:
    assert WORDS.search(text)
