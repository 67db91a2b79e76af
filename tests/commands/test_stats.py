"""`log stats` as it is run: drawn and for scripts alike, and calm about what it is not told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from recoverycli.store.calls.archive import Archive
from tests.synthetic import calls

if TYPE_CHECKING:
    from tests.commands.recovery import Recovery


@pytest.fixture
def stored(recovery: Recovery) -> Recovery:
    archive = Archive(recovery.data)
    for call in calls(60, seed=9, days=40):
        archive.write(call)
    return recovery


@pytest.mark.parametrize("argv", [(), ("--by", "issue"), ("--by", "week", "-n", "30"), ("--changed", "2026-11-01")])
def test_the_page_tells_what_the_json_tells(stored: Recovery, argv: tuple[str, ...]) -> None:
    told = json.loads(stored("log", "stats", *argv, "--json").stdout)
    page = stored("log", "stats", *argv)
    assert page.returncode == 0, page.stderr
    figures = told["figures"]
    for line in told["headlines"]:
        assert line in page.stdout
    for one in figures["outcomes"]:
        assert f"{one['name']}: " in page.stdout
    for one in figures["remedies"]:
        assert f"{one['remedy']}: {one['offered']}" in page.stdout
    for group in figures["groups"]:
        assert f"{group['name']}: {group['calls']} call" in page.stdout
    for measure in (told["change"] or {}).get("measures", ()):
        assert measure["sentence"] in page.stdout
    assert f"made: {figures['promises']['made']}" in page.stdout
    assert f"{figures['calls']} calls" in page.stdout


def test_an_empty_store_is_reported_in_a_sentence(recovery: Recovery) -> None:
    assert recovery("log", "stats").stdout == "No calls match. See all calls: recovery log list\n"
    assert not recovery.data.exists()


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("--by", "isue"), "did you mean issue"),
        (("--changed", "someday"), "not a date"),
        (("--since", "someday"), "not a date"),
        (("--channel", "fone"), "phone"),
    ],
)
def test_a_wrong_word_is_refused_before_anything_is_done(stored: Recovery, argv: tuple[str, str], words: str) -> None:
    done = stored("log", "stats", *argv)
    assert done.returncode == 2
    assert words in done.stderr
    assert not (stored.data / "index.sqlite3").exists()
