"""The flow of a framework: its steps in order, and at each branch which answer leads where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.frameworks.stops import END, flow
from recoverycli.text.safe import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType
    from rich.text import Text

    from recoverycli.frameworks.model import Framework
    from recoverycli.frameworks.stops import FlowStep


def flow_text(framework: Framework) -> list[str]:
    """Return the flow as lines that read well aloud."""
    lines = [f"{framework.name}: the flow of its steps."]
    for stop in flow(framework):
        aside = ", by a path alone" if stop.aside else ""
        lines.append(f"Step {stop.number}{aside}: {stop.name}. Then: {stop.on}.")
        if stop.branches:
            lines.append(f"  Decides: {stop.question}")
        lines += [f"  If {branch.answer}: to {', then '.join(branch.through)}." for branch in stop.branches]
    return [*lines, "At the end: the wrap-up."]


def flow_screen(framework: Framework) -> RenderableType:
    """Return the flow as a drawing: the steps down the page, the branches beside a line, paths alone set in."""
    from rich.text import Text

    lines = [Text(escape(framework.name), style="strong")]
    stops = flow(framework)
    for place, stop in enumerate(stops):
        following = stops[place + 1].name if place + 1 < len(stops) else END
        lines += _draw_stop(stop, following)
    return Text("\n").join([*lines, Text(f"  ● {END}", style="accent")])


def _draw_stop(stop: FlowStep, following: str) -> Iterator[Text]:
    from rich.text import Text

    indent = "    " if stop.aside else "  "
    mark = "○" if stop.aside else "●"
    head = Text(f"{indent}{mark} ").append(escape(f"{stop.number} {stop.name}"), style="accent")
    if stop.on != following and not stop.branches:
        head.append(f"  → {escape(stop.on)}", style="quiet")
    yield head
    if stop.branches:
        yield Text(f"{indent}│ ").append(escape(stop.question), style="strong")
    for number, branch in enumerate(stop.branches, start=1):
        corner = "└" if number == len(stop.branches) and _always(stop) else "├"
        line = Text(f"{indent}{corner}─ ").append(escape(branch.answer))
        yield line.append(escape(f" → {' → '.join(branch.through)}"), style="quiet")
    if stop.branches and not _always(stop):
        yield Text(f"{indent}└─ else").append(escape(f" → {stop.on}"), style="quiet")


def _always(stop: FlowStep) -> bool:
    return any(branch.answer == "else" for branch in stop.branches)
