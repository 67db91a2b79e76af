"""Read a framework file: a Framework, or every problem of the file at once."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from recoverycli.content.checker import Check, Path, type_of
from recoverycli.content.model import ContentNode, Slug
from recoverycli.content.reader import ContentRead, read_content
from recoverycli.errors import nearest
from recoverycli.frameworks.inclusion import Inherited, with_included
from recoverycli.frameworks.model import Framework, Step
from recoverycli.frameworks.validation.repair import fill_gaps
from recoverycli.frameworks.validation.rules import check_families, check_rules

if TYPE_CHECKING:
    from recoverycli.content.nodes import Node
    from recoverycli.frameworks.validation.call_rules import Playbooks

_OWN = {"schema", "id", "name"}
_ABOUT = {"expands_to", "summary"}
# Where a file takes steps from, which the framework itself does not tell.
_TAKES = {"extends", "include"}
# Where a step of a variant goes among the inherited ones.
_PLACES = {"replaces", "after"}

BaseOf = Callable[[str], Framework | None]


class CompleteStep(Step, frozen=True, kw_only=True):
    """A step of a file: it may replace a step of the extended framework, or be put behind one."""

    replaces: Slug | None = None
    after: Slug | None = None


class CompleteFile(Framework, frozen=True, kw_only=True):
    """A framework file without `extends`."""

    steps: tuple[CompleteStep, ...]


@functools.cache
def variant_file() -> type[msgspec.Struct]:
    """The type of a file with `extends`: the keys of a framework, most of them optional."""
    step = _partial("VariantStep", CompleteStep, {"id"}, {})
    more = {"steps": tuple[step, ...], "extends": Slug, "include": tuple[Slug, ...]}  # type: ignore[valid-type]
    return _partial("VariantFile", Framework, _OWN | {"extends"}, more)


@functools.cache
def including_file() -> type[msgspec.Struct]:
    """The type of a file with `include` and without `extends`: its steps are optional, and may be parts of steps."""
    steps = next(field.type for field in msgspec.structs.fields(variant_file()) if field.name == "steps")
    return _partial(
        "IncludingFile", Framework, _OWN | _ABOUT | {"include"}, {"steps": steps, "include": tuple[Slug, ...]}
    )


def read_framework(
    data: bytes,
    file: str,
    base_of: BaseOf,
    families: Sequence[str] | None = None,
    *,
    prove: bool = False,
    playbooks: Playbooks | None = None,
) -> ContentRead[Framework]:
    """Read the bytes of a framework file. Never raises; `base_of` gives the framework that `extends` names, or None.

    With `families`, the families of issues that phrases are for have to be among them. With `prove`, every condition
    has to decide something and every table each case; a call can be made without. With `playbooks`, what its steps
    call is looked up.
    """
    build = functools.partial(_build, base_of=base_of, families=families, prove=prove, playbooks=playbooks)
    return read_content(data, file, "framework", build)


def plain_data(root: Node, check: Check) -> Any:
    """Return the plain data of a framework file: with or without `extends` and `include`."""
    if extends_node(root) is not None:
        return check.value(root, type_of(variant_file()))
    return check.value(root, type_of(CompleteFile if _node(root, "include") is None else including_file()))


def _build(
    root: Node,
    check: Check,
    base_of: BaseOf,
    families: Sequence[str] | None,
    *,
    prove: bool,
    playbooks: Playbooks | None,
) -> Framework | None:
    merged = plain = plain_data(root, check)
    paths = _own_paths(plain)
    if not isinstance(plain, dict):
        return None
    if extends_node(root) is None and _node(root, "include") is None:
        _refuse_after(plain, check)
    else:
        inherited = _inherit(root, plain, check, base_of, playbooks)
        if inherited is None:
            # What the file inherits is unknown: the rules would report names and steps that are there.
            check.id_of_file(plain)
            _check_families(plain, check, families)
            return None
        merged = _merge(plain, inherited, check)
        paths = {**inherited.places, **paths}
    whole = not check.problems
    check.id_of_file(plain)
    framework = _framework(merged if whole else fill_gaps(merged), check)
    if framework is not None:
        check_rules(framework, paths, check, playbooks, whole=whole, prove=prove)
    _check_families(plain, check, families)
    return framework


def _check_families(plain: dict[str, Any], check: Check, families: Sequence[str] | None) -> None:
    if families is not None:
        for path, phrase in _phrases_of(plain):
            check_families(phrase, path, check, families)


def _partial(name: str, full: type[msgspec.Struct], needed: set[str], more: dict[str, Any]) -> type[msgspec.Struct]:
    types = {field.name: field.type for field in msgspec.structs.fields(full)} | more
    fields: list[Any] = [
        (name, type_) if name in needed else (name, type_, msgspec.UNSET) for name, type_ in types.items()
    ]
    return msgspec.defstruct(name, fields, bases=(ContentNode,), frozen=True, kw_only=True, module=__name__)


def extends_node(root: Any) -> Any:
    """Return the node that names the framework which a file extends, or None."""
    return _node(root, "extends")


def _node(root: Any, name: str) -> Any:
    if root.id != "mapping":
        return None
    return next((child for key, child in root.value if key.value == name), None)


def _inherit(
    root: Node, plain: dict[str, Any], check: Check, base_of: BaseOf, playbooks: Playbooks | None
) -> Inherited | None:
    """Return what the file is laid over, or None if a part of it is missing."""
    data: dict[str, Any] = {}
    extends = extends_node(root)
    if extends is not None:
        base = _base(extends, plain, check, base_of, playbooks)
        if base is None:
            return None
        check.digest.update(msgspec.json.encode(base))
        data = msgspec.to_builtins(base)
    if _node(root, "include") is None:
        return Inherited(data, {})
    return with_included(plain, data, check, base_of, playbooks)


def _base(
    extends: Any, plain: dict[str, Any], check: Check, base_of: BaseOf, playbooks: Playbooks | None
) -> Framework | None:
    wanted = plain.get("extends")
    if not isinstance(wanted, str):
        return None
    if wanted == plain.get("id"):
        check.fault(extends, f"`{wanted}` extends itself", "name another framework")
        return None
    base = base_of(wanted)
    ids = playbooks.ids() if playbooks is not None else ()
    if base is None and wanted in ids:
        check.fault(extends, f"the framework `{wanted}` cannot be read, or extends this file", "correct its file first")
    elif base is None:
        near = nearest(wanted, [one for one in ids if one != plain.get("id")])
        check.fault(extends, f"there is no framework `{wanted}` to extend", "", near)
    return base


def _own_paths(plain: Any) -> dict[str, Path]:
    """The positions of the steps of the file, by id."""
    steps = plain.get("steps", []) if isinstance(plain, dict) else []
    return {
        step["id"]: ("steps", number)
        for number, step in enumerate(steps if isinstance(steps, list) else [])
        if isinstance(step, dict) and isinstance(step.get("id"), str)
    }


def _phrases_of(plain: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The phrases of the file itself, each with its place."""
    for number, step in enumerate(plain.get("steps") or ()):
        for at, phrase in enumerate((step or {}).get("phrases") or ()):
            if isinstance(phrase, dict):
                yield ("steps", number, "phrases", at), phrase


