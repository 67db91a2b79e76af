"""The phrases of the step on the screen, as this call fills them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.framework.phrasing import Facts, choose, fill

if TYPE_CHECKING:
    from recoverycli.framework.model import Phrase
    from recoverycli.session.model import Session


def facts(session: Session) -> Facts:
    """What a phrase can be chosen and filled by: the call's own facts and the captured values."""
    return Facts(channel=session.channel, mood=session.mood, issue=session.issue, values=session.known)


def phrases(session: Session) -> tuple[Phrase, ...]:
    """The phrases of the step on the screen in the order of their numbers; empty on the wrap-up screen."""
    return choose(session.here.step, facts(session)) if session.here else ()


def spoken(session: Session, phrase: Phrase) -> str:
    """The words of a phrase with its placeholders filled."""
    return fill(phrase.say, facts(session).values)
