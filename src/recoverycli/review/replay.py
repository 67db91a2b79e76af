"""A call as it was, moment by moment: what happened, where, and how long it took until then."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from recoverycli.review.story import walked_steps
from recoverycli.session.offer_text import answer_text, offer_text
from recoverycli.session.transcript.amendments import current_call
from recoverycli.session.transcript.facts import NOT_SAID, answer_fact, item_words
from recoverycli.text.format import clock, day_and_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from recoverycli.session.transcript.model import Call, TranscriptStep

Kind = Literal[
    "step", "said", "own", "aside", "note", "answer", "mood", "hold", "offer", "offer-answer", "promise", "escalation",
    "switch", "call", "return", "ticked", "captured", "skipped", "pause", "customer", "feedback", "end",
]  # fmt: skip
# People read about 238 words a minute in silence (Brysbaert 2019, Journal of Memory and Language 109).
WORDS_A_SECOND = 238 / 60
LONGEST_PAUSE = 3.0  # seconds; shows a silence as well as a minute does
SHORTEST = 0.4
# Space pauses to read a long note to its end.
LONGEST_READING = 12.0  # seconds, some fifty words


class Frame(msgspec.Struct, frozen=True):
    """One event: seconds into the call (without pauses), seconds since the last, and its step.

    `number` counts the steps that were walked, from 1; it and `step` are None before the first and after the last.
    """

    at: float
    wait: float
    kind: Kind
    text: str
    step: str | None
    step_id: str | None
    number: int | None
    of: int
    framework: str


class _Moment(NamedTuple):
    at: datetime
    place: int
    order: int
    kind: Kind
    text: str


def frames(stored: Call) -> tuple[Frame, ...]:
    """Return the call in the order in which it happened; of one time first what came first in its framework."""
    call = current_call(stored)
    steps = walked_steps(call)
    made: list[Frame] = []
    last = 0.0
    moments = sorted(_moments(call, steps), key=lambda one: (one.at, one.place, one.order))
    ended_at = max([call.ended_at, *(moment.at for moment in moments)])
    for moment in (*moments, _Moment(ended_at, len(steps), 9, "end", _ending(call))):
        # A clock that was set back does not move until it has caught up.
        at = max(last, _time_into_call(call, moment.at))
        step = steps[moment.place] if 0 <= moment.place < len(steps) else None
        made.append(
            Frame(
                round(at, 3), round(at - last, 3), moment.kind, moment.text,
                step.name if step else None, step.id if step else None, moment.place + 1 if step else None,
                len(steps), step.framework if step else call.framework.id,
            )
        )  # fmt: skip
        last = at
    return tuple(made)


def waits(found: Sequence[Frame], speed: float = 1.0) -> list[float]:
    """Return how long to wait before each frame, in seconds: the reading time of the last one, or the time in the call,
    limited to LONGEST_PAUSE or LONGEST_READING and divided by `speed`.
    """
    waits = [0.0]
    for before, frame in pairwise(found):
        reading = min(LONGEST_READING, max(SHORTEST, len(before.text.split()) / WORDS_A_SECOND))
        waits.append(max(reading, min(frame.wait, LONGEST_PAUSE)) / speed)
    return waits[: len(found)]


def _time_into_call(call: Call, at: datetime) -> float:
    paused = sum(
        max(0.0, (min(at, pause.until or at) - pause.at).total_seconds()) for pause in call.pauses if pause.at < at
    )
    return max(0.0, (at - call.started_at).total_seconds() - paused)


def _moments(call: Call, steps: Sequence[TranscriptStep]) -> Iterator[_Moment]:
    reached = call.started_at
    for place, step in enumerate(steps):
        for visit in step.visits:
            yield _Moment(visit.entered_at, place, -2, "step", step.name)
        for words in step.said:
            kind: Kind = "aside" if step.intent in NOT_SAID else "said" if words.phrase else "own"
            yield _Moment(words.at, place, 1, kind, words.text)
        yield from (_Moment(note.at, place, 2, "note", note.text) for note in step.notes)
        yield from (
            _Moment(gone.at, place, 3, "answer", answer_fact(gone, step, call)) for gone in step.answers if gone.answer
        )
        # Ticks and captures have no time: they are shown at the end of their step.
        left = [visit.left_at or visit.entered_at for visit in step.visits]
        reached = max([reached, *left]) if left else reached
        if step.ticked:
            yield _Moment(reached, place, 4, "ticked", "; ".join(item_words(step, step.ticked)))
        for name, value in step.captured.items():
            yield _Moment(reached, place, 5, "captured", f"{name.replace('_', ' ')}: {value}")
        if step.status == "skipped":
            yield _Moment(reached, place, 6, "skipped", step.skipped_because or "no reason was given")
    for turn in call.roleplay.turns if call.roleplay else ():
        place = next((place for place, step in enumerate(steps) if step.id == turn.step), 0)
        yield _Moment(turn.at, place, -1, "customer", turn.heard)
        if turn.own:
            yield _Moment(turn.at, place, 2, "feedback", turn.because)
    yield from _of_the_call(call, steps)


def _of_the_call(call: Call, steps: Sequence[TranscriptStep]) -> Iterator[_Moment]:
    told: list[tuple[datetime, Kind, str]] = [(mood.at, "mood", mood.mood) for mood in call.moods]
    told += [(hold.at, "hold", "the customer is on hold") for hold in call.holds]
    told += [(hold.until, "hold", "the customer is back") for hold in call.holds if hold.until]
    told += [
        (pause.at, "pause", f"the call was paused for {clock((pause.until - pause.at).total_seconds())}")
        for pause in call.pauses
        if pause.until
    ]
    told += [(offer.at, "offer", offer_text(offer)) for offer in call.offers]
    told += [
        (offer.answered_at, "offer-answer", f"{offer_text(offer)} {answer_text(offer)}")
        for offer in call.offers
        if offer.answered_at is not None
    ]
    for promise in call.promises:
        due = f", by {day_and_time(promise.due)}" if promise.due else ""
        told.append((promise.at, "promise", f"{promise.what}{due}"))
    for handed in call.escalations:
        told.append((handed.at, "escalation", f"{handed.to}: {handed.why}" if handed.to else handed.why))
    told += [(switch.at, switch.how, f"from {switch.before} to {switch.after}") for switch in call.switches]
    for at, kind, text in told:
        entered = [
            (visit.entered_at, place)
            for place, step in enumerate(steps)
            for visit in step.visits
            if visit.entered_at <= at
        ]
        yield _Moment(at, max(entered)[1] if entered else 0 if steps else -1, 7, kind, text)


def _ending(call: Call) -> str:
    how: str = "abandoned" if call.state == "abandoned" else call.outcome or "left open"
    if call.roleplay is not None and call.roleplay.last_words:
        how = f'{how}; "{call.roleplay.last_words}"'
    return f"{how}; {' '.join(call.summary.split())}" if call.summary else how
