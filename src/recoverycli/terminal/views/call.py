"""One call as it was: the same lines drawn and plain, told in the order of their time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.live.answers import amount, clock, day_and_time
from recoverycli.terminal.console import isolated, visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from rich.console import RenderableType

    from recoverycli.session.transcript import Call, TranscriptStep


class Entry(NamedTuple):
    """One line of the time line: when, what kind of thing, and its words."""

    at: datetime
    label: str
    text: str


def head(call: Call) -> list[tuple[str, str]]:
    """Return the facts of a call, label and value; what is not known is left out."""
    moods = " then ".join(dict.fromkeys(mood.mood for mood in call.moods))
    facts = [
        ("Call", call.id),
        ("When", f"{day_and_time(call.started_at.astimezone())}, {clock(call.seconds)} long"),
        ("Framework", " then ".join([call.framework.name, *(switch.after for switch in call.switches)])),
        ("Customer", " ".join(filter(None, (call.customer.name, call.customer.ref)))),
        ("Channel", call.channel or ""),
        ("Issue", call.issue or ""),
        ("Mood", moods),
        ("Agent", call.agent or ""),
        ("Outcome", "abandoned" if call.state == "abandoned" else call.outcome or "left open"),
        ("Cause", call.root_cause or ""),
        ("Summary", call.summary or ""),
    ]
    return [(label, value) for label, value in facts if value]


def time_line(step: TranscriptStep) -> list[Entry]:
    """Return what happened in a step, in the order of its time."""
    entries = [Entry(said.at, "Said" if said.phrase else "Own words", f'"{said.text}"') for said in step.said]
    entries += [Entry(note.at, "Noted", note.text) for note in step.notes]
    return sorted(entries, key=lambda entry: entry.at)


def step_facts(step: TranscriptStep) -> Iterator[tuple[str, str]]:
    """What a step holds beside its time line."""
    if step.ticked:
        yield "Ticked", ", ".join(step.ticked)
    for name, value in step.captured.items():
        yield name.replace("_", " ").capitalize(), value
    if step.status == "skipped":
        yield "Skipped", step.skipped_because or "no reason was given"
    if step.left_open:
        yield "Left open", ", ".join(step.left_open)


def agreed(call: Call) -> Iterator[tuple[str, str]]:
    """What was offered, promised, handed on and left to do."""
    for offer in call.offers:
        yield f"{since(offer.at, call)} Offered", f"{offer.remedy}{amount(offer)}"
    for promise in call.promises:
        due = f"by {day_and_time(promise.due.astimezone())}" if promise.due else "no date"
        yield f"{since(promise.at, call)} Promised", f"{promise.what}, {due}"
    for handed in call.escalations:
        yield f"{since(handed.at, call)} Escalated", f"to {handed.to}: {handed.why}" if handed.to else handed.why
    for hold in call.holds:
        until = f"for {clock((hold.until - hold.at).total_seconds())}" if hold.until else "to the end"
        yield f"{since(hold.at, call)} On hold", until
    for task in call.tasks:
        yield "To do", task.what
    if call.redactions:
        yield "Masked", f"{call.redactions} card numbers or codes"


def call_text(call: Call) -> list[str]:
    """Return the call as lines that read well aloud."""
    lines = [f"{label}: {value}" for label, value in head(call)]
    for number, step in enumerate(call.steps, start=1):
        lines.append(f"Step {number}, {step.name}, {step.status}, {clock(step.seconds)}:")
        lines += [f"  {since(entry.at, call)} {entry.label}: {entry.text}" for entry in time_line(step)]
        lines += [f"  {label}: {value}" for label, value in step_facts(step)]
    return [*lines, *(f"{label}: {value}" for label, value in agreed(call))]


def call_screen(call: Call) -> RenderableType:
    """Return the call as a page."""
    from rich.console import Group
    from rich.text import Text

    parts: list[RenderableType] = [_pairs(head(call)), Text()]
    for number, step in enumerate(call.steps, start=1):
        title = Text(f"{number} {visible(step.name)}", style="accent")
        title.append(f"  {step.status}, {clock(step.seconds)}", style="quiet")
        entries = [(f"{since(entry.at, call)} {entry.label}", entry.text) for entry in time_line(step)]
        parts += [title, _pairs([*entries, *step_facts(step)], indent=2), Text()]
    parts.append(_pairs(list(agreed(call))))
    return Group(*parts)


def since(at: datetime, call: Call) -> str:
    """Return how far into the call a moment was."""
    return clock(max(0.0, (at - call.started_at).total_seconds()))


def _pairs(pairs: list[tuple[str, str]], indent: int = 0) -> RenderableType:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="quiet")
    table.add_column(overflow="fold")
    for label, value in pairs:
        table.add_row(Text(visible(label)), Text(isolated(visible(value))))
    return Padding(table, (0, 0, 0, indent))
