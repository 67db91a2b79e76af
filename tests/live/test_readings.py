"""Words with several readings: asked about where somebody can answer, recorded by none of them elsewhere."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from recoverycli.live.call import LiveCall
from tests.conftest import BERLIN
from tests.content import LITTLE, started

if TYPE_CHECKING:
    from recoverycli.live.environment import CallEnvironment
    from recoverycli.live.reply import Reply
    from tests.conftest import Clock

FOUR_IN_THE_AFTERNOON = datetime(2026, 11, 23, 16, 0, tzinfo=BERLIN)


@pytest.fixture
def asking(world: CallEnvironment, clock: Clock) -> LiveCall:
    """A call on a terminal, Monday 2026-11-23 at nine."""
    return LiveCall.start(world._replace(asks=True), lambda: started(LITTLE, clock()))


def hear(call: LiveCall, *lines: str) -> Reply:
    replies = [call.hear(line) for line in lines]
    return replies[-1]


def test_an_amount_that_may_be_thousands_is_asked_about(asking: LiveCall) -> None:
    reply = asking.hear("/offer refund £20.555")

    assert reply.question is not None
    assert reply.question.text == "refund £20.555: which one?"
    assert reply.question.options == ("20.55 GBP", "20.56 GBP", "20,555 GBP")
    assert asking.session.offers == ()


@pytest.mark.parametrize(("answer", "value"), [("1", 5.0), ("2", 5000.0), ("5,000", 5000.0), ("7.50", 7.5)])
def test_the_number_of_a_reading_or_another_amount_answers(asking: LiveCall, answer: str, value: float) -> None:
    hear(asking, "/offer refund 5.000", answer)

    assert [(offer.remedy, offer.value) for offer in asking.session.offers] == [("refund", value)]


def test_enter_offers_nothing(asking: LiveCall) -> None:
    assert hear(asking, "/offer refund 5.000", "").text == "nothing recorded"
    assert asking.session.offers == ()


@pytest.mark.parametrize("answer", ["3", "dunno", "soon"])
def test_a_line_that_is_not_an_answer_keeps_the_question(asking: LiveCall, answer: str) -> None:
    reply = hear(asking, "/offer refund 5.000", answer)

    assert (reply.kind, reply.question is not None) == ("refused", True)
    assert asking.session.offers == ()


def test_a_script_gets_the_readings_and_records_no_amount(call: LiveCall) -> None:
    reply = call.hear("/offer refund 5.000")

    assert (reply.kind, reply.text) == ("refused", "the amount can be 5 or 5,000 · try /offer refund 5")
    assert call.session.offers == ()


def test_a_date_for_one_of_several_promises_asks_which(asking: LiveCall) -> None:
    asked = hear(asking, "/promise ring her", "/promise send the bill", "/due tomorrow 5pm")
    assert asked.question is not None
    assert asked.question.options == ("ring her", "send the bill")
    asking.hear("2")
    first, second = asking.session.promises
    assert first.due is None
    assert second.due == datetime(2026, 11, 24, 17, 0, tzinfo=BERLIN)


def test_a_promise_needs_no_by(call: LiveCall) -> None:
    reply = call.hear("/promise call back tomorrow morning")

    assert reply.text == "promised: call back · by Tue 24 Nov 2026, 9:00 · u undoes"


def test_a_date_with_two_readings_is_asked_about(asking: LiveCall) -> None:
    reply = asking.hear("/promise call back at 4")

    assert reply.question is not None
    assert reply.question.text == "at 4: which one?"
    assert reply.question.options == ("Mon 23 Nov 2026, 16:00", "Tue 24 Nov 2026, 4:00")
    assert asking.session.promises == ()


@pytest.mark.parametrize("answer", ["1", "4pm", "today at 4pm", "Mon 23 Nov 2026, 16:00"])
def test_its_number_or_another_date_answers(asking: LiveCall, answer: str) -> None:
    hear(asking, "/promise call back at 4", answer)

    assert [(one.what, one.due) for one in asking.session.promises] == [("call back", FOUR_IN_THE_AFTERNOON)]


def test_enter_records_the_promise_without_a_date(asking: LiveCall) -> None:
    hear(asking, "/promise call back at 4", "")

    assert [(one.what, one.due) for one in asking.session.promises] == [("call back at 4", None)]


def test_a_script_records_the_promise_without_a_date_and_is_told_the_readings(call: LiveCall) -> None:
    reply = call.hear("/promise call back at 4")

    assert [(one.what, one.due) for one in call.session.promises] == [("call back at 4", None)]
    assert reply.warns
    assert reply.text.endswith("at 4 can be Mon 23 Nov 2026, 16:00 or Tue 24 Nov 2026, 4:00")


def test_due_asks_too_and_enter_changes_nothing(asking: LiveCall) -> None:
    hear(asking, "/promise call back", "/due next friday", "")
    assert [one.due for one in asking.session.promises] == [None]

    hear(asking, "/due next friday", "2")
    assert [one.due for one in asking.session.promises] == [datetime(2026, 12, 4, 17, 0, tzinfo=BERLIN)]


def test_due_in_a_script_is_refused_with_the_readings(call: LiveCall) -> None:
    reply = hear(call, "/promise call back", "/due 3/12")

    assert reply.kind == "refused"
    assert reply.text == ("3/12 can be Thu 3 Dec 2026, 17:00 or Fri 12 Mar 2027, 17:00 · try /due p1 2026-12-03 17:00")
    assert [one.due for one in call.session.promises] == [None]
