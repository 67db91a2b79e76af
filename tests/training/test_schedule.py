"""Facts about the schedule: it is what the fsrs library says, a fold over facts, with a clock that is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

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
from recoverycli.training.drills.weakest import plan, trains_best
from tests.review.calls import a_call
from tests.training.built_in import framework
from tests.training.played import FILES, scenario

if TYPE_CHECKING:
    from recoverycli.session.transcript.model import Call

BERLIN = timezone(timedelta(hours=1))
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=BERLIN)
SCENARIOS = [scenario(path.stem) for path in FILES]
LEARN = {"learn": framework("learn")}


def answer(step: str | None, *, right: bool, at: datetime = NOW) -> DrillAnswer:
    return DrillAnswer(at, "learn", step, "step", right, "0")


def steps_of(*answers: DrillAnswer, now: datetime = NOW) -> list[str | None]:
    return [card.step for card in known_steps(reviews(answers, ()), now)]


def one(*answers: DrillAnswer, now: datetime = NOW) -> StepMemory:
    (card,) = known_steps(reviews(answers, ()), now)
    return card


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 10**7)), min_size=1, max_size=12))
def test_dates_are_those_of_the_library(tries: list[tuple[bool, int]]) -> None:
    card, scheduler = Card(due=NOW.astimezone(UTC)), Scheduler(enable_fuzzing=False)
    moment, answers = NOW, []
    for right, seconds in tries:
        moment += timedelta(seconds=seconds)
        answers.append(answer("listen", right=right, at=moment))
        card, _ = scheduler.review_card(card, Rating.Good if right else Rating.Again, moment.astimezone(UTC))
    found = one(*answers, now=moment)
    assert (found.due, found.stability) == (card.due, card.stability)
    assert found.tries == len(tries)
    assert found.missed == sum(not right for right, _ in tries)
    if found.recall is not None:
        assert found.recall == scheduler.get_card_retrievability(card, moment.astimezone(UTC))


@given(
    st.permutations([(step, right, day) for day, (step, right) in enumerate([("a", True), ("a", False), ("b", True)])])
)
def test_the_order_of_the_file_does_not_matter_only_that_of_time(facts: list[tuple[str, bool, int]]) -> None:
    shuffled = [answer(step, right=right, at=NOW + timedelta(days=day)) for step, right, day in facts]
    later = NOW + timedelta(days=9)
    assert known_steps(reviews(shuffled, ()), later) == known_steps(
        reviews(sorted(shuffled, key=lambda one: one.at), ()), later
    )


def test_a_step_that_was_missed_comes_first_and_after_right_answers_later() -> None:
    begun = [answer("listen", right=True, at=NOW - timedelta(days=30)), answer("notify", right=True, at=NOW)]
    assert steps_of(*begun)[0] == "listen"
    missed = [*begun, answer("apologize", right=False)]
    assert steps_of(*missed)[0] == "apologize"
    again = [answer("apologize", right=True, at=NOW + timedelta(minutes=number)) for number in (2, 15)]
    cards = known_steps(reviews([*missed, *again], ()), NOW + timedelta(minutes=20))
    assert [card.step for card in cards] == ["listen", "notify", "apologize"]
    assert cards[-1].due > NOW + timedelta(days=1)


def test_every_right_answer_in_its_time_puts_the_next_further_off() -> None:
    answers = [answer("listen", right=True), answer("listen", right=True, at=NOW + timedelta(minutes=11))]
    days = []
    for _ in range(4):
        due = one(*answers).due
        days.append((due - answers[-1].at).days)
        answers.append(answer("listen", right=True, at=due))
    assert days == sorted(set(days))
    assert days[0] >= 1


def test_what_was_missed_last_is_due_at_once_whatever_its_date_says() -> None:
    card = one(answer("listen", right=False))
    assert card.due > NOW
    assert card.is_due(NOW)
    assert not one(answer("listen", right=True)).is_due(NOW)


def test_a_step_that_is_being_learned_has_no_likelihood_yet_and_one_that_is_known_forgets() -> None:
    twice = [answer("listen", right=True), answer("listen", right=True, at=NOW + timedelta(minutes=11))]
    assert one(twice[0]).recall is None
    soon, late = (one(*twice, now=NOW + timedelta(days=days)).recall for days in (1, 60))
    assert soon is not None
    assert late is not None
    assert 1 >= soon > late > 0


@pytest.mark.parametrize(
    ("points", "own_words", "hinted", "rated"),
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
    tries = reviews((), [played(turns, hints=("c",))])
    assert tries == (
        Attempt(NOW + timedelta(minutes=1), "little", "listen", HARD),
        Attempt(NOW + timedelta(minutes=2), "little", "apologize", HARD),
    )


def turn(node: str, step: str | None, points: int, minute: int = 0) -> TranscriptTurn:
    at = NOW + timedelta(minutes=minute)
    return TranscriptTurn(
        at=at, node=node, heard="?", reply="r", text="!", because="", own=False, penalty=0, effect=0, mood="calm",
        ease=5, points=points, step=step,
    )  # fmt: skip


def played(turns: tuple[TranscriptTurn, ...], hints: tuple[str, ...] = ()) -> Call:
    import msgspec

    roleplay = TranscriptRoleplay(
        digest="0", difficulty="easy", own_words=False, ending=None, ending_kind=None, last_words="",
        hints=tuple(TranscriptHint(NOW, node) for node in hints), turns=turns,
    )  # fmt: skip
    return msgspec.structs.replace(a_call(), kind="practice", roleplay=roleplay)


@pytest.mark.parametrize(
    ("answers", "days", "told"),
    [
        ((False,), 0, "missed the one time; missed last time"),
        ((True,), 0, "tried once, not missed; due today at 09:10"),
        ((True,), 1, "tried once, not missed; due since Monday"),
        ((False, False, True), 9, "two of three tries missed; due since 2026-11-23"),
        ((True, True), 0, "never missed in two tries; due on Wednesday"),
    ],
)
def test_why_a_step_comes_next_is_explained_in_words(answers: tuple[bool, ...], days: int, told: str) -> None:
    made = [answer("listen", right=right, at=NOW + timedelta(seconds=place)) for place, right in enumerate(answers)]
    moment = NOW + timedelta(days=days)
    assert format_reason(one(*made, now=moment), moment) == told


def test_the_plan_names_the_step_and_a_role_play_that_trains_it() -> None:
    cards = known_steps(reviews([answer("apologize", right=False)], ()), NOW)
    found = plan(cards, LEARN, SCENARIOS, (), NOW)
    assert found is not None
    assert found.sentence == "Apologize of LEARN: missed the one time; missed last time"
    trained = {one.id: one.trains for one in SCENARIOS}
    assert found.scenario is not None
    assert "apologize" in trained[found.scenario]
    others = plan(cards, LEARN, SCENARIOS, (found.scenario,), NOW)
    assert others is not None
    assert others.scenario not in {None, found.scenario}
    assert plan((), LEARN, SCENARIOS, (), NOW) is None
    assert plan(cards, {}, SCENARIOS, (), NOW) is None


def test_the_only_role_play_for_a_step_comes_again_and_a_step_without_one_is_named_last() -> None:
    step = LEARN["learn"].steps[2]
    only = [one for one in SCENARIOS if "apologize" in one.trains][:1]
    assert trains_best(step, LEARN["learn"], only, [only[0].id]) == only[0]
    cards = known_steps(reviews([answer("apologize", right=False), answer("resolve", right=True)], ()), NOW)
    without = [one for one in SCENARIOS if "apologize" not in one.trains]
    passed = plan(cards, LEARN, without, (), NOW)
    assert passed is not None
    assert passed.step == "resolve"
    nowhere = plan(cards, LEARN, (), (), NOW)
    assert nowhere is not None
    assert (nowhere.step, nowhere.scenario) == ("apologize", None)


def test_the_order_of_the_steps_is_for_a_quiz_and_no_call() -> None:
    cards = known_steps(reviews([answer(None, right=False), answer("listen", right=True)], ()), NOW)
    assert [card.step for card in cards] == [None, "listen"]
    found = plan(cards, LEARN, SCENARIOS, (), NOW)
    assert found is not None
    assert found.step == "listen"
