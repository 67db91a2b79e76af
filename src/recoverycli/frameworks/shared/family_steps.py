"""What the family of an issue adds to the steps of a framework: its questions and what it captures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from recoverycli.frameworks.model import Capture

if TYPE_CHECKING:
    from recoverycli.frameworks.model import Framework, Intent, IssueFamily, Step

# Where a family that names no place is asked about: the step that gathers the facts, else the one that hears them.
_USUAL: tuple[Intent, ...] = ("assess", "listen", "believe", "acknowledge")


def with_family(framework: Framework, family: IssueFamily | None) -> Framework:
    """Return the framework with the questions and captures of a family in the first step that they fit.

    What the framework captures itself is not captured twice. A playbook with branches or a way out asks for what it
    needs, so nothing is added to it.
    """
    if family is None or framework.stands_alone or framework.branches:
        return framework
    known = {capture.id for step in framework.steps for capture in step.capture}
    own = (one for one in family.capture if one.id not in known)
    captures = tuple(Capture(**structs.asdict(one)) for one in own)
    place = _place(framework, family.at or _USUAL)
    if place is None:
        return framework
    asks = tuple(question for question in family.ask if question not in place.ask)
    fuller = structs.replace(place, ask=(*place.ask, *asks), capture=(*place.capture, *captures))
    return structs.replace(framework, steps=tuple(fuller if step is place else step for step in framework.steps))


def _place(framework: Framework, at: tuple[Intent, ...]) -> Step | None:
    """The first live step of the first of these intents; the intent that a step is for comes before what it carries."""
    for intent in at:
        own = (step for step in framework.live_steps if step.intent == intent)
        carried = (step for step in framework.live_steps if intent in step.also)
        found = next(own, None) or next(carried, None)
        if found is not None:
            return found
    return None
