"""The debrief says what was said: each judgement in its step, what decided it, what was left out, every point."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from recoverycli.pages.page import Section
from recoverycli.terminal.views.training.debrief import debrief_page
from recoverycli.training.roleplay.course import stored_answer
from recoverycli.training.roleplay.debrief import Debrief, debrief
from recoverycli.training.scenarios.model import DIFFICULTIES
from recoverycli.training.scenarios.play import answer, replay
from tests.training.played import FILES
from tests.training.role_plays import practised

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from recoverycli.session.transcript.model import Call
    from recoverycli.session.transcript.roleplay import TranscriptRoleplay
    from recoverycli.training.scenarios.model import Scenario
    from recoverycli.training.scenarios.play import Roleplay

ROUNDS = 2
SAID = (
    "/said blue",
    "/said I'm so sorry that this happened to you.",
    "/said That must be very worrying. What happened, from the beginning?",
    "/said Calm down.",
    "/said We can't help you with that.",
    "/said I'll send a new one tonight, and I'll call you tomorrow at nine.",
    "/said Thank you for telling me. Would you prefer a refund or a new one?",
    "h",
    "u",
)


def speaker(chance: random.Random) -> Callable[[Roleplay], str]:
    skill = chance.choice((0.1, 0.5, 0.9))
    own = chance.choice((0.0, 0.3, 0.9))

    def say(play: Roleplay) -> str:
        if chance.random() < 0.02:
            return "/end"
        if chance.random() < own:
            return chance.choice(SAID)
        best = max(range(len(play.choices)), key=lambda place: play.choices[place].effect)
        return str(1 + (best if chance.random() < skill else chance.randrange(len(play.choices))))

    return say


def played(call: Call) -> TranscriptRoleplay:
    assert call.roleplay is not None
    return call.roleplay


def told_of(call: Call, drawn: Scenario) -> Debrief:
    told = debrief(call, drawn)
    assert told is not None
    return told


def check_points(told: Debrief, play: TranscriptRoleplay) -> None:
    assert sum(point.points for point in told.points) == (told.score or 0)
    assert sum(point.rule.startswith("a hint") for point in told.points) == (len(play.hints) if play.rated else 0)
    for point in told.points:
        if point.answer is not None:
            turn = play.turns[point.answer - 1]
            assert (point.text, point.step, point.intents) == (turn.text, turn.step, turn.intents)
            assert turn.assessed or point.points <= 0
        if not point.rule.startswith("a hint"):
            assert point.points >= 0
            assert point.evidence or point.rule.startswith("not assessed")


def check_steps(told: Debrief, call: Call, play: TranscriptRoleplay) -> None:
    live = {step.id: {step.intent, *step.also} for step in call.steps if step.phase == "live"}
    carried = set().union(*live.values())
    taken = set[str]()
    for turn in play.turns:
        assert turn.takes is not None
        if turn.assessed:
            taken |= set(turn.takes)
        assert bool(turn.takes) == bool(turn.intents) or turn.step is None
        first = next((intent for intent in turn.intents if intent in carried), None)
        assert first is None or first in live[turn.step or ""], (turn.text, turn.step)
        for step in turn.takes:
            assert live[step] & set(turn.intents) or not carried & set(turn.intents), (turn.text, step)
    assert [one.step for one in told.left_out] == [step for step in live if step not in taken]
    for stood in told.steps:
        quoted = [turn for turn in play.rated if turn.step == stood.step]
        assert stood.answers == len(quoted)
        assert stood.points == round(sum(turn.points for turn in quoted) / len(quoted))
        assert stood.taken == (stood.step is None or stood.step in taken)
        for line in stood.evidence:
            assert any(turn.text in line or line in turn.because for turn in quoted if turn.assessed), line


def check_turning(told: Debrief, call: Call, drawn: Scenario, chance: random.Random) -> None:
    play, turned, well = played(call), told.turning_point, told.went_well
    if well is not None:
        turn = play.turns[well.answer - 1]
        assert (turn.text, turn.assessed, turn.effect > 0) == (well.said, True, True)
        assert turned is None or turned.said != well.said
    if turned is None:
        return
    turn = play.turns[turned.answer - 1]
    assert (turn.text, turn.assessed) == (turned.said, True)
    assert told.ending_kind != ("recovered" if turned.direction == "worse" else "lost")
    behaves = next(one for one in DIFFICULTIES if one == play.difficulty)
    decided = replay(drawn, behaves, map(stored_answer, play.turns[: turned.answer]))
    for _ in range(20):
        after = decided
        while after.node is not None:
            after = answer(after, chance.choice(after.choices))
        kind = drawn.ending(after.ending or "").kind
        if turned.direction == "better":
            assert kind == told.ending_kind
        else:
            assert kind == told.ending_kind or kind != "recovered"


def test_whatever_is_said_the_debrief_is_true(tmp_path: Path) -> None:
    chance = random.Random(26)
    turns = {"better": 0, "worse": 0}
    for path in FILES:
        for number in range(ROUNDS):
            difficulty = chance.choice(DIFFICULTIES)
            folder = tmp_path / path.stem / str(number)
            call, drawn = practised(folder, speaker(chance), path.stem, chance.randrange(9), difficulty)
            told, play = told_of(call, drawn), played(call)
            check_points(told, play)
            check_steps(told, call, play)
            check_turning(told, call, drawn, chance)
            assert told.score is not None or not play.rated
            if told.turning_point is not None:
                turns[told.turning_point.direction] += 1
    assert min(turns.values()) > 1, turns


def test_words_that_nobody_understands_are_not_assessed_and_decide_nothing(tmp_path: Path) -> None:
    call, drawn = practised(tmp_path, lambda _: "/said blue")
    told = told_of(call, drawn)
    assert (told.ending_kind, told.turning_point, told.went_well, told.score) == ("lost", None, None, 0)
    assert [one.said for one in told.not_assessed] == ["blue"] * 6
    assert [one.went_on for one in told.not_assessed] == [False, True] * 3
    assert not any(step.evidence or step.taken for step in told.steps)
    assert (told.next.said, told.next.step) == ("", "listen")


def picker(*replies: str) -> Callable[[Roleplay], str]:
    wanted = iter(replies)

    def say(play: Roleplay) -> str:
        reply = next(wanted)
        return str(1 + [one.id for one in play.choices].index(reply))

    return say


def test_a_friendly_end_without_an_agreement_is_not_called_one(tmp_path: Path) -> None:
    titles = {}
    for last in ("wait-and-see", "hold-one"):
        call, drawn = practised(tmp_path / last, picker("hear-him-out", "take-it-on", last))
        told = told_of(call, drawn)
        assert told.ending_kind == "patched-up"
        (headline, *_) = debrief_page(told)
        assert isinstance(headline, Section)
        titles[told.agreed] = headline.title
    assert titles == {
        False: "Nothing is agreed, but the customer is not angry",
        True: "Something is agreed, but the trust is not back",
    }


def test_an_answer_that_is_quoted_as_a_whole_is_shown_once(tmp_path: Path) -> None:
    call, drawn = practised(tmp_path, lambda _: "/said I'm so sorry that this happened to you.")
    for step in told_of(call, drawn).steps:
        quoted = [line for line in step.evidence if line.startswith("\"I'm so sorry that this happened to you")]
        assert len(quoted) == step.answers


def test_the_turning_point_is_where_the_good_ending_went_out_of_reach(tmp_path: Path) -> None:
    say = picker("sorry-and-check", "it-says-delivered", "two-ways")
    call, drawn = practised(tmp_path, say)
    told, turned = told_of(call, drawn), told_of(call, drawn).turning_point
    assert (told.ending, told.next.step) == ("it-will-do", "listen")
    assert turned is not None
    assert (turned.answer, turned.direction) == (2, "worse")
    assert turned.says == "From here the call could no longer end well."
    assert told.went_well is not None
    assert told.went_well.answer == 3
    assert [one.step for one in told.left_out] == ["listen"]
