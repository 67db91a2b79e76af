"""`recovery log causes`: list the root causes of calls, and count one as another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.commands.common import completion_values
from recoverycli.commands.common.calls import calls_of
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.filter_options import with_filter_options
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJsonLines, Team
from recoverycli.errors import NotFound, UsageProblem, did_you_mean
from recoverycli.session.filters import Filters
from recoverycli.text.tokens import word_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.review.statistics.causes import CauseCount

HELP = help_with_examples(
    "List the root causes of calls, the most frequent first.\n\nCauses with the same words are one cause: case, "
    "accents, spaces and punctuation do not matter. `merge A B` counts A as B in all statistics of this data "
    "folder, `split A` undoes that. Neither changes a call.",
    "recovery log causes",
    "recovery log causes --since 2026-11-01 --json",
    'recovery log causes merge "late courier" "carrier late"',
    'recovery log causes split "late courier"',
)
_USES = "recovery log causes merge CAUSE INTO, recovery log causes split CAUSE, or recovery log causes alone"


@with_filter_options
def command(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[merge CAUSE INTO | split CAUSE]",
            help="Count a cause as another, or undo it.",
            autocompletion=completion_values.causes,
        ),
    ] = None,
    *,
    wanted: Filters,
    team: Team = False,
    as_json: AsJsonLines = False,
) -> None:
    """List the root causes of calls, and count one as another."""
    setup: Setup = context.obj
    if words and (wanted != Filters() or team or as_json):
        raise UsageProblem(f"{words[0][:60]} takes no options: the map is for all calls", hint=f"Use: {_USES}")
    match words or []:
        case []:
            _show(setup, wanted, team=team, as_json=as_json)
        case ["merge", cause, into]:
            _merge(setup, cause, into)
        case ["split", cause]:
            _split(setup, cause)
        case _:
            raise UsageProblem(f"not understood: {' '.join(words or [])[:60]}", hint=f"Use: {_USES}")


def _show(setup: Setup, wanted: Filters, *, team: bool, as_json: bool) -> None:
    found = _causes(setup, wanted, team=team)
    if as_json:
        for one in found:
            setup.output.as_json(one)
    elif found:
        from recoverycli.terminal.views.log.causes import causes_page

        setup.output.show(causes_page(found))
    else:
        setup.output.text("No call has a cause here. Add one: recovery log amend last --cause TEXT")


def _causes(setup: Setup, wanted: Filters, *, team: bool = False) -> Sequence[CauseCount]:
    from recoverycli.commands.common.topics import topics_of
    from recoverycli.review.statistics.causes import causes

    topics = topics_of(setup)
    with calls_of(setup, team=team) as kept:
        return kept.ask(lambda connection: causes(connection, wanted, topics))


def _merge(setup: Setup, cause: str, into: str) -> None:
    from recoverycli.redaction.redact import redact
    from recoverycli.store.cause_map import merge_causes

    if word_key(cause) == word_key(into):
        raise UsageProblem("both are the same cause already", hint="See all causes: recovery log causes")
    if not into.strip():
        raise UsageProblem("the second cause is empty", hint=f"Use: {_USES}")
    known = {word_key(one.text): one.text for found in _causes(setup, Filters()) for one in reversed(found.spellings)}
    moved = known.get(word_key(cause))
    if moved is None:
        near = did_you_mean(cause, known.values())
        raise NotFound(f"no call has the cause {cause[:60]}{near}", hint="See all causes: recovery log causes")
    target = known.get(word_key(into)) or redact(into, setup.rules)[0]
    merged = merge_causes(setup.home, moved, target)
    name = merged.target(moved)
    setup.output.text(f'"{moved}" is counted as "{name}" now; no call was changed.')
    setup.output.text("Undo it: recovery log causes split CAUSE")


def _split(setup: Setup, cause: str) -> None:
    from recoverycli.store.cause_map import read_cause_map, split_cause

    causes = read_cause_map(setup.home)
    if causes.target(cause) is None:
        merged = [one.cause for one in causes.merged]
        hint = f"Merged: {', '.join(merged)[:300]}" if merged else "No cause is merged."
        raise NotFound(f"{cause[:60]} is not merged into another cause{did_you_mean(cause, merged)}", hint=hint)
    split_cause(setup.home, cause)
    setup.output.text(f'"{cause}" is counted as itself again; no call was changed.')
