"""The row for the quality system: time, place, people, nature of the failure, immediate action, cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.review.exporters.cells import table
from recoverycli.session.transcript import facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoverycli.review.exporters.cells import Cell
    from recoverycli.review.exporters.formats import Exported
    from recoverycli.session.transcript.model import Call

HEAD = (
    "time", "place", "customer", "reference", "agent", "failure", "severity", "ours", "has happened before",
    "found by", "immediate action", "promised", "handed on", "cause", "outcome", "summary", "call",
    "notes", "answers", "captured",
)  # fmt: skip


def pieces(calls: Iterable[Exported]) -> Iterator[str]:
    """Return a head and a row a call."""
    return table(HEAD, (_row(exported.call) for exported in calls))


def _row(call: Call) -> tuple[Cell, ...]:
    return (
        call.started_at, call.channel, call.customer.name, call.customer.ref, call.agent, call.issue, call.severity,
        call.ours, call.repeated, call.found_by,
        "; ".join(facts.offers(call)), "; ".join(facts.promises(call)),
        "; ".join(f"{handed.to}: {handed.why}" if handed.to else handed.why for handed in call.escalations),
        call.root_cause, call.outcome, call.summary, call.id,
        "; ".join(note.text for note in facts.notes(call)),
        "; ".join(facts.answers(call)), "; ".join(facts.captures(call)),
    )  # fmt: skip
