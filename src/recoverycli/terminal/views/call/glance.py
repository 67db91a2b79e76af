"""Whether a step comes out whole on a usual terminal: told from the screen as it is drawn, not from counting."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.session import events as ev
from recoverycli.session.phrases import phrases
from recoverycli.session.state import apply, begin
from recoverycli.terminal.views.call.screen import View, screen_lines
from recoverycli.terminal.views.call.step import phrase_text
from recoverycli.text.safe import escape
from recoverycli.training.lint.subject import RuleFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.content.checker import Path
    from recoverycli.frameworks.model import Channel, Framework, Step
    from recoverycli.session.model import Session

WIDTH, HEIGHT = 80, 24
# Below the screen stand the prompt and its bar.
_BELOW = 2
# At a glance: so many phrases, of so many lines; everything else in one, but for a question.
_PHRASES, _LINES_OF_A_PHRASE, _LINES_OF_A_QUESTION = 3, 2, 2
_SOME_TIME = datetime(2026, 1, 1, 9, tzinfo=UTC)


class _Part(NamedTuple):
    """A part of the step that has to be on the screen: its name, its words, and how many lines it may take."""

    path: Path
    name: str
    words: str
    lines: int = 1


def misfits(framework: Framework) -> Iterator[RuleFinding]:
    """Yield what is not on the screen of its step at 80x24, or takes more lines than can be taken in at a glance."""
    told: set[tuple[str, Path]] = set()
    channels: tuple[Channel | None, ...] = framework.suits.channels or (None,)
    for channel in channels:
        first = begin(ev.Started(at=_SOME_TIME, id="lint", framework=framework, digest="", channel=channel))
        for step in framework.live_steps:
            session = apply(first, ev.Moved(at=_SOME_TIME, to=step.id, leaving="left"))
            for found in _of_step(session, step):
                if (step.id, found.path) not in told:
                    told.add((step.id, found.path))
                    yield found


def _of_step(session: Session, step: Step) -> Iterator[RuleFinding]:
    screen = [line.plain for line in screen_lines(session, View(), WIDTH, HEIGHT - _BELOW)]
    for part in _parts(session, step):
        taken = _count_lines(screen, part.words)
        if taken == 0:
            what = f"{part.name} is not on the screen at {WIDTH}x{HEIGHT}"
            yield RuleFinding(step.id, part.path, what, "Shorten it, or what stands above it.")
        elif taken > part.lines:
            most = "one line" if part.lines == 1 else f"{part.lines} lines"
            what = f"{part.name} takes {taken} lines at {WIDTH} columns"
            yield RuleFinding(step.id, part.path, what, f"Bring it to {most}.")


def _parts(session: Session, step: Step) -> Iterator[_Part]:
    yield _Part(("goal",), "the goal", escape(step.goal))
    for question in [one for one in step.ask if isinstance(one, str)][:1]:
        yield _Part(("ask", 0), "the first question", escape(question), _LINES_OF_A_QUESTION)
    for phrase in phrases(session)[:_PHRASES]:
        path = ("phrases", step.phrases.index(phrase), "say")
        yield _Part(path, "this phrase", phrase_text(session, phrase), _LINES_OF_A_PHRASE)
    for item in step.checklist[:1]:
        # Of an item with a condition it is not known here if it applies.
        if not item.when:
            yield _Part(("checklist", 0), "the first item to tick", escape(item.text))


def _count_lines(screen: list[str], words: str) -> int:
    """The number of lines over which the words stand on the screen, 0 where they do not stand there whole."""
    signs = [(sign, number) for number, line in enumerate(screen) for sign in line if not sign.isspace()]
    wanted = "".join(words.split())
    at = "".join(sign for sign, _ in signs).find(wanted)
    return signs[at + len(wanted) - 1][1] - signs[at][1] + 1 if at >= 0 and wanted else int(at >= 0)
