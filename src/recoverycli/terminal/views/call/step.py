"""A step as the agent sees it beside the call: glanced at, not read. `m` shows the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.frameworks.phrasing import fill
from recoverycli.session.contacts import contact_lines, way_back
from recoverycli.session.phrases import fillings_of, phrases, source_of
from recoverycli.session.requirements import questions
from recoverycli.terminal.views.call.checklist import checklist_blocks, checklist_lines
from recoverycli.terminal.views.call.known import (
    beside_step,
    columns,
    known_lines,
    known_words,
    newest_notes,
    restates,
    session_notes,
    side_lines,
)
from recoverycli.terminal.views.call.parts import (
    MARGIN,
    Block,
    Lines,
    fit_blocks,
    label_text,
    one_line,
    paragraph,
    plain,
    safe_line,
    shorten,
)
from recoverycli.terminal.views.call.progress import progress
from recoverycli.terminal.views.call.to_find import capture_blocks, capture_lines, deciding_values
from recoverycli.text.safe import escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recoverycli.frameworks.model import Avoid, Phrase, Step
    from recoverycli.session.model import Session, StepRecord
    from recoverycli.terminal.styled_text import Text

# At a glance: so many phrases. A roomy screen and `m` show all of them.
_AT_A_GLANCE = 3
_LONGEST_NOTE = 600
# What is known takes this share of the rows, if there are at least so many; from more on, it takes two lines.
_SHARE_OF_KNOWN = 4
_LEAST_KNOWN = 2
_ROOM_FOR_TWO = 4
# Empty lines that a step keeps around what was noted.
_AIR = 2


def step_lines(session: Session, width: int, height: int) -> list[Text]:
    """Return the step on the screen: what fits, the most needed first; what is known beside it or below."""
    here = session.here
    if here is None:
        return []
    if (beside := beside_step(width)) is not None:
        step_width, side_width = beside
        lines = fit_blocks(_blocks(session, here, step_width, width), height)
        # The line of the steps takes the whole width.
        side = [plain(""), plain(""), *side_lines(session, side_width, height - 2)]
        return columns(lines, side[:height], step_width)
    blocks = _blocks(session, here, width, width)
    free = height - sum(len(block.lines) for block in blocks if not block.extra)
    if restates(here):
        return fit_blocks(_with_story(blocks, session, width, free), height)
    # So many rows stay free for what is known: a new note moves nothing.
    below = min(height // _SHARE_OF_KNOWN, free)
    if below < _LEAST_KNOWN:
        return fit_blocks([*blocks, *_facts(session, width)], height)
    lines = fit_blocks(blocks, height - below)
    shown = deciding_values(session, here)
    known = known_lines(session, width, most=2 if below > _ROOM_FOR_TWO else 1, without=shown)
    gap = [plain("")] if known or session_notes(session) else []
    return [*lines, *gap, *known, *newest_notes(session, width, height - len(lines) - len(gap) - len(known))]


def _blocks(session: Session, here: StepRecord, width: int, progress_width: int) -> list[Block]:
    step, known = here.step, session.evidence
    return [
        Block((progress(session, progress_width),), rank=0),
        Block(paragraph(escape(step.goal), width, style="strong"), rank=1, gap=1),
        *_calls(session, width),
        *_way_back(session, width),
        *_principles(session, here, width),
        *_questions(questions(step, known), width),
        *capture_blocks(session, here, known, width),
        *_phrases(session, width),
        *_parts(session, width),
        Block(_bullets("Do", step.do, width), rank=40, gap=1, extra=True),
        *checklist_blocks(here, known, width),
        *_avoid(step, width),
    ]


def _with_story(blocks: list[Block], session: Session, width: int, free: int) -> list[Block]:
    """What is known and noted between the goal, with whom to bring in, and everything that is to be said."""
    head = 2 + len(contact_lines(session))
    known = known_lines(session, width, most=2 if free > _ROOM_FOR_TWO else 1)
    notes = newest_notes(session, width, free - len(known) - _AIR)
    if not notes:
        return [*blocks[:head], *_facts(session, width), *blocks[head:]]
    return [*blocks[:head], Block((*known, *notes), rank=2, gap=2), *blocks[head:]]


def step_details(session: Session, width: int) -> list[Lines]:
    """Return all that the step on the screen holds, in groups of lines."""
    here = session.here
    if here is None:
        return []
    step, known = here.step, session.evidence
    groups: list[Lines] = [
        (progress(session, width), *paragraph(escape(step.goal), width, style="strong")),
        _flat(_contact(f"{one.text} {one.hint}", width) for one in contact_lines(session)),
        *(block.lines for block in _phrases(session, width)),
        _bullets("Ask", questions(step, known, undecided=True), width),
        _bullets("Do", step.do, width),
        *(_full_avoid(avoid, width) for avoid in step.avoid),
        checklist_lines(here, known, width),
        _flat(capture_lines(session, capture, known, width) for capture in step.capture),
        _flat(label_text("Said", _long(words.text), width, column=6) for words in here.said),
        _flat(label_text("Note", _long(note.text), width, column=6) for note in here.notes),
        _flat(paragraph(escape(line), width, style="quiet") for line in _first_words(session, here)),
    ]
    return [group for group in groups if group]


def phrase_text(session: Session, phrase: Phrase) -> str:
    """Return the words of a phrase as they are shown: what people typed is safe in it, and not endless."""
    values = {name: shorten(value) for name, value in fillings_of(session, phrase).items()}
    return fill(escape(phrase.say), values)


def _first_words(session: Session, here: StepRecord) -> tuple[str, ...]:
    """The framework's principles, which belong before its first step."""
    first = session.walk[0].key == here.key
    return session.framework.principles if first else ()


