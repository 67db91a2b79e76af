"""Records of erasures of several data folders, put together: nobody is forgotten, and nobody is in it twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from recoverycli.session.person import person_of
from recoverycli.store.erased_record import ErasedPeople, ErasedRecord, merge_records, note_erased, read_record

NAMES = ("Ana Lopez", "Bo Moss", "Quokka Zebraman", "Kim")
ERASED_AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def recorded(names: list[str]) -> ErasedRecord:
    """The record of a data folder of its own, where these were erased."""
    with TemporaryDirectory() as folder:
        for name in names:
            note_erased(Path(folder), person_of(name, None, ()), ERASED_AT)
        return read_record(Path(folder))


some_names = st.lists(st.sampled_from(NAMES), max_size=3)


@given(some_names, some_names, some_names)
def test_all_people_of_merged_records_are_recognised_and_merging_again_changes_nothing(
    here: list[str], there: list[str], elsewhere: list[str]
) -> None:
    records = [recorded(names) for names in (here, there, elsewhere)]
    merged = records[0]
    for record in records[1:]:
        merged = merge_records(merged, record)
    for record in (*records, merged):
        assert merge_records(merged, record) is merged
    people = ErasedPeople(merged, ERASED_AT - timedelta(days=1))
    assert {name for name in NAMES if people.is_customer(name, None)} == {*here, *there, *elsewhere}
    text, places = people.mask("; ".join(NAMES))
    assert places == len({*here, *there, *elsewhere})
    assert not any(name in text for name in (*here, *there, *elsewhere))
    assert not ErasedPeople(merged, ERASED_AT + timedelta(days=1)), "calls after the erasure are not concerned"
