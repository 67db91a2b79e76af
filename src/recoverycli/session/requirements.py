"""What applies in a step of a call, and what of it is required: captures, questions and checks with conditions.

What a condition rules out is neither shown nor required. As long as the condition is not known, it is required.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recoverycli.frameworks.checks import is_done, tickable
from recoverycli.frameworks.computed import is_computed, names_behind
from recoverycli.frameworks.conditions import evaluate, name_words, open_names
from recoverycli.frameworks.paths import condition_names

if TYPE_CHECKING:
    from recoverycli.frameworks.conditions import When
    from recoverycli.frameworks.model import CheckItem, CheckPart, Step
    from recoverycli.frameworks.values import Known
    from recoverycli.session.model import Session, StepRecord


def required_ids(session: Session, record: StepRecord) -> tuple[str, ...]:
    """Return the ids of the required items and captures of a step that are not done yet."""
    wanted = [item for item in record.step.checklist if item.required and not is_done(item, record.ticks)]
    missing = [one for one in record.step.capture if one.required and one.id not in record.captured]
    if not wanted and not missing:
        return ()
    known = evidence_of(session, record)
    asked = (one for one in missing if not is_computed(one))
    return tuple(one.id for group in (wanted, asked) for one in group if applies(one.when, known))


def requirements_left_open(session: Session, record: StepRecord) -> tuple[str, ...]:
    """Return the ids of what was required and not done when a step was left."""
    return () if record.status == "open" else required_ids(session, record)


def evidence_of(session: Session, record: StepRecord) -> Known:
    """Return what is known for the conditions of a step, which may belong to another framework than the one in use."""
    if record.framework == session.framework.id:
        return session.evidence
    places = tuple(place for place in session.frameworks if place.framework.id == record.framework)
    return msgspec.structs.replace(session, places=places).evidence if places else session.evidence


def applies(when: When, known: Known) -> bool:
    """Whether something applies, or may apply: its condition is not known to be false."""
    return not when or evaluate(when, known) is not False


def depends_words(when: When, known: Known) -> str:
    """Return what it depends on if something applies, in words; empty once that is known."""
    names = open_names(when, known) if when else ()
    return f"depends on {name_words(names[0])}" if names else ""


def questions(step: Step, known: Known, *, undecided: bool = False) -> tuple[str, ...]:
    """Return the questions of a step that apply; with `undecided` those of which that is not known as well."""
    found: list[str] = []
    for one in step.ask:
        if isinstance(one, str):
            found.append(one)
        elif (fits := evaluate(one.when, known)) or (fits is None and undecided):
            found.append(one.ask if fits else f"{one.ask} ({depends_words(one.when, known)})")
    return tuple(found)


def checklist(step: Step, known: Known) -> tuple[CheckItem, ...]:
    """Return the items of the checklist that apply or may apply."""
    return tuple(item for item in step.checklist if applies(item.when, known))


def applying_parts(session: Session, record: StepRecord) -> tuple[CheckPart, ...]:
    """Return what can be ticked in a step: parts of what applies or may apply."""
    items = checklist(record.step, session.evidence) if any(item.when for item in record.step.checklist) else None
    return tickable(record.step) if items is None else tuple(part for item in items for part in item.of or (item,))


def deciding_names(session: Session, step: Step) -> tuple[str, ...]:
    """Return the names that the way on from a step depends on, and those behind what is worked out or conditional."""
    captures = session.captures
    found: dict[str, None] = {}
    for name in condition_names(step):
        behind = names_behind(name, captures)
        told = (one for one in (*captures, *sorted(behind)) if one in behind)
        found |= dict.fromkeys((name, *(one for one in told if one not in captures or not is_computed(captures[one]))))
    return tuple(found)
