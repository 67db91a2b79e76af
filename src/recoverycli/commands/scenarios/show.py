"""`recovery scenarios show`: show a role-play, or the cards of its roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, assert_never

import msgspec
import typer

from recoverycli.commands.common import completion_values
from recoverycli.commands.common.confirm import word_or_choice
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.export_target import InFormat, OnPaper, ToFile, hand_out, read_options
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson, DrawSeed, Overwrite
from recoverycli.errors import UsageProblem, known_word
from recoverycli.training.handouts.cards import ALL, CARDS, ROLES, Role
from recoverycli.training.scenarios.draw import draw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.training.handouts.cards import Card
    from recoverycli.training.handouts.formats import Format, Paper, Sheets
    from recoverycli.training.scenarios.model import Scenario

HELP = help_with_examples(
    "Show a role-play, or the cards of its roles.\n\nThe role-play shows what every answer does. Cards are for "
    "reading or printing.",
    "recovery scenarios show late-parcel",
    "recovery scenarios show late-parcel --card customer",
    "recovery scenarios show late-parcel --card all --output cards.pdf",
)


def command(
    context: typer.Context,
    scenario: Annotated[
        str | None,
        typer.Argument(
            metavar="ID", help="The scenario; see: recovery scenarios list", autocompletion=completion_values.scenarios
        ),
    ] = None,
    *,
    role: Annotated[
        str | None,
        typer.Option(
            "--card",
            metavar="ROLE",
            help=f"Show the card of a role: {', '.join(ROLES)}; or {ALL}.",
            autocompletion=completion_values.cards,
        ),
    ] = None,
    format_: InFormat = None,
    paper: OnPaper = None,
    output: ToFile = None,
    seed: DrawSeed = None,
    yes: Overwrite = False,
    as_json: AsJson = False,
) -> None:
    """Show a role-play, or the cards of its roles."""
    setup: Setup = context.obj
    roles = () if role is None else _roles(role)
    on_paper = format_ is not None or paper is not None or output is not None
    if on_paper and not roles:
        raise UsageProblem(
            "only role cards can be written to a file", hint=f"Choose one with --card: {', '.join(ROLES)} or {ALL}"
        )
    library = setup.scenarios()
    scenario = word_or_choice(setup, scenario, "scenario", library.ids(), "recovery scenarios show late-parcel")
    loaded = library.load(scenario)
    drawn = draw(loaded.content, seed)
    cards = _cards(setup, drawn, roles)
    if as_json and cards:
        for held in cards:
            setup.output.as_json({**held._asdict(), "parts": [part._asdict() for part in held.parts]})
    elif as_json:
        document = msgspec.to_builtins(loaded.content)
        setup.output.as_json({**document, **loaded.source})
    elif on_paper:
        name = f"{loaded.content.id}-{roles[0] if len(roles) == 1 else 'cards'}"
        asked = read_options(format_, paper, output, name=name, yes=yes)
        hand_out(setup, asked, _make_sheets(cards, asked.format, asked.paper))
    else:
        from recoverycli.terminal.views.training.scenarios import card_page, scenario_page

        of_cards = tuple(part for held in cards for part in card_page(held))
        setup.output.show(of_cards or scenario_page(drawn))


def _cards(setup: Setup, scenario: Scenario, roles: Sequence[Role]) -> tuple[Card, ...]:
    """Return the cards of these roles, with the steps of the framework and the lines of the scorecard."""
    if not roles:
        return ()
    from recoverycli.commands.log.score import own_scorecard
    from recoverycli.training.handouts.cards import cards_of

    framework = setup.library().load(scenario.framework).content if "agent" in roles else None
    scorecard = own_scorecard(setup) if "observer" in roles else None
    lines = scorecard.line_names if scorecard is not None else ()
    return tuple(held for role in roles for held in cards_of(scenario, role, framework, lines))


def _make_sheets(cards: Sequence[Card], format_: Format, paper: Paper) -> Sheets:
    from recoverycli.training.handouts.formats import Sheets

    match format_:
        case "pdf":
            from recoverycli.training.handouts.pdf import cards_pdf

            return cards_pdf(cards, paper)
        case "html":
            from recoverycli.training.handouts.html import cards_page

            return Sheets(cards_page(cards, paper).encode())
        case "md":
            from recoverycli.training.handouts.markdown import cards_markdown

            return Sheets(cards_markdown(cards).encode())
        case _:
            assert_never(format_)


def _roles(word: str) -> tuple[Role, ...]:
    asked = known_word("card", word, CARDS)
    return tuple(role for role in ROLES if asked in {role, ALL})
