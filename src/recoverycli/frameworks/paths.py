"""Where a step leads: to the next one in plain order, or along one of its paths.

Pure. Conditions are plain data. A call has a queue of the steps that a path still goes through; the plain order
continues after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.frameworks.model import ON, WRAP_UP

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recoverycli.frameworks.model import Capture, Step, StepPath

_YES_NO = ("yes", "no")


class Onward(NamedTuple):
    """The next step (`wrap-up` after the last), the steps after it, and the path that led there."""

    to: str
    queue: tuple[str, ...] = ()
    path: StepPath | None = None


def onward(steps: Sequence[Step], here: Step, queue: tuple[str, ...], values: Mapping[str, str]) -> Onward:
    """Return where the step `here` of the live `steps` leads, given the known values and the queue."""
    path = matching_path(here, values)
    if path is None:
        return past(steps, here, queue)
    if path.to != ON:
        ahead = (*path.through, path.to)
    elif path.through:
        rest = queue or (plain_next(steps, here),)
        ahead = (*path.through, *rest)
    else:
        return past(steps, here, queue)._replace(path=path)
    return Onward(ahead[0], ahead[1:], path)


def matching_path(here: Step, values: Mapping[str, str]) -> StepPath | None:
    """Return the first path of a step whose conditions all hold, or None."""
    return next((path for path in here.paths if all(_same(values, *pair) for pair in path.when.items())), None)


def open_question(here: Step, values: Mapping[str, str]) -> Capture | None:
    """Return the question of this step that decides which path fits and is still open, or None."""
    own = {capture.id: capture for capture in here.capture if answers_of(capture)}
    for path in here.paths:
        missing = [name for name in path.when if not values.get(name)]
        if any(name not in missing and not _same(values, name, wanted) for name, wanted in path.when.items()):
            continue
        if not missing:
            return None
        asked = next((own[name] for name in missing if name in own), None)
        if asked is not None:
            return asked
    return None


def plain_next(steps: Sequence[Step], here: Step) -> str:
    """Return the step after `here` in the plain order, which skips steps that only paths reach."""
    place = next((number for number, step in enumerate(steps) if step.id == here.id), len(steps))
    return next((step.id for step in steps[place + 1 :] if not step.by_path), WRAP_UP)


def answers_of(capture: Capture) -> tuple[str, ...]:
    """Return the possible answers of a question; empty for free text."""
    if capture.kind == "yes-no":
        return _YES_NO
    return capture.choices if capture.kind == "choice" else ()


def condition_names(here: Step) -> tuple[str, ...]:
    """Return the names in the conditions of a step's paths, each once."""
    return tuple(dict.fromkeys(name for path in here.paths for name in path.when))


def deciding_names(here: Step, values: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names that the fitting path depends on, and the paths before it; all names where no path fits."""
    path = matching_path(here, values)
    looked_at = here.paths[: here.paths.index(path) + 1] if path is not None else here.paths
    return tuple(dict.fromkeys(name for one in looked_at for name in one.when))


def past(steps: Sequence[Step], here: Step, queue: tuple[str, ...]) -> Onward:
    """Return where the call continues if the paths of `here` are ignored."""
    return Onward(queue[0], queue[1:]) if queue else Onward(plain_next(steps, here))


def _same(values: Mapping[str, str], name: str, wanted: str) -> bool:
    return values.get(name, "").casefold() == wanted.casefold()
