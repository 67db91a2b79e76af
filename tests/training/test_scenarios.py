"""The role-plays that came with the tool: each can be played to every ending, and a good answer pays."""

from __future__ import annotations

import random
from itertools import product
from typing import TYPE_CHECKING

import pytest

from recoverycli.training.roleplay.practice import points
from recoverycli.training.scenarios.model import DIFFICULTIES, ENDINGS
from recoverycli.training.scenarios.play import StoredAnswer, answer, begin, replay
from recoverycli.training.scenarios.reader import read_scenario
from tests.cases import for_each
from tests.training.ended_runs import ended_runs
from tests.training.played import FILES, scenario, states
from tests.wording.wordings import MATCHER

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.training.scenarios.model import Difficulty

NAMES = [path.stem for path in FILES]


def test_there_are_a_dozen_over_many_trades_channels_and_levels() -> None:
    played = [scenario(name) for name in NAMES]
    assert len(played) >= 12
    assert len({one.industry for one in played}) >= 6
    assert len({one.channel for one in played}) >= 4
    assert {one.difficulty for one in played} == set(DIFFICULTIES)


@for_each("path", FILES, name=lambda path: path.stem)
def test_every_way_through_it_is_sound(path: Path) -> None:
    assert read_scenario(path.read_bytes(), str(path)).problems == ()


@for_each("name", NAMES)
def test_every_ending_is_reached_by_a_talk_and_every_kind_is_there(name: str) -> None:
    played = scenario(name)
    ended = ended_runs(played)
    assert set(ended) == {ending.id for ending in played.endings}
    assert {ending.kind for ending in played.endings} == set(ENDINGS)
    for ending, runs in ended.items():
        answers = [StoredAnswer(one.reply, one.penalty, one.acts, one.agreement) for one in runs[0].turns]
        assert replay(played, runs[0].difficulty, answers).ending == ending


@pytest.mark.parametrize(("name", "difficulty"), [*product(NAMES, DIFFICULTIES)])
def test_a_player_who_answers_at_random_always_comes_to_an_end(name: str, difficulty: Difficulty) -> None:
    played = scenario(name)
    for seed in range(50):
        chance = random.Random(seed)
        play = begin(played, difficulty)
        while play.node is not None:
            assert len(play.turns) <= len(played.nodes)
            play = answer(play, chance.choice(play.choices))
        assert play.ending in {ending.id for ending in played.endings}


@for_each("name, difficulty", [*product(NAMES, DIFFICULTIES)])
def test_a_good_answer_always_scores_above_a_poor_one(name: str, difficulty: Difficulty) -> None:
    for play in states(scenario(name), difficulty):
        for one, other in product(play.choices, repeat=2):
            does, other_does = (answer(play, reply).turns[-1].effect for reply in (one, other))
            if does > other_does or one.effect > 0 > other.effect:
                assert points(play, does) > points(play, other_does)


@for_each("name", NAMES)
def test_words_that_backfire_stand_in_poor_answers_alone(name: str) -> None:
    matcher = MATCHER
    played = scenario(name)
    good = [reply for node in played.nodes for reply in node.replies if reply.effect > 0]
    assert {reply.id: matcher.findings(reply.say, played.channel) for reply in good if
            matcher.findings(reply.say, played.channel)} == {}  # fmt: skip


@for_each("name", NAMES)
def test_the_best_answer_has_no_place_of_its_own(name: str) -> None:
    places = [max(range(len(node.replies)), key=lambda at: node.replies[at].effect) for node in scenario(name).nodes]
    assert len(set(places)) > 1 or name == "late-parcel"


@for_each("name", NAMES)
def test_only_a_good_question_brings_out_what_is_hidden(name: str) -> None:
    played = scenario(name)
    assert played.facts
    for fact in played.facts:
        revealing = [reply for node in played.nodes for reply in node.replies if reply.reveals == fact.id]
        assert all(reply.effect > 0 for reply in revealing)
