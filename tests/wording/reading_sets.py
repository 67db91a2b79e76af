"""Labelled sentences: what agents say, and what is in it. `make reading` counts how they are read.

Of each there are files to tune on, and files that are written after the patterns and only counted.
"""

from __future__ import annotations

import functools
import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

from recoverycli.wording.model import PART_IDS

NONE = "-"
_FOLDER = Path(__file__).with_name("reading")
_DATE = re.compile(r"# date: (\S+)")


class LabelledSentence(NamedTuple):
    """A sentence, what is in it, and what it might be taken for.

    `answers` is the scenario and the node that it answers, both joined by a slash; empty outside role-plays.
    """

    labels: frozenset[str]
    near: frozenset[str]
    answers: str
    text: str


class LabelledSet(NamedTuple):
    """What may be in a sentence, and the files of sentences, the oldest first."""

    name: str
    labels: tuple[str, ...]
    tuned: tuple[Path, ...]
    counted: tuple[Path, ...]

    @property
    def files(self) -> tuple[Path, ...]:
        """All files, those to tune on first."""
        return self.tuned + self.counted


def _labelled_set(name: str, file: str, labels: tuple[str, ...]) -> LabelledSet:
    return LabelledSet(name, labels, _files(f"{file}-tuned"), _files(f"{file}-counted"))


def _files(name: str) -> tuple[Path, ...]:
    """Return the files `name.tsv`, `name-2.tsv` and so on."""
    return tuple(sorted(_FOLDER.glob(f"{name}*.tsv"), key=lambda file: (len(file.stem), file.stem)))


BACKFIRES = _labelled_set(
    "words that backfire",
    "backfires",
    (
        "dismissal", "calm-down", "policy-wall", "blame", "passing-on", "empty-promise", "false-empathy",
        "conditional-apology", "sorry-but", "refusal", "disbelief", "threat",
    ),
)  # fmt: skip
APOLOGY = _labelled_set("parts of an apology", "apology", PART_IDS)
GOOD_ACTS = (
    "acknowledges", "asks", "apologizes", "takes-responsibility", "explains", "offers", "commits", "thanks",
)  # fmt: skip
BAD_ACTS = ("denies", "refuses", "blames", "threatens", "dismisses", "mocks", "ignores-question")
OWN_WORDS = _labelled_set("own words", "own-words", GOOD_ACTS + BAD_ACTS)
SETS = (BACKFIRES, APOLOGY, OWN_WORDS)


def sentences(*files: Path) -> list[LabelledSentence]:
    """The rows of the files; a line that begins with # is a comment."""
    return [row for file in files for row in _rows(file)]


@functools.cache
def _rows(file: Path) -> tuple[LabelledSentence, ...]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return tuple(_sentence(line) for line in lines if line and not line.startswith("#"))


def unseen(labelled: LabelledSet, file: Path) -> list[LabelledSentence]:
    """The rows of a file whose words stand nowhere before: several authors write "ok"."""
    before = labelled.files[: labelled.files.index(file)]
    known = {words_alone(row) for row in sentences(*before)}
    return [row for words, row in {words_alone(row): row for row in sentences(file)}.items() if words not in known]


def words_alone(row: LabelledSentence) -> str:
    """The words of a row in small letters, without the mark at their end."""
    return row.text.casefold().rstrip(".!?")


def author_date(file: Path) -> date:
    """The first author's day, from the comment at the top."""
    found = _DATE.match(file.read_text(encoding="utf-8"))
    assert found, f"{file.name}: no date in the first line"
    return date.fromisoformat(found[1])


def _sentence(line: str) -> LabelledSentence:
    labels, near, *answers, text = line.split("\t")
    return LabelledSentence(_names(labels), _names(near), "/".join(answers), text)


def _names(column: str) -> frozenset[str]:
    return frozenset() if column == NONE else frozenset(column.split(","))
