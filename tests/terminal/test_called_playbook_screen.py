"""The screen of a call names the playbook that a step calls, and the one that the call goes back to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.live.call import LiveCall
from recoverycli.terminal.views.call.progress import progress
from tests.content import started

if TYPE_CHECKING:
    from recoverycli.live.environment import CallEnvironment

LIBRARY = FrameworkLibrary((Source(Path(__file__).parents[2] / "frameworks", "built-in"),))


@pytest.mark.parametrize(
    ("width", "before", "within", "after"),
    [
        (
            140,
            "▸ 3 Check identity · then verify-identity · Wrap-up",
            "Verify identity  ▸ 1 Compare · depends on identity checked · back to Double charge",
            "▸ 4 Check · depends on charges · Wrap-up",
        ),
        (
            60,
            "Double charge 3 Check identity · then verify-identity",
            "Verify identity 1 Compare · depends on identity checked",
            "Double charge 4 Check · depends on charges",
        ),
    ],
)
def test_the_progress_line_names_the_called_playbook_and_the_way_back(
    world: CallEnvironment, width: int, before: str, within: str, after: str
) -> None:
    desk = world._replace(load=LIBRARY.load)
    call = LiveCall.start(desk, lambda: started(LIBRARY.load("double-charge").content, desk.clock()))
    seen = []
    for lines in (("", ""), ("",), ("/set identity_checked yes",), ("",)):
        for line in lines:
            call.hear(line)
        seen.append(progress(call.session, width).plain.strip())
    assert seen[0].endswith(before)
    assert seen[1] == within
    assert seen[2].endswith("back to Double charge")
    assert seen[3].endswith(after)
