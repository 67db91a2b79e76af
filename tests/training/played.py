"""The scenarios that came with the tool, and ways to play them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from recoverycli.training.scenarios.draw import draw
from recoverycli.training.scenarios.play import answer, begin
from recoverycli.training.scenarios.reader import read_scenario

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.training.scenarios.model import Difficulty, Scenario
from recoverycli.training.scenarios.play import Roleplay

FOLDER = Path(__file__).parents[2] / "scenarios"
FILES = sorted(FOLDER.glob("*.yaml"))


@cache
def scenario(name: str = "late-parcel", seed: int | None = None) -> Scenario:
    """Read a built-in scenario as a seed draws it; without a seed the first of everything."""
    return draw(read(name), seed)


@cache
def read(name: str) -> Scenario:
    """Read a built-in scenario as it is written."""
    path = FOLDER / f"{name}.yaml"
    found = read_scenario(path.read_bytes(), str(path), prove=False)
    assert found.content is not None, [problem.as_line() for problem in found.problems]
    return found.content


def typed(seed: int, *replies: str, name: str = "late-parcel") -> str:
    """The numbers that give these replies, a line each, where the seed shuffles them."""
    play, lines = begin(scenario(name, seed)), []
    for wanted in replies:
        ids = [reply.id for reply in play.choices]
        lines.append(f"{ids.index(wanted) + 1}\n")
        play = answer(play, play.choices[ids.index(wanted)])
    return "".join(lines)


def states(played: Scenario, difficulty: Difficulty | None = None) -> Iterator[Roleplay]:
    """Every state that a role-play can be in, each once."""
    seen = set[object]()
    waiting = [begin(played, difficulty)]
    while waiting:
        play = waiting.pop()
        key = (play.node, play.ending, play.ease, play.known, play.heard, play.apologized, play.agreed, play.promised)
        if key in seen:
            continue
        seen.add(key)
        yield play
        waiting += [answer(play, reply) for reply in play.choices]
