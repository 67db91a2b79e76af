"""What counts as the same issue or cause: spellings with the same words, merged causes, families."""

from __future__ import annotations

from string import punctuation
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from recoverycli.review.statistics.topics import OTHER_ISSUES, Topics
from recoverycli.store.cause_map import CauseMap, merge_causes, read_cause_map
from recoverycli.text.tokens import word_key

if TYPE_CHECKING:
    from pathlib import Path

CAUSES = ("late courier", "carrier late", "wrong label", "night job", "handover")
merges = st.lists(st.tuples(st.sampled_from(CAUSES), st.sampled_from(CAUSES)).filter(lambda two: two[0] != two[1]))


def test_case_accents_spaces_and_punctuation_make_no_other_issue_and_most_calls_name_it() -> None:
    counts = {"late parcel": 3, "Late  parcel!": 1, "LATE-PARCEL": 2, " Late parcel": 2, "Late parcel": 2, "late": 9}
    names = Topics().names("issue", {**counts, "Caf\u00e9": 1, "cafe": 2})
    assert list(names.values()) == [*["Late parcel"] * 5, "late", "cafe", "cafe"]


def test_signs_alone_are_a_name_of_their_own() -> None:
    assert Topics().names("cause", {"?": 1, "!!": 1}) == {"?": "?", "!!": "!!"}


@given(st.text(max_size=30), st.sampled_from(punctuation.replace("_", "")))
def test_a_sign_around_a_text_with_words_changes_no_key(text: str, sign: str) -> None:
    if any(letter.isascii() and letter.isalnum() for letter in text):
        assert word_key(f" {sign}{text}{sign} ") == word_key(text) == word_key(word_key(text))


def test_an_issue_without_a_family_is_counted_with_the_others() -> None:
    topics = Topics({"late parcel": "Delivery", "check-in": "Booking"}.get)
    names = topics.names("family", {"late-parcel": 1, "weather": 1, "check-in": 1, "check in": 1})
    assert names == {"late-parcel": "Delivery", "weather": OTHER_ISSUES, "check-in": "Booking", "check in": "Booking"}


def test_a_merged_cause_has_the_name_of_the_other_even_if_no_call_has_it() -> None:
    topics = Topics(merged={"late courier": "Carrier late"})
    assert set(topics.names("cause", {"Late courier": 5, "carrier late": 2, "CARRIER LATE": 1}).values()) == {
        "carrier late"
    }
    assert topics.names("cause", {"late courier": 5}) == {"late courier": "Carrier late"}
    assert topics.names("issue", {"late courier": 5}) == {"late courier": "late courier"}


@given(merges)
def test_after_any_merges_each_cause_counts_as_one_that_is_not_merged_itself(steps: list[tuple[str, str]]) -> None:
    causes = CauseMap()
    for cause, into in steps:
        causes = causes.merge(cause, into)
        assert (causes.target(cause) or cause) == (causes.target(into) or into)
        assert all(causes.target(one.into) is None for one in causes.merged)
        assert len({one.cause for one in causes.merged}) == len(causes.merged)
    for cause in CAUSES:
        assert causes.split(cause).target(cause) is None


def test_the_last_merge_of_two_causes_gives_the_name(tmp_path: Path) -> None:
    merge_causes(tmp_path, "late courier", "carrier late")
    merge_causes(tmp_path, "carrier late", "late courier")
    assert {(one.cause, one.into) for one in read_cause_map(tmp_path).merged} == {("carrier late", "late courier")}
