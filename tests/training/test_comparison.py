"""Frameworks side by side, held against what each of them is said to be."""

from __future__ import annotations

from pathlib import Path

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.training.comparison import Comparison, IntentCell, compare

FOLDER = Path(__file__).parents[2] / "frameworks"
LIBRARY = FrameworkLibrary((Source(FOLDER, "built-in"),))


def compared(*names: str) -> Comparison:
    return compare([LIBRARY.load(name).content for name in names])


def cell(comparison: Comparison, intent: str, framework: str) -> IntentCell:
    place = [side.id for side in comparison.sides].index(framework)
    return next(line.cells[place] for line in comparison.lines if line.intent == intent)


def test_latte_never_apologises_and_heart_follows_up() -> None:
    found = compared("learn", "latte", "heart")
    assert cell(found, "apologize", "latte") == IntentCell((), (), ())
    assert cell(found, "apologize", "learn") == IntentCell(("Apologize",), (), ())
    assert cell(found, "follow-up", "heart") == IntentCell(("Follow up",), (), ("Follow up",))
    assert cell(found, "follow-up", "learn") == IntentCell((), ("Notify",), ())
    assert cell(found, "explain", "latte").steps == ("Explain",)


def test_it_says_what_each_has_alone_what_it_leaves_out_and_what_all_of_them_do() -> None:
    found = compared("learn", "latte", "heart")
    sides = {side.id: side for side in found.sides}
    assert found.shared == ("listen", "solve")
    assert sides["latte"].alone == ("acknowledge", "thank", "explain")
    assert "apologize" in sides["latte"].without
    assert sides["heart"].alone == ()
    assert (sides["heart"].live, sides["heart"].later) == (5, 1)
    assert sides["learn"].when


def test_every_step_of_each_is_in_it_and_nothing_else() -> None:
    names = [loaded.content.id for loaded in LIBRARY.listing().entries]
    found = compared(*names)
    for place, name in enumerate(names):
        framework = LIBRARY.load(name).content
        own = [step for line in found.lines for step in line.cells[place].steps]
        also = [step for line in found.lines for step in line.cells[place].also]
        assert sorted(own) == sorted(step.name for step in framework.steps)
        assert sorted(also) == sorted(step.name for step in framework.steps for _ in step.also)


def test_an_intent_that_none_of_them_has_is_no_line() -> None:
    assert "train" not in {line.intent for line in compared("learn", "last").lines}
    assert "train" in {line.intent for line in compared("learn", "aware").lines}
