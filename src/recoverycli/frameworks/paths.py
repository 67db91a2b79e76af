"""Where a step leads: to the next one in plain order, or along one of its paths.

Pure. Conditions are plain data. A path is taken once its condition is known to hold and those before it are known not
to; until then the way depends on names without a value. A call has a queue of the steps that a path still goes through;
the plain order continues after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.frameworks.conditions import evaluate, names_of, open_names
from recoverycli.frameworks.model import ON, WRAP_UP
from recoverycli.frameworks.values import YES_NO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.frameworks.model import FamilyCapture, Step, StepPath
    from recoverycli.frameworks.values import Known

UNDECIDED = ""


class Decision(NamedTuple):
    """The path that fits a step (None: the plain order), and the names in the conditions up to it.

    With `open`, none is chosen yet: these names have no value, and the way depends on them.
    """

    path: StepPath | None
    names: tuple[str, ...]
    open: tuple[str, ...] = ()


class Onward(NamedTuple):
    """The next step (`wrap-up` after the last), the steps after it, and the path that led there.

    `to` is empty as long as the way depends on the names in `open`.
    """

    to: str
    queue: tuple[str, ...] = ()
    path: StepPath | None = None
    open: tuple[str, ...] = ()


def decide(here: Step, known: Known) -> Decision:
    """Return which path of a step fits, or what that depends on."""
    names: dict[str, None] = {}
    for path in here.paths:
        names |= dict.fromkeys(names_of(path.when))
        fits = evaluate(path.when, known)
        if fits is None:
            # What cannot be worked out waits for nothing; the way depends on it all the same.
            return Decision(None, tuple(names), open_names(path.when, known) or names_of(path.when))
        if fits:
            return Decision(path, tuple(names))
    return Decision(None, tuple(names))


def onward(steps: Sequence[Step], here: Step, queue: tuple[str, ...], known: Known) -> Onward:
    """Return where the step `here` of the live `steps` leads, given what is known and the queue."""
    path, _, open_ = decide(here, known)
    if open_:
        return Onward(UNDECIDED, open=open_)
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


def plain_next(steps: Sequence[Step], here: Step) -> str:
    """Return the step after `here` in the plain order, which skips steps that only paths reach."""
    place = next((number for number, step in enumerate(steps) if step.id == here.id), len(steps))
    return next((step.id for step in steps[place + 1 :] if not step.by_path), WRAP_UP)


def answers_of(capture: FamilyCapture) -> tuple[str, ...]:
    """Return the possible answers of a question; empty where they are not a list of words."""
    if capture.kind == "yes-no":
        return YES_NO
    return capture.choices if capture.kind == "choice" else ()


def condition_names(here: Step) -> tuple[str, ...]:
    """Return the names in the conditions of a step's paths, each once."""
    return tuple(dict.fromkeys(name for path in here.paths for name in names_of(path.when)))


def past(steps: Sequence[Step], here: Step, queue: tuple[str, ...]) -> Onward:
    """Return where the call continues if the paths of `here` are ignored."""
    return Onward(queue[0], queue[1:]) if queue else Onward(plain_next(steps, here))
