"""The phrases of the step on the screen, in the order of their numbers, as this call fills them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.frameworks.phrasing import MOST, Facts, choose, fill, fits_channel
from recoverycli.session.model import Arrangement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recoverycli.frameworks.model import Phrase
    from recoverycli.session.events import PhraseSource
    from recoverycli.session.model import ArrangedBy, Session

# What was said in this call comes after what was said in others.
_SAID_HERE = 1_000


def facts(session: Session) -> Facts:
    """Return what phrases are chosen and filled by: the call's own facts and the captured values."""
    return Facts(channel=session.channel, mood=session.mood, issue=session.issue, values=session.known)


def arrangement_key(session: Session) -> ArrangedBy:
    """Return what the order of the phrases depends on: the order changes only with it."""
    here = session.here
    place = (session.framework.id, here.step.id, len(here.visits)) if here else ("", "", 0)
    return (*place, session.mood, session.issue, session.channel, tuple(session.values.items()))


def arrange_phrases(session: Session, own: tuple[Phrase, ...], worn: Mapping[str, int]) -> Arrangement:
    """Return the phrases of the step in their order.

    `own` are the agent's for this step: they come first if they fit the channel. `worn` counts how often a phrase was
    said in recent calls.
    """
    here = session.here
    if here is None:
        return Arrangement(arrangement_key(session))
    known = facts(session)
    said = {words.phrase: _SAID_HERE for record in session.steps for words in record.said if words.phrase}
    used = {**worn, **said}
    first = choose((phrase for phrase in own if fits_channel(phrase, session.channel)), known, used)
    ids = {phrase.id for phrase in first}
    others = [*here.step.phrases, *(phrase for phrase in own if phrase.id not in ids)]
    rest = choose((phrase for phrase in others if phrase.id not in ids), known, used)
    return Arrangement(arrangement_key(session), (*first, *rest)[:MOST], frozenset(phrase.id for phrase in own))


def phrases(session: Session) -> tuple[Phrase, ...]:
    """Return the phrases of the step on the screen in the order of their numbers; empty on the wrap-up screen."""
    if session.arrangement is not None and session.arrangement.by == arrangement_key(session):
        return session.arrangement.phrases
    return choose(session.here.step.phrases, facts(session))[:MOST] if session.here else ()


def source_of(session: Session, phrase: Phrase) -> PhraseSource:
    """Return the source of a phrase."""
    own = session.arrangement is not None and phrase.id in session.arrangement.own
    return "personal" if own else session.place.source


def spoken_text(session: Session, phrase: Phrase) -> str:
    """Return the text of a phrase with its placeholders filled."""
    return fill(phrase.say, session.known)
