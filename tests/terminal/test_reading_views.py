"""The pages of past calls and of frameworks, at the widths that people have."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest
from rich.cells import cell_len

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary, LoadedFramework
from recoverycli.paths import built_in_folder
from recoverycli.review.story import call_page
from recoverycli.session import events as ev
from recoverycli.session.state import fold
from recoverycli.session.transcript.account import account
from recoverycli.store.index.rows import CallRow
from recoverycli.terminal.views.frameworks.frameworks import framework_page, frameworks_page
from recoverycli.terminal.views.log.calls import calls_page
from recoverycli.text.format import clock
from tests.cases import for_each
from tests.content import LITTLE, OTHER, started
from tests.golden import compare, drawn
from tests.platforms import NO_ZONES, WINDOWS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WIDTHS = [40, 80, 120]


@pytest.fixture(autouse=True)
def _in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Times are shown in local time: for these screens that is UTC."""
    if WINDOWS:
        if time.timezone or time.daylight:
            pytest.skip(NO_ZONES)
        yield
        return
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def rows() -> tuple[CallRow, ...]:
    customers = ["A. Customer", "山田 太郎", "محمد علي", "[bold]\x1b[2J", "Zoë Müller-Lüdenscheidt"]
    return tuple(
        CallRow(
            id=f"20261123T0{number}0000-learn-ab{number}d",
            started_at=NOW - timedelta(hours=number * 9),
            ended_at=NOW,
            seconds=60.0 * number + 7,
            state="finished" if number else "abandoned",
            kind="call",
            framework="learn",
            framework_name="LEARN",
            agent=None,
            channel="phone",
            issue="billing",
            customer=customer,
            ref=None,
            found_by="customer",
            mood=None,
            outcome=ev.OUTCOMES[number],
            steps_done=number,
            steps_total=5,
            promises=0,
            overdue=0,
            summary=None,
            cause=None,
        )
        for number, customer in enumerate(customers)
    )


@pytest.mark.parametrize("width", WIDTHS)
def test_the_list_of_calls(width: int) -> None:
    text = drawn(calls_page(rows(), NOW), width)
    assert all(cell_len(line.replace("\u2068", "").replace("\u2069", "")) <= width for line in text.splitlines())
    assert "\x1b" not in text
    compare(f"reading_calls_{width}", text)


@for_each("width", range(40, 130, 5))
def test_how_a_call_ended_and_how_long_it_was_is_never_cut(width: int) -> None:
    first, *lines = drawn(calls_page(rows(), NOW), width).splitlines()
    for row, line in zip(rows(), lines, strict=True):
        assert ("abandoned" if row.state == "abandoned" else str(row.outcome)) in line
        assert "length" not in first or line.endswith(clock(row.seconds))
        assert line.count("\u2068") == line.count("\u2069"), "an isolation that is not ended reaches its neighbours"


def test_the_built_in_frameworks_fit_a_screen_of_80_by_24() -> None:
    listing = FrameworkLibrary((Source(built_in_folder("frameworks"), "built-in"),)).listing()
    lines = drawn(frameworks_page(listing.entries), 80).splitlines()
    assert lines.index(next(line for line in lines if "Playbooks" in line)) < 24
    assert all(any(line.startswith(f"{one.content.id} ") for line in lines) for one in listing.entries)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_call(width: int) -> None:
    at = NOW
    story: list[ev.Event] = [started(LITTLE, at, customer="محمد علي", mood="angry", channel="phone")]
    for event in (
        ev.Noted(at=at, text="Charged twice [red]\x1b[2J"),
        ev.Said(at=at, text="Thank you for telling me, please go on.", phrase="x", source="built-in"),
        ev.Ticked(at=at, item="first"),
        ev.Moved(at=at, to="apologize", leaving="skipped", because="no time"),
        ev.Said(at=at, text="In my own words, and quite a long sentence that has to be wrapped on a small screen."),
        ev.Offered(at=at, remedy="refund", value=20.0, currency="EUR"),
        ev.Promised(at=at, what="a bill", due_said="tomorrow", due=NOW + timedelta(days=1)),
        ev.SummaryGiven(at=at, summary="Refunded."),
        ev.OutcomeChosen(at=at, outcome="resolved"),
        ev.Finished(at=at),
    ):
        at += timedelta(seconds=20)
        story.append(msgspec.structs.replace(event, at=at))
    session = fold(tuple(story))
    assert session is not None
    call = account(msgspec.structs.replace(session, id="20261123T120000-little-abcd"), at)
    text = drawn(call_page(call), width)
    assert "\x1b" not in text
    compare(f"reading_call_{width}", text)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_list_of_frameworks(width: int, tmp_path: Path) -> None:
    entries = [LoadedFramework(LITTLE, "d", tmp_path, "built-in"), LoadedFramework(OTHER, "d", tmp_path, "project")]
    compare(f"reading_frameworks_{width}", drawn(frameworks_page(entries), width))


@pytest.mark.parametrize("width", WIDTHS)
def test_a_framework(width: int) -> None:
    compare(f"reading_framework_{width}", drawn(framework_page(LITTLE), width))
