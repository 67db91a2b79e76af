"""Each condition that decides in a built-in playbook matters: changed, `validate` refuses it or an example fails."""

from __future__ import annotations

import copy
import itertools
import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import pytest

from recoverycli.content.library import Loaded
from recoverycli.frameworks.conditions import When, evaluate, names_of
from recoverycli.frameworks.paths import answers_of, plain_next
from recoverycli.frameworks.reader import read_framework
from recoverycli.frameworks.validation.call_rules import Playbooks
from recoverycli.frameworks.validation.domains import Sort, domain
from recoverycli.frameworks.values import ANY_DAY, Known, parse_value
from recoverycli.training.examples import play_example
from tests.frameworks.conftest import BUILT_IN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.frameworks.model import Capture, Framework
    from recoverycli.live.environment import CallEnvironment

FOLDER = Path(__file__).parents[2] / "frameworks"
KNOWN = Playbooks(lambda id_: BUILT_IN.load(id_).content, BUILT_IN.ids, lambda _: ())
# The opposite of each test.
OPPOSITES = {
    "under": "at-least", "at-least": "under", "over": "at-most", "at-most": "over", "within": "older",
    "older": "within", "before": "after", "after": "before",
}  # fmt: skip
_FIRST_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class Condition(NamedTuple):
    """A condition of a playbook: where it is, and which of those that are tried together it is."""

    playbook: str
    path: tuple[str | int, ...]

    @property
    def where(self) -> str:
        return f"{self.playbook}: {'.'.join(map(str, self.path))}"


def with_examples(name: str) -> Framework:
    path = FOLDER / f"{name}.yaml"
    read = BUILT_IN.read(path.read_bytes(), str(path))
    assert read.content is not None, read.problems
    return read.content


PLAYBOOKS = {one: with_examples(one) for one in BUILT_IN.ids() if BUILT_IN.load(one).content.branches}


def conditions() -> Iterator[Condition]:
    """Every condition of a path and of a row of a table."""
    for name, framework in PLAYBOOKS.items():
        for at, step in enumerate(framework.steps):
            for number, path in enumerate(step.paths):
                if path.when:
                    yield Condition(name, ("steps", at, "paths", number, "when"))
            for place, capture in enumerate(step.capture):
                for number, row in enumerate(capture.table.rows if capture.table is not None else ()):
                    if row.when:
                        yield Condition(name, ("steps", at, "capture", place, "table", "rows", number, "when"))


def part(data: Any, path: tuple[str | int, ...]) -> Any:
    for key in path:
        data = data[key]
    return data


def changed_tests(wanted: Any, choices: tuple[str, ...]) -> Iterator[Any]:
    """A test of one value, negated, and with each value changed."""
    if isinstance(wanted, str):
        yield {"not": wanted}
        yield from (choice for choice in choices if choice != wanted)
        if _FIRST_NUMBER.fullmatch(wanted.split(" ")[0]):
            yield from changed_numbers(wanted)
    elif isinstance(wanted, list | tuple):
        yield {"not": wanted}
        yield from ([one for one in wanted if one != left_out] for left_out in wanted)
        yield from ([*wanted, choice] for choice in choices if choice not in wanted)
    else:
        for how, bound in wanted.items():
            rest = {key: value for key, value in wanted.items() if key != how}
            if how == "not":
                yield rest or bound
            elif how == "known":
                yield {**rest, how: not bound}
            elif how == "between":
                yield from ({**rest, how: [one, bound[1]]} for one in changed_numbers(bound[0]))
                yield from ({**rest, how: [bound[0], one]} for one in changed_numbers(bound[1]))
            else:
                yield {**rest, OPPOSITES[how]: bound}
                yield from ({**rest, how: one} for one in changed_numbers(bound))
            if rest:
                yield rest


def changed_numbers(text: str) -> Iterator[str]:
    """A bound, one more and one less."""
    found = _FIRST_NUMBER.search(text)
    assert found is not None
    for step in (1, -1):
        number = Decimal(found[0]) + step
        if number > 0:
            yield f"{text[: found.start()]}{number}{text[found.end() :]}"


