"""Phrases that promise: they ask when, record the promise with its date, and speak of it from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recoverycli.live.call import LiveCall
from recoverycli.session.phrases import phrases, spoken_text
from tests.content import framework, phrase, started, the_call
from tests.live.test_call import walk

if TYPE_CHECKING:
    from recoverycli.live.environment import CallEnvironment
    from recoverycli.session.transcript.model import TranscriptPromise
    from tests.conftest import Clock

CALL = {"promise": {"what": "call the customer", "by": "call_by"}}
PROMISING = framework(
    "promising",
    [
        {
            "id": "notify",
            "intent": "notify",
            "phrases": [
                phrase("Here is what is done."),
                phrase("I'll call you by {call_by}.", **CALL),
                phrase("I'll write to you by {write_by}.", promise={"what": "write to the customer", "by": "write_by"}),
                phrase("I've written down the time: {promise_by}."),
                phrase("This happened because {cause}."),
                phrase("I can offer you {remedy}."),
            ],
        },
        {"id": "thank", "intent": "thank", "phrases": [phrase("By {call_by}, then.", **CALL), phrase("Thank you.")]},
    ],
    placeholders=["call_by", "write_by"],
)


class Desk:
    """A call of an agent who can be asked, or of a script."""

    def __init__(self, world: CallEnvironment, clock: Clock) -> None:
        self._world, self._clock = world, clock

    def __call__(self, *, asks: bool = True, **facts: str) -> LiveCall:
        world = self._world._replace(asks=asks)
        return LiveCall.start(world, lambda: started(PROMISING, self._clock(), **facts))

    def promises(self) -> list[tuple[str, str | None]]:
        return [(one.what, _minute(one)) for one in the_call(self._world.home).promises]


def _minute(promise: TranscriptPromise) -> str | None:
    return None if promise.due is None else f"{promise.due:%Y-%m-%d %H:%M}"


@pytest.fixture
def desk(world: CallEnvironment, clock: Clock) -> Desk:
    return Desk(world, clock)


def offered(call: LiveCall) -> list[str]:
    return [spoken_text(call.session, one) for one in phrases(call.session)]


def test_it_asks_when_and_records_the_promise_with_its_date(desk: Desk) -> None:
    call = desk()
    asked = call.hear("2")
    assert asked.question is not None
    assert (asked.question.text, asked.question.enter) == ("call the customer: by when?", "Enter: not said")
    reply = call.hear("friday 5pm")
    assert reply.text == (
        'said: "I\'ll call you by 17:00 on Friday 27 November." · promised: call the customer · '
        "by Fri 27 Nov 2026, 17:00 · u undoes"
    )
    call.hear("/end resolved")
    assert desk.promises() == [("call the customer", "2026-11-27 17:00")]


def test_passed_over_it_promises_nothing_and_the_next_line_is_read_normally(desk: Desk) -> None:
    call = desk()
    assert walk(call, "2", "").text == "not said: the call by is missing"
    assert call.hear("she was kind").text == "noted: she was kind · u undoes"
    assert (call.session.latest.said, call.session.promises) == ((), ())


def test_a_script_is_not_asked_and_promises_nothing(desk: Desk) -> None:
    call = desk(asks=False)
    refused = call.hear("2")
    assert (refused.kind, refused.text) == ("refused", "not said: the call by is missing · try /set call_by VALUE")
    assert call.hear("1").kind == "recorded"
    assert [words.text for words in call.session.latest.said] == ["Here is what is done."]
    assert call.session.promises == ()


@pytest.mark.parametrize(
    ("typed", "said", "due"),
    [
        (["by friday"], "17:00 on Friday 27 November", "2026-11-27 17:00"),
        (["in 2 hours"], "11:00 today", "2026-11-23 11:00"),
        (["soon", "tomorrow 10am"], "10:00 tomorrow", "2026-11-24 10:00"),
        (["soon", ""], "soon", None),
        (["soon", "when it is here"], "when it is here", None),
        (["at 4", "1"], "16:00 today", "2026-11-23 16:00"),
        (["4", "2"], "4:00 tomorrow", "2026-11-24 04:00"),
        (["at 4", ""], "4", None),
        (["soon", "at 4", "1"], "16:00 today", "2026-11-23 16:00"),
    ],
)
def test_a_date_that_is_not_clear_is_asked_for_once_more(
    desk: Desk, typed: list[str], said: str, due: str | None
) -> None:
    call = desk()
    reply = walk(call, "2", *typed)
    assert reply.question is None
    assert [words.text for words in call.session.latest.said] == [f"I'll call you by {said}."]
    call.hear("/end resolved")
    assert [date for _, date in desk.promises()] == [due]


def test_one_undo_takes_back_the_words_and_the_promise(desk: Desk) -> None:
    call = desk()
    walk(call, "2", "friday 5pm")
    assert call.hear("u").text.startswith("taken back: said: ")
    assert (call.session.latest.said, call.session.promises) == ((), ())


def test_after_a_promise_the_phrases_speak_of_its_date_and_come_first(desk: Desk) -> None:
    call = desk()
    call.hear("/promise ring her back with the result by friday 5pm")
    assert offered(call)[:3] == [
        "I'll call you by 17:00 on Friday 27 November.",
        "I've written down the time: 17:00 on Friday 27 November.",
        "Here is what is done.",
    ]
    assert "I'll write to you by [write by]." in offered(call), "nobody promised to write"


def test_repeating_a_promise_does_not_promise_again(desk: Desk) -> None:
    call = desk()
    walk(call, "/promise call back by friday 5pm", "1", "", "1")
    assert [words.text for words in call.session.latest.said] == ["By 17:00 on Friday 27 November, then."]
    assert len(call.session.promises) == 1


def test_what_was_promised_by_a_phrase_is_not_asked_for_again(desk: Desk) -> None:
    call = desk()
    walk(call, "2", "friday 5pm", "")
    assert offered(call)[0] == "By 17:00 on Friday 27 November, then."
    assert call.hear("1").question is None


def test_a_new_date_is_spoken_of(desk: Desk) -> None:
    call = desk()
    walk(call, "/promise call back by friday 5pm", "/due thursday 10am")
    assert offered(call)[0] == "I'll call you by 10:00 on Thursday 26 November."
    call.hear("/set call_by the end of the week")
    assert offered(call)[0] == "I've written down the time: 10:00 on Thursday 26 November."
    assert "I'll call you by the end of the week." in offered(call)


def test_before_there_is_a_promise_no_phrase_speaks_of_one(desk: Desk) -> None:
    call = desk()
    assert not any("written down" in said for said in offered(call))
    walk(call, "/promise a letter by friday", "/promise a call by tuesday")
    assert not any("written down" in said for said in offered(call)), "two dates cannot both be the time"


@pytest.mark.parametrize("channel", ["chat", "email"])
def test_a_promise_is_spoken_of_in_writing_too(desk: Desk, channel: str) -> None:
    call = desk(channel=channel)
    call.hear("/promise write to her by friday 5pm")
    assert offered(call)[0] == "I'll write to you by 17:00 on Friday 27 November."


def test_the_cause_and_the_remedy_fill_their_gaps(desk: Desk) -> None:
    call = desk()
    walk(call, "/cause two orders had one number", "/offer refund 20 EUR", "/offer voucher 5 EUR", "/accept 1")
    assert "This happened because two orders had one number." in offered(call)
    assert "I can offer you refund 20 EUR." in offered(call)


def test_a_refused_remedy_is_not_offered_again(desk: Desk) -> None:
    call = desk()
    walk(call, "/offer refund 20 EUR", "/refuse too little")
    assert "I can offer you [remedy]." in offered(call)


def test_the_question_of_a_capture_is_asked_for_its_gap(world: CallEnvironment, clock: Clock) -> None:
    capture = [{"id": "sent_on", "ask": "On which day was it sent?", "kind": "date"}]
    steps = [{"id": "a", "intent": "assess", "capture": capture, "phrases": [phrase("It was sent on {sent_on}.")]}]
    call = LiveCall.start(world._replace(asks=True), lambda: started(framework("sent", steps), clock()))
    asked = call.hear("1")
    assert asked.question is not None
    assert asked.question.text == "On which day was it sent?"
    which = call.hear("monday")
    assert which.question is not None
    call.hear("1")
    assert call.session.latest.captured == {"sent_on": which.question.options[0]}
    assert call.session.promises == ()
