"""To do more in a call never scores less: good acts are added to random calls, and phrases that were read out."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.paths import built_in_folder
from recoverycli.review.scoring.reader import read_scorecard
from recoverycli.review.scoring.scorecard import score
from recoverycli.session.transcript.model import (
    TranscriptOffer,
    TranscriptPhrase,
    TranscriptPromise,
    TranscriptSaid,
)
from tests.synthetic import calls
from tests.wording.wordings import MATCHER

if TYPE_CHECKING:
    from collections.abc import Callable

    from recoverycli.session.transcript.model import Call

    Change = Callable[[Call, random.Random], Call]

LIBRARY = FrameworkLibrary((Source(built_in_folder("frameworks"), "built-in"),))
FRAMEWORKS = {loaded.content.id: loaded.content for loaded in map(LIBRARY.load, LIBRARY.ids())}
PARTS = {
    "regret": "I am sorry that you waited so long.",
    "explanation": "It happened because two labels were swapped.",
    "responsibility": "That was our mistake.",
    "repentance": "We have changed the way we check labels so that it does not happen again.",
    "repair": "I will send you a new one today.",
    "forgiveness": "Please forgive us.",
}
OWN = ("Tell me what you saw on the parcel.", "I have your order on the screen.", "The blue one arrives on Friday.")
READ_OUT = ("You should have read the terms.", "Thank you for telling me.")
NUMBER = 2000


def says(call: Call, draw: random.Random, text: str, phrase: TranscriptPhrase | None = None) -> Call:
    """The call with a line at the end of a step that was visited."""
    place = draw.choice([at for at, step in enumerate(call.steps) if step.visits] or [0])
    step = call.steps[place]
    line = TranscriptSaid(call.ended_at, text, phrase)
    steps = (*call.steps[:place], replace(step, said=(*step.said, line)), *call.steps[place + 1 :])
    return replace(call, steps=steps)


def offers(call: Call, draw: random.Random, remedy: str, **more: str) -> Call:
    visits = [visit for step in call.steps for visit in step.visits]
    at = draw.choice(visits).entered_at if visits else call.started_at
    return replace(call, offers=(*call.offers, TranscriptOffer(at, remedy, **more)))  # type: ignore[arg-type]


def promises(call: Call, draw: random.Random) -> Call:
    made = TranscriptPromise(f"p{len(call.promises) + 1}", call.started_at, "the refund", "tomorrow")
    return replace(
        call, promises=(*call.promises, replace(made, due=call.ended_at + timedelta(days=draw.randrange(9))))
    )


ACTS: dict[str, Change] = {
    "a part of an apology": lambda call, draw: says(call, draw, draw.choice(list(PARTS.values()))),
    "a dated promise": promises,
    "a second option": lambda call, draw: offers(call, draw, f"option {draw.randrange(3)}"),
    "an accepted offer": lambda call, draw: offers(call, draw, "a new one", answer="accepted"),
    "own words": lambda call, draw: says(call, draw, draw.choice(OWN)),
    "a phrase that was read out": lambda call, draw: says(
        call, draw, draw.choice(READ_OUT), TranscriptPhrase("x", "built-in")
    ),
}


def bare(call: Call, draw: random.Random) -> Call:
    """The call with only some of what is recorded in it, so that each criterion is shown in some only."""

    def keep() -> bool:
        return draw.random() < 0.5

    steps = []
    for step in call.steps:
        kept = {name: type(getattr(step, name))() for name in ("notes", "ticked", "captured", "answers") if keep()}
        lines = tuple(replace(line, phrase=line.phrase if keep() else None) for line in step.said)
        steps.append(replace(step, **kept, said=lines if keep() else ()))
    return replace(
        call,
        steps=tuple(steps),
        offers=call.offers if keep() else (),
        promises=call.promises if keep() else (),
        ours=draw.choice((True, False, None)),
        summary=call.summary if keep() else None,
        root_cause="a wrong label" if keep() else None,
    )


def test_adding_a_good_act_or_a_read_out_phrase_never_lowers_the_score_of_2000_random_calls() -> None:
    card = read_scorecard((built_in_folder("scorecards") / "default.yaml").read_bytes(), "default.yaml").content
    assert card is not None
    # They are in no total, and take time.
    card = replace(card, critical=())
    draw = random.Random(27)
    compared, higher = dict.fromkeys(ACTS, 0), 0
    lower = []
    for call in calls(NUMBER, seed=27):
        before = bare(call, draw)
        found = score(before, card, MATCHER, FRAMEWORKS.get)
        for name in draw.sample(list(ACTS), 3):
            more = score(ACTS[name](before, draw), card, MATCHER, FRAMEWORKS.get)
            if call.state == "abandoned":
                assert (found.total, more.total) == (None, None)
            if found.total is None or more.total is None:
                continue
            compared[name] += 1
            higher += more.total > found.total
            if more.total < found.total:
                lower.append((name, call.id, found.total, more.total))
    assert lower == []
    assert min(compared.values()) > NUMBER / 4
    assert higher > NUMBER / 2


def test_the_acts_that_are_added_carry_no_finding() -> None:
    assert [text for text in (*PARTS.values(), *OWN) if MATCHER.findings(text, "phone")] == []
    assert {name: MATCHER.parts(text) for name, text in PARTS.items()} == {name: (name,) for name in PARTS}
