"""What an answer serves: its intents, the step that it belongs to, and the steps that it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.training.roleplay.hints import best
from recoverycli.training.scenarios.reactions import BAD, intents_of, intents_of_act

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from recoverycli.frameworks.model import Intent
    from recoverycli.session.model import Session, StepRecord
    from recoverycli.training.scenarios.model import ScenarioReply
    from recoverycli.training.scenarios.play import Roleplay


class AnswerPlace(NamedTuple):
    """The intents of an answer, the id of the step that it belongs to, and the ids of all steps that it takes."""

    intents: tuple[Intent, ...]
    step: str | None
    takes: tuple[str, ...]


def place_answer(session: Session, play: Roleplay, intents: tuple[Intent, ...]) -> AnswerPlace:
    """Return what an answer with these intents serves.

    It belongs to the step that carries the first of them. An answer that no step carries belongs to the step of the
    strongest answer, and takes it unless it serves nothing at all.
    """
    taken = {step for exchange in session.exchanges for step in exchange.takes or ()}
    ahead = _ahead(session)
    takes = tuple(dict.fromkeys(_takes(intents, ahead, taken)))
    if takes:
        return AnswerPlace(intents, takes[0], takes)
    wanted = best(play)
    due = next(_takes(wanted.intents, ahead, taken), None) if wanted is not None else None
    return AnswerPlace(intents, due, (due,) if due is not None and intents else ())


def intents_of_words(
    session: Session, reply: ScenarioReply | None, acts: Collection[str], named: Collection[str]
) -> tuple[Intent, ...]:
    """Return the intents that own words serve.

    Those of the reply that they count as, as far as the acts serve them; and for each act those that the words name,
    else the first that a step carries.
    """
    good = [act for act in acts if act not in BAD]
    carried = {intent for record in session.walk for intent in (record.step.intent, *record.step.also)}
    possible = intents_of(good)
    found = [intent for intent in (reply.intents if reply is not None else ()) if intent in possible]
    for act in good:
        serves = intents_of_act(act)
        exact = [intent for intent in serves if intent in named and intent in carried]
        found += exact or [next((intent for intent in serves if intent in carried), serves[0])]
    return tuple(dict.fromkeys(found))


def _ahead(session: Session) -> list[StepRecord]:
    """The live steps: those ahead or here before those that were left."""
    ids = [record.step.id for record in session.walk]
    here = ids.index(session.place.step) if session.place.step in ids else 0
    return [*session.walk[here:], *session.walk[:here]]


def _takes(intents: Iterable[Intent], steps: list[StepRecord], taken: Collection[str]) -> Iterator[str]:
    """The step that carries each intent; of several, one that was not taken yet."""
    for intent in intents:
        first = [record.step.id for record in steps if record.step.intent == intent]
        carries = first or [record.step.id for record in steps if intent in record.step.also]
        if carries:
            yield next((step for step in carries if step not in taken), carries[0])
