"""Whatever is typed: lines of a call, words to look for, dates, amounts, names. It means something, or is refused."""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import example, given

from recoverycli.content.library import Source
from recoverycli.errors import RecoveryError
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.live.call import LiveCall
from recoverycli.live.environment import CallEnvironment
from recoverycli.redaction.redact import redact
from recoverycli.session import events as ev
from recoverycli.session.filters import Filters
from recoverycli.session.grammar.amounts import BadAmount, split_amount, split_percent
from recoverycli.session.grammar.meanings import Misunderstood, Record
from recoverycli.session.grammar.parse import interpret
from recoverycli.session.query import best_sentence, read_search
from recoverycli.session.state import apply, begin, fold
from recoverycli.store.calls.archive import Archive
from recoverycli.store.calls.transcript_file import Stored, read_stored
from recoverycli.store.index.index import Index
from recoverycli.store.index.search import search, search_prefix
from recoverycli.store.journal.reader import read_journal
from recoverycli.store.maintenance.backup import is_member
from recoverycli.text.safe import escape, json_line
from recoverycli.times.future import read_date
from recoverycli.times.past import read_since, read_until
from tests.conftest import Clock, loaded
from tests.content import BRANCHING, LITTLE, OTHER, WAY_OUT, started
from tests.hostile import strategies as some
from tests.hostile.fuzzing import counted, target
from tests.synthetic import calls

if TYPE_CHECKING:
    from recoverycli.frameworks.library import LoadedFramework

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
KNOWN = {framework.id: framework for framework in (LITTLE, OTHER, WAY_OUT, BRANCHING)}
ROOT = Path(__file__).parents[2]


def load(wanted: str) -> LoadedFramework:
    if wanted not in KNOWN:
        raise RecoveryError(f"there is no framework {wanted}", hint="There are others.")
    return loaded(KNOWN[wanted], Path())


@target("lines", 250)
@example(["/tick 0000019"])
@example(["/copy 0000019"])
@example(["/promise x", "/due 01 friday"])
@example(["/tick " + "0" * 6 + "1" * 5000])
@given(some.lines)
@counted("lines")
def test_any_lines_have_a_meaning_and_none_is_lost(typed: list[str]) -> None:
    session = begin(started(BRANCHING if len(typed) % 2 else LITTLE, NOW))
    for line in typed:
        meaning = interpret(session, line, NOW, read_date)
        if isinstance(meaning, Misunderstood):
            assert meaning.why
        if isinstance(meaning, Record):
            after = apply(session, meaning.event)
            if isinstance(meaning.event, ev.PromiseDated):
                assert meaning.event.promise in {promise.id for promise in after.promises}, line
            elif isinstance(meaning.event, ev.Noted | ev.Said | ev.Promised | ev.Ticked):
                same = msgspec.structs.replace(after, before=session.before) == session
                assert not same, f"{line!r} was confirmed and changed nothing"
            session = after
        masked, _ = redact(line)
        assert redact(masked)[0] == masked
        assert some.OBEYED.search(escape(line)) is None


@target("calls on disk", 20)
@example(["/due 01 friday", "/tick 0000019", "/end resolved"])
@given(some.lines)
@counted("calls on disk")
def test_any_call_is_on_the_disk_as_it_is_and_its_transcript_can_be_read_back(typed: list[str]) -> None:
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        call = LiveCall.start(CallEnvironment(home, clock, load, read_date), lambda: started(LITTLE, clock()))
        journal = home / "live" / f"{call.session.id}.jsonl"
        for line in [*typed, "/end", "/end unresolved"]:
            reply = call.hear(line)
            if reply.left is not None:
                if reply.left.how != "paused":
                    stored = read_stored(reply.left.path)
                    assert isinstance(stored, Stored), stored
                    assert not journal.exists()
                return
            read = read_journal(journal)
            assert not read.bad
            assert fold(read.events) == msgspec.structs.replace(call.session, arrangement=None)
        call.close()


@cache
def a_store() -> tuple[tempfile.TemporaryDirectory[str], Index]:
    folder = tempfile.TemporaryDirectory()
    home = Path(folder.name)
    for call in calls(12, seed=5):
        Archive(home).write(call)
    index = Index(home)
    index.rebuild()
    return folder, index


@target("searches", 150)
@example("x " * 3000)
@example("-x " * 3000)
@example('"' + "x " * 5000)
@example("note:x* OR " * 900)
@given(some.texts)
@counted("searches")
def test_any_words_can_be_looked_for(typed: str) -> None:
    _, index = a_store()
    wanted = read_search(typed)
    connection = index.ask(lambda found: found)
    try:
        if wanted.groups or wanted.without:
            for order in ("rank", "newest"):
                hits = search(connection, wanted, Filters(limit=10**30), NOW, order)
                assert len(hits.hits) == hits.total
        _, total = search_prefix(connection, typed[:300], Filters(limit=5, agent="x", customer="y"), NOW)
    except sqlite3.Error as fault:
        raise AssertionError(f"{typed[:80]!r}: {fault}") from fault
    assert total == 0
    for call in list(calls(2, seed=5)):
        found = best_sentence(call, wanted)
        assert found is None or all(0 <= start < end <= len(found.text) for start, end in found.marks)


@target("words of dates", 300)
@example("9" * 5000 + " days")
@given(some.texts)
@counted("words of dates")
def test_any_words_are_a_date_of_our_time_or_none(typed: str) -> None:
    for read in (read_date, read_since, read_until):
        found = read(typed, NOW)
        for moment in found if isinstance(found, tuple) else (found,):
            assert moment is None or (moment.tzinfo is not None and 1000 <= moment.year < 9000)


@target("amounts", 300)
@example("refund " + "9" * 18)
@example("refund " + " " * 5000 + "1")
@given(some.texts)
@counted("amounts")
def test_any_words_are_an_amount_that_can_be_meant_or_none(typed: str) -> None:
    try:
        remedy, readings = split_amount(typed)
        percent = split_percent(typed)
    except BadAmount:
        return
    assert remedy or not typed.strip()
    assert all(0 <= one.value <= 1e9 for one in readings)
    assert percent is None or 0 <= percent[1] <= 100


@target("names", 200)
@example("../../x")
@example("sessions/2026/11/23/../../../../x")
@example("\u0662\u0660\u0662\u0666\u0661\u0661\u0662\u0663T090000-learn-aaaa")
@example("20261123T090000-" + "a" * 5000 + "-aaaa")
@given(some.names)
@counted("names")
def test_any_name_leads_nowhere_else(typed: str) -> None:
    home = Path("/home/of/it").absolute()
    if is_member(typed):
        assert home in Path(f"{home}/{typed}").resolve().parents
    with contextlib.suppress(RecoveryError):
        assert (home / "sessions") in Archive(home).path(typed).resolve().parents
        assert typed.isascii()
    with pytest.raises(RecoveryError):
        FrameworkLibrary((Source(ROOT / "frameworks" / "none", "project"), Source(ROOT / "tests", "built-in"))).load(
            typed
        )
    told = json_line({"typed": typed})
    assert "\n" not in told
    assert some.OBEYED.search(told) is None
