"""Who may what, tried in SQL itself: an agent, a reviewer, a publisher, and one without any right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from recoverycli.team.migrate import GROUPS
from tests.team.floor import PEOPLE

if TYPE_CHECKING:
    from tests.team.floor import Floor

NOVEMBER = 1_764_000_000_000_000
MONTH = "call_2025_11"
DENIED = psycopg.errors.InsufficientPrivilege
CALLS = ("known", "call", "step", "offer", "commitment", "amendment")
EVERY = (*CALLS, "step_kind", "review", "erasure", "migration")
PARTS = (MONTH, "call_before", "call_after", "step_2025_11", "step_before", "step_after")


def keep(floor: Floor, role: str, name: str, started: int = NOVEMBER) -> int:
    """Put a call of somebody into the database with a row of every kind, as that role; return its key."""
    with floor.connect(role) as database:
        database.execute("SELECT make_month(%s)", (started,))
        with database.transaction():
            made = database.execute(
                "INSERT INTO recovery.known (id, started, desk, digest) VALUES (%s, %s, 'd', 'x') RETURNING key",
                (name, started),
            ).fetchone()
            assert made is not None
            (key,) = made
            database.execute(
                "INSERT INTO recovery.call (key, id, started, outcome, desk, share, digest, raw, document, words) "
                "VALUES (%s, %s, %s, 'resolved', 'd', 'everything', 'x', '{}', '{}', 'late:1')",
                (key, name, started),
            )
            database.execute(
                "INSERT INTO step_kind (framework, id, name, intent, phase) "
                "VALUES ('learn', 'listen', 'Listen', 'listen', 'live') ON CONFLICT DO NOTHING"
            )
            (kind,) = database.execute("SELECT key FROM step_kind").fetchone() or (None,)
            database.execute(
                "INSERT INTO recovery.step (call, place, kind, started) VALUES (%s, 0, %s, %s)", (key, kind, started)
            )
            database.execute("INSERT INTO recovery.offer (call, place, started) VALUES (%s, 0, %s)", (key, started))
            database.execute(
                "INSERT INTO recovery.commitment (call, place, started) VALUES (%s, 0, %s)", (key, started)
            )
            database.execute(
                "INSERT INTO recovery.amendment (call, place, at, field) VALUES (%s, 0, 'now', 'outcome')", (name,)
            )
            database.execute("INSERT INTO review (call, document, raw) VALUES (%s, '{}', '{}')", (name,))
        return int(key)


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


@pytest.mark.parametrize("table", CALLS)
def test_an_agent_deletes_nothing_of_anothers(calls: Floor, table: str) -> None:
    assert calls.do(f"DELETE FROM recovery.{table} WHERE owner = 'ben'", role="ana") == 0
    assert len(calls.ask(f"SELECT FROM recovery.{table} WHERE owner = 'ben'")) == 1


def test_an_agent_changes_nothing_of_anothers(calls: Floor) -> None:
    assert calls.do("UPDATE recovery.call SET outcome = 'unresolved' WHERE id = 'of-ben'", role="ana") == 0
    assert calls.do("UPDATE recovery.known SET digest = 'y' WHERE id = 'of-ben'", role="ana") == 0
    assert calls.do("UPDATE commitment SET done = 1 WHERE owner = 'ben'", role="ana") == 0
    assert calls.do("UPDATE review SET raw = 'y' WHERE call = 'of-ben'", role="ana") == 0
    assert calls.ask("SELECT outcome FROM call WHERE id = 'of-ben'") == [("resolved",)]


def test_an_agent_sets_what_follows_from_an_amendment_of_their_own_call(calls: Floor) -> None:
    assert calls.do("UPDATE recovery.call SET outcome = 'unresolved'", role="ana") == 1
    assert calls.ask("SELECT id, outcome FROM call ORDER BY id") == [("of-ana", "unresolved"), ("of-ben", "resolved")]


@pytest.mark.parametrize(
    "change",
    [
        "id = 'else'", "started = started + 1", "key = 1", "raw = 'y'", "document = '[]'", "digest = 'y'",
        "owner = 'ben'", "desk = 'e'", "share = 'numbers'", "pushed_at = now()",
    ],
)  # fmt: skip
def test_nobody_updates_a_transcript(calls: Floor, change: str) -> None:
    for role in PEOPLE:
        with pytest.raises(DENIED):
            calls.do(f"UPDATE recovery.call SET {change}", role=role)


@pytest.mark.parametrize("change", ["id = 'else'", "started = 1", "owner = 'ben'", "desk = 'e'", "key = DEFAULT"])
def test_what_a_call_is_known_by_stays(calls: Floor, change: str) -> None:
    for role in PEOPLE:
        with pytest.raises(DENIED):
            calls.do(f"UPDATE recovery.known SET {change}", role=role)


_INSERTS = {
    "known": "INSERT INTO recovery.known (id, started, desk, digest, owner) VALUES ('new', 1, 'd', 'x', 'ben')",
    "call": "INSERT INTO recovery.call (key, id, started, owner, desk, share, digest, raw, document) "
    "SELECT key, id, started, owner, 'd', 'everything', 'x', '', '{}' FROM seen",
    "step": "INSERT INTO recovery.step (call, place, kind, owner, started) SELECT key, 7, 1, owner, started FROM seen",
    "offer": "INSERT INTO recovery.offer (call, place, owner, started) SELECT key, 7, owner, started FROM seen",
    "commitment": "INSERT INTO recovery.commitment (call, place, owner, started) "
    "SELECT key, 7, owner, started FROM seen",
    "amendment": "INSERT INTO recovery.amendment (call, place, at, field, owner) "
    "SELECT id, 7, 'now', 'x', owner FROM seen",
}


@pytest.mark.parametrize("table", CALLS)
def test_an_agent_puts_nothing_in_under_anothers_name(calls: Floor, table: str) -> None:
    (key,) = calls.ask("SELECT key FROM known WHERE id = 'of-ben'")[0]
    seen = f"WITH seen AS (SELECT {key} AS key, 'of-ben' AS id, {NOVEMBER} AS started, 'ben' AS owner) "
    with pytest.raises(DENIED, match="row-level security"):
        calls.do(seen + _INSERTS[table], role="ana")


@pytest.mark.parametrize("table", ["step", "offer", "commitment"])
def test_an_agent_hangs_nothing_of_their_own_on_anothers_call(calls: Floor, table: str) -> None:
    (key,) = calls.ask("SELECT key FROM known WHERE id = 'of-ben'")[0]
    seen = f"WITH seen AS (SELECT {key} AS key, {NOVEMBER} AS started, 'ana' AS owner) "
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        calls.do(seen + _INSERTS[table], role="ana")


@pytest.mark.parametrize(
    ("table", "columns", "values"),
    [("amendment", "place, at, field", "7, 'now', 'outcome'"), ("review", "document, raw", "'{}', ''")],
)
def test_an_agent_amends_and_assesses_no_call_of_anothers(calls: Floor, table: str, columns: str, values: str) -> None:
    with pytest.raises(DENIED, match="row-level security"):
        calls.do(f"INSERT INTO recovery.{table} (call, {columns}) VALUES ('of-ben', {values})", role="ana")


def test_an_agent_passes_no_call_off_as_anothers(calls: Floor) -> None:
    (key,) = calls.ask("SELECT key FROM known WHERE id = 'of-ana'")[0]
    seen = f"WITH seen AS (SELECT {key} AS key, 'of-ben' AS id, {NOVEMBER} AS started, 'ana' AS owner) "
    calls.do("DELETE FROM call", role="ana")
    with pytest.raises(DENIED, match="row-level security"):
        calls.do(seen + _INSERTS["call"], role="ana")


def test_a_name_that_is_known_is_taken_and_gives_nothing_away(calls: Floor) -> None:
    again = "INSERT INTO recovery.known (id, started, desk, digest) VALUES ('of-ben', 1, 'd', 'x')"
    assert calls.do(f"{again} ON CONFLICT DO NOTHING", role="ana") == 0
    with pytest.raises(DENIED, match="row-level security"):
        calls.do(f"{again} ON CONFLICT (id) DO UPDATE SET digest = 'y'", role="ana")


def test_no_key_is_chosen_by_hand(calls: Floor) -> None:
    with pytest.raises(DENIED):
        calls.do(
            "INSERT INTO recovery.known (id, key, started, desk, digest) OVERRIDING SYSTEM VALUE "
            "VALUES ('new', 1, 1, 'd', 'x')",
            role="ana",
        )


def test_a_call_that_goes_takes_everything_of_it_along(calls: Floor) -> None:
    calls.do("INSERT INTO review (call, document, raw) VALUES ('of-ana', '{}', '')", role="rita")
    assert calls.do("DELETE FROM known WHERE id = 'of-ana'", role="ana") == 1
    assert {table: names(calls, table, "rita") for table in (*CALLS, "review")} == {
        table: {"ben"} for table in (*CALLS, "review")
    }


@pytest.mark.parametrize("table", CALLS)
@pytest.mark.parametrize("role", ["rita", "paul", "nobody"])
def test_a_reviewer_a_publisher_and_one_without_rights_write_no_call(calls: Floor, table: str, role: str) -> None:
    (key,) = calls.ask("SELECT key FROM known WHERE id = 'of-ben'")[0]
    seen = f"WITH seen AS (SELECT {key} AS key, 'of-ben' AS id, {NOVEMBER} AS started, '{role}' AS owner) "
    with pytest.raises(DENIED):
        calls.do(seen + _INSERTS[table], role=role)
    with pytest.raises(DENIED):
        calls.do(f"DELETE FROM recovery.{table}", role=role)
    with pytest.raises(DENIED):
        calls.do("UPDATE recovery.call SET outcome = 'unresolved'", role=role)
    with pytest.raises(DENIED):
        calls.do(f"TRUNCATE recovery.{table}", role=role)


def test_a_reviewer_writes_reviews_under_their_own_name_alone(calls: Floor) -> None:
    calls.do("INSERT INTO review (call, document, raw) VALUES ('of-ana', '{}', '')", role="rita")
    with pytest.raises(DENIED, match="row-level security"):
        calls.do("INSERT INTO review (call, reviewer, document, raw) VALUES ('of-ana', 'ben', '{}', '')", role="rita")
    assert calls.do("UPDATE review SET document = '[]'", role="rita") == 1
    assert calls.do("DELETE FROM review WHERE reviewer <> 'rita'", role="rita") == 0
    with pytest.raises(DENIED):
        calls.do("UPDATE review SET reviewer = 'ben'", role="rita")
    with pytest.raises(DENIED):
        calls.do("UPDATE review SET call = 'of-ben'", role="rita")


def test_the_person_who_made_the_call_reads_what_others_think_of_it(calls: Floor) -> None:
    calls.do("INSERT INTO review (call, document, raw) VALUES ('of-ana', '{}', '')", role="rita")
    assert names(calls, "review", "ana") == {"ana", "rita"}
    assert names(calls, "review", "ben") == {"ben"}


@pytest.mark.parametrize("role", ["paul", "nobody"])
def test_a_publisher_and_one_without_rights_write_no_review(calls: Floor, role: str) -> None:
    with pytest.raises(DENIED):
        calls.do("INSERT INTO recovery.review (call, document, raw) VALUES ('of-ana', '{}', '')", role=role)


def test_every_desk_learns_of_an_erasure_and_nobody_takes_it_back(calls: Floor) -> None:
    calls.do("INSERT INTO erasure (desk, mark) VALUES ('d', 'm')", role="ana")
    for role in ("ana", "ben", "rita", "paul"):
        assert calls.ask("SELECT mark FROM erasure", role=role) == [("m",)]
    for role in PEOPLE:
        with pytest.raises(DENIED):
            calls.do("DELETE FROM recovery.erasure", role=role)
        with pytest.raises(DENIED):
            calls.do("UPDATE recovery.erasure SET mark = 'n'", role=role)
    with pytest.raises(DENIED, match="row-level security"):
        calls.do("INSERT INTO erasure (desk, owner, mark) VALUES ('d', 'ben', 'm')", role="ana")
    for role in ("paul", "nobody"):
        with pytest.raises(DENIED):
            calls.do("INSERT INTO recovery.erasure (desk, mark) VALUES ('d', 'm')", role=role)


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


def test_a_month_is_made_once_and_a_wrong_clock_makes_none(database: Floor) -> None:
    tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'recovery'"
    ((before,),) = database.ask(tables)
    for moment in (NOVEMBER, NOVEMBER + 1, -(2**63), 0, 2**63 - 1):
        database.ask("SELECT make_month(%s)", moment, role="ana")
    assert database.ask(tables) == [(before + 2,)]
    for number, moment in enumerate((NOVEMBER, -(2**63), 0, 2**63 - 1)):
        keep(database, "ana", f"call-{number}", moment)
    assert database.ask("SELECT count(*) FROM call", role="ana") == [(4,)]
    parts = database.ask("SELECT DISTINCT tableoid::regclass::text FROM call ORDER BY 1")
    assert [part for (part,) in parts] == [MONTH, "call_after", "call_before"]


def test_the_ends_of_a_month_are_those_of_the_calendar(database: Floor) -> None:
    first, last = 1_764_547_200_000_000, 1_767_225_599_999_999
    for number, moment in enumerate((first - 1, first, last, last + 1)):
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
        connection.execute("SELECT recovery.make_month(%s)", (NOVEMBER,))
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
        f"SELECT 'c' || g, {NOVEMBER} + g, CASE WHEN g %% 20 = 0 THEN 'ana' ELSE 'others' END, 'd', 'x' "
        "FROM generate_series(1, 9000) g"
    )
    calls.do(
        "INSERT INTO call (key, id, started, owner, desk, share, digest, raw, document) "
        "SELECT key, id, started, owner, 'd', 'everything', 'x', '', '{}' FROM known WHERE id LIKE 'c%%'"
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
