"""What is found in typed answers, and what is not: the mistakes are known, and told in the docs."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from recoverycli.times.future import read_date
from recoverycli.training.roleplay.own_words import OwnWordsReader, Reading
from tests.cases import for_each
from tests.training.played import scenario
from tests.wording.wordings import MATCHER

ROOT = Path(__file__).parents[2]
ANSWERS = Path(__file__).with_name("answers.txt")
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


class Labelled(NamedTuple):
    """An answer, how good it is, and what a person finds in it."""

    quality: str
    holds: frozenset[str]
    text: str


@cache
def reader() -> OwnWordsReader:
    return OwnWordsReader(MATCHER, read_date)


@cache
def labelled() -> tuple[Labelled, ...]:
    lines = [line for line in ANSWERS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    parts = [[part.strip() for part in line.split("|", 2)] for line in lines]
    return tuple(Labelled(quality, frozenset(holds.split()) - {"-"}, text) for quality, holds, text in parts)


def found(reading: Reading) -> frozenset[str]:
    kinds = {mark.kind for mark in reading.marks} - {"intent", "apology"}
    return reading.intents | kinds


def test_there_are_two_hundred_answers_of_four_qualities() -> None:
    assert len(labelled()) == 200
    assert {one.quality for one in labelled()} == {"good", "middling", "bad", "off topic"}
    assert len({one.text for one in labelled()}) == 200


def test_the_mistakes_are_those_that_the_docs_tell() -> None:
    mistakes = []
    for one in labelled():
        seen = found(reader().read(one.text, (), NOW, "phone"))
        told = [f"misses {name}" for name in sorted(one.holds - seen)]
        told += [f"finds {name}" for name in sorted(seen - one.holds)]
        mistakes += [f'- "{one.text}" {", ".join(told)}'] if told else []
    docs = (ROOT / "docs" / "guide" / "practice.md").read_text(encoding="utf-8")
    assert mistakes == re.findall(r'^- ".*" (?:misses|finds) .*$', docs, re.MULTILINE)


@given(st.text(max_size=300))
def test_any_text_is_read_and_every_mark_is_within_it(text: str) -> None:
    reading = reader().read(text, scenario().nodes[0].replies, NOW, "phone")
    assert all(0 <= mark.start < mark.end <= len(text) for mark in reading.marks)
    assert 0 <= reading.penalty <= 2


REPLIES = {reply.id: (node, reply) for node in scenario().nodes for reply in node.replies}


@for_each("name", REPLIES)
def test_an_answer_typed_word_for_word_means_itself_or_is_asked_about(name: str) -> None:
    node, reply = REPLIES[name]
    assert reader().read(reply.say, node.replies, NOW, "phone").nearest in {reply, None}


def test_words_that_backfire_are_never_taken_for_a_good_answer_without_asking() -> None:
    replies = scenario().node("opening").replies
    reading = reader().read("Calm down, did you look around the house?", replies, NOW, "phone")
    assert (reading.penalty, reading.nearest) == (1, None)
