"""`recovery scenarios show`: a role-play whole, for who teaches it, or the card of one of the three who play it."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer

from recoverycli.commands import completing
from recoverycli.commands.examples import described
from recoverycli.commands.options import AsJson
from recoverycli.commands.setup import Setup
from recoverycli.errors import UsageProblem, nearest
from recoverycli.training.cards import ROLES, Role

HELP = described(
    "Show a role-play whole, with what every answer does, or the card of one of the three who play it aloud.",
    "recovery scenarios show late-parcel",
    "recovery scenarios show late-parcel --card customer",
)


def command(
    context: typer.Context,
    scenario: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="Which; see: recovery scenarios list", autocompletion=completing.scenarios),
    ] = None,
    role: Annotated[
        str | None, typer.Option("--card", metavar="ROLE", help=f"The card of one of them: {', '.join(ROLES)}.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show a role-play whole, or the card of one of the three who play it."""
    from recoverycli.terminal.views.scenarios import card_sections, draw_sections, scenario_sections
    from recoverycli.training.cards import card

    setup: Setup = context.obj
    wanted = None if role is None else _role(role)
    library = setup.scenarios()
    if scenario is None:
        from recoverycli.terminal.choosing import choose

        scenario = choose(setup.output, "Which scenario?", library.ids())
    if scenario is None:
        raise UsageProblem("which scenario?", hint="For example: recovery scenarios show late-parcel")
    loaded = library.load(scenario)
    if wanted is not None:
        held = card(loaded.scenario, wanted)
        if as_json:
            setup.output.as_json({**held._asdict(), "parts": [part._asdict() for part in held.parts]})
        else:
            draw_sections(setup.output, card_sections(held))
    elif as_json:
        document = msgspec.to_builtins(loaded.scenario)
        setup.output.as_json({**document, "kind": loaded.kind, "path": loaded.path, "digest": loaded.digest})
    else:
        draw_sections(setup.output, scenario_sections(loaded.scenario))


def _role(word: str) -> Role:
    for role in ROLES:
        if role == word.casefold():
            return role
    near = nearest(word, ROLES)
    did_you = f"; did you mean {near}?" if near else ""
    raise UsageProblem(f"there is no card {word[:40]}{did_you}", hint=f"One of: {', '.join(ROLES)}")
