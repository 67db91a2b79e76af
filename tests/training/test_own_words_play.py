"""The customer of a role-play after own words that do harm: worse, further, and never a good ending."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.training.roleplay.practice import points
from recoverycli.training.scenarios.facts import Agreement
from recoverycli.training.scenarios.model import DIFFICULTIES
from recoverycli.training.scenarios.play import StoredAnswer, agreement_of, answer, answer_freely, begin, replay
from recoverycli.training.scenarios.reactions import HARMFUL, SETTLING, unclear
from recoverycli.wording.acts.reader import GoodAct
from tests.cases import for_each
from tests.examples import examples
from tests.training.played import FILES, scenario, states

if TYPE_CHECKING:
    from recoverycli.training.scenarios.model import Difficulty
    from recoverycli.training.scenarios.play import Roleplay

EVERY_ROLE_PLAY = [*product([path.stem for path in FILES], DIFFICULTIES)]
GOOD = get_args(GoodAct)


def kind_of_ending(play: Roleplay) -> str | None:
    return play.scenario.ending(play.ending).kind if play.ending else None


@pytest.mark.parametrize(("name", "difficulty"), EVERY_ROLE_PLAY)
@examples(10, at_random=40)
@given(data=st.data())
def test_after_any_beginning_a_harmful_answer_makes_it_worse_and_never_ends_well(
    name: str, difficulty: Difficulty, data: st.DataObject
) -> None:
    play = begin(scenario(name), difficulty)
    while play.node is not None:
        if data.draw(st.booleans(), label="from the menu"):
            play = answer(play, data.draw(st.sampled_from(play.choices)))
            continue
        harm = data.draw(st.sets(st.sampled_from(sorted(HARMFUL)), min_size=1))
        also = data.draw(st.sets(st.sampled_from(GOOD), max_size=2))
        before, play = play, answer_freely(play, (*also, *harm), data.draw(st.integers(0, 2)))
        turn = play.turns[-1]
        assert turn.effect < 0
        assert play.ease < before.ease or before.ease == 0
        assert play.node != before.node
        assert turn.reveals is None
        if play.node is None:
            assert kind_of_ending(play) == "lost" or (kind_of_ending(play) == "patched-up" and also & SETTLING)


@for_each("name, difficulty", EVERY_ROLE_PLAY)
@for_each("act", sorted(HARMFUL))
def test_a_harmful_answer_has_no_points_and_the_customer_answers_it(
    name: str, difficulty: Difficulty, act: str
) -> None:
    before = begin(scenario(name), difficulty)
    while before.node is not None:
        play = answer_freely(before, (act,))
        assert points(before, play.turns[-1].effect) == 0
        assert play.node is None or play.says != play.scenario.node(play.node).says
        before = play
    assert kind_of_ending(before) == "lost"


def test_a_question_that_was_not_answered_is_asked_again_once() -> None:
    play = answer_freely(begin(scenario()), ("ignores-question",))
    assert (play.node, play.turns[-1].effect) == ("opening", -1)
    assert play.says == f"You haven't answered my question. {scenario().node('opening').says}"
    again = answer_freely(play, ("apologizes", "ignores-question"))
    assert (again.node, again.turns[-1].effect) == ("no-photo", 0)


def test_words_of_which_nothing_is_understood_are_asked_back_once_and_settle_nothing() -> None:
    play = begin(scenario())
    while play.node is not None:
        node = play.node
        play = answer_freely(play, ())
        assert play.node == node, "they ask back once"
        assert play.says.startswith(unclear(play.mood, len(play.turns)))
        play = answer_freely(play, ())
        assert play.node != node, "and go on without an answer"
    assert [turn.effect for turn in play.turns] == [0, -1, 0, -1, 0, -1]
    assert kind_of_ending(play) == "lost"


def test_words_that_backfire_and_do_nothing_else_cost_what_they_cost() -> None:
    play = answer_freely(begin(scenario()), (), penalty=2)
    assert (play.node, play.turns[-1].effect) == ("no-photo", -2)
    assert play.says == "That doesn't help me. What did the driver write down?"


def ends(*said: tuple[str, ...]) -> str | None:
    play = begin(scenario())
    for acts in said:
        play = answer_freely(play, acts)
    return kind_of_ending(play)


def test_own_words_that_are_no_reply_end_it_by_what_the_last_of_them_does() -> None:
    kind = ("acknowledges", "apologizes")
    assert ends(kind, kind, ("offers", "commits")) == "patched-up"
    assert ends(kind, kind, ("refuses", "offers")) == "patched-up"
    assert ends(kind, kind, ("refuses",)) == "lost"
    assert ends(("thanks",), ("thanks",), ("thanks",)) == "lost"


def test_an_offer_in_other_words_ends_well_after_the_best_answers() -> None:
    play = begin(scenario())
    for reply in ("hear-him-out", "take-it-on"):
        play = answer(play, next(one for one in play.choices if one.id == reply))
    courier = Agreement(agrees=("courier",))
    assert kind_of_ending(answer_freely(play, ("offers", "commits"), agreement=courier)) == "recovered"
    assert kind_of_ending(answer_freely(play, ("offers", "commits"))) == "patched-up"
    assert kind_of_ending(answer_freely(play, ("apologizes",))) == "patched-up"
    assert kind_of_ending(answer_freely(play, ("offers", "refuses"), agreement=courier)) == "patched-up"
    assert kind_of_ending(answer_freely(play, ("refuses",))) == "lost"


def test_after_words_that_are_no_reply_the_customer_does_not_speak_of_one() -> None:
    play = answer_freely(begin(scenario()), ("explains",))
    assert (play.node, play.says) == ("no-photo", "What did the driver write down?")


def test_each_good_act_of_words_that_are_no_reply_gains_one_at_most_two() -> None:
    gains = [
        answer_freely(begin(scenario()), acts).turns[-1].effect
        for acts in ((), ("thanks",), ("asks",), ("asks", "apologizes"), ("asks", "apologizes", "offers"))
    ]
    assert gains == [0, 0, 1, 2, 2]


def test_a_reply_counts_in_full_only_for_words_that_do_something_of_it() -> None:
    play = begin(scenario())
    (hears, *_) = play.choices
    full, half = answer(play, hears, 0, ("asks",)), answer(play, hears, 0, ("thanks",))
    assert (full.turns[-1].effect, full.turns[-1].reveals) == (2, "was-at-home")
    assert (half.turns[-1].effect, half.turns[-1].reveals) == (1, None)
    assert half.turns[-1].remark == "They need more than that here, so it counts half."


def test_own_words_of_an_older_version_count_as_they_did() -> None:
    for play in states(scenario()):
        for reply in play.choices:
            told = [StoredAnswer(turn.reply, turn.penalty, agreement=turn.agreement) for turn in play.turns]
            last = StoredAnswer(reply.id, 1, agreement=agreement_of(reply))
            assert replay(scenario(), play.difficulty, [*told, last]) == answer(play, reply, 1)


@pytest.mark.parametrize(("name", "difficulty"), EVERY_ROLE_PLAY)
@examples(10, at_random=40)
@given(data=st.data())
def test_a_role_play_is_the_fold_of_its_stored_answers(name: str, difficulty: Difficulty, data: st.DataObject) -> None:
    play = begin(scenario(name), difficulty)
    acts = st.lists(st.sampled_from([*GOOD, *sorted(HARMFUL), "ignores-question"]), max_size=3, unique=True)
    while play.node is not None:
        reply = data.draw(st.none() | st.sampled_from(play.choices))
        does, penalty = tuple(data.draw(acts)), data.draw(st.integers(0, 2))
        play = answer_freely(play, does, penalty) if reply is None else answer(play, reply, penalty, does)
    stored = [StoredAnswer(turn.reply, turn.penalty, turn.acts, turn.agreement) for turn in play.turns]
    assert replay(scenario(name), difficulty, stored) == play
