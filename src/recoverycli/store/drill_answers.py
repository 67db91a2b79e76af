"""Answers of drills: one line each in a file that only grows, written before the result is shown."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, NamedTuple

import msgspec

from recoverycli.store.layout import ANSWERS, PRACTICE
from recoverycli.store.practice_lines import append_lines, read_lines

if TYPE_CHECKING:
    from pathlib import Path

_KEPT = "Everything before this answer is stored."


class DrillAnswer(msgspec.Struct, frozen=True):
    """One answer. `step` is None if the question was about the whole framework; `digest` is the question's.

    `known` is false for "don't know", `hinted` true if a hint was shown with the question, `again` if it was asked once
    more in one sitting, after its answer had been shown. What was typed is not stored.
    """

    at: Annotated[datetime, msgspec.Meta(tz=True)]
    framework: str
    step: str | None
    kind: str
    right: bool
    digest: str
    known: bool = True
    hinted: bool = False
    again: bool = False


class AnswersRead(NamedTuple):
    """The answers in the file, and the numbers (from 1) of the lines that cannot be read."""

    path: Path
    answers: tuple[DrillAnswer, ...]
    damaged: tuple[int, ...]


def answers_path(home: Path) -> Path:
    """The path of the answers."""
    return home / PRACTICE / ANSWERS


def append_answer(home: Path, answer: DrillAnswer) -> None:
    """Add an answer and flush it to the disk. Raises StoreProblem if it could not be written; the file is unchanged
    then.
    """
    append_lines(home, ANSWERS, (msgspec.json.encode(answer),), kept=_KEPT)


def read_answers(home: Path) -> AnswersRead:
    """Read every answer, and the line numbers of what is none. Raises StoreProblem."""
    return AnswersRead(*read_lines(home, ANSWERS, DrillAnswer))
