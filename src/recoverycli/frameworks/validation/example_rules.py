"""The rules of examples: steps and values that the framework has, and something that each expects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recoverycli.errors import nearest
from recoverycli.frameworks.model import CALL_FACTS
from recoverycli.frameworks.validation.capture_rules import check_value
from recoverycli.frameworks.values import parse_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.content.checker import Check, Path
    from recoverycli.frameworks.model import Capture, Framework
    from recoverycli.frameworks.validation.call_rules import Playbooks


def check_examples(
    framework: Framework,
    captures: dict[str, Capture],
    known: Sequence[str],
    check: Check,
    playbooks: Playbooks | None,
) -> None:
    """Note every error of the examples of a framework; `captures` and `known` are also those of what it calls."""
    check.each_once("example id", ((("examples", at, "id"), one.id) for at, one in enumerate(framework.examples)))
    for number, example in enumerate(framework.examples):
        path: Path = ("examples", number)
        for at, place in enumerate(example.path):
            _check_step(framework, place, (*path, "path", at), check, playbooks)
        for key in ("set", "values"):
            for name, text in getattr(example, key).items():
                _check_value(name, text, captures, known, (*path, key, name), check)
        for name in set(example.set) & set(CALL_FACTS):
            check.fault_at((*path, "set", name), f"`{name}` is no value to set", "a line: /customer, /ref ...")
        if example.asks is not None and example.asks not in {*known, "mood"}:
            found = f"there is no value `{example.asks}`"
            check.fault_at((*path, "asks"), found, f"known: {', '.join(known)}", nearest(example.asks, known))
        if example.today is not None and parse_value("date", example.today) is None:
            check.fault_at((*path, "today"), f"`{example.today}` is no date", "such as 2026-01-31")
        if not (example.path or example.asks or example.outcome or example.values):
            check.fault_at(path, f"the example `{example.id}` expects nothing", "`path`, `asks`, `outcome` or `values`")


def _check_step(framework: Framework, place: str, path: Path, check: Check, playbooks: Playbooks | None) -> None:
    """Note a place of a path that is no live step, here or in the playbook before the slash."""
    other, slash, step = place.rpartition("/")
    if slash and other == framework.id:
        check.fault_at(path, f"`{other}` is this file", "the id of the step alone", step)
        return
    if slash:
        found = playbooks.find(other) if playbooks is not None else None
        if found is None:
            if playbooks is not None:
                allowed = "a framework that can be read: `recovery frameworks list` shows them"
                near = nearest(other, playbooks.ids())
                check.fault_at(path, f"there is no playbook `{other}`", allowed, near and f"{near}/{step}")
            return
        framework = found
    live = [one.id for one in framework.live_steps]
    if step not in live:
        what = "a step after the call" if framework.step(step) else "no step"
        near = nearest(step, live)
        allowed = f"live steps{f' of {other}' if other else ''}: {', '.join(live)}"
        check.fault_at(path, f"`{place}` is {what}", allowed, f"{other}{slash}{near}" if near else "")


def _check_value(
    name: str, text: str, captures: dict[str, Capture], known: Sequence[str], path: Path, check: Check
) -> None:
    if name not in known:
        check.fault_at(path, f"there is no value `{name}`", f"known: {', '.join(known)}", nearest(name, known))
    elif name in captures and path[-2] == "values":
        # Bounds such as today are those of the call, which refuses what lies beyond.
        check_value(msgspec.structs.replace(captures[name], min=None, max=None), text, path, check)
