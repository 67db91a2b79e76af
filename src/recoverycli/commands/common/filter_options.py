"""The options that filter calls, with the same names in every command."""

# No `from __future__ import annotations` here: Typer evaluates the options at start.
import inspect
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, TypeVar, cast

import typer

from recoverycli.commands.common import completion_values
from recoverycli.commands.common.told_words import told_word
from recoverycli.errors import UsageProblem
from recoverycli.session.filters import OUTCOME_WORDS, Filters
from recoverycli.text.safe import searchable_text
from recoverycli.times.clock import now

Command = TypeVar("Command", bound="Callable[..., None]")
Word = str | None


def _options(
    *,
    since: Annotated[Word, typer.Option(metavar="WHEN", help="Calls since a date: yesterday, 2026-11-01.")] = None,
    until: Annotated[Word, typer.Option(metavar="WHEN", help="Calls until a date.")] = None,
    framework: Annotated[
        Word,
        typer.Option(
            "-f", "--framework", help="Calls with this framework.", autocompletion=completion_values.frameworks
        ),
    ] = None,
    outcome: Annotated[
        Word, typer.Option(help="Calls with this outcome; open for none.", autocompletion=completion_values.outcomes)
    ] = None,
    issue: Annotated[
        Word,
        typer.Option(help="Calls with this issue, or a part of it.", autocompletion=completion_values.known_issues),
    ] = None,
    channel: Annotated[
        Word, typer.Option(help="Calls on this channel.", autocompletion=completion_values.channels)
    ] = None,
    agent: Annotated[Word, typer.Option(help="Calls taken by this agent.")] = None,
    customer: Annotated[Word, typer.Option(help="The customer's whole name, or the reference.")] = None,
    mood: Annotated[Word, typer.Option(help="Calls with this mood.", autocompletion=completion_values.moods)] = None,
    remedy: Annotated[Word, typer.Option(help="Calls in which this remedy was offered.")] = None,
    card: Annotated[
        Word, typer.Option(help="Calls in which this card was opened.", autocompletion=completion_values.call_cards)
    ] = None,
    severity: Annotated[
        Word, typer.Option(help="Calls of this severity.", autocompletion=completion_values.severities)
    ] = None,
    ours: Annotated[
        bool | None, typer.Option("--ours/--not-ours", help="Calls where the fault was ours, or was not.")
    ] = None,
    repeated: Annotated[bool, typer.Option("--repeated", help="Calls about something that happened before.")] = False,
    abandoned: Annotated[bool, typer.Option("--abandoned", help="Only abandoned calls.")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="Calls with an overdue promise.")] = False,
    limit: Annotated[int | None, typer.Option("-n", "--limit", min=1, help="Show at most this many.")] = None,
) -> None:
    """The options; `with_filter_options` adds them to a command."""


_OPTIONS = inspect.signature(_options).parameters


def with_filter_options(command: Command) -> Command:
    """Add the filter options to a command, which gets them as one argument, `wanted: Filters`."""
    return _with_options(command, always_asks=False)


def with_person_filter_options(command: Command) -> Command:
    """Add the filter options to a command that hands out or removes calls: each doubtful customer is asked about."""
    return _with_options(command, always_asks=True)


def _with_options(command: Command, *, always_asks: bool) -> Command:
    def command_with_filters(*arguments: Any, **typed: Any) -> None:
        words = {name: typed.pop(name) for name in _OPTIONS}
        wanted = filters(now(), **words)
        if wanted.customer is not None:
            from recoverycli.commands.common.customers import settle_filter

            can_ask = not (typed.get("as_json") or typed.get("quiet"))
            team = bool(typed.get("team"))
            wanted = settle_filter(typed["context"].obj, wanted, team=team, always_asks=always_asks, can_ask=can_ask)
        command(*arguments, wanted=wanted, **typed)

    own = inspect.signature(command, eval_str=True).parameters
    given = [option for name, option in own.items() if name != "wanted"]
    # Typer reads the options from it; functions declare no such attribute.
    command_with_filters.__signature__ = inspect.Signature([*given, *_OPTIONS.values()])  # type: ignore[attr-defined]
    command_with_filters.__name__, command_with_filters.__doc__ = command.__name__, command.__doc__
    command_with_filters.__annotations__ = {}
    return cast("Command", command_with_filters)


def filters(moment: datetime, **typed: Any) -> Filters:
    """Return the typed filters. Raises UsageProblem for an invalid date, outcome, mood, channel or severity."""
    # Imported when a command runs: they take longer than the help.
    from recoverycli.frameworks.model import CHANNELS, MOODS, SEVERITIES

    # Words of the command line may not be UTF-8.
    typed = {name: searchable_text(value) if isinstance(value, str) else value for name, value in typed.items()}
    return Filters(
        since=_date("since", typed["since"], moment),
        until=_date("until", typed["until"], moment),
        framework=typed["framework"],
        outcome=told_word("outcome", typed["outcome"], OUTCOME_WORDS),
        issue=typed["issue"],
        channel=told_word("channel", typed["channel"], CHANNELS),
        agent=typed["agent"],
        customer=typed["customer"],
        mood=told_word("mood", typed["mood"], MOODS),
        remedy=typed["remedy"],
        card=typed["card"],
        severity=told_word("severity", typed["severity"], SEVERITIES),
        ours=typed["ours"],
        repeated=True if typed["repeated"] else None,
        abandoned=typed["abandoned"],
        overdue_at=moment if typed["overdue"] else None,
        limit=typed["limit"],
    )


def _date(option: str, words: str | None, now: datetime) -> datetime | date | None:
    return None if words is None else read_option_date(option, words, now)


def read_option_date(option: str, words: str, now: datetime) -> datetime | date:
    """Return the day or the moment that `--since` or `--until` names. Raises UsageProblem."""
    # Its patterns take longer to compile than printing a short list.
    from recoverycli.times.past import read_days, read_since, read_until

    if days := read_days(words, now):
        return days[0] if option == "since" else days[1]
    moment = (read_since if option == "since" else read_until)(words, now)
    if moment is None:
        hint = 'For example: yesterday, "3 days ago", "1 november", "last quarter", 2026-11'
        raise UsageProblem(f"--{option} {words[:60]}: not a date", hint=hint)
    return moment
