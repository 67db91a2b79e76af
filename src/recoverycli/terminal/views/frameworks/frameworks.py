"""The frameworks: a list of them, and one whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.frameworks.model import CHANNELS
from recoverycli.pages.sections import Row, Section, page_lines
from recoverycli.terminal.views.pages import Page
from recoverycli.text.safe import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType
    from rich.text import Text

    from recoverycli.frameworks.library import LoadedFramework
    from recoverycli.frameworks.model import Framework, Phrase, Step

_NARROW = 60
_ROOM_FOR_NAMES = 100
_SPOKEN = {"phone", "in-person"}
_TWO_MINUTES = 120
_TWO_LINES = 85
_AFTER = {
    "wrap-up": "at the wrap-up",
    "follow-up": "after the call",
    "organisation": "after the call, for the organisation",
}


def frameworks_text(entries: Sequence[LoadedFramework]) -> list[str]:
    """Return a line a framework: id, name, steps, source."""
    return [
        f"{loaded.content.id}: {loaded.content.name}, {_steps(loaded.content)}; {loaded.whence}" for loaded in entries
    ]


def frameworks_screen(entries: Sequence[LoadedFramework], width: int) -> RenderableType:
    """Return the frameworks as a table, or one below the other where there is no room for columns."""
    from rich.table import Table
    from rich.text import Text

    if width < _NARROW:
        return _stack(entries)
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="quiet", pad_edge=False)
    table.add_column("id", no_wrap=True)
    named = width >= _ROOM_FOR_NAMES
    if named:
        table.add_column("name", max_width=28)
    table.add_column("steps", justify="right", no_wrap=True)
    table.add_column("in order", overflow="fold")
    table.add_column("from", no_wrap=True, style="quiet")
    for loaded in entries:
        framework = loaded.content
        cells = [Text(framework.id, style="accent"), *([Text(escape(framework.name))] if named else [])]
        steps = _draw_steps(framework, brief=not named)
        table.add_row(*cells, str(len(framework.live_steps)), steps, loaded.whence)
    return table


def _stack(entries: Sequence[LoadedFramework]) -> RenderableType:
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    parts: list[RenderableType] = []
    for loaded in entries:
        whence = "" if loaded.kind == "built-in" else f", {loaded.whence}"
        head = Text(loaded.content.id, style="accent")
        parts.append(head.append(f"  {_step_count(loaded.content)}{whence}", style="not bold quiet"))
        parts.append(Padding(_draw_steps(loaded.content), (0, 0, 0, 2)))
    return Group(*parts)


def _draw_steps(framework: Framework, *, brief: bool = False) -> Text:
    """The steps of the call, and those after it: by name, or where there is little room by their number."""
    from rich.text import Text

    live, later = _plain_order(framework), _later_steps(framework)
    if brief and len(live) + len(later) > _TWO_LINES and later:
        later = f"{len(framework.later_steps)} after the call"
    return Text(escape(live)).append(escape(f"; {later}") if later else "", style="quiet")


def _steps(framework: Framework) -> str:
    return "; ".join(filter(None, (_live(framework), _later_steps(framework))))


def _step_count(framework: Framework) -> str:
    count = len(framework.live_steps)
    return f"{count} {'step' if count == 1 else 'steps'}"


def _live(framework: Framework) -> str:
    return ", ".join(step.name for step in framework.live_steps)


def _plain_order(framework: Framework) -> str:
    """The steps of the plain order, and how many more there are on its branches."""
    branches = sum(step.by_path for step in framework.live_steps)
    more = f"{branches} more by branches" if branches else ""
    return ", ".join(filter(None, (*(step.name for step in framework.live_steps if not step.by_path), more)))


def _later_steps(framework: Framework) -> str:
    later = ", ".join(step.name for step in framework.later_steps)
    return f"after the call: {later}" if later else ""


def framework_text(framework: Framework, whence: str = "") -> list[str]:
    """Return a framework as lines that read well aloud; `whence` is where it comes from, if that is worth a line."""
    return page_lines(_sections(framework, whence))


def framework_screen(framework: Framework, whence: str = "") -> RenderableType:
    """Return a framework as a page to read before a shift."""
    return Page(_sections(framework, whence))


def _sections(framework: Framework, whence: str) -> list[Section]:
    steps = (
        Section(f"Step {number}: {step.name}", _remark(step), step.goal, tuple(_content(step)))
        for number, step in enumerate(framework.steps, start=1)
    )
    first = Section(framework.name, framework.expands_to, framework.summary, tuple(_about(framework, whence)))
    return [first, *steps]


def _about(framework: Framework, whence: str) -> Iterator[Row]:
    origin, suits = framework.origin, framework.suits
    facts = (
        ("From", whence),
        ("Suits", ", ".join((*suits.industries, *suits.channels))),
        ("When", suits.when),
        ("Used by", ", ".join(origin.used_by)),
        ("Credit", origin.credit),
        ("Sources", origin.notes),
    )
    yield from (Row(label, value) for label, value in facts if value)
    yield from (Row("Principle", principle) for principle in framework.principles)


def _remark(step: Step) -> str:
    intents = f"{step.intent}, also {', '.join(step.also)}" if step.also else step.intent
    return f"{intents}; {_AFTER.get(step.phase) or _target(step.target_seconds)}"


def _target(seconds: int) -> str:
    return f"about {seconds} seconds" if seconds < _TWO_MINUTES else f"about {round(seconds / 60, 1):g} minutes"


def _content(step: Step) -> Iterator[Row]:
    yield from (Row("Do", item) for item in step.do)
    yield from (Row("Ask", question) for question in step.ask)
    for group in ("Say", "Say aloud", "Write"):
        yield from (Row(group, f'"{phrase.say}"', _fits(phrase)) for phrase in step.phrases if _group(phrase) == group)
    for avoid in step.avoid:
        yield Row("Avoid", f'"{avoid.say}"{"" if avoid.say[-1] in ".?!" else "."} {avoid.because}')
        yield Row("Instead", f'"{avoid.instead}"')
    yield from (Row("Check", item.text, "required" if item.required else "") for item in step.checklist)
    for capture in step.capture:
        kind = ": " + ", ".join(capture.choices) if capture.choices else f", {capture.kind}"
        kind = "" if capture.kind == "text" else kind
        yield Row("Write down", capture.ask, capture.id + kind + (", required" if capture.required else ""))


def _group(phrase: Phrase) -> str:
    channels = set(phrase.channels)
    if not channels or channels == set(CHANNELS):
        return "Say"
    return "Say aloud" if channels & _SPOKEN else "Write"


def _fits(phrase: Phrase) -> str:
    """For whom a phrase is, beside what its group says already."""
    where: tuple[str, ...] = phrase.channels
    if _group(phrase) == "Say":
        where = ()
    elif set(where) >= _SPOKEN:
        written = " and ".join(channel for channel in where if channel not in _SPOKEN)
        where = (f"also {written}",) if written else ()
    return ", ".join((*phrase.moods, *where, *_more(phrase)))


def _more(phrase: Phrase) -> tuple[str, ...]:
    when = (f"{name} is {value}" for name, value in phrase.when.items())
    return (*phrase.issues, *when, *(("word for word",) if phrase.verbatim else ()))
