"""Files that a bad disk, a power cut or an editor spoilt: every command works, says so, and changes nothing."""

from __future__ import annotations

import os
import random
import shutil
from typing import TYPE_CHECKING

import pytest

from recoverycli.store.journal.reader import read_journal
from tests.faults.stores import make_store, strangers
from tests.faults.trials import Trial, assert_told_well, confirmed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


# A file of every kind that is read, as a pattern below the root.
KINDS = {
    "journal": "data/live/*.jsonl",
    "transcript": "data/sessions/*/*/*/*heart*.json",
    "review": "data/reviews/*.json",
    "index": "data/index.sqlite3",
    "settings": "config/settings.toml",
    "phrases": "config/phrases.yaml",
    "practice": "data/practice/*/*/*/*.json",
}
# What reads them, one way or another; none of it asks anything.
READS: tuple[tuple[str, ...], ...] = (
    ("log", "list"), ("log", "list", "--json"), ("log", "show", "last", "--json"), ("log", "stats", "--json"),
    ("log", "search", "fact804"), ("log", "reviews"), ("followups", "list"),
    ("phrases", "list"), ("config", "show"), ("doctor",), ("log", "export", "--all", "--format", "json"),
)  # fmt: skip
OFTEN = (("log", "list"), ("doctor",), ("phrases", "list"))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    trial = make_store(tmp_path_factory.mktemp("made") / "store")
    practised = trial("practice", "late-parcel", stdin="1\n" * 40)
    assert practised.code == 0, practised
    return trial


def nothing_left(_data: bytes) -> bytes:
    return b""


def zeros(data: bytes) -> bytes:
    return bytes(len(data))


