"""A scenario file -> the scenario, or every problem of the file at once."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from recoverycli.content.reader import ContentRead, read_content
from recoverycli.training.scenarios.model import Scenario
from recoverycli.training.scenarios.rules import check_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.content.checker import Check
    from recoverycli.content.nodes import Node


def read_scenario(
    data: bytes, file: str, frameworks: Sequence[str] = (), *, prove: bool = True
) -> ContentRead[Scenario]:
    """Read the bytes of a scenario file. Never raises; with `frameworks` the one that it names must be among them.

    With `prove` every way through it is played, which takes about a tenth of a second.
    """
    build = functools.partial(build_scenario, frameworks=frameworks, prove=prove)
    return read_content(data, file, "scenario", build)


def build_scenario(root: Node, check: Check, frameworks: Sequence[str], *, prove: bool = True) -> Scenario | None:
    """Return the scenario of a tree, and note every problem."""

    def rules(plain: dict[str, Any]) -> None:
        check.id_of_file(plain)
        if frameworks and isinstance(plain.get("framework"), str):
            check.one_of(("framework",), "framework", plain["framework"], frameworks)

    scenario = check.content(root, Scenario, rules)
    if scenario is not None:
        check_rules(scenario, check, prove=prove)
    return scenario
