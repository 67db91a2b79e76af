"""The cards of a role-play: each player has what they need, and no more."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from recoverycli.review.scoring.reader import load_scorecard
from recoverycli.training.handouts.cards import ROLES, Card, Role, cards_of
from recoverycli.training.handouts.formats import PAPERS, Paper
from recoverycli.training.handouts.markdown import cards_markdown
from recoverycli.training.handouts.pdf import FLOOR, fit_cards
from tests.cases import for_each
from tests.training.built_in import framework
from tests.training.played import FILES, scenario

if TYPE_CHECKING:
    from recoverycli.training.scenarios.model import Scenario

NAMES = [path.stem for path in FILES]
_SCORECARD = load_scorecard([Path(__file__).parents[2] / "scorecards" / "default.yaml"])
LINES = [*_SCORECARD.line_names]
_OF_ANOTHER = re.compile(r"\b(he|she|him|her|his|hers|himself|herself|the customer)\b", re.IGNORECASE)


def cards(played: Scenario, *roles: Role) -> list[Card]:
    return [one for role in roles for one in cards_of(played, role, framework(played.framework), LINES)]


def lines_of(card: Card) -> list[str]:
    return [line for part in card.parts for line in part.lines]


def test_the_customer_s_card_speaks_to_the_player_and_never_of_the_customer() -> None:
    for name, seed in ((name, seed) for name in NAMES for seed in (None, 1, 2, 3)):
        (card,) = cards(scenario(name, seed), "customer")
        briefs = [line for line in lines_of(card) if not line.startswith('"')]
        assert not [line for line in briefs if _OF_ANOTHER.search(line)], name
        assert all(re.search(r"\byou", part.heading + part.lines[0], re.IGNORECASE) for part in card.parts), name
        assert [part.heading for part in card.parts][:5] == [
            "Who you are",
            "What happened",
            "What you want",
            "Say this only if you are asked",
            "What changes your mood",
        ]
        assert "{" not in str(card.parts), name


def test_the_agent_s_card_holds_the_steps_of_the_framework() -> None:
    for name in NAMES:
        played = scenario(name)
        (card,) = cards(played, "agent")
        steps = next(part for part in card.parts if part.kind == "steps")
        live = framework(played.framework).live_steps
        assert steps.lines == tuple(f"{step.name}: {step.goal}" for step in live)
        assert "recovery " not in str(card), "a player has no terminal"


def test_the_observer_s_sheet_has_the_lines_of_the_scorecard_to_tick() -> None:
    _, sheet = cards(scenario(), "observer")
    assert [(part.kind, list(part.lines)) for part in sheet.parts] == [("ticks", LINES)]
    assert "- A whole apology: [ ] yes [ ] no \\_" in cards_markdown([sheet])


def test_a_card_keeps_from_its_holder_what_they_may_not_know() -> None:
    for name in NAMES:
        played = scenario(name)
        assert played.customer.card is not None
        for role in ROLES:
            told = str(cards(played, role))
            assert (played.customer.card.asked in told) == (role == "customer")
            assert all((fact.what in told) == (role == "observer") for fact in played.facts)
            assert any(played.agent.who == line for card in cards(played, role) for line in lines_of(card)) == (
                role == "agent"
            )


def test_a_scenario_without_a_card_for_the_player_has_one_of_what_it_says_of_the_customer() -> None:
    played = scenario()
    without = replace(played, customer=replace(played.customer, card=None))
    (card,) = cards(without, "customer")
    assert played.customer.unsaid in lines_of(card)
    assert "Who the customer is" in [part.heading for part in card.parts]


@for_each("paper", PAPERS)
def test_the_four_cards_of_a_scenario_are_on_one_sheet_in_legible_letters(paper: Paper) -> None:
    fit = fit_cards([one for name in NAMES for one in cards(scenario(name), *ROLES)], paper)
    assert (fit.up, fit.wanted) == (4, len(NAMES))
    assert fit.draft.size >= FLOOR