def zeros_at_the_end(data: bytes) -> bytes:
    return data[: len(data) // 2] + bytes(len(data) - len(data) // 2)


def half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def no_letters(data: bytes) -> bytes:
    return b"\xff\xfe\x00" * 40


def doubled(data: bytes) -> bytes:
    return data + data


def deep(_data: bytes) -> bytes:
    return b"[" * 20_000


DAMAGES = (nothing_left, zeros, zeros_at_the_end, half, no_letters, doubled, deep)


def the_file(trial: Trial, kind: str) -> Path:
    return next(iter(sorted(trial.root.glob(KINDS[kind]))))


def assert_all_read(trial: Trial, kind: str, reads: tuple[tuple[str, ...], ...]) -> None:
    """Every command works and changes no file but the index, which can be rebuilt."""
    path = the_file(trial, kind)
    before, strange = path.read_bytes(), strangers(trial.root)
    for argv in reads:
        ended = trial(*argv)
        assert_told_well(ended)
        # `doctor` is meant to report problems of the data.
        assert ended.code in {0, 1}, (argv, ended)
        assert ended.code == 0 or argv[0] == "doctor", (argv, ended)
        assert all(len(line) < 600 for line in ended.stderr.splitlines()), (argv, ended)
        if kind != "index":
            assert path.read_bytes() == before, argv
    assert strangers(trial.root) == strange


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file_is_reported_and_not_changed(
    store: Trial, tmp_path: Path, kind: str, damage: Callable[[bytes], bytes]
) -> None:
    trial = store.again(tmp_path / "spoilt")
    path = the_file(trial, kind)
    path.write_bytes(damage(path.read_bytes()))
    assert_all_read(trial, kind, OFTEN)


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file_stops_no_command(
    store: Trial, tmp_path: Path, kind: str, damage: Callable[[bytes], bytes]
) -> None:
    trial = store.again(tmp_path / "spoilt")
    path = the_file(trial, kind)
    path.write_bytes(damage(path.read_bytes()))
    assert_all_read(trial, kind, READS)
    begun = trial("start", "learn", stdin="fact950\n/end resolved\n")
    assert begun.code == 0, begun
    assert_told_well(begun)
    assert "fact950" in trial("log", "show", "last").stdout


@pytest.mark.parametrize("kind", KINDS)
def test_flipped_bits_are_read_or_refused(store: Trial, tmp_path: Path, kind: str) -> None:
    draw = random.Random(7)  # the same flips in every run
    trial = store.again(tmp_path / "spoilt")
    path = the_file(trial, kind)
    sound = path.read_bytes()
    for _ in range(8):
        data = bytearray(sound)
        for _ in range(draw.choice((1, 1, 8))):
            data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
        path.write_bytes(data)
        read = {"settings": ("config", "show"), "phrases": ("phrases", "list"), "practice": ("doctor",)}
        assert_all_read(trial, kind, (read.get(kind, ("log", "list")), ("log", "reviews")))


@pytest.mark.parametrize(
    ("kind", "becomes"),
    # Each day each file becomes two of these, in turn; the slow tests take the others.
    [
        pytest.param(kind, becomes, marks=() if (number + turn) % 2 == 0 else pytest.mark.slow)
        for number, kind in enumerate(KINDS)
        for turn, becomes in enumerate(("folder", "pipe", "link to nowhere", "link elsewhere"))
    ],
)
def test_something_else_in_place_of_a_file_blocks_nothing(
    store: Trial, tmp_path: Path, kind: str, becomes: str
) -> None:
    trial = store.again(tmp_path / "spoilt")
    path = the_file(trial, kind)
    elsewhere = trial.root / "elsewhere"
    elsewhere.write_bytes(path.read_bytes())
    path.unlink()
    match becomes:
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "link to nowhere":
            path.symlink_to(trial.root / "nowhere")
        case _:
            path.symlink_to(elsewhere)
    before = elsewhere.read_bytes()
    for argv in (*OFTEN, ("log", "reviews"), ("config", "show"), ("resume",)):
        ended = trial(*argv, stdin="fact951\n")
        assert_told_well(ended)
        assert ended.code in {0, 1}, (argv, ended)
    begun = trial("start", "learn", stdin="fact950\n/end resolved\n")
    assert begun.code == 0, begun
    assert elsewhere.read_bytes() == before or kind == "index"


def test_a_journal_cut_at_any_byte_keeps_every_complete_line(trial: Trial, tmp_path: Path) -> None:
    begun = trial("start", "last", stdin="fact001\nfact002\n/ref fact003\n")
    assert confirmed(begun.stdout) == {"fact001", "fact002", "fact003"}
    (path,) = trial.data.glob("live/*.jsonl")
    data = path.read_bytes()
    facts = data.index(b"\n", data.index(b"\n") + 1) + 1
    for size in range(facts, len(data) + 1):
        path.write_bytes(data[:size])
        read = read_journal(path)
        assert len(read.events) == data[:size].count(b"\n") - 1
        assert data[:size].endswith(read.torn)
    for size in (0, 1, 10, facts // 2, facts - 1, facts, facts + 1, len(data) - 40, len(data) - 1):
        cut = trial.again(tmp_path / f"cut-{size}")
        (cut.data / "live" / path.name).write_bytes(data[:size])
        resumed = cut("resume", stdin="fact009\n")
        assert_told_well(resumed)
        assert resumed.code == (0 if size >= facts else 1), (size, resumed)
        if size >= facts:
            # Nothing that came after was joined to the half of a line.
            assert read_journal(cut.data / "live" / path.name)[2:] == ((), b""), size
            assert cut("resume", stdin="/end resolved\n").code == 0
        whole_lines = data[:size][: data[:size].rfind(b"\n") + 1].decode()
        kept = {fact for fact in ("fact001", "fact002", "fact003") if fact in whole_lines}
        assert size < facts or kept | {"fact009"} == cut.facts(), size


def test_a_damaged_call_does_not_block_another_from_resuming(trial: Trial) -> None:
    trial("start", "learn", stdin="fact001\n")
    (older,) = trial.data.glob("live/*.jsonl")
    newer = older.with_name("29991231T235959-learn-zzzz.jsonl")
    newer.write_bytes(bytes(400))
    resumed = trial("resume", stdin="/end resolved\n")
    assert resumed.code == 0, resumed
    assert newer.read_bytes() == bytes(400)
    assert resumed.stderr == f"warning: {newer}: it is not the journal of a call; the file was not changed.\n"


def test_a_folder_of_invalid_files_is_skipped_and_reported(store: Trial, tmp_path: Path) -> None:
    trial = store.again(tmp_path / "spoilt")
    day = next(trial.data.glob("sessions/*/*/*"))
    for number in range(30):  # and a file that lies outside of any day
        shutil.copy("/bin/sh", day / f"20261123T1000{number:02}-learn-aaaa.json")
    listed = trial("log", "list")
    assert listed.code == 0
    assert listed.stderr.count("warning: ") == 6
    assert "26 more files were skipped: recovery doctor" in listed.stderr
