"""Everything recorded in a call so far, in order: the page of `n`, and its lines that are read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.live.responses import describe_event, describe_promise
from recoverycli.session import events as ev
from recoverycli.terminal.views.call.known import known_words
from recoverycli.terminal.views.call.parts import label_text, paragraph
from recoverycli.text.safe import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.session.model import Session
    from recoverycli.terminal.views.call.parts import Lines

_NOTHING = "Nothing is recorded yet."


def notes_groups(session: Session, width: int) -> list[Lines]:
    """Return what is known, then what was recorded, with its time: a group of lines for each step."""
    known = " · ".join(known_words(session))
    groups: list[Lines] = [paragraph(known, width)] if known else []
    for step, entries in _by_step(session):
        lines = [paragraph(escape(step), width, style="strong")]
        lines += [label_text(time, escape(" ".join(text.split())), width, column=6) for time, text in entries]
        groups.append(tuple(line for group in lines for line in group))
    return groups or [paragraph(_NOTHING, width)]


def notes_read_aloud(session: Session) -> list[str]:
    """Return the same as lines that read well aloud."""
    known = ", ".join(known_words(session))
    lines = [f"Known: {known}"] if known else []
    for step, entries in _by_step(session):
        lines += [f"In {step}:", *(f"{time}, {text}" for time, text in entries)]
    return lines or [_NOTHING]


def _by_step(session: Session) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield each step in which something was recorded, and the times and words of it."""
    entries: list[tuple[str, str]] = []
    step = ""
    for recorded in session.history:
        event, then = recorded.event, recorded.session
        text = _words(event, then)
        if not text:
            continue
        if then.latest.step.name != step:
            if entries:
                yield step, entries
            step, entries = then.latest.step.name, []
        entries.append((f"{event.at:%H:%M}", text))
    if entries:
        yield step, entries


def _words(event: ev.Event, session: Session) -> str:
    """An event in words, whole where somebody typed or said them."""
    match event:
        case ev.Noted():
            return event.text
        case ev.Said():
            promised = describe_promise(event).replace(" · ", ", ")
            return ", ".join(filter(None, (f'said: "{event.text}"', promised)))
        case ev.SummaryGiven():
            return f"summary: {event.summary}"
    return describe_event(event, session).replace(" · ", ", ")
