"""Where the call stands in its framework, in one line that shrinks with the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.frameworks.conditions import name_words
from recoverycli.terminal.views.call.parts import MARGIN, one_line, plain
from recoverycli.text.safe import escape

if TYPE_CHECKING:
    from recoverycli.frameworks.paths import Onward
    from recoverycli.session.model import Session, StepRecord
    from recoverycli.terminal.styled_text import Text

WRAP_UP = "Wrap-up"


def progress(session: Session, width: int) -> Text:
    """Return the progress line: every step where there is room, else the place in numbers and the step's name."""
    for line in (_all_steps(session, numbered=True), _all_steps(session, numbered=False), _next(session)):
        if line.cell_len <= width:
            return line
    return one_line(_short(session), width)


def _all_steps(session: Session, *, numbered: bool) -> Text:
    line = _head(session)
    for number, record in enumerate(session.route, start=1):
        line += plain(" · " if number > 1 else "  ", "quiet")
        line += _stop(record, number, numbered=numbered, current=record.step.id == session.place.step)
    if playbook := _calls(session):
        line += plain(f" · then {escape(playbook)}", "quiet")
    elif session.depends_on:
        line += plain(f" · {_depends(session.depends_on)}", "quiet")
    line += plain(" · ", "quiet")
    line += plain(f"▸ {WRAP_UP}", "accent") if session.at_wrap_up else plain(_end(session), "quiet")
    return line


def _calls(session: Session) -> str:
    """The playbook that the step on the screen still has to call; empty if there is none."""
    here = session.here
    return here.step.call or "" if here is not None and not here.returned else ""


def _end(session: Session) -> str:
    """What comes after the last step: the wrap-up screen, or the playbook that called this one."""
    return f"back to {escape(session.places[-2].framework.name)}" if session.place.called else WRAP_UP


def _stop(record: StepRecord, number: int, *, numbered: bool, current: bool) -> Text:
    name = escape(record.step.name)
    place = f"{number} " if numbered else ""
    if current:
        return plain(f"▸ {place}{name}", "accent")
    if record.status == "done":
        return plain(f"✓ {name}")
    if record.status == "skipped":
        return plain(f"– {name}", "quiet")
    return plain(f"{place}{name}", "quiet")


def _next(session: Session) -> Text:
    line = _short(session)
    if playbook := _calls(session):
        line += plain(f" · then {escape(playbook)}", "quiet")
    elif session.onward is not None:
        line += plain(f" · {_ahead(session.onward, session)}", "quiet")
    return line


def _depends(names: tuple[str, ...]) -> str:
    """What the way depends on, as long as it is not known."""
    return f"depends on {name_words(names[0])}"


def _ahead(onward: Onward, session: Session) -> str:
    if onward.open:
        return _depends(onward.open)
    after = session.record(onward.to)
    return f"then {escape(after.step.name) if after else _end(session)}"


def _short(session: Session) -> Text:
    line = _head(session)
    here = session.here
    if here is None:
        return line + plain(f" {WRAP_UP}", "accent")
    route = [record.key for record in session.route]
    # As long as the way is open, nobody knows how many steps it has.
    total = "" if session.depends_on else f"/{len(route)}"
    return line + plain(f" {route.index(here.key) + 1}{total} ") + plain(escape(here.step.name), "accent")


def _head(session: Session) -> Text:
    return plain(" " * MARGIN) + plain(escape(session.framework.name), "strong")
