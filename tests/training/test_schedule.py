"""Facts about the schedule: it is what the fsrs library says, a fold over facts, with a clock that is told."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

import msgspec
import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.session.transcript.roleplay import TranscriptHint, TranscriptRoleplay, TranscriptTurn
from recoverycli.store.drill_answers import DrillAnswer
from recoverycli.training.drills.schedule import (
    AGAIN,
    EASY,
    GOOD,
    HARD,
    Attempt,
    StepMemory,
    format_reason,
    known_steps,
    rating,
    reviews,
)
from recoverycli.training.drills.weakest import plan, played_lately, trains_best
from tests.cases import for_each
from tests.review.calls import a_call
from tests.training.built_in import framework
from tests.training.played import FILES, scenario

if TYPE_CHECKING:
    from recoverycli.session.transcript.model import Call
    from recoverycli.training.scenarios.model import Scenario

BERLIN = timezone(timedelta(hours=1))
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=BERLIN)
LEARN = {"learn": framework("learn")}
BEGINS = 4
TODAY = NOW.date()


def scenarios() -> list[Scenario]:
    return [scenario(path.stem) for path in FILES]


def answer(step: str | None, *, right: bool, at: datetime = NOW) -> DrillAnswer:
    return DrillAnswer(at, "learn", step, "step", right, "0")


def known(*answers: DrillAnswer, today: date = TODAY) -> tuple[StepMemory, ...]:
    return known_steps(reviews(answers, (), BEGINS), today)


def steps_of(*answers: DrillAnswer) -> list[str | None]:
    """The steps in the order to look at them today."""
    return [card.step for card in known(*answers)]


def one(*answers: DrillAnswer, today: date = TODAY) -> StepMemory:
    (card,) = known(*answers, today=today)
    return card


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 10**7)), min_size=1, max_size=12))
def test_dates_are_those_of_the_library_for_whole_days(tries: list[tuple[bool, int]]) -> None:
    scheduler = Scheduler(enable_fuzzing=False, learning_steps=(), relearning_steps=())
    card, moment, day, answers = Card(), NOW, TODAY, []
    for right, seconds in tries:
        moment += timedelta(seconds=seconds)
        day = (moment - timedelta(hours=BEGINS)).date()
        answers.append(answer("listen", right=right, at=moment))
        midnight = datetime.combine(day, time(), UTC)
        card, _ = scheduler.review_card(card, Rating.Good if right else Rating.Again, midnight)
    found = one(*answers, today=day)
    assert (found.due, found.stability) == (card.due.date(), card.stability)
    assert found.due > day, "never again on the same day"
    assert found.tries == len(tries)
    assert found.missed == sum(not right for right, _ in tries)
    assert found.recall == scheduler.get_card_retrievability(card, datetime.combine(day, time(), UTC))


@given(
    st.permutations([(step, right, day) for day, (step, right) in enumerate([("a", True), ("a", False), ("b", True)])])
)
def test_the_order_of_the_file_does_not_matter_only_that_of_time(facts: list[tuple[str, bool, int]]) -> None:
    shuffled = [answer(step, right=right, at=NOW + timedelta(days=day)) for step, right, day in facts]
    later = TODAY + timedelta(days=9)
    assert known(*shuffled, today=later) == known(*sorted(shuffled, key=lambda one: one.at), today=later)


def test_what_is_due_comes_first_and_of_that_what_was_missed() -> None:
    begun = [answer("listen", right=True, at=NOW - timedelta(days=30)), answer("notify", right=True)]
    missed = [*begun, answer("apologize", right=False)]
    assert steps_of(*begun) == ["listen", "notify"]
    assert steps_of(*missed) == ["listen", "apologize", "notify"], "nothing comes again on the same day"
    tomorrow = TODAY + timedelta(days=1)
    assert [card.step for card in known(*missed, today=tomorrow)] == ["apologize", "listen", "notify"]
    again = answer("apologize", right=True, at=NOW + timedelta(days=1))
    assert known(*missed, again, today=tomorrow)[0].step == "listen"


def test_every_right_answer_in_its_time_puts_the_next_further_off() -> None:
    answers, days = [answer("listen", right=True)], []
    for _ in range(4):
        due = one(*answers).due
        days.append((due - answers[-1].at.date()).days)
        answers.append(answer("listen", right=True, at=datetime.combine(due, time(20), BERLIN)))
    assert days == sorted(set(days))
    assert days[0] >= 1


def test_what_is_missed_is_due_the_next_day_all_day_long() -> None:
    late = one(answer("listen", right=False, at=NOW.replace(hour=23, minute=59)))
    assert late.due == TODAY + timedelta(days=1)
    assert not late.is_due(TODAY)
    assert late.is_due(TODAY + timedelta(days=1))


def test_an_evening_that_goes_on_after_midnight_is_one_day() -> None:
    evening = answer("listen", right=True, at=NOW.replace(hour=22))
    for hour, same in ((2, True), (3, True), (4, False)):
        night = answer("listen", right=True, at=(NOW + timedelta(days=1)).replace(hour=hour))
        days = {attempt.day for attempt in reviews((evening, night), (), BEGINS)}
        assert (len(days) == 1) is same, hour
    midnight = answer("listen", right=True, at=(NOW + timedelta(days=1)).replace(hour=0))
    assert len({attempt.day for attempt in reviews((evening, midnight), (), 0)}) == 2


def test_what_was_asked_again_in_one_sitting_is_no_try_and_a_hint_makes_a_right_answer_a_hard_one() -> None:
    first = answer("listen", right=False)
    again = msgspec.structs.replace(answer("listen", right=True), again=True)
    assert known(first, again) == known(first)
    hinted = msgspec.structs.replace(answer("listen", right=True), hinted=True)
    assert [attempt.rating for attempt in reviews((hinted,), (), BEGINS)] == [HARD]
    assert [attempt.rating for attempt in reviews((answer("listen", right=True),), (), BEGINS)] == [GOOD]


def test_a_step_is_forgotten_with_the_days() -> None:
    soon, late = (one(answer("listen", right=True), today=TODAY + timedelta(days=days)).recall for days in (1, 60))
    assert 1 >= soon > late > 0


@for_each(
    "points, own_words, hinted, rated",
    [
        (0, False, False, AGAIN), (33, True, False, AGAIN), (34, False, False, HARD), (66, False, False, HARD),
        (67, False, False, GOOD), (100, False, False, GOOD), (100, True, False, EASY), (99, True, False, GOOD),
        (100, True, True, HARD), (10, True, True, AGAIN),
    ],
)  # fmt: skip
def test_points_of_a_role_play_become_ratings(points: int, own_words: bool, hinted: bool, rated: int) -> None:
    assert rating(points, own_words=own_words, hinted=hinted) == rated


def test_a_role_play_is_one_try_of_each_step_that_was_answered_in_it() -> None:
    turns = (turn("a", "listen", 100), turn("b", "listen", 0, 1), turn("c", "apologize", 100, 2), turn("d", None, 0, 3))
    tries = reviews((), [played(turns, hints=("c",))], BEGINS)
    assert tries == (
        Attempt(NOW + timedelta(minutes=1), TODAY, "little", "listen", HARD),
        Attempt(NOW + timedelta(minutes=2), TODAY, "little", "apologize", HARD),
    )
    shown = [played((turn("a", "listen", 100),), shown=shown) for shown in (False, True)]
    assert [[one.rating for one in reviews((), [call], BEGINS)] for call in shown] == [[GOOD], [HARD]]


def turn(node: str, step: str | None, points: int, minute: int = 0) -> TranscriptTurn:
    at = NOW + timedelta(minutes=minute)
    return TranscriptTurn(
        at=at, node=node, heard="?", reply="r", text="!", because="", penalty=0, effect=0, mood="calm",
        ease=5, points=points, step=step,
    )  # fmt: skip


def played(turns: tuple[TranscriptTurn, ...], hints: tuple[str, ...] = (), *, shown: bool = False) -> Call:
    roleplay = TranscriptRoleplay(
        digest="0", difficulty="easy", own_words=False, ending=None, ending_kind=None, last_words="",
        hints=tuple(TranscriptHint(NOW, node) for node in hints), turns=turns, hints_shown=shown,
    )  # fmt: skip
    return msgspec.structs.replace(a_call(), kind="practice", roleplay=roleplay)


@pytest.mark.parametrize(
    ("answers", "days", "told"),
    [
        ((False,), 0, "missed the one time; due tomorrow"),
        ((False,), 1, "missed the one time; due today"),
        ((True,), 0, "tried once, not missed; due on Wednesday"),
        ((True,), 4, "tried once, not missed; due since Wednesday"),
        ((False, False, True), 9, "two of three tries missed; due since 2026-11-24"),
        ((True, False), 0, "one of two tries missed, the last one too; due tomorrow"),
        ((True, True), 0, "never missed in two tries; due on Wednesday"),
    ],
)
def test_why_a_step_comes_next_is_explained_in_words(answers: tuple[bool, ...], days: int, told: str) -> None:
    made = [answer("listen", right=right, at=NOW + timedelta(seconds=place)) for place, right in enumerate(answers)]
    today = TODAY + timedelta(days=days)
    assert format_reason(one(*made, today=today), today) == told


def test_the_plan_names_the_step_and_a_role_play_that_trains_it() -> None:
    cards = known(answer("apologize", right=False))
    found = plan(cards, LEARN, scenarios(), (), {}, TODAY)
    assert found is not None
    assert found.sentence == "Apologize of LEARN: missed the one time; due tomorrow"
    assert (found.support, found.own_words, found.hints) == ("choose with hints", False, True)
    trained = {one.id: one.trains for one in scenarios()}
    assert found.scenario is not None
    assert "apologize" in trained[found.scenario]
    others = plan(cards, LEARN, scenarios(), (found.scenario,), {}, TODAY)
    assert others is not None
    assert others.scenario not in {None, found.scenario}
    assert plan((), LEARN, scenarios(), (), {}, TODAY) is None
    assert plan(cards, {}, scenarios(), (), {}, TODAY) is None


def test_the_only_role_play_for_a_step_comes_again_and_a_step_without_one_is_named_last() -> None:
    step = LEARN["learn"].steps[2]
    first, second = [one for one in scenarios() if "apologize" in one.trains][:2]
    assert trains_best(step, LEARN["learn"], [first], [first.id]) == first
    assert trains_best(step, LEARN["learn"], [first, second], [first.id, second.id]) == second, "longest ago"
    cards = known(answer("apologize", right=False), answer("resolve", right=True))
    without = [one for one in scenarios() if "apologize" not in one.trains]
    passed = plan(cards, LEARN, without, (), {}, TODAY)
    assert passed is not None
    assert passed.step == "resolve"
    nowhere = plan(cards, LEARN, (), (), {}, TODAY)
    assert nowhere is not None
    assert (nowhere.step, nowhere.scenario) == ("apologize", None)


def test_the_order_of_the_steps_is_for_a_quiz_and_no_call() -> None:
    cards = known(answer(None, right=False), answer("listen", right=True))
    assert [card.step for card in cards] == [None, "listen"]
    found = plan(cards, LEARN, scenarios(), (), {}, TODAY)
    assert found is not None
    assert found.step == "listen"


def test_a_scenario_of_the_last_three_evenings_counts_as_played_lately() -> None:
    evenings = {"today": 0, "also-today": 0, "yesterday": 1, "last-week": 7, "longer-ago": 8}
    calls = [
        a_call(at=NOW - timedelta(days=days, minutes=place), scenario=name)
        for place, (name, days) in enumerate(evenings.items())
    ]
    assert played_lately(calls, TODAY, BEGINS) == ("today", "also-today", "yesterday", "last-week")
    assert played_lately(calls[2:], TODAY, BEGINS) == ("yesterday", "last-week")
