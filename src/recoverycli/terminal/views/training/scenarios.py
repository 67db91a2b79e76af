"""The scenarios: a list of them, one whole for who teaches it, and the cards of those who play it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.pages.sections import Row, Section, page_lines
from recoverycli.terminal.views.pages import Page
from recoverycli.text.safe import escape
from recoverycli.training.scenarios.model import END

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from recoverycli.terminal.output import Output
    from recoverycli.training.handouts.cards import Card
    from recoverycli.training.scenarios.library import LoadedScenario
    from recoverycli.training.scenarios.model import Scenario, ScenarioNode

_NARROW = 60
_ROOM_FOR_NAMES = 100


def draw_sections(output: Output, sections: Sequence[Section]) -> None:
    """Print sections: drawn on a terminal, line by line elsewhere."""
    if output.look.plain:
        output.text("\n".join(page_lines(sections)))
    else:
        output.draw(Page(sections))


def scenarios_text(entries: Sequence[LoadedScenario]) -> list[str]:
    """Return a line a scenario."""
    return [
        f"{one.content.id}: {one.content.name}; {', '.join(_kind(one.content))}, {one.content.minutes} minutes; "
        f"{one.whence}"
        for one in entries
    ]


def scenarios_screen(entries: Sequence[LoadedScenario], width: int) -> RenderableType:
    """Return the scenarios as a table, or one below the other where there is no room for columns."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    if width < _NARROW:
        heads = (
            Text(one.content.id, style="accent").append(f"\n  {', '.join(_kind(one.content))}", style="not bold quiet")
            for one in entries
        )
        return Group(*heads)
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="quiet", pad_edge=False)
    table.add_column("id", no_wrap=True)
    if width >= _ROOM_FOR_NAMES:
        table.add_column("what it is", overflow="fold")
    for column in ("level", "channel", "industry"):
        table.add_column(column, no_wrap=True)
    table.add_column("min", justify="right")
    table.add_column("from", no_wrap=True, style="quiet")
    for one in entries:
        scenario = one.content
        name = [Text(escape(scenario.name))] if width >= _ROOM_FOR_NAMES else []
        table.add_row(
            Text(scenario.id, style="accent"), *name, *_kind(scenario), str(scenario.minutes), one.whence
        )  # fmt: skip
    return table


def card_sections(card: Card) -> list[Section]:
    """Return a role card."""
    parts = [Section(part.heading, rows=tuple(Row("", line) for line in part.lines)) for part in card.parts]
    return [Section(card.title, card.lead), *parts]


def scenario_sections(scenario: Scenario) -> list[Section]:
    """Return a scenario with all its secrets: for who teaches it."""
    you = scenario.customer
    told = [
        ("Who", you.who),
        ("What happened", you.happened),
        ("Feels", you.feels),
        ("Wants", you.wants),
        ("Unsaid", you.unsaid),
    ]
    return [
        Section(
            scenario.name,
            f"{', '.join(_kind(scenario))}, {scenario.minutes} minutes, {scenario.framework}",
            scenario.summary,
        ),
        Section("The customer", f"at first {you.mood}", rows=tuple(Row(*row) for row in told)),
        Section(
            "What only a good question brings out",
            rows=tuple(Row(fact.id, f"{fact.what} {fact.matters}") for fact in scenario.facts),
        ),
        *(Section(node.id, lead=f'"{node.says}"', rows=tuple(_replies(node))) for node in scenario.nodes),
        Section("How it can end", rows=tuple(_endings(scenario))),
        Section(rows=(Row("Play it", f"recovery practice {scenario.id}"), Row("Aloud", _spoken_text(scenario)))),
    ]


def _spoken_text(scenario: Scenario) -> str:
    return (
        f"recovery scenarios show {scenario.id} --card customer (or agent, observer); printed: --card all -o cards.pdf"
    )


def _replies(node: ScenarioNode) -> Iterator[Row]:
    for reply in node.replies:
        leads = "the end" if reply.to == END else reply.to
        asks = f", only once {reply.needs} is known" if reply.needs else ""
        brings = f", brings out {reply.reveals}" if reply.reveals else ""
        yield Row(f"{reply.effect:+d}", f'"{reply.say}"')
        yield Row("", f"{reply.because} To {leads}{asks}{brings}.")


def _endings(scenario: Scenario) -> Iterator[Row]:
    for ending in scenario.endings:
        needs = [f"ease {ending.ease} or more"] if ending.ease else []
        needs += [f"known: {', '.join(ending.known)}"] if ending.known else []
        yield Row(ending.kind, f'"{ending.says}" {ending.after}', ", ".join(needs) or "otherwise")


def _kind(scenario: Scenario) -> tuple[str, str, str]:
    return scenario.difficulty, scenario.channel, scenario.industry
