"""Files of every kind of content are refused for the same reasons in the same words, by the one reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recoverycli.content.reader import ContentRead, read_content, read_file
from recoverycli.frameworks.reader import read_framework
from recoverycli.phrases.model import read_phrases
from recoverycli.review.scoring.reader import read_scorecard
from recoverycli.training.scenarios.reader import read_scenario
from recoverycli.wording.files.reader import read_wording
from tests.cases import for_each

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from recoverycli.content.checker import Check
    from recoverycli.content.nodes import Node, Problem

KINDS: dict[str, Callable[[bytes, str], Sequence[Problem]]] = {
    "framework": lambda data, file: read_framework(data, file, lambda _: None).problems,
    "scenario": lambda data, file: read_scenario(data, file).problems,
    "wording file": lambda data, file: read_wording(data, file).problems,
    "scorecard": lambda data, file: read_scorecard(data, file).problems,
    "phrase file": lambda data, file: read_phrases(data, file).problems,
}


@for_each("noun", KINDS)
@for_each(
    "data, told",
    [
        (b"a: " + b"x" * 1_048_576, "a.yaml:1:1: the file has 1,048,579 bytes; at most 1,048,576 are read"),
        (b"\xff\xfea\x00", "a.yaml:1:1: the file looks like UTF-16 or UTF-32; save it as UTF-8"),
        (b"a: 1\nb: \xe9\n", "a.yaml:2:4: this is not UTF-8 (it looks like Latin-1); save the file as UTF-8"),
        (b"a: 1\nb: \x00\n", "a.yaml:2:4: a control character '\\x00' was found; remove it"),
        (b"a: 1\n---\nb: 1\n", "a.yaml:3:1: a second document begins here; one file, one {noun}"),
        (b"a: " + b"[" * 30 + b"]" * 30, ": this is nested more than 20 deep; a {noun} needs no more than 6"),
        (b"a: !!python/none x\n", "a.yaml:1:4: the tag 'tag:yaml.org,2002:python/none' is not supported"),
        (b"\nschema: 12\n", "a.yaml:2:9: the file is of schema 12; it was written for a newer version of recovery"),
        (b"schema: 1\nnmae: x\n", "a.yaml:2:1: unknown key `nmae`"),
    ],
)  # fmt: skip
def test_a_file_is_refused_for_the_same_reason_whatever_it_holds(noun: str, data: bytes, told: str) -> None:
    lines = [problem.as_line() for problem in KINDS[noun](data, "a.yaml")]
    assert any(told.format(noun=noun) in line for line in lines), lines


@pytest.mark.parametrize("noun", ["framework", "scenario", "wording file", "scorecard"])
def test_an_empty_file_says_what_belongs_in_it(noun: str) -> None:
    assert [problem.as_line() for problem in KINDS[noun](b"", "a.yaml")] == [
        f"a.yaml:1:1: the file is empty; a {noun} belongs here"
    ]


def read(data: bytes, file: str) -> ContentRead[str]:
    def build(root: Node, check: Check) -> str:
        for key, _ in reversed(root.value):
            check.fault(key, f"`{key.value}` is a fault")
        return "what was built"

    return read_content(data, file, "file", build)


def test_all_problems_of_a_file_come_in_the_order_of_its_lines_and_leave_no_content() -> None:
    found = read(b"a: 1\nb: 2\nc: 3\n", "x.yaml")
    assert [problem.line for problem in found.problems] == [1, 2, 3]
    assert found.content is None


def test_the_digest_of_a_file_is_the_same_on_every_system() -> None:
    unix, windows = read(b"a: 1\n", "x.yaml"), read(b"\xef\xbb\xbfa: 1\r\n", "x.yaml")
    assert unix.digest == windows.digest
    assert unix.digest != read(b"a: 2\n", "x.yaml").digest


def test_a_file_that_cannot_be_read_is_a_problem_of_its_own(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere.yaml"):
        (problem,) = read_file(path, read).problems
        assert (problem.file, problem.line) == (str(path), 1)
        assert problem.found.startswith("the file cannot be read (")
