"""The disk as each platform has it, played where this machine is of another kind."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from recoverycli import disk
from recoverycli.live.call import LiveCall
from recoverycli.session import events as ev
from recoverycli.session.transcript import decode
from recoverycli.store.archive import Archive
from recoverycli.store.backup import back_up
from recoverycli.store.index import Index
from recoverycli.store.journal import Journal
from recoverycli.store.journal_reading import read_journal
from tests.content import LITTLE, started

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from recoverycli.live.surroundings import Surroundings
    from tests.conftest import Clock

_PLAYED_BINARY = 1 << 40  # no flag of any system


def test_every_file_of_a_call_is_opened_as_binary(
    world: Surroundings, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[str, bool]] = []
    really = os.open

    def opening(path: str | Path, flags: int, mode: int = 0o777, **others: Any) -> int:
        opened.append((str(path), bool(flags & _PLAYED_BINARY)))
        return really(path, flags & ~_PLAYED_BINARY | getattr(os, "O_BINARY", 0), mode, **others)

    monkeypatch.setattr(os, "open", opening)
    monkeypatch.setattr(disk, "_BINARY", _PLAYED_BINARY)
    call = LiveCall.start(world, lambda: started(LITTLE, clock()))
    call.hear("charged twice")
    call.hear("/pause")
    call = LiveCall.resume(world, world.home / "live" / f"{call.session.id}.jsonl")
    call.hear("/end resolved")
    with Index(world.home) as index:
        index.rebuild()
    back_up(world.home, tmp_path / "backup.tar.gz", lambda _done, _total: None)
    ours = {path: binary for path, binary in opened if path.startswith(str(tmp_path)) and not path.endswith(".lock")}
    assert len(ours) >= 5
    assert [path for path, binary in ours.items() if not binary] == []


def test_a_journal_holds_the_bytes_that_were_written(tmp_path: Path, clock: Clock) -> None:
    journal, event = Journal.create(tmp_path, lambda: started(LITTLE, clock()))
    journal.append(ev.Noted(at=clock(), text="one"))
    journal.close()
    assert b"\r" not in journal.path.read_bytes()
    assert read_journal(journal.path).events[0] == event


def test_a_journal_that_an_earlier_version_wrote_with_crlf_goes_on(tmp_path: Path, clock: Clock) -> None:
    journal, _ = Journal.create(tmp_path, lambda: started(LITTLE, clock()))
    journal.append(ev.Noted(at=clock(), text="one"))
    journal.close()
    journal.path.write_bytes(journal.path.read_bytes().replace(b"\n", b"\r\n") + b"damaged\r\n")
    journal.path.with_suffix(".unread").write_bytes(b"damaged\r\n")
    again, read = Journal.reopen(journal.path, lambda _: None)
    assert (read.bad, read.torn, again.unread) == ((b"damaged",), b"", 0)
    again.append(ev.Noted(at=clock(), text="two"))
    again.close()
    notes = [event.text for event in read_journal(journal.path).events if isinstance(event, ev.Noted)]
    assert notes == ["one", "two"]


def test_a_transcript_that_an_earlier_version_wrote_with_crlf_is_read(world: Surroundings, clock: Clock) -> None:
    call = LiveCall.start(world, lambda: started(LITTLE, clock()))
    call.hear("/end resolved")
    archive = Archive(world.home)
    path = next(iter(archive.newest(1)))
    before = decode(path.read_bytes())
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert archive.read(before.call.id).transcript.call == before.call
