"""Ten written policies as playbooks: the files are valid, and their examples walk each of their branches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recoverycli.content.library import Loaded, Source
from recoverycli.frameworks.conditions import evaluate
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.frameworks.model import WRAP_UP
from recoverycli.live.environment import CallEnvironment
from recoverycli.session import events as ev
from recoverycli.session.state import apply, begin
from recoverycli.store.journal.reader import read_journal
from recoverycli.times.clock import now
from recoverycli.times.future import read_date
from recoverycli.training.examples import play_example
from tests.policies import FOLDER, POLICIES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from recoverycli.frameworks.conditions import When
    from recoverycli.frameworks.library import LoadedFramework
    from recoverycli.frameworks.model import DecisionTable, Framework
    from recoverycli.session.model import Session
    from tests.commands.recovery import Recovery

LIBRARY = FrameworkLibrary((Source(FOLDER, "project"), Source(FOLDER.parents[1] / "frameworks", "built-in")))
every_policy = pytest.mark.parametrize("policy", POLICIES, ids=lambda path: path.stem)


@every_policy
def test_a_policy_is_valid(recovery: Recovery, policy: Path) -> None:
    done = recovery("frameworks", "validate", str(policy))
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_examples_of_a_policy_are_tested_by_a_command(recovery: Recovery) -> None:
    done = recovery("frameworks", "test", str(POLICIES[0]))
    assert done.returncode == 0, done.stdout + done.stderr
    assert all(line.endswith(": ok") for line in done.stdout.splitlines())


@every_policy
def test_the_examples_of_a_policy_lead_where_they_say_and_walk_all_of_it(policy: Path, tmp_path: Path) -> None:
    loaded = LIBRARY.load(policy.stem)
    walked = {branch for moment in moments(loaded, tmp_path) for branch in walked_in(*moment)}
    assert sorted(branches_of(loaded.content) - walked) == []


@every_policy
def test_a_policy_is_written_out_at_the_top_of_its_file(policy: Path) -> None:
    lines = policy.read_text(encoding="utf-8").splitlines()
    first = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    assert 8 <= first <= 24


def moments(loaded: LoadedFramework, folder: Path) -> Iterator[tuple[Session, ev.Event | None]]:
    """The call of each example after each of its events, with the event that comes next."""
    desk = CallEnvironment(folder / "example calls", now, LIBRARY.load, read_date)
    read = LIBRARY.read(loaded.path.read_bytes(), str(loaded.path))
    assert read.content is not None, read.problems
    for example in read.content.examples:
        assert not play_example(example, Loaded(read.content, read.digest, loaded.path, "project"), desk).differences
        (journal,) = (desk.home / example.id).rglob("*.jsonl")
        first, *events = read_journal(journal).events
        assert isinstance(first, ev.Started)
        session = begin(first)
        for event in events:
            yield session, event
            session = apply(session, event)
        yield session, None


# A branch: of what, and which way.
Branch = tuple[str, str]


def branches_of(framework: Framework) -> set[Branch]:
    """Every path, every row of a table, and both cases of each condition of a question, a check and a capture."""
    paths = {
        (f"step {step.id}", f"path {number}") for step in framework.live_steps for number, _ in enumerate(step.paths)
    }
    rows = {(name, f"row {number}") for name, table in tables(framework) for number, _ in enumerate(table.rows)}
    cases = {(name, f"applies: {case}") for name, _ in conditions(framework) for case in (True, False)}
    return paths | rows | cases


def walked_in(session: Session, event: ev.Event | None) -> Iterator[Branch]:
    """The rows and conditions that are decided at this moment of a call, and the path by which a step is left."""
    framework, known = session.frameworks[0].framework, session.evidence
    here, ahead = session.here, session.onward
    if here is not None and ahead is not None and here.framework == framework.id and isinstance(event, ev.Moved):
        assert ahead.to == (event.to or WRAP_UP)
        yield from (
            (f"step {here.step.id}", f"path {n}") for n, path in enumerate(here.step.paths) if path is ahead.path
        )
    for name, table in tables(framework):
        if name in known.values:
            yield name, f"row {next(n for n, row in enumerate(table.rows) if evaluate(row.when, known))}"
    for name, when in conditions(framework):
        yield name, f"applies: {evaluate(when, known)}"


def tables(framework: Framework) -> Iterator[tuple[str, DecisionTable]]:
    """The decision tables of a framework, by the names of their captures."""
    captures = (capture for step in framework.live_steps for capture in step.capture)
    return ((capture.id, capture.table) for capture in captures if capture.table is not None)


def conditions(framework: Framework) -> Iterator[tuple[str, When]]:
    """The conditions of the questions, checks and captures of a framework, each with what it is of."""
    for step in framework.live_steps:
        yield from ((f"question {one.ask}", one.when) for one in step.ask if not isinstance(one, str))
        yield from ((f"check {item.id}", item.when) for item in step.checklist if item.when)
        yield from ((f"capture {capture.id}", capture.when) for capture in step.capture if capture.when)
