"""Personal phrases: place, words, and when they fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.pages.lines import row_line
from recoverycli.pages.page import Groups, NoteBlock, Row, Section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.pages.page import Page
    from recoverycli.phrases.model import PersonalPhrase

_NONE_YET = 'No phrases are stored yet. Add one: recovery phrases add "I am so sorry." --intent apologize'
_NONE_SUCH = "No phrase of yours is like that. See them all: recovery phrases list"
_SHORTEST = 4


def phrases_page(phrases: Sequence[PersonalPhrase], names: Sequence[str], *, chosen: bool = False) -> Page:
    """Return the phrases as a page, grouped by place.

    `names` are the ids to show; `chosen` says that the list was filtered.
    """
    places: dict[str, list[Row]] = {}
    for phrase, name in zip(phrases, names, strict=True):
        places.setdefault(place_text(phrase), []).append(_row(phrase, name))
    groups = Groups(tuple(Section(place, rows=tuple(rows)) for place, rows in places.items()))
    return (groups if places else NoteBlock(_NONE_SUCH if chosen else _NONE_YET),)


def _row(phrase: PersonalPhrase, name: str) -> Row:
    return Row(name, f'"{_on_a_line(phrase.say)}"', fits(phrase))


def phrase_line(phrase: PersonalPhrase, name: str) -> str:
    """Return a phrase on one line: id, place, words, and when it fits."""
    return row_line(place_text(phrase), _row(phrase, name))


def place_text(phrase: PersonalPhrase) -> str:
    """Return the place of a phrase in words."""
    if phrase.intent is not None:
        return f"{phrase.intent}, in every framework"
    return f"{phrase.framework}, step {phrase.step}" if phrase.step else f"{phrase.framework}, every step"


def fits(phrase: PersonalPhrase) -> str:
    """Return when a phrase fits, in words; empty if it always fits."""
    when = (f"{name} is {value}" for name, value in phrase.when.items())
    said = (*phrase.moods, *phrase.channels, *phrase.issues, *when, *(("word for word",) if phrase.verbatim else ()))
    return _on_a_line(", ".join(said))


def short_ids(ids: Sequence[str]) -> list[str]:
    """Return the shortest unique start of each id, of four letters or more."""
    return [_short(id_, [other for other in ids if other != id_]) for id_ in ids]


def _short(id_: str, others: Sequence[str]) -> str:
    sizes = range(min(_SHORTEST, len(id_)), len(id_))
    return next((id_[:size] for size in sizes if not any(other.startswith(id_[:size]) for other in others)), id_)


def _on_a_line(text: str) -> str:
    return " ".join(text.split())
