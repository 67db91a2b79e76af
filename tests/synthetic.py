"""Calls that never happened: as many as wanted, by a seeded generator, each as varied as a real one.

The same seed gives the same calls. Days are drawn at random, more of them from Monday to Friday; `late_parcels` adds
calls about late parcels on Tuesdays: some 31 where 14 would be expected.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta, timezone
from itertools import accumulate
from typing import TYPE_CHECKING

from recoverycli.frameworks.model import MOODS
from recoverycli.session.events import OUTCOMES, OfferAnswer
from recoverycli.session.transcript import model as ts
from tests import synthetic_words as words
from tests.synthetic_steps import Told, Walked, kinds, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.synthetic_steps import Kind

ZONE = timezone(timedelta(hours=1))
END = datetime(2026, 11, 20, 0, 0, tzinfo=ZONE)
LATE = "late parcel"
_MORE_ON_TUESDAYS = 0.35
# Issue, and how many of a hundred calls are about it.
_ISSUES = {
    "billing": 20, LATE: 15, "damaged goods": 11, "wrong item": 10, "refund": 9, "rude staff": 7, "long wait": 7,
    "app fault": 6, "room not clean": 5, "lost luggage": 4, "cancelled order": 4, "contract": 2,
}  # fmt: skip
_ISSUE_SUMS = tuple(accumulate(_ISSUES.values()))
_CHANNELS = ("phone", "chat", "email", "in-person", "social")
_REMEDIES = ("refund", "voucher", "replacement", "discount", "upgrade", "express delivery", "a cake", "waived fee")
_PROMISES = (
    "a call back", "the refund", "a new parcel", "a word with the driver", "the corrected invoice", "a named contact",
    "an answer from the depot", "the written apology",
)  # fmt: skip
# As it was said, and in how many hours it is due.
_DUE = (("in 1 hour", 1), ("in 2 hours", 2), ("tomorrow", 24), ("in two days", 48), ("in 5 days", 120), (None, None))
_WHY = ("wants a decision", "asks for a manager", "the limit is lower than the loss", "third call about the same")


def calls(
    count: int, seed: int = 1, *, end: datetime = END, days: int = 700, late_parcels: bool = False
) -> Iterator[ts.Call]:
    """Return `count` calls of the days before `end` (aware), oldest first."""
    draw = random.Random(seed)  # what it draws is no secret
    moments = sorted(_moment(draw, end, days) for _ in range(count))
    for number, at in enumerate(moments):
        yield a_call(draw, at, number, _issue(draw, at, late_parcels))


def a_call(draw: random.Random, at: datetime, number: int, issue: str) -> ts.Call:
    """Return a call that began then; the number makes its id its own."""
    frameworks, shares = kinds()
    kind = draw.choices(frameworks, cum_weights=shares)[0]
    abandoned = draw.random() < 0.03
    values = {"order": f"A-{draw.randrange(10**5)}", "expectation": words.wish(draw)}
    name = words.name(draw) if draw.random() < 0.9 else None
    told = Told({**values, "customer": name or "", "issue": issue}, draw.choices(_CHANNELS, (50, 20, 15, 10, 5))[0])
    walked, switches, entered = _walk(draw, kind, at, told, abandoned=abandoned)
    pauses, holds = _span(draw, walked, at, 0.05), _span(draw, walked, at, 0.2)
    paused = sum((pause.until - pause.at).total_seconds() for pause in pauses if pause.until)
    ended_at = walked.ended_at + timedelta(seconds=paused + draw.randrange(5, 40))
    escalated = draw.random() < 0.1
    promises = tuple(_promise(draw, walked, at, place) for place in range(draw.choices((0, 1, 2), (5, 6, 1))[0]))
    later = () if abandoned else tuple(step for one in entered for step in one.framework.later_steps)
    tasks = tuple(ts.TranscriptTask(f"t{place}", step.id, step.name) for place, step in enumerate(later, start=1))
    moods = sorted(draw.choices(range(4), (1, 2, 4, 4), k=draw.choice((1, 2, 2, 3))), reverse=draw.random() < 0.75)
    heard = sorted(_during(draw, walked, at) for _ in moods)
    outcome = None if abandoned else "escalated" if escalated else draw.choices(OUTCOMES, (60, 14, 4, 10, 12))[0]
    return ts.Call(
        schema=1,
        id=f"{at:%Y%m%dT%H%M%S}-{kind.framework.id}-{_tail(number)}",
        kind="call",
        state="abandoned" if abandoned else "finished",
        started_at=at,
        ended_at=ended_at,
        seconds=round((ended_at - at).total_seconds() - paused, 1),
        pauses=pauses,
        agent=draw.choice(("Desk 1", "Desk 2", "Desk 3", "Desk 4", None)),
        channel=told.channel,  # type: ignore[arg-type]
        issue=issue,
        found_by=draw.choices(("customer", "monitoring", "audit", "colleague"), (95, 3, 1, 1))[0],
        customer=ts.TranscriptCustomer(name, f"C-{draw.randrange(10**6)}"),
        values={key: value for key, value in told.values.items() if key not in {"customer", "issue"}},
        scenario=None,
        framework=ts.TranscriptFramework(kind.framework.id, kind.framework.name, kind.framework.version, kind.digest),
        switches=switches,
        steps=walked.steps,
        ours=draw.choice((True, True, False, None)),
        repeated=draw.choice((True, False, False, None)),
        severity=draw.choice(("minor", "serious", "severe", None)),
        offers=tuple(_offer(draw, walked, at, place) for place in range(draw.choices((0, 1, 2), (4, 5, 2))[0])),
        promises=promises,
        tasks=tasks,
        holds=holds,
        escalations=(_escalation(draw, walked, at),) if escalated else (),
        moods=tuple(ts.TranscriptMood(moment, MOODS[mood]) for moment, mood in zip(heard, moods, strict=True)),
        outcome=outcome,
        root_cause=words.cause(draw) if draw.random() < 0.6 else None,
        summary=words.sentence(draw) if draw.random() < 0.8 else None,
        redactions=int(draw.random() < 0.02),
        amendments=_amendments(draw, ended_at, promises, tasks, outcome),
    )


def _moment(draw: random.Random, end: datetime, days: int) -> datetime:
    while True:
        day = end - timedelta(days=draw.randrange(1, days + 1))
        if day.weekday() < 5 or draw.random() < 0.4:
            hour = min(21, max(7, int(draw.gauss(13, 3.2))))
            return day + timedelta(hours=hour, seconds=draw.randrange(3600), microseconds=draw.randrange(10**6))


def _issue(draw: random.Random, at: datetime, late_parcels: bool) -> str:
    if late_parcels and at.weekday() == 1 and draw.random() < _MORE_ON_TUESDAYS:
        return LATE
    return draw.choices(tuple(_ISSUES), cum_weights=_ISSUE_SUMS)[0]


def _walk(
    draw: random.Random, kind: Kind, at: datetime, told: Told, *, abandoned: bool
) -> tuple[Walked, tuple[ts.TranscriptSwitch, ...], tuple[Kind, ...]]:
    """One framework, or now and then the beginning of one and then another; and which were entered."""
    if draw.random() > 0.02:
        return walk(draw, kind, at, told, draw.randrange(1, 4) if abandoned else None), (), (kind,)
    first = walk(draw, kind, at, told, 2)
    other = draw.choice([one for one in kinds()[0] if one.framework.id != kind.framework.id])
    second = walk(draw, other, first.ended_at, told, 1 if abandoned else None)
    switch = ts.TranscriptSwitch(first.ended_at, kind.framework.id, other.framework.id)
    return Walked((*first.steps, *second.steps), second.ended_at), (switch,), (kind, other)


def _during(draw: random.Random, walked: Walked, at: datetime) -> datetime:
    return at + timedelta(microseconds=int((walked.ended_at - at).total_seconds() * draw.random() * 1e6))


def _span(draw: random.Random, walked: Walked, at: datetime, share: float) -> tuple[ts.TranscriptSpan, ...]:
    if draw.random() >= share:
        return ()
    began = _during(draw, walked, at)
    return (ts.TranscriptSpan(began, began + timedelta(seconds=draw.randrange(10, 120))),)


def _offer(draw: random.Random, walked: Walked, at: datetime, place: int) -> ts.TranscriptOffer:
    value = float(draw.choice((5, 10, 15, 20, 25, 50)))
    within = value <= 25
    needs = None if within else "a team lead"
    answers: tuple[OfferAnswer | None, ...] = (None, "accepted", "refused", "accepted", None, "refused")
    answer = answers[int(value) // 5 % 6]
    offered = _during(draw, walked, at)
    return ts.TranscriptOffer(
        offered, draw.choice(_REMEDIES), value, "EUR", within, needs, f"o{place + 1}", None, answer,
        "too little" if answer == "refused" else None, offered if answer else None,
    )  # fmt: skip


def _promise(draw: random.Random, walked: Walked, at: datetime, place: int) -> ts.TranscriptPromise:
    made = _during(draw, walked, at)
    said, hours = draw.choice(_DUE)
    due = None if hours is None else (made + timedelta(hours=hours)).replace(second=0, microsecond=0)
    return ts.TranscriptPromise(f"p{place + 1}", made, draw.choice(_PROMISES), said, due)


def _escalation(draw: random.Random, walked: Walked, at: datetime) -> ts.TranscriptEscalation:
    note = words.sentence(draw) if draw.random() < 0.3 else None
    return ts.TranscriptEscalation(_during(draw, walked, at), draw.choice(("team lead", None)), draw.choice(_WHY), note)


def _amendments(
    draw: random.Random,
    ended_at: datetime,
    promises: tuple[ts.TranscriptPromise, ...],
    tasks: tuple[ts.TranscriptTask, ...],
    outcome: str | None,
) -> tuple[ts.TranscriptAmendment, ...]:
    """Promises kept in time, late or not at all; some put off before; tasks done; an outcome put right."""
    made = [amended for promise in promises for amended in _kept(draw, promise)]
    for task in tasks:
        if draw.random() < 0.6:
            done = ended_at + timedelta(hours=draw.choice((1, 5, 30)))
            made.append(_amendment(done, f"tasks.{task.id}.done_at", None, done.isoformat(timespec="seconds")))
    if outcome == "callback" and draw.random() < 0.4:
        made.append(_amendment(ended_at + timedelta(days=2), "outcome", outcome, "resolved"))
    return tuple(sorted(made, key=lambda amended: amended.at))


def _kept(draw: random.Random, promise: ts.TranscriptPromise) -> Iterator[ts.TranscriptAmendment]:
    field, due = f"promises.{promise.id}", promise.due or promise.at + timedelta(hours=24)
    if draw.random() < 0.08:
        later = due + timedelta(hours=24)
        yield _amendment(due - timedelta(minutes=10), f"{field}.due", _text(promise.due), _text(later))
        due = later
    if draw.random() < 0.75:
        done = due + timedelta(hours=draw.choice((-0.9, -0.5, -0.2, 3)))
        yield _amendment(done, f"{field}.done_at", None, _text(done))
        if draw.random() < 0.3:
            yield _amendment(done + timedelta(minutes=1), f"{field}.satisfied", None, draw.random() < 0.8)


def _amendment(at: datetime, field: str, old: object, new: object) -> ts.TranscriptAmendment:
    return ts.TranscriptAmendment(at, field, old, new)


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _tail(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    return "".join(digits[number // 36**place % 36] for place in (3, 2, 1, 0))
