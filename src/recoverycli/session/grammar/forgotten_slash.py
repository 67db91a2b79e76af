"""A command without its slash: `promise call back tomorrow 5pm`, `hold`, `mood angry`.

Such a line is a note, and stays one. The call offers to take it as the command. Ordinary notes begin with the same
words ("promise was broken", "offer ended on Monday", "customer angry"), so each command has its own rule, and a line
that tells of something that happened is never offered.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.frameworks.model import MOODS
from recoverycli.session.grammar.commands import COMMANDS, interpret_slash, settable_names
from recoverycli.session.grammar.meanings import Ambiguous, Misunderstood, Record

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from recoverycli.session.grammar.meanings import DateReader, Meaning
    from recoverycli.session.model import Session

_LONGEST = 200
_FIRST = re.compile(r"(?P<word>back[- ]?on|[a-z-]+)(?P<colon>:)?(?:\s+(?P<rest>.+))?", re.IGNORECASE)
_WORDS = re.compile(r"[\w'’-]+")
# A line with one of these tells what happened, or may happen.
_TELLING = frozenset(
    """was were is are isn't wasn't aren't weren't has had have hasn't haven't did didn't does doesn't do don't said
    says told tells never not he she they him his their them it its he's she's they're already again because if when
    since last yesterday ago earlier previous previously only still yet but who which keeps kept made given broken
    missed ended ends expired expires started starts came went seems looks should would could might cannot can't won't
    refused accepted declined promised offered called rang sent wrote""".split()  # noqa: SIM905
)
# After a command's word these make it the subject of a sentence.
_OF = frozenset(["of", "from", "by", "in", "on", "at", "with", "about", "that", "this", "for", "and", "or"])
_NOT_OFFERED = frozenset(["code", "price", "valid", "number", "no", "period", "letter", "email", "page", "terms", "to"])
_REMEDIES = frozenset(
    """refund replacement voucher credit discount upgrade waiver reimbursement repair exchange rebate compensation
    goodwill cashback""".split()  # noqa: SIM905  # easier to read than a list
)
_TO_DO = frozenset(
    """call ring phone email mail write send resend refund check look get text replace credit chase update confirm
    arrange collect deliver ship speak investigate find fix book callback message reply cancel waive pay order reship
    follow contact""".split()  # noqa: SIM905  # easier to read than a list
)
_DESKS = frozenset(
    "supervisor manager management lead leader tl team tier second complaints legal billing backoffice it".split()  # noqa: SIM905
)
_OWN_WORDS = re.compile(
    r"[\"“]|(?:i'm|i am|we're|we are) (?:so |very |truly )?sorry|i (?:do )?(?:apologi[sz]e|understand)|thank you for",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-Z][\w'’.-]*")
_NO_NAMES = frozenset([*MOODS, "service", "services", "care", "support", "relations", "id", "portal", "number"])
_UNCLEAR = frozenset(["unknown", "unclear", "he", "she", "they", "we", "i", "the", "his", "her", "my", "no", "nobody"])


class _Line(NamedTuple):
    session: Session
    rest: str
    words: tuple[str, ...]
    meaning: Meaning

    @property
    def first(self) -> str:
        return self.words[0] if self.words else ""

    @property
    def tells(self) -> bool:
        """Whether it is a sentence about what happened rather than a command."""
        return self.first in _OF or not _TELLING.isdisjoint(self.words)


def forgotten_command(session: Session, text: str, now: datetime, read_date: DateReader) -> str:
    """Return the command that a note was probably meant to be, slash and all; empty where it reads like a note."""
    line = " ".join(text.split())
    found = _FIRST.fullmatch(line) if len(line) <= _LONGEST and "\n" not in text.strip() else None
    if found is None:
        return ""
    word, rest = re.sub(r"^back ?on$", "back-on", found["word"].casefold()), found["rest"] or ""
    if word not in COMMANDS:
        return ""
    command = f"/{word} {rest}".strip()
    meaning = interpret_slash(session, command, now, read_date)
    if isinstance(meaning, Misunderstood):
        return ""
    heard = _Line(session, rest, tuple(_WORDS.findall(rest.casefold())), meaning)
    if found["colon"]:
        return command if rest and word in _WITH_VALUES else ""
    if not rest:
        return command if word in _ALONE else ""
    rule = _WITH_VALUES.get(word)
    return command if rule is not None and rule(heard) else ""


def tells(text: str) -> bool:
    """Whether a line is a sentence about what happened, and so no answer to a question for words of one's own."""
    words = _WORDS.findall(text.casefold())
    return len(words) > 2 and not _TELLING.isdisjoint(words)


