"""The labelled sentences are well formed, and large enough to count with; and how they are counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.cases import for_each
from tests.training.played import FILES, scenario
from tests.wording.reading_counts import READERS, Count, class_of, count
from tests.wording.reading_sets import (
    BACKFIRES,
    OWN_WORDS,
    SETS,
    LabelledSentence,
    LabelledSet,
    author_date,
    sentences,
    unseen,
    words_alone,
)
from tests.wording.wordings import BUILT_IN

if TYPE_CHECKING:
    from pathlib import Path

FEWEST_SENTENCES = 300
FEWEST_OF_A_LABEL = 10
# Customers who write questions without the mark.
ASKED_WITHOUT_A_MARK = {"cold-food-post/private", "cold-food-post/when", "dress-that-faded/saturday"}
FILES_THERE = [pytest.param(one, file, id=file.stem) for one in SETS for file in one.files]
HALVES = [pytest.param(one, files, id=files[0].stem) for one in SETS for files in (one.tuned, one.counted) if files]
EVERY_FILE = pytest.mark.parametrize(("labelled", "file"), FILES_THERE)
EVERY_HALF = pytest.mark.parametrize(("labelled", "files"), HALVES)
EVERY_SET = pytest.mark.parametrize("labelled", SETS, ids=lambda one: one.name)


@EVERY_FILE
def test_every_label_is_known_and_is_not_its_own_neighbour(labelled: LabelledSet, file: Path) -> None:
    known = set(labelled.labels)
    for row in sentences(file):
        assert row.labels <= known, row
        assert row.near <= known, row
        assert not row.labels & row.near, row


@EVERY_FILE
def test_every_sentence_has_words_and_no_stray_spaces(labelled: LabelledSet, file: Path) -> None:
    for row in sentences(file):
        assert row.text, row
        assert row.text == " ".join(row.text.split()), row


@EVERY_HALF
def test_a_set_is_large_enough(labelled: LabelledSet, files: tuple[Path, ...]) -> None:
    assert len(sentences(*files)) >= FEWEST_SENTENCES


@EVERY_HALF
def test_every_label_has_enough_sentences(labelled: LabelledSet, files: tuple[Path, ...]) -> None:
    having = Counter(label for row in sentences(*files) for label in row.labels)
    assert {label: having[label] for label in labelled.labels if having[label] < FEWEST_OF_A_LABEL} == {}


@EVERY_SET
def test_every_label_has_enough_neighbours_to_tune_on(labelled: LabelledSet) -> None:
    near = Counter(label for row in sentences(*labelled.tuned) for label in row.near)
    assert {label: near[label] for label in labelled.labels if near[label] < FEWEST_OF_A_LABEL} == {}


@EVERY_FILE
def test_no_sentence_answers_the_same_twice_in_a_file(labelled: LabelledSet, file: Path) -> None:
    times = Counter((row.answers, words_alone(row)) for row in sentences(file))
    assert [text for text, number in times.items() if number > 1] == []


@EVERY_SET
def test_a_sentence_counts_in_the_first_file_that_has_it(labelled: LabelledSet) -> None:
    rows = [words_alone(row) for file in labelled.files for row in unseen(labelled, file)]
    assert len(rows) == len(set(rows))
    assert set(rows) == {words_alone(row) for row in sentences(*labelled.files)}


@EVERY_SET
def test_a_counted_set_is_no_older_than_the_tuned_one(labelled: LabelledSet) -> None:
    oldest = min(map(author_date, labelled.tuned))
    assert [file.name for file in labelled.counted if author_date(file) < oldest] == []


def test_at_least_half_of_the_words_that_backfire_are_harmless_neighbours() -> None:
    rows = sentences(*BACKFIRES.tuned)
    assert sum(not row.labels for row in rows) * 2 >= len(rows)


@for_each("file", OWN_WORDS.files, name=lambda file: file.stem)
def test_answers_belong_to_a_place_in_a_scenario_and_ignore_only_questions(file: Path) -> None:
    said = {f"{path.stem}/{node.id}": node.says for path in FILES for node in scenario(path.stem).nodes if node.replies}
    rows = sentences(file)
    for row in rows:
        assert row.answers in said, row
        is_asked = "?" in said[row.answers] or row.answers in ASKED_WITHOUT_A_MARK
        assert is_asked or "ignores-question" not in row.labels, row


def test_the_answers_to_tune_on_are_from_a_dozen_scenarios() -> None:
    scenarios = {row.answers.split("/")[0] for row in sentences(*OWN_WORDS.tuned)}
    assert len(scenarios) >= 12
    assert scenarios <= {path.stem for path in FILES}


def test_every_class_of_words_that_backfire_has_a_pattern() -> None:
    assert set(BACKFIRES.labels) <= {class_of(pattern) for pattern in BUILT_IN.wording.patterns}


def test_a_reader_is_counted_by_label_by_all_labels_and_by_any() -> None:
    rows = [_row("blame", "a"), _row("blame", "b"), _row("threat", "c"), _row("", "d")]
    read = {"a": {"blame"}, "b": set(), "c": {"blame"}, "d": {"threat"}}
    counts = count(rows, ("blame", "threat"), lambda row: frozenset(read[row.text]))
    assert counts["blame"] == Count(having=2, found=2, right=1)
    assert counts["threat"] == Count(having=1, found=1, right=0)
    assert counts["all"] == Count(having=3, found=3, right=1)
    assert counts["any"] == Count(having=3, found=3, right=2)
    assert (counts["blame"].recall, counts["blame"].precision) == (0.5, 0.5)


def test_without_a_sentence_or_a_finding_there_is_no_figure() -> None:
    nothing = count([], ("blame",), lambda row: row.labels)["blame"]
    assert (nothing.recall, nothing.precision) == (None, None)


@pytest.mark.parametrize(
    ("name", "answers", "text", "read"),
    [
        ("words that backfire", "", "You should have called us earlier.", {"blame"}),
        ("words that backfire", "", "The tram leaves at nine.", set()),
        ("parts of an apology", "", "I'm sorry that we lost your bag.", {"regret"}),
        ("own words", "late-parcel/opening", "I'm sorry. What happened?", {"apologizes", "asks"}),
        ("own words", "late-parcel/opening", "Calm down.", {"dismisses"}),
    ],
)
def test_each_set_is_read_by_its_reader(name: str, answers: str, text: str, read: set[str]) -> None:
    assert read <= READERS[name](_row("", text, answers))
    assert bool(read) == bool(READERS[name](_row("", text, answers)))


def _row(label: str, text: str, answers: str = "") -> LabelledSentence:
    return LabelledSentence(frozenset({label} - {""}), frozenset(), answers, text)
