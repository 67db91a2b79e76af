"""Pictures with their figures in words: bars, a heat map, the flow of a framework."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from recoverycli.terminal.views.words import hung, text
from recoverycli.text.safe import escape, isolate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text

    from recoverycli.frameworks.stops import FlowStep
    from recoverycli.pages.page import Bar, Chart, FlowChart, HeatMap

_BAR = "█"
_SHADES = " ░▒▓█"
_LONGEST_BAR = 40
# Below this a chart shows its brief labels and figures.
_NARROW = 60


def chart_lines(chart: Chart, width: int) -> list[Text]:
    """Return a chart as lines of at most `width` columns; where there is no room for bars, the figures alone."""
    from rich.cells import cell_len
    from rich.text import Text

    bars = [_brief(bar) for bar in chart.bars] if width < _NARROW else chart.bars
    label = min(max((cell_len(escape(bar.label)) for bar in bars), default=0), max(8, width // 3))
    figures = max((cell_len(bar.figures) for bar in bars if bar.part), default=0)
    longest = min(width - label - figures - 6, _LONGEST_BAR)
    has_bars = longest >= 8 and any(bar.part for bar in bars)
    scale = chart.full or max((bar.part for bar in bars), default=0.0)
    lines = [text(chart.title, "accent")]
    for bar in bars:
        if not bar.label:
            lines += hung(text(f"  {bar.figures}"), width, 2)
            continue
        name = Text(escape(bar.label))
        name.truncate(label, overflow="ellipsis", pad=True)
        name.plain = isolate(name.plain)
        line = Text("  ") + name + Text("  ")
        if has_bars:
            length = round(longest * bar.part / scale) if scale else 0
            line.append((_BAR * max(length, 1 if bar.part else 0)).ljust(longest), style="accent").append("  ")
        lines += _beside(line, Text(escape(bar.figures)), width)
    return lines


def _brief(bar: Bar) -> Bar:
    return replace(bar, label=bar.brief or bar.label, figures=bar.brief_figures or bar.figures)


def _beside(head: Text, words: Text, width: int) -> list[Text]:
    """The words after their head, further lines indented below them."""
    from rich.console import Console
    from rich.text import Text

    room = max(20, width - head.cell_len)
    first, *more = words.wrap(Console(width=room, color_system=None), room) or [Text()]
    indent = " " * min(head.cell_len, max(0, width - room))
    return [head + first, *(Text(indent) + line for line in more)]


def heat_lines(heat: HeatMap, width: int) -> list[Text]:
    """Return days by hours as shades, with numbers in a wide window, from the first hour with a count to the last."""
    from rich.text import Text

    busy = [hour for hour in range(24) if any(day[hour] for day in heat.counts)]
    if not busy:
        return []
    hours = range(busy[0], busy[-1] + 1)
    most = max(map(max, heat.counts))
    size = min(6, max(1, (width - 4) // len(hours)))
    has_figures = size > len(str(most))
    lines = [text(heat.title, "accent")]
    step = 1 if size >= 3 else 3
    marks = "".join(f"{hour:02d}".ljust(size * step)[: size * step] for hour in hours[::step])
    lines.append(Text(f"    {marks}"[:width], style="quiet"))
    for name, day in zip(heat.days, heat.counts, strict=True):
        line = Text(f"{name[:3]} ")
        for hour in hours:
            shade = _SHADES[-(-day[hour] * (len(_SHADES) - 1) // most)]
            cell = (str(day[hour]) if day[hour] else "·").rjust(size - 1) + shade if has_figures else shade * size
            line.append(cell, style="accent" if day[hour] == most else "")
        lines.append(line)
    if not has_figures:
        lines.append(Text(f"    {_SHADES[1]} few, {_SHADES[-1]} many; the most in an hour: {most}", style="quiet"))
    return lines


def flow_lines(chart: FlowChart, width: int) -> list[Text]:
    """Return the steps down the page with their branches; steps that only a path reaches are indented."""
    from rich.text import Text

    from recoverycli.frameworks.stops import END, RETURN

    end = RETURN if chart.is_called else END
    lines = [text(chart.title, "strong")]
    for place, step in enumerate(chart.steps):
        following = chart.steps[place + 1].name if place + 1 < len(chart.steps) else end
        for begin, words, goes_on in _flow_step(step, following):
            first, *more = hung(words, max(20, width - len(begin)), 0)
            lines += [Text(begin) + first, *(Text(goes_on.ljust(len(begin))) + line for line in more)]
    return [*lines, text(f"  ● {end}", "accent")]


def _flow_step(step: FlowStep, following: str) -> Iterator[tuple[str, Text, str]]:
    """The lines of a step: what each begins with, its words, and what its further lines begin with."""
    from recoverycli.frameworks.stops import OTHERWISE, call_words, ends_otherwise

    indent = "    " if step.aside else "  "
    mark, along = "○" if step.aside else "●", f"{indent}│"
    head = text(f"{step.number} {step.name}", "accent")
    if step.on != following and not step.branches:
        head.append(f"  → {escape(step.on)}", style="quiet")
    if step.outcome:
        head.append(f"  ends as {step.outcome}", style="quiet")
    yield f"{indent}{mark} ", head, along if step.calls or step.rules or step.branches else indent
    if step.calls:
        yield f"{along} ", text(call_words(step), "quiet"), along
    for rule in step.rules:
        yield f"{along} ", text(rule.name, "strong"), along
        yield from ((f"{along}   ", text(row, "quiet"), along) for row in rule.rows)
    if step.branches and step.question not in {rule.name for rule in step.rules}:
        yield f"{along} ", text(step.question, "strong"), along
    branches = [
        (branch.words, " → ".join(branch.through) + (f", ends as {branch.outcome}" if branch.outcome else ""))
        for branch in step.branches
    ]
    if step.branches and step.on and not ends_otherwise(step):
        branches.append((OTHERWISE, step.on))
    for number, (words, to) in enumerate(branches, start=1):
        is_last = number == len(branches)
        line = text(words).append(f" → {escape(to)}", style="quiet")
        yield f"{indent}{'└' if is_last else '├'}─ ", line, indent if is_last else along
