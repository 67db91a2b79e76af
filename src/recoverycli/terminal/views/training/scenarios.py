"""The list of scenarios, a scenario for trainers, and role cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.frameworks.conditions import condition_words
from recoverycli.pages.page import Cell, Column, Row, Section, Table
from recoverycli.text.format import plural
from recoverycli.training.handouts.cards import BOXES
from recoverycli.training.scenarios.model import END, first_wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recoverycli.pages.page import Page
    from recoverycli.training.handouts.cards import Card, CardPart
    from recoverycli.training.scenarios.library import LoadedScenario
    from recoverycli.training.scenarios.model import Scenario, ScenarioNode

_COLUMNS = (
    Column("id", role="accent"),
    Column("what it is", "wrap", least=100),
    Column("level"),
    Column("channel"),
    Column("industry"),
    Column("min", least=60, is_number=True),
    Column("from", role="quiet", least=60, before="; "),
)


def scenarios_page(entries: Sequence[LoadedScenario]) -> Page:
    """Return the scenarios as a table."""
    return (Table(_COLUMNS, tuple(map(_cells, entries)), stacked=60),)


def _cells(loaded: LoadedScenario) -> tuple[Cell, ...]:
    scenario = loaded.content
    minutes = Cell(plural(scenario.minutes, "minute"), str(scenario.minutes))
    return (Cell(scenario.id), Cell(scenario.name), *map(Cell, _kind(scenario)), minutes, Cell(loaded.whence))


def card_page(card: Card) -> Page:
    """Return a role card."""
    return (Section(card.title, card.lead), *map(_card_part, card.parts))


def _card_part(part: CardPart) -> Section:
    match part.kind:
        case "ticks":
            return Section(lead=part.heading, rows=tuple(Row(" or ".join(BOXES), line) for line in part.lines))
        case "steps":
            numbered = enumerate(part.lines, start=1)
            return Section(part.heading, rows=tuple(Row(str(number), line) for number, line in numbered))
        case "text":
            return Section(part.heading, rows=tuple(Row("", line) for line in part.lines))


def scenario_page(scenario: Scenario) -> Page:
    """Return a whole scenario, for trainers."""
    you = scenario.customer
    told = [
        ("Who", you.who),
        ("What happened", you.happened),
        ("Feels", you.feels),
        ("Wants", you.wants),
        ("Unsaid", you.unsaid),
    ]
    return (
        Section(
            scenario.name,
            f"{', '.join(_kind(scenario))}, {plural(scenario.minutes, 'minute')}, {scenario.framework}",
            scenario.summary,
        ),
        Section("The customer", f"at first {you.mood}", rows=tuple(Row(*row) for row in told)),
        Section(
            "What only a good question brings out",
            rows=tuple(Row(fact.id, f"{fact.what} {fact.matters}") for fact in scenario.facts),
        ),
        *(
            Section(node.id, lead=f'"{first_wording(node.says)}"', rows=tuple(_replies(node)))
            for node in scenario.nodes
        ),
        Section("How it can end", rows=tuple(_endings(scenario))),
        Section(rows=(Row("Play it", f"recovery practice {scenario.id}"), Row("Aloud", _aloud(scenario)))),
    )


def _aloud(scenario: Scenario) -> str:
    return (
        f"recovery scenarios show {scenario.id} --card customer (or agent, observer); printed: --card all -o cards.pdf"
    )


def _replies(node: ScenarioNode) -> Iterator[Row]:
    if node.unhelped is not None:
        yield Row("Unhelped", f'"{first_wording(node.unhelped)}"')
    for reply in node.replies:
        leads = "the end" if reply.to == END else reply.to
        asks = f", only once {reply.needs} is known" if reply.needs else ""
        brings = f", brings out {reply.reveals}" if reply.reveals else ""
        settles = "".join(
            f", {word} {', '.join(ids)}" for word, ids in (("agrees", reply.agrees), ("refuses", reply.refuses)) if ids
        )
        promises = "".join(f", promises to {one.what} {one.by}" for one in reply.promises)
        lure = f" It tempts: {reply.lure}." if reply.lure else ""
        yield Row(f"{reply.effect:+d}", f'"{reply.say}"')
        yield Row("", f"{reply.because}{lure} To {leads}{asks}{brings}{settles}{promises}.")


def _endings(scenario: Scenario) -> Iterator[Row]:
    for ending in scenario.endings:
        words = condition_words(ending.when) or "otherwise"
        yield Row(ending.kind, f'"{first_wording(ending.says)}" {ending.after}', words)


def _kind(scenario: Scenario) -> tuple[str, str, str]:
    return scenario.difficulty, scenario.channel, scenario.industry
