"""The words of the built-in frameworks: enough of them, short, plain, never twice, and none that backfires.

These are the bounds that a machine can hold. Whether a phrase sounds like a good human takes reading it aloud.
"""

from __future__ import annotations

import re
import statistics
import warnings
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.frameworks.model import MOODS, Framework, Phrase, Step
from recoverycli.frameworks.phrasing import Facts, choose, fill

ROOT = Path(__file__).parents[2]
LIBRARY = FrameworkLibrary((Source(ROOT / "frameworks", "built-in"),))
SPOKEN = {"phone", "in-person"}
WRITTEN = {"chat", "email", "social"}

# Step ids in order, with intent, `also` and phase where it is not live: published descriptions, one vocabulary.
STEPS = {
    "learn": "listen:listen empathize:empathize+assess apologize:apologize resolve:solve+agree "
    "notify:notify+follow-up+document",
    "learn-marriott": "listen:listen empathize:empathize+assess apologize:apologize respond:solve "
    "notify:notify+follow-up+document",
    "last": "listen:listen apologize:apologize solve:solve thank:thank",
    "latte": "listen:listen acknowledge:acknowledge take-action:solve thank:thank explain:explain+notify",
    "heart": "hear:listen empathize:empathize apologize:apologize respond:agree take-action:solve "
    "follow-up:follow-up@follow-up",
    "aware": "acknowledge:acknowledge+listen+apologize+empathize widen:widen+assess agree:agree "
    "resolve:solve+follow-up@follow-up evaluate:document+diagnose+train@organisation",
    "seven-step": "acknowledge:acknowledge+listen+empathize apologize:apologize assess:assess offer-solution:solve "
    "follow-up:follow-up@follow-up document:document+diagnose@organisation train:train@organisation",
    "tschohl": "respond-calmly:acknowledge+listen show-empathy:empathize ask-questions:assess "
    "suggest-alternatives:widen+agree apologize:apologize+thank solve:solve+compensate+notify",
    "heard": "hear:listen empathize:empathize apologize:apologize resolve:solve diagnose:diagnose@organisation",
    "blast": "believe:believe listen:listen apologize:apologize satisfy:solve+compensate thank:thank",
}
BACKFIRES = [
    r"calm down", r"\bpolicy\b", r"\byou(?:'ll| will) have to\b", r"\byou should have\b", r"\bas i (?:told|said)\b",
    r"\byou(?:'re| are) wrong\b", r"\byou(?:'ve| have)? made a mistake\b", r"\bsorry (?:if|that you feel)\b",
    r"\bif you feel\b", r"\bnothing i can do\b", r"\bnot my (?:department|problem|job)\b", r"\bi don't know\b",
    r"\bsystem (?:can't|cannot|won't|doesn't)\b", r"\bno one else\b", r"\bto be honest\b", r"\bguarantee\b",
    r"^no[,.!]", r"\bunfortunately\b", r"\binconvenience\b", r"\bvalued customer\b",
]  # fmt: skip


def every_framework() -> list[Framework]:
    return [LIBRARY.load(framework_id).content for framework_id in LIBRARY.ids()]


def own_steps(framework: Framework) -> list[Step]:
    """The steps that the framework's own file holds: those of `extends` are checked where they are written."""
    base = LIBRARY.load("learn").content if framework.id == "learn-marriott" else None
    return [step for step in framework.steps if base is None or base.step(step.id) != step]


FRAMEWORKS = every_framework()
STEP_CASES = [
    pytest.param(framework, step, id=f"{framework.id}-{step.id}")
    for framework in FRAMEWORKS
    for step in own_steps(framework)
]
SPEAKING = [case for case in STEP_CASES if case.values[1].phase != "organisation"]  # type: ignore[union-attr]


def spelled(step: Step) -> str:
    intents = "+".join((step.intent, *step.also))
    return f"{step.id}:{intents}" + ("" if step.phase == "live" else f"@{step.phase}")


@pytest.mark.parametrize("framework_id", STEPS)
def test_the_steps_are_those_that_are_published(framework_id: str) -> None:
    framework = LIBRARY.load(framework_id).content
    assert " ".join(spelled(step) for step in framework.steps) == STEPS[framework_id]


def test_the_way_out_of_abuse_has_its_five_steps_and_marks_nothing_done() -> None:
    framework = LIBRARY.load("abusive-caller").content
    assert [step.id for step in framework.live_steps] == ["boundary", "warning", "end", "record", "recover"]
    assert framework.stands_alone


