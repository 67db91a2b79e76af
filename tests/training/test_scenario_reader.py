"""A scenario file with a fault is told where it stands, why, and what was meant."""

from __future__ import annotations

import pytest

from recoverycli.training.scenarios.reader import read_scenario
from tests.training.played import FOLDER

SOUND = (FOLDER / "late-parcel.yaml").read_text(encoding="utf-8")


def problems(text: str, frameworks: tuple[str, ...] = ("learn", "last")) -> list[str]:
    read = read_scenario(text.encode(), "late-parcel.yaml", frameworks)
    assert (read.content is None) == bool(read.problems)
    return [problem.as_line() for problem in read.problems]


def changed(old: str, new: str, count: int = 1) -> str:
    assert old in SOUND
    return SOUND.replace(old, new, count)


def test_the_file_as_it_is_has_no_fault() -> None:
    assert problems(SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("mood: upset", "mood: angri", "did you mean `angry`?"),
        ("to: story", "to: stori", "there is no node `stori`"),
        ("to: story", "to: stori", "did you mean `story`?"),
        ("start: opening", "start: [opening, story]", "found a list"),
        ("start: opening", "start: opening\nstart: story", "the key `start` appears twice"),
        ("reveals: was-at-home", "reveals: at-home", "there is no fact `at-home`"),
        ("kind: lost", "kind: patched-up", "there is no ending of the kind lost"),
        ("framework: learn", "framework: lern", "did you mean `learn`?"),
        ("channel: phone", "channel: fax", "`fax` is not allowed here"),
        ("id: late-parcel", "id: later-parcel", "the file is named `late-parcel`"),
        ("schema: 1", "schema: 2", "written for a newer version"),
        ("effect: 2", "effect: 7", "out of bounds"),
        ("    ease: 4\n", "", "has no condition and hides those after it"),
        ("id: it-will-do", "id: before-breakfast", "the ending `before-breakfast` appears twice"),
        ("ease: 8", "ease: 8\n    knwon: []", "did you mean `known`?"),
    ],
)
def test_a_fault_says_what_it_is_with_a_suggestion(old: str, new: str, told: str) -> None:
    found = problems(changed(old, new))
    assert any(told in line for line in found), found
    assert all(line.startswith("late-parcel.yaml:") for line in found)


def test_a_dead_end_is_reported() -> None:
    head, _, rest = SOUND.partition("  - id: no-photo\n")
    _, _, after = rest.partition("  - id: options\n")
    dead = f"{head}  - id: no-photo\n    says: And?\n    replies: []\n  - id: options\n{after}"
    assert any("`no-photo` is a dead end" in line for line in problems(dead))


def test_a_conversation_that_loops_is_reported_with_its_path() -> None:
    circle = changed("to: end\n        signs: [refund", "to: opening\n        signs: [refund")
    (told,) = problems(circle)
    assert "loops" in told
    assert "opening" in told
    assert "options" in told


def test_a_node_that_nobody_leads_to_is_dead() -> None:
    told = problems(changed("to: no-photo", "to: options", count=2))
    assert any("no reply leads to the node `no-photo`" in line for line in told)


def test_an_ending_that_nobody_can_reach_says_how_far_one_gets() -> None:
    meagre = SOUND.replace("effect: 3", "effect: 1").replace("effect: 2", "effect: 1").replace("ease: 8", "ease: 10")
    (told,) = problems(meagre)
    assert "no reply leads to the ending `before-breakfast`; the customer is never more at ease than 8 of 10" in told


def test_a_reply_needs_a_reason() -> None:
    text = changed("        because: It is fair, but money is no present, and he did not ask for it.\n", "")
    assert any("the key `because` is missing; a reply needs it" in line for line in problems(text))
