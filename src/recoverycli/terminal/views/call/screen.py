"""The whole of what stands above the prompt: the step or the wrap-up, a page of more, the help; and the last answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from recoverycli.session.grammar.questions import Question
from recoverycli.terminal.views.call import step
from recoverycli.terminal.views.call.parts import MARGIN, ScreenPage, label_text, one_line, page_of, paragraph, plain
from recoverycli.text.safe import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from recoverycli.session.model import Session
    from recoverycli.terminal.styled_text import Text
    from recoverycli.terminal.views.call.parts import Lines
    from recoverycli.terminal.views.call.toolbar import Spans

Tone = Literal["", "warning", "strong"]
Shown = Literal["more", "notes", "help", "note", "history", "cards"]
# An answer may take so many lines; on a screen that is not tiny one is kept free for it, so that nothing jumps.
_LONGEST_ANSWER = 3
_TINY = 10
# The column of the keys on the page of the cards, and on the help of practice.
_KEY = 24
# Above a question so much of the step stays.
_LEAST_STEP = 3


class View(msgspec.Struct, frozen=True):
    """What is to be seen of a call: the answer to the last line, and a question; or a page that lies over them.

    `card` is a line that suggests a card, below the answer. `under` is what is seen again once the page is closed.
    """

    answer: str = ""
    tone: Tone = ""
    show: Shown | None = None
    # Of a page that does not come from the call itself.
    lines: tuple[str, ...] = ()
    page: int = 0
    question: Question | None = None
    card: str = ""
    under: View | None = None


class Face(NamedTuple):
    """`lines` draws for a width and a height, `told` returns lines that read well aloud, `bar` is a line of spans."""

    lines: Callable[[Session, View, int, int], list[Text]]
    told: Callable[[Session], list[str]]
    bar: Callable[[Session, datetime, int], Spans]


def screen_lines(session: Session, view: View, width: int, height: int) -> list[Text]:
    """Return exactly `height` lines of at most `width` columns, the answer on the last of them."""
    if height < 1:
        return []
    tiny = height < _TINY
    answer = _answer(view, width, 1 if tiny and not view.tone else _LONGEST_ANSWER)
    if view.question is not None:
        answer = (*answer, *question_lines(view.question, width, height - len(answer) - (1 if tiny else _LEAST_STEP)))
    answer = answer[: max(1, height - 1)]
    reserved = max(len(answer), 0 if tiny else 1)
    room = height - reserved
    if view.show is None:
        lines = _wrap_up_lines(session, width, room) if session.at_wrap_up else step.step_lines(session, width, room)
    else:
        lines = _page_lines(session, view, width, room)
    return [*lines, *[plain("")] * (height - len(lines) - len(answer)), *answer]


def question_lines(question: Question, width: int, height: int) -> Lines:
    """Return a question, what it can be answered by, and what Enter does; options side by side where they are short.

    Where there is little room the answers matter most, and of many answers the first are those most worth choosing.
    """
    asked = paragraph(escape(question.text), width, style="strong")
    numbered = [f"{number} {escape(option)}" for number, option in enumerate(question.options, start=1)]
    together = " · ".join(numbered)
    beside = len(together) < width - MARGIN
    rows = [together] if beside and numbered else numbered
    options = tuple(_flat(paragraph(row, width) for row in rows))
    whole = (*asked, *options, *paragraph(question.enter, width, style="quiet"))
    if len(whole) <= height:
        return whole
    if len(asked) + len(options) > height:
        asked = (_shorten(asked[0], width),) if len(asked) > 1 else asked
    return (*asked, *options)[: max(1, height)]


def _shorten(line: Text, width: int) -> Text:
    """A line that goes on where it cannot be seen."""
    return one_line(line + plain("…"), width)


def _flat(groups: Iterable[Lines]) -> Iterator[Text]:
    return (line for group in groups for line in group)


def _wrap_up_lines(session: Session, width: int, room: int) -> list[Text]:
    # The end of a call is not needed for its beginning: the first step is painted without it.
    from recoverycli.terminal.views.call.wrap_up import wrap_up_lines

    return wrap_up_lines(session, width, room)


def card_line(view: View, width: int) -> Lines:
    """Return the line that suggests a card; its key is always whole."""
    return paragraph(escape(view.card), width, style="strong") if view.card else ()


def open_page(show: Shown, answer: str, over: View, lines: tuple[str, ...] = ()) -> View:
    """Return the first page of `show`, which lies over `over`."""
    return View(answer, show=show, lines=lines, under=over)


def turn_page(session: Session, view: View, width: int, height: int) -> View:
    """Return the view with the next page, or with what lies under the last one."""
    page = _page(session, view, width, height - (0 if height < _TINY else 1))
    ahead = page.number + 1
    return (
        View(show=view.show, lines=view.lines, page=ahead, under=view.under) if ahead < page.pages else close_page(view)
    )


def close_page(view: View) -> View:
    """Return what lies under a page; the view itself where it is no page."""
    return view if view.show is None else view.under or View()


def _page_lines(session: Session, view: View, width: int, room: int) -> list[Text]:
    page = _page(session, view, width, room)
    last = page.number + 1 == page.pages
    place = f"{page.number + 1}/{page.pages} · " if page.pages > 1 else ""
    keys = "Enter closes" if last else "Enter next page · Esc closes"
    foot = one_line(plain(f"{' ' * MARGIN}{place}{keys}", "quiet"), width)
    blank = [plain("")] * (room - 1 - len(page.lines))
    return [*page.lines, *blank, foot][:room]


def _page(session: Session, view: View, width: int, room: int) -> ScreenPage:
    if view.show == "help" and not view.lines:
        from recoverycli.terminal.views.call.help import help_groups

        groups = help_groups(width)
    elif view.show == "notes":
        from recoverycli.terminal.views.call.notes import notes_groups

        groups = notes_groups(session, width)
    elif view.show in {"cards", "help"}:
        rows = (line.partition(": ") for line in view.lines)
        texts = (label_text(key, escape(text), width, column=_KEY, label_style="accent") for key, _, text in rows)
        groups = [tuple(_flat(texts))]
    elif view.show == "history":
        groups = [paragraph(escape(words), width) for words in view.lines]
    elif view.show == "note":
        note = session.escalations[-1].note or "" if session.escalations else ""
        groups = [tuple(line for words in note.splitlines() for line in paragraph(escape(words), width))]
    else:
        from recoverycli.terminal.views.call import wrap_up

        groups = (wrap_up.wrap_up_details if session.at_wrap_up else step.step_details)(session, width)
    return page_of(groups, room - 1, view.page)


def _answer(view: View, width: int, longest: int) -> Lines:
    card = card_line(view, width)
    if not view.answer:
        return card
    mark = "! " if view.tone == "warning" else ""
    lines = paragraph(mark + escape(" ".join(view.answer.split())), width, style=view.tone)
    if len(lines) <= longest:
        return (*lines, *card)
    return (*lines[: longest - 1], _shorten(lines[longest - 1], width), *card)
