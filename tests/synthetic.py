"""Calls that never happened: as many as wanted, by a seeded generator, each as varied as a real one.

The same seed gives the same calls. Days are drawn at random, more of them from Monday to Friday; `late_parcels` adds
calls about late parcels on Tuesdays.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.framework.library import Library, Source
from recoverycli.framework.model import MOODS
from recoverycli.locations import built_in_frameworks
from recoverycli.session import transcript as ts
from recoverycli.session.events import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.framework.model import Framework, Step

ZONE = timezone(timedelta(hours=1))
END = datetime(2026, 11, 20, 0, 0, tzinfo=ZONE)
LATE = "late parcel"
_ISSUES = (
    "billing", LATE, "damaged goods", "wrong item", "refund", "rude staff", "long wait", "app fault", "room not clean",
    "lost luggage", "cancelled order", "contract",
)  # fmt: skip
_WEIGHTS = (20, 15, 11, 10, 9, 7, 7, 6, 5, 4, 4, 2)
_CHANNELS = ("phone", "chat", "email", "in-person", "social")
_FRAMEWORKS = ("learn", "last", "latte", "heart", "aware", "seven-step", "tschohl", "heard", "blast", "learn-marriott")
_WHO = ("the customer", "she", "he", "the guest", "her husband", "the neighbour", "our driver", "the shop", "the hotel")
_DID = (
    "was charged twice for", "waited three hours for", "never received", "had to return", "could not open",
    "was told nothing about", "asked four times about", "paid in full for", "was promised", "opened and sent back",
    "found a scratch on", "cancelled", "is still without", "called last week about",
)  # fmt: skip
_WHAT = (
    "the order", "the parcel", "a blue kettle", "the winter coat", "two tickets", "the room with a view",
    "the monthly plan", "a new phone",
    "the birthday cake", "the spare part", "the refund of March", "the invoice", "her suitcase",
    "the delivery slot", "the guarantee", "a child's bicycle",
)  # fmt: skip
_AND = (
    "and nobody rang back", "although it was marked as sent", "on the day of the party", "and now has no heating",
    "while the website said otherwise", "and is worried about the deposit", "before a long journey",
    "and wants to speak to somebody who decides", "for the second time this year", "with a baby in the house",
    "and has the receipt at hand", "so the weekend was spoilt",
)  # fmt: skip
_SAID = (
    "I can see what that did to your week", "I will stay with this until it is settled",
    "Let me look at the dates with you",
    "You should not have had to ring three times", "I have the booking open in front of me",
    "What would make this right for you", "I am putting it back today", "You will hear from me by name",
)  # fmt: skip
_CAUSES = (
    "a double booking", "a wrong label", "the carrier lost it", "a fault in the app", "no handover between shifts",
    "a price that was not updated", "stock that was not there",
)  # fmt: skip
_REMEDIES = ("refund", "voucher", "replacement", "discount", "upgrade", "express delivery")
_PROMISES = ("a call back", "the refund", "a new parcel", "a word with the driver", "the corrected invoice")
_ELSEWHERE = (
    "返金を求めています",
    "café déjà payé deux fois",
    "está muy molesta con la entrega",
    "환불을 요청했습니다",
)
_SYLLABLES = ("ba", "ro", "mi", "tel", "ka", "sun", "vi", "dor", "le", "mar", "pe", "lin", "jo", "wen", "ta", "gri")


class _Kind(NamedTuple):
    """A framework as far as a call needs it."""

    framework: Framework
    digest: str


def calls(
    count: int, seed: int = 1, *, end: datetime = END, days: int = 700, late_parcels: bool = False
) -> Iterator[ts.Call]:
    """Return `count` calls of the days before `end` (aware), oldest first."""
    draw = random.Random(seed)
    moments = sorted(_moment(draw, end, days) for _ in range(count))
    for number, at in enumerate(moments):
        yield a_call(draw, at, number, _issue(draw, at, late_parcels))


def a_call(draw: random.Random, at: datetime, number: int, issue: str) -> ts.Call:
    """Return a call that began then; the number makes its id its own."""
    kind = _frameworks()[draw.choices(range(len(_FRAMEWORKS)), (30, 14, 8, 10, 7, 8, 6, 6, 6, 5))[0]]
    steps, ended_at = _steps(draw, kind.framework, at)
    moods = sorted(draw.choices(range(4), (1, 2, 4, 4), k=draw.choice((1, 2, 2, 3))), reverse=draw.random() < 0.75)
    name = "".join(draw.choices(_SYLLABLES, k=2)).title() + " " + "".join(draw.choices(_SYLLABLES, k=3)).title()
    escalated = draw.random() < 0.1
    abandoned = draw.random() < 0.03
    promises = tuple(_promise(draw, at, place) for place in range(draw.choices((0, 1, 2), (5, 6, 1))[0]))
    pauses = (
        (ts.TranscriptSpan(at + timedelta(seconds=40), at + timedelta(seconds=70)),) if draw.random() < 0.05 else ()
    )
    return ts.Call(
        schema=1,
        id=f"{at:%Y%m%dT%H%M%S}-{kind.framework.id}-{_tail(number)}",
        kind="call",
        state="abandoned" if abandoned else "finished",
        started_at=at,
        ended_at=ended_at,
        seconds=round((ended_at - at).total_seconds() - 30 * len(pauses), 1),
        pauses=pauses,
        agent=draw.choice(("Desk 1", "Desk 2", "Desk 3", "Desk 4", None)),
        channel=draw.choices(_CHANNELS, (50, 20, 15, 10, 5))[0],  # type: ignore[arg-type]
        issue=issue,
        found_by=draw.choices(("customer", "monitoring", "audit", "colleague"), (95, 3, 1, 1))[0],
        customer=ts.TranscriptCustomer(name if draw.random() < 0.9 else None, f"C-{draw.randrange(10**6)}"),
        values={"order": f"A-{draw.randrange(10**5)}", "expectation": draw.choice(_WHAT)},
        scenario=None,
        framework=ts.TranscriptFramework(kind.framework.id, kind.framework.name, kind.framework.version, kind.digest),
        switches=(),
        steps=steps,
        ours=draw.choice((True, True, False, None)),
        repeated=draw.choice((True, False, False, None)),
        severity=draw.choice(("minor", "serious", "severe", None)),
        offers=tuple(_offer(draw, at) for _ in range(draw.choices((0, 1, 2), (4, 5, 2))[0])),
        promises=promises,
        tasks=(),
        holds=(ts.TranscriptSpan(at + timedelta(seconds=80), at + timedelta(seconds=95)),)
        if draw.random() < 0.2
        else (),
        escalations=(ts.TranscriptEscalation(at, "team lead", "wants a decision"),) if escalated else (),
        moods=tuple(ts.TranscriptMood(at + timedelta(seconds=30 * n), MOODS[mood]) for n, mood in enumerate(moods)),
        outcome=None if abandoned else "escalated" if escalated else draw.choices(OUTCOMES, (60, 14, 4, 10, 12))[0],
        root_cause=draw.choice(_CAUSES) if draw.random() < 0.6 else None,
        summary=_sentence(draw) if draw.random() < 0.8 else None,
        redactions=0,
        amendments=tuple(_kept(draw, promise) for promise in promises if draw.random() < 0.7),
    )


def _moment(draw: random.Random, end: datetime, days: int) -> datetime:
    while True:
        day = end - timedelta(days=draw.randrange(1, days + 1))
        if day.weekday() < 5 or draw.random() < 0.4:
            hour = min(21, max(7, int(draw.gauss(13, 3.2))))
            return day + timedelta(hours=hour, seconds=draw.randrange(3600), microseconds=draw.randrange(10**6))


def _issue(draw: random.Random, at: datetime, late_parcels: bool) -> str:
    if late_parcels and at.weekday() == 1 and draw.random() < 0.2:
        return LATE
    return draw.choices(_ISSUES, _WEIGHTS)[0]


def _steps(draw: random.Random, framework: Framework, at: datetime) -> tuple[tuple[ts.TranscriptStep, ...], datetime]:
    steps = []
    for step in framework.live_steps:
        seconds = round(draw.lognormvariate(3.8, 0.6), 1)
        skipped = draw.random() < 0.06
        steps.append(_step(draw, framework.id, step, at, 0.0 if skipped else seconds, skipped))
        at += timedelta(seconds=0.0 if skipped else seconds)
    return tuple(steps), at


def _step(
    draw: random.Random, framework: str, step: Step, at: datetime, seconds: float, skipped: bool
) -> ts.TranscriptStep:
    said = []
    if step.phrases and draw.random() < 0.7:
        phrase = draw.choice(step.phrases)
        said.append(ts.TranscriptSaid(at, phrase.say, ts.TranscriptPhrase(phrase.id or "0", "built-in")))
    if draw.random() < 0.35:
        said.append(ts.TranscriptSaid(at + timedelta(seconds=5), f"{draw.choice(_SAID)}."))
    notes = [ts.TranscriptNote(at + timedelta(seconds=9), _sentence(draw)) for _ in range(draw.choice((0, 1, 1, 2)))]
    return ts.TranscriptStep(
        id=step.id,
        framework=framework,
        name=step.name,
        intent=step.intent,
        also=step.also,
        phase=step.phase,
        status="skipped" if skipped else "done",
        skipped_because="no time" if skipped else None,
        visits=(ts.TranscriptVisit(at, at + timedelta(seconds=seconds)),),
        seconds=seconds,
        said=tuple(said),
        notes=tuple(notes),
        ticked=tuple(item.id for item in step.checklist if draw.random() < 0.5),
        captured={item.id: draw.choice(_WHAT) for item in step.capture[:1]},
    )


def _sentence(draw: random.Random) -> str:
    if draw.random() < 0.02:
        return draw.choice(_ELSEWHERE)
    words = " ".join(draw.choice(some) for some in (_WHO, _DID, _WHAT, _AND))
    return f"{words[0].upper()}{words[1:]}, case {draw.randrange(10**5)}."


def _offer(draw: random.Random, at: datetime) -> ts.TranscriptOffer:
    value = float(draw.choice((5, 10, 15, 20, 25, 50)))
    return ts.TranscriptOffer(at + timedelta(seconds=100), draw.choice(_REMEDIES), value, "EUR", value <= 25)


def _promise(draw: random.Random, at: datetime, place: int) -> ts.TranscriptPromise:
    due = at + timedelta(hours=draw.choice((1, 2, 24, 48, 120))) if draw.random() < 0.85 else None
    return ts.TranscriptPromise(f"p{place + 1}", at + timedelta(seconds=150), draw.choice(_PROMISES), None, due)


def _kept(draw: random.Random, promise: ts.TranscriptPromise) -> ts.TranscriptAmendment:
    done = (promise.due or promise.at) + timedelta(hours=draw.choice((-1, -0.5, 3)))
    return ts.TranscriptAmendment(done, f"promises.{promise.id}.done_at", None, done.isoformat(timespec="seconds"))


def _tail(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    return "".join(digits[number // 36**place % 36] for place in (3, 2, 1, 0))


@cache
def _frameworks() -> tuple[_Kind, ...]:
    library = Library((Source(built_in_frameworks(), "built-in"),))
    return tuple(_Kind((loaded := library.load(name)).framework, loaded.digest) for name in _FRAMEWORKS)
