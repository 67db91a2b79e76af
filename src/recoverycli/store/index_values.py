"""What the index keeps of a call: plain values for its tables, made without any of them.

Times are microseconds since 1970 (UTC) unless their name ends in `_at`: those are RFC 3339 as the transcript has them.
Weekday (Monday is 0) and hour are those of the clock on the wall where the call was taken.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.session.amendments import current
from recoverycli.session.commitments import commitments
from recoverycli.session.searching import FIELDS, texts
from recoverycli.session.tokens import bare, words_of
from recoverycli.times.wall_clock import aware

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recoverycli.session.transcript import Call, TranscriptOffer, TranscriptStep

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
STATUS = {"done": 0, "skipped": 1, "open": 2}
# Signs of typography that part words, as plain text has them.
_TYPOGRAPHY = str.maketrans(dict.fromkeys("\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u00b7\u00a0\u20ac\u00a3", " "))


class Values(NamedTuple):
    """The rows of a call in the order of the tables' columns, without the key of the call.

    The first column of a step is its kind: framework, id, name, intent and phase.
    """

    call: tuple[Any, ...]
    steps: list[tuple[Any, ...]]
    offers: list[tuple[Any, ...]]
    commitments: list[tuple[Any, ...]]
    words: list[str | None]


def values_of(stored: Call) -> Values:
    """Return what the index keeps of a call, as it stands today."""
    call = current(stored)
    return Values(
        _call(call),
        [_step(step) for step in call.steps],
        [_offer(offer) for offer in call.offers],
        [
            (
                bound.kind, bound.entry.id, bound.entry.what, bound.due and micros(bound.due),
                bound.done_at and micros(bound.done_at), bound.satisfied,
            )
            for bound in commitments(call)
        ],
        _words(call),
    )  # fmt: skip


def micros(moment: datetime) -> int:
    """Return a moment (aware) as microseconds since 1970; one at the ends of the calendar fits too."""
    offset = moment.utcoffset()
    bare = moment.replace(tzinfo=UTC) - _EPOCH
    return (bare - offset if offset else bare) // _MICROSECOND


def from_micros(count: int) -> datetime:
    """Return the moment that `micros` counted, in UTC."""
    return _EPOCH + timedelta(microseconds=count)


def _call(call: Call) -> tuple[Any, ...]:
    began, customer, framework = aware(call.started_at), call.customer, call.framework
    began_at = began.isoformat()
    moods = [mood.mood for mood in call.moods]
    entered = (framework.id, *(switch.after for switch in call.switches)) if call.switches else (framework.id,)
    return (
        call.id, micros(began), began_at, aware(call.ended_at).isoformat(), call.seconds,
        began.weekday(), began.hour, began_at[:10],
        call.state, call.kind, framework.id, framework.name, _set(entered),
        call.agent, call.channel, call.issue, customer.name, customer.ref, call.found_by,
        moods[0] if moods else None, moods[-1] if moods else None, _set(moods) if moods else None, call.outcome,
        len([step for step in call.steps if step.status == "done"]), len(call.steps), len(call.promises),
        call.summary, call.root_cause,
        _case(call.agent), _case(call.issue), _case(customer.name), _case(customer.ref),
    )  # fmt: skip


def _step(step: TranscriptStep) -> tuple[Any, ...]:
    kind = (step.framework, step.id, step.name, step.intent, step.phase)
    own = len([words for words in step.said if words.phrase is None])
    return kind, STATUS[step.status], len(step.visits), step.seconds, own, len(step.said) - own


def _offer(offer: TranscriptOffer) -> tuple[Any, ...]:
    return offer.remedy, _case(offer.remedy), offer.value, offer.currency, offer.within_authority


def _words(call: Call) -> list[str | None]:
    gathered: dict[str, list[str]] = {field: [] for field in FIELDS}
    for field, text in texts(call):
        gathered[field].append(text if text.isascii() else _plain_words(text))
    return ["\n".join(found) if found else None for found in gathered.values()]


def _plain_words(text: str) -> str:
    plain = text.translate(_TYPOGRAPHY)
    return plain if plain.isascii() else words_of(plain)


def _case(text: str | None) -> str | None:
    return text and bare(text)


def _set(words: Iterable[str]) -> str:
    return f"|{'|'.join(dict.fromkeys([bare(word) for word in words]))}|"
