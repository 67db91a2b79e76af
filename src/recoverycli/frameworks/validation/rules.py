"""Rules beyond the types of a framework: unique ids, phrases in the right steps, known placeholders."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from recoverycli.errors import nearest
from recoverycli.frameworks.computed import is_computed
from recoverycli.frameworks.model import CALL_FACTS, CALL_RECORDS, CONTACT_FACTS, ON, WRAP_UP
from recoverycli.frameworks.phrasing import placeholders
from recoverycli.frameworks.validation.capture_rules import check_bounds, check_same_facts, each_capture
from recoverycli.frameworks.validation.check_rules import check_checklist, check_named_checks, checks_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from recoverycli.content.checker import Check, Path
    from recoverycli.frameworks.model import Capture, Framework, Step
    from recoverycli.frameworks.validation.call_rules import Playbooks

# Steps of these intents are work of the agent: nothing in them is said to the customer.
_FOR_THE_AGENT = {"document", "diagnose", "train"}
_RESERVED = {WRAP_UP: "the name of a screen of its own", ON: "a word of the paths"}


def check_rules(
    framework: Framework,
    paths: dict[str, Path],
    check: Check,
    playbooks: Playbooks | None = None,
    *,
    whole: bool,
    prove: bool,
) -> None:
    """Note the errors beyond types. `playbooks` finds what its steps call.

    `whole` is False if invalid parts were removed: then missing parts are not reported. `prove` says to prove the
    conditions as well.
    """

    def place(step: Step, *more: str | int) -> Path:
        return (*paths[step.id], *more) if step.id in paths else ("steps",)

    if whole and not framework.live_steps:
        check.fault_at(("steps",), "no step is live", "at least one step with `phase: live`")
    if framework.card is not None and not framework.stands_alone:
        check.fault_at(("card",), "a card stands alone", "stands_alone: true")
    first = next(iter(framework.live_steps), None)
    if whole and framework.card is not None and first is not None and not first.phrases:
        check.fault_at(place(first), f"the first step of a card, `{first.id}`, has no phrases", "add what to say first")
    steps = framework.steps
    check.each_once("step id", ((place(step, "id"), step.id) for step in steps))
    _check_phrase_ids(framework, check, place)
    called = _find_called(framework, playbooks, check, place)
    known = tuple(dict.fromkeys((*known_names(framework), *called[0]))) if called is not None else None
    for step in framework.steps:
        _check_step(step, known, check, functools.partial(place, step), whole=whole)
        speaks = step.phase != "organisation" and step.intent not in _FOR_THE_AGENT
        if whole and speaks and not step.phrases and not framework.shared:
            check.fault_at(place(step), f"the step `{step.id}` has no phrases", "add at least one")
    check_same_facts(framework, check, place)
    # With missing parts, these would report false errors.
    if whole and called is not None and known is not None:
        for capture, path in each_capture(framework, place):
            check_bounds(capture, path, check)
        own = {capture.id: capture for step in reversed(framework.steps) for capture in step.capture}
        captures, called_checks = called
        checks = {name: one for name, one in {**called_checks, **checks_of(steps)}.items() if name not in known}
        facts, names = {**checks, **captures, **own}, (*known, *checks)
        _check_logic(framework, facts, names, check, place, prove=prove)
        check_named_checks(framework, check, place)
        if framework.examples:
            from recoverycli.frameworks.validation.example_rules import check_examples

            check_examples(framework, facts, names, check, playbooks)


def _check_phrase_ids(framework: Framework, check: Check, place: Callable[..., Path]) -> None:
    """Note each phrase with the id of another: the same words without an id have the same one."""
    first: dict[str, tuple[Step, str]] = {}
    for step in framework.steps:
        for number, phrase in enumerate(step.phrases):
            if phrase.id not in first:
                first[phrase.id] = step, phrase.say
                continue
            other, words = first[phrase.id]
            found, allowed = f"the phrase id `{phrase.id}` appears twice", "ids must be unique"
            if words == phrase.say:
                found = f"the step `{other.id}` has the same phrase"
                allowed = "other words, or an `id` for one of them"
            check.fault_at(place(step, "phrases", number, "say"), found, allowed)


def _find_called(
    framework: Framework, playbooks: Playbooks | None, check: Check, place: Callable[..., Path]
) -> tuple[dict[str, Capture], dict[str, Capture]] | None:
    """Return what the called playbooks capture and check, None where one cannot be read. Few frameworks call one."""
    if not framework.calls:
        return {}, {}
    from recoverycli.frameworks.validation.call_rules import called_facts

    return called_facts(framework, playbooks, check, place)


def _check_logic(
    framework: Framework,
    captures: dict[str, Capture],
    known: tuple[str, ...],
    check: Check,
    place: Callable[..., Path],
    *,
    prove: bool,
) -> None:
    """Note the errors in what is worked out, in conditions and in the paths. Most frameworks have none of them."""
    is_worked_out = any(map(is_computed, captures.values()))
    is_conditional = any(step.conditions for step in framework.steps)
    if not is_worked_out and not is_conditional and not framework.branches:
        return
    from recoverycli.frameworks.validation.applies_rules import check_applies
    from recoverycli.frameworks.validation.computed_rules import ComputedRules
    from recoverycli.frameworks.validation.condition_rules import ConditionRules
    from recoverycli.frameworks.validation.flow import check_flow

    conditions = ConditionRules(captures, (*known, "mood"), check, prove=prove)
    computed = ComputedRules(captures, conditions, check)
    for capture, path in each_capture(framework, place):
        computed.check(capture, path)
    check_applies(framework, conditions, check, place)
    if framework.branches and framework.live_steps:
        check_flow(framework, conditions, check, place)


def known_names(framework: Framework) -> tuple[str, ...]:
    """The names that the phrases of a framework may use."""
    captures = (capture.id for step in framework.steps for capture in step.capture)
    conditions = (name for step in framework.steps for phrase in step.phrases for name in phrase.when)
    return tuple(
        dict.fromkeys((*CALL_FACTS, *CALL_RECORDS, *CONTACT_FACTS, *captures, *framework.placeholders, *conditions))
    )


def _check_step(
    step: Step, known: tuple[str, ...] | None, check: Check, place: Callable[..., Path], *, whole: bool
) -> None:
    if step.id in _RESERVED:
        check.fault_at(place("id"), f"`{step.id}` is {_RESERVED[step.id]}", "choose another id")
    if step.intent in step.also:
        check.fault_at(place("also"), f"`{step.intent}` is the intent of the step already", "`also` holds others")
    if step.outcome is not None and step.phase != "live":
        check.fault_at(place("outcome"), "only a live step ends a call", "phase: live, or no `outcome`")
    if step.phase == "organisation" and step.phrases:
        check.fault_at(place("phrases"), "a step of phase `organisation` cannot have phrases", "remove them")
    check_checklist(step, known or (), check, place, whole=whole)
    for number, capture in enumerate(step.capture):
        if whole and capture.kind == "choice" and not capture.choices:
            check.fault_at(
                place("capture", number), "a capture of kind choice has no choices", "list them under `choices`"
            )
        if capture.kind != "choice" and capture.choices:
            check.fault_at(place("capture", number, "choices"), f"kind {capture.kind} has no choices", "kind: choice")
    for number, phrase in enumerate(step.phrases):
        _check_placeholders(phrase.say, place("phrases", number, "say"), known, check)


def _check_placeholders(say: str, path: Path, known: tuple[str, ...] | None, check: Check) -> None:
    for name in names_in(say, path, check):
        if known is not None and name not in known:
            check.fault_at(path, f"unknown placeholder `{name}`", f"known: {', '.join(known)}", nearest(name, known))


def check_families(phrase: dict[str, Any], path: Path, check: Check, known: Sequence[str]) -> None:
    """Note each family of issues that a phrase is for and that is not known."""
    for number, family in enumerate(phrase.get("issues") or ()):
        if isinstance(family, str):
            check.one_of((*path, "issues", number), "family", family, known)


def names_in(say: str, path: Path, check: Check) -> list[str]:
    """Return the names of the placeholders in the words of a phrase, and note unpaired braces."""
    names = []
    for found in placeholders(say):
        if found.name is not None:
            names.append(found.name)
            continue
        near = " ".join(say[max(0, found.at - 10) : found.at + 15].split())
        allowed = "{name}, {name|fallback}, or {{ and }} for braces"
        check.fault_at(path, f"an unpaired brace near `{near}`", allowed)
    return names
