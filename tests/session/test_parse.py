"""What an agent types, and what it means."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.session import events as ev
from recoverycli.session.grammar.commands import COMMANDS, settable_names
from recoverycli.session.grammar.meanings import Copy, Leave, Meaning, Misunderstood, Record, Show, SwitchTo, Undo
from recoverycli.session.grammar.parse import interpret
from recoverycli.session.state import apply, begin
from tests.cases import for_each
from tests.content import LITTLE, started

if TYPE_CHECKING:
    from recoverycli.session.model import Session

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def read_date(words: str, now: datetime) -> datetime | None:
    """A reader that knows two dates, so that these tests are about the grammar alone."""
    known = {
        "5pm": now + timedelta(hours=8),
        "2 hours": now + timedelta(hours=2),
        "tomorrow by 5pm": now + timedelta(days=1),
        "tomorrow 5pm": now + timedelta(days=1),
        "in 2 hours": now + timedelta(hours=2),
    }
    return known.get(words)


def a_call(*lines: str) -> Session:
    """A call after those lines."""
    session = begin(started(LITTLE, NOW))
    for line in lines:
        meaning = interpret(session, line, NOW, read_date)
        assert isinstance(meaning, Record), meaning
        session = apply(session, meaning.event)
    return session


def means(line: str, *before: str) -> Meaning:
    return interpret(a_call(*before), line, NOW, read_date)


def event(line: str, *before: str) -> ev.Event:
    meaning = means(line, *before)
    assert isinstance(meaning, Record), meaning
    return meaning.event


def refusal(line: str, *before: str) -> Misunderstood:
    meaning = means(line, *before)
    assert isinstance(meaning, Misunderstood), meaning
    return meaning


def test_enter_goes_to_the_next_step_and_this_one_is_done() -> None:
    assert event("") == ev.Moved(at=NOW, to="apologize", leaving="done")


def test_only_spaces_are_an_enter() -> None:
    assert event("  \t ") == event("")


def test_enter_on_the_last_step_leads_to_the_wrap_up() -> None:
    assert event("", "", "") == ev.Moved(at=NOW, to=None, leaving="done")


def test_enter_on_the_wrap_up_finishes() -> None:
    assert means("", "", "", "") == Leave("finish")


def test_a_digit_is_the_phrase_of_that_number_with_its_words_filled() -> None:
    said = event("1", "/customer Noor")
    assert isinstance(said, ev.Said)
    assert said.text == "Thank you for telling me, Noor."
    assert said.phrase == LITTLE.steps[0].phrases[0].id


def test_a_digit_without_a_phrase_is_refused() -> None:
    assert "no phrase 7" in refusal("7").why
    assert refusal("7").nearest == "/note 7"


def test_a_number_that_begins_a_sentence_is_a_note() -> None:
    assert event("3 weeks late") == ev.Noted(at=NOW, text="3 weeks late")


@pytest.mark.parametrize(("line", "text"), [("/note 2", "2"), ("//u", "u"), ("//end", "end"), ("/note /end", "/end")])
def test_a_note_may_look_like_anything(line: str, text: str) -> None:
    assert event(line) == ev.Noted(at=NOW, text=text)


def test_several_pasted_lines_are_one_note_even_if_they_begin_like_a_command() -> None:
    assert event("/end\nand more") == ev.Noted(at=NOW, text="/end\nand more")


def test_letters_work_in_both_cases() -> None:
    assert means("M") == means("m") == Show("more")
    assert means("?") == means("/help") == Show("help")
    assert means("U", "a note") == means("/undo", "a note") == Undo()


def test_back_on_the_first_step_says_so() -> None:
    assert refusal("b").why == "this is the first step"


def test_back_from_the_wrap_up_returns_to_the_step_that_was_left_last() -> None:
    assert event("b", "", "/end") == ev.Moved(at=NOW, to="apologize", leaving="left")


@pytest.mark.parametrize("number", ["0000019", "0" * 6 + "1" * 5000, "9" * 5000, "0", "\u00b2"])
def test_a_number_beyond_the_list_is_refused_however_it_is_written(number: str) -> None:
    assert "which item?" in refusal(f"/tick {number}").why
    assert "which phrase?" in refusal(f"/copy {number}").why


def test_a_number_may_have_leading_zeros() -> None:
    assert event("/tick 02") == ev.Ticked(at=NOW, item="second")
    dated = event("/due 01 tomorrow 5pm", "/promise a call")
    assert isinstance(dated, ev.PromiseDated)
    assert dated.promise == "p1"


def test_undo_with_nothing_recorded_says_so() -> None:
    assert "nothing to take back" in refusal("u").why


@for_each(
    "line, near",
    [
        ("/promice x by tomorrow 5pm", "/promise x by tomorrow 5pm"),
        ("/mod angry", "/mood angry"),
        ("/mood angri", "/mood angry"),
        ("/channel fone", "/channel phone"),
        ("/outcome resolvd", "/outcome resolved"),
        ("/end resolvd", "/end resolved"),
        ("/goto apologise", "/goto apologize"),
        ("/set expectatoin a refund", "/set expectation a refund"),
        ("/set weight hevy", "/set weight heavy"),
        ("/back-on", "/hold"),
        ("/xyzzy", "?"),
    ],
)
def test_a_mistyped_line_is_answered_with_the_nearest_valid_one(line: str, near: str) -> None:
    assert refusal(line).nearest == near


@for_each("command", ["said", "note", "customer", "ref", "issue", "cause", "summary", "promise"])
def test_a_command_without_its_words_is_refused_with_its_usage(command: str) -> None:
    assert refusal(f"/{command}").nearest.startswith(f"/{command} ")


def test_every_documented_command_is_known() -> None:
    contract = (
        "said next goto skip tick set customer ref mood issue channel offer promise escalate hold back-on copy switch "
        "keep accept refuse instead history ours repeated severity due outcome cause summary pause end abandon note "
        "back undo more notes help card"
    )
    assert set(COMMANDS) == set(contract.split())


@pytest.mark.parametrize("step", ["solve", "Solve", "3", "so"])
def test_goto_accepts_an_id_a_name_a_number_or_a_prefix(step: str) -> None:
    assert event(f"/goto {step}") == ev.Moved(at=NOW, to="solve", leaving="left")


def test_skip_stores_the_reason() -> None:
    assert event("/skip they hung up") == ev.Moved(at=NOW, to="apologize", leaving="skipped", because="they hung up")


def test_tick_takes_the_number_on_the_screen() -> None:
    assert event("/tick 2") == ev.Ticked(at=NOW, item="second")
    assert refusal("/tick 3").nearest == "/tick 1"
    assert "already" in refusal("/tick 2", "/tick 2").why


def test_set_reads_yes_and_no_and_choices() -> None:
    assert event("/set first_time y") == ev.ValueSet(at=NOW, name="first_time", value="yes")
    assert event("/set weight HEAVY") == ev.ValueSet(at=NOW, name="weight", value="heavy")
    assert "light, heavy" in refusal("/set weight so-so").why


def test_set_can_set_a_fact_of_the_call() -> None:
    assert event("/set customer Ada") == ev.CustomerNamed(at=NOW, name="Ada")
    assert event("/set channel chat") == ev.ChannelSet(at=NOW, channel="chat")
    assert "order" in settable_names(a_call())


def test_a_promise_is_split_where_a_date_follows() -> None:
    assert event("/promise a bill by tomorrow 5pm") == ev.Promised(
        at=NOW, what="a bill", due_said="tomorrow 5pm", due=NOW + timedelta(days=1)
    )
    assert event("/promise call by phone in 2 hours") == ev.Promised(
        at=NOW, what="call by phone", due_said="in 2 hours", due=NOW + timedelta(hours=2)
    )


def test_a_promise_is_split_at_the_first_of_several_date_words() -> None:
    promised = event("/promise call on tomorrow by 5pm")
    assert isinstance(promised, ev.Promised)
    assert (promised.what, promised.due_said) == ("call", "tomorrow by 5pm")


def test_a_duration_is_not_a_date() -> None:
    assert event("/promise a refund, as it was delayed by 2 hours") == ev.Promised(
        at=NOW, what="a refund, as it was delayed by 2 hours"
    )


@pytest.mark.parametrize(
    "words", ["a refund in full", "sent by mistake", "the round is on me", "soon", "by tomorrow 5pm"]
)
def test_a_promise_without_a_date_has_all_its_words(words: str) -> None:
    assert event(f"/promise {words}") == ev.Promised(at=NOW, what=words)


@for_each(
    "line, remedy, value, currency",
    [
        ("refund 20", "refund", 20.0, None),
        ("refund 12,50 EUR", "refund", 12.5, "EUR"),
        ("credit €20", "credit", 20.0, "EUR"),
        ("refund $1,234.50", "refund", 1234.5, "$"),
        ("refund 1.234,50 EUR", "refund", 1234.5, "EUR"),
        ("20 pounds refund", "refund", 20.0, "GBP"),
        ("a free month", "a free month", None, None),
        ("10% off", "10% off", None, None),
        ("discount 10%", "discount 10%", None, None),
        ("20", "20", None, None),
    ],
)
def test_an_offer_may_end_in_an_amount(line: str, remedy: str, value: float | None, currency: str | None) -> None:
    assert event(f"/offer {line}") == ev.Offered(at=NOW, remedy=remedy, value=value, currency=currency)


@pytest.mark.parametrize("line", ["refund -5", "refund 99999999999999", "refund 1.2.3"])
def test_an_impossible_amount_is_refused(line: str) -> None:
    assert refusal(f"/offer {line}").nearest == "/offer REMEDY [VALUE]"


def test_escalate_may_name_the_receiver() -> None:
    assert event("/escalate team lead: wants a manager") == ev.Escalated(at=NOW, to="team lead", why="wants a manager")
    assert event("/escalate wants a manager") == ev.Escalated(at=NOW, why="wants a manager")


def test_a_hold_does_not_start_twice() -> None:
    assert event("/hold") == ev.Held(at=NOW)
    assert refusal("/hold", "/hold").nearest == "/back-on"


def test_copy_gives_the_filled_phrase() -> None:
    assert means("/copy 1", "/customer Noor") == Copy("Thank you for telling me, Noor.", 1)
    assert refusal("/copy 9").nearest == "/copy 1"


def test_switch_names_a_framework_and_alone_or_with_back_returns() -> None:
    assert means("/switch OTHER") == SwitchTo("other")
    assert "already" in refusal("/switch little").why
    assert "return" in refusal("/switch").why
    assert refusal("/switch back").why == refusal("/switch").why


def test_end_leads_to_the_wrap_up_and_with_an_outcome_it_finishes() -> None:
    assert event("/end") == ev.Moved(at=NOW, to=None, leaving="left", ending=True)
    assert means("/end resolved") == Leave("finish", "resolved")
    assert means("/end", "/end") == Leave("finish")
    assert means("/pause") == Leave("pause")
    assert means("/abandon") == Leave("abandon")


def test_on_the_wrap_up_digits_are_outcomes_and_text_is_the_summary() -> None:
    assert event("2", "/end") == ev.OutcomeChosen(at=NOW, outcome="partly-resolved")
    assert "no outcome 8" in refusal("8", "/end").why
    assert event("Refunded in full", "/end") == ev.SummaryGiven(at=NOW, summary="Refunded in full")
    assert event("//still a note", "/end") == ev.Noted(at=NOW, text="still a note")


def test_the_mood_changes_the_order_of_the_phrases_at_once() -> None:
    said = event("1", "/mood angry")
    assert isinstance(said, ev.Said)
    assert said.text == "You are right to be cross."


def test_a_line_with_a_lone_surrogate_is_refused() -> None:
    assert means("a \ud800 b") == Misunderstood("that is not text in UTF-8")


commands = st.sampled_from([f"/{name}" for name in COMMANDS])
any_line = st.one_of(
    st.text(max_size=200),
    st.text(alphabet="bum?123456789/ \n", max_size=4),
    st.builds(lambda command, rest: f"{command} {rest}", commands, st.text(max_size=60)),
)


@given(before=st.lists(any_line, max_size=6), line=any_line)
def test_every_typed_line_has_a_meaning(before: list[str], line: str) -> None:
    session = begin(started(LITTLE, NOW))
    for earlier in before:
        meaning = interpret(session, earlier, NOW, read_date)
        if isinstance(meaning, Record):
            session = apply(session, meaning.event)
    meaning = interpret(session, line, NOW, read_date)
    assert isinstance(meaning, Meaning)
    if isinstance(meaning, Misunderstood):
        assert meaning.why
        assert "\n" not in meaning.why
