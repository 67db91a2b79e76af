"""What holds a dialogue together beside its types: it goes the way of its framework or of an example."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.errors import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recoverycli.content.checker import Path
    from recoverycli.frameworks.dialogues.model import Dialogue
    from recoverycli.frameworks.model import Framework


class Misfit(NamedTuple):
    """Where a dialogue does not fit its framework: what was found, what is allowed, and the nearest valid word."""

    path: Path
    found: str
    allowed: str = ""
    near: str = ""


def misfits(dialogue: Dialogue, framework: Framework) -> Iterator[Misfit]:
    """Find what does not fit the framework: an id, an example, or a step out of order."""
    if dialogue.id != framework.id and not dialogue.id.startswith(f"{framework.id}-"):
        allowed = f"the id begins with that of the framework: {framework.id}-..."
        yield Misfit(("id",), f"the id is `{dialogue.id}`", allowed)
    examples = {example.id: example for example in framework.examples}
    if dialogue.example is None:
        if framework.branches:
            found = "a playbook has several ways, and the dialogue names none"
            yield Misfit(("framework",), found, f"`example`, one of: {', '.join(examples) or 'none'}")
            return
        way = [step.id for step in framework.live_steps]
    elif dialogue.example not in examples:
        found = f"{framework.id} has no example `{dialogue.example}`"
        allowed = f"there are: {', '.join(examples) or 'none'}"
        yield Misfit(("example",), found, allowed, nearest(dialogue.example, examples))
        return
    else:
        way = [place for place in examples[dialogue.example].path if "/" not in place]
    later = [step.id for step in framework.steps if step.phase == "follow-up" and step.id not in way]
    yield from _out_of_order(dialogue, framework, [*way, *later])


def _out_of_order(dialogue: Dialogue, framework: Framework, way: Sequence[str]) -> Iterator[Misfit]:
    """The steps that the framework does not have, and those that its way does not reach from the step before."""
    ids = [step.id for step in framework.steps]
    here = 0
    for number, exchange in enumerate(dialogue.exchanges):
        path: Path = ("exchanges", number, "step")
        wanted = exchange.step
        if wanted not in ids:
            found = f"{framework.id} has no step `{wanted}`"
            yield Misfit(path, found, f"there are: {', '.join(ids)}", nearest(wanted, ids))
        elif wanted in way[here:]:
            here = way.index(wanted, here)
        else:
            yield Misfit(path, f"`{wanted}` is not reached from `{way[here]}`", f"the way: {', '.join(way)}")
