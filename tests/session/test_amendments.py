"""What a field says after its amendments, and how one of them is taken back."""

from __future__ import annotations

from recoverycli.session.transcript.amendments import history, newest_value
from tests.cases import for_each
from tests.review.calls import amendment

AMENDMENTS = (
    amendment("outcome", "escalated"), amendment("promises.p1.due", "a"), amendment("promises.p10.due", "x"),
    amendment("outcome", "resolved"), amendment("promises.p1.due", None),
)  # fmt: skip


def test_the_newest_value_counts_and_null_is_a_value() -> None:
    assert newest_value(AMENDMENTS, "outcome", "callback") == "resolved"
    assert newest_value(AMENDMENTS, "promises.p1.due", "b") is None


def test_a_field_without_amendments_is_unchanged() -> None:
    assert newest_value(AMENDMENTS, "summary", "as it was") == "as it was"
    assert newest_value((), "outcome") is None


def test_a_field_is_distinguished_from_one_with_the_same_prefix() -> None:
    assert newest_value(AMENDMENTS, "promises.p1.due", "b") is None
    assert newest_value(AMENDMENTS, "promises.p10.due") == "x"


@for_each(
    "values, led",
    [
        ("", "a"),
        ("b", "ab"),
        ("bc", "abc"),
        ("bcb", "ab"),
        ("bcba", "a"),
        ("bcbd", "abd"),
        ("bcbdba", "a"),
        ("bab", "ab"),
    ],
)
def test_undo_goes_back_through_the_changes(values: str, led: str) -> None:
    changes = [amendment("promises.p1.due", value) for value in values]
    found = history("a", zip(values, changes, strict=True))
    assert "".join(value for value, _ in found) == led
    assert found[0][1] is None
    assert all(change in changes and change.new == value for value, change in found[1:] if change)
