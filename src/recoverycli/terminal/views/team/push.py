"""The result of a push, and what waits to be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.text.format import plural

if TYPE_CHECKING:
    from recoverycli.team.push import PushResult


def waiting_line(calls: int, erasures: int) -> str:
    """Return what waits to be sent."""
    if not calls and not erasures:
        return "Nothing waits."
    told = [plural(calls, "call")] if calls else []
    told += [f"{plural(erasures, 'customer')} to be erased"] if erasures else []
    verb = "waits" if calls + erasures == 1 else "wait"
    return f"{' and '.join(told)} {verb} to be sent: recovery team push"


def pushed_lines(done: PushResult) -> list[str]:
    """Return what a push did, in a line, and what is left."""
    told = [
        f"{number} {what}"
        for number, what in (
            (done.sent, "new"),
            (done.amended, "corrected"),
            (done.replaced, "masked or shared otherwise"),
            (done.assessed, "assessed"),
            (done.deleted, "deleted"),
            (done.there_already, "already there"),
            (done.gone, "deleted here and not in the database"),
        )
        if number
    ]
    told += [f"{plural(done.erased, 'customer')} erased"] if done.erased else []
    if not told and not done.kept:
        return ["Nothing waited."]
    lines = [f"sent: {', '.join(told)}" if told else "Nothing was sent."]
    if done.reviews_here:
        lines.append(f"{plural(done.reviews_here, 'review')} stay at this desk: your role has no right to write them")
    return [*lines, f"{plural(done.waiting, 'call')} left in the outbox"] if done.waiting else lines
