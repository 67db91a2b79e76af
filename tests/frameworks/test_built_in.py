"""The words of the built-in frameworks: they fit the case, are short and plain, state no fact, and none backfires.

These are the bounds that a machine can hold. Whether a phrase sounds like a good human takes reading it aloud.
"""

from __future__ import annotations

import re
import statistics
import warnings
from itertools import product
from pathlib import Path

import yaml

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.frameworks.model import CHANNELS, FAULTS, MOODS, SEVERITIES, Channel, Framework, Phrase, Step
from recoverycli.frameworks.phrasing import MOST, Facts, choose, fill
from recoverycli.frameworks.shared.phrases import SharedPhrases, read_shared
from recoverycli.wording.files.library import load
from recoverycli.wording.matcher import Matcher
from tests.cases import for_each

ROOT = Path(__file__).parents[2]
LIBRARY = FrameworkLibrary((Source(ROOT / "frameworks", "built-in"),))
SHARED = SharedPhrases((Source(ROOT / "phrases", "built-in"),))
FAMILIES = [
    family["id"]
    for family in yaml.safe_load((ROOT / "issues" / "families.yaml").read_text(encoding="utf-8"))["families"]
]
FAMILIES_AND_SEVERITIES = [*((family, None) for family in (None, *FAMILIES)), *((None, one) for one in SEVERITIES)]
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
STEPS_OF = [(framework, step) for framework in FRAMEWORKS for step in own_steps(framework)]
# In the others nothing is said to a customer.
SPEAKING = [
    (framework, step)
    for framework, step in STEPS_OF
    if step.phase != "organisation" and step.intent not in {"document", "train", "diagnose"}
]


def channels_of(framework: Framework, step: Step) -> tuple[Channel, ...]:
    """Every channel. Only who somebody is, is never asked in public."""
    asks_who = step.procedure or step.call == "verify-identity" or step.id == "not-identified"
    return framework.suits.channels if asks_who else CHANNELS


def place(case: tuple[Framework, Step]) -> str:
    framework, step = case
    return f"{framework.id}-{step.id}"


def offered(framework: Framework, step: Step) -> tuple[Phrase, ...]:
    """All that a step may offer, whatever the call is like: its own phrases, and those that it shares."""
    return tuple({phrase.id: phrase for phrase in (*step.phrases, *SHARED.of(framework, step))}.values())


EVERY_PHRASE = sorted(
    {
        (phrase.say, phrase.fault)
        for framework in FRAMEWORKS
        for step in framework.steps
        for phrase in offered(framework, step)
    },
    key=str,
)


def spelled(step: Step) -> str:
    intents = "+".join((step.intent, *step.also))
    return f"{step.id}:{intents}" + ("" if step.phase == "live" else f"@{step.phase}")


@for_each("framework_id", STEPS)
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


@for_each("framework, step", STEPS_OF, name=place)
def test_a_step_says_what_to_do_tick_and_capture(framework: Framework, step: Step) -> None:
    assert 2 <= len(step.do) <= 5
    assert 2 <= len(step.checklist) <= 4
    assert step.capture
    assert len(step.goal) <= 76, "a goal is one line on 80 columns"
    assert not any(item.required for item in step.checklist), "required items are for a company's own"
    if step.phase != "organisation":
        assert step.avoid


@for_each(
    "framework, step, channel",
    [(framework, step, channel) for framework, step in SPEAKING for channel in channels_of(framework, step)],
)
def test_whatever_the_case_is_a_step_has_words_that_fit_it(framework: Framework, step: Step, channel: Channel) -> None:
    phrases = offered(framework, step)
    for mood, fault, (family, severity) in product((None, *MOODS), FAULTS, FAMILIES_AND_SEVERITIES):
        shown = choose(phrases, Facts(channel, mood, family=family, fault=fault, severity=severity))[:MOST]
        case = f"{channel}, {mood}, {fault}, {family}, {severity}"
        assert len(shown) >= (2 if channel == "phone" else 1), case
        for phrase in shown:
            assert not phrase.channels or channel in phrase.channels, f"{case}: {phrase.say}"
            assert not phrase.moods or mood in phrase.moods, f"{case}: {phrase.say}"
            assert not phrase.issues or family in phrase.issues, f"{case}: {phrase.say}"
            assert phrase.fault in {None, fault}, f"{case}: {phrase.say}"
            assert phrase.severity in {None, severity}, f"{case}: {phrase.say}"
        assert len({phrase.id for phrase in shown}) == len(shown), case


