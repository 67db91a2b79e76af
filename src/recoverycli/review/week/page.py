"""A week of one's own calls as a page: on a terminal, as plain lines, and as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.pages.page import Bar, Chart, Headlines, NoteBlock, Row, Section
from recoverycli.review.week.periods import month_of
from recoverycli.text.format import plural

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from recoverycli.pages.page import Page
    from recoverycli.review.statistics.figures import Share
    from recoverycli.review.week.figures import BackfiredWords, GoalOnPage, OwnWeek, PeriodScore
    from recoverycli.review.week.periods import Span

_MOST_WORDS = 2
_MOST_PARTS = 3
_MOST_CRITERIA = 3
_THIS: dict[Span, str] = {"week": "This week", "month": "This month", "days": "These days"}
_TITLES: dict[Span, str] = {"week": "Your week", "month": "Your month", "days": "Your calls"}


def week_page(found: OwnWeek) -> Page:
    """Return the page."""
    sections = (
        Section("Goals and notes", rows=tuple(_goals(found))),
        _scores(found),
        Section("To work on", rows=tuple(_to_work_on(found))),
        Section("Next", rows=tuple(_next(found))),
    )
    shown = (part for part in sections if part is not None and (isinstance(part, Chart) or part.rows))
    return (Headlines(tuple(_headlines(found))), *shown, NoteBlock(_last_line(found), "quiet"))


def days_text(since: date, until: date, *, year: bool = True) -> str:
    """Return days as people write them: `23 to 29 November 2026`, without the year `23 to 29 Nov`."""
    month = "%B" if year else "%b"
    last = f"{until.day} {until:{month}}" + (f" {until.year}" if year else "")
    if since == until:
        return last
    if since.day == 1 and until == month_of(since).until:
        return last.partition(" ")[2]
    if (since.year, since.month) == (until.year, until.month):
        return f"{since.day} to {last}"
    begin = f"{since.day} {since:{month}}" + (f" {since.year}" if year and since.year != until.year else "")
    return f"{begin} to {last}"


def _headlines(found: OwnWeek) -> Iterator[str]:
    period = found.period
    calls = plural(found.calls, "call") if found.calls else "no calls"
    abandoned = f", {found.abandoned} of them abandoned" if found.abandoned else ""
    yield f"{_TITLES[period.span]}, {days_text(period.since, period.until)}: {calls}{abandoned}"
    if found.others:
        yield f"Not among them: {plural(found.others, 'call')} recorded under another name or none"
    if not found.calls and period.span != "days" and period.holds(found.at.date(), found.at.date()):
        month = " --month" if period.span == "month" else ""
        yield f"The {period.span} before: recovery week{month} --last"


def _goals(found: OwnWeek) -> Iterator[Row]:
    if found.earlier is not None:
        yield from _goal(found.earlier, f"for {days_text(found.earlier.since, found.earlier.until, year=False)}")
    for one in found.own:
        same = (one.since, one.until) == (found.period.since, found.period.until)
        days = _THIS[found.period.span].lower() if same else days_text(one.since, one.until, year=False)
        yield from _goal(one, f"for {days}")


def _goal(one: GoalOnPage, days: str) -> Iterator[Row]:
    if one.goal:
        yield Row("Goal", one.goal, days)
    if one.note:
        yield Row("Note", one.note, days)


def _scores(found: OwnWeek) -> Chart | None:
    if not any(one.finished for one in found.scores):
        return None
    # From the first calls on: what was before the tool is not worth a line.
    first = next(place for place, one in enumerate(found.scores) if one.finished)
    bars = [_bar(one) for one in found.scores[first:]]
    bare = found.scores[-1].finished - found.scores[-1].scored
    if found.not_shown:
        # One line below the bars: what is missing for a score, in the calls of the page itself.
        missing = ", ".join(f"{one.name} ({one.calls})" for one in found.not_shown[:_MOST_CRITERIA])
        bars.append(Bar("", 0.0, f"No score for {plural(bare, 'call')}; nothing shows: {missing}"))
    return Chart("Mean score of finished calls, out of 100", tuple(bars), 100.0)


def _bar(one: PeriodScore) -> Bar:
    label = days_text(one.since, one.until, year=False)
    if one.mean is None or one.coverage is None:
        none = f"no score, {plural(one.finished, 'call')}" if one.finished else "no calls"
        return Bar(label, 0.0, none)
    calls = (
        f"{one.scored} of {plural(one.finished, 'call')}" if one.scored < one.finished else plural(one.scored, "call")
    )
    return Bar(
        label,
        one.mean,
        f"{one.mean:.0f} on {one.coverage:.0f} % of the card, {calls}",
        f"{one.since:%d %b}",
        f"{one.mean:.0f}, {calls}",
    )


def _to_work_on(found: OwnWeek) -> Iterator[Row]:
    for one in found.backfired[:_MOST_WORDS]:
        # Words that are most of their sentence are not quoted twice.
        words = f'"{one.words}": ' if 2 * len(one.words) < len(one.sentence) else ""
        yield Row("Backfired", f"{words}{one.sentence}", _how_often(one))
        yield Row("Instead", one.instead)
    if found.missing_parts:
        missing = "; ".join(f"{part.name} in {_share(part)}" for part in found.missing_parts[:_MOST_PARTS])
        yield Row("Apology", f"missing: {missing}", "calls that asked for it")
    promises = found.promises
    if promises.made:
        kept = promises.kept_in_time
        told = f"{kept.count} of {kept.of} kept in time{_percent(kept)}" if kept.of else "none was due"
        late = f"{promises.overdue} overdue" if promises.overdue else ""
        ahead = f"{promises.open} open" if promises.open else ""
        undated = f"{promises.undated} without a date" if promises.undated else ""
        yield Row("Promises", ", ".join(filter(None, (told, late, ahead, undated))), f"{promises.made} made")


def _how_often(one: BackfiredWords) -> str:
    return f"{plural(one.times, 'time')}, in {one.calls} of {plural(one.of, 'call')}"


def _share(one: Share) -> str:
    return f"{one.count} of {one.of}{_percent(one)}"


def _percent(one: Share) -> str:
    """The share in percent; nothing where it is of too few."""
    return f" ({one.share * 100:.0f} %)" if one.share is not None else ""


def _next(found: OwnWeek) -> Iterator[Row]:
    if found.replay is not None:
        yield Row("Replay", found.replay.command, found.replay.why)
    if found.drill is not None:
        yield Row("Drill", found.drill.command, f"{found.drill.what}: {found.drill.why}")


def _last_line(found: OwnWeek) -> str:
    has_goal = any(one.goal for one in found.own)
    private = "Only you see this page."
    return private if has_goal else f'{private} A goal to come back to: recovery week --goal "TEXT"'
