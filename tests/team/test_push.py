"""What a desk sends: each call once and byte for byte, whatever fails in between, and nothing that is not to leave."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoverycli.session.transcript.model import TranscriptCustomer, TranscriptSaid, decode, encode
from recoverycli.store import outbox
from recoverycli.store.calls.archive import Archive
from recoverycli.store.calls.transcript_file import Stored
from recoverycli.team.calls import TeamCalls
from recoverycli.team.share import shared_bytes
from tests.commands.recovery import Recovery
from tests.hostile.unpacked import Unpacked
from tests.review.calls import NOW, a_call, promise
from tests.synthetic import calls

if TYPE_CHECKING:
    from recoverycli.session.transcript.model import Call
    from recoverycli.settings.model import Share
    from tests.team.floor import Floor

PATIENCE = 60.0


def desk(home: Path, database: Floor, role: str = "ana") -> Recovery:
    """A desk that is connected as somebody."""
    connected = Recovery(home)
    done = connected("team", "connect", database.dsn(role))
    assert done.returncode == 0, done.stderr
    return connected


@pytest.fixture
def ana(tmp_path: Path, database: Floor) -> Recovery:
    return desk(tmp_path / "ana", database)


def walked(recovery: Recovery, *lines: str, **named: str) -> str:
    """Walk a call; return its id."""
    words = [word for name, value in named.items() for word in (f"--{name}", value)]
    done = recovery("start", "learn", *words, stdin="\n".join((*lines, "/end resolved\n")))
    assert done.returncode == 0, done.stderr
    return done.stdout.rstrip().rpartition("/")[2].removesuffix(".json")


def pushed(recovery: Recovery, *words: str, code: int = 0, **environ: str) -> dict[str, Any]:
    done = recovery("team", "push", "--json", *words, environ=environ)
    assert done.returncode == code, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def raws(database: Floor) -> dict[str, bytes]:
    """The calls of the database, by their ids: one row each."""
    rows = database.ask("SELECT known.id, raw FROM recovery.known LEFT JOIN recovery.call ON call.key = known.key")
    assert len(rows) == len({call_id for call_id, _ in rows})
    return {call_id: bytes(raw) for call_id, raw in rows}


def files(*desks: Recovery) -> dict[str, bytes]:
    return {path.stem: path.read_bytes() for one in desks for path in one.data.glob("sessions/*/*/*/*.json")}


def test_calls_are_there_once_and_byte_for_byte_and_nothing_waits(ana: Recovery, database: Floor) -> None:
    for number in range(3):
        walked(ana, f"note {number}", customer="Ana Quist", channel="phone")
    assert ana("team", "push", "--dry-run").stdout == "3 calls wait to be sent: recovery team push\n"
    assert ana("team", "push").stdout == "sent: 3 new\n"
    assert raws(database) == files(ana)
    assert ana("team", "push").stdout == "Nothing waited.\n"
    assert pushed(ana, "--all")["there_already"] == 3
    assert raws(database) == files(ana)
    assert json.loads(ana("team", "status", "--json").stdout)["waiting"] == 0


def test_a_desk_that_is_not_connected_marks_nothing(tmp_path: Path) -> None:
    alone = Recovery(tmp_path)
    walked(alone, "a note")
    assert not (alone.data / "team").exists()
    refused = alone("team", "push")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("recovery: this desk is not connected to a database")


def test_what_is_corrected_later_follows_and_the_transcript_stays(ana: Recovery, database: Floor) -> None:
    call_id = walked(ana, "/promise call back by tomorrow 5pm")
    pushed(ana)
    first = raws(database)[call_id]
    assert ana("followups", "done", f"{call_id}/p1", "--satisfied", "yes").returncode == 0
    assert ana("log", "amend", call_id, "--outcome", "escalated").returncode == 0
    assert pushed(ana)["amended"] == 1
    assert raws(database)[call_id] == first
    with database.connect() as asked:
        (stored,) = TeamCalls(asked).each([call_id])
    assert isinstance(stored, Stored)
    assert stored.transcript.document == json.loads(files(ana)[call_id])
    assert database.ask("SELECT outcome FROM recovery.call") == [("escalated",)]
    assert database.ask("SELECT count(*) FROM recovery.commitment WHERE done IS NOT NULL AND satisfied = 1") == [(1,)]
    here, there = (json.loads(ana("log", "list", *team, "--json").stdout) for team in ((), ("--team",)))
    assert there == {**here, "agent": "ana"}


def test_an_assessment_follows_and_goes_with_its_file(ana: Recovery, database: Floor) -> None:
    call_id = walked(ana, "a note")
    assert ana("log", "review", call_id, "--as", "self", "--set", "steps=yes").returncode == 0
    assert pushed(ana)["sent"] == 1
    assert database.ask("SELECT call, reviewer FROM recovery.review") == [(call_id, "ana")]
    assert ana("log", "review", call_id, "--dispute", "the line was bad").returncode == 0
    assert pushed(ana)["assessed"] == 1
    ((raw,),) = database.ask("SELECT raw FROM recovery.review")
    assert raw == (ana.data / "reviews" / f"{call_id}.json").read_bytes()


def test_a_call_that_is_deleted_here_is_deleted_there(ana: Recovery, database: Floor) -> None:
    kept, gone = walked(ana, "one"), walked(ana, "two")
    pushed(ana)
    assert ana("log", "delete", gone, "--yes").returncode == 0
    assert pushed(ana)["deleted"] == 1
    assert set(raws(database)) == {kept}
    assert database.ask("SELECT count(*) FROM recovery.step JOIN recovery.known ON key = call") == database.ask(
        "SELECT count(*) FROM recovery.step"
    )


def test_a_customer_who_is_erased_is_erased_there_and_another_desk_learns_of_it(
    ana: Recovery, database: Floor, tmp_path: Path
) -> None:
    ben = desk(tmp_path / "ben", database, "ben")
    theirs = walked(ben, "a note", customer="Zoë Quist")
    walked(ben, "a note", customer="Another")
    pushed(ben)
    walked(ana, "a note", customer="Zoë Quist")
    other = walked(ana, "Zoë Quist rang before", customer="Another")
    pushed(ana)
    assert ana("log", "erase", "--customer", "Zoë Quist", "--yes").returncode == 0
    done = pushed(ana)
    assert (done["erased"], done["replaced"]) == (1, 1)
    assert "Quist" not in raws(database)[other].decode()
    everything = database.ask(
        "SELECT c::text, (SELECT string_agg(e::text, ' ') FROM recovery.erasure e) FROM recovery.call c"
        " WHERE owner = 'ana'"
    )
    assert "Quist" not in str(everything)
    told = ben("team", "pull")
    assert told.returncode == 0, told.stderr
    assert f"recovery log show {theirs}" in told.stderr
    assert "1 call here is of a customer who was erased at another desk" in told.stderr


def test_other_words_for_a_customer_are_erased_there_too_and_who_is_doubtful_stays(
    ana: Recovery, database: Floor
) -> None:
    mentioning = walked(ana, "Mrs Quist, z.quist@x.com, rang", customer="Another")
    for customer in ("Zoë Quist", "Mrs Quist"):
        walked(ana, "a note", customer=customer)
    doubtful = walked(ana, "a note", customer="Zoë Quist-Brandt")
    pushed(ana)
    also = ("--also", "Mrs Quist", "--also", "z.quist@x.com")
    assert ana("log", "erase", "--customer", "Zoë Quist", *also, "--yes").returncode == 0
    pushed(ana)
    left = raws(database)
    assert set(left) == {mentioning, doubtful}
    assert "quist" not in left[mentioning].decode().lower()
    assert raws(database)[doubtful] == files(ana)[doubtful]


def test_an_erasure_can_begin_at_a_desk_that_has_nothing_of_the_person(
    ana: Recovery, database: Floor, tmp_path: Path
) -> None:
    ben = desk(tmp_path / "ben", database, "ben")
    theirs = walked(ben, "a note", customer="Zoë Quist")
    walked(ana, "a note", customer="Zoë Quill")
    pushed(ana)
    looked = ana("log", "erase", "--customer", "Zoë Quist", "--dry-run")
    assert looked.returncode == 0
    assert looked.stdout.endswith("asked to erase them. Nothing was changed.\n")
    assert "Similar names: Zoë Quill" in looked.stderr
    unasked = ana("log", "erase", "--customer", "Zoë Quist")
    assert (unasked.returncode, outbox.erasures(ana.data)) == (2, [])
    assert ana("log", "erase", "--customer", "Zoë Quist", "--yes").stdout.startswith("recorded: ")
    assert "Quist" not in "".join(path.read_text(encoding="utf-8") for path in (ana.data / "team").rglob("erasure-*"))
    assert pushed(ana)["erased"] == 1
    assert f"recovery log show {theirs}" in ben("team", "pull").stderr


def test_a_desk_that_was_restored_from_a_backup_makes_no_doubles(
    ana: Recovery, database: Floor, tmp_path: Path
) -> None:
    call_id = walked(ana, "/promise call back by tomorrow 5pm")
    pushed(ana)
    assert ana("log", "backup", str(tmp_path / "kept.tar.gz")).returncode == 0
    ana("followups", "done", f"{call_id}/p1")
    pushed(ana)
    again = desk(tmp_path / "again", database)
    assert again("log", "restore", str(tmp_path / "kept.tar.gz"), "--yes").returncode == 0
    assert pushed(again, "--all")["there_already"] == 1
    # What was put right since the backup stays.
    assert database.ask("SELECT count(*) FROM recovery.commitment WHERE done IS NOT NULL") == [(1,)]


def test_one_id_with_other_words_is_reported_and_nothing_is_overwritten(ana: Recovery, database: Floor) -> None:
    call_id = walked(ana, "a note")
    pushed(ana)
    before = raws(database)
    (path,) = ana.data.glob("sessions/*/*/*/*.json")
    path.write_bytes(path.read_bytes().replace(b"a note", b"another"))
    done = ana("team", "push", "--all")
    assert done.returncode == 1
    assert f"not sent: {call_id}: the database has it with other text" in done.stderr
    assert raws(database) == before
    assert outbox.waiting_calls(ana.data) == [call_id]


def test_the_id_of_anothers_call_is_reported_and_the_rest_is_sent(
    ana: Recovery, database: Floor, tmp_path: Path
) -> None:
    ben = desk(tmp_path / "ben", database, "ben")
    call_id = walked(ben, "a note")
    pushed(ben)
    Archive(ana.data).write(msgspec.structs.replace(decode(files(ben)[call_id]).call, summary="mine"))
    other = walked(ana, "another")
    done = pushed(ana, "--all", code=1)
    assert [one["id"] for one in done["kept"]] == [call_id]
    assert "another desk has a call with that id" in done["kept"][0]["why"]
    assert raws(database) == {**files(ben), other: files(ana)[other]}


ODD: dict[str, Call] = {
    "a-nul": a_call(tail="aa01", summary="before\0after", issue="\0", customer=TranscriptCustomer("N\0ul", None)),
    "1970": a_call(tail="aa02", at=NOW.replace(year=1970)),
    "2150": a_call(tail="aa03", at=NOW.replace(year=2150)),
    "large": a_call(tail="aa04", summary="wörd " * 1_000_000),
    "quotes": a_call(promise(1, 'it\'s \\ "so" %s {} $1', None), tail="aa05", summary="%s ? \\u0000"),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_calls_are_stored_byte_for_byte(ana: Recovery, database: Floor, name: str) -> None:
    Archive(ana.data).write(ODD[name])
    assert pushed(ana, "--all")["kept"] == []
    assert raws(database) == files(ana) == {ODD[name].id: encode(ODD[name])}


NAMES = ("Zoë Quist", "C-104-77", "Dana Agent")


@pytest.mark.parametrize("share", ["no-names", "numbers"])
def test_no_name_and_no_reference_leaves_where_that_was_chosen(ana: Recovery, database: Floor, share: str) -> None:
    call_id = walked(
        ana, "Zoë Quist says that C-104-77 is late", "/said I see, Zoë Quist", "/offer refund 20",
        "/promise ring Zoë Quist by tomorrow 5pm", "/cause Dana Agent was away",
        customer=NAMES[0], ref=NAMES[1], agent=NAMES[2], issue="parcel",
    )  # fmt: skip
    ana("log", "amend", call_id, "--summary", "Zoë Quist was gracious")
    assert pushed(ana, RECOVERY_TEAM_SHARE=share)["sent"] == 1
    kept = str(
        database.ask("SELECT c::text, convert_from(raw, 'UTF8'), document::text, words::text FROM recovery.call c")
    )
    kept += str(
        database.ask(
            "SELECT commitment::text, (SELECT string_agg(o::text, '') FROM recovery.offer o) FROM recovery.commitment"
        )
    )
    shown = ana("log", "show", call_id, "--team").stdout
    assert "Pushed by: ana" in shown
    assert ("figures cannot be checked" in shown) == (share == "numbers")
    told = ana("log", "stats", "--team").stderr
    assert ("1 call came as numbers only" in told) == (share == "numbers")
    for words in (
        "Quist",
        "104-77",
        "Dana",
        *(("parcel", "late", "refund", "away", "gracious") if share == "numbers" else ()),
    ):
        assert words not in kept, words
    assert database.ask("SELECT outcome, promises, steps_total FROM recovery.call") == [("resolved", 1, 5)]
    assert ("late" in kept) == (share == "no-names")
    # Chosen otherwise later, it is put anew.
    assert pushed(ana, "--all")["replaced"] == 1
    assert raws(database) == files(ana)


def test_a_read_only_database_keeps_everything_waiting(ana: Recovery, database: Floor) -> None:
    call_id = walked(ana, "a note")
    before = files(ana)
    refused = ana("team", "push", environ={"PGOPTIONS": "-c default_transaction_read_only=on"})
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("recovery: the database is read-only at the moment\n")
    assert "what was not confirmed waits in the outbox" in refused.stderr
    assert outbox.waiting_calls(ana.data) == [call_id]
    assert files(ana) == before
    assert pushed(ana)["sent"] == 1


# What happens in the database when it has taken in so many calls.
_THEN = """
CREATE SEQUENCE taken; GRANT USAGE ON taken TO recovery_agent;
CREATE FUNCTION strike() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
  IF nextval('public.taken') = {number} THEN {what}; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER strike BEFORE INSERT ON recovery.known FOR EACH ROW EXECUTE FUNCTION strike()"""


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("RAISE 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'", "the database is full"),
        ("PERFORM pg_terminate_backend(pg_backend_pid())", "starting, stopping or was restarted"),
        ("RAISE 'canceling statement due to statement timeout' USING ERRCODE = 'query_canceled'", "answer in time"),
    ],
    ids=["full", "restarted", "slow"],
)
def test_what_was_confirmed_is_sent_and_the_rest_waits(ana: Recovery, database: Floor, what: str, says: str) -> None:
    archive = Archive(ana.data)
    for number in range(60):
        archive.write(a_call(tail=f"aa{number:02}", at=NOW - timedelta(hours=number)))
    with database.connect("postgres") as owner:
        owner.execute("SET search_path = public")
        owner.execute(_THEN.format(number=55, what=what).encode())
    before = files(ana)
    refused = ana("team", "push", "--all")
    assert refused.returncode == 1
    assert says in refused.stderr.splitlines()[0]
    assert "Traceback" not in refused.stderr
    waiting = outbox.waiting_calls(ana.data)
    assert len(waiting) == 10
    assert raws(database) == {call_id: raw for call_id, raw in before.items() if call_id not in waiting}
    assert pushed(ana)["sent"] == 10
    assert raws(database) == files(ana) == before


@settings(max_examples=40)
@given(seed=st.integers(0, 10_000), share=st.sampled_from(["no-names", "numbers"]))
def test_whatever_was_said_no_name_and_no_reference_is_in_what_leaves(seed: int, share: Share) -> None:
    (call,) = calls(1, seed)
    name, ref = "Bartholomea Quillfeather", "ZX-771-904"
    spoken = f"{name} here, {name.upper()}, my reference is {ref}; quillfeather at the door"
    step = call.steps[0]
    heard = TranscriptSaid(call.started_at, spoken)
    told = msgspec.structs.replace(
        call,
        customer=TranscriptCustomer(name, ref),
        agent="Desk of Quillfeather",
        steps=(msgspec.structs.replace(step, said=(*step.said, heard), captured={"who": name}), *call.steps[1:]),
        summary=spoken,
        values={"customer": name, "order": ref},
    )
    raw = encode(told)
    stored = Stored(Path(f"{told.id}.json"), decode(raw), raw)
    leaving = shared_bytes(stored, share)
    assert not any(word in leaving.decode().casefold() for word in ("quillfeather", "bartholomea", "771-904"))
    kept = decode(leaving).call
    assert (kept.id, kept.started_at, kept.outcome) == (told.id, told.started_at, told.outcome)
    assert [(one.id, one.seconds) for one in kept.steps] == [(one.id, one.seconds) for one in told.steps]


def test_a_role_without_the_right_is_reported_in_a_line(database: Floor, tmp_path: Path) -> None:
    nobody = desk(tmp_path, database, "nobody")
    walked(nobody, "a note")
    refused = nobody("team", "push")
    assert refused.returncode == 1
    assert refused.stderr.count("recovery: ") == 1
    assert len(outbox.waiting_calls(nobody.data)) == 1


def test_a_call_that_ends_is_sent_by_a_process_of_its_own(ana: Recovery, database: Floor) -> None:
    assert ana("config", "set", "team.push", "after-call").returncode == 0
    call_id = walked(ana, "a note")
    limit = time.monotonic() + PATIENCE
    while call_id not in raws(database) or outbox.waiting_calls(ana.data):
        assert time.monotonic() < limit, ana("team", "push").stderr
    assert raws(database) == files(ana)


def test_what_sends_a_call_loads_no_code_from_the_current_folder(
    ana: Recovery, database: Floor, tmp_path: Path
) -> None:
    unpacked = Unpacked(tmp_path / "unpacked", tmp_path / "traces")
    relative = {"PATH": unpacked.path, "RECOVERY_TEAM_PUSH": "after-call"}
    done = ana("start", "learn", stdin="a note\n/end resolved\n", cwd=unpacked.folder, environ=relative)
    assert done.returncode == 0, done.stderr
    limit = time.monotonic() + PATIENCE
    while not raws(database) or outbox.waiting_calls(ana.data):
        assert time.monotonic() < limit, ana("team", "status").stdout
        assert unpacked.traces == ""
    assert raws(database) == files(ana)
    assert unpacked.traces == ""


def test_a_push_that_fails_after_a_call_is_reported_once_by_the_next_command(ana: Recovery, tmp_path: Path) -> None:
    assert ana("config", "set", "team.push", "after-call").returncode == 0
    away = {"RECOVERY_TEAM_DSN": f"host={tmp_path}/nowhere dbname=recovery"}
    assert ana("start", "learn", stdin="a note\n/end resolved\n", environ=away).returncode == 0
    limit = time.monotonic() + PATIENCE
    while not (warned := ana("log", "list", "--json").stderr):
        assert time.monotonic() < limit
    assert warned.startswith("warning: calls could not be sent to the team after the last call (")
    assert warned.endswith("); send them: recovery team push\n")
    assert warned.count("\n") == 1
    assert ana("log", "list", "--json").stderr == ""
    assert len(outbox.waiting_calls(ana.data)) == 1


def test_a_call_that_was_paused_is_not_sent(ana: Recovery, database: Floor) -> None:
    assert ana("start", "learn", stdin="a note\n").returncode == 0
    assert ana("team", "push").stdout == "Nothing waited.\n"
    assert raws(database) == {}


def test_six_desks_that_send_at_once_are_all_there(database: Floor, tmp_path: Path) -> None:
    desks = [desk(tmp_path / str(number), database, "ana" if number % 2 else "ben") for number in range(6)]
    for number, one in enumerate(desks):
        Archive(one.data).write(a_call(tail=f"b{number:03}", summary="x"))
        walked(one, f"note {number}")
    running = [one.begin("team", "push", "--all", "--quiet") for one in desks]
    for process in running:
        out, err = process.communicate()
        assert (process.returncode, out, err) == (0, b"", b""), err.decode()
    assert raws(database) == files(*desks)
