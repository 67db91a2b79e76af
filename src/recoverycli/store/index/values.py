"""The rows of a call for the tables of the index."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.session.person import NO_NAMES
from recoverycli.session.query import FIELDS, texts
from recoverycli.session.transcript.amendments import current_call
from recoverycli.session.transcript.commitments import commitments
from recoverycli.session.transcript.facts import framework_steps
from recoverycli.store.index.columns import (
    STATUS,
    IndexedCall,
    IndexedCommitment,
    IndexedOffer,
    IndexedStep,
    StepKind,
    micros,
)
from recoverycli.text.tokens import fold_case, word_key, words_of
from recoverycli.times.wall_clock import with_offset

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recoverycli.session.transcript.model import Call, TranscriptOffer, TranscriptStep

# Typographic characters that separate words, with their plain-text forms.
_TYPOGRAPHY = str.maketrans(dict.fromkeys("\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u00b7\u00a0\u20ac\u00a3", " "))


class Values(NamedTuple):
    """The rows of a call, without its key; `words` are the texts of the searchable fields."""

    call: IndexedCall
    steps: list[IndexedStep]
    offers: list[IndexedOffer]
    commitments: list[IndexedCommitment]
    words: list[str | None]


def values_of(stored: Call) -> Values:
    """Return the rows of a call, with the values of today."""
    call = current_call(stored)
    return Values(
        _call(call),
        [_step(step) for step in call.steps],
        [_offer(offer) for offer in call.offers],
        [
            IndexedCommitment(
                kind=bound.kind,
                item=bound.entry.id,
                what=bound.entry.what,
                due=None if bound.due is None else micros(bound.due),
                done=None if bound.done_at is None else micros(bound.done_at),
                satisfied=bound.satisfied,
                promised=None if bound.promised is None else micros(bound.promised),
            )
            for bound in commitments(call)
        ],
        _words(call),
    )


def _call(call: Call) -> IndexedCall:
    began, ended = with_offset(call.started_at), with_offset(call.ended_at)
    customer, framework = call.customer, call.framework
    began_at = began.isoformat()
    moods, steps = [mood.mood for mood in call.moods], framework_steps(call)
    opened = [card.id for card in call.cards if card.opened_at is not None]
    entered = (framework.id, *(switch.after for switch in call.switches)) if call.switches else (framework.id,)
    return IndexedCall(
        id=call.id,
        started=micros(began),
        started_at=began_at,
        ended_at=ended.isoformat(),
        seconds=call.seconds,
        weekday=began.weekday(),
        hour=began.hour,
        day=began_at[:10],
        state=call.state,
        kind=call.kind,
        framework=framework.id,
        framework_name=framework.name,
        entered=_set(entered),
        agent=call.agent,
        channel=call.channel,
        issue=call.issue,
        customer=customer.name,
        ref=customer.ref,
        found_by=call.found_by,
        mood_first=moods[0] if moods else None,
        mood_last=moods[-1] if moods else None,
        moods=_set(moods) if moods else None,
        outcome=call.outcome,
        steps_done=len([step for step in steps if step.status == "done"]),
        steps_total=len(steps),
        promises=len(call.promises),
        summary=call.summary,
        cause=call.root_cause,
        agent_folded=_case(call.agent),
        ref_folded=_case(customer.ref),
        ended=micros(ended),
        repeated=call.repeated,
        ours=call.ours,
        severity=call.severity,
        cards=_set(opened) if opened else None,
        escalated=bool(call.escalations) or call.outcome == "escalated",
        issue_key=_key(call.issue),
        customer_key=None if customer.name in NO_NAMES else _key(customer.name),
    )


def _step(step: TranscriptStep) -> IndexedStep:
    own = len([words for words in step.said if words.phrase is None])
    # By position: keyword arguments double the time, and there are many steps.
    kind = StepKind(step.framework, step.id, step.name, step.intent, step.phase)
    return IndexedStep(kind, STATUS[step.status], len(step.visits), step.seconds, own, len(step.said) - own)


def _offer(offer: TranscriptOffer) -> IndexedOffer:
    return IndexedOffer(
        remedy=offer.remedy,
        remedy_folded=fold_case(offer.remedy),
        value=offer.value,
        currency=offer.currency,
        within=offer.within_authority,
        answer=offer.answer,
    )


def _words(call: Call) -> list[str | None]:
    gathered: dict[str, list[str]] = {field: [] for field in FIELDS}
    for field, text in texts(call):
        gathered[field].append(text if text.isascii() else _plain_words(text))
    return ["\n".join(found) if found else None for found in gathered.values()]


def _plain_words(text: str) -> str:
    plain = text.translate(_TYPOGRAPHY)
    return plain if plain.isascii() else words_of(plain)


def _case(text: str | None) -> str | None:
    return text and fold_case(text)


def _key(text: str | None) -> str | None:
    return text and word_key(text)


def _set(words: Iterable[str]) -> str:
    return f"|{'|'.join(dict.fromkeys([fold_case(word) for word in words]))}|"
