"""What to practise next: the step that comes first by its schedule, and the role-play that trains it best."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from recoverycli.training.drills.days import training_day
from recoverycli.training.drills.schedule import format_reason
from recoverycli.training.drills.support import LADDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from recoverycli.frameworks.model import Framework, Intent, Step
    from recoverycli.session.transcript.model import Call
    from recoverycli.training.drills.schedule import StepMemory
    from recoverycli.training.drills.support import FrameworkSupport
    from recoverycli.training.scenarios.model import Scenario

# A scenario comes once in so many evenings, today included, where others serve.
EVENINGS = 3


class Plan(msgspec.Struct, frozen=True):
    """What comes next and why. `scenario` is None if no role-play trains the step.

    `support` names the support that is left, `own_words` and `hints` what that means.
    """

    framework: str
    framework_name: str
    step: str
    step_name: str
    goal: str
    why: str
    is_due: bool
    due: date
    scenario: str | None
    support: str
    own_words: bool
    hints: bool
    quiz: str

    @property
    def sentence(self) -> str:
        """The same in a line."""
        return f"{self.step_name} of {self.framework_name}: {self.why}"


def plan(
    cards: Sequence[StepMemory],
    frameworks: Mapping[str, Framework],
    scenarios: Sequence[Scenario],
    played: Sequence[str],
    support: Mapping[str, FrameworkSupport],
    today: date,
) -> Plan | None:
    """Return what to practise next; None if nothing that a call could train was tried yet, or the criterion is met.

    `cards` stand in the order to look at them, `played` are the ids of `played_lately`, `support` is by framework. A
    step that no role-play trains is skipped while there is another.
    """
    first: Plan | None = None
    for card in cards:
        own = support.get(card.framework)
        if own is not None and own.reached_on is not None:
            continue
        left = own.support if own is not None else LADDER[0]
        framework = frameworks.get(card.framework)
        step = framework.step(card.step) if framework is not None and card.step is not None else None
        if framework is None or step is None or step.phase != "live":
            continue
        scenario = trains_best(step, framework, scenarios, played)
        found = Plan(
            framework=framework.id,
            framework_name=framework.name,
            step=step.id,
            step_name=step.name,
            goal=step.goal,
            why=format_reason(card, today),
            is_due=card.is_due(today),
            due=card.due,
            scenario=scenario.id if scenario is not None else None,
            support=left.name,
            own_words=left.own_words,
            hints=left.hints,
            quiz=f"recovery quiz {framework.id} --step {step.id}",
        )
        if scenario is not None:
            return found
        first = first or found
    return first


def played_lately(role_plays: Iterable[Call], today: date, begins: int) -> tuple[str, ...]:
    """Return the ids of the scenarios of today and of the last evenings with a role-play before, the newest first."""
    played = sorted(((one.started_at, one.scenario) for one in role_plays if one.scenario), reverse=True)
    days = dict.fromkeys((today, *(training_day(at, begins) for at, _ in played)))
    lately = list(days)[:EVENINGS]
    return tuple(dict.fromkeys(scenario for at, scenario in played if training_day(at, begins) in lately))


def trains_best(
    step: Step, framework: Framework, scenarios: Iterable[Scenario], played: Sequence[str]
) -> Scenario | None:
    """Return the scenario that trains a step best: one not played lately, for its intent, written for the framework.

    Where all were played lately, it is the one that was played longest ago.
    """
    ago = {scenario: len(played) - place for place, scenario in enumerate(played)}
    wanted = {step.intent, *step.also}
    fitting = [one for one in scenarios if wanted & set(one.trains)]
    return min(
        fitting,
        key=lambda one: (
            ago.get(one.id, 0),
            step.intent not in one.trains,
            one.framework != framework.id,
            -_chances(one, wanted),
            one.id,
        ),
        default=None,
    )


def _chances(scenario: Scenario, wanted: set[Intent]) -> int:
    """At how many moments a good answer serves the step."""
    return sum(
        any(reply.effect > 0 and wanted & set(reply.intents) for reply in node.replies) for node in scenario.nodes
    )
