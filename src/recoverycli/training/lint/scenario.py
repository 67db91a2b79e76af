"""Lint the words of a scenario: its good replies are held to the rules of phrases; the others are poor on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.content.checker import Check, type_of
from recoverycli.content.nodes import Problem, compose
from recoverycli.frameworks.model import Framework, Phrase, Step
from recoverycli.training.lint.lint import RULES
from recoverycli.training.lint.subject import Subject
from recoverycli.training.scenarios.model import Scenario

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recoverycli.training.lint.subject import AvoidedWords
    from recoverycli.wording.matcher import Matcher
    from recoverycli.wording.model import Kind

# Replies may promise and state facts: the scenario says what is true in it.
_RULES = (
    "stiff-words", "backfires", "avoided-elsewhere", "stage-direction", "exclamation", "idiom", "drama", "belittles",
    "compares", "grades", "hurries", "reads-minds", "sorry-twice",
)  # fmt: skip


def lint_replies(
    scenario: Scenario, data: bytes, file: str, matcher: Matcher, lists: Mapping[Kind, Matcher], avoided: AvoidedWords
) -> tuple[Problem, ...]:
    """Return what the rules of phrases find in the replies that help, with what to say instead."""
    good = {node.id: [reply for reply in node.replies if reply.effect > 0] for node in scenario.nodes}
    places = {
        (node.id, number): ("nodes", at, "replies", node.replies.index(reply), "say")
        for at, node in enumerate(scenario.nodes)
        for number, reply in enumerate(good[node.id])
    }
    steps = tuple(
        Step(
            id=node.id,
            name=node.id,
            intent="listen",
            goal=node.id,
            phrases=tuple(Phrase(id=one.id, say=one.say, channels=(scenario.channel,)) for one in good[node.id]),
        )
        for node in scenario.nodes
    )
    words = Framework(schema=1, id=scenario.id, name="", expands_to="", summary="", steps=steps)
    subject = Subject(words, words, matcher, lists, avoided, lambda _: iter(()))
    check = Check(file)
    root = compose(data, file, "scenario")
    if not isinstance(root, Problem):
        check.value(root, type_of(Scenario))
    found = []
    for name in _RULES:
        for one in RULES[name].check(subject):
            if one.path[0] == "phrases" and (place := places.get((one.step or "", int(one.path[1])))) in check.places:
                mark = check.places[place].start_mark
                because = f"{one.because or RULES[name].because} {one.instead}"
                found.append(Problem(file, mark.line + 1, mark.column + 1, f"{name}: {one.what}", because))
    return tuple(sorted(dict.fromkeys(found), key=lambda problem: (problem.line, problem.column)))
