"""What `include` takes into a framework file: the steps of other files, each step from one file alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from recoverycli.errors import nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from recoverycli.content.checker import Check, Path
    from recoverycli.frameworks.model import Framework
    from recoverycli.frameworks.validation.call_rules import Playbooks


class Inherited(NamedTuple):
    """The plain data that a file is laid over, and the entry of `include` that each step in it comes from."""

    data: dict[str, Any]
    places: dict[str, Path]


def with_included(
    plain: dict[str, Any],
    base: dict[str, Any],
    check: Check,
    find: Callable[[str], Framework | None],
    playbooks: Playbooks | None,
) -> Inherited | None:
    """Return the data of `base` with the steps of the files that `plain` includes; None if one is missing."""
    steps: dict[str, dict[str, Any]] = {step["id"]: step for step in base.get("steps", ())}
    sources = dict.fromkeys(steps, str(plain.get("extends", "")))
    places: dict[str, Path] = {}
    placeholders = [*base.get("placeholders", ())]
    wanted = plain.get("include") or ()
    read: dict[str, Framework] = {}
    for number, id_ in enumerate(wanted):
        place: Path = ("include", number)
        if id_ in read:
            check.fault_at(place, f"`{id_}` is included twice", "each file once")
            continue
        found = _find(id_, plain, check, place, find, playbooks) if isinstance(id_, str) else None
        if found is None:
            continue
        read[id_] = found
        check.digest.update(msgspec.json.encode(found))
        placeholders += found.placeholders
        for step in msgspec.to_builtins(found.steps):
            if steps.setdefault(step["id"], step) != step:
                what = f"the step `{step['id']}` comes from `{sources[step['id']]}` and from `{id_}`"
                check.fault_at(place, what, "rename it in one of the files")
            elif step["id"] not in sources:
                sources[step["id"]], places[step["id"]] = id_, place
    if len(read) < len(set(wanted)):
        return None
    return Inherited({**base, "steps": [*steps.values()], "placeholders": [*dict.fromkeys(placeholders)]}, places)


def _find(
    wanted: str,
    plain: dict[str, Any],
    check: Check,
    place: Path,
    find: Callable[[str], Framework | None],
    playbooks: Playbooks | None,
) -> Framework | None:
    if wanted == plain.get("id"):
        check.fault_at(place, f"`{wanted}` includes itself", "name another file")
        return None
    if playbooks is not None and wanted in playbooks.above:
        found = f"`{wanted}` is included here and leads to this file"
        check.fault_at(place, found, "files cannot include each other in a circle")
        return None
    content = find(wanted)
    if content is not None or playbooks is None:
        return content
    ids = [one for one in playbooks.ids() if one != plain.get("id")]
    problems = playbooks.problems(wanted)
    if problems:
        check.fault_at(place, f"`{wanted}` cannot be read: {problems[0].as_line()}", "correct this file first")
    else:
        check.fault_at(place, f"there is no file `{wanted}` to include", "", nearest(wanted, ids))
    return None
