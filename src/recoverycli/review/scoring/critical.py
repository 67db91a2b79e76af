"""What fails a call whatever its total: plain facts of the transcript, never a guess."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.live.responses import amount
from recoverycli.review.scoring.score import CriticalLine, Evidence

if TYPE_CHECKING:
    from collections.abc import Callable

    from recoverycli.review.scoring.measures import Case
    from recoverycli.review.scoring.model import Critical, CriticalId

    # Whether it was passed, None where it does not apply.
    Checked = tuple[bool | None, tuple[Evidence, ...]]

_BLAMING = ("blame", "belittling")


def checked(item: Critical, case: Case) -> CriticalLine | None:
    """Return whether the call passed an item; None where the item does not apply to it."""
    passed, evidence = _CHECKS[item.id](case)
    if passed is None:
        return None
    return CriticalLine(item.id, item.kind, item.name, passed, evidence, item.because)


def _blame(case: Case) -> Checked:
    if not case.said:
        return None, ()
    places = tuple(
        case.told(f'"{line.said.text[found.start : found.end]}"', line.said.at)
        for line in case.said
        for found in line.heard.findings
        if found.pattern.kind in _BLAMING
    )
    return not places, places


def _authority(case: Case) -> Checked:
    """What is beyond authority names who has to agree, or the call was handed on."""
    judged = [offer for offer in case.call.offers if offer.within_authority is not None]
    if not judged:
        return None, ()
    alone = [offer for offer in judged if offer.within_authority is False and not offer.needs]
    beyond = () if case.call.escalations else alone
    return not beyond, tuple(
        case.told(f"{offer.remedy}{amount(offer)}, beyond authority, not handed on", offer.at) for offer in beyond
    )


def _card_data(case: Case) -> Checked:
    count = case.call.redactions
    numbers = "1 number or code was" if count == 1 else f"{count} numbers or codes were"
    return not count, (Evidence(f"{numbers} typed in, and masked before it was kept"),) if count else ()


_CHECKS: dict[CriticalId, Callable[[Case], Checked]] = {
    "blame": _blame,
    "authority": _authority,
    "card-data": _card_data,
}
