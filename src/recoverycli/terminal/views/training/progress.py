"""How far a learner is: a bar for each step as long as it is likely to be remembered, and the scores of role-plays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.pages.sections import Row, Section, page_lines
from recoverycli.terminal.views.log.bars import Bar, Picture, draw_bars
from recoverycli.text.safe import escape
from recoverycli.times.wall_clock import to_local

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from recoverycli.training.drills.progress import Play, Progress, StepProgress

_WIDEST = 100
_MOST_PLAYS = 10
_PRIVATE = "Only you see this; a trainer does when you write it out: recovery progress --export FILE"
_NOTHING = "Nothing is known yet."
_BEGIN = "Begin with a few questions: recovery quiz"
_NARROW = 60


def learning_text(found: Progress) -> list[str]:
    """Return the figures as lines that read well aloud."""
    sections = [Section(rows=tuple(Row("", line) for line in _headlines(found)))]
    sections += [
        Section(picture.title, rows=tuple(Row(bar.label, bar.figures) for bar in picture.bars))
        for picture in _pictures(found, narrow=False)
    ]
    return page_lines([*sections, Section(rows=(Row("", _PRIVATE),))])


def learning_screen(found: Progress, width: int) -> RenderableType:
    """Return the figures as a page with bars."""
    from rich.console import Group
    from rich.text import Text

    width = min(width, _WIDEST)
    lines: list[RenderableType] = [
        Text(f"{'▸ ' if place == 0 else '  '}{escape(line)}", style="strong" if place == 0 else "")
        for place, line in enumerate(_headlines(found))
    ]
    for picture in _pictures(found, narrow=width < _NARROW):
        lines += [Text(""), Text(escape(picture.title), style="accent"), *draw_bars(picture.bars, width, picture.full)]
    return Group(*lines, Text(""), Text(_PRIVATE, style="quiet"))


def _headlines(found: Progress) -> Iterator[str]:
    if not found.steps and not found.plays:
        yield _NOTHING
        yield _BEGIN
        return
    if found.due:
        first = found.due[0]
        more = f", and {len(found.due) - 1} more" if len(found.due) > 1 else ""
        yield f"Due: {first.name} of {first.framework_name}{more}: recovery quiz"
    elif (ahead := found.next) is not None:
        yield f"Nothing is due. Next: {ahead.name} of {ahead.framework_name}, {_when(ahead)}"
    counted = f"{found.right} of {found.answers} answers right" if found.answers else "No question answered yet"
    plays = f"{len(found.plays)} role-play{'' if len(found.plays) == 1 else 's'}"
    yield f"{counted}, {plays}"


def _pictures(found: Progress, *, narrow: bool) -> Iterator[Picture]:
    for framework in dict.fromkeys(step.framework for step in found.steps):
        steps = [step for step in found.steps if step.framework == framework]
        bars = tuple(Bar(step.name, step.recall or 0.0, _figures(step, narrow=narrow)) for step in steps)
        yield Picture(f"{steps[0].framework_name}: likely to be remembered now", bars, 1.0)
    plays = found.plays[-_MOST_PLAYS:]
    if plays:
        older = f", the last {len(plays)} of {len(found.plays)}" if len(found.plays) > len(plays) else ""
        yield Picture(f"Role-plays, out of 100{older}", tuple(_play(play, narrow=narrow) for play in plays), 100.0)


def _figures(step: StepProgress, *, narrow: bool) -> str:
    if not step.tries:
        return "not asked yet"
    recall = "learning" if step.recall is None else f"{step.recall:.0%}"
    if narrow:
        return f"{recall}, {_when(step).removeprefix('due ').removeprefix('on ')}"
    tries = f"{step.tries} {'try' if step.tries == 1 else 'tries'}"
    tried = f"{step.missed} of {tries} missed" if step.missed else tries
    return f"{recall}, {tried}, {_when(step)}"


def _when(step: StepProgress) -> str:
    """When it is due, without what else is told of it."""
    return step.told.rpartition("; ")[2]


def _play(play: Play, *, narrow: bool) -> Bar:
    score = "no answer" if play.score is None else str(play.score)
    day = f"{to_local(play.at):%Y-%m-%d}"
    ending = f", {play.ending}" if play.ending and not narrow else ""
    own = ", own words" if play.own_words and not narrow else ""
    label = f"{day[5:]}" if narrow else day
    return Bar(label, (play.score or 0), f"{score}, {play.scenario}{own}{ending}")
