"""A value of TZ that names no zone is told from one that does: the system takes it for UTC without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.times.unknown_zone import unknown_zone
from tests.platforms import needs_zones

if TYPE_CHECKING:
    from pathlib import Path


@needs_zones
def test_zones_and_rules_are_known_and_everything_else_is_not(tmp_path: Path) -> None:
    (tmp_path / "Europe").mkdir()
    (tmp_path / "Europe" / "Berlin").write_bytes(b"TZif2 and more")
    (tmp_path / "Europe" / "Text").write_bytes(b"no zone")
    known = (
        "", ":", "UTC", "Europe/Berlin", ":Europe/Berlin", f"{tmp_path}/Europe/Berlin", "UTC0", "EST5EDT", "<+03>-3",
        "CET-1CEST,M3.5.0,M10.5.0/3", "IST-5:30",
    )  # fmt: skip
    unknown = (
        "Nowhere/Land", "Berlin", "Foo", "Europe", "Europe/", "Europe/Text", "/no/such/file", "../../etc/passwd",
        "CEST+", "x" * 5000, "a\x01b", "\ud800",
    )  # fmt: skip
    assert [one for one in known if unknown_zone({"TZ": one, "TZDIR": str(tmp_path)})] == []
    assert [one for one in unknown if unknown_zone({"TZ": one, "TZDIR": str(tmp_path)}) != one] == []
    assert unknown_zone({}) == ""
