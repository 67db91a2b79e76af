"""How complete an apology is: which of the six parts a text has, and what to add first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recoverycli.wording.model import PART_IDS, ApologyPart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.wording.matcher import Finding, Matcher
    from recoverycli.wording.model import ApologyOffer

_CAN_BE_LEFT_OUT = 4
_OWN_UP = frozenset({"regret", "responsibility", "forgiveness"})


class Apology(msgspec.Struct, frozen=True):
    """The parts of an apology in a text, and the most important one that is missing.

    `needed`: the text apologises, or mentions a fault so that it should. `first` is the part to add first, None if only
    optional parts are missing.
    """

    present: tuple[ApologyPart, ...]
    missing: tuple[ApologyPart, ...]
    needed: bool
    first: ApologyPart | None


def assess(text: str, matcher: Matcher, findings: Sequence[Finding]) -> Apology:
    """Return how complete the apology of a text is (weights: Lewicki, Polin and Lount 2016)."""
    there = matcher.parts(text)
    parts = sorted(matcher.wording.parts, key=lambda part: PART_IDS.index(part.id))
    present = tuple(part for part in parts if part.id in there)
    missing = tuple(part for part in parts if part.id not in there)
    needed = (
        bool(_OWN_UP & set(there))
        or any(finding.pattern.kind == "apology" for finding in findings)
        or matcher.occasion(text)
    )
    wanted = [part for part in missing if part.weight < _CAN_BE_LEFT_OUT]
    first = min(wanted, key=lambda part: part.weight, default=None)
    return Apology(present, missing, needed, first)


def offer(part: ApologyPart, channel: str | None) -> str:
    """Return a sentence to say for a part: one written for the channel, else one that fits every channel."""
    own = [phrase for phrase in part.phrases if channel is not None and channel in phrase.channels]
    open_to_all = [phrase for phrase in part.phrases if not phrase.channels]
    fitting: list[ApologyOffer] = [*own, *open_to_all, *(part.phrases if channel is None else ())]
    return fitting[0].say if fitting else ""
