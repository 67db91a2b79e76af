"""Whatever is typed, in whatever order: a call answers every line, and its journal tells the same story."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from recoverycli.errors import UsageProblem
from recoverycli.live.call import LiveCall
from recoverycli.live.environment import CallEnvironment
from recoverycli.session.state import fold
from recoverycli.store.journal.reader import read_journal
from recoverycli.times.future import read_date
from tests.conftest import Clock, loaded
from tests.content import LITTLE, OTHER, WAY_OUT, started
from tests.session.test_parse import any_line

if TYPE_CHECKING:
    from recoverycli.frameworks.library import LoadedFramework

KNOWN = {framework.id: framework for framework in (LITTLE, OTHER, WAY_OUT)}
switches = st.sampled_from(["/switch other", "/switch way-out", "/switch", "/switch nowhere", "/promise x by friday"])
lines = st.lists(st.one_of(any_line, switches), max_size=12)


def load(wanted: str) -> LoadedFramework:
    if wanted not in KNOWN:
        raise UsageProblem(f"there is no framework {wanted}", hint="There are: little, other, way-out")
    return loaded(KNOWN[wanted], Path())


@settings(max_examples=60)
@given(typed=lines, jumps=st.lists(st.integers(-7200, 7200), min_size=12, max_size=12))
def test_every_line_is_answered_and_stored(typed: list[str], jumps: list[int]) -> None:
    clock = Clock()
    with tempfile.TemporaryDirectory() as home:
        call = LiveCall.start(CallEnvironment(Path(home), clock, load, read_date), lambda: started(LITTLE, clock()))
        journal = Path(home) / "live" / f"{call.session.id}.jsonl"
        for line, seconds in zip(typed, jumps, strict=False):
            clock.pass_(seconds)
            reply = call.hear(line)
            assert "\n" not in reply.text
            if reply.left is not None:
                assert reply.left.path.exists()
                return
            read = read_journal(journal)
            assert not read.bad
            assert fold(read.events) == msgspec.structs.replace(call.session, arrangement=None)
        call.close()
