"""CSV: a row a call, for spreadsheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.review.exporters.cells import table
from recoverycli.session.transcript import facts
from recoverycli.session.transcript.commitments import commitments

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoverycli.review.exporters.cells import Cell
    from recoverycli.review.exporters.formats import Exported
    from recoverycli.session.transcript.model import Call

HEAD = (
    "id", "started", "offset", "ended", "seconds", "state", "framework", "agent", "channel", "issue", "customer",
    "reference", "found by", "mood at start", "mood at end", "outcome", "steps done", "steps", "own words", "read out",
    "offers", "promises", "promises kept", "escalated", "ours", "repeated", "severity", "cause", "summary", "notes",
    "answers", "captured", "zone",
)  # fmt: skip


def pieces(calls: Iterable[Exported]) -> Iterator[str]:
    """Return a head and a row a call."""
    return table(HEAD, (_row(exported.call) for exported in calls))


def _row(call: Call) -> tuple[Cell, ...]:
    said = [words for step in call.steps for words in facts.said_phrases(step)]
    steps = facts.framework_steps(call)
    bound = [one for one in commitments(call) if one.kind == "promise"]
    promises = "; ".join(f"{one.entry.what}, {facts.date_fact(one)}" for one in bound)
    return (
        call.id, call.started_at, f"UTC{call.started_at:%z}", call.ended_at, call.seconds or None, call.state,
        call.framework.id, call.agent, call.channel, call.issue, call.customer.name, call.customer.ref, call.found_by,
        call.moods[0].mood if call.moods else None, call.moods[-1].mood if call.moods else None, call.outcome,
        sum(step.status == "done" for step in steps), len(steps),
        sum(words.phrase is None for words in said), sum(words.phrase is not None for words in said),
        "; ".join(facts.offers(call)), promises,
        sum(one.done_at is not None for one in bound),
        "; ".join(f"{handed.to}: {handed.why}" if handed.to else handed.why for handed in call.escalations),
        call.ours, call.repeated, call.severity, call.root_cause, call.summary,
        "; ".join(note.text for note in facts.notes(call)),
        "; ".join(facts.answers(call)), "; ".join(facts.captures(call)),
        call.zone,
    )  # fmt: skip
