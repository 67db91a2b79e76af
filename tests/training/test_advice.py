"""Which framework suits which moment."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.frameworks.model import CHANNELS, FAULTS, TIMES, Channel, Fault, Suits, TimeAtHand
from recoverycli.frameworks.phrasing import Facts
from recoverycli.frameworks.shared.families import IssueFamilies
from recoverycli.frameworks.shared.phrases import SharedPhrases
from recoverycli.training.advice import Moment, advise, example_words
from tests.cases import for_each
from tests.content import framework, phrase

if TYPE_CHECKING:
    from recoverycli.frameworks.model import Framework

ROOT = Path(__file__).parents[2]
LIBRARY = FrameworkLibrary((Source(ROOT / "frameworks", "built-in"),))
SHARED = SharedPhrases((Source(ROOT / "phrases", "built-in"),))
FAMILIES = IssueFamilies((Source(ROOT / "issues", "built-in"),))
FRAMEWORKS = [loaded.content for loaded in LIBRARY.listing().entries]
EVERY = [Moment(*one) for one in product(CHANNELS, TIMES, FAULTS)]


@for_each(
    "channel, time, fault, taken, later",
    [
        ("chat", "short", "ours", "last", "learn"),
        ("phone", "short", "unclear", "last", "learn"),
        ("in-person", "short", "ours", "blast", "learn"),
        ("in-person", "short", "unclear", "latte", "heart"),
        ("phone", "some", "ours", "learn", None),
        ("email", "some", "unclear", "learn", None),
        ("phone", "some", "not-ours", "tschohl", None),
        ("phone", "ample", "ours", "aware", None),
        ("phone", "ample", "unclear", "seven-step", None),
    ],
)
def test_the_framework_that_was_made_for_the_moment_is_taken(
    channel: Channel, time: TimeAtHand, fault: Fault, taken: str, later: str | None
) -> None:
    advice = advise(FRAMEWORKS, Moment(channel, time, fault))
    assert advice is not None
    assert (advice.take.id, advice.later and advice.later.id, advice.unmet) == (taken, later, ())


@for_each("moment", EVERY, name="-".join)
def test_every_moment_has_an_answer_with_its_reasons(moment: Moment) -> None:
    advice = advise(FRAMEWORKS, moment)
    assert advice is not None
    known = {framework.id: framework for framework in FRAMEWORKS}
    taken = known[advice.take.id]
    assert not taken.branches
    assert not taken.stands_alone
    assert taken.suits.when in advice.reasons
    fits = {"channel": taken.suits.channels, "time": taken.suits.time, "fault": taken.suits.fault}
    missed = {one for one, wanted in zip(fits, moment, strict=True) if fits[one] and wanted not in fits[one]}
    assert set(advice.unmet) == missed
    assert any("does not fit" in reason for reason in advice.reasons) == bool(missed)
    assert advice.instead is None or advice.instead.id != advice.take.id


@for_each("moment", EVERY, name="-".join)
def test_what_a_quick_one_leaves_out_is_for_later_in_another(moment: Moment) -> None:
    advice = advise(FRAMEWORKS, moment)
    assert advice is not None
    known = {framework.id: framework for framework in FRAMEWORKS}
    served = {intent for step in known[advice.take.id].steps for intent in (step.intent, *step.also)}
    missing = {"notify", "follow-up"} - served
    assert (advice.later is not None) == bool(moment.time == "short" and missing)
    if advice.later is not None:
        steps = [step for step in known[advice.later.id].steps if step.name in advice.later.steps]
        assert missing & {intent for step in steps for intent in (step.intent, *step.also)}


def test_away_from_the_counter_no_framework_for_the_counter_is_named() -> None:
    """Not taken, not for later, not the runner-up; and no reason or first word speaks of a counter."""
    at_the_counter = {one.id for one in FRAMEWORKS if one.suits.channels == ("in-person",)}
    assert {"blast", "latte"} <= at_the_counter
    elsewhere = [moment for moment in EVERY if moment.channel != "in-person"]
    families = (None, *(one.id for one in FAMILIES.all()))
    for moment, family in product(elsewhere, families):
        advice = advise(FRAMEWORKS, moment)
        assert advice is not None
        picks = [pick for pick in (advice.take, advice.later, advice.instead) if pick is not None]
        assert not {pick.id for pick in picks} & at_the_counter, moment
        taken = next(one for one in FRAMEWORKS if one.id == advice.take.id)
        facts = Facts(moment.channel, None, None, family, moment.fault)
        words = [one.say for one in example_words(SHARED.offer(taken, facts))]
        told = [*advice.reasons, *words, *(pick.when for pick in picks)]
        assert not [one for one in told if re.search(r"\b(counter|queue|kitchen|plate)\b", one)], (moment, family)


def named(id_: str, **suits: tuple[str, ...]) -> Framework:
    learn = next(one for one in FRAMEWORKS if one.id == "learn")
    return msgspec.structs.replace(learn, id=id_, suits=msgspec.convert(suits, Suits))


def test_a_company_s_own_that_says_nothing_fits_everything_and_comes_after_those_made_for_it() -> None:
    own, made = named("ours"), named("made", channels=("chat",), time=("some",))
    moment = Moment("chat", "some", "ours")
    for given in ([own, made], [made, own]):
        advice = advise(given, moment)
        assert advice is not None
        assert advice.take.id == "made"
    alone = advise([own], moment)
    assert alone is not None
    assert (alone.take.id, alone.unmet) == ("ours", ())


def test_what_does_not_fit_is_said_the_fault_given_up_before_the_time_and_the_channel_last() -> None:
    wrong = named("wrong", channels=("chat",), time=("some",), fault=("ours",))
    for moment, unmet in (
        (Moment("chat", "some", "unclear"), ("fault",)),
        (Moment("chat", "ample", "ours"), ("time",)),
        (Moment("chat", "ample", "unclear"), ("time", "fault")),
        (Moment("phone", "ample", "unclear"), ("channel", "time", "fault")),
    ):
        advice = advise([wrong], moment)
        assert advice is not None
        assert advice.unmet == unmet
        assert any(" and the ".join(unmet) in reason for reason in advice.reasons)


def test_a_playbook_and_a_way_out_are_no_answer() -> None:
    others = [one for one in FRAMEWORKS if one.branches or one.stands_alone]
    assert len(others) >= 3
    assert advise(others, EVERY[0]) is None


def test_example_words_say_nothing_twice_and_prefer_what_needs_no_fact() -> None:
    same = phrase("I hear you.")
    offered = framework(
        "two",
        [
            {"id": "listen", "intent": "listen", "phrases": [phrase("About {order}."), same]},
            {"id": "believe", "intent": "believe", "phrases": [same, phrase("I believe you.")]},
            {"id": "solve", "intent": "solve", "phrases": [phrase("I send {order} again.")]},
            {"id": "thank", "intent": "thank", "phrases": [same]},
        ],
        placeholders=["order"],
    )
    assert [(one.step, one.say) for one in example_words(offered)] == [
        ("Listen", "I hear you."),
        ("Believe", "I believe you."),
        ("Solve", "I send [order] again."),
    ]