def _principles(session: Session, here: StepRecord, width: int) -> list[Block]:
    lines = _flat(paragraph(escape(line), width, style="quiet") for line in _first_words(session, here))
    return [Block(lines, rank=45, gap=1, extra=True)] if lines else []


def _calls(session: Session, width: int) -> list[Block]:
    """Whom the card brings in: after the words to say first, before the others."""
    return [
        Block(_contact(one.text, width), rank=3, fuller=_contact(f"{one.text} {one.hint}", width))
        for one in contact_lines(session)
    ]


def _contact(text: str, width: int) -> Lines:
    return paragraph(safe_line(text), width, style="accent")


def _way_back(session: Session, width: int) -> list[Block]:
    back = way_back(session)
    return [Block(paragraph(escape(back), width, style="quiet"), rank=6, gap=8)] if back else []


def _questions(asked: tuple[str, ...], width: int) -> list[Block]:
    if not asked:
        return []
    return [Block(_bullets("Ask", asked[:1], width), rank=4, gap=2, fuller=_bullets("Ask", asked, width))]


def _phrases(session: Session, width: int) -> list[Block]:
    here = session.here
    said = {words.phrase for words in here.said} if here else set[str | None]()
    blocks: list[Block] = []
    for number, phrase in enumerate(phrases(session), start=1):
        extra = number > _AT_A_GLANCE
        label = f"{number}✓" if phrase.id in said else str(number)
        words = phrase_text(session, phrase)
        if source_of(session, phrase) == "personal":
            words = f"{words} (yours)"
        lines = label_text(label, words, width, label_style="accent")
        rank = (2, 3, 5)[number - 1] if not extra else 20 + number
        blocks.append(Block(lines, rank, gap=2 + number, extra=extra, series="phrases"))
    return blocks


def _parts(session: Session, width: int) -> list[Block]:
    """What an apology is made of: the parts that were said, and those that are missing with the phrase for each."""
    parts = session.arrangement.parts if session.arrangement is not None else ()
    if not parts or session.here is None:
        return []
    said = [f"✓ {part.name}" for part in parts if part.said]
    missing = [f"{part.name} {part.number}" if part.number else part.name for part in parts if not part.said]
    words = " · ".join((*said, *missing))
    return [Block(label_text("Sorry", words, width, column=6), rank=4, gap=6)]


def _bullets(label: str, items: tuple[str, ...], width: int) -> Lines:
    return _flat(label_text("" if index else label, escape(item), width) for index, item in enumerate(items))


def _avoid(step: Step, width: int) -> list[Block]:
    """The first words to avoid that are told in one line, else the first."""
    told = [_short_avoid(avoid, width) for avoid in step.avoid]
    if not told:
        return []
    best = next((lines for lines in told if len(lines) == 1), told[0])
    return [Block(best, rank=7, gap=0, fuller=_flat(told))]


def _short_avoid(avoid: Avoid, width: int) -> Lines:
    return label_text("Not", f'"{escape(avoid.say)}" · say "{escape(avoid.instead)}"', width, label_style="warning")


def _full_avoid(avoid: Avoid, width: int) -> Lines:
    text = f'"{escape(avoid.say)}" · {escape(avoid.because)} Say "{escape(avoid.instead)}"'
    return label_text("Not", text, width, label_style="warning")


def _facts(session: Session, width: int) -> list[Block]:
    """What is known of the call in one line that may be cut, where there is no room for more; `n` shows it whole."""
    notes = len(session_notes(session))
    words = known_words(session)
    if notes:
        words.append("1 note" if notes == 1 else f"{notes} notes")
    if not words:
        return []
    line = plain(" " * MARGIN) + plain(" · ".join(words), "quiet")
    return [Block((one_line(line, width),), rank=2, gap=7)]


def _long(text: str) -> str:
    return safe_line(text if len(text) <= _LONGEST_NOTE else text[:_LONGEST_NOTE] + "…")


def _flat(groups: Iterable[Lines]) -> Lines:
    return tuple(line for group in groups for line in group)
