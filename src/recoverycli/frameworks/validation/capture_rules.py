"""The rules of captures: bounds and defaults that fit their kind, and one kind for one fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.errors import nearest
from recoverycli.frameworks.bounds import bound_of, out_of_bounds
from recoverycli.frameworks.paths import answers_of
from recoverycli.frameworks.values import ANY_DAY, READ_KINDS, compare, parse_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from recoverycli.content.checker import Check, Path
    from recoverycli.frameworks.model import Capture, Framework, Step

_EXAMPLES = {"number": "10", "money": "12.50 EUR", "date": "2026-01-31 or today"}


def each_capture(framework: Framework, place: Callable[..., Path]) -> Iterator[tuple[Capture, Path]]:
    """Yield every capture with its place."""
    for step in framework.steps:
        for number, capture in enumerate(step.capture):
            yield capture, place(step, "capture", number)


def check_same_facts(framework: Framework, check: Check, place: Callable[..., Path]) -> None:
    """Note the captures of one id that differ in kind or choices, at both places; and a second one in a step."""
    found: dict[str, tuple[Step, Capture, Path]] = {}
    every = [(step, number, capture) for step in framework.steps for number, capture in enumerate(step.capture)]
    for step, number, capture in every:
        path = place(step, "capture", number)
        first_step, first, first_path = found.setdefault(capture.id, (step, capture, path))
        if first is capture:
            continue
        if first_step is step:
            check.fault_at((*path, "id"), f"the capture id `{capture.id}` appears twice", "once in a step")
        elif first.when != capture.when:
            found_here = f"`{capture.id}` applies under another condition in step `{first_step.id}`"
            check.fault_at(path, found_here, "it is the same fact: the same `when` in both, or another id")
        elif (first.kind, first.choices) != (capture.kind, capture.choices):
            what = "choices" if first.kind == capture.kind else "kind"
            for one, other, at in ((first, step, first_path), (capture, first_step, path)):
                said = one.kind if what == "kind" else ", ".join(one.choices)
                found_here = f"`{capture.id}` has the {what} {said} here, and another in step `{other.id}`"
                check.fault_at((*at, what), found_here, "it is the same fact: the same in both, or another id")


def check_bounds(capture: Capture, path: Path, check: Check) -> None:
    """Note bounds and a default that a capture of this kind cannot have."""
    for key in ("min", "max"):
        text = getattr(capture, key)
        if text is None:
            continue
        if capture.kind not in READ_KINDS:
            check.fault_at((*path, key), f"kind {capture.kind} has no `{key}`", "kind: number, money or date")
        elif bound_of(capture, text, ANY_DAY) is None:
            check.fault_at((*path, key), f"`{text}` is no {capture.kind}", f"such as {_EXAMPLES[capture.kind]}")
    least, most = (bound_of(capture, text, ANY_DAY) if text else None for text in (capture.min, capture.max))
    if least is not None and most is not None and compare(least, most) in {1, None}:
        check.fault_at((*path, "max"), f"nothing lies between {capture.min} and {capture.max}", "the smaller as `min`")
    if capture.default is not None:
        check_value(capture, capture.default, (*path, "default"), check)
    if capture.pattern is not None and capture.kind != "text":
        check.fault_at((*path, "pattern"), f"kind {capture.kind} has no `pattern`", "kind: text")


def check_value(capture: Capture, text: str, path: Path, check: Check) -> None:
    """Note a value that a capture cannot have."""
    if answers := answers_of(capture):
        if text not in answers:
            near = nearest(text, answers)
            check.fault_at(path, f"`{capture.id}` is never `{text}`", f"answers: {', '.join(answers)}", near)
        return
    value = parse_value(capture.kind, text)
    if value is None:
        check.fault_at(path, f"`{text}` is no {capture.kind}", f"such as {_EXAMPLES[capture.kind]}")
    elif bounds := out_of_bounds(capture, value, ANY_DAY):
        check.fault_at(path, f"`{text}` is out of bounds", f"`{capture.id}` is {bounds}")