def _merge(plain: dict[str, Any], inherited: Inherited, check: Check) -> dict[str, Any]:
    """Lay the file over what it inherits: given keys win, a step with `replaces` takes another's place."""
    steps: list[dict[str, Any]] = list(inherited.data["steps"])
    for number, own in enumerate(plain.get("steps", [])):
        if not isinstance(own, dict) or "id" not in own:
            continue
        ids = [step["id"] for step in steps]
        target = own.get("replaces", own["id"])
        if "replaces" in own and target not in ids:
            near = nearest(str(target), ids)
            check.fault_at(("steps", number, "replaces"), f"there is no step `{target}`", ", ".join(ids), near)
            continue
        before = own.get("after")
        if before is not None and (before not in ids or before == own["id"]):
            near = nearest(str(before), ids)
            check.fault_at(("steps", number, "after"), f"there is no step `{before}` to follow", ", ".join(ids), near)
            continue
        inherits = "replaces" not in own and target in ids
        kept = {key: value for key, value in own.items() if key not in _PLACES}
        if before is not None and target in ids:
            found = f"`{target}` is a step already, and cannot be put elsewhere"
            check.fault_at(("steps", number, "after"), found, "`after` is for a new step")
        elif before is not None:
            _check_complete(kept, ("steps", number), check)
            steps.insert(ids.index(before) + 1, kept)
        elif inherits:
            steps[ids.index(target)] |= kept
        else:
            _check_complete(kept, ("steps", number), check)
            place = ids.index(target) if target in ids else len(steps)
            steps[place : place + 1] = [kept]
    whole = {**inherited.data, **{key: value for key, value in plain.items() if key not in _TAKES}}
    named = dict.fromkeys((*inherited.data.get("placeholders", ()), *plain.get("placeholders", ())))
    names = {"placeholders": [*named]} if "include" in plain else {}
    return {**whole, **names, "steps": steps, "examples": plain.get("examples", [])}


def _refuse_after(plain: dict[str, Any], check: Check) -> None:
    """Note each `after` in a file that inherits no steps: it would change nothing."""
    for number, step in enumerate(plain.get("steps") or ()):
        if isinstance(step, dict) and step.get("after") is not None:
            found = "`after` is for a file with `extends` or `include`"
            check.fault_at(("steps", number, "after"), found, "put the step in its place in the list")


def _check_complete(step: dict[str, Any], path: Path, check: Check) -> None:
    for field in msgspec.structs.fields(Step):
        if field.required and field.name not in step:
            check.fault_at(path, f"the key `{field.name}` is missing", "a new step needs it")


def _framework(merged: dict[str, Any], check: Check) -> Framework | None:
    steps = [{key: value for key, value in step.items() if key not in _PLACES} for step in merged["steps"]]
    for step in steps:
        step["phrases"] = [
            {**phrase, "id": phrase.get("id") or phrase_id(phrase["say"])} for phrase in step.get("phrases", [])
        ]
    try:
        return msgspec.convert({**merged, "steps": steps}, Framework)
    except msgspec.ValidationError as wrong:
        # With known errors, the rest of the file may be inconsistent.
        if not check.problems:
            check.fault_at(("steps",), str(wrong))
        return None


def phrase_id(text: str) -> str:
    """Return the id of a phrase that its file gives none: a digest of its text, so that it survives reordering."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]
