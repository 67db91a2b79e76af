"""Practice: an answer is recorded on its step, changes the customer's mood, and is in the transcript."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from recoverycli.session import events as ev
from recoverycli.session.state import apply, fold
from recoverycli.session.transcript.account import account
from recoverycli.session.transcript.roleplay import TranscriptHint
from tests.content import LITTLE, started

if TYPE_CHECKING:
    from recoverycli.session.model import Session

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SCENE = ev.Scene("late-parcel", "sha256:1", "hard", own_words=True)


def turn(second: int, **more: Any) -> ev.Exchanged:
    plain: dict[str, Any] = {
        "node": f"n{second}", "heard": "Where is it?", "reply": "r1", "text": "I am sorry.", "because": "It does.",
        "effect": 1, "mood": "upset", "ease": 4, "points": 60,
    }  # fmt: skip
    return ev.Exchanged(at=AT + timedelta(seconds=second), **{**plain, **more})


def played(*events: ev.Event) -> Session:
    session = fold((started(LITTLE, AT, kind="practice", mood="angry", scene=SCENE), *events))
    assert session is not None
    return session


def test_an_answer_is_recorded_on_the_step_on_the_screen_with_its_phrase() -> None:
    session = played(turn(5))
    (said,) = session.latest.said
    assert (session.place.step, said.text, said.phrase, said.source) == ("listen", "I am sorry.", "r1", "built-in")
    assert session.exchanges == (turn(5),)


def test_own_words_are_not_a_phrase() -> None:
    (said,) = played(turn(5, given="own-words")).latest.said
    assert (said.phrase, said.source) == (None, None)


def test_an_answer_of_another_step_goes_there_and_completes_answered_steps() -> None:
    session = played(turn(5), turn(9, step="solve"))
    assert session.place.step == "solve"
    statuses = {record.step.id: record.status for record in session.steps}
    assert (statuses["listen"], statuses["solve"]) == ("done", "open")
    assert [len(record.said) for record in session.steps] == [1, 0, 1]


def test_a_step_that_was_left_without_an_answer_is_not_done() -> None:
    session = played(turn(5, step="solve"))
    assert next(record.status for record in session.steps if record.step.id == "listen") != "done"


def test_an_answer_of_a_step_that_does_not_exist_stays_where_it_was_given() -> None:
    session = played(turn(5, step="gone"))
    assert (session.place.step, len(session.latest.said)) == ("listen", 1)


def test_the_mood_changes_with_the_answer_and_is_recorded_once() -> None:
    session = played(turn(5, mood="angry"), turn(6, mood="upset"), turn(7, mood="upset"), turn(8, mood="calm"))
    assert session.mood == "calm"
    assert [(one.mood, (one.at - AT).seconds) for one in session.moods][-2:] == [("upset", 6), ("calm", 8)]


def test_the_last_answer_completes_its_step_and_sets_the_outcome() -> None:
    session = played(turn(5, ending="won", ending_kind="good", last_words="Thank you.", outcome="resolved"))
    assert session.outcome == "resolved"
    assert next(record.status for record in session.steps if record.step.id == "listen") == "done"
    assert played(turn(5)).outcome is None


def test_the_transcript_has_every_turn_and_the_ending() -> None:
    first = turn(5, given="own-words", acts={"apologizes": "I am sorry"}, penalty=2, step="listen", reveals="the gift")
    last = turn(9, ending="won", ending_kind="good", last_words="Thank you.")
    session = played(first, ev.Hinted(at=AT + timedelta(seconds=7), node="n7"), last)
    told = account(session, AT + timedelta(seconds=10)).roleplay
    assert told is not None
    assert (told.digest, told.difficulty, told.own_words) == ("sha256:1", "hard", True)
    assert (told.ending, told.ending_kind, told.last_words) == ("won", "good", "Thank you.")
    assert told.hints == (TranscriptHint(AT + timedelta(seconds=7), "n7"),)
    for heard, kept in zip((first, last), told.turns, strict=True):
        fields = msgspec.structs.asdict(kept)
        assert fields == {name: getattr(heard, name) for name in fields}


def test_an_unfinished_role_play_has_no_ending() -> None:
    told = account(played(), AT).roleplay
    assert told is not None
    assert (told.ending, told.ending_kind, told.last_words, told.turns, told.hints) == (None, None, "", (), ())
    assert apply(played(), turn(5)).exchanges == (turn(5),)


def test_a_transcript_says_whether_hints_stood_beside_the_answers() -> None:
    for hints in (False, True):
        scene = msgspec.structs.replace(SCENE, hints=hints)
        session = fold((started(LITTLE, AT, kind="practice", mood="angry", scene=scene), turn(5)))
        assert session is not None
        play = account(session, AT + timedelta(minutes=1)).roleplay
        assert play is not None
        assert play.hints_shown is hints
