"""The wording of a call is compiled once, and read from the cache in the next call."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.content.library import Source
from recoverycli.live.call import LiveCall
from recoverycli.live.call_wording import load_for_call
from recoverycli.live.coach import Coach
from recoverycli.store.layout import WORDING_CACHE, WORDING_CACHE_UNFINISHED
from recoverycli.wording.cards import CardTriggers
from recoverycli.wording.compiled import CallTables, CallWording, compile_for_call, decode, encode
from recoverycli.wording.files import library
from tests.content import LITTLE, started
from tests.wording.reading_sets import SETS, sentences
from tests.wording.wordings import BUILT_IN, MATCHER, in_call

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from recoverycli.live.environment import CallEnvironment
    from tests.conftest import Clock

PATTERN = """
schema: 1
id: ours
name: Our words
lists:
  animal: [cat/dog, guinea pig]
patterns:
  - id: no-pets
    kind: tone
    because: We like them.
    instead: Bring your pet.
    say: [no <animal>]
triggers:
  - id: bite
    card: health
    say: [<animal> bit]
"""
CARDS = ("health",)
TUNED = tuple(row.text for one in SETS for row in sentences(*one.tuned))
KEPT = encode(compile_for_call(BUILT_IN.wording))


def of_bytes(kept: bytes) -> CallTables:
    found = decode(kept)
    assert found is not None
    return found


DIRECT = CallWording(MATCHER, CardTriggers(BUILT_IN.wording))
FROM_CACHE = of_bytes(KEPT).readers()


def all_found(reading: CallWording, text: str) -> tuple[object, ...]:
    """Everything that is found in a text, by ids and positions."""
    found = reading.matcher.findings(text)
    parts = reading.matcher.part_findings(text)
    return (
        [(one.start, one.end, one.pattern.id, one.pattern.instead) for one in found],
        [one.pattern.id for one in reading.matcher.findings(text, "chat")],
        [(one.start, one.end, one.part.id) for one in parts],
        reading.matcher.occasion(text),
        reading.triggers.suggest(text),
    )


@pytest.mark.parametrize(
    "texts", [TUNED[::40], pytest.param(TUNED, marks=pytest.mark.slow)], ids=["one in forty", "all"]
)
def test_from_the_cache_the_same_is_found_in_every_tuned_sentence(texts: list[str]) -> None:
    differing = [text for text in texts if all_found(FROM_CACHE, text) != all_found(DIRECT, text)]
    assert differing == []


@given(st.lists(st.sampled_from(sorted({word for text in TUNED for word in text.split()})), max_size=30))
def test_from_the_cache_the_same_is_found_in_any_words(words: list[str]) -> None:
    text = " ".join(words)
    assert all_found(FROM_CACHE, text) == all_found(DIRECT, text)


class Folders:
    """A data folder, and a folder of wording of one's own before an empty built-in one."""

    def __init__(self, folder: Path) -> None:
        self.home, self.own = folder / "data", folder / "own"
        for made in (self.home, self.own):
            made.mkdir()
        self.file = self.own / "ours.yaml"
        self.file.write_text(PATTERN, encoding="utf-8")
        self.cache = self.home / WORDING_CACHE
        self.cards: tuple[str, ...] = CARDS

    def load(self) -> CallTables:
        sources = (Source(self.own, "personal"), Source(self.own / "none", "built-in"))
        return load_for_call(self.home, sources, self.cards)

    def found(self, text: str) -> list[str]:
        """The words of a text that backfire, in the next call."""
        findings = self.load().readers().matcher.findings(text)
        return [text[one.start : one.end] for one in findings]


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path)


def test_the_second_call_reads_what_the_first_compiled(folders: Folders) -> None:
    assert folders.found("No cats here, no dog.") == ["no dog"]
    kept = folders.cache.read_bytes()
    assert folders.load().wording.patterns[0].say == ()  # its phrases are in the tables
    assert folders.found("No cats here, no guinea pig.") == ["no guinea pig"]
    assert folders.cache.read_bytes() == kept


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_only_its_user_can_read_the_cache(folders: Folders) -> None:
    folders.load()
    assert folders.cache.stat().st_mode & 0o777 == 0o600


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut off": cut,
    "zeros": lambda data: bytes(len(data)),
    "one bit": lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:],
    "more at its end": lambda data: data + b"\x00",
    "something else": lambda _: b"#!/bin/sh\necho no wording\n" * 9,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_cache_is_made_again(folders: Folders, damage: str) -> None:
    folders.load()
    whole = folders.cache.read_bytes()
    folders.cache.write_bytes(DAMAGE[damage](whole))
    assert folders.found("no dog") == ["no dog"]
    assert folders.cache.read_bytes() == whole


