"""The live steps of the framework that no answer of a role-play took."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recoverycli.training.scenarios.model import first_wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.session.transcript.model import Call, TranscriptStep
    from recoverycli.training.roleplay.course import PlayedRoleplay


class StepLeftOut(msgspec.Struct, frozen=True):
    """A step that no answer took: where it could have been, and the line of the scenario that takes it.

    `heard` and `instead` are empty if no good answer of the scenario is for it. `answer` is the number of the answer
    that was given there, None if the conversation did not come there.
    """

    step: str
    name: str
    heard: str = ""
    instead: str = ""
    answer: int | None = None
    said: str = ""


def steps_left_out(call: Call, course: PlayedRoleplay) -> tuple[StepLeftOut, ...]:
    """Return the steps that no assessed answer took, in the order of the framework."""
    taken = {step for one in course.rated if one.turn.assessed for step in one.takes}
    return tuple(
        next(_places(step, course), StepLeftOut(step.id, step.name))
        for step in call.steps
        if step.phase == "live" and step.id not in taken
    )


def _places(step: TranscriptStep, course: PlayedRoleplay) -> Iterator[StepLeftOut]:
    """Where it could have been taken: where the poorest answers were given, then elsewhere in the scenario."""
    intents = {step.intent, *step.also}
    for one in sorted(course.rated, key=lambda one: one.turn.points):
        for reply in sorted(one.before.choices, key=lambda reply: -reply.effect):
            if reply.effect > 0 and intents & set(reply.intents):
                yield StepLeftOut(step.id, step.name, one.turn.heard, reply.say, one.number, one.assessed_text)
    if not course.answers:
        return
    visited = {one.turn.node for one in course.answers}
    for node in course.answers[0].before.scenario.nodes:
        for reply in sorted(node.replies, key=lambda reply: -reply.effect):
            if node.id not in visited and reply.effect > 0 and intents & set(reply.intents):
                yield StepLeftOut(step.id, step.name, first_wording(node.says), reply.say)
