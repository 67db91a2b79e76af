"""The calls that never happened are as good as real ones."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import jsonschema
import pytest

from recoverycli.frameworks.model import CHANNELS, MOODS
from recoverycli.session.events import OUTCOMES
from recoverycli.session.transcript.commitments import commitments
from recoverycli.session.transcript.model import Call, decode, encode
from recoverycli.store.calls.archive import Archive
from recoverycli.store.layout import ID
from tests.synthetic import END, LATE, calls
from tests.synthetic_steps import kinds

ROOT = Path(__file__).parent.parent
SCHEMA = ROOT / "docs" / "schema" / "transcript.schema.json"


@pytest.fixture(scope="module")
def made() -> list[Call]:
    return list(calls(1200, seed=3))


def test_every_call_is_a_transcript_of_its_own(made: list[Call]) -> None:
    check = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_bytes()))
    for call in made[:60]:
        assert decode(encode(call)).call == call
        assert ID.fullmatch(call.id)
        check.validate(json.loads(encode(call)))
    assert len({call.id for call in made}) == 1200


def test_a_seed_gives_the_same_calls_and_another_gives_others() -> None:
    assert list(calls(5, seed=1)) == list(calls(5, seed=1)) != list(calls(5, seed=2))


def test_the_calls_hold_all_that_a_call_can_hold(made: list[Call]) -> None:
    assert {call.channel for call in made} == set(CHANNELS)
    assert {mood.mood for call in made for mood in call.moods} == set(MOODS)
    assert {call.outcome for call in made} == {*OUTCOMES, None}
    assert {call.framework.id for call in made} == {kind.framework.id for kind in kinds()[0]}
    issues = Counter(call.issue for call in made).most_common()
    assert len(issues) == 12
    assert issues[0][1] > 3 * issues[-1][1]
    bound = [one for call in made for one in commitments(call)]
    assert {one.done_at is not None for one in bound} == {one.is_overdue(END) for one in bound} == {True, False}
    assert any(call.switches for call in made)
    assert any(step.answers for call in made for step in call.steps)
    assert {step.status for call in made for step in call.steps} == {"done", "skipped", "open"}
    notes = [note.text for call in made for step in call.steps for note in step.notes]
    assert len(set(notes)) > 0.95 * len(notes)
    about = sum(any("harpsichord" in note.text for step in call.steps for note in step.notes) for call in made)
    assert 0.002 < about / len(made) < 0.03, "a word that is in about one call of a hundred"
    assert 0.005 < sum(not note.isascii() for note in notes) / len(notes) < 0.04


def test_what_happened_in_a_call_happened_while_it_lasted(made: list[Call]) -> None:
    for call in made:
        visits = [visit for step in call.steps for visit in step.visits]
        paused = sum((pause.until - pause.at).total_seconds() for pause in call.pauses if pause.until)
        happened = [promise.at for promise in call.promises] + [offer.at for offer in call.offers]
        happened += [mood.at for mood in call.moods] + [handed.at for handed in call.escalations]
        assert [visit.entered_at for visit in visits] == sorted(visit.entered_at for visit in visits)
        assert all(call.started_at <= at <= call.ended_at for at in happened)
        assert call.seconds == pytest.approx((call.ended_at - call.started_at).total_seconds() - paused, abs=0.06)
        assert sum(step.seconds for step in call.steps) <= call.seconds + 0.1 * len(call.steps)


def test_late_parcels_pile_up_on_tuesdays_where_that_was_asked_for() -> None:
    def excess(*, late_parcels: bool) -> float:
        some = list(calls(3000, seed=4, days=140, late_parcels=late_parcels))
        tuesdays = [call for call in some if call.started_at.weekday() == 1]
        late = [call for call in some if call.issue == LATE]
        expected = len(late) * len(tuesdays) / len(some)
        return sum(call.issue == LATE for call in tuesdays) / expected

    assert 1.9 < excess(late_parcels=True) < 2.6
    assert 0.7 < excess(late_parcels=False) < 1.3


def test_the_same_store_is_written_twice_and_the_archive_reads_it(tmp_path: Path) -> None:
    def written(name: str) -> dict[str, str]:
        command = [sys.executable, str(ROOT / "benchmarks" / "synthetic.py"), str(tmp_path / name), "--calls", "200"]
        subprocess.run([*command, "--days", "30", "--end", "2026-06-01", "--late-parcels"], check=True)
        files = (tmp_path / name / "sessions").rglob("*.json")
        return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}

    assert written("one") == written("two")
    stored = [one.path for one in Archive(tmp_path / "one").each()]
    assert len(stored) == 200
    first, last = min(stored).name[:8], max(stored).name[:8]
    assert (first >= "20260502", last <= "20260531") == (True, True)


def test_no_call_is_later_than_the_day_that_was_named() -> None:
    assert all(END - timedelta(days=10) <= call.started_at < END for call in calls(100, days=10))
