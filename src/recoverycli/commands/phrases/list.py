"""`recovery phrases list`: list your phrases and the steps they fit."""

from __future__ import annotations

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson
from recoverycli.commands.common.phrases import (
    InIntent,
    OnlyFramework,
    named_list,
    read_phrasebook,
)
from recoverycli.frameworks.model import INTENTS

HELP = help_with_examples(
    "List your phrases and the steps they fit.",
    "recovery phrases list",
    "recovery phrases list --intent apologize --json",
)


def command(
    context: typer.Context, intent: InIntent = None, framework: OnlyFramework = None, as_json: AsJson = False
) -> None:
    """List your phrases and the steps they fit."""
    from recoverycli.terminal.views.frameworks.phrases import phrases_page, short_ids

    setup: Setup = context.obj
    wanted = named_list("intent", [intent] if intent else None, INTENTS)
    read = read_phrasebook(setup)
    ids = [phrase.id for phrase in read.phrases]
    names = dict(zip(ids, short_ids(ids), strict=True))
    phrases = [
        phrase
        for phrase in read.phrases
        if (not wanted or phrase.intent in wanted) and (not framework or phrase.framework == framework)
    ]
    if as_json:
        for phrase in phrases:
            setup.output.as_json({name: getattr(phrase, name) for name in phrase.__struct_fields__})
        return
    shown = [names[phrase.id] for phrase in phrases]
    setup.output.show(phrases_page(phrases, shown, chosen=bool(intent or framework)))
