"""What `recovery practice --weakest` begins with: the step that comes first, why, and the role-play for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.times.clock import now

if TYPE_CHECKING:
    from recoverycli.commands.common.context import Setup
    from recoverycli.training.drills.weakest import Plan

_NOTHING_YET = "Nothing is known yet of what you find hard."
_BEGIN = ("A few questions: recovery quiz", "Or a call: recovery practice late-parcel")


def chosen(setup: Setup, framework: str | None, *, as_json: bool) -> tuple[str, str, str] | None:
    """Return scenario, framework and what to say beforehand; None where all of it is told already.

    `framework` limits it to the steps of one.
    """
    planned = _planned(setup, framework)
    if as_json:
        setup.output.as_json({"next": planned, "begin": None if planned else "recovery quiz"})
        return None
    if planned is None:
        for line in (_NOTHING_YET, *_BEGIN):
            setup.output.text(line)
        return None
    sentence = planned.sentence if planned.is_due else f"Nothing is due. Weakest: {planned.sentence}"
    if planned.scenario is None:
        setup.output.text(sentence)
        setup.output.text(f"No role-play trains it, but questions do: {planned.quiz}")
        return None
    return planned.scenario, planned.framework, sentence


def _planned(setup: Setup, framework: str | None) -> Plan | None:
    from recoverycli.commands.common.learner import drilled
    from recoverycli.training.drills.weakest import plan

    moment = now()
    library = setup.library()
    if framework is not None:
        framework = library.load(framework).framework.id
    found = drilled(setup, library, moment)
    cards = [card for card in found.cards if framework is None or card.framework == framework]
    listing = setup.scenarios().listing()
    setup.warn(listing.problems, "scenarios")
    played = [call.scenario for call in found.role_plays if call.scenario]
    return plan(cards, found.frameworks, [one.scenario for one in listing.entries], played, moment)
