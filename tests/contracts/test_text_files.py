"""Text is read and written as UTF-8 by name: what Python chooses otherwise differs from platform to platform."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tests.forge import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDERS = ("benchmarks", "docs", "examples", "src", "tests")
# The positional arguments that stand before `encoding`.
BEFORE = {"read_text": 0, "write_text": 1}
PROCESSES = {"Popen", "check_output", "run"}


def without_encoding(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        named = {keyword.arg for keyword in node.keywords}
        called = node.func.attr
        is_text = BEFORE.get(called) == len(node.args) or (called in PROCESSES and bool({"text"} & named))
        if is_text and "encoding" not in named:
            yield node.lineno


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_text_file_and_every_pipe_names_its_encoding(folder: str) -> None:
    def lines(path: Path) -> Iterator[str]:
        for line in without_encoding(ast.parse(path.read_text(encoding="utf-8"))):
            yield f"{path.relative_to(ROOT)}:{line}"

    assert [line for path in sorted((ROOT / folder).rglob("*.py")) for line in lines(path)] == []


@pytest.mark.parametrize(
    "code", ["path.read_text()", "path.write_text('x')", "subprocess.run(['x'], text=True)", "(a / b).read_text()"]
)
def test_a_call_without_an_encoding_is_found(code: str) -> None:
    assert list(without_encoding(ast.parse(code))) == [1]
