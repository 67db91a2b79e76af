"""Role-plays that are played as a person plays them: each line is typed, and the transcript is read from its file."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from recoverycli.live.call import LiveCall
from recoverycli.live.environment import CallEnvironment
from recoverycli.session.events import Scene
from recoverycli.session.transcript.model import decode_call
from recoverycli.times.future import read_date
from recoverycli.training.roleplay.own_words import OwnWordsReader
from recoverycli.training.roleplay.practice import Practice
from tests.conftest import Clock, loaded
from tests.content import started
from tests.training.built_in import framework
from tests.training.played import scenario
from tests.wording.wordings import MATCHER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from recoverycli.session.transcript.model import Call
    from recoverycli.training.scenarios.model import Difficulty, Scenario
    from recoverycli.training.scenarios.play import Roleplay


@cache
def reader() -> OwnWordsReader:
    return OwnWordsReader(MATCHER, read_date)


def practised(
    folder: Path,
    say: Callable[[Roleplay], str],
    name: str = "late-parcel",
    seed: int | None = None,
    difficulty: Difficulty = "easy",
    walked: str = "learn",
) -> tuple[Call, Scenario]:
    """The transcript of a role-play in which `say` types each line, and its scenario; `/end` leaves it."""
    clock, drawn = Clock(), scenario(name, seed)
    content = framework(walked)
    world = CallEnvironment(folder, clock, lambda _: loaded(content, folder), read_date)
    scene = Scene(drawn.id, "sha256:0", difficulty, seed=seed)
    call = LiveCall.start(world, lambda: started(content, clock(), kind="practice", scene=scene))
    play = Practice(call, drawn, clock, reader)
    while True:
        here = play.view(play.session).play
        left = play.hear(say(here) if here.node is not None else "").left
        if left is not None:
            return decode_call(left.path.read_bytes()), drawn
