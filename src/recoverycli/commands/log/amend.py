"""`recovery log amend`: correct the outcome, issue, cause or summary of a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.commands.common import completion_values
from recoverycli.commands.common.calls import find_call, keep_up, refuse_option
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.errors import UsageProblem, known_word
from recoverycli.session.filters import OPEN, OUTCOME_WORDS
from recoverycli.times.clock import now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.redaction.rules import Rules
    from recoverycli.session.transcript.model import Call
    from recoverycli.store.calls.amend import Change

HELP = help_with_examples(
    "Correct the outcome, issue, cause or summary of a call.\n\nThe old value is stored beside the new one; an "
    "empty text removes the value. --undo reverts the last correction.",
    "recovery log amend last --outcome resolved",
    'recovery log amend 7k2q --cause "a double booking" --summary "Refund on its way."',
    "recovery log amend last --undo",
)
# A position such as -2 is not an option.
CONTEXT = {"ignore_unknown_options": True}
_FIELDS = {"outcome": "outcome", "issue": "issue", "cause": "root_cause", "summary": "summary"}


def command(
    context: typer.Context,
    call: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="The call's id, a part of it, last, or -2.", autocompletion=completion_values.calls
        ),
    ],
    outcome: Annotated[
        str | None,
        typer.Option(metavar="WORD", help="The outcome; open for none.", autocompletion=completion_values.outcomes),
    ] = None,
    cause: Annotated[str | None, typer.Option(metavar="TEXT", help="The root cause.")] = None,
    summary: Annotated[str | None, typer.Option(metavar="TEXT", help="A summary in a sentence or two.")] = None,
    issue: Annotated[str | None, typer.Option(metavar="TEXT", help="The issue.")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Undo the last correction.")] = False,
) -> None:
    """Correct the outcome, issue, cause or summary of a call."""
    from recoverycli.commands.common.followups import change
    from recoverycli.review.corrections import corrections, undo_correction

    setup: Setup = context.obj
    refuse_option(call, "amend")
    typed = {"outcome": outcome, "issue": issue, "cause": cause, "summary": summary}
    given = {name: words for name, words in typed.items() if words is not None}
    if undo and given:
        raise UsageProblem(
            "--undo cannot be combined with other options", hint=f"recovery log amend {call[:60]} --undo"
        )
    stored = find_call(setup, call)
    rules = setup.rules.with_names(stored.transcript.call.customer.name)
    checked = {name: _check_value(name, words, rules) for name, words in given.items()}
    if not undo and not checked:
        name, words = _ask_change(setup, stored.transcript.call)
        checked = {name: _check_value(name, words, rules)}
    wanted = {_FIELDS[name]: value for name, (value, _) in checked.items()}
    made: list[Change] = []

    def decide(found: Call) -> Sequence[Change]:
        made.extend(undo_correction(found) if undo else corrections(found, wanted))
        return made

    change(stored.path, now(), decide)
    call_id = stored.path.stem
    if not made:
        setup.output.text("there is no change to undo" if undo else f"already set: {call_id}")
        return
    keep_up(setup)
    hidden = " · a number in it was masked" if any(count for _, count in checked.values()) else ""
    back = "" if undo else f" · undo: recovery log amend {call_id} --undo"
    setup.output.text(f"{'; '.join(_describe_change(one) for one in made)} ({call_id}){hidden}{back}")


def _check_value(name: str, words: str, rules: Rules) -> tuple[str | None, int]:
    """The masked value, and how many numbers were masked. Raises UsageProblem."""
    from recoverycli.redaction.redact import redact
    from recoverycli.text.safe import storable_text

    if name != "outcome":
        text, masked = redact(storable_text(words).strip(), rules)
        return text or None, masked
    word = known_word("outcome", words, OUTCOME_WORDS)
    return (None if word == OPEN else word), 0


def _ask_change(setup: Setup, call: Call) -> tuple[str, str]:
    """Ask what to correct, and how. Raises UsageProblem without a terminal or an answer."""
    from recoverycli.session.transcript.amendments import current_call
    from recoverycli.terminal.ask.questions import ask_line, choose
    from recoverycli.terminal.views.call.parts import shorten

    nothing = UsageProblem(
        "a value to change is required",
        kept="Nothing was changed.",
        hint="For example: recovery log amend last --outcome resolved",
    )
    today = current_call(call)
    options = [f"{name}: {shorten(getattr(today, field) or OPEN)}" for name, field in _FIELDS.items()]
    name = (choose(setup.output, "Which value should change?", options) or "").partition(":")[0]
    if name not in _FIELDS:
        raise nothing
    if name == "outcome":
        words = choose(setup.output, "How did it end?", OUTCOME_WORDS)
    else:
        words = ask_line(setup.output, f"The {name} is (empty removes it):")
    if words is None:
        raise nothing
    return name, words


def _describe_change(change: Change) -> str:
    from recoverycli.terminal.views.call.parts import shorten

    name = change.field.removeprefix("root_")
    old, new = (shorten(str(value)) if value else OPEN for value in (change.old, change.new))
    return f"{name} was {old}, is {new} now"
