"""Assessments and disputes: kept beside a call, whole, private, and nothing of another window or version is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from recoverycli.errors import StoreProblem
from recoverycli.store.calls.reviews import Assessment, Dispute, Reviews
from tests.platforms import has_mode, needs_modes

if TYPE_CHECKING:
    from pathlib import Path

CALL = "20261123T091200-learn-ab1d"
AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ADD_TWENTY = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from recoverycli.store.calls.reviews import Dispute, Reviews
at = datetime(2026, 11, 24, 12, tzinfo=UTC)
for number in range(20):
    Reviews(Path(sys.argv[1])).add(sys.argv[2], Dispute(at, f"{sys.argv[3]} {number}"))
"""


@pytest.fixture
def reviews(tmp_path: Path) -> Reviews:
    return Reviews(tmp_path / "data")


def an_assessment(**more: Any) -> Assessment:
    return Assessment(AT, "self", "default", {"steps": "yes"}, **more)


def test_reading_makes_nothing(reviews: Reviews) -> None:
    assert reviews.read(CALL).assessments == ()
    assert list(reviews.each()) == []
    assert not reviews.home.exists()


def test_what_was_stored_is_read_again_in_its_order(reviews: Reviews) -> None:
    first, second = an_assessment(), an_assessment(note="It went better than I thought")
    reviews.add(CALL, first)
    reviews.add(CALL, second)
    reviews.add(CALL, Dispute(AT, "they had to leave", "Noor"))
    found = reviews.read(CALL)
    assert found.assessments == (first, second)
    assert found.current() == (second,)
    assert found.assessment_by("reviewer", None) is None
    assert found.disputes == (Dispute(AT, "they had to leave", "Noor"),)
    assert list(reviews.each()) == [found]


def test_a_correction_changes_what_it_names_and_reviewers_stand_side_by_side(reviews: Reviews) -> None:
    def by(name: str | None, minute: int, note: str | None = None, **answers: Any) -> Assessment:
        return Assessment(AT.replace(minute=minute), "reviewer", "default", answers, name, note)

    for one in (
        by("Kim", 1, "warm voice", steps="yes", blame="yes", cause="no"),
        by("Lee", 2, steps="no", blame="no"),
        an_assessment(by="Noor"),
        by(" kim ", 3, steps="partly", cause="na"),
        by(None, 4, summary="yes"),
    ):
        reviews.add(CALL, one)
    found = reviews.read(CALL)
    own, kim, lee, unnamed = found.current()
    assert own.role == "self"
    assert (kim.at.minute, kim.by, kim.note) == (3, " kim ", "warm voice")
    assert kim.answers == {"steps": "partly", "blame": "yes", "cause": "na"}
    assert (lee.answers, unnamed.answers) == ({"steps": "no", "blame": "no"}, {"summary": "yes"})
    assert found.reviewer_answers() == {"steps": "partly", "blame": "no", "summary": "yes"}
    assert found.assessment_by("reviewer", "KIM") == kim
    assert found.assessment_by("self", "whoever sits here") == own
    assert len(found.assessments) == 5, "what was stored stays"


def test_who_judged_is_stored_and_a_card_number_in_any_of_it_is_not(reviews: Reviews) -> None:
    reviews.add(CALL, an_assessment(note="read 4111 1111 1111 1111 aloud", by="Noor"))
    reviews.add(CALL, Dispute(AT, "it was 4111 1111 1111 1111", "Kim"))
    found = reviews.read(CALL)
    assert [(one.note, one.by) for one in found.assessments] == [("read **** **** **** 1111 aloud", "Noor")]
    assert [(one.why, one.by) for one in found.disputes] == [("it was **** **** **** 1111", "Kim")]


@needs_modes
def test_nobody_else_can_read_them(reviews: Reviews) -> None:
    reviews.add(CALL, an_assessment())
    assert has_mode(reviews.path(CALL), 0o600)
    assert has_mode(reviews.folder, 0o700)


def test_keys_of_a_later_version_stay(reviews: Reviews) -> None:
    reviews.add(CALL, an_assessment())
    document = json.loads(reviews.path(CALL).read_bytes())
    document["mediated"] = {"by": "somebody"}
    document["assessments"][0]["mood"] = "fair"
    reviews.path(CALL).write_text(json.dumps(document), encoding="utf-8")
    reviews.add(CALL, Dispute(AT, "not so"))
    after = json.loads(reviews.path(CALL).read_bytes())
    assert after["mediated"] == {"by": "somebody"}
    assert after["assessments"] == document["assessments"]
    assert [one["why"] for one in after["disputes"]] == ["not so"]


def test_card_numbers_are_masked_in_a_note_and_in_a_dispute(reviews: Reviews) -> None:
    reviews.add(CALL, an_assessment(note="read 4111 1111 1111 1111 aloud"))
    reviews.add(CALL, Dispute(AT, "it was 4111111111111111 on paper"))
    kept = reviews.path(CALL).read_text(encoding="utf-8")
    assert "1111 1111 1111" not in kept
    assert "411111111111" not in kept


@pytest.mark.parametrize("data", [b"", b"{half", b"\0" * 40, b"[]", b'{"schema": 2, "call": "x"}', b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_never_overwritten(reviews: Reviews, data: bytes) -> None:
    reviews.folder.mkdir(parents=True)
    reviews.path(CALL).write_bytes(data)
    with pytest.raises(StoreProblem) as fault:
        reviews.add(CALL, an_assessment())
    assert "not changed" in fault.value.kept
    assert reviews.path(CALL).read_bytes() == data
    assert [type(one) for one in reviews.each()] == [StoreProblem]


def test_two_windows_at_once_lose_nothing_of_each_other(reviews: Reviews) -> None:
    windows = [
        subprocess.Popen([sys.executable, "-c", ADD_TWENTY, str(reviews.home), CALL, name]) for name in ("one", "two")
    ]
    assert [window.wait() for window in windows] == [0, 0]
    kept = [dispute.why for dispute in reviews.read(CALL).disputes]
    for name in ("one", "two"):
        assert [why for why in kept if why.startswith(name)] == [f"{name} {number}" for number in range(20)]
