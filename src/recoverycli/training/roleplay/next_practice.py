"""The one thing to practise next: a step that was left out, else the weakest, with the line to try instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recoverycli.training.roleplay.hints import best

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.session.transcript.model import Call
    from recoverycli.session.transcript.roleplay import TranscriptRoleplay
    from recoverycli.training.roleplay.course import PlayedAnswer, PlayedRoleplay
    from recoverycli.training.roleplay.steps_taken import StepLeftOut

_STRONG = 100


class NextPractice(msgspec.Struct, frozen=True):
    """What to practise next, and the command for it.

    `step` is its id and `name` its name, both empty if there is nothing to improve. `heard` is what the customer says,
    `said` what was answered (the answer of that number; empty if it was not assessed), `instead` the line to try.
    """

    command: str
    step: str = ""
    name: str = ""
    heard: str = ""
    answer: int | None = None
    said: str = ""
    instead: str = ""


def next_practice(call: Call, course: PlayedRoleplay, left_out: Sequence[StepLeftOut]) -> NextPractice:
    """Return what to practise next."""
    played = call.roleplay
    again = f"recovery practice {call.scenario}"
    if played is None or course.ending is None:
        return NextPractice(again)
    missing = next((one for one in left_out if one.instead), None)
    if missing is not None:
        command = f"recovery quiz {call.framework.id} --step {missing.step}"
        return NextPractice(
            command, missing.step, missing.name, missing.heard, missing.answer, missing.said, missing.instead
        )
    weakest = _weakest(course)
    strongest = best(weakest.before) if weakest is not None else None
    if weakest is None or strongest is None:
        return NextPractice(_harder(played, again))
    turn = weakest.turn
    name = next((step.name for step in call.steps if step.id == turn.step), "")
    command = f"recovery quiz {call.framework.id} --step {turn.step}" if turn.step else again
    return NextPractice(
        command, turn.step or "", name, turn.heard, weakest.number, weakest.assessed_text, strongest.say
    )


def _weakest(course: PlayedRoleplay) -> PlayedAnswer | None:
    """The weakest answer of the weakest step; None if every answer was the strongest."""
    by_step: dict[str | None, list[PlayedAnswer]] = {}
    for one in course.rated:
        by_step.setdefault(one.turn.step, []).append(one)
    step = min(by_step.values(), key=lambda answers: sum(_points(answers)) / len(answers), default=[])
    weak = [one for one in step if one.turn.points < _STRONG]
    return min(weak, key=lambda one: one.turn.points, default=None)


def _points(answers: Sequence[PlayedAnswer]) -> list[int]:
    return [one.turn.points for one in answers]


def _harder(played: TranscriptRoleplay, again: str) -> str:
    harder = {"easy": "medium", "medium": "hard"}.get(played.difficulty)
    return f"{again} --difficulty {harder}" if harder else f"{again} --own-words"
