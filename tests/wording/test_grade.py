"""The reading grade: near to what others measure, and none where it would say nothing."""

from __future__ import annotations

import warnings

import pytest

from recoverycli.wording.grade import reading_grade

PLAIN = """I'm sorry. We sent your order to the wrong address, and that was our mistake. I've sent a new one today.
It will be with you by noon on Thursday. If it isn't there, reply to this letter and I'll ring the driver myself."""
HEAVY = """In consideration of the aforementioned circumstances, the administration department of the organisation has
determined that reimbursement of the additional expenditure is unfortunately inadmissible under the applicable
regulations governing international transportation of temperature-sensitive commodities by independent contractors."""


@pytest.mark.parametrize("text", [PLAIN, HEAVY])
def test_the_grade_is_near_that_of_another_library(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import textstat
    grade = reading_grade(text)
    assert grade is not None
    assert grade == pytest.approx(textstat.flesch_kincaid_grade(text), abs=1.5)


def test_plain_words_have_a_lower_grade_than_office_language() -> None:
    plain, heavy = reading_grade(PLAIN), reading_grade(HEAVY)
    assert plain is not None
    assert heavy is not None
    assert plain < 6
    assert heavy > 16


@pytest.mark.parametrize(
    "text",
    ["", "I'm sorry.", "12 34 " * 30, "Es tut uns sehr leid, dass Ihre Bestellung erst am Freitag angekommen ist. " * 4,
     "\u041d\u0430\u043c \u043e\u0447\u0435\u043d\u044c \u0436\u0430\u043b\u044c. " * 20,
     "Nous sommes vraiment d\u00e9sol\u00e9s du retard de votre colis et nous vous remboursons demain. " * 4],
)  # fmt: skip
def test_short_or_foreign_texts_have_no_grade(text: str) -> None:
    assert reading_grade(text) is None


def test_quoted_text_does_not_count() -> None:
    assert reading_grade(PLAIN + "\n\n> " + HEAVY.replace("\n", " ")) == reading_grade(PLAIN)
