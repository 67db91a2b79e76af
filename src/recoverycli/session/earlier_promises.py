"""Promises of this call as phrases speak of them: which one a phrase repeats, and its date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recoverycli.session import events as ev
from recoverycli.text.format import spoken_time

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.frameworks.model import Phrase
    from recoverycli.session.model import Before, Promise, Session

_WORD = re.compile(r"[^\W\d_]+")
# Ways to get in touch: "ring her" and "call the customer" promise the same, "tell" leaves the way open.
_CALL = frozenset({"call", "callback", "phone", "ring", "telephone", "speak"})
_WRITE = frozenset({"write", "email", "mail", "message", "text", "letter"})
_TELL = frozenset({"tell", "update", "inform", "contact", "answer", "reply", "touch", "know"})
# Words that say nothing about what is promised; a phrase of these alone repeats any promise.
_GENERAL = frozenset({
    "a", "an", "the", "to", "of", "at", "in", "on", "by", "for", "with", "without", "even", "and", "or", "that", "this",
    "it", "is", "are", "was", "be", "do", "done", "what", "where", "when", "again", "back", "agreed", "customer", "her",
    "him", "them", "their", "his", "if", "no", "up", "get", "let", "e", "i", "will", "news",
})  # fmt: skip
# After "by" these are not needed.
_LEADS = re.compile(r"(?:by|on|at|before|until|till)\s+", re.IGNORECASE)


def only_promise(session: Session) -> Promise | None:
    """Return the promise with a date, where there is one and not several."""
    dated = [promise for promise in session.promises if promise.due is not None]
    return dated[0] if len(dated) == 1 else None


def earlier_promise(session: Session, phrase: Phrase) -> Promise | None:
    """Return the promise of this call, with its date, that a phrase would repeat.

    A value that was typed for its gap after the promise counts more.
    """
    if phrase.promise is None or not session.promises:
        return None
    promises = {promise.id: promise for promise in session.promises}
    before = session.before
    while before is not None:
        if isinstance(before.event, ev.ValueSet) and before.event.name == phrase.promise.by:
            return None
        promise = promises.get(_promise_id(before))
        if promise is not None and promise.due_said and _is_same(phrase.promise.what, promise.what):
            return promise
        before = before.session.before
    return None


def spoken_date(promise: Promise, now: datetime) -> str:
    """Return the date of a promise as it fits after "by"; words that are no date stay as they were typed."""
    return spoken_words(promise.due_said or "") if promise.due is None else spoken_time(promise.due, now)


def spoken_words(typed: str) -> str:
    """Return words that are no date as they fit after "by"."""
    return _LEADS.sub("", typed.strip(), count=1)


def _promise_id(before: Before) -> str:
    """Return the id of the promise that an event made or dated; empty if it did neither."""
    match before.event:
        case ev.Promised() | ev.Said(promise=str()):
            return f"p{len(before.session.promises) + 1}"
        case ev.PromiseDated(promise=promise):
            return promise
    return ""


def _is_same(phrase: str, promise: str) -> bool:
    wanted = _words(phrase)
    made = _words(promise)
    if _TELL & made:
        made |= {"call", "write"}
    return not wanted or bool(wanted & made)


def _words(what: str) -> set[str]:
    """Return the words that say what is promised, the ways to get in touch each as one word."""
    words = {word.casefold() for word in _WORD.findall(what)}
    ways = {name for name, ways in (("call", _CALL), ("write", _WRITE), ("tell", _TELL)) if ways & words}
    return ways | (words - _CALL - _WRITE - _TELL - _GENERAL)