@given(st.binary(max_size=200), st.integers(min_value=0, max_value=1_000_000), st.booleans())
def test_bytes_that_are_no_compiled_wording_are_none_or_one_that_reads(more: bytes, at: int, cuts: bool) -> None:
    at %= len(KEPT)
    decode(KEPT[:at] + more + (b"" if cuts else KEPT[at + len(more) :]))


def test_an_edited_file_of_ones_own_counts_in_the_next_call(folders: Folders) -> None:
    assert folders.found("no dog, no parrot") == ["no dog"]
    folders.file.write_text(PATTERN.replace("cat/dog", "parrot"), encoding="utf-8")
    assert folders.found("no dog, no parrot") == ["no parrot"]
    folders.file.write_text(PATTERN, encoding="utf-8")
    assert folders.found("no dog, no parrot") == ["no dog"]


def test_a_file_that_is_added_or_removed_counts_in_the_next_call(folders: Folders) -> None:
    folders.load()
    more = folders.own / "more.yaml"
    more.write_text(PATTERN.replace("id: ours", "id: more").replace("no-pets", "x").replace("bite", "y"), "utf-8")
    assert {one.id for one in folders.load().wording.patterns} == {"no-pets", "x"}
    more.unlink()
    assert {one.id for one in folders.load().wording.patterns} == {"no-pets"}


def test_the_cache_of_another_version_is_not_read(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    folders.load()
    kept = folders.cache.read_bytes()
    monkeypatch.setattr(library, "__version__", "99.0")
    assert folders.found("no dog") == ["no dog"]
    assert folders.cache.read_bytes() != kept


def test_problems_of_files_are_told_in_every_call(folders: Folders) -> None:
    folders.cards = ()
    first, second = folders.load().problems, folders.load().problems
    assert [problem.found for problem in first] == ["there is no card `health`"]
    assert second == first


def test_a_card_that_exists_since_then_is_no_problem_any_more(folders: Folders) -> None:
    folders.cards = ()
    folders.load()
    folders.cards = CARDS
    assert folders.load().problems == ()


def test_without_a_data_folder_the_wording_is_loaded_and_nothing_is_created(folders: Folders) -> None:
    folders.home.rmdir()
    assert folders.found("no dog") == ["no dog"]
    assert not folders.home.exists()


def test_where_the_cache_cannot_be_written_the_wording_is_loaded_and_nothing_is_left(folders: Folders) -> None:
    folders.cache.mkdir()
    assert folders.found("no dog") == ["no dog"]
    assert [path.name for path in folders.home.iterdir()] == [WORDING_CACHE]


def test_the_cache_is_not_written_through_a_link(folders: Folders, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"not ours")
    for name in (WORDING_CACHE, WORDING_CACHE_UNFINISHED):
        (folders.home / name).symlink_to(outside)
    assert folders.found("no dog") == ["no dog"]
    assert outside.read_bytes() == b"not ours"


def test_what_an_interrupted_call_left_does_not_hinder_the_next(folders: Folders) -> None:
    (folders.home / WORDING_CACHE_UNFINISHED).write_bytes(b"half")
    folders.load()
    assert [path.name for path in folders.home.iterdir()] == [WORDING_CACHE]


def test_a_note_before_the_rest_is_loaded_suggests_its_card_and_is_warned_about(
    world: CallEnvironment, clock: Clock
) -> None:
    call = LiveCall.start(world._replace(coach=Coach(load=in_call)), lambda: started(LITTLE, clock()))
    assert next(call.warm_in_steps(), "done") is None
    reply = call.hear("/said calm down")
    assert "backfires" in reply.text
    assert next(call.warm_in_steps(), "done") == "done"


def test_enter_and_numbers_do_not_wait_for_the_rest(world: CallEnvironment, clock: Clock) -> None:
    call = LiveCall.start(world._replace(coach=Coach(load=in_call)), lambda: started(LITTLE, clock()))
    for line in ("", "1", "b"):
        call.hear(line)
    assert call.warn("/said calm down") == ""
    assert next(call.warm_in_steps(), "done") is None
