"""A page says the same drawn and in plain lines: every word of the lines stands on a wide screen too."""

from __future__ import annotations

import re

import pytest

from recoverycli.review.statistics.groupings import WEEKDAYS
from recoverycli.store.calls.archive import Archive
from tests.commands.recovery import Recovery
from tests.synthetic import calls
from tests.terminal.screen import Terminal

PAGES = [
    ["log", "list", "-n", "30"],
    ["log", "search", "refund"],
    ["log", "show"],
    ["log", "score"],
    ["log", "stats"],
    ["followups", "list", "--all"],
    ["frameworks", "list"],
    ["frameworks", "show", "learn"],
    ["frameworks", "compare", "learn", "latte"],
    ["scenarios", "list"],
    ["scenarios", "show", "late-parcel"],
    ["phrases", "list"],
    ["config", "show"],
    ["check", "Calm down, it is our policy."],
    ["progress"],
    ["doctor"],
    ["team", "status"],
]
# Said where a picture shows it: an empty cell, the hours and days of the heat map.
SHOWN_OTHERWISE = {"nothing", "00", *map(str.casefold, WEEKDAYS)}


def words_of(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Recovery:
    """Sixty calls, a role-play, a phrase, a setting and a broken promise or two."""
    recovery = Recovery(tmp_path_factory.mktemp("store"))
    archive = Archive(recovery.data)
    for call in calls(60, seed=12, days=20):
        archive.write(call)
    for argv, stdin in (
        (("practice", "late-parcel", "--seed", "6"), "1\n" * 5),
        (("quiz", "learn", "--seed", "1"), "1\n2\n3\n"),
        (("phrases", "add", "I see {order} here.", "-f", "learn", "--step", "resolve", "--mood", "angry"), ""),
        (("config", "set", "agent", "Ana"), ""),
    ):
        assert recovery(*argv, stdin=stdin).returncode == 0
    return recovery


@pytest.mark.parametrize("argv", PAGES, ids=" ".join)
def test_every_word_of_the_plain_lines_is_drawn_on_a_wide_screen(store: Recovery, argv: list[str]) -> None:
    plain = store(*argv)
    terminal = Terminal(store.home, "--no-pager", *argv, columns=200, lines=600)
    assert terminal.end() == plain.returncode
    assert words_of(plain.stdout) - words_of(terminal.text) <= SHOWN_OTHERWISE
    assert len(words_of(plain.stdout)) > 5
