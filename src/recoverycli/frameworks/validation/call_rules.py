"""The rules of calls: a step can call only a playbook that exists, that can be read, and that does not call it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.errors import nearest
from recoverycli.frameworks.conditions import names_of
from recoverycli.frameworks.validation.check_rules import checks_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from recoverycli.content.checker import Check, Path
    from recoverycli.content.nodes import Problem
    from recoverycli.frameworks.model import Capture, Framework


class Playbooks(NamedTuple):
    """Where other playbooks are found: by id, the known ids, the ids of the files that led to this one.

    `problems` are those of a file that cannot be read.
    """

    find: Callable[[str], Framework | None]
    ids: Callable[[], tuple[str, ...]]
    problems: Callable[[str], Sequence[Problem]]
    above: tuple[str, ...] = ()


class CalledFacts(NamedTuple):
    """What called playbooks capture and check, by id; checks in the form in which conditions look at them."""

    captures: dict[str, Capture]
    checks: dict[str, Capture]


def called_facts(
    framework: Framework, playbooks: Playbooks | None, check: Check, place: Callable[..., Path]
) -> CalledFacts | None:
    """Return what the called playbooks capture and check, and note the calls that cannot be made.

    None where a playbook is not found: which names there are is unknown then. Without `playbooks`, none is looked up.
    """
    captures: dict[str, Capture] = {}
    checks: dict[str, Capture] = {}
    deciding = {name for step in framework.steps for when in step.conditions for name in names_of(when)}
    is_complete = True
    for step in framework.steps:
        if step.call is None:
            continue
        if step.phase != "live":
            check.fault_at(place(step, "call"), "only a live step calls a playbook", "phase: live")
        called = _find(step.call, framework, playbooks, check, place(step, "call"))
        is_complete = is_complete and (called is not None or playbooks is None)
        steps = called.steps if called is not None else ()
        captures |= {capture.id: capture for one in steps for capture in one.capture}
        checks |= checks_of(steps)
        deciding |= {name for one in steps for when in one.conditions for name in names_of(when)}
    for step in framework.live_steps:
        for at, item in enumerate(step.checklist):
            for name in (one.id for one in (item, *item.of) if one.id in checks and one.id in deciding):
                found = f"a condition names the check `{name}`, which a playbook that is called has too"
                check.fault_at(place(step, "checklist", at), found, "another id in one of them")
    own = ((step, at, capture) for step in framework.steps for at, capture in enumerate(step.capture))
    for step, at, capture in own:
        other = captures.get(capture.id)
        if other is not None and (other.kind, other.choices) != (capture.kind, capture.choices):
            found = f"`{capture.id}` is {_kind(capture)} here, and {_kind(other)} in a playbook that is called"
            check.fault_at(place(step, "capture", at), found, "the same kind and choices, or another id")
    return CalledFacts(captures, checks) if is_complete else None


def _find(wanted: str, framework: Framework, playbooks: Playbooks | None, check: Check, path: Path) -> Framework | None:
    if playbooks is None:
        return None
    if wanted == framework.id:
        check.fault_at(path, f"`{wanted}` calls itself", "a path to an earlier step repeats it")
        return None
    if wanted in playbooks.above:
        check.fault_at(
            path, f"`{wanted}` is called here and leads to this file", "a playbook cannot be called within itself"
        )
        return None
    found = playbooks.find(wanted)
    if found is None:
        ids = tuple(one for one in playbooks.ids() if one != framework.id)
        if wanted in ids:
            check.fault_at(path, f"the playbook `{wanted}` cannot be read", "correct its file first")
        else:
            allowed = "the id of a framework: `recovery frameworks list` shows them"
            check.fault_at(path, f"there is no playbook `{wanted}`", allowed, nearest(wanted, ids))
    return found


def _kind(capture: Capture) -> str:
    return f"{capture.kind} ({', '.join(capture.choices)})" if capture.choices else capture.kind
