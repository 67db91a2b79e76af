"""Training progress: how likely each step is to be remembered, and the scores of role-plays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.pages.page import Bar, Chart, Headlines, NoteBlock, Row, Section
from recoverycli.text.format import plural
from recoverycli.times.wall_clock import to_local
from recoverycli.training.drills.support import APART, STRONG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.pages.page import Page
    from recoverycli.training.drills.progress import Play, Progress, StepProgress

_MOST_PLAYS = 10
_PRIVATE = "Only you see this, unless you export it for a trainer: recovery progress --export FILE"
_NOTHING = "No results yet."
_BEGIN = "Start with a few questions: recovery quiz"


def progress_page(found: Progress) -> Page:
    """Return the figures as a page."""
    return (Headlines(tuple(_headlines(found))), *_charts(found), *_support(found), NoteBlock(_PRIVATE, "quiet"))


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
    answers = plural(found.answers, "answer")
    counted = f"{found.right} of {answers} right" if found.answers else "No question answered yet"
    yield f"{counted}, {plural(len(found.plays), 'role-play')}"


def _charts(found: Progress) -> Iterator[Chart]:
    for framework in dict.fromkeys(step.framework for step in found.steps):
        steps = [step for step in found.steps if step.framework == framework]
        yield Chart(f"{steps[0].framework_name}: likely to be remembered today", tuple(map(_step, steps)), 1.0)
    plays = found.plays[-_MOST_PLAYS:]
    if plays:
        older = f", the last {len(plays)} of {len(found.plays)}" if len(found.plays) > len(plays) else ""
        yield Chart(f"Role-plays, out of 100{older}", tuple(map(_play, plays)), 100.0)


def _support(found: Progress) -> Iterator[Section]:
    """What support is left in role-plays, and what ends it."""
    if found.frameworks:
        ends = f"It ends with {STRONG} or more in your own words, twice, at least {APART.days} days apart."
        rows = tuple(Row(one.framework_name, one.told) for one in found.frameworks)
        yield Section("Support in role-plays", lead=ends, rows=rows)


def _step(step: StepProgress) -> Bar:
    if not step.tries:
        return Bar(step.name, 0.0, "not asked yet")
    recall = f"{step.recall or 0:.0%}"
    tries = f"{step.tries} {'try' if step.tries == 1 else 'tries'}"
    tried = f"{step.missed} of {tries} missed" if step.missed else tries
    brief = f"{recall}, {_when(step).removeprefix('due ').removeprefix('on ')}"
    return Bar(step.name, step.recall or 0.0, f"{recall}, {tried}, {_when(step)}", brief_figures=brief)


def _when(step: StepProgress) -> str:
    """When a step is due."""
    return step.told.rpartition("; ")[2]


def _play(play: Play) -> Bar:
    score = "no answer" if play.score is None else str(play.score)
    day = f"{to_local(play.at):%Y-%m-%d}"
    brief = f"{score}, {play.scenario}"
    own = ", own words" if play.own_words else ""
    ending = f", {play.ending}" if play.ending else ""
    return Bar(day, play.score or 0, f"{brief}{own}{ending}", day[5:], brief)
