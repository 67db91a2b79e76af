"""The columns of a call are declared once: the index keeps them in that order, and its version stands for them."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING, get_type_hints

import pytest

from recoverycli.store.calls.archive import Archive
from recoverycli.store.index.columns import PARTS, VERSION, IndexedCall, IndexedStep, StepKind, column_types
from recoverycli.store.index.index import Index
from recoverycli.store.index.reader import _pack, _unpack, read_files
from recoverycli.store.index.rows import _ELSEWHERE, CallRow
from recoverycli.store.index.tables import make_indexes, make_tables
from recoverycli.store.index.values import Values, values_of
from tests import golden
from tests.synthetic import calls

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.session.transcript.model import Call


@pytest.fixture(scope="module")
def some() -> list[Call]:
    """Calls with steps, offers, promises and tasks."""
    made = list(calls(40, 1))
    rows = [values_of(call) for call in made]
    assert all(any(getattr(one, part) for one in rows) for part in ("steps", "offers", "commitments"))
    return made


def test_other_columns_need_another_version_of_the_index() -> None:
    connection = sqlite3.connect(":memory:")
    make_tables(connection)
    make_indexes(connection)
    # FTS5 adds tables of its own, which depend on its version.
    made = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT GLOB 'words_*'")
    statements = sorted(statement.replace(", ", ",\n  ") for (statement,) in made)
    golden.compare("index_schema", "\n".join([f"version {VERSION}", *statements]) + "\n")


def test_the_index_keeps_every_value_under_the_name_of_its_column(some: list[Call], tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    for call in some:
        archive.write(call)
    with Index(tmp_path) as index:
        for call in some:
            kept = index.ask(lambda connection, name=call.id: as_kept(connection, name))  # type: ignore[misc]
            values = values_of(call)
            assert kept == Values(values.call, values.steps, values.offers, values.commitments, [])


def as_kept(connection: sqlite3.Connection, call_id: str) -> Values:
    """What the index has of a call but for its words, each value asked for by its name."""
    columns = ", ".join(IndexedCall._fields)
    sql = f"SELECT key, {columns} FROM call WHERE id = ?"  # noqa: S608  # names of our own
    key, *row = connection.execute(sql, (call_id,)).fetchone()
    kinds = {kind: StepKind(*rest) for kind, *rest in connection.execute("SELECT * FROM step_kind")}
    parts = {
        name: connection.execute(
            f"SELECT {', '.join(table._fields)} FROM {name} WHERE call = ? ORDER BY place",  # noqa: S608
            (key,),
        ).fetchall()
        for name, table in PARTS.items()
    }
    steps = [IndexedStep(kinds[kind], *rest) for kind, *rest in parts["step"]]
    return Values(IndexedCall(*row), steps, parts["offer"], parts["commitment"], [])


def test_rows_that_another_process_read_are_those_that_this_one_reads(some: list[Call], tmp_path: Path) -> None:
    path = Archive(tmp_path).write(some[0])
    with os.scandir(path.parent) as entries:
        here = read_files(path.parent, entries)
    there = _unpack(_pack(path.parent))
    assert there == here
    assert [one.values.call.id for one in there.calls] == [some[0].id]
    assert there.calls[0].values.steps[0].kind.id == some[0].steps[0].id


def test_a_line_of_a_list_has_the_columns_of_the_call_under_their_own_names() -> None:
    columns = column_types(IndexedCall)
    own = {name: hint for name, hint in get_type_hints(CallRow).items() if name not in _ELSEWHERE}
    assert own.keys() <= columns.keys()
    declared = get_type_hints(IndexedCall)
    moments = {"started_at", "ended_at"}
    assert {name: own[name] for name in own.keys() - moments} == {name: declared[name] for name in own.keys() - moments}
