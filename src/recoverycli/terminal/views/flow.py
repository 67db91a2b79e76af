"""The flow of a framework: its steps in order, and at each branch which answer leads where."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.framework.model import ON, WRAP_UP
from recoverycli.framework.paths import plain_next
from recoverycli.session.safe_text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType
    from rich.text import Text

    from recoverycli.framework.model import Framework, Step, StepPath

_END = "Wrap-up"


class Branch(NamedTuple):
    """An answer, and the names of the steps that it leads through; the last is where the call goes on."""

    answer: str
    through: tuple[str, ...]


class Stop(NamedTuple):
    """A step of the flow. `aside` says that only a path leads to it, `on` where it leads when no branch is taken."""

    number: int
    id: str
    name: str
    aside: bool
    question: str
    branches: tuple[Branch, ...]
    on: str


def flow(framework: Framework) -> tuple[Stop, ...]:
    """Return the live steps of a framework with their branches, in the order of the file."""
    steps = framework.live_steps
    names = {step.id: step.name for step in steps} | {WRAP_UP: _END}
    inner = {one for step in steps for path in step.paths for one in path.through}
    return tuple(
        Stop(
            number,
            step.id,
            step.name,
            step.by_path,
            _question(step),
            tuple(_branch(step, path, steps, names) for path in step.paths),
            "on along its path" if step.id in inner and step.by_path else names[plain_next(steps, step)],
        )
        for number, step in enumerate(steps, start=1)
    )


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

    lines = [Text(visible(framework.name), style="strong")]
    stops = flow(framework)
    for place, stop in enumerate(stops):
        following = stops[place + 1].name if place + 1 < len(stops) else _END
        lines += _drawn(stop, following)
    return Text("\n").join([*lines, Text(f"  ● {_END}", style="accent")])


def _drawn(stop: Stop, following: str) -> Iterator[Text]:
    from rich.text import Text

    indent = "    " if stop.aside else "  "
    mark = "○" if stop.aside else "●"
    head = Text(f"{indent}{mark} ").append(visible(f"{stop.number} {stop.name}"), style="accent")
    if stop.on != following and not stop.branches:
        head.append(f"  → {visible(stop.on)}", style="quiet")
    yield head
    if stop.branches:
        yield Text(f"{indent}│ ").append(visible(stop.question), style="strong")
    for number, branch in enumerate(stop.branches, start=1):
        corner = "└" if number == len(stop.branches) and _always(stop) else "├"
        line = Text(f"{indent}{corner}─ ").append(visible(branch.answer))
        yield line.append(visible(f" → {' → '.join(branch.through)}"), style="quiet")
    if stop.branches and not _always(stop):
        yield Text(f"{indent}└─ else").append(visible(f" → {stop.on}"), style="quiet")


def _always(stop: Stop) -> bool:
    return any(branch.answer == "else" for branch in stop.branches)


def _question(step: Step) -> str:
    asks = {capture.id: capture.ask for capture in step.capture}
    names = dict.fromkeys(name for path in step.paths for name in path.when)
    return " ".join(asks.get(name, f"{name.replace('_', ' ').capitalize()}?") for name in names)


def _branch(step: Step, path: StepPath, steps: Sequence[Step], names: dict[str, str]) -> Branch:
    end = plain_next(steps, step) if path.to == ON else path.to
    own = {capture.id for capture in step.capture}
    several = len({name for one in step.paths for name in one.when}) > 1
    said = [
        value if name in own and not several else f"{name.replace('_', ' ')}: {value}"
        for name, value in path.when.items()
    ]
    return Branch(" and ".join(said) or "else", tuple(names[one] for one in (*path.through, end)))
