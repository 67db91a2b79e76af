"""Calls with promises and tasks, made by the real engine and then given what the test is about."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import msgspec

from recoverycli.session import events as ev
from recoverycli.session.state import fold
from recoverycli.session.transcript.account import account
from recoverycli.session.transcript.model import TranscriptAmendment, TranscriptPromise, TranscriptTask
from tests.content import LITTLE, started

if TYPE_CHECKING:
    from recoverycli.session.transcript.model import Call

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=BERLIN)


def promise(number: int, what: str, due: datetime | None = None) -> TranscriptPromise:
    return TranscriptPromise(f"p{number}", NOW - timedelta(days=1), what, None, due)


def task(number: int, what: str, due: datetime | None = None) -> TranscriptTask:
    return TranscriptTask(f"t{number}", "follow-up", what, due)


def amendment(field: str, new: Any, old: Any = None) -> TranscriptAmendment:
    return TranscriptAmendment(NOW, field, old, new)


def a_call(*promises: TranscriptPromise, tail: str = "ab1d", at: datetime | None = None, **more: Any) -> Call:
    """A finished call of the day before NOW, or of the moment `at`; `more` are fields of the transcript."""
    begun = at or NOW - timedelta(days=1)
    session = fold((started(LITTLE, begun), ev.Finished(at=begun + timedelta(minutes=4))))
    assert session is not None
    made = account(session, begun + timedelta(minutes=4))
    fields: dict[str, Any] = {"tasks": (), **more}
    return msgspec.structs.replace(made, id=f"{begun:%Y%m%dT%H%M%S}-little-{tail}", promises=promises, **fields)
