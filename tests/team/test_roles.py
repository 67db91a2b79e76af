"""Who may what, tried in SQL itself: an agent, a reviewer, a publisher, and one without any right."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import psycopg
import pytest

from recoverycli.session.transcript.model import TranscriptOffer, encode
from recoverycli.team import storage
from recoverycli.team.migrate import GROUPS
from tests.review.calls import a_call, promise
from tests.team.floor import PEOPLE

if TYPE_CHECKING:
    from tests.team.floor import Floor

NOVEMBER = datetime(2025, 11, 24, 16, tzinfo=UTC)
MONTH = "call_2025_11"
DENIED = psycopg.errors.InsufficientPrivilege
CALLS = ("known", "call", "step", "offer", "commitment", "amendment")
EVERY = (*CALLS, "step_kind", "review", "erasure", "migration", "turn", "case_run", "case_fold",
         "erasure_key", "erasure_mark", "erasure_use", "erasure_request")  # fmt: skip
PARTS = (MONTH, "call_before", "call_after", "step_2025_11", "step_before", "step_after")


def transcript(name: str, started: datetime = NOVEMBER, **more: Any) -> storage.PreparedCall:
    """A call with a row of every kind, ready to be sent."""
    fields = {"outcome": "resolved", "offers": (TranscriptOffer(started, "a refund", 20.0),), **more}
    call = msgspec.structs.replace(a_call(promise(1, "call back"), at=started, **fields), id=name)
    return storage.prepare(encode(call), "all")


def keep(floor: Floor, role: str, name: str, started: datetime = NOVEMBER) -> None:
    """Put a call of somebody into the database with a row of every kind, as that role."""
    sent = transcript(name, started)
    change = {"at": started.isoformat(), "field": "issue", "old": None, "new": "late"}
    with floor.connect(role) as database:
        storage.make_room(database, [sent], set())
        assert storage.add(database, sent, "d")
        assert storage.amend(database, sent._replace(document={**sent.document, "amendments": [change]}), 0)
        database.execute("SELECT put_review(%s, %s)", (name, review(name, "self")))


def review(name: str, role: str) -> bytes:
    """An assessment of a call in a role."""
    assessment = {"at": NOVEMBER.isoformat(), "role": role, "card": "recovery", "answers": {}}
    return msgspec.json.encode({"call": name, "schema": 1, "assessments": [assessment], "disputes": []})


@pytest.fixture
def calls(database: Floor) -> Floor:
    """A call of Ana's and one of Ben's."""
    keep(database, "ana", "of-ana")
    keep(database, "ben", "of-ben")
    return database


def names(floor: Floor, table: str, role: str) -> set[str]:
    """Whose rows of a table somebody sees."""
    column = "reviewer" if table == "review" else "owner"
    return {name for (name,) in floor.ask(f"SELECT DISTINCT {column} FROM recovery.{table}", role=role)}


@pytest.mark.parametrize("table", [*CALLS, "review"])
def test_an_agent_reads_their_own_rows_and_nobody_elses(calls: Floor, table: str) -> None:
    assert names(calls, table, "ana") == {"ana"}
    assert names(calls, table, "ben") == {"ben"}


@pytest.mark.parametrize("table", [*CALLS, "review"])
def test_a_reviewer_reads_the_rows_of_all(calls: Floor, table: str) -> None:
    assert names(calls, table, "rita") == {"ana", "ben"}


@pytest.mark.parametrize("table", [*CALLS, "review", "step_kind"])
@pytest.mark.parametrize("role", ["paul", "nobody"])
def test_a_publisher_and_one_without_rights_read_no_call(calls: Floor, table: str, role: str) -> None:
    with pytest.raises(DENIED):
        calls.ask(f"SELECT * FROM recovery.{table}", role=role)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("role", [*PEOPLE])
def test_nobody_gets_at_a_month_past_its_table(calls: Floor, part: str, role: str) -> None:
    with pytest.raises(DENIED):
        calls.ask(f"SELECT * FROM recovery.{part}", role=role)
    with pytest.raises(DENIED):
        calls.do(f"DELETE FROM recovery.{part}", role=role)


def test_a_month_shows_nothing_even_to_one_who_was_given_it(calls: Floor) -> None:
    calls.do(f"GRANT SELECT ON {MONTH} TO nobody")
    calls.do("GRANT USAGE ON SCHEMA recovery TO nobody")
    assert calls.ask(f"SELECT * FROM recovery.{MONTH}", role="nobody") == []


_WRITES = (
    "INSERT INTO recovery.{table} DEFAULT VALUES", "DELETE FROM recovery.{table}", "TRUNCATE recovery.{table}",
    "UPDATE recovery.{table} SET {column} = 'ben'", "LOCK TABLE recovery.{table} IN ROW SHARE MODE",
    "SELECT FROM recovery.{table} FOR UPDATE", "COPY recovery.{table} FROM STDIN",
)  # fmt: skip


@pytest.mark.parametrize("role", [*PEOPLE])
def test_nobody_writes_or_locks_a_table_of_calls(calls: Floor, role: str) -> None:
    with calls.connect(role) as database:
        for table in (*CALLS, "review", "step_kind", "turn", MONTH):
            for statement in _WRITES:
                column = {"review": "reviewer", "turn": "name"}.get(table, "owner")
                told = statement.format(table=table, column=column)
                with pytest.raises(DENIED), database.transaction():
                    database.execute(told.encode())


def test_an_agent_changes_and_deletes_nothing_of_anothers(calls: Floor) -> None:
    theirs = transcript("of-ben")
    changes = '[{"at": "2025-11-25T10:00:00Z", "field": "outcome", "old": "resolved", "new": "unresolved"}]'
    with calls.connect("ana") as database:
        assert not storage.remove(database, "of-ben")
        assert not storage.replace(database, theirs, "d")
        assert not storage.add(database, theirs, "d")
        for place in (0, 1):
            found = database.execute("SELECT amend_call('of-ben', %s, %s, '', 0)", (place, changes)).fetchone()
            assert found == (False,)
        with pytest.raises(DENIED):
            database.execute("SELECT put_review('of-ben', %s)", (review("of-ben", "self"),))
        database.execute("SELECT remove_review('of-ben')")
    assert {table: names(calls, table, "rita") for table in (*CALLS, "review")} == {
        table: {"ana", "ben"} for table in (*CALLS, "review")
    }
    assert calls.ask("SELECT outcome, digest = encode(sha256(raw), 'hex') FROM call") == [("resolved", True)] * 2


def test_a_name_that_is_known_is_taken_and_gives_nothing_away(calls: Floor) -> None:
    with calls.connect("ana") as database:
        assert not storage.add(database, transcript("of-ben", NOVEMBER + timedelta(days=1)), "d")
        assert database.execute("SELECT count(*) FROM known").fetchone() == (1,)


def test_a_call_that_goes_takes_everything_of_it_along(calls: Floor) -> None:
    calls.ask("SELECT put_review('of-ana', %s)", review("of-ana", "reviewer"), role="rita")
    with calls.connect("ana") as database:
        assert storage.remove(database, "of-ana")
    assert {table: names(calls, table, "rita") for table in (*CALLS, "review")} == {
        table: {"ben"} for table in (*CALLS, "review")
    }


@pytest.mark.parametrize("role", ["rita", "paul", "nobody"])
def test_a_reviewer_a_publisher_and_one_without_rights_write_no_call(calls: Floor, role: str) -> None:
    statements = (
        "SELECT recovery.put_call('{}', 'd', 'all', '', 0)", "SELECT recovery.replace_call('{}', 'd', 'all', '', 0)",
        "SELECT recovery.amend_call('of-ana', 1, '[]', '', 0)", "SELECT recovery.remove_call('of-ana')",
        "SELECT recovery.add_kinds('[]')",
    )  # fmt: skip
    for statement in statements:
        with pytest.raises(DENIED):
            calls.ask(statement, role=role)


def test_what_only_the_owners_functions_call_is_called_by_nobody(calls: Floor) -> None:
    found = calls.ask(
        "SELECT p.oid::regprocedure::text, has_function_privilege('ana', p.oid, 'EXECUTE'),"
        " has_function_privilege('rita', p.oid, 'EXECUTE'), has_function_privilege('paul', p.oid, 'EXECUTE')"
        " FROM pg_proc p WHERE pronamespace = 'recovery'::regnamespace ORDER BY 1"
    )
    may = {name.partition("(")[0]: (agent, reviewer, publisher) for name, agent, reviewer, publisher in found}
    assert {name: rights for name, rights in may.items() if any(rights)} == {
        "add_erasure": (True, True, False), "add_kinds": (True, False, False), "amend_call": (True, False, False),
        "ask_erased": (True, True, True), "find_erased": (True, True, True), "instr": (True, True, False),
        "make_month": (True, False, False), "put_call": (True, False, False), "put_review": (True, True, False),
        "remove_call": (True, False, False), "remove_review": (True, True, False), "replace_call": (True, False, False),
    }  # fmt: skip


def test_a_reviewer_writes_reviews_under_their_own_name_and_speaks_for_nobody_else(calls: Floor) -> None:
    calls.ask("SELECT put_review('of-ana', %s)", review("of-ana", "reviewer"), role="rita")
    for bad in (review("of-ana", "self"), b'{"call": "of-ana", "disputes": [{"why": "x"}]}'):
        with pytest.raises(DENIED):
            calls.ask("SELECT put_review('of-ana', %s)", bad, role="rita")
    with pytest.raises(psycopg.DataError):
        calls.ask("SELECT put_review('of-ben', %s)", review("of-ana", "reviewer"), role="rita")
    assert calls.ask("SELECT reviewer, by_reviewer FROM review ORDER BY 1, 2") == [
        ("ana", False), ("ben", False), ("rita", True),
    ]  # fmt: skip


def test_the_person_who_made_the_call_reads_what_others_think_of_it(calls: Floor) -> None:
    calls.ask("SELECT put_review('of-ana', %s)", review("of-ana", "reviewer"), role="rita")
    assert names(calls, "review", "ana") == {"ana", "rita"}
    assert names(calls, "review", "ben") == {"ben"}


@pytest.mark.parametrize("role", ["paul", "nobody"])
def test_a_publisher_and_one_without_rights_write_no_review(calls: Floor, role: str) -> None:
    with pytest.raises(DENIED):
        calls.ask("SELECT recovery.put_review('of-ana', %s)", review("of-ana", "reviewer"), role=role)


def test_old_marks_of_erasures_are_read_by_all_and_changed_by_nobody(calls: Floor) -> None:
    calls.do("INSERT INTO erasure (desk, mark) VALUES ('d', 'm')")
    for role in ("ana", "ben", "rita", "paul"):
        assert calls.ask("SELECT mark FROM erasure", role=role) == [("m",)]
    for role in PEOPLE:
        for statement in (
            "DELETE FROM recovery.erasure", "UPDATE recovery.erasure SET mark = 'n'",
            "INSERT INTO recovery.erasure (desk, mark) VALUES ('d', 'm')",
        ):  # fmt: skip
            with pytest.raises(DENIED):
                calls.do(statement, role=role)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO recovery.migration (number, name, done_by) VALUES (99, 'x', 'x')",
        "UPDATE recovery.migration SET number = 0",
        "DELETE FROM recovery.migration",
        "DROP TABLE recovery.call",
        "CREATE TABLE recovery.own (x int)",
        "ALTER TABLE recovery.call DISABLE ROW LEVEL SECURITY",
        "CREATE POLICY all_of_it ON recovery.call USING (true)",
        "CREATE FUNCTION recovery.now() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "GRANT recovery_reviewer TO ana",
        "SET ROLE recovery_owner",
        "SET SESSION AUTHORIZATION postgres",
    ],
)
def test_nobody_but_the_owner_changes_the_schema_itself(database: Floor, statement: str) -> None:
    for role in PEOPLE:
        with database.connect(role) as connection, pytest.raises(psycopg.Error) as refused:
            connection.execute(statement.encode())
        assert refused.value.sqlstate in {"42501", "22023"}, (role, refused.value)


def test_months_are_made_by_agents_alone(database: Floor) -> None:
    for role in ("rita", "paul", "nobody"):
        with pytest.raises(DENIED):
            database.ask("SELECT recovery.make_month(0)", role=role)


def micros(moment: datetime) -> int:
    return int(moment.timestamp()) * 1_000_000


def test_a_month_is_made_once_and_a_wrong_clock_makes_none(database: Floor) -> None:
    tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'recovery'"
    ((before,),) = database.ask(tables)
    for moment in (micros(NOVEMBER), micros(NOVEMBER) + 1, -(2**63), 0, 2**63 - 1):
        database.ask("SELECT make_month(%s)", moment, role="ana")
    assert database.ask(tables) == [(before + 2,)]
    for number, year in enumerate((2025, 1990, 2150)):
        keep(database, "ana", f"call-{number}", NOVEMBER.replace(year=year))
    assert database.ask("SELECT count(*) FROM call", role="ana") == [(3,)]
    parts = database.ask("SELECT DISTINCT tableoid::regclass::text FROM call ORDER BY 1")
    assert [part for (part,) in parts] == [MONTH, "call_after", "call_before"]


def test_the_ends_of_a_month_are_those_of_the_calendar(database: Floor) -> None:
    first, last = datetime(2025, 12, 1, tzinfo=UTC), datetime(2025, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    least = timedelta(microseconds=1)
    for number, moment in enumerate((first - least, first, last, last + least)):
        keep(database, "ana", f"call-{number}", moment)
    parts = database.ask("SELECT tableoid::regclass::text FROM call ORDER BY started")
    assert [part for (part,) in parts] == [MONTH, "call_2025_12", "call_2025_12", "call_2026_01"]


def test_a_search_path_of_ones_own_does_not_lead_the_owners_functions_astray(database: Floor) -> None:
    with database.connect("ana") as connection:
        connection.execute(
            "CREATE FUNCTION pg_temp.to_regclass(text) RETURNS regclass LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE 'led astray'; END $$"
        )
        connection.execute("SET search_path = pg_temp, pg_catalog, recovery")
        connection.execute("SELECT recovery.make_month(%s)", (micros(NOVEMBER),))
    assert database.ask("SELECT to_regclass(%s) IS NOT NULL", MONTH) == [(True,)]


def test_every_function_of_the_owners_has_a_fixed_search_path_and_is_nobodys_by_default(database: Floor) -> None:
    found = database.ask(
        "SELECT proname, proconfig, has_function_privilege('nobody', p.oid, 'EXECUTE') "
        "FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace WHERE nspname = 'recovery' AND prosecdef"
    )
    assert found
    for name, config, everybody in found:
        assert any(line.startswith("search_path=pg_catalog") for line in config or ()), name
        assert not everybody, name


def test_every_table_has_row_security_and_gives_nothing_to_everybody(calls: Floor) -> None:
    tables = calls.ask(
        "SELECT relname, relrowsecurity, relacl::text FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace "
        "WHERE nspname = 'recovery' AND relkind IN ('r', 'p')"
    )
    assert {name for name, *_ in tables} >= {*EVERY, *PARTS}
    for name, secured, rights in tables:
        assert secured, name
        assert "{=" not in (rights or ""), name
        assert ",=" not in (rights or ""), name


def test_the_groups_themselves_cannot_log_in(database: Floor) -> None:
    roles = database.ask(
        "SELECT rolname, rolcanlogin, rolsuper, rolbypassrls FROM pg_roles WHERE rolname LIKE 'recovery%%'"
    )
    assert {role for role, *_ in roles} == {*GROUPS}
    assert not any(may for _, *more in roles for may in more)


def test_an_agents_newest_calls_come_out_of_an_index_in_order(calls: Floor) -> None:
    calls.do(
        "INSERT INTO known (id, started, owner, desk, digest) "
        f"SELECT 'c' || g, {micros(NOVEMBER)} + g, CASE WHEN g %% 20 = 0 THEN 'ana' ELSE 'others' END, 'd', 'x' "
        "FROM generate_series(1, 9000) g"
    )
    calls.do(
        "INSERT INTO call (key, id, started, owner, desk, share, digest, raw, document) "
        "SELECT key, id, started, owner, 'd', 'all', 'x', '', '{}' FROM known WHERE id LIKE 'c%%'"
    )
    calls.do("ANALYZE call")
    with calls.connect("ana") as connection:
        plan = connection.execute("EXPLAIN SELECT id FROM call ORDER BY started DESC, id DESC LIMIT 20").fetchall()
    told = "\n".join(line for (line,) in plan)
    assert f"using {MONTH}_owner_started_id_idx" in told
    assert "Sort" not in told


def test_a_reviewer_pays_nothing_for_row_security(calls: Floor) -> None:
    for role in ("rita", "trial"):
        with calls.connect(role) as connection:
            plan = connection.execute("EXPLAIN SELECT id FROM call ORDER BY started DESC, id DESC LIMIT 20").fetchall()
        assert not any("Filter" in line for (line,) in plan), role
