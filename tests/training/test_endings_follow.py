"""An ending follows from what was said: its condition holds, and it tells of nothing that was not agreed."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import TYPE_CHECKING, get_args

from recoverycli.times.future import read_date
from recoverycli.training.roleplay.agreements import agreement
from recoverycli.training.roleplay.own_words import OwnWordsReader
from recoverycli.training.scenarios.facts import Agreement, Outcome, holds
from recoverycli.training.scenarios.model import DIFFICULTIES
from recoverycli.training.scenarios.play import StoredAnswer, answer, answer_freely, begin, replay
from recoverycli.wording.acts.reader import BadAct, GoodAct
from tests.training.played import FILES, scenario
from tests.wording.wordings import MATCHER

if TYPE_CHECKING:
    from recoverycli.training.scenarios.play import Roleplay

RUNS, SEEDS = 10_000, 6
GOOD, BAD = get_args(GoodAct), get_args(BadAct)
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


def random_play(chance: random.Random) -> Roleplay:
    """A conversation of picks and own words, good, bad and unclear, to its end."""
    drawn = scenario(chance.choice(FILES).stem, chance.randrange(SEEDS))
    play = begin(drawn, chance.choice(DIFFICULTIES))
    pick = chance.choice((0.2, 0.6, 0.95))
    while play.node is not None:
        assert "{" not in play.says, play.says
        if chance.random() < pick:
            best = max(play.choices, key=lambda reply: reply.effect)
            play = answer(play, best if chance.random() < pick else chance.choice(play.choices))
            continue
        acts = (*chance.sample(GOOD, chance.randrange(3)), *chance.sample(BAD, chance.randrange(2)))
        named = [remedy.id for remedy in drawn.remedies if chance.random() < 0.4]
        settled = Agreement(agrees=tuple(named)) if chance.random() < 0.7 else Agreement(refuses=tuple(named))
        play = answer_freely(play, acts, chance.randrange(2), settled if acts else Agreement())
    return play


def outcome_of(play: Roleplay) -> Outcome:
    """What came of it, worked out from the answers alone."""
    state: dict[str, str] = {}
    for turn in play.turns:
        state |= dict.fromkeys(turn.agreement.agrees, "agreed")
        state |= dict.fromkeys(turn.agreement.refuses, "refused")
    return Outcome(
        ease=play.turns[-1].after,
        harm=sum(turn.effect < 0 for turn in play.turns),
        known={turn.reveals for turn in play.turns if turn.reveals},
        agreed=[one for one, how in state.items() if how == "agreed"],
        refused=[one for one, how in state.items() if how == "refused"],
        promised={one for turn in play.turns for one in turn.agreement.promises},
    )


def test_no_random_conversation_ends_in_a_way_that_does_not_follow() -> None:
    chance = random.Random(26)
    kinds: dict[str, int] = {}
    for number in range(RUNS):
        play = random_play(chance)
        drawn, ending, outcome = play.scenario, play.scenario.ending(play.ending or ""), outcome_of(play)
        told = f"run {number}, {drawn.id}, {ending.id}: {[(turn.node, turn.reply, turn.acts) for turn in play.turns]}"
        assert holds(ending.when, drawn, outcome), told
        remedies = {remedy.id for remedy in drawn.remedies} & set(ending.tells)
        assert remedies <= set(outcome.agreed), told
        assert {fact.id for fact in drawn.facts} & set(ending.tells) <= set(outcome.known), told
        assert not outcome.agreed or remedies or "{agreed}" in f"{ending.says} {ending.after}", told
        assert not set("{}[]") & set(play.says + play.after), told
        if ending.kind == "recovered":
            assert play.turns[-1].effect >= 0, told
            assert any(turn.effect > 0 for turn in play.turns), told
        kinds[ending.kind] = kinds.get(ending.kind, 0) + 1
    assert min(kinds.values()) > RUNS // 20, kinds


def test_typing_nonsense_alone_never_ends_well() -> None:
    for path in FILES:
        for difficulty in DIFFICULTIES:
            play = begin(scenario(path.stem), difficulty)
            while play.node is not None:
                play = answer_freely(play, ())
            assert play.scenario.ending(play.ending or "").kind == "lost", path.stem


def test_the_same_seed_plays_the_same_and_another_one_differs() -> None:
    drawn = [scenario("late-parcel", seed) for seed in range(20)]
    assert len({one.node("opening").says for one in drawn}) > 3
    assert len({tuple(reply.id for reply in one.node("options").replies) for one in drawn}) > 5
    chance = random.Random(1)
    for _ in range(50):
        play = random_play(chance)
        stored = [StoredAnswer(turn.reply, turn.penalty, turn.acts, turn.agreement) for turn in play.turns]
        assert replay(play.scenario, play.difficulty, stored) == play


def test_own_words_agree_and_refuse_what_they_name() -> None:
    drawn = scenario("late-parcel")
    reader = OwnWordsReader(MATCHER, read_date)
    said = {
        "I can send you a new one by courier tonight.": (("courier",), ()),
        "I can't give you a refund, but I can send a new one by courier tonight.": (("courier",), ("refund",)),
        "I won't send a new one.": ((), ("courier",)),
        "A courier can bring it tonight, or you can pick it up at the shop. Which would you prefer?": (
            ("courier",),
            (),
        ),
        "Have you been to our shop in town?": ((), ()),
        "I'm sorry that this happened.": ((), ()),
    }
    for text, settled in said.items():
        reading = reader.read(text, (), NOW, "phone", "So what happens now?")
        found = agreement(reading, drawn.remedies, None)
        assert (found.agrees, found.refuses) == settled, text
