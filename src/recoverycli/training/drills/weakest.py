"""What to practise next: the step that comes first by its schedule, and the role-play that trains it best."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from recoverycli.training.drills.schedule import format_reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from recoverycli.frameworks.model import Framework, Intent, Step
    from recoverycli.training.drills.schedule import StepMemory
    from recoverycli.training.scenarios.model import Scenario

# Role-plays that were played last are left for others, where there are others.
LATELY = 3


class Plan(msgspec.Struct, frozen=True):
    """What comes next and why. `scenario` is None if no role-play trains the step."""

    framework: str
    framework_name: str
    step: str
    step_name: str
    goal: str
    why: str
    is_due: bool
    due: datetime
    scenario: str | None
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
    now: datetime,
) -> Plan | None:
    """Return what to practise next; None if nothing that a call could train was tried yet.

    `cards` stand in the order to look at them, `played` are ids of scenarios, the newest first. A step that no
    role-play trains is skipped while there is another.
    """
    first: Plan | None = None
    for card in cards:
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
            why=format_reason(card, now),
            is_due=card.is_due(now),
            due=card.due,
            scenario=scenario.id if scenario is not None else None,
            quiz=f"recovery quiz {framework.id} --step {step.id}",
        )
        if scenario is not None:
            return found
        first = first or found
    return first


def trains_best(
    step: Step, framework: Framework, scenarios: Iterable[Scenario], played: Sequence[str]
) -> Scenario | None:
    """Return the scenario that trains a step best: one not played lately, for its intent, written for the framework."""
    lately = set(played[:LATELY])
    wanted = {step.intent, *step.also}
    fitting = [one for one in scenarios if wanted & set(one.trains)]
    return min(
        fitting,
        key=lambda one: (
            one.id in lately,
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
