"""What of a call leaves the desk: everything, all but names and references, or numbers alone.

Cards, codes and passwords were masked before anything was written; what is left out here is left out besides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from msgspec.structs import replace

from recoverycli.session.mentions import Person, Wanted
from recoverycli.session.transcript import TranscriptCustomer, encode
from recoverycli.settings.model import Redactable
from recoverycli.store.redaction import redact
from recoverycli.store.redaction_rules import Rules
from recoverycli.store.rewriting import rewritten

if TYPE_CHECKING:
    from recoverycli.session.transcript import Call, TranscriptStep
    from recoverycli.settings.model import Share
    from recoverycli.store.transcripts import Stored

_NOBODY = TranscriptCustomer(None, None)
# What stands where words were: the number of promises, tasks and offers is told.
_PROMISE, _TASK, _OFFER = "promise", "task", "offer"
_TYPED = (".done_at", ".due", ".satisfied")


def shared(stored: Stored, share: Share) -> bytes:
    """Return the bytes of a transcript as they may leave the desk; with `all` those of the file."""
    if share == "all":
        return stored.raw
    call = stored.transcript.call
    return _nameless(call) if share == "no-names" else encode(_numbers(call))


def _nameless(call: Call) -> bytes:
    """Without customer, agent, reference, values and captures; the words mask whatever looks like one of them."""
    name, ref = call.customer.name, call.customer.ref
    known = tuple(words for words in (name, call.agent) if words)
    rules = Rules(frozenset(get_args(Redactable)), known)
    person = Person(_wanted(name), _wanted(ref, exact=True))

    def change(text: str) -> tuple[str, int]:
        masked, places = redact(text, rules)
        without, more = person.masked(masked)
        return without, places + more

    steps = tuple(replace(step, captured={}) for step in call.steps)
    data = encode(replace(call, agent=None, customer=_NOBODY, values={}, steps=steps))
    fresh = rewritten(data, change)
    return fresh.data if fresh.places else data


def _numbers(call: Call) -> Call:
    """Without a word that anybody typed: times, counts, amounts, what was chosen from a list, the framework's words."""
    return replace(
        call,
        agent=None,
        issue=None,
        customer=_NOBODY,
        values={},
        scenario=None,
        severity=None,
        steps=tuple(map(_bare, call.steps)),
        offers=tuple(replace(one, remedy=_OFFER, currency=None, needs=None) for one in call.offers),
        promises=tuple(replace(one, what=_PROMISE, due_said=None) for one in call.promises),
        tasks=tuple(replace(one, what=_TASK) for one in call.tasks),
        escalations=tuple(replace(one, to=None, why="", note=None) for one in call.escalations),
        root_cause=None,
        summary=None,
        amendments=tuple(one for one in call.amendments if one.field == "outcome" or one.field.endswith(_TYPED)),
        roleplay=None,
    )


def _bare(step: TranscriptStep) -> TranscriptStep:
    said = tuple(replace(one, text="") for one in step.said)
    return replace(step, skipped_because=None, said=said, notes=(), captured={}, answers=())


def _wanted(words: str | None, *, exact: bool = False) -> Wanted | None:
    wanted = Wanted(words, exact=exact) if words else None
    return wanted if wanted is not None and wanted.can_be_told else None
