"""A call as a row of an exported dataset: the values that the index keeps of it, by the names of the columns."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from recoverycli.store.index_values import STATUS, from_micros, values_of
from recoverycli.times.wall_clock import aware

if TYPE_CHECKING:
    from recoverycli.session.transcript import Call

# The values of a call in the order that `values_of` gives them.
_CALL = (
    "id", "started", "started_at", "ended_at", "seconds", "weekday", "hour", "day", "state", "kind", "framework",
    "framework_name", "entered", "agent", "channel", "issue", "customer", "reference", "found_by", "mood_first",
    "mood_last", "moods", "outcome", "steps_done", "steps_total", "promises", "summary", "cause", "agent_folded",
    "issue_folded", "customer_folded", "reference_folded",
)  # fmt: skip
_STATUS = {number: word for word, number in STATUS.items()}


def row(call: Call, *, with_text: bool) -> dict[str, Any]:
    """Return the row of a call, amendments counted in; names and free text are None unless they are asked for."""
    values = values_of(call)
    told = dict(zip(_CALL, values.call, strict=True))
    steps = [_step(*step) for step in values.steps]
    bound = [
        (kind, _bound(item, what if with_text else None, *times)) for kind, item, what, *times in values.commitments
    ]
    step_of = {task.id: task.step for task in call.tasks}
    found = {
        **told,
        "started": from_micros(told["started"]),
        "ended": aware(call.ended_at),
        "day": date.fromisoformat(told["day"]),
        "entered": told["entered"].strip("|").split("|"),
        "ours": call.ours,
        "repeated": call.repeated,
        "severity": call.severity,
        "moods": [{"at": aware(one.at), "mood": one.mood} for one in call.moods],
        "own_words": sum(step["own_words"] for step in steps),
        "read_out": sum(step["read_out"] for step in steps),
        "holds": len(call.holds),
        "escalations": len(call.escalations),
        "steps": steps,
        "offers": [_offer(*offer) for offer in values.offers],
        "promises": [one for kind, one in bound if kind == "promise"],
        "tasks": [{**one, "step": step_of.get(one["id"])} for kind, one in bound if kind == "task"],
    }
    return found if with_text else {**found, **dict.fromkeys(("agent", "customer", "reference", "cause", "summary"))}


def _step(
    kind: tuple[str, str, str, str, str], status: int, visits: int, seconds: float, own: int, read_out: int
) -> dict[str, Any]:
    names = dict(zip(("framework", "id", "name", "intent", "phase"), kind, strict=True))
    told = {"status": _STATUS[status], "visits": visits, "seconds": seconds}
    return {**names, **told, "own_words": own, "read_out": read_out}


def _offer(
    remedy: str, key: str, value: float | None, currency: str | None, within: bool | None
) -> dict[str, str | float | bool | None]:
    named = {"remedy": remedy, "remedy_key": key}
    return {**named, "value": value, "currency": currency, "within_authority": within}


def _bound(item: str, what: str | None, due: int | None, done: int | None, satisfied: bool | None) -> dict[str, Any]:
    times = {"due": None if due is None else from_micros(due), "done": None if done is None else from_micros(done)}
    return {"id": item, "what": what, **times, "satisfied": satisfied}
