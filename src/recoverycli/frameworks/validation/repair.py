"""Complete a file with errors, to find further errors: all are reported at once."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_INSTEAD = {"name": "-", "intent": "listen", "goal": "-"}
_HEAD = {"name": "-", "expands_to": "-", "summary": "-", "id": "-"}


def fill_gaps(data: dict[str, Any]) -> dict[str, Any]:
    """Return the data of a file with dummy values for invalid parts.

    Never store it. Positions in lists are preserved, so that further errors have their place.
    """
    numbers = itertools.count()
    found = data.get("steps")
    steps = [_step(step, numbers) for step in found if _has_id(step)] if isinstance(found, list) else []
    # What examples lead to is checked in a file that is whole.
    known = {
        key: value for key, value in data.items() if value is not None and key not in {"extends", "include", "examples"}
    }
    return {**_HEAD, **known, "schema": 1, "steps": steps or [{**_INSTEAD, "id": "-"}]}


def _has_id(step: Any) -> bool:
    return isinstance(step, dict) and isinstance(step.get("id"), str)


def _step(step: dict[str, Any], numbers: Iterator[int]) -> dict[str, Any]:
    known = {key: value for key, value in step.items() if value is not None}
    for key in ("avoid", "checklist", "capture", "phrases", "paths"):
        if key in known:
            known[key] = [_part(key, item, next(numbers)) for item in known[key]]
    for key in ("also", "do", "ask"):
        if key in known:
            known[key] = [word for word in known[key] if word is not None]
    if "ask" in known:
        known["ask"] = [
            one if isinstance(one, str) else {"ask": "-", "when": {}, **_without_gaps(one)} for one in known["ask"]
        ]
    return {**_INSTEAD, **known}


def _part(key: str, item: Any, number: int) -> dict[str, Any]:
    stand_ins: dict[str, dict[str, Any]] = {
        "avoid": {"say": "-", "because": "-", "instead": "-"},
        "checklist": {"id": f"broken-{number}", "text": "-"},
        "capture": {"id": f"broken_{number}", "ask": "-"},
        "phrases": {"say": f"- {number}"},
        "paths": {},
    }
    own = _without_gaps(item)
    if isinstance(own.get("of"), list):
        own["of"] = [
            {"id": f"broken-{number}-{at}", "text": "-", **_without_gaps(one)} for at, one in enumerate(own["of"])
        ]
    return {**stand_ins[key], **own}


def _without_gaps(item: Any) -> dict[str, Any]:
    return {name: value for name, value in item.items() if value is not None} if isinstance(item, dict) else {}
