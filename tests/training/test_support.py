"""Facts about support: it fades with results, day by day, and a criterion ends it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest

from recoverycli.session.transcript.roleplay import TranscriptHint, TranscriptRoleplay, TranscriptTurn
from recoverycli.store.drill_answers import DrillAnswer
from recoverycli.training.drills.support import LADDER, answer_support, framework_support, play_results
from recoverycli.training.drills.weakest import plan
from tests.review.calls import a_call
from tests.training.built_in import framework

NOW = datetime(2026, 11, 2, 20, 0, tzinfo=UTC)
HINTED_CHOICE, CHOICE, HINTED_WORDS, WORDS = (one.name for one in LADDER)
BEGINS = 4


def role_play(
    day: int, points: int, *, own: bool = False, picked: bool = False, ended: bool = True, **more: Any
) -> Any:
    """A role-play of LEARN on that day, with these points."""
    at = NOW + timedelta(days=day)
    turn = TranscriptTurn(
        at=at, node="a", heard="?", reply="r", text="!", because="", penalty=0, effect=0,
        mood="calm", ease=5, points=points, step="listen",
        given="own-words" if own and not picked else "picked",
    )  # fmt: skip
    fields: dict[str, Any] = {
        "digest": "0", "difficulty": "easy", "own_words": own, "ending": "end" if ended else None,
        "ending_kind": None, "last_words": "", "hints": (), "turns": (turn,), **more,
    }  # fmt: skip
    call = a_call(at=at, scenario="late-parcel")
    named = msgspec.structs.replace(call.framework, id="learn", name="LEARN")
    return msgspec.structs.replace(call, kind="practice", framework=named, roleplay=TranscriptRoleplay(**fields))


def support_after(*plays: Any) -> str:
    return framework_support(play_results(plays, BEGINS)).support.name


def reached(*plays: Any) -> date | None:
    return framework_support(play_results(plays, BEGINS)).reached_on


def test_strong_role_plays_lead_from_choosing_with_hints_to_own_words() -> None:
    plays = [
        role_play(0, 80, hints_shown=True), role_play(1, 90), role_play(2, 85, own=True, hints_shown=True),
        role_play(3, 85, own=True),
    ]  # fmt: skip
    named = [support_after(*plays[:count]) for count in range(len(plays) + 1)]
    assert named == [HINTED_CHOICE, CHOICE, HINTED_WORDS, WORDS, WORDS]


def test_a_result_between_leaves_the_support_and_a_poor_one_brings_it_back() -> None:
    up = [role_play(0, 80, hints_shown=True), role_play(1, 80)]
    assert support_after(*up, role_play(2, 79, own=True, hints_shown=True)) == HINTED_WORDS
    assert support_after(*up, role_play(2, 34, own=True, hints_shown=True)) == HINTED_WORDS
    assert support_after(*up, role_play(2, 33, own=True, hints_shown=True)) == CHOICE
    assert support_after(*up, role_play(2, 33, own=True)) == HINTED_WORDS, "harder than what it was ready for"
    assert support_after(role_play(0, 0, hints_shown=True)) == HINTED_CHOICE


def test_own_words_are_own_words_only_if_none_was_picked_and_no_hint_was_asked_for() -> None:
    hint = TranscriptHint(NOW, "a")
    assert support_after(role_play(0, 90, own=True)) == WORDS
    assert support_after(role_play(0, 90, own=True, picked=True)) == HINTED_WORDS
    assert support_after(role_play(0, 100, own=True, hints=(hint,))) == WORDS
    assert reached(role_play(0, 100, own=True, hints=(hint,)), role_play(9, 100, own=True)) is None
    assert support_after(role_play(0, 90, own=True, ended=False)) == HINTED_CHOICE


@pytest.mark.parametrize(
    ("plays", "on"),
    [
        ((), None),
        (((0, 80),), None),
        (((0, 80), (6, 80)), None),
        (((0, 80), (7, 80)), 7),
        (((0, 80), (7, 79), (9, 91)), 9),
        (((0, 79), (7, 80)), None),
        (((0, 80), (3, 10), (8, 80)), 8),
    ],
)
def test_twice_eighty_in_own_words_a_week_apart_ends_it(plays: tuple[tuple[int, int], ...], on: int | None) -> None:
    wanted = None if on is None else (NOW + timedelta(days=on)).date()
    assert reached(*(role_play(day, points, own=True) for day, points in plays)) == wanted
    assert reached(*(role_play(day, points) for day, points in plays)) is None, "chosen answers never do"


def test_when_it_is_reached_no_role_play_of_the_framework_is_offered() -> None:
    from recoverycli.training.drills.schedule import known_steps, reviews
    from tests.training.played import FILES, scenario

    plays = [role_play(0, 90, own=True), role_play(7, 90, own=True)]
    today = (NOW + timedelta(days=8)).date()
    cards = known_steps(reviews((), plays, BEGINS), today)
    scenarios = [scenario(path.stem) for path in FILES]
    for count, offered in ((1, True), (2, False)):
        support = {"learn": framework_support(play_results(plays[:count], BEGINS))}
        found = plan(cards, {"learn": framework("learn")}, scenarios, (), support, today)
        assert (found is not None) is offered


def quiz_support(*days: str) -> str:
    """The support after days of answers: `+` right, `-` wrong, `a` right when it was asked again."""
    answers = [
        DrillAnswer(
            NOW + timedelta(days=day, minutes=place), "learn", "listen", "goal", one != "-", "0", again=one == "a"
        )
        for day, row in enumerate(days)
        for place, one in enumerate(row)
    ]
    return answer_support(answers, BEGINS)["learn", "listen"].name


def test_support_in_the_quiz_changes_from_day_to_day_and_not_within_one() -> None:
    assert quiz_support("++++") == CHOICE
    assert quiz_support("++", "+", "++", "+", "+") == WORDS
    assert quiz_support("++", "+-") == CHOICE
    assert quiz_support("++", "--") == HINTED_CHOICE
    assert quiz_support("+", "-aaa") == HINTED_CHOICE, "what is asked again does not count"
