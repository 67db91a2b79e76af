"""Each condition of a built-in playbook matters: changed, it is refused by `validate` or leads another way."""

from __future__ import annotations

import itertools
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import pytest

from recoverycli.frameworks.model import WRAP_UP, Framework
from recoverycli.frameworks.paths import answers_of, condition_names, onward
from recoverycli.frameworks.reader import read_framework
from recoverycli.frameworks.values import Known
from tests.frameworks.test_playbooks import BRANCHES, PLAYBOOKS

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = date(2026, 11, 29)
_MOST_STEPS = 40


class Mutant(NamedTuple):
    """A playbook with one condition changed, and what was changed."""

    playbook: str
    what: str
    content: dict[str, Any]


def mutants() -> Iterator[Mutant]:
    """Every playbook with each condition in turn dropped, each value replaced by every other, and each path cut out."""
    for id_, framework in PLAYBOOKS.items():
        for at, step in enumerate(framework.steps):
            answers = {capture.id: answers_of(capture) for capture in step.capture}
            for number, path in enumerate(step.paths):
                if not path.when:
                    continue
                assert isinstance(path.when, dict)
                where = f"{step.id}, path {number + 1}"
                yield Mutant(id_, f"{where} cut out", _changed(framework, at, number, None))
                yield Mutant(id_, f"{where} without condition", _changed(framework, at, number, {}))
                for name, wanted in path.when.items():
                    yield Mutant(
                        id_,
                        f"{where}: not {wanted}",
                        _changed(framework, at, number, {**path.when, name: {"not": wanted}}),
                    )
                    for other in (*answers[name], "something else"):
                        if other != wanted:
                            changed = _changed(framework, at, number, {**path.when, name: other})
                            yield Mutant(id_, f"{where}: {other}", changed)


def _changed(framework: Framework, step: int, path: int, when: dict[str, Any] | None) -> dict[str, Any]:
    content: dict[str, Any] = msgspec.to_builtins(framework)
    paths = [dict(one) for one in content["steps"][step]["paths"]]
    if when is None:
        del paths[path]
    else:
        paths[path]["when"] = when
    steps = [dict(one) for one in content["steps"]]
    steps[step]["paths"] = paths
    return {**content, "steps": steps}


def way(framework: Framework, answers: tuple[str, ...]) -> list[str]:
    """The steps that answers lead through, as far as they do."""
    known = Known(dict(answer.split(" ", 1) for answer in answers), TODAY)
    steps = {step.id: step for step in framework.live_steps}
    here, walked = framework.live_steps[0].id, list[str]()
    queue: tuple[str, ...] = ()
    while here in steps and here != WRAP_UP and len(walked) < _MOST_STEPS:
        walked.append(here)
        ahead = onward(framework.live_steps, steps[here], queue, known)
        here, queue = ahead.to, ahead.queue
    return walked


def leads_the_same(one: Framework, other: Framework) -> bool:
    """Whether every answer to the questions of every step leads to the same step."""
    inner = {id_ for step in one.live_steps for path in step.paths for id_ in path.through}
    for step, changed in zip(one.live_steps, other.live_steps, strict=True):
        answers = {capture.id: answers_of(capture) for capture in step.capture}
        names = condition_names(step)
        for told in itertools.product(*([*answers[name], ""] for name in names)):
            known = Known({name: word for name, word in zip(names, told, strict=True) if word}, TODAY)
            for queue in ((), ("elsewhere",)) if step.id in inner else ((),):
                ways = [onward(each.live_steps, at, queue, known) for each, at in ((one, step), (other, changed))]
                if len({(way.to, way.queue) for way in ways}) > 1:
                    return False
    return True


MUTANTS = list(mutants())


def test_the_table_of_answers_walks_as_it_says() -> None:
    for branch in BRANCHES:
        assert way(PLAYBOOKS[branch.playbook], branch.answers) == branch.steps.split(), branch.name


@pytest.mark.parametrize("mutant", MUTANTS, ids=[f"{one.playbook}: {one.what}" for one in MUTANTS])
def test_a_changed_condition_is_refused_or_leads_another_way(mutant: Mutant) -> None:
    text = msgspec.json.encode(mutant.content)
    if read_framework(text, f"{mutant.playbook}.yaml", lambda _: None, prove=True).problems:
        return
    changed = msgspec.convert(mutant.content, Framework)
    if leads_the_same(PLAYBOOKS[mutant.playbook], changed):
        # The last of all answers needs no condition.
        assert mutant.what.endswith(("without condition", "cut out"))
        return
    rows = [branch for branch in BRANCHES if branch.playbook == mutant.playbook]
    assert any(way(changed, branch.answers) != branch.steps.split() for branch in rows)
