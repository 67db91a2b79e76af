"""Conversations of denials, refusals and rude lines: none ends well, and no line of them is praised."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.times.future import read_date
from recoverycli.training.roleplay.feedback import act_lines, acts_of, feedback
from recoverycli.training.roleplay.own_words import OwnWordsReader
from recoverycli.training.roleplay.practice import matching_reply, respond
from recoverycli.training.scenarios.model import DIFFICULTIES
from recoverycli.training.scenarios.play import begin
from recoverycli.wording.acts.reader import GoodAct
from tests.cases import for_each
from tests.examples import examples
from tests.training.bad_lines import DENIALS, REFUSALS, RUDE
from tests.training.played import FILES, scenario, states
from tests.wording.wordings import MATCHER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recoverycli.training.scenarios.model import Difficulty
    from recoverycli.training.scenarios.play import Roleplay

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
EVERY_ROLE_PLAY = [*product([path.stem for path in FILES], DIFFICULTIES)]
GOOD = get_args(GoodAct)
LINES = (*DENIALS, *REFUSALS, *RUDE)


@cache
def reader() -> OwnWordsReader:
    return OwnWordsReader(MATCHER, read_date)


def kind_of_ending(play: Roleplay) -> str | None:
    return play.scenario.ending(play.ending).kind if play.ending else None


def said(play: Roleplay, line: str) -> tuple[Roleplay, str]:
    """The role-play after a typed line where nobody is there to be asked, and the feedback."""
    reading = reader().read(line, play.choices, NOW, play.scenario.channel, play.says)
    after = respond(play, reading, matching_reply(reading))
    return after, feedback(reading, after.turns[-1])


@pytest.mark.parametrize(("name", "difficulty"), EVERY_ROLE_PLAY)
@examples(8, at_random=25)
@given(lines=st.lists(st.sampled_from(LINES), min_size=12, max_size=12))
def test_no_sequence_of_denials_refusals_and_rude_lines_ends_well(
    name: str, difficulty: Difficulty, lines: list[str]
) -> None:
    play = begin(scenario(name), difficulty)
    praise = {line.partition('": ')[2] for line in act_lines(dict.fromkeys(GOOD, "words"))}
    for line in (*lines, *lines):
        if play.node is None:
            break
        before = play
        play, told = said(before, line)
        assert play.ease <= before.ease, line
        # What nobody understands is asked back once.
        assert play.node != before.node or play.turns[-1].is_unclear, line
        assert play.known == before.known, line
        assert not any(words in told for words in praise), (line, told)
        assert told, line
    assert kind_of_ending(play) == "lost"


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=3, unique=True))
def test_the_feedback_quotes_the_words_of_the_answer(lines: list[str]) -> None:
    text = " ".join(lines)
    reading = reader().read(text, (), NOW, "phone", "So what happens now?")
    for quoted in acts_of(reading).values():
        assert all(" ".join(part.split()) in text for part in quoted.split(" … "))


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("I will not send a new one tonight.", {"refuses": "I will not send a new one tonight"}),
        (
            "Calm down, sir. There is nothing I can do.",
            {"dismisses": "Calm down", "refuses": "There is nothing I can do"},
        ),
        ("I won't refund it, and I won't replace it.", {"refuses": "I won't refund it … and I won't replace it"}),
        ("We can't refund 12.50 euros.", {"refuses": "We can't refund 12.50 euros"}),
    ],
)
def test_the_whole_clause_is_quoted(text: str, quoted: dict[str, str]) -> None:
    reading = reader().read(text, (), NOW, "phone", "So what happens now?")
    assert {act: words for act, words in acts_of(reading).items() if act != "ignores-question"} == quoted


def test_acts_of_the_same_words_share_a_line() -> None:
    told = act_lines(
        {
            "apologizes": "we made a mistake and I apologise",
            "takes-responsibility": "we made a mistake and I apologise",
            "thanks": "thank you",
        }
    )
    assert told == (
        '"we made a mistake and I apologise": you say sorry. You take responsibility.',
        '"thank you": you thank them.',
    )


def test_a_refusal_beside_an_offer_is_told_as_such() -> None:
    assert act_lines({"refuses": "I can't refund it", "offers": "I can send a new one"}) == (
        '"I can\'t refund it": you refuse this part, and offer another way.',
        '"I can send a new one": you offer a way to solve it.',
    )


@given(st.text(max_size=300))
def test_any_text_has_feedback_without_line_breaks(text: str) -> None:
    _, told = said(begin(scenario()), text)
    assert told == " ".join(told.split())


@for_each("name", [path.stem for path in FILES])
def test_a_poor_reply_of_the_scenario_typed_word_for_word_never_gains(name: str) -> None:
    check_poor_replies({play.node: play for play in states(scenario(name))}.values())


@pytest.mark.slow
@pytest.mark.parametrize("name", [path.stem for path in FILES])
def test_a_poor_reply_typed_word_for_word_gains_in_no_state_of_the_scenario(name: str) -> None:
    check_poor_replies(states(scenario(name)))


def check_poor_replies(plays: Iterable[Roleplay]) -> None:
    for play in plays:
        for reply in play.choices:
            if reply.effect < 0:
                after, _ = said(play, reply.say)
                assert after.turns[-1].effect <= 0, reply.say
