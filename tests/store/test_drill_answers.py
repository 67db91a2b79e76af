"""The answers of drills: nothing that was confirmed is lost, and what is damaged is passed over, never rewritten."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from recoverycli.errors import StoreProblem
from recoverycli.session.person import Person, PersonQuery
from recoverycli.store.calls.archive import Archive
from recoverycli.store.drill_answers import DrillAnswer, answers_path, append_answer, read_answers
from recoverycli.store.maintenance.backup import back_up
from recoverycli.store.maintenance.check import examine
from recoverycli.store.maintenance.restore import restore
from recoverycli.store.privacy.erase import erase
from tests.platforms import has_mode, needs_limits

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def answer(number: int = 0, step: str | None = "listen") -> DrillAnswer:
    return DrillAnswer(NOW + timedelta(seconds=number), "learn", step, "step", True, f"{number:016x}")


def nothing(_done: int, _total: int) -> None:
    pass


def test_an_answer_comes_back_as_it_was_and_is_private(tmp_path: Path) -> None:
    home = tmp_path / "data"
    assert read_answers(home).answers == ()
    assert not home.exists(), "reading makes nothing"
    append_answer(home, answer(1))
    append_answer(home, answer(2, None))
    assert read_answers(home).answers == (answer(1), answer(2, None))
    assert has_mode(answers_path(home), 0o600)
    assert has_mode(answers_path(home).parent, 0o700)


def test_a_torn_line_and_a_damaged_one_are_reported_and_stay_and_nothing_is_lost_behind_them(tmp_path: Path) -> None:
    append_answer(tmp_path, answer(1))
    path = answers_path(tmp_path)
    broken = b'\xff\xfe\n{"at":"2026-11-23T09:00:00","framework":"no offset"}\n{"at":"2026-11-2'
    path.write_bytes(path.read_bytes() + broken)
    append_answer(tmp_path, answer(2))
    read = read_answers(tmp_path)
    assert read.answers == (answer(1), answer(2))
    assert read.damaged == (2, 3, 4)
    assert broken in path.read_bytes()


def test_several_processes_add_at_once_and_no_answer_is_lost(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom tests.store.test_drill_answers import answer\n"
        "from recoverycli.store.drill_answers import append_answer\n"
        "for number in range(25):\n    append_answer(Path(sys.argv[1]), answer(int(sys.argv[2]) * 100 + number))\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), str(number)]) for number in range(4)]
    assert [process.wait() for process in running] == [0] * 4
    read = read_answers(tmp_path)
    assert read.damaged == ()
    assert {one.digest for one in read.answers} == {
        answer(process * 100 + number).digest for process in range(4) for number in range(25)
    }


@needs_limits
def test_an_answer_that_cannot_be_stored_is_reported_and_the_file_is_as_before(tmp_path: Path) -> None:
    append_answer(tmp_path, answer(1))
    before = answers_path(tmp_path).read_bytes()
    code = (
        "import resource, signal, sys\nfrom pathlib import Path\nfrom tests.store.test_drill_answers import answer\n"
        "from recoverycli.store.drill_answers import append_answer\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]) + 20, resource.RLIM_INFINITY))\n"
        "append_answer(Path(sys.argv[1]), answer(2))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), str(len(before))],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert "StoreProblem" in done.stderr
    assert answers_path(tmp_path).read_bytes() == before


def test_a_file_in_the_place_of_the_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "practice").write_text("a file", encoding="utf-8")
    with pytest.raises(StoreProblem, match="a file is where a folder should be"):
        append_answer(tmp_path, answer())


def test_the_doctor_knows_the_file_and_tells_what_cannot_be_read_of_it(tmp_path: Path) -> None:
    append_answer(tmp_path, answer())
    assert list(Archive(tmp_path, "practice").each()) == []
    assert examine(tmp_path, 0.0, nothing).faults == ()
    answers_path(tmp_path).open("ab").write(b"torn")
    (fault,) = examine(tmp_path, 0.0, nothing).faults
    assert fault.path == str(answers_path(tmp_path))
    assert "line 2" in fault.why


def test_a_backup_holds_the_answers_and_adds_those_that_are_missing(tmp_path: Path) -> None:
    home, there = tmp_path / "data", tmp_path / "there"
    for number in range(3):
        append_answer(home, answer(number))
    archive = tmp_path / "backup.tar.gz"
    assert back_up(home, archive, nothing).counts["practice"] == 1
    assert restore(archive, there, NOW, nothing).restored == 1
    assert read_answers(there).answers == read_answers(home).answers
    other = tmp_path / "other"
    append_answer(other, answer(1))
    append_answer(other, answer(9))
    assert restore(archive, other, NOW, nothing, dry_run=True).restored == 1
    assert len(read_answers(other).answers) == 2
    assert restore(archive, other, NOW, nothing) == (1, 0, (), ())
    assert {one.digest for one in read_answers(other).answers} == {answer(number).digest for number in (0, 1, 2, 9)}
    assert restore(archive, other, NOW, nothing) == (0, 1, (), ())


def test_erasing_somebody_leaves_answers_as_they_are_and_masks_what_is_damaged(tmp_path: Path) -> None:
    append_answer(tmp_path, answer())
    before = answers_path(tmp_path).read_bytes()
    person = Person(PersonQuery("Ana Lopez"), None)
    erase(tmp_path, person, NOW, nothing)
    assert answers_path(tmp_path).read_bytes() == before
    answers_path(tmp_path).open("ab").write(b"Ana Lopez was here")
    erase(tmp_path, person, NOW, nothing)
    assert answers_path(tmp_path).read_bytes().startswith(before)
    assert b"Lopez" not in answers_path(tmp_path).read_bytes()
    assert not (tmp_path / "practice" / "answers.lock").exists()


@pytest.mark.parametrize("name", ["Answers", "Learn", "Listen"])
def test_somebody_who_is_called_like_our_own_words_is_not_found_in_answers(tmp_path: Path, name: str) -> None:
    append_answer(tmp_path, answer())
    before = answers_path(tmp_path).read_bytes()
    erase(tmp_path, Person(PersonQuery(name), None), NOW, nothing)
    assert answers_path(tmp_path).read_bytes() == before
