"""The team's database has the columns that `store.index_columns` declares, and a dataset fills each of its own.

The database is one in which all migrations have run. A column that is missing, extra, of another type or in another
place fails here: it needs a migration and its declaration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recoverycli.store.index.columns import (
    PARTS,
    IndexedCall,
    Micros,
    StepKind,
    column_types,
)
from recoverycli.team.dataset import columns
from recoverycli.team.dataset.rows import row
from tests.synthetic import calls

if TYPE_CHECKING:
    from recoverycli.store.index.columns import Table
    from tests.team.floor import Floor

TEXT, NUMBER, LONG = 'text COLLATE "C"', "integer", "bigint"
TYPES: dict[object, str] = {
    str: TEXT,
    int: NUMBER,
    bool: NUMBER,
    Micros: LONG,
    StepKind: LONG,
    float: "double precision",
}
# The columns that a table has beside those of the call.
OWN: dict[str, dict[str, str]] = {
    "call": {
        "key": LONG, "owner": TEXT, "desk": TEXT, "share": TEXT, "digest": TEXT, "raw": "bytea", "document": "jsonb",
        "words": "tsvector", "words_count": NUMBER, "pushed_at": "timestamp with time zone", "verified": "boolean",
    },
    "step_kind": {"key": LONG, "owner": TEXT},
    **{part: {"call": LONG, "place": NUMBER, "owner": TEXT, "started": LONG} for part in PARTS},
}  # fmt: skip
TABLES: dict[str, Table] = {"call": IndexedCall, "step_kind": StepKind, **PARTS}
_THERE = """
SELECT attname, format_type(atttypid, atttypmod) || coalesce(' COLLATE ' || quote_ident(collname), '')
FROM pg_attribute LEFT JOIN pg_collation ON pg_collation.oid = attcollation
WHERE attrelid = ('recovery.' || %s)::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum"""


@pytest.mark.parametrize("table", TABLES)
def test_a_table_of_the_team_has_the_declared_columns_in_their_order(database: Floor, table: str) -> None:
    there = dict(database.ask(_THERE, table))
    own = OWN[table]
    assert {name: kind for name, kind in there.items() if name in own} == own
    declared = {name: TYPES[kind] for name, kind in column_types(TABLES[table]).items()}
    assert [(name, kind) for name, kind in there.items() if name not in own] == list(declared.items())


# The types that a dataset gives to the types of a column.
FAMILIES: dict[object, set[str]] = {
    str: {"string", "word", "date", "list<word>"},
    int: {"int32"},
    bool: {"bool"},
    float: {"double"},
    Micros: {"time"},
}


def test_a_dataset_has_the_columns_of_a_call_with_their_types() -> None:
    shared = {column.name: column.type for column in columns.COLUMNS if column.name in IndexedCall._fields}
    # Those that a dataset has in more detail under the same name.
    in_detail = {"moods", "promises"}
    kinds = column_types(IndexedCall)
    assert len(shared) > 20
    assert all(shared[name] in FAMILIES[kinds[name]] for name in shared.keys() - in_detail)


@pytest.mark.parametrize("with_text", [True, False])
def test_a_row_of_a_dataset_has_a_value_for_every_column_and_no_more(*, with_text: bool) -> None:
    pa = pytest.importorskip("pyarrow", reason="needs pyarrow, an extra of the team")
    rows = [row(call, with_text=with_text) for call in calls(60, 1)]
    assert all(list(one) == [column.name for column in columns.COLUMNS] for one in rows)
    table = pa.Table.from_pylist(rows, schema=columns.schema(with_text=with_text))
    empty = {column.name for column in columns.COLUMNS if table[column.name].null_count == len(rows)}
    assert empty == (set() if with_text else {column.name for column in columns.COLUMNS if column.text})
    for kind in ("steps", "offers", "promises", "tasks"):
        fields = {field.name for field in table.schema.field(kind).type.value_type}
        assert {frozenset(part) for one in rows for part in one[kind]} == {frozenset(fields)}
