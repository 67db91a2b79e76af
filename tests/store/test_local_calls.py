"""The calls of a data folder are asked by their index and read from their files, in the order that was asked for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest

from recoverycli.errors import StoreProblem
from recoverycli.session.filters import Filters
from recoverycli.session.query import read_search
from recoverycli.session.transcript.model import TranscriptCustomer, TranscriptNote, encode
from recoverycli.store.calls.archive import Archive
from recoverycli.store.calls.reviews import Assessment, Review, Reviews
from recoverycli.store.calls.transcript_file import Skipped, Stored
from recoverycli.store.local_calls import KeptCalls
from tests.review.calls import NOW, a_call

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from recoverycli.session.transcript.model import Call


def saying(tail: str, days: int, *notes: str) -> Call:
    call = a_call(tail=tail, at=NOW - timedelta(days=days), customer=TranscriptCustomer(name=f"Customer {tail}"))
    first, *others = call.steps
    said = tuple(TranscriptNote(call.started_at, note) for note in notes)
    return msgspec.structs.replace(call, steps=(msgspec.structs.replace(first, notes=said), *others))


NEW = saying("aa01", 1, "the driver left the parcel outside")
MIDDLE = saying("aa02", 2, "no parcel came")
OLD = saying("aa03", 30, "parcel, parcel, and again a parcel")


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[KeptCalls]:
    for call in (OLD, NEW, MIDDLE):
        Archive(tmp_path / "data").write(call)
    with KeptCalls(tmp_path / "data") as calls:
        yield calls


def test_calls_are_found_by_a_word_in_the_order_that_is_asked_for(kept: KeptCalls) -> None:
    parcel = read_search("parcel")
    newest = kept.search(parcel, Filters(), NOW, "newest")
    assert [hit.row.id for hit in newest.hits] == [NEW.id, MIDDLE.id, OLD.id]
    assert newest.total == 3
    assert [hit.row.id for hit in kept.search(parcel, Filters(), NOW, "oldest").hits] == [OLD.id, MIDDLE.id, NEW.id]
    assert kept.search(parcel, Filters(), NOW, "rank").hits[0].row.id == OLD.id
    lately = Filters(since=NOW - timedelta(days=7))
    assert [hit.row.id for hit in kept.search(parcel, lately, NOW, "newest").hits] == [NEW.id, MIDDLE.id]
    assert kept.search(read_search("giraffe"), Filters(), NOW, "newest").total == 0


def test_a_call_that_was_edited_by_hand_is_found_as_it_is_now_and_the_index_learns_it(kept: KeptCalls) -> None:
    path = Archive(kept.home).path(NEW.id)
    assert [hit.row.id for hit in kept.search(read_search("giraffe"), Filters(), NOW, "newest").hits] == []
    there = path.stat()
    path.write_bytes(path.read_bytes().replace(b"driver", b"giraffe"))
    assert path.stat().st_size != there.st_size
    found = kept.find(NEW.id)
    assert isinstance(found, Stored)
    assert found.path == path
    assert b"giraffe" in found.raw
    assert [hit.row.id for hit in kept.search(read_search("giraffe"), Filters(), NOW, "newest").hits] == [NEW.id]


def test_a_missing_call_is_reported(kept: KeptCalls) -> None:
    with pytest.raises(StoreProblem, match="it cannot be read"):
        kept.find("20261101T101010-little-zz99")


def test_calls_are_read_in_the_order_of_their_ids_and_a_broken_one_stops_nothing(kept: KeptCalls) -> None:
    Archive(kept.home).path(MIDDLE.id).write_text("{", encoding="utf-8")
    wanted = [OLD.id, MIDDLE.id, NEW.id]
    first, broken, last = kept.each(wanted)
    assert isinstance(first, Stored)
    assert isinstance(last, Stored)
    assert (first.raw, last.raw) == (encode(OLD), encode(NEW))
    assert isinstance(broken, Skipped)
    assert broken.path == Archive(kept.home).path(MIDDLE.id)
    assert list(kept.each_call(wanted)) == [OLD, None, NEW]


def test_of_some_calls_those_that_match_come_newest_first(kept: KeptCalls) -> None:
    assert kept.among({OLD.id, NEW.id}, Filters()) == [NEW.id, OLD.id]
    assert kept.among({OLD.id, NEW.id}, Filters(since=NOW - timedelta(days=7))) == [NEW.id]
    assert kept.among((), Filters()) == []


def test_what_people_think_of_calls_is_beside_them(kept: KeptCalls) -> None:
    assert list(kept.reviews()) == []
    Reviews(kept.home).add(NEW.id, Assessment(NOW, "reviewer", "default", {"a": "yes"}))
    (review,) = kept.reviews()
    assert isinstance(review, Review)
    assert (review.call, review.assessments[0].answers) == (NEW.id, {"a": "yes"})
