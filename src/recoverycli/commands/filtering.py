"""The options that say which calls are meant, with the same names wherever calls are listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.errors import UsageProblem, nearest
from recoverycli.session.filters import OPEN, Filters, read_since, read_until

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

Since = Annotated[
    str | None, typer.Option("--since", metavar="WHEN", help="Calls from then on: yesterday, 2026-11-01.")
]
Until = Annotated[str | None, typer.Option("--until", metavar="WHEN", help="Calls up to then.")]
InFramework = Annotated[str | None, typer.Option("-f", "--framework", help="Calls in that framework.")]
EndedSo = Annotated[str | None, typer.Option("--outcome", help="Calls that ended so; open for none.")]
About = Annotated[str | None, typer.Option("--issue", help="Calls about that.")]
OnChannel = Annotated[str | None, typer.Option("--channel", help="Calls on that channel.")]
ByAgent = Annotated[str | None, typer.Option("--agent", help="Calls of that agent.")]
OfCustomer = Annotated[str | None, typer.Option("--customer", help="Part of the name, or the reference.")]
AtMost = Annotated[int | None, typer.Option("-n", "--limit", min=1, help="At most so many.")]


def filters(
    now: datetime,
    *,
    since: str | None = None,
    until: str | None = None,
    framework: str | None = None,
    outcome: str | None = None,
    issue: str | None = None,
    channel: str | None = None,
    agent: str | None = None,
    customer: str | None = None,
    limit: int | None = None,
) -> Filters:
    """Return the filters that were typed. Raises UsageProblem for a word that is no date, outcome or channel."""
    from recoverycli.framework.model import CHANNELS
    from recoverycli.session.events import OUTCOMES

    return Filters(
        since=_date("--since", since, now, read_since),
        until=_date("--until", until, now, read_until),
        framework=framework,
        outcome=_word("outcome", outcome, (*OUTCOMES, OPEN)),
        issue=issue,
        channel=_word("channel", channel, CHANNELS),
        agent=agent,
        customer=customer,
        limit=limit,
    )


def _date(
    option: str, words: str | None, now: datetime, read: Callable[[str, datetime], datetime | None]
) -> datetime | None:
    if words is None:
        return None
    moment = read(words, now)
    if moment is None:
        hint = 'For example: yesterday, "last monday", "3 days ago", 2026-11-01'
        raise UsageProblem(f"{option} {words[:60]}: that is no date", hint=hint)
    return moment


def _word(kind: str, word: str | None, known: tuple[str, ...]) -> str | None:
    if word is None:
        return None
    found = next((name for name in known if name.casefold() == word.strip().casefold()), None)
    if found is None:
        near = nearest(word, known)
        did_you = f"; did you mean {near}?" if near else ""
        raise UsageProblem(f"there is no {kind} {word[:40]}{did_you}", hint=f"One of: {', '.join(known)}")
    return found
