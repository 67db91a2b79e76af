"""How well the lists of lint find what is wrong in phrases: on phrases that a review found wanting, and on fresh ones.

The lists were written after the review. The fresh sentences came after the lists, in two lots: at first sight the rules
found 3 of 70 and 1 of 40 good ones, and 34 of 50 and 19 of 30 faults. More idioms were added between the lots.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

import msgspec

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.frameworks.model import Framework, Phrase, Step
from recoverycli.training.lint.lint import OF_STEPS, RULES
from recoverycli.training.lint.lists import read_lists
from recoverycli.training.lint.subject import AvoidedWords, Subject
from tests.cases import for_each
from tests.wording.wordings import MATCHER

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LIBRARY = FrameworkLibrary((Source(ROOT / "frameworks", "built-in"),))
LISTS = read_lists((Source(ROOT / "wording" / "lint", "built-in"),)).by_kind
AVOIDED = AvoidedWords(LIBRARY.load(framework).content for framework in LIBRARY.ids())
PHRASE_RULES = {name: rule for name, rule in RULES.items() if name not in OF_STEPS | {"hard-to-read", "repeated"}}

# What the review says of these is no matter of words: the rules find something else in them. Suspicion, a command,
# flippancy, an excuse and an invitation to shout are found by reading aloud alone.
FOUND_BY_OTHER_WORDS = {"4", "5", "13", "20", "29"}


class Reviewed(NamedTuple):
    """A phrase that the review found wanting, where it stood, and the rule that finds it."""

    number: str
    framework: str
    step: str
    channels: str
    moods: str
    rule: str
    say: str


def rows(name: str) -> list[list[str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


REVIEWED = [Reviewed(*row) for row in rows("reviewed_phrases.tsv")]


def rules_that_find(framework: Framework) -> set[str]:
    subject = Subject(framework, framework, MATCHER, LISTS, AVOIDED, lambda _: iter(()))
    found = ((name, one) for name, rule in PHRASE_RULES.items() for one in rule.check(subject))
    return {name for name, one in found if one.path[:1] == ("phrases",)}


def with_phrase(framework_id: str, step_id: str, phrase: Phrase) -> Framework:
    """A framework whose only phrase is this one; a part of an apology stands in a framework of its own."""
    if framework_id == "apology":
        return alone(phrase)
    framework = LIBRARY.load(framework_id).content
    steps = (msgspec.structs.replace(step, phrases=(phrase,) if step.id == step_id else ()) for step in framework.steps)
    return msgspec.structs.replace(framework, steps=tuple(steps))


def alone(phrase: Phrase) -> Framework:
    step = Step(id="apologize", name="Apologize", intent="apologize", goal="Say sorry.", phrases=(phrase,))
    return Framework(schema=1, id="alone", name="Alone", expands_to="Apologize", summary="One step.", steps=(step,))


def tagged(say: str, channels: str, moods: str = "") -> Phrase:
    tags = {"channels": channels, "moods": moods}
    data = {"say": say, **{key: value.split(",") for key, value in tags.items() if value}}
    return msgspec.convert(data, Phrase)


def test_all_forty_reviewed_phrases_are_tried() -> None:
    assert {one.number for one in REVIEWED} == {str(number) for number in range(1, 41)}
    assert {one.number for one in REVIEWED} >= FOUND_BY_OTHER_WORDS


@for_each("one", REVIEWED, name=lambda one: f"{one.number}-{one.framework}-{one.step}")
def test_a_reviewed_phrase_that_is_put_back_is_found(one: Reviewed) -> None:
    found = rules_that_find(with_phrase(one.framework, one.step, tagged(one.say, one.channels, one.moods)))
    assert one.rule in found


def test_few_fresh_good_phrases_are_found() -> None:
    fresh = rows("fresh_phrases.tsv")
    found = [say for channel, say in fresh if rules_that_find(alone(tagged(say, channel)))]
    assert len(fresh) == 110
    assert len(found) <= 4, found


def test_most_fresh_faults_are_found() -> None:
    fresh = rows("fresh_faults.tsv")
    found = [say for channel, say in fresh if rules_that_find(alone(tagged(say, channel)))]
    assert len(fresh) == 80
    assert len(found) >= 63, [say for _, say in fresh if say not in found]


def test_the_examples_of_an_apology_pass_where_they_are_offered() -> None:
    for part in MATCHER.wording.parts:
        for example in part.phrases:
            phrase = Phrase(say=example.say, channels=example.channels or ("phone", "chat", "email"), fault="ours")
            assert rules_that_find(alone(phrase)) == set(), example.say
