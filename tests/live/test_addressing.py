"""How phrases address a customer: by a part of their name, and the same words are said without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recoverycli.live.call import LiveCall
from recoverycli.phrases.model import own_words
from recoverycli.redaction.rules import Rules
from recoverycli.session.phrases import phrases, spoken_text
from tests.content import framework, phrase, started, the_call
from tests.live.test_call import walk

if TYPE_CHECKING:
    from recoverycli.live.environment import CallEnvironment
    from recoverycli.settings.model import Address
    from tests.conftest import Clock

NAMED = framework(
    "named",
    [
        {
            "id": "listen",
            "intent": "listen",
            "phrases": [
                phrase("Thank you, {customer}. I'm listening."),
                phrase("{customer}, what happened?"),
                phrase("Hello {customer|there}."),
            ],
        }
    ],
)


def offered(call: LiveCall) -> list[str]:
    return [spoken_text(call.session, one) for one in phrases(call.session)]


@pytest.mark.parametrize(
    ("how", "name", "said"),
    [
        ("given-name", "Amira Quill", "Amira"),
        ("given-name", "Ms Quill", "Ms Quill"),
        ("title", "Ms Amira Quill", "Ms Quill"),
        ("given-name", "Amira Salma Quill-Featherstone", "Amira"),
    ],
)
def test_the_setting_chooses_the_part_of_the_name(
    world: CallEnvironment, clock: Clock, how: Address, name: str, said: str
) -> None:
    call = LiveCall.start(world._replace(address=how), lambda: started(NAMED, clock()))
    call.hear(f"/customer {name}")
    assert offered(call) == [f"Thank you, {said}. I'm listening.", f"{said}, what happened?", f"Hello {said}."]
    assert "said: " in call.hear("1").text


@pytest.mark.parametrize(
    ("how", "name"), [("none", "Amira Quill"), ("title", "Amira Quill"), ("given-name", "Nguyen Van An")]
)
def test_without_a_name_to_say_the_sentence_says_the_same(
    world: CallEnvironment, clock: Clock, how: Address, name: str
) -> None:
    call = LiveCall.start(world._replace(address=how), lambda: started(NAMED, clock(), customer=name))
    assert offered(call) == ["Thank you. I'm listening.", "What happened?", "Hello there."]
    assert call.hear("2").kind == "recorded"


def test_the_transcript_keeps_the_whole_name(world: CallEnvironment, clock: Clock) -> None:
    call = LiveCall.start(world, lambda: started(NAMED, clock(), customer="Amira Quill"))
    walk(call, "1", "/end resolved")
    kept = the_call(world.home)
    assert kept.customer.name == "Amira Quill"
    assert [said.text for said in kept.steps[0].said] == ["Thank you, Amira. I'm listening."]


def test_after_a_hold_the_customer_is_addressed_in_the_same_way(world: CallEnvironment, clock: Clock) -> None:
    call = LiveCall.start(world, lambda: started(NAMED, clock(), customer="Amira Quill"))
    walk(call, "/hold")
    assert 'say: "Thank you for waiting, Amira.' in call.hear("/back-on").text


def test_a_masked_given_name_is_shown_and_not_stored(world: CallEnvironment, clock: Clock) -> None:
    masked = world._replace(rules=Rules(frozenset({"name"})))
    call = LiveCall.start(masked, lambda: started(NAMED, clock(), customer="Amira Quill"))
    assert offered(call)[0] == "Thank you, Amira. I'm listening."
    walk(call, "1", "/end resolved")
    assert [said.text for said in the_call(world.home).steps[0].said] == ["Thank you, [name]. I'm listening."]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("I see it, Amira. One moment.", "I see it, {customer}. One moment."),
        ("Amira, I see it.", "{customer}, I see it."),
        ("I see it, Amira Quill.", "I see it, {customer}."),
        ("Will you wait, Will?", "Will you wait, Will?"),
    ],
)
def test_a_kept_phrase_names_the_next_customer(said: str, kept: str) -> None:
    assert own_words(said, "Amira Quill", "Amira") == kept


def test_a_given_name_that_is_a_word_is_replaced_only_where_it_addresses() -> None:
    assert own_words("Will you wait, Will?", "Will Quill", "Will") == "Will you wait, {customer}?"
