"""The frameworks: a list of them, and one whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.terminal.console import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from recoverycli.framework.library import Loaded
    from recoverycli.framework.model import Framework, Phrase, Step


def frameworks_text(entries: Sequence[Loaded]) -> list[str]:
    """Return a line a framework: id, name, steps, source."""
    return [
        f"{loaded.framework.id}: {loaded.framework.name}, {_steps(loaded.framework)}; {loaded.kind}"
        for loaded in entries
    ]


def frameworks_screen(entries: Sequence[Loaded], width: int) -> RenderableType:
    """Return the frameworks as a table; the source only where it is not the built-in one, or where there is room."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="quiet", pad_edge=False)
    table.add_column("id", no_wrap=True)
    table.add_column("steps", overflow="fold")
    sources = width >= 100 or any(loaded.kind != "built-in" for loaded in entries)
    if sources:
        table.add_column("from", no_wrap=True)
    for loaded in entries:
        cells = [Text(loaded.framework.id, style="accent"), Text(visible(_steps(loaded.framework)))]
        table.add_row(*cells, *([Text(loaded.kind, style="quiet")] if sources else []))
    return table


def _steps(framework: Framework) -> str:
    live = ", ".join(step.name for step in framework.live_steps)
    later = ", ".join(step.name for step in framework.later_steps)
    return f"{live}; after the call: {later}" if later else live


def framework_text(framework: Framework) -> list[str]:
    """Return a framework as lines that read well aloud."""
    lines = [f"{framework.name}: {framework.expands_to}", framework.summary]
    lines += [f"{label}: {value}" for label, value in _about(framework)]
    for number, step in enumerate(framework.steps, start=1):
        lines += ["", f"Step {number}: {step.name}. {step.goal}"]
        lines += [f"{label}: {value}" for label, value in _content(step)]
    return lines


def framework_screen(framework: Framework) -> RenderableType:
    """Return a framework as a page."""
    from rich.console import Group
    from rich.text import Text

    title = Text(visible(framework.name), style="accent").append(f"  {visible(framework.expands_to)}", style="quiet")
    parts: list[RenderableType] = [title, Text(visible(framework.summary)), Text(), _grid(_about(framework))]
    for number, step in enumerate(framework.steps, start=1):
        heading = Text(f"\n{number} {visible(step.name)}", style="accent")
        parts += [heading, Text(visible(step.goal), style="strong"), _grid(_content(step))]
    return Group(*parts)


def _about(framework: Framework) -> Iterator[tuple[str, str]]:
    origin, suits = framework.origin, framework.suits
    facts = (
        ("Used by", ", ".join(origin.used_by)),
        ("Credit", origin.credit),
        ("Sources", origin.notes),
        ("Suits", ", ".join((*suits.channels, *suits.industries))),
    )
    yield from ((label, value) for label, value in facts if value)
    yield from (("Principle", principle) for principle in framework.principles)


def _content(step: Step) -> Iterator[tuple[str, str]]:
    intents = step.intent + (f", also {', '.join(step.also)}" if step.also else "")
    when = "" if step.phase == "live" else f"; {step.phase}"
    yield "Intent", f"{intents}; about {step.target_seconds} seconds{when}"
    yield from (("Do", item) for item in step.do)
    yield from (("Ask", question) for question in step.ask)
    yield from ((_fits(phrase), phrase.say) for phrase in step.phrases)
    for avoid in step.avoid:
        yield "Avoid", f'"{avoid.say}": {avoid.because} Say instead: "{avoid.instead}"'
    yield from (("Check", item.text + (" (required)" if item.required else "")) for item in step.checklist)
    yield from (("Capture", f"{capture.ask} ({capture.id})") for capture in step.capture)


def _fits(phrase: Phrase) -> str:
    fits = ", ".join((*phrase.channels, *phrase.moods))
    return f"Say ({fits})" if fits else "Say"


def _grid(pairs: Iterator[tuple[str, str]]) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="quiet", max_width=22)
    table.add_column(overflow="fold")
    for label, value in pairs:
        table.add_row(Text(visible(label)), Text(visible(value)))
    return table
