"""What was promised and what is left to do: in which order, in which words, and what is taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from recoverycli.review import followup_changes
from recoverycli.review.exporters.letter import letter
from recoverycli.review.followups import due_now, find, followups, is_due, summary, tails, when
from recoverycli.review.story import end_rows
from recoverycli.session.transcript import facts
from recoverycli.session.transcript.commitments import commitments
from recoverycli.session.transcript.model import TranscriptAmendment, TranscriptCustomer
from recoverycli.store.calls.archive import Archive
from recoverycli.store.index.index import Index
from recoverycli.times.wall_clock import offset_mark
from tests.cases import for_each
from tests.review.calls import BERLIN, NOW, a_call, amendment, promise, task

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from recoverycli.review.followups import FollowUp
    from recoverycli.session.transcript.model import Call
    from recoverycli.store.calls.amend import Change
    from recoverycli.store.index.rows import DueItem

HOUR = timedelta(hours=1)


def amended(call: Call, changes: Sequence[Change]) -> Call:
    made = tuple(TranscriptAmendment(NOW, *change) for change in changes)
    return msgspec.structs.replace(call, amendments=(*call.amendments, *made))


def only(call: Call) -> FollowUp:
    (row,) = followups([call], NOW)
    return row


def test_the_most_late_comes_first_then_what_is_due_then_promises_without_a_date_then_tasks() -> None:
    call = a_call(
        promise(1, "no date"), promise(2, "tomorrow", NOW + 24 * HOUR), promise(3, "late", NOW - HOUR),
        promise(4, "very late", NOW - 50 * HOUR), tasks=(task(1, "a task"), task(2, "a task in an hour", NOW + HOUR)),
    )  # fmt: skip
    rows = followups([call], NOW)
    assert [row.what for row in rows] == ["very late", "late", "a task in an hour", "tomorrow", "no date", "a task"]
    assert [row.overdue for row in rows] == [True, True, False, False, False, False]


def test_what_is_done_comes_last_and_is_late_no_more() -> None:
    done = amendment("promises.p1.done_at", "2026-11-24T10:00:00Z")
    rows = followups([a_call(promise(1, "late", NOW - HOUR), promise(2, "some day"), amendments=(done,))], NOW)
    assert [row.what for row in rows] == ["some day", "late"]
    assert rows[1].done_at == datetime(2026, 11, 24, 10, tzinfo=UTC)
    assert not rows[1].overdue


def test_an_abandoned_call_binds_by_its_promises_alone_and_practice_by_nothing() -> None:
    full: dict[str, Any] = {"tasks": (task(1, "a task"),)}
    assert [row.kind for row in followups([a_call(promise(1, "x"), state="abandoned", **full)], NOW)] == ["promise"]
    assert followups([a_call(promise(1, "x"), kind="practice", **full)], NOW) == ()


@for_each(
    "ahead, words",
    [
        (timedelta(hours=-2, minutes=-59), "2 hours late"),
        (timedelta(minutes=-1), "1 minute late"),
        (timedelta(days=-3, hours=-2), "3 days late"),
        (timedelta(seconds=-20), "due now"),
        (timedelta(seconds=20), "due now"),
        (timedelta(minutes=20), "in 20 minutes"),
        (timedelta(hours=3), "in 3 hours"),
        (timedelta(hours=2, seconds=-50), "in 2 hours"),
        (timedelta(hours=11, minutes=50), "in 11 hours"),
        (timedelta(hours=29), "tomorrow 17:00"),
        (timedelta(days=3, hours=5), "Friday 17:00"),
        (timedelta(days=7), "2026-12-01 12:00"),
    ],
)
def test_a_due_time_is_shown_as_people_say_it(ahead: timedelta, words: str) -> None:
    assert when(NOW + ahead, NOW) == words


def test_tomorrow_is_shown_by_the_clock_on_the_wall_when_the_clocks_change() -> None:
    saturday = datetime(2026, 10, 24, 12, 0, tzinfo=BERLIN)
    assert when(datetime(2026, 10, 25, 16, 0, tzinfo=UTC), saturday) == "tomorrow 17:00"
    assert when(datetime(2026, 10, 25, 22, 59, tzinfo=UTC), saturday) == "tomorrow 23:59"


def test_due_is_what_is_late_and_the_rest_of_today_or_of_the_time_that_was_named() -> None:
    at = [NOW - HOUR, NOW + 11 * HOUR, NOW + 13 * HOUR, None]
    rows = [only(a_call(promise(1, "x", due))) for due in at]
    assert [is_due(row, NOW) for row in rows] == [True, True, False, False]
    assert [is_due(row, NOW, timedelta(hours=4)) for row in rows] == [True, False, False, False]
    assert [is_due(row, NOW, timedelta(days=1)) for row in rows] == [True, True, True, False]


def test_short_names_are_as_long_as_they_must_be() -> None:
    ids = ["20261124T100000-learn-ab1d", "20261124T110000-learn-ab1d", "20261124T100000-heart-zz9z"]
    assert tails(ids) == ["00000-learn-ab1d"[-16:], "10000-learn-ab1d", "zz9z"]
    assert tails(["20261124T100000-learn-ab1d", "20261124T100000-heart-ab1d"]) == ["n-ab1d", "t-ab1d"]
    assert tails([]) == []


def test_a_follow_up_is_found_by_any_name_that_is_its_alone() -> None:
    many = tuple(promise(number, f"promise {number}") for number in range(1, 12))
    calls = [a_call(*many), a_call(promise(1, "other"), tail="cd2e")]
    rows = followups(calls, NOW)
    for row in rows:
        for name in (row.id, row.key, f"{row.call}/{row.item}", f" {row.id} "):
            assert find(rows, name) == (row,), name
    assert [row.what for row in find(rows, "cd2e")] == ["other"]
    assert [row.what for row in find(rows, "p11")] == ["promise 11"]
    assert len(find(rows, "p1")) > 1
    assert find(rows, "nothing") == find(rows, "") == ()


def test_done_keeps_how_it_went_and_undo_opens_it_again() -> None:
    call = a_call(promise(1, "x", NOW))
    done = amended(call, followup_changes.complete(call, "p1", NOW, True, "they were glad"))
    row = only(done)
    assert (row.done_at, row.satisfied, row.note, row.changes) == (NOW, True, "they were glad", 3)
    assert followup_changes.complete(done, "p1", NOW + HOUR, None, None) == ()
    again = only(amended(done, followup_changes.complete(done, "p1", NOW + HOUR, False, None)))
    assert (again.done_at, again.satisfied, again.note) == (NOW, False, "they were glad")
    opened = amended(done, followup_changes.reopen(done, "p1"))
    assert (only(opened).done_at, only(opened).satisfied, only(opened).note) == (None, None, None)
    assert followup_changes.reopen(opened, "p1") == ()
    assert len(opened.amendments) == 6, "what was is still told"


def test_snooze_then_done_then_done_undone_leaves_the_snooze() -> None:
    call = a_call(promise(1, "x", NOW))
    call = amended(call, followup_changes.postpone(call, "p1", NOW + HOUR))
    call = amended(call, followup_changes.complete(call, "p1", NOW, None, None))
    call = amended(call, followup_changes.reopen(call, "p1"))
    assert (only(call).due, only(call).done_at, only(call).promised) == (NOW + HOUR, None, NOW)


@pytest.mark.parametrize("first", [NOW, None])
def test_each_undo_of_a_snooze_leads_one_further_back(first: datetime | None) -> None:
    call = a_call(tasks=(task(1, "x", first),))
    for hours in (1, 2):
        call = amended(call, followup_changes.postpone(call, "t1", NOW + hours * HOUR))
    seen = [only(call).due]
    while back := followup_changes.undo_postpone(call, "t1"):
        call = amended(call, back)
        seen.append(only(call).due)
    assert seen == [NOW + 2 * HOUR, NOW + HOUR, first]
    assert only(call).changes == 4
    assert [change.field for change in call.amendments] == ["tasks.t1.due"] * 4


def test_a_snooze_to_the_same_time_changes_nothing() -> None:
    call = a_call(promise(1, "x", NOW))
    assert followup_changes.postpone(call, "p1", NOW.astimezone(UTC)) == ()


@pytest.mark.parametrize("strange", ["soon", 5, ["x"], {"a": 1}, "2026-99-99", True])
def test_an_amendment_that_makes_no_sense_hides_no_promise(strange: object) -> None:
    fields = ("due", "done_at", "satisfied", "note")
    call = a_call(promise(1, "x", NOW), amendments=tuple(amendment(f"promises.p1.{name}", strange) for name in fields))
    row = only(call)
    assert (row.due, row.done_at) == (NOW, None)
    assert followup_changes.postpone(call, "p1", NOW + HOUR)


def test_a_due_time_without_an_offset_is_local_time() -> None:
    row = only(a_call(promise(1, "x", datetime(2026, 11, 24, 9, 0))))  # noqa: DTZ001
    assert row.due is not None
    assert row.due.tzinfo is not None


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "data")


def due(home: Path) -> tuple[DueItem, ...]:
    with Index(home) as index:
        return due_now(index, NOW)


def test_a_new_call_shows_what_is_due_in_a_few_words(archive: Archive) -> None:
    ana = TranscriptCustomer("Ana", None)
    archive.write(a_call(promise(1, "call Ana back\nwith the refund", NOW - 2 * HOUR), customer=ana))
    archive.write(a_call(promise(1, "tonight", NOW + 5 * HOUR), tail="cd2e", tasks=(task(1, "a task", NOW - HOUR),)))
    archive.write(a_call(promise(1, "next week", NOW + 200 * HOUR), promise(2, "some day"), tail="ef3g"))
    rows = due(archive.home)
    assert [(row.item, row.customer) for row in rows] == [("p1", "Ana"), ("t1", None), ("p1", None)]
    assert summary(rows, NOW) == "call Ana back with the refund, 2 hours late (and 2 more)"
    assert summary(rows[2:], NOW) == "tonight, in 5 hours"
    assert summary((), NOW) == ""


def test_what_is_due_now_counts_what_was_done_and_put_off(archive: Archive) -> None:
    done = amendment("promises.p1.done_at", NOW.isoformat())
    off = amendment("promises.p2.due", (NOW + 48 * HOUR).isoformat())
    late = [promise(number, f"promise {number}", NOW - HOUR) for number in (1, 2, 3)]
    archive.write(a_call(*late, amendments=(done, off)))
    archive.write(a_call(promise(1, "x", NOW - HOUR), tail="cd2e", kind="practice"))
    archive.write(a_call(tail="ef3g", state="abandoned", tasks=(task(1, "x", NOW - HOUR),)))
    assert [row.what for row in due(archive.home)] == ["promise 3"]


def test_what_is_due_now_is_what_the_list_says(archive: Archive) -> None:
    calls = [
        a_call(promise(1, "x", NOW + hours * HOUR), promise(2, "y"), tail=f"{number:04d}")
        for number, hours in enumerate((-30, -1, 0, 1, 11, 12, 30))
    ]
    for call in calls:
        archive.write(call)
    listed = [(row.call, row.item) for row in followups(calls, NOW) if is_due(row, NOW)]
    assert [(row.call, row.item) for row in due(archive.home)] == listed
    assert len(listed) == 5


def test_a_broken_or_newer_file_keeps_no_call_from_beginning(archive: Archive) -> None:
    path = archive.write(a_call(promise(1, "x", NOW)))
    for number, content in enumerate(
        [b"", b"\0\0", b"[" * 9000, path.read_bytes().replace(b'"schema": 1', b'"schema": 2')]
    ):
        path.with_name(f"20261123T10000{number}-little-aaaa.json").write_bytes(content)
    assert len(due(archive.home)) == 1
    assert due(archive.home / "nothing") == ()


FIRST, LATER, LAST = NOW, NOW + 24 * HOUR, NOW + 48 * HOUR


def snoozed(call: Call, until: datetime, at: datetime, *, agreed: bool = False, by: str | None = None) -> Call:
    changes = followup_changes.postpone(call, "p1", until, agreed=agreed)
    made = tuple(TranscriptAmendment(at, *change, by) for change in changes)
    return msgspec.structs.replace(call, amendments=(*call.amendments, *made))


def state_of(call: Call, moment: datetime) -> str:
    (bound,) = commitments(call)
    return bound.state_at(moment)


def test_a_promise_is_judged_by_its_first_date_or_by_what_the_customer_agreed_to() -> None:
    call = a_call(promise(1, "x", FIRST))
    moved = snoozed(call, LATER, NOW + HOUR)
    agreed = snoozed(call, LATER, NOW + HOUR, agreed=True)
    for one, done, expected in (
        (call, None, "overdue"), (moved, None, "overdue"), (agreed, None, "open"), (call, FIRST, "kept"),
        (moved, FIRST, "kept"), (moved, FIRST + HOUR, "late"), (agreed, LATER, "kept"), (agreed, LAST, "late"),
        (snoozed(agreed, LAST, NOW + 2 * HOUR), LAST, "late"), (a_call(promise(1, "x")), None, "undated"),
        (snoozed(a_call(promise(1, "x")), LATER, NOW), LATER, "undated"),
        (snoozed(a_call(promise(1, "x")), LATER, NOW, agreed=True), LATER, "kept"),
    ):  # fmt: skip
        settled = amended(one, followup_changes.complete(one, "p1", done)) if done else one
        assert state_of(settled, NOW + 2 * HOUR) == expected


def test_a_moved_promise_stays_overdue_and_says_who_moved_it_when() -> None:
    row = only(snoozed(a_call(promise(1, "x", NOW - HOUR)), LATER, NOW, by="Ana"))
    assert (row.due, row.promised, row.overdue, row.agreed) == (LATER, NOW - HOUR, True, False)
    assert (row.moved_at, row.moved_by) == (NOW, "Ana")
    assert not is_due(row, NOW), "it is planned for tomorrow"


def test_each_undo_of_a_snooze_takes_back_its_agreement_too() -> None:
    call = a_call(promise(1, "x", FIRST))
    call = snoozed(call, LATER, NOW, agreed=True)
    call = snoozed(call, LAST, NOW + HOUR)
    seen = [(only(call).due, only(call).promised)]
    moment = NOW + 2 * HOUR
    while back := followup_changes.undo_postpone(call, "p1"):
        made = tuple(TranscriptAmendment(moment, *change) for change in back)
        call = msgspec.structs.replace(call, amendments=(*call.amendments, *made))
        seen.append((only(call).due, only(call).promised))
        moment += HOUR
    assert seen == [(LAST, LATER), (LATER, LATER), (FIRST, FIRST)]
    assert not only(call).agreed


def test_done_at_another_time_corrects_what_was_stored() -> None:
    call = a_call(promise(1, "x", FIRST))
    call = amended(call, followup_changes.complete(call, "p1", FIRST + HOUR))
    assert state_of(call, LAST) == "late"
    call = amended(call, followup_changes.complete(call, "p1", LAST, at=FIRST - HOUR))
    assert (state_of(call, LAST), only(call).done_at) == ("kept", FIRST - HOUR)


def test_a_letter_speaks_of_what_was_promised_and_never_of_a_day_that_was_only_moved_to() -> None:
    call = a_call(promise(1, "call with the result", datetime(2026, 11, 27, 17, 0, tzinfo=BERLIN)))
    until = datetime(2026, 12, 3, 9, 0, tzinfo=BERLIN)
    promised = "- call with the result, by Friday, 27 November 2026, 17:00"
    moved = letter(snoozed(call, until, NOW))
    assert f"{promised} [now planned for 3 December 2026, 09:00, which was not promised: agree on it" in moved
    agreed = letter(snoozed(call, until, NOW, agreed=True))
    assert "- call with the result, by Thursday, 3 December 2026, 09:00\n" in agreed
    late = amended(call, followup_changes.complete(call, "p1", until))
    assert f"{promised} (done on 3 December 2026, later than I promised; I am sorry)" in letter(late)
    undated = snoozed(a_call(promise(1, "look into it")), until, NOW)
    assert "- look into it, by [when] [now planned for 3 December 2026, 09:00, which was not promised" in letter(
        undated
    )


def test_every_view_of_a_call_says_what_was_promised_and_who_moved_it() -> None:
    call = a_call(promise(1, "x", datetime(2026, 11, 27, 17, 0, tzinfo=BERLIN)))
    moved = snoozed(call, datetime(2026, 12, 3, 9, 0, tzinfo=BERLIN), NOW, by="Ana")
    said = "x, by Fri 27 Nov 2026, 17:00{0} (moved to Thu 3 Dec 2026, 9:00{0} by Ana on Tue 24 Nov 2026, 12:00{0})"
    # The facts name the zone once, beside the time of the call; a row of the story says it itself.
    assert facts.promises(moved) == [said.format("")]
    mark = offset_mark(NOW.astimezone(BERLIN))
    assert [row.text for row in end_rows(moved) if row.label == "Promise"] == [said.format(mark)]