def _offer(line: _Line) -> bool:
    if line.tells or line.first in _NOT_OFFERED:
        return False
    event = line.meaning.event if isinstance(line.meaning, Record) else None
    amount = isinstance(line.meaning, Ambiguous) or getattr(event, "value", None) is not None or line.rest.endswith("%")
    return amount or (len(line.words) <= 3 and not _REMEDIES.isdisjoint(line.words))


def _promise(line: _Line) -> bool:
    words = tuple(word for word in line.words if word not in {"to", "a", "an", "we'll", "i'll", "them"})
    if not words or line.tells:
        return False
    event = line.meaning.event if isinstance(line.meaning, Record) else None
    return isinstance(line.meaning, Ambiguous) or getattr(event, "due", None) is not None or words[0] in _TO_DO


def _escalate(line: _Line) -> bool:
    return not line.tells and (line.first == "to" or line.first in _DESKS)


def _customer(line: _Line) -> bool:
    names = line.rest.split()
    return (
        len(names) <= 4
        and all(_NAME.fullmatch(name) and (len(name) == 1 or not name.isupper()) for name in names)
        and not _NO_NAMES.intersection(line.words)
    )


def _reference(line: _Line) -> bool:
    parts = line.rest.split()
    return len(parts) <= 3 and all(re.search(r"\d", part) for part in parts)


def _issue(line: _Line) -> bool:
    steps = line.session.framework.steps
    return line.rest.casefold() in {issue for step in steps for phrase in step.phrases for issue in phrase.issues}


def _set(line: _Line) -> bool:
    name, _, value = line.rest.partition(" ")
    plain = len(value.split()) == 1 or re.search(r"\d", value) is not None
    return name.casefold() in {known.casefold() for known in settable_names(line.session)} and plain and not line.tells


def _cause(line: _Line) -> bool:
    return not line.tells and line.first not in _UNCLEAR and len(line.words) <= 8


def _due(line: _Line) -> bool:
    return any(promise.due is None for promise in line.session.promises)


def _yes(_line: _Line) -> bool:
    """The command takes no other words than those of its list: what it understands, it was meant to be."""
    return True


def _number(line: _Line) -> bool:
    return line.rest.isdecimal()


# What is hardly a note when nothing else stands in the line.
_ALONE = frozenset(
    ["accept", "abandon", "back", "back-on", "copy", "end", "hold", "keep", "next", "offer", "pause", "refuse", "skip",
     "switch", "undo", "more", "help", "notes", "history"]
)  # fmt: skip
_WITH_VALUES: dict[str, Callable[[_Line], bool]] = {
    "accept": _number, "channel": _yes, "cause": _cause, "copy": _number, "customer": _customer, "due": _due,
    "end": _yes, "escalate": _escalate, "goto": _yes, "instead": _offer, "issue": _issue, "mood": _yes,
    "offer": _offer, "ours": _yes, "outcome": _yes, "promise": _promise, "ref": _reference, "refuse": _number,
    "repeated": _yes, "said": lambda line: _OWN_WORDS.match(line.rest) is not None, "set": _set,
    "severity": _yes, "summary": lambda _line: False, "switch": lambda line: line.rest.casefold() == "back",
    "tick": _number,
}  # fmt: skip
