"""A scenario file -> the scenario, or every problem of the file in one go, told as a framework's are."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import msgspec

from recoverycli.content.checker import Check, converted, type_of
from recoverycli.content.nodes import Problem, compose, newer_than, normalised
from recoverycli.errors import nearest
from recoverycli.training.scenarios.model import Scenario
from recoverycli.training.scenarios.rules import check_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

SCHEMA = 1


class ScenarioRead(msgspec.Struct, frozen=True):
    """What reading a file gave: a scenario, or the problems that stand in its way. The digest is of its text."""

    scenario: Scenario | None
    problems: tuple[Problem, ...]
    digest: str


def read_scenario(data: bytes, file: str, frameworks: Sequence[str] = ()) -> ScenarioRead:
    """Read the bytes of a scenario file. Never raises; with `frameworks` the one that it names must be among them."""
    digest = f"sha256:{hashlib.sha256(normalised(data)).hexdigest()}"
    root = compose(data, file, "scenario")
    if isinstance(root, Problem):
        return ScenarioRead(None, (root,), digest)
    check = Check(file)
    if (newer := newer_than(root, SCHEMA)) is not None:
        check.fault(
            newer, f"the file is of schema {newer.value[:12]}", "it was written for a newer version of recovery"
        )
        return ScenarioRead(None, tuple(check.problems), digest)
    plain = check.value(root, type_of(Scenario))
    if isinstance(plain, dict):
        _check_names(plain, file, check, frameworks)
    scenario: Scenario | None = None
    if not check.problems:
        scenario = converted(plain, Scenario)
        check_rules(scenario, check)
    problems = tuple(sorted(check.problems, key=lambda problem: (problem.line, problem.column)))
    return ScenarioRead(None if problems else scenario, problems, digest)


def _check_names(plain: dict[str, Any], file: str, check: Check, frameworks: Sequence[str]) -> None:
    stem = PurePath(file).stem
    if isinstance(plain.get("id"), str) and plain["id"] != stem:
        check.fault_at(("id",), f"the id is `{plain['id']}` and the file is named `{stem}`", "they are the same", stem)
    wanted = plain.get("framework")
    if frameworks and isinstance(wanted, str) and wanted not in frameworks:
        check.fault_at(
            ("framework",),
            f"there is no framework `{wanted}`",
            f"there are: {', '.join(frameworks)}",
            nearest(wanted, frameworks),
        )
