"""Twelve calls typed in a hurry: slips, corrections, wrong commands, notes where an answer was asked for.

Every fact that was typed is on the page of the stored call and in the note for the customer's profile.
A step of a script is a line, or a line and what the screen then shows; \\x7f is Backspace, \\x15 is Ctrl-U.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.terminal.calls import journal, started
from tests.terminal.screen import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.recovery import Recovery
    from tests.terminal.screen import Terminal


class Hurried(NamedTuple):
    """A call: how it starts, what is typed, how it ends, and the facts that must be found."""

    name: str
    options: tuple[str, ...]
    lines: tuple[str | tuple[str, str], ...]
    outcome: str
    facts: tuple[str, ...]


CALLS = (
    Hurried(
        "a slip corrected with Backspace", ("learn",),
        ("chraged\x7f\x7f\x7f\x7f\x7f\x7f\x7fcharged twice in March", "1", "rent bounced because of it",
         "/offer refund 49.99", "she wants the bank fee back too", "/accept"),
        "resolved", ("charged twice in March", "rent bounced because of it", "bank fee back too", "49.99", "accepted"),
    ),
    Hurried(
        "a wrong command, and the next line is typed over it", ("learn", "--customer", "Noor Dahl"),
        (("/prmise call back by 5pm", "/promise"), "she is in the hospital until Friday",
         "/promise call back by 31 December 5pm", "her sister Ines may speak for her"),
        "callback", ("in the hospital until Friday", "call back", "her sister Ines may speak for her", "Noor Dahl"),
    ),
    Hurried(
        "the wrong customer's note taken back", ("heart", "--channel", "phone"),
        ("cancel his insurance", "u", "boiler out since Sunday", "/mood angry", "baby of six weeks in the flat",
         "/severity severe", "/ours yes"),
        "partly-resolved", ("boiler out since Sunday", "baby of six weeks in the flat", "severe", "angry"),
    ),
    Hurried(
        "numbers that are notes", ("last",),
        ("3 weeks late", "/note 2", "//b means building B", "/set item the blue kettle"),
        "unresolved", ("3 weeks late", "building B", "the blue kettle"),
    ),
    Hurried(
        "a refusal where an answer is asked for", ("learn",),
        ("the wedding is on Saturday", "/offer voucher 20 EUR", "no, an insult after four calls",
         "she goes to the press on Monday", "/instead refund 80 EUR", "yes but only by tomorrow noon"),
        "resolved", ("the wedding is on Saturday", "an insult after four calls", "to the press on Monday",
                     "refund 80 EUR", "only by tomorrow noon"),
    ),
    Hurried(
        "on hold and off again in the middle", ("learn",),
        ("meter was read wrongly", "/hold", "billing says 412 and not 4120", "/back-on", "he accepts the new reading"),
        "resolved", ("meter was read wrongly", "412 and not 4120", "he accepts the new reading"),
    ),
    Hurried(
        "handed on with everything in it", ("learn", "--issue", "delivery"),
        ("parcel 4471 never came", "third time this year", "/ref C-4471", "/customer Ana Quill",
         ("/escalate team lead: wants a courier today", "closes"), ("q", "escalated"), "she waits until six"),
        "escalated", ("parcel 4471 never came", "third time this year", "C-4471", "Ana Quill", "wants a courier today",
                      "she waits until six"),
    ),
    Hurried(
        "abuse, then back to the matter", ("learn",),
        ("he shouts from the start", "/switch abusive-caller", "called me useless twice", "1", "/switch",
         "the real matter is a lost deposit of 300"),
        "unresolved", ("he shouts from the start", "called me useless twice", "a lost deposit of 300"),
    ),
    Hurried(
        "a whole line thrown away and typed again", ("blast",),
        ("room was nto cleaned\x15room 214 was not cleaned for two days", "smell of smoke in it",
         "/offer a free night", "she would rather have another room", "/refuse she would rather have another room"),
        "partly-resolved", ("room 214 was not cleaned for two days", "smell of smoke in it", "a free night", "refused"),
    ),
    Hurried(
        "ended by mistake and opened again", ("learn",),
        ("screen cracked on day two", ("/end unresolved", "u opens it again"), ("u", "is open again"),
         "receipt number is 88-1234-AB"),
        "resolved", ("screen cracked on day two", "88-1234-AB"),
    ),
    Hurried(
        "two lines of summary", ("learn",),
        ("bus never came", ("/end", "How did it end?"), "Driver was ill and nobody told her.", "Taxi is on its way."),
        "resolved", ("bus never came", "Driver was ill and nobody told her.", "Taxi is on its way."),
    ),
    Hurried(
        "a name, a mood and an issue learnt late", ("heard", "--channel", "chat"),
        ("login fails since the update", "/customer Ole Berg", "/issue login", "/mood upset", "/cause a bad update",
         "/promise mail the fix by 31 December noon", "/mood calm"),
        "callback", ("login fails since the update", "Ole Berg", "login", "a bad update", "mail the fix", "calm"),
    ),
)  # fmt: skip


def until(terminal: Terminal, *, grows_from: int = -1, shows: str = "") -> None:
    """Read until the call has a new line on the disk, or the screen shows the words."""
    limit = time.monotonic() + PATIENCE
    while (shows not in terminal.text) if shows else (len(journal(terminal)) <= grows_from):
        assert time.monotonic() < limit, terminal.text
        terminal.read()


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
def test_every_fact_typed_in_a_hurry_is_found(call: Hurried, tmp_path: Path, recovery: Recovery) -> None:
    terminal = started(tmp_path, "start", *call.options)
    for step in call.lines:
        line, shows = step if isinstance(step, tuple) else (step, "")
        before = 0 if shows else len(journal(terminal))
        terminal.say(line)
        until(terminal, grows_from=before, shows=shows)
    terminal.say(f"/end {call.outcome}")
    terminal.expect("saved: ")
    assert terminal.end() == 0
    page = recovery("log", "show", "last").stdout
    note = recovery("log", "export", "last", "--format", "crm").stdout
    for fact in call.facts:
        assert fact in page
        assert fact in note
    assert "nto" not in page
    assert "cancel his insurance" not in page
