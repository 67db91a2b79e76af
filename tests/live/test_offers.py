"""Offering in a call: two questions once, remedies to choose from, and a warning before what is not one's to give."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recoverycli.live.call import LiveCall
from recoverycli.session.remedies import Authority
from tests.content import LITTLE, started, the_call
from tests.live.test_call import walk
from tests.session.test_remedies import ALL

if TYPE_CHECKING:
    from recoverycli.live.environment import CallEnvironment
    from tests.conftest import Clock


@pytest.fixture
def desk(world: CallEnvironment, clock: Clock) -> LiveCall:
    """A call of an agent with remedies, who can be asked."""
    able = world._replace(asks=True, authority=Authority(ALL, None))
    return LiveCall.start(able, lambda: started(LITTLE, clock()))


def about(call: LiveCall, *lines: str) -> str:
    reply = walk(call, *lines)
    return reply.question.about if reply.question is not None else reply.text


def test_offer_without_words_asks_two_questions_once_and_then_lists_the_remedies(desk: LiveCall) -> None:
    assert about(desk, "/offer") == "ours"
    assert about(desk, "y") == "repeated"
    listed = desk.hear("y")
    assert listed.question is not None
    assert listed.question.options[0].startswith("refund 1 to 500 EUR")
    assert "Name two" in listed.question.text
    assert desk.hear("3").text.startswith("offered: ")
    assert about(desk, "/offer") == "remedy"
    assert (desk.session.ours, desk.session.repeated) == (True, True)


def test_the_questions_say_what_enter_means(desk: LiveCall) -> None:
    asked = [desk.hear(line).question for line in ("/offer", "", "")]
    assert [(one.text, one.enter) for one in asked[:2] if one is not None] == [
        ("Is it our doing?", "Enter: not known"),
        ("Has it happened to them before?", "Enter: not known"),
    ]
    assert asked[2] is not None
    assert asked[2].enter == "a number, or your own words and a value · Enter offers nothing"


@pytest.mark.parametrize("before", [("/offer",), ("/offer", "1")], ids=["which", "how much"])
def test_a_sentence_at_a_question_about_the_offer_is_a_note(desk: LiveCall, before: tuple[str, ...]) -> None:
    noted = walk(desk, "/ours yes", "/repeated yes", *before, "no she looked in the shed")
    assert noted.text == "noted: no she looked in the shed · u undoes"
    assert noted.question is not None
    assert desk.session.offers == ()
    assert desk.session.latest.notes[-1].text == "no she looked in the shed"


def test_own_words_with_an_amount_of_two_readings_are_asked_about(desk: LiveCall) -> None:
    assert about(desk, "/ours yes", "/repeated yes", "/offer", "voucher 5.000") == "reading"


def test_a_value_may_be_left_open(desk: LiveCall) -> None:
    asked = walk(desk, "/ours yes", "/repeated yes", "/offer", "1").question
    assert asked is not None
    assert (asked.text, asked.enter) == (
        "How much? refund 1 to 500 EUR · alone up to 50, then team lead",
        "Enter: no value yet",
    )
    assert desk.hear("").text.startswith("offered: refund")


def test_both_questions_can_be_skipped_and_are_not_asked_again(desk: LiveCall) -> None:
    assert about(desk, "/offer", "", "") == "remedy"
    assert desk.hear("").text == "nothing offered"
    assert about(desk, "/offer") == "remedy"
    assert desk.session.ours is None


def test_a_remedy_with_a_range_asks_how_much(desk: LiveCall) -> None:
    assert about(desk, "/ours yes", "/repeated yes", "/offer", "1") == "value"
    assert desk.hear("20").text.startswith("offered: refund 20 EUR · yours to give")


def test_an_offer_beyond_authority_warns_first_and_no_is_the_default(desk: LiveCall) -> None:
    asked = desk.hear("/offer refund 80 EUR")
    assert asked.question is not None
    assert asked.question.text == ("More than the 50 EUR that you may give alone: needs team lead. Offer it anyway?")
    assert desk.hear("").text == "not offered"
    assert desk.session.offers == ()
    assert walk(desk, "/offer refund 80", "y").text.startswith(
        "offered: refund 80 EUR · beyond your authority, needs team lead"
    )


def test_the_transcript_says_whether_the_offer_was_within_authority(desk: LiveCall, world: CallEnvironment) -> None:
    walk(desk, "/offer refund 80", "y", "/offer refund 20", "/offer a cake", "/end resolved")
    kept = the_call(world.home)
    assert [(one.value, one.within_authority, one.needs) for one in kept.offers] == [
        (80.0, False, "team lead"), (20.0, True, None), (None, None, None)
    ]  # fmt: skip


def test_after_an_offer_the_answer_is_asked_for_and_counted(desk: LiveCall) -> None:
    asked = desk.hear("/offer refund 20")
    assert asked.text.startswith("offered: refund 20 EUR")
    assert asked.question is not None
    assert asked.question.text == "refund 20 EUR: what do they say?"
    assert desk.hear("y").text == "accepted: refund 20 EUR · u undoes"
    assert walk(desk, "/offer refund 12,50", "/accept").text.endswith("· accepted in all: 32.50 EUR")


def test_a_refusal_is_recorded_with_its_reason_and_the_next_offer_takes_its_place(
    desk: LiveCall, world: CallEnvironment
) -> None:
    assert walk(desk, "/offer refund 20", "no, she wants the delivery fee back too").text == (
        "refused: refund 20 EUR (she wants the delivery fee back too) · u undoes"
    )
    assert about(desk, "/instead refund 35") == "answer"
    assert desk.hear("accepted").text.startswith("accepted: refund 35 EUR")
    desk.hear("/end resolved")
    assert [(one.id, one.value, one.answer, one.why, one.instead_of) for one in the_call(world.home).offers] == [
        ("o1", 20.0, "refused", "she wants the delivery fee back too", None),
        ("o2", 35.0, "accepted", None, "o1"),
    ]


def test_a_replaced_offer_without_an_answer_counts_as_refused_and_one_undo_reverts_both(desk: LiveCall) -> None:
    walk(desk, "/offer refund 20", "/instead refund 35")
    assert [(one.value, one.answer) for one in desk.session.offers] == [(20.0, "refused"), (35.0, None)]
    desk.hear("u")
    assert [(one.value, one.answer) for one in desk.session.offers] == [(20.0, None)]


def test_instead_can_be_the_answer_to_the_question(desk: LiveCall) -> None:
    walk(desk, "/offer refund 20", "instead free month")
    assert [(one.remedy, one.answer) for one in desk.session.offers] == [("refund", "refused"), ("free month", None)]


@pytest.mark.parametrize("line", ["one of them is broken", "another box came", "nobody called her", "ok so it is late"])
def test_a_line_that_does_not_answer_is_a_note_and_the_offer_stays_open(desk: LiveCall, line: str) -> None:
    assert walk(desk, "/offer refund 20", line).text.startswith("noted: ")
    assert [note.text for note in desk.session.latest.notes] == [line]
    assert desk.session.offers[0].answer is None


def test_words_after_a_yes_are_stored(desk: LiveCall) -> None:
    walk(desk, "/offer refund 20", "yes but she wants it by friday")
    assert desk.session.offers[0].answer == "accepted"
    assert [note.text for note in desk.session.latest.notes] == ["yes but she wants it by friday"]


def test_of_two_open_offers_the_answered_one_is_named(desk: LiveCall) -> None:
    walk(desk, "/offer refund 20", "/offer free month")
    assert desk.hear("/accept").text == "which offer? Put its number first: 1 refund 20 EUR, 2 free month"
    assert desk.hear("/accept 1").text == "accepted: refund 20 EUR · u undoes"
    assert desk.hear("/refuse 2 weeks is too long").text.startswith("refused: free month (2 weeks is too long)")
    assert desk.hear("/accept 3").text == "there is no offer 3 (1 refund 20 EUR, 2 free month)"


def test_an_offer_can_be_named_by_its_remedy_and_an_answer_can_change(desk: LiveCall) -> None:
    walk(desk, "/offer refund 20", "/offer free month", "/refuse free month", "/accept refund", "/accept 2")
    assert [one.answer for one in desk.session.offers] == ["accepted", "accepted"]


@pytest.mark.parametrize("line", ["/accept", "/refuse too little"])
def test_without_an_offer_there_is_nothing_to_answer(desk: LiveCall, line: str) -> None:
    assert desk.hear(line).text == "nothing was offered yet · try /offer REMEDY [VALUE]"


@pytest.mark.parametrize(
    "words",
    ["full refund", "a full refund", "refnud 80", "refund 501", "refund 80 USD", "money back 80 EUR", "upgrade"],
)
def test_authority_applies_to_any_wording(desk: LiveCall, world: CallEnvironment, clock: Clock, words: str) -> None:
    assert about(desk, f"/offer {words}") == "authority"
    desk.close()
    script = LiveCall.start(world._replace(authority=Authority(ALL, None)), lambda: started(LITTLE, clock()))
    reply = script.hear(f"/offer {words}")
    assert "beyond your authority" in reply.text
    assert reply.warns
    assert script.session.offers[0].within_authority is False


@pytest.mark.parametrize("words", ["1 -5", "1 20 XYQ", "9", "1 9999999999999"])
def test_an_invalid_answer_stays_in_the_prompt(desk: LiveCall, words: str) -> None:
    walk(desk, "/ours yes", "/repeated yes", "/offer")
    refused = desk.hear(words)
    assert (refused.kind, refused.draft) == ("refused", words)
    assert refused.question is not None
    assert desk.session.offers == ()


@pytest.mark.parametrize(
    ("asked", "words", "told"),
    [
        (("/offer",), "perhaps", "yes or no?"),
        (("/offer", "n"), "perhaps", "yes or no?"),
        (("/offer refund 80",), "perhaps", "yes or no?"),
        (("/offer", "", ""), "9", "there is no remedy 9 (1 to 5)"),
        (("/offer", "", ""), "0", "there is no remedy 0 (1 to 5)"),
        (("/offer", "", ""), "discount 120 %", "that is more than 100 %"),
    ],
)
def test_a_refused_answer_names_the_valid_ones_and_the_question_stays(
    desk: LiveCall, asked: tuple[str, ...], words: str, told: str
) -> None:
    question = walk(desk, *asked).question
    refused = desk.hear(words)
    assert refused.kind == "refused"
    assert told in refused.text
    assert refused.question == question
    assert desk.session.offers == ()


def test_no_means_no_at_every_question(desk: LiveCall) -> None:
    walk(desk, "/offer", "n", "n")
    assert (desk.session.ours, desk.session.repeated) == (False, False)
    assert desk.hear("").text == "nothing offered"
    assert walk(desk, "/offer refund 80", "n").text == "not offered"
    assert desk.session.offers == ()


def test_an_offer_can_be_in_the_agents_own_words(desk: LiveCall) -> None:
    walk(desk, "/offer", "", "", "a cake and a card")
    assert desk.session.offers[0].remedy == "a cake and a card"


def test_a_script_is_not_asked_and_an_offer_beyond_authority_is_recorded_as_such(
    world: CallEnvironment, clock: Clock
) -> None:
    call = LiveCall.start(world._replace(authority=Authority(ALL, None)), lambda: started(LITTLE, clock()))
    assert call.hear("/offer").kind == "refused"
    assert "beyond your authority" in call.hear("/offer refund 80").text


def test_without_remedies_an_offer_is_free_text(world: CallEnvironment, clock: Clock) -> None:
    call = LiveCall.start(world._replace(asks=True), lambda: started(LITTLE, clock()))
    assert call.hear("/offer").text == "what was offered? · try /offer REMEDY [VALUE]"
    assert call.hear("/offer refund 80").text == "offered: refund 80 · u undoes"
