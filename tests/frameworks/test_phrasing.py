"""Which phrases come first, and how their gaps are filled."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.frameworks.model import FAULTS, Fault, Phrase, PhrasePromise, Step
from recoverycli.frameworks.phrasing import Facts, choose, fill, gaps
from tests.cases import for_each


@for_each(
    "text, values, filled",
    [
        ("Hello {customer|there}.", {}, "Hello there."),
        ("Hello {customer|there}.", {"customer": "Noor"}, "Hello Noor."),
        ("About {order_number}.", {}, "About [order number]."),
        ("{{not a gap}}", {}, "{not a gap}"),
        ("{customer}", {"customer": "{order} {{x}}"}, "{order} {{x}}"),
        ("{customer|}", {}, ""),
        ("a } lone { brace", {}, "a } lone { brace"),
        ("{customer|there}", {"customer": ""}, "there"),
        ("Thank you, {customer}. I'm looking.", {}, "Thank you. I'm looking."),
        ("Thank you, {customer}.", {"customer": "Noor"}, "Thank you, Noor."),
        ("Thank you, {customer}", {}, "Thank you"),
        ("Thank you, {customer|}.", {}, "Thank you."),
        ("{customer}, thank you. {customer}, what happened?", {}, "Thank you. What happened?"),
        ("{customer}, thank you.", {"customer": "Noor"}, "Noor, thank you."),
        ("Hello {customer}, what happened?", {}, "Hello, what happened?"),
        ("Thank you, {customer}, for telling me.", {}, "Thank you for telling me."),
        ("I'm calling for {customer}.", {}, "I'm calling for [customer]."),
        ("{{customer}}, thank you", {}, "{customer}, thank you"),
    ],
)
def test_gaps_are_filled(text: str, values: dict[str, str], filled: str) -> None:
    assert fill(text, values) == filled


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Thank you, {customer}.", ()),
        ("I'm calling for {customer}.", ("customer",)),
        ("{customer}, it is {order} or {order}.", ("order",)),
        ("{{customer}} and {agent|me}", ()),
    ],
)
def test_a_name_that_only_addresses_is_no_gap(text: str, missing: tuple[str, ...]) -> None:
    assert gaps(text, {}) == missing


@given(st.text(), st.dictionaries(st.text(), st.text()))
def test_filling_never_fails(text: str, values: dict[str, str]) -> None:
    fill(text, values)


@given(st.text(alphabet=st.characters(exclude_characters="{}")))
def test_a_text_without_braces_stays_as_it_is(text: str) -> None:
    assert fill(text, {}) == text


STEP = Step(
    id="s",
    name="S",
    intent="listen",
    goal="g",
    phrases=(
        Phrase(say="any"),
        Phrase(say="chat", channels=("chat",)),
        Phrase(say="angry", moods=("angry",)),
        Phrase(say="phone", channels=("phone",)),
        Phrase(say="billing", issues=("billing",)),
        Phrase(say="gold", when={"tier": "Gold"}),
    ),
)


def said(**facts: object) -> list[str]:
    return [phrase.say for phrase in choose(STEP.phrases, msgspec.convert({"values": {}, **facts}, Facts))]


def test_a_phrase_of_another_channel_is_not_offered() -> None:
    assert "chat" not in said(channel="phone")
    assert "phone" not in said(channel="chat")


def test_without_a_channel_a_phone_call_is_assumed() -> None:
    assert "phone" in said()
    assert "chat" not in said()


def test_a_phrase_for_the_mood_comes_first_and_for_another_is_not_offered() -> None:
    assert said(mood="angry")[0] == "angry"
    assert "angry" not in said(mood="calm")
    assert "angry" not in said()


@pytest.mark.parametrize("fault", FAULTS)
def test_words_that_take_a_fault_for_granted_wait_until_it_is_established(fault: Fault) -> None:
    phrases = [Phrase(say=one, id=one, fault=one) for one in FAULTS]
    assert [phrase.say for phrase in choose(phrases, Facts(fault=fault))] == [fault]


def test_words_for_a_severe_case_are_for_no_other() -> None:
    phrases = [Phrase(say="any", id="any"), Phrase(say="severe", id="severe", severity="severe")]
    assert [phrase.say for phrase in choose(phrases, Facts(severity="severe"))] == ["severe", "any"]
    assert [phrase.say for phrase in choose(phrases, Facts(severity="minor"))] == ["any"]


def test_the_family_of_the_issue_chooses_as_its_name_does() -> None:
    assert said(issue="charged twice", family="billing")[0] == "billing"
    assert "billing" not in said(issue="charged twice")


def test_a_phrase_for_the_issue_goes_before_one_for_every_issue() -> None:
    assert said(issue="Billing")[0] == "billing"
    assert said(issue="a billing matter")[0] == "billing"


def test_a_condition_keeps_a_phrase_away_until_it_holds() -> None:
    assert "gold" not in said()
    assert "gold" in said(values={"tier": "gold"})


def test_words_that_need_a_fact_come_after_those_that_need_none() -> None:
    offered = (
        Phrase(say="{team} can do this part."),
        Phrase(say="I'll call you by {call_by}.", promise=PhrasePromise(what="call", by="call_by")),
        Phrase(say="I can do one of two things."),
    )
    assert [phrase.say for phrase in choose(offered, Facts())] == [offered[1].say, offered[2].say, offered[0].say]
    assert choose(offered, Facts(values={"team": "Billing"})) == offered