def test_every_framework_says_where_it_comes_from() -> None:
    for framework in FRAMEWORKS:
        origin = framework.origin
        assert origin.used_by or origin.credit or origin.notes, framework.id
        assert framework.suits.channels, framework.id
        assert framework.suits.when or framework.branches or framework.stands_alone, framework.id
    assert "trademark" in " ".join(
        (LIBRARY.load("aware").content.origin.credit, LIBRARY.load("aware").content.origin.notes)
    )
    assert len(LIBRARY.load("tschohl").content.principles) == 4


@pytest.mark.parametrize(("framework", "step"), STEP_CASES)
def test_a_step_says_what_to_do_tick_and_capture(framework: Framework, step: Step) -> None:
    assert 2 <= len(step.do) <= 5
    assert 2 <= len(step.checklist) <= 4
    assert step.capture
    assert len(step.goal) <= 76, "a goal is one line on 80 columns"
    assert not any(item.required for item in step.checklist), "required items are for a company's own"
    if step.phase != "organisation":
        assert step.avoid


@pytest.mark.parametrize(("framework", "step"), SPEAKING)
def test_a_step_has_words_for_each_way_of_talking_and_each_mood(framework: Framework, step: Step) -> None:
    phrases = step.phrases
    assert len(phrases) >= 5
    assert sum(not phrase.channels or bool(set(phrase.channels) & SPOKEN) for phrase in phrases) >= 2
    assert sum(bool(set(phrase.channels) & WRITTEN) for phrase in phrases) >= 2
    assert any("angry" in phrase.moods for phrase in phrases)
    assert any({"upset", "anxious"} & set(phrase.moods) for phrase in phrases)


@pytest.mark.parametrize(("framework", "step"), SPEAKING)
@pytest.mark.parametrize("mood", [None, *MOODS])
def test_on_the_phone_three_phrases_fit_in_any_mood(framework: Framework, step: Step, mood: str | None) -> None:
    first = choose(step.phrases, Facts(channel="phone", mood=mood, issue=None, values={}))[:3]
    assert all(not phrase.channels or "phone" in phrase.channels for phrase in first)
    assert all(not phrase.moods or mood in phrase.moods for phrase in first)


@pytest.mark.parametrize(("framework", "step"), SPEAKING)
def test_phrases_are_short_and_none_backfires(framework: Framework, step: Step) -> None:
    for phrase in step.phrases:
        said = fill(phrase.say, {})
        assert len(said.split()) <= 25, said
        for pattern in BACKFIRES:
            assert not re.search(pattern, said.casefold()), f"{pattern}: {said}"


@pytest.mark.parametrize("framework", FRAMEWORKS, ids=lambda framework: framework.id)
def test_names_are_used_with_a_fallback(framework: Framework) -> None:
    named = [phrase for step in framework.steps for phrase in step.phrases if "{customer|" in phrase.say]
    assert len(named) >= 3
    for step in framework.steps:
        for phrase in step.phrases:
            assert "[" not in fill(phrase.say, {}), f"a placeholder without a fallback: {phrase.say}"


@pytest.mark.parametrize("framework", FRAMEWORKS, ids=lambda framework: framework.id)
def test_the_reading_grade_is_at_most_eight(framework: Framework) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import textstat
    grades = [
        textstat.flesch_kincaid_grade(fill(phrase.say, {})) for step in framework.steps for phrase in step.phrases
    ]
    assert statistics.mean(grades) <= 8


def words(phrase: Phrase) -> frozenset[str]:
    """The pairs of neighbouring words: two phrases that share most of them are one phrase."""
    plain = re.sub(r"\{[^}]*\}", " ", phrase.say.casefold())
    found = re.findall(r"[a-z']+", plain)
    return frozenset(f"{one} {two}" for one, two in pairwise(found))


def test_no_phrase_is_repeated_between_steps_or_frameworks() -> None:
    spoken = [
        (framework.id, step.id, phrase.say, words(phrase))
        for framework in FRAMEWORKS
        for step in own_steps(framework)
        for phrase in step.phrases
    ]
    repeats = [
        (one[:3], two[:3])
        for one, two in combinations(spoken, 2)
        if one[2] == two[2] or len(one[3] & two[3]) > 0.6 * max(1, min(len(one[3]), len(two[3])))
    ]
    assert not repeats


def test_no_advice_is_repeated_between_the_steps_of_a_framework() -> None:
    for framework in FRAMEWORKS:
        steps = own_steps(framework)
        advice = [line.casefold() for step in steps for line in step.do]
        assert len(advice) == len(set(advice)), framework.id