@for_each(
    "framework, step",
    [case for case in SPEAKING if case[1].intent in {"listen", "empathize", "solve"} and case[1].phase == "live"],
    name=place,
)
def test_mood_and_family_change_what_is_offered_first(framework: Framework, step: Step) -> None:
    phrases = offered(framework, step)
    moods = [choose(phrases, Facts("phone", mood))[0].say for mood in ("calm", "anxious", "angry")]
    assert len(set(moods)) == 3, moods
    if framework.shared:
        first = {choose(phrases, Facts("phone", family=family))[0].say for family in FAMILIES}
        assert len(first) == len(FAMILIES) == 12
        for family in FAMILIES:
            shown = [
                choose(phrases, Facts("phone", mood, family=family))[0].say for mood in ("calm", "anxious", "angry")
            ]
            assert len(set(shown)) == 3, shown


@for_each("intent", ["listen", "empathize", "apologize", "solve"])
@for_each("channel", ["phone", "in-person", "chat", "email"])
def test_severity_changes_what_is_offered_first(intent: str, channel: Channel) -> None:
    file = read_shared((ROOT / "phrases" / f"{intent}.yaml").read_bytes(), f"{intent}.yaml").content
    assert file is not None
    first = [choose(file.phrases, Facts(channel, severity=severity))[0].say for severity in (None, "minor", "severe")]
    assert len(set(first)) == 3, first


def test_in_aware_sorry_comes_before_any_question() -> None:
    framework = LIBRARY.load("aware").content
    step = framework.step("acknowledge")
    assert step is not None
    for channel, mood, fault, family in product(CHANNELS, (None, *MOODS), FAULTS, (None, *FAMILIES)):
        first = choose(offered(framework, step), Facts(channel, mood, family=family, fault=fault))[0].say
        assert "sorry" in first.casefold(), f"{channel}, {mood}, {fault}, {family}: {first}"


@for_each("framework, step", [case for case in SPEAKING if case[1].intent == "apologize"], name=place)
def test_where_the_fault_is_ours_responsibility_comes_before_plain_regret(framework: Framework, step: Step) -> None:
    if framework.shared:
        for family in (None, *FAMILIES):
            first = choose(offered(framework, step), Facts("phone", family=family, fault="ours"))
            assert "ours" in {phrase.fault for phrase in first[:2]}, family


@for_each("intent", ["listen", "empathize", "apologize", "assess", "solve", "notify", "thank"])
@for_each("channel", ["phone", "in-person", "chat", "email"])
def test_every_family_has_words_of_its_own_for_every_moment(intent: str, channel: Channel) -> None:
    file = read_shared((ROOT / "phrases" / f"{intent}.yaml").read_bytes(), f"{intent}.yaml").content
    assert file is not None
    for family, mood in product(FAMILIES, (None, *MOODS)):
        shown = choose(file.phrases, Facts(channel, mood, family=family))
        assert family in shown[0].issues, f"{family}, {mood}: {shown[0].say}"


def test_words_that_take_responsibility_are_only_for_a_fault_of_ours() -> None:
    matcher = Matcher(load((Source(ROOT / "wording", "built-in"),)).wording)
    for say, fault in EVERY_PHRASE:
        if "responsibility" in matcher.parts(fill(say, {})):
            assert fault == "ours", say


def test_no_fact_is_made_up_where_a_value_is_missing() -> None:
    for say, _fault in EVERY_PHRASE:
        fallbacks = re.findall(r"\{(\w+)\|", say)
        assert set(fallbacks) <= {"customer"}, say


@for_each("framework, step", SPEAKING, name=place)
def test_phrases_are_short_and_none_backfires(framework: Framework, step: Step) -> None:
    for phrase in offered(framework, step):
        spoken = not phrase.channels or SPOKEN & set(phrase.channels)
        said = fill(phrase.say, {})
        assert len(said.split()) <= (20 if spoken else 30), said
        for pattern in BACKFIRES:
            assert not re.search(pattern, said.casefold()), f"{pattern}: {said}"


@for_each("framework", FRAMEWORKS, name=lambda framework: framework.id)
def test_the_reading_grade_is_at_most_eight(framework: Framework) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import textstat
    grades = [
        textstat.flesch_kincaid_grade(fill(phrase.say, {})) for step in framework.steps for phrase in step.phrases
    ]
    assert statistics.mean(grades) <= 8


def test_no_advice_is_repeated_between_the_steps_of_a_framework() -> None:
    for framework in FRAMEWORKS:
        steps = own_steps(framework)
        advice = [line.casefold() for step in steps for line in step.do]
        assert len(advice) == len(set(advice)), framework.id
