"""`recovery log amend`: correct a call, or add what was forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from recoverycli.commands.common import completion_values
from recoverycli.commands.common.calls import find_call, keep_up, refuse_option
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.errors import UsageProblem, known_word
from recoverycli.frameworks.model import MOODS, SEVERITIES
from recoverycli.session.filters import OPEN, OUTCOME_WORDS
from recoverycli.times.clock import now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.redaction.rules import Rules
    from recoverycli.session.transcript.model import Call
    from recoverycli.store.calls.amend import Change

HELP = help_with_examples(
    "Correct a call, or add what was forgotten.\n\nThe old value is stored beside the new one; an empty text removes "
    "the value. --note, --offer and --promise add to the call. --undo reverts the last change.",
    "recovery log amend last --outcome resolved",
    'recovery log amend 7k2q --cause "a double booking" --summary "Refund on its way."',
    'recovery log amend last --note "She called twice" --promise "send a letter by friday"',
    "recovery log amend last --undo",
)
# A position such as -2 is not an option.
CONTEXT = {"ignore_unknown_options": True}
_FIELDS = {
    "outcome": "outcome",
    "issue": "issue",
    "cause": "root_cause",
    "summary": "summary",
    "customer": "customer.name",
    "ref": "customer.ref",
    "mood": "mood",
    "severity": "severity",
    "ours": "ours",
    "repeated": "repeated",
}


_CHOICES: dict[str, tuple[str, ...]] = {
    "outcome": OUTCOME_WORDS,
    "mood": MOODS,
    "severity": SEVERITIES,
    "ours": ("yes", "no"),
    "repeated": ("yes", "no"),
}
_CHOSEN: dict[str, bool | None] = {OPEN: None, "yes": True, "no": False}


def command(
    context: typer.Context,
    call: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="The call's id, a part of it, last, or -2.", autocompletion=completion_values.calls
        ),
    ],
    *,
    outcome: Annotated[
        str | None,
        typer.Option(metavar="WORD", help="The outcome; open for none.", autocompletion=completion_values.outcomes),
    ] = None,
    cause: Annotated[str | None, typer.Option(metavar="TEXT", help="The root cause.")] = None,
    summary: Annotated[str | None, typer.Option(metavar="TEXT", help="A summary in a sentence or two.")] = None,
    issue: Annotated[str | None, typer.Option(metavar="TEXT", help="The issue.")] = None,
    customer: Annotated[str | None, typer.Option(metavar="NAME", help="The customer's name.")] = None,
    ref: Annotated[str | None, typer.Option(metavar="REF", help="The customer's or the case's reference.")] = None,
    mood: Annotated[
        str | None,
        typer.Option(metavar="WORD", help="The mood at the end.", autocompletion=completion_values.moods),
    ] = None,
    severity: Annotated[str | None, typer.Option(metavar="WORD", help="minor, serious or severe.")] = None,
    ours: Annotated[str | None, typer.Option(metavar="yes|no", help="Whether it was our fault.")] = None,
    repeated: Annotated[str | None, typer.Option(metavar="yes|no", help="Whether it had happened before.")] = None,
    note: Annotated[list[str] | None, typer.Option(metavar="TEXT", help="Add a note.")] = None,
    offer: Annotated[list[str] | None, typer.Option(metavar="REMEDY VALUE", help="Add an offer.")] = None,
    promise: Annotated[list[str] | None, typer.Option(metavar="WHAT by WHEN", help="Add a promise.")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Undo the last correction.")] = False,
) -> None:
    """Correct a call, or add what was forgotten."""
    from recoverycli.commands.common.additions import read_additions
    from recoverycli.commands.common.followups import change
    from recoverycli.review.corrections import add_entries, corrections, undo_correction

    setup: Setup = context.obj
    refuse_option(call, "amend")
    typed = {
        "outcome": outcome, "issue": issue, "cause": cause, "summary": summary, "customer": customer, "ref": ref,
        "mood": mood, "severity": severity, "ours": ours, "repeated": repeated,
    }  # fmt: skip
    given = {name: words for name, words in typed.items() if words is not None}
    added = {"notes": note or [], "offers": offer or [], "promises": promise or []}
    if undo and (given or any(added.values())):
        raise UsageProblem(
            "--undo cannot be combined with other options", hint=f"recovery log amend {call[:60]} --undo"
        )
    stored = find_call(setup, call)
    rules = setup.rules.with_names(stored.transcript.call.customer.name)
    checked = {name: _check_value(name, words, rules) for name, words in given.items()}
    additions = read_additions(setup, added, now(), rules)
    if not undo and not checked and not additions:
        name, words = _ask_change(setup, stored.transcript.call)
        checked = {name: _check_value(name, words, rules)}
    wanted = {_FIELDS[name]: value for name, (value, _) in checked.items()}
    made: list[Change] = []

    def decide(found: Call) -> Sequence[Change]:
        made.extend(undo_correction(found) if undo else (*corrections(found, wanted), *add_entries(found, additions)))
        return made

    change(setup, stored.path, now(), decide)
    call_id = stored.path.stem
    if not made:
        setup.output.text("there is no change to undo" if undo else f"already set: {call_id}")
        return
    keep_up(setup)
    hidden = " · a number in it was masked" if any(count for _, count in checked.values()) else ""
    back = "" if undo else f" · undo: recovery log amend {call_id} --undo"
    setup.output.text(f"{'; '.join(_describe_change(one) for one in made)} ({call_id}){hidden}{back}")


def _check_value(name: str, words: str, rules: Rules) -> tuple[str | bool | None, int]:
    """The masked value, and how many numbers were masked. Raises UsageProblem."""
    from recoverycli.redaction.redact import redact
    from recoverycli.redaction.rules import NAME_MASK
    from recoverycli.text.safe import storable_text

    if name in _CHOICES and words.strip():
        word = known_word(name, words, _CHOICES[name])
        return _CHOSEN.get(word, word), 0
    if name == "customer" and "name" in rules.chosen and words.strip():
        return NAME_MASK, 1
    text, masked = redact(storable_text(words).strip(), rules)
    return text or None, masked


def _ask_change(setup: Setup, call: Call) -> tuple[str, str]:
    """Ask what to correct, and how. Raises UsageProblem without a terminal or an answer."""
    from recoverycli.session.transcript.amendments import current_call, value_of
    from recoverycli.terminal.ask.questions import ask_line, choose
    from recoverycli.terminal.views.call.parts import shorten

    nothing = UsageProblem(
        "a value to change is required",
        kept="Nothing was changed.",
        hint="For example: recovery log amend last --outcome resolved",
    )
    today = current_call(call)
    options = [f"{name}: {shorten(_value_text(value_of(today, field)))}" for name, field in _FIELDS.items()]
    name = (choose(setup.output, "Which value should change?", options) or "").partition(":")[0]
    if name not in _FIELDS:
        raise nothing
    if name in _CHOICES:
        words = choose(setup.output, f"Which {name}?" if name != "outcome" else "How did it end?", _CHOICES[name])
    else:
        words = ask_line(setup.output, f"The {name} is (empty removes it):")
    if words is None:
        raise nothing
    return name, words


def _describe_change(change: Change) -> str:
    from recoverycli.terminal.views.call.parts import shorten

    name, dot, _ = change.field.removeprefix("root_").removeprefix("customer.").partition(".")
    if dot:
        entry = change.old if change.new is None else change.new
        words = next((entry[key] for key in ("text", "remedy", "what") if key in entry), "")
        return f"{name.removesuffix('s')} {'removed' if change.new is None else 'added'}: {shorten(words)}"
    return f"{name} was {shorten(_value_text(change.old))}, is {shorten(_value_text(change.new))} now"


def _value_text(value: Any) -> str:
    return {True: "yes", False: "no", None: OPEN, "": OPEN}.get(value, str(value))
