"""How complete an apology is: which of the six parts a text has, and what to add first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recoverycli.frameworks.phrasing import fill
from recoverycli.wording.matcher import PartFinding
from recoverycli.wording.model import PART_IDS, ApologyPart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.frameworks.model import Fault
    from recoverycli.wording.matcher import Finding, Matcher
    from recoverycli.wording.model import ApologyOffer, PartId

# Asking for forgiveness can be left out (Lewicki, Polin and Lount 2016).
_CAN_BE_LEFT_OUT = 4
_SPOILT_APOLOGIES = frozenset({"apology", "conditional-apology", "sorry-but"})
_OWN_UP = frozenset({"regret", "responsibility", "forgiveness"})
# Regret needs no guilt. Before the fault is known, the other parts would say or promise what nobody has established;
# where it is not ours, there is nothing of ours to explain, to change or to repair.
_WITHOUT_FAULT: dict[Fault, frozenset[PartId]] = {
    "unclear": frozenset({"regret", "repair"}),
    "not-ours": frozenset({"regret"}),
}


class Apology(msgspec.Struct, frozen=True):
    """The parts of an apology in a text, and the most important one that is missing.

    `apart` are the missing parts that do not apply. `needed`: the text apologises, or mentions a fault so that it
    should. `first` is the part to add first, None if only optional parts are missing. `found` are the words that the
    parts were found by.
    """

    present: tuple[ApologyPart, ...]
    missing: tuple[ApologyPart, ...]
    needed: bool
    first: ApologyPart | None
    apart: tuple[ApologyPart, ...] = ()
    found: tuple[PartFinding, ...] = ()


def applies(part: ApologyPart, fault: Fault) -> bool:
    """Whether an apology needs a part, by whose failure it was."""
    return part.weight < _CAN_BE_LEFT_OUT and (fault == "ours" or part.id in _WITHOUT_FAULT[fault])


def assess(text: str, matcher: Matcher, findings: Sequence[Finding], fault: Fault = "unclear") -> Apology:
    """Return how complete the apology of a text is (weights: Lewicki, Polin and Lount 2016)."""
    found = matcher.part_findings(text)
    there = {one.part.id for one in found}
    parts = sorted(matcher.wording.parts, key=lambda part: PART_IDS.index(part.id))
    present = tuple(part for part in parts if part.id in there)
    absent = tuple(part for part in parts if part.id not in there)
    missing = tuple(part for part in absent if applies(part, fault) or part.weight >= _CAN_BE_LEFT_OUT)
    apart = tuple(part for part in absent if part not in missing)
    needed = (
        bool(_OWN_UP & there)
        or any(finding.pattern.kind in _SPOILT_APOLOGIES for finding in findings)
        or matcher.occasion(text)
    )
    wanted = [part for part in missing if part.weight < _CAN_BE_LEFT_OUT]
    first = min(wanted, key=lambda part: part.weight, default=None)
    return Apology(present, missing, needed, first, apart, found)


def offer(part: ApologyPart, channel: str | None) -> str:
    """Return a sentence to say for a part: one written for the channel, else one for every channel. Gaps are marked."""
    own = [phrase for phrase in part.phrases if channel is not None and channel in phrase.channels]
    open_to_all = [phrase for phrase in part.phrases if not phrase.channels]
    fitting: list[ApologyOffer] = [*own, *open_to_all, *(part.phrases if channel is None else ())]
    return fill(fitting[0].say, {}) if fitting else ""
