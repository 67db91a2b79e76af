"""A call as a row of a dataset: the values of the index, by column."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from recoverycli.store.index.columns import STATUS, from_micros
from recoverycli.store.index.values import values_of
from recoverycli.team.dataset.columns import COLUMNS
from recoverycli.times.wall_clock import with_offset

if TYPE_CHECKING:
    from recoverycli.session.transcript.model import Call
    from recoverycli.store.index.columns import IndexedCommitment, IndexedOffer, IndexedStep

_STATUS = {number: word for word, number in STATUS.items()}


def row(call: Call, *, with_text: bool) -> dict[str, Any]:
    """Return the row of a call, with amendments; names and free text are None unless requested."""
    values = values_of(call)
    indexed = values.call
    steps = [_step(step) for step in values.steps]
    step_of = {task.id: task.step for task in call.tasks}
    bound = [(one.kind, _bound(one, with_text=with_text)) for one in values.commitments]
    found = {
        **indexed._asdict(),
        "started": from_micros(indexed.started),
        "ended": with_offset(call.ended_at),
        "day": date.fromisoformat(indexed.day),
        "entered": indexed.entered.strip("|").split("|"),
        "reference": indexed.ref,
        "cards": indexed.cards.strip("|").split("|") if indexed.cards else [],
        "moods": [{"at": with_offset(one.at), "mood": one.mood} for one in call.moods],
        "own_words": sum(step["own_words"] for step in steps),
        "read_out": sum(step["read_out"] for step in steps),
        "holds": len(call.holds),
        "escalations": len(call.escalations),
        "steps": steps,
        "offers": [_offer(offer) for offer in values.offers],
        "promises": [one for kind, one in bound if kind == "promise"],
        "tasks": [{**one, "step": step_of.get(one["id"])} for kind, one in bound if kind == "task"],
    }
    return {column.name: None if column.text and not with_text else found[column.name] for column in COLUMNS}


def _step(step: IndexedStep) -> dict[str, Any]:
    counted = {"visits": step.visits, "seconds": step.seconds, "own_words": step.own, "read_out": step.read_out}
    return {**step.kind._asdict(), "status": _STATUS[step.status], **counted}


def _offer(offer: IndexedOffer) -> dict[str, Any]:
    named = {"remedy": offer.remedy, "remedy_key": offer.remedy_folded, "answer": offer.answer}
    return {**named, "value": offer.value, "currency": offer.currency, "within_authority": offer.within}


def _bound(one: IndexedCommitment, *, with_text: bool) -> dict[str, Any]:
    times = {"due": one.due, "done": one.done, **({"promised": one.promised} if one.kind == "promise" else {})}
    return {
        "id": one.item,
        "what": one.what if with_text else None,
        **{name: None if time is None else from_micros(time) for name, time in times.items()},
        "satisfied": one.satisfied,
    }
