"""Answers of drills: one line each in a file that only grows, written before the result is shown."""

from __future__ import annotations

import os
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, NamedTuple

import msgspec

from recoverycli.store.files import flush_folder, make_folder, refusal, write_all
from recoverycli.store.layout import ANSWERS, PRACTICE
from recoverycli.store.locks import ANSWERS_LOCK, hold_folder
from recoverycli.system.disk import open_binary

if TYPE_CHECKING:
    from collections.abc import Iterable
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
    append_lines(home, (msgspec.json.encode(answer),))


def append_lines(home: Path, lines: Iterable[bytes]) -> None:
    """Add lines at once, after lines of other processes; like `append_answer`."""
    path = answers_path(home)
    data = b"".join(line + b"\n" for line in lines)
    if not data:
        return
    make_folder(path.parent, home)
    with hold_folder(path.parent, ANSWERS_LOCK, kept=_KEPT):
        try:
            is_new = not path.exists()
            flags = os.O_CREAT | os.O_RDWR | os.O_APPEND
            descriptor = open_binary(path, flags)
            try:
                _append(descriptor, data)
            finally:
                os.close(descriptor)
            if is_new:
                flush_folder(path.parent)
        except OSError as refused:
            raise refusal(path, refused, kept=_KEPT) from refused


def read_answers(home: Path) -> AnswersRead:
    """Read every answer, and the line numbers of what is none. Raises StoreProblem."""
    path = answers_path(home)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return AnswersRead(path, (), ())
    except OSError as refused:
        raise refusal(path, refused) from refused
    decoder = msgspec.json.Decoder(DrillAnswer)
    answers: list[DrillAnswer] = []
    damaged: list[int] = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            answers.append(decoder.decode(line))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            damaged.append(number)
    return AnswersRead(path, tuple(answers), tuple(damaged))


def _append(descriptor: int, data: bytes) -> None:
    size = os.fstat(descriptor).st_size
    if size:
        # A killed process may have left half a line, which must not come before this one.
        os.lseek(descriptor, size - 1, os.SEEK_SET)
        if os.read(descriptor, 1) != b"\n":
            data = b"\n" + data
    try:
        write_all(descriptor, data)
    except OSError:
        os.ftruncate(descriptor, size)
        raise
