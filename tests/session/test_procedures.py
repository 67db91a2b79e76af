"""A procedure counts as done only where it was done in this call."""

from __future__ import annotations

from datetime import UTC, datetime

from recoverycli.session import events as ev
from recoverycli.session.state import apply, begin
from tests.content import framework, started

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
IDENTITY = {"id": "identity", "intent": "assess", "procedure": True}
SMALL_TALK = framework("small-talk", [{"id": "ask", "intent": "assess"}, {"id": "solve", "intent": "solve"}])
ACCOUNT = framework("account", [IDENTITY, {"id": "ask", "intent": "assess"}, {"id": "solve", "intent": "solve"}])


def test_a_switch_marks_no_procedure_as_done_that_was_not_done() -> None:
    asked = apply(begin(started(SMALL_TALK, NOW)), ev.Moved(at=NOW, to="solve", leaving="done"))
    session = apply(asked, ev.Switched(at=NOW, framework=ACCOUNT, digest="d"))
    assert session.place.step == "identity"
    assert [record.status for record in session.walk] == ["open", "done", "open"]


def test_a_procedure_that_was_done_does_the_work_of_no_other_step() -> None:
    checked = apply(begin(started(ACCOUNT, NOW)), ev.Moved(at=NOW, to="ask", leaving="done"))
    session = apply(checked, ev.Switched(at=NOW, framework=SMALL_TALK, digest="d"))
    assert session.place.step == "ask"


def test_a_procedure_stays_done_where_it_was_done() -> None:
    checked = apply(begin(started(ACCOUNT, NOW)), ev.Moved(at=NOW, to="ask", leaving="done"))
    away = apply(checked, ev.Switched(at=NOW, framework=SMALL_TALK, digest="d"))
    session = apply(away, ev.Switched(at=NOW, framework=ACCOUNT, digest="d"))
    assert [record.status for record in session.walk] == ["done", "open", "open"]
