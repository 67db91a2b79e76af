"""The cards of a call: which there are, which are switched off, and which one the agent's words suggest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recoverycli.content.library import SUFFIXES
from recoverycli.content.nodes import Problem
from recoverycli.content.reader import file_bytes
from recoverycli.errors import RecoveryError, nearest
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.session import events as ev
from recoverycli.session.grammar.meanings import Misunderstood

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from recoverycli.frameworks.library import LoadedFramework
    from recoverycli.frameworks.model import Framework
    from recoverycli.session.model import Session

# The keys of a file tell whether it is a card long before all of it is read and checked.
_CARD = re.compile(rb"^[\"']?card[\"']?\s*:", re.MULTILINE)
_EXTENDS = re.compile(rb"^[\"']?extends[\"']?\s*:\s*[\"']?([a-z0-9-]+)", re.MULTILINE)


class CallCards:
    """The frameworks that are cards. `off` are those switched off, by the settings that `off_in` names."""

    def __init__(self, library: FrameworkLibrary | None = None, off: Collection[str] = (), off_in: str = "") -> None:
        self._library = library or FrameworkLibrary(())
        self._off = frozenset(off)
        self._off_in = off_in
        self._ids: tuple[str, ...] | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the cards that can be opened, the most urgent first."""
        if self._ids is None:
            found = (one for one in self._library.ids() if one not in self._off and self._is_card(one))
            self._ids = tuple(sorted(found, key=_urgency))
        return self._ids

    def warm(self) -> None:
        """Find the cards, so that the first note is answered at once."""
        _ = self.ids

    def list_cards(self) -> tuple[Framework, ...]:
        """Read every card; a file that cannot be read is left out."""
        return tuple(loaded.content for loaded in map(self._load, self.ids) if loaded is not None)

    def find(self, word: str) -> LoadedFramework | Misunderstood:
        """Return the card of a name or of the only name that begins so, or why there is none."""
        begins = [one for one in self.ids if one.startswith(word)]
        wanted = word if word in self.ids else begins[0] if len(begins) == 1 else ""
        if wanted:
            try:
                loaded = self._library.load(wanted)
            except RecoveryError as fault:
                return Misunderstood(" · ".join(filter(None, (fault.message, fault.hint))))
            if loaded.content.card is not None:
                return loaded
        if word in self._off and word in self._library.ids():
            return Misunderstood(f"the card {word} is switched off in the settings ({self._off_in})")
        if word in self._library.ids():
            return Misunderstood(f"{word} is a framework, not a card", f"/switch {word}")
        near = nearest(word, self.ids)
        return Misunderstood(f"there is no card {word[:40]}", f"/card {near}" if near else "/card")

    def suggest(
        self, event: ev.Event, session: Session, read: Callable[[str, Collection[str]], str | None]
    ) -> Framework | None:
        """Return the card that the words of an event suggest; one is not suggested twice, nor after it was opened.

        `read` returns the card that a text suggests, of those named, or None.
        """
        text = _words(event)
        if not text:
            return None
        known = {*(one.card for one in session.suggested), *(place.framework.id for place in session.frameworks)}
        found = read(text, [one for one in self.ids if one not in known])
        loaded = self._load(found) if found is not None else None
        return loaded.content if loaded is not None else None

    def _load(self, card: str) -> LoadedFramework | None:
        loaded = self._library.find(card, [])
        return loaded if loaded is not None and loaded.content.card is not None else None

    def _is_card(self, framework: str, before: tuple[str, ...] = ()) -> bool:
        """Whether any file of that id is a card, or extends one: a broken file hides none that comes after it."""
        for path in self._paths(framework):
            data = file_bytes(path)
            if isinstance(data, Problem):
                continue
            base = _EXTENDS.search(data)
            name = base[1].decode("ascii") if base is not None else framework
            inherits = name not in (*before, framework) and self._is_card(name, (*before, framework))
            if inherits or _CARD.search(data):
                return True
        return False

    def _paths(self, framework: str) -> Iterator[Path]:
        return (source.folder / f"{framework}{suffix}" for source in self._library.sources for suffix in SUFFIXES)


def card_lines(cards: Collection[Framework]) -> tuple[str, ...]:
    """Return the cards in lines: the key that opens one, its name, and when it is for."""
    if not cards:
        return ("There are no cards here.",)
    return tuple(f"/card {one.id}: {one.name}. {one.suits.when or one.summary}" for one in cards)


def card_text(card: Framework) -> tuple[str, ...]:
    """Return what a card says in lines, each after what it is for."""
    lines = [f"{card.name}: {card.suits.when or card.summary}"]
    for step in card.live_steps:
        lines.append(f"{step.name}: {step.goal}")
        lines += [f"Do: {item}" for item in step.do]
        lines += [f"Say: {phrase.say}" for phrase in step.phrases[:1]]
        lines += [f"Not: {avoid.say}" for avoid in step.avoid[:1]]
    return tuple(lines)


def suggestion_line(card: Framework) -> str:
    """Return the line that suggests a card."""
    return f"{card.card.suggestion if card.card and card.card.suggestion else card.name}: /card {card.id}"


def _urgency(card: str) -> tuple[int, str]:
    from recoverycli.wording.cards import DANGER_TO_LIFE, OTHER_HARM

    order = (*DANGER_TO_LIFE, *OTHER_HARM)
    return order.index(card) if card in order else len(order), card


def _words(event: ev.Event) -> str:
    """What the agent wrote or said in own words; empty for any other event."""
    match event:
        case ev.Noted():
            return event.text
        case ev.Said(phrase=None):
            return event.text
        case ev.ValueSet():
            return event.value
        case ev.IssueSet():
            return event.issue
        case ev.CauseGiven():
            return event.cause
        case ev.SummaryGiven():
            return event.summary
        case _:
            return ""
