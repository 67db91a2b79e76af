"""What a step still has to find out, drawn: how each value is filled, and the values that decide the way on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.frameworks.computed import is_computed
from recoverycli.frameworks.conditions import name_words
from recoverycli.session.grammar.gates import question_of
from recoverycli.session.requirements import applies, deciding_names, depends_words, required_ids
from recoverycli.terminal.views.call.parts import Block, Lines, label_text, safe_line, shorten
from recoverycli.text.safe import escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recoverycli.frameworks.model import Capture
    from recoverycli.frameworks.values import Known
    from recoverycli.session.model import Session, StepRecord

_LONGEST = 600
_COLUMN = 6
# So many lines of open values stand on a screen that is not roomy.
_AT_A_GLANCE = 3


def capture_blocks(session: Session, here: StepRecord, known: Known, width: int) -> list[Block]:
    """What decides and what is required: the values that are known in one line, then how the others are filled.

    What only the family of the issue asks for comes after what is said.
    """
    have = [f"{name_words(name)}: {shorten(value)}" for name, value in deciding_values(session, here).items()]
    blocks = [Block(label_text("Have", " · ".join(have), width, column=_COLUMN), rank=3, gap=2)] if have else []
    needed = required_ids(session, here)
    first = [name for name in _open_names(session, here) if name not in needed]
    own = {capture.id: capture for capture in here.step.capture}
    # Of what is required, that comes first of which it is known that it applies.
    required = sorted(
        (own[name] for name in needed if name in own), key=lambda one: bool(depends_words(one.when, known))
    )
    lines = [
        *(_find(session, name, width) for name in first),
        *(capture_lines(session, one, known, width) for one in required),
    ]
    if lines:
        shown = len(lines) if len(lines) <= _AT_A_GLANCE else _AT_A_GLANCE - 1
        others = ", ".join([*first, *(one.id for one in required)][shown:])
        more = label_text("", f"also {others} · /set NAME …", width, column=_COLUMN)
        some = _flat((*lines[:shown], *([more] if shown < len(lines) else [])))
        blocks.append(Block(some, rank=3, gap=2, fuller=_flat(lines)))
    return [*blocks, *_family_captures(session, here, known, width, {*needed})]


def deciding_values(session: Session, here: StepRecord) -> dict[str, str]:
    """Return the words of the known values that the way on from a step depends on."""
    told, known = session.known, session.evidence
    return {name: told[name] for name in deciding_names(session, here.step) if name in told and name in known.values}


def _open_names(session: Session, here: StepRecord) -> list[str]:
    """The names that the way on depends on and that somebody can tell; checks stand in the checklist."""
    if session.onward is None or (here.step.call is not None and not here.returned):
        return []
    captures, checks = session.captures, session.checks
    asked = (name for name in session.onward.open if name not in checks)
    return [name for name in asked if name not in captures or not is_computed(captures[name])]


def capture_lines(session: Session, capture: Capture, known: Known, width: int) -> Lines:
    """Return a capture with its value, or how it is filled; nothing where it does not apply."""
    value = session.latest.captured.get(capture.id, session.worked_out.get(capture.id))
    if not applies(capture.when, known):
        return ()
    if value is not None:
        return label_text("Have", f"{capture.id}: {_long(value)}", width, column=_COLUMN)
    if is_computed(capture):
        return label_text("Find", f"{escape(capture.ask)} · worked out from other values", width, column=_COLUMN)
    choices = f" ({', '.join(capture.choices)})" if capture.choices else ""
    depends = depends_words(capture.when, known)
    needed = f" ({depends})" if depends else " (required)" if capture.required else ""
    words = f"{escape(capture.ask)}{escape(choices)}{needed} · /set {capture.id} …"
    return label_text("Find", words, width, column=_COLUMN)


def _find(session: Session, name: str, width: int) -> Lines:
    """A value that decides: its question, and the line that fills it."""
    question = question_of(session, name)
    answers = f" ({', '.join(question.options)})" if question.options else ""
    line = "/mood" if name == "mood" else f"/set {name}"
    return label_text("Find", f"{escape(question.text + answers)} · {line} …", width, column=_COLUMN)


def _family_captures(session: Session, here: StepRecord, known: Known, width: int, needed: set[str]) -> list[Block]:
    """The first fact that the family of the issue asks for and nobody captured; all of them where there is room."""
    wanted = {capture.id for capture in session.family.capture} if session.family is not None else set[str]()
    left = [one for one in here.step.capture if one.id in wanted - needed and one.id not in here.captured]
    if not left:
        return []
    lines = [capture_lines(session, capture, known, width) for capture in left]
    return [Block(lines[0], rank=8, gap=2, fuller=_flat(lines))]


def _long(text: str) -> str:
    return safe_line(text if len(text) <= _LONGEST else text[:_LONGEST] + "…")


def _flat(groups: Iterable[Lines]) -> Lines:
    return tuple(line for group in groups for line in group)
