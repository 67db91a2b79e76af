"""A call is read elsewhere than it was recorded: its times are those of its own place, and the others are named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from recoverycli.review.exporters import markdown, spreadsheet
from recoverycli.review.exporters.formats import Exported
from recoverycli.review.followup_changes import postpone
from recoverycli.review.statistics.counts import statistics
from recoverycli.review.story import call_page
from recoverycli.session.filters import Filters
from recoverycli.session.transcript.model import TranscriptAmendment, decode_call, encode
from recoverycli.store.calls.archive import Archive
from recoverycli.store.index.index import Index
from recoverycli.store.index.rows import CallRow, page
from recoverycli.text.format import day_and_time
from recoverycli.times.age import format_age
from recoverycli.times.wall_clock import to_local, to_recorded
from recoverycli.times.zone_name import zone_name
from tests.cases import for_each
from tests.platforms import needs_zones
from tests.review.calls import a_call, promise

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from recoverycli.session.transcript.model import Call
    from recoverycli.store.queries import Connection

HOUR = timedelta(hours=1)
ZONES = ("Europe/Berlin", "America/New_York", "Pacific/Auckland", "Australia/Lord_Howe", "Asia/Kolkata")
# An hour before a change of the clocks and an hour after it, in each zone that has one.
CHANGES = (
    "2026-03-29T01:00", "2026-10-25T01:00", "2026-03-08T07:00", "2026-11-01T06:00", "2026-04-04T14:00",
    "2026-09-26T14:00", "2026-04-04T15:00", "2026-10-03T15:30",
)  # fmt: skip
MOMENTS = [datetime.fromisoformat(f"{at}Z") + shift for at in CHANGES for shift in (-HOUR, HOUR)]


def there(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone))


def recorded(moment: datetime, zone: str, name: str | None, number: int = 1) -> Call:
    """A call that begins at that moment by the clock of this process, with a promise for twenty hours later."""
    made = a_call(promise(1, "x", to_local(moment + 20 * HOUR)), at=to_local(moment), tail=f"a{number:03}", zone=name)
    assert made.started_at.utcoffset() == there(moment, zone).utcoffset()
    return made


@needs_zones
def test_every_view_shows_the_times_of_the_place_and_marks_those_of_another(
    system_zone: Callable[[str], None],
) -> None:
    for place, zone in enumerate(ZONES):
        reader = ZONES[place - 1]
        system_zone(zone)
        calls = [recorded(moment, zone, zone, number) for number, moment in enumerate(MOMENTS)]
        system_zone(reader)
        for moment, call in zip(MOMENTS, calls, strict=True):
            local = there(moment, zone)
            mark = "" if local.utcoffset() == there(moment, reader).utcoffset() else f" UTC{local.isoformat()[-6:]}"
            name = f" ({zone})" if mark else ""
            facts = {row.label: row.text for section in call_page(call) for row in section.rows}
            assert facts["When"].startswith(f"{day_and_time(local)}{mark}{name}, ")
            due = there(moment + 20 * HOUR, zone)
            assert facts["Promise"].startswith(f"x, by {day_and_time(due)}")
            exported = Exported(call, call, {})
            assert f", {local:%Y-%m-%d %H:%M}{mark}\n" in "".join(markdown.pieces([exported]))
            cells = dict(zip(*("".join(one).strip("\ufeff\r\n").split(",") for one in _two(exported)), strict=False))
            assert (cells["started"], cells["offset"]) == (f"{local:%Y-%m-%d %H:%M:%S}", f"UTC{local:%z}")
            assert format_age(call.started_at, moment + 900 * HOUR) == f"{local:%Y-%m-%d}"


def rows_of(wanted: Filters, connection: Connection) -> tuple[CallRow, ...]:
    return page(connection, wanted, MOMENTS[0] + 9000 * HOUR).rows


def _two(exported: Exported) -> list[str]:
    return "".join(spreadsheet.pieces([exported])).strip("\r\n").split("\r\n")


@needs_zones
def test_days_hours_and_filters_are_those_of_the_place(system_zone: Callable[[str], None], tmp_path: Path) -> None:
    for number, zone in enumerate(ZONES):
        system_zone(zone)
        for place, moment in enumerate(MOMENTS):
            Archive(tmp_path).write(recorded(moment, zone, zone, number * 100 + place))
    locals_ = [there(moment, zone) for zone in ZONES for moment in MOMENTS]
    for reader in ZONES:
        system_zone(reader)
        with Index(tmp_path) as index:
            for day in {local.date() for local in locals_}:
                wanted = Filters(since=day, until=day)
                found = index.ask(partial(rows_of, wanted))
                assert len(found) == sum(local.date() == day for local in locals_), (reader, day)
                assert {row.started_at.date() for row in found} == {day}
            heat = index.ask(lambda connection: statistics(connection, Filters(), MOMENTS[0])).heat
        for weekday in range(7):
            for hour in range(24):
                assert heat[weekday][hour] == sum((one.weekday(), one.hour) == (weekday, hour) for one in locals_)


@needs_zones
def test_what_is_amended_elsewhere_is_shown_by_the_clocks_of_the_call(system_zone: Callable[[str], None]) -> None:
    for zone in ZONES:
        system_zone(zone)
        call = recorded(MOMENTS[0], zone, zone)
        system_zone("Asia/Tokyo")
        until = to_local(MOMENTS[1] + 4000 * HOUR)
        changes = tuple(TranscriptAmendment(until, *change) for change in postpone(call, "p1", until))
        moved = decode_call(encode(msgspec.structs.replace(call, amendments=changes)))
        (told,) = [row.text for section in call_page(moved) for row in section.rows if row.label == "Promise"]
        assert f"moved to {day_and_time(there(until, zone))} UTC" in told, zone


@needs_zones
def test_a_call_without_the_name_of_its_zone_has_the_offsets_that_are_stored(
    system_zone: Callable[[str], None],
) -> None:
    for name in (None, "No/Such_Zone", "../etc/passwd", "Asia/Tokyo"):
        system_zone("Europe/Berlin")
        call = recorded(MOMENTS[0], "Europe/Berlin", name)
        system_zone("America/New_York")
        rows = {row.label: row.text for section in call_page(call) for row in section.rows}
        assert rows["When"].startswith(f"Sun 29 Mar 2026, 1:00 UTC+01:00{f' ({name})' if name else ''}, ")
        assert rows["Promise"] == "x, by Sun 29 Mar 2026, 22:00 UTC+02:00"
        moment = datetime(2026, 7, 1, 12, tzinfo=UTC)
        assert to_recorded(moment, name, call.started_at) == moment


@for_each(
    "told, name",
    [
        ("Europe/Berlin", "Europe/Berlin"),
        (":America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"),
        ("UTC", "UTC"),
        ("CET-1CEST", None),
        ("UTC+3", None),
        ("", None),
        ("?", None),
    ],
)
def test_the_zone_of_the_variable_is_stored_where_it_has_a_name(told: str, name: str | None) -> None:
    assert zone_name({"TZ": told}) == name


def test_the_zone_of_the_system_is_that_of_its_link_else_of_its_file(tmp_path: Path) -> None:
    assert zone_name({}, tmp_path) is None
    (tmp_path / "timezone").write_text("Asia/Kolkata\n", encoding="utf-8")
    assert zone_name({}, tmp_path) == "Asia/Kolkata"
    (tmp_path / "localtime").symlink_to("/usr/share/zoneinfo/Europe/Berlin")
    assert zone_name({}, tmp_path) == "Europe/Berlin"
