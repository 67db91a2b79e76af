"""`recovery week`: look back at a week or month of your own calls."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from recoverycli.commands.common.calls import stored_calls
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJsonObject, Overwrite
from recoverycli.errors import StoreProblem, UsageProblem
from recoverycli.times.clock import now

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from recoverycli.commands.log.score import Scorer
    from recoverycli.review.statistics.figures import Share
    from recoverycli.review.week.figures import CallToReplay, Drill, OwnWeek
    from recoverycli.review.week.findings import ScoredCase
    from recoverycli.review.week.periods import Period
    from recoverycli.session.filters import Filters
    from recoverycli.store.calls.reviews import Review
    from recoverycli.store.local_calls import KeptCalls

HELP = help_with_examples(
    "Look back at a week or month of your own calls.\n\nOne page: your scores, words that backfired and what to say "
    "instead, what your apologies lack, promises kept, a call to replay and a drill. The page of the next week comes "
    "back to your goal and note. They stay on this computer, and only you see them.",
    "recovery week",
    'recovery week --goal "Say sorry before the reason" --note "Mondays are hard"',
    "recovery week --month --last --html november.html",
)
_SCHEMA = 1
# Besides the period of the page: enough to see where scores go, few enough to read at once.
_EARLIER = 3


def command(
    context: typer.Context,
    *,
    since: Annotated[
        str | None, typer.Option("--since", metavar="WHEN", help="Calls since a date: yesterday, 2026-11-01.")
    ] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="WHEN", help="Calls until a date.")] = None,
    month: Annotated[bool, typer.Option("--month", help="A month, not a week.")] = False,
    last: Annotated[bool, typer.Option("--last", help="The week or month before this one.")] = False,
    goal: Annotated[
        str | None, typer.Option("--goal", metavar="TEXT", help='A goal of your own; "" removes it.')
    ] = None,
    note: Annotated[
        str | None, typer.Option("--note", metavar="TEXT", help='A note of your own; "" removes it.')
    ] = None,
    html: Annotated[
        str | None, typer.Option("--html", metavar="FILE", help="Write an HTML page; - for standard output.")
    ] = None,
    yes: Overwrite = False,
    as_json: AsJsonObject = False,
) -> None:
    """Look back at a week or month of your own calls."""
    setup: Setup = context.obj
    moment = now()
    period = _period(moment, since, until, month=month, last=last)
    if html is not None:
        from recoverycli.commands.common.export_target import ready

        ready(html, overwrite=yes)
    if goal is not None or note is not None:
        _store_goal(setup, period, moment, goal, note)
    found = _own_week(setup, period, moment)
    if html is not None:
        from recoverycli.commands.common.export_target import STANDARD_OUTPUT, write_pieces
        from recoverycli.review.week.web_page import pieces

        write_pieces(html, pieces(found))
        if html != STANDARD_OUTPUT:
            setup.output.tell(f"Written: {html}")
    elif as_json:
        setup.output.as_json(found)
    else:
        from recoverycli.review.week.page import week_page

        setup.output.show(week_page(found))


def _period(moment: datetime, since: str | None, until: str | None, *, month: bool, last: bool) -> Period:
    from recoverycli.review.week.periods import Period, month_of, week_of

    if since is None and until is None:
        this = month_of(moment.date()) if month else week_of(moment.date())
        return this.before() if last else this
    if month or last or since is None:
        raise UsageProblem(
            "--until needs --since, and neither is combined with --month or --last",
            hint="For example: recovery week --since 2026-11-01 --until 2026-11-15",
        )
    first, end = _day("since", since, moment), _day("until", "today" if until is None else until, moment)
    if end < first:
        raise UsageProblem(f"--until {end} is before --since {first}")
    return Period("days", first, end)


def _day(option: str, words: str, moment: datetime) -> date:
    from datetime import datetime

    from recoverycli.commands.common.filter_options import read_option_date

    named = read_option_date(option, words, moment)
    return named.date() if isinstance(named, datetime) else named


def _store_goal(setup: Setup, period: Period, moment: datetime, goal: str | None, note: str | None) -> None:
    """Store what was typed, masked, before anything else is shown."""
    from recoverycli.redaction.redact import redact
    from recoverycli.review.week.page import days_text
    from recoverycli.store.own_goals import OwnGoal, append_goal
    from recoverycli.text.safe import storable_text

    texts: list[str | None] = []
    places = 0
    for typed in (goal, note):
        text, masked = (None, 0) if typed is None else redact(storable_text(typed).strip(), setup.rules)
        texts.append(text)
        places += masked
    append_goal(setup.home, OwnGoal(moment, period.since, period.until, *texts))
    hidden = " · a number in it was masked" if places else ""
    setup.output.tell(f"Saved for {days_text(period.since, period.until)}; the next page comes back to it.{hidden}")


class _PeriodCalls(NamedTuple):
    """The calls of a period with their scores, newest first."""

    period: Period
    scored: tuple[ScoredCase, ...]


def _own_week(setup: Setup, period: Period, moment: datetime) -> OwnWeek:
    import msgspec

    from recoverycli.review.statistics.counts import statistics
    from recoverycli.review.week.figures import OwnWeek
    from recoverycli.review.week.findings import find_backfired_words, missing_parts, not_shown, period_score, to_replay
    from recoverycli.review.week.goals import goals_of
    from recoverycli.session.filters import Filters
    from recoverycli.store.index.rows import count
    from recoverycli.store.own_goals import read_goals

    agent = setup.settings.agent or None
    wanted = Filters(since=period.since, until=period.until, agent=agent)
    goals = read_goals(setup.home)
    for line in goals.damaged[:5]:
        setup.output.tell(f"warning: {goals.path}:{line}: this is not a valid goal; it is ignored")
    with stored_calls(setup) as kept:
        figures = kept.ask(lambda connection: statistics(connection, wanted, moment))
        of_all = kept.ask(lambda connection: count(connection, msgspec.structs.replace(wanted, agent=None)))
        over_time = _score_periods(setup, kept, period, agent)
        scored = over_time[-1].scored
        replay = to_replay(scored)
        shown = _call_to_replay(kept, replay.call, replay.why) if replay is not None else None
    cases = [one.case for one in scored]
    missing = missing_parts(cases)
    earlier, own = goals_of(goals.entries, period)
    return OwnWeek(
        schema=_SCHEMA,
        at=moment,
        period=period,
        agent=agent,
        calls=figures.calls,
        finished=figures.finished,
        abandoned=figures.abandoned,
        others=of_all - figures.calls,
        scores=tuple(period_score(one.period, [each.score for each in one.scored]) for one in over_time),
        not_shown=not_shown([one.score for one in scored]),
        backfired=find_backfired_words(cases),
        missing_parts=missing,
        promises=figures.promises,
        replay=shown,
        drill=_drill(setup, missing, [case.call.framework.id for case in cases]),
        earlier=earlier,
        own=own,
    )


def _score_periods(setup: Setup, kept: KeptCalls, period: Period, agent: str | None) -> list[_PeriodCalls]:
    """Score the calls of the period and of those before it, the oldest first."""
    from recoverycli.commands.log.score import Scorer
    from recoverycli.session.filters import Filters
    from recoverycli.terminal.progress import progress

    periods = [period]
    while len(periods) <= _EARLIER:
        periods.insert(0, periods[0].before())
    ids = [_ids(kept, Filters(since=one.since, until=one.until, agent=agent)) for one in periods]
    total = sum(map(len, ids))
    if not total:
        return [_PeriodCalls(one, ()) for one in periods]
    scorer = Scorer(setup)
    reviews = {one.call: one for one in kept.reviews() if not isinstance(one, StoreProblem)}
    found: list[_PeriodCalls] = []
    with progress(setup.look, sys.stderr, "Scoring calls") as report:
        done = 0
        for one, its_ids in zip(periods, ids, strict=True):
            found.append(_PeriodCalls(one, tuple(_score_calls(kept, its_ids, scorer, reviews))))
            report(done := done + len(its_ids), total)
    return found


def _ids(kept: KeptCalls, wanted: Filters) -> list[str]:
    from recoverycli.store.index.rows import ids_of

    return kept.ask(lambda connection: ids_of(connection, wanted))


def _score_calls(kept: KeptCalls, ids: Sequence[str], scorer: Scorer, reviews: dict[str, Review]) -> list[ScoredCase]:
    from recoverycli.review.week.findings import ScoredCase

    return [
        ScoredCase(scorer.case(call), scorer(call, reviews.get(call.id)))
        for call in kept.each_call(ids)
        if call is not None
    ]


def _call_to_replay(kept: KeptCalls, call: str, why: str) -> CallToReplay:
    from recoverycli.review.followups import tails
    from recoverycli.review.week.figures import CallToReplay
    from recoverycli.session.filters import Filters

    ids = _ids(kept, Filters())
    return CallToReplay(call, why, f"recovery log replay {tails(ids)[ids.index(call)]}")


def _drill(setup: Setup, missing: Sequence[Share], frameworks: Sequence[str]) -> Drill | None:
    """Return the drill: what is due, else the step of the apology that lacks most, else what comes next in practice."""
    from recoverycli.commands.practice import plan_next
    from recoverycli.review.week.figures import Drill

    planned, _ = plan_next(setup, None)
    of_practice = None
    if planned is not None:
        of_practice = Drill(f"{planned.step_name} of {planned.framework_name}", planned.why, planned.quiz)
        if planned.is_due:
            return of_practice
    used = max(dict.fromkeys(frameworks), key=frameworks.count, default=None)
    return (_apology_drill(setup, missing, used) if used is not None else None) or of_practice


def _apology_drill(setup: Setup, missing: Sequence[Share], used: str) -> Drill | None:
    """The drill of the step that apologizes in the framework that was used most; else of the whole framework."""
    from recoverycli.errors import RecoveryError
    from recoverycli.review.week.figures import Drill
    from recoverycli.text.format import plural

    try:
        framework = setup.library().load(used).content
    except RecoveryError:
        # It no longer exists or is broken: there is nothing to drill in it.
        return None
    step = next((one for one in framework.steps if one.intent == "apologize" or "apologize" in one.also), None)
    if missing and step is not None:
        part = missing[0]
        why = f"{part.name} was missing in {part.count} of {plural(part.of, 'call')} that asked for it"
        return Drill(f"{step.name} of {framework.name}", why, f"recovery quiz {framework.id} --step {step.id}")
    return Drill(framework.name, "you used it most in these calls", f"recovery quiz {framework.id}")