def mutated(when: Any, captures: dict[str, Capture]) -> Iterator[Any]:
    """A condition with each of its tests negated, changed and dropped."""
    if isinstance(when, list | tuple):
        for at, one in enumerate(when):
            yield from ([*when[:at], other, *when[at + 1 :]] for other in mutated(one, captures) if other)
            yield [*when[:at], *when[at + 1 :]]
        return
    for name, wanted in when.items():
        choices = answers_of(captures[name]) if name in captures else ()
        yield from ({**when, name: other} for other in changed_tests(wanted, choices))
        yield {key: value for key, value in when.items() if key != name}


def decides_the_same(
    data: dict[str, Any], other: dict[str, Any], path: tuple[str | int, ...], framework: Framework
) -> bool:
    """Whether the conditions that are tried together lead to the same in every case."""
    captures = captures_of(framework)
    lists = [[dict(one) for one in part(each, path[:-2])] for each in (data, other)]
    whens = [[msgspec.convert(one.pop("when", {}), When) for one in each] for each in lists]
    names = dict.fromkeys(name for when in itertools.chain(*whens) for name in names_of(when))
    domains = [sorts_of(name, captures, (*whens[0], *whens[1])) for name in names]
    if not all(domains):
        return False
    for sorts in itertools.product(*domains):
        values = {name: sort.value for name, sort in zip(names, sorts, strict=True) if sort.value is not None}
        known = Known(values, ANY_DAY)
        found = [
            next((rest for when, rest in zip(tried, each, strict=True) if evaluate(when, known) is not False), None)
            for tried, each in zip(whens, lists, strict=True)
        ]
        if len({result_of(one, path, framework) for one in found}) > 1:
            return False
    return True


def sorts_of(name: str, captures: dict[str, Capture], whens: tuple[When, ...]) -> tuple[Sort, ...]:
    """The values that a name can have; those of a table are what its rows give."""
    capture = captures.get(name)
    if capture is None or capture.table is None:
        return domain(name, captures, whens)
    return tuple(Sort(parse_value(capture.kind, then), then) for then in {row.then for row in capture.table.rows})


def result_of(found: dict[str, Any] | None, path: tuple[str | int, ...], framework: Framework) -> str:
    """What a path or a row without its condition leads to; without a path: the plain order."""
    if "table" in path:
        return str(found)
    step = framework.steps[int(path[1])]
    plain = plain_next(framework.live_steps, step)
    whole = {"to": "on", **(found or {})}
    return str(sorted({**whole, "to": plain if whole["to"] == "on" else whole["to"]}.items()))


def captures_of(framework: Framework) -> dict[str, Capture]:
    """The captures of a playbook and of those that it calls."""
    called = [BUILT_IN.load(id_).content for id_ in framework.calls]
    return {one.id: one for each in (*called, framework) for step in each.steps for one in step.capture}


def survives(name: str, data: dict[str, Any], world: CallEnvironment) -> bool:
    """Whether neither `validate` nor an example tells that a playbook was changed."""
    read = read_framework(msgspec.json.encode(data), f"{name}.yaml", lambda _: None, prove=True, playbooks=KNOWN)
    if read.content is None:
        return False
    file = Loaded(read.content, read.digest, FOLDER / f"{name}.yaml", "built-in")
    desk = world._replace(load=lambda id_: file if id_ == name else BUILT_IN.load(id_))
    return not any(play_example(one, file, desk).differences for one in read.content.examples)


CONDITIONS = list(conditions())


def test_an_example_fails_if_a_condition_is_negated(world: CallEnvironment) -> None:
    data = msgspec.to_builtins(PLAYBOOKS["verify-identity"])
    assert survives("verify-identity", data, world)
    data["steps"][0]["paths"][0]["when"] = {"identity_checked": {"not": "yes"}}
    assert not survives("verify-identity", data, world)


@pytest.mark.slow
@pytest.mark.parametrize("condition", CONDITIONS, ids=[one.where for one in CONDITIONS])
def test_a_changed_condition_is_refused_or_an_example_fails(condition: Condition, world: CallEnvironment) -> None:
    framework = PLAYBOOKS[condition.playbook]
    data = msgspec.to_builtins(framework)
    survivors = []
    for number, when in enumerate(mutated(part(data, condition.path), captures_of(framework))):
        other = copy.deepcopy(data)
        part(other, condition.path[:-1])["when"] = when
        desk = world._replace(home=world.home / str(number))
        if survives(condition.playbook, other, desk) and not decides_the_same(data, other, condition.path, framework):
            survivors.append(when)
    assert not survivors
