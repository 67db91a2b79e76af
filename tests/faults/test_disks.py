"""A disk that is full, worn out, read-only or slow to take bytes: what was confirmed stays, and the fault is named."""

from __future__ import annotations

import errno
import json
import os
import shlex
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from recoverycli.errors import StoreProblem
from recoverycli.store.journal.reader import is_abandoned, read_journal
from tests import present
from tests.faults.seam import Fault
from tests.faults.trials import Ended, Trial, assert_told_well, confirmed, notes
from tests.needs import with_own_mounts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from recoverycli.live.call import LiveCall
    from tests.faults.seam import Kind

CALL = "fact001\n/promise fact002 by tomorrow 5pm\n/offer refund 5\nfact003\n/end resolved\n"
LASTING = 1000
TAKEN: tuple[Kind, ...] = ("open", "write", "mkdir", "link", "rename", "replace")
CHANGED: tuple[Kind, ...] = ("open", "mkdir", "link", "rename", "replace", "unlink", "rmdir", "chmod")
# What the disk says, at which calls, whether it goes on with it, and the user's words for it.
FAULTS: dict[str, tuple[Fault, str]] = {
    "full at one write": (Fault("error", kinds=("write",), error="ENOSPC"), "the disk is full"),
    "full from then on": (Fault("error", kinds=TAKEN, error="ENOSPC", times=LASTING), "the disk is full"),
    "quota used up": (Fault("error", kinds=TAKEN, error="EDQUOT", times=LASTING), "quota is used up"),
    "an error when flushing": (Fault("error", kinds=("fsync",), error="EIO"), "the disk reports an error"),
    "errors from then on": (
        Fault("error", kinds=("write", "fsync", "ftruncate", "open"), error="EIO", times=LASTING),
        "the disk reports an error",
    ),
    "read-only from then on": (
        Fault("error", kinds=(*CHANGED, "write", "fsync", "ftruncate"), error="EROFS", times=LASTING),
        "the disk is read-only",
    ),
    "not permitted": (Fault("error", kinds=CHANGED, error="EACCES", times=LASTING), "permission denied"),
}

# A disk that is full, and one that fails where nothing was written yet: the others differ from these in their words, or
# strike at fewer calls.
OFTEN = {"full from then on", "an error when flushing"}


def spoilt(folder: Path, fault: Fault) -> Iterator[tuple[str, Ended, Trial]]:
    """Run a call again and again, the fault a step later each time, until nothing is left that it could meet."""
    for at in range(1, 200):
        trial = Trial(folder / str(at))
        ended = trial("start", "learn", stdin=CALL, fault=Fault(fault.harm, at, fault.kinds, fault.error, fault.times))
        if sum(step.split()[0] in fault.kinds for step in ended.steps) < at:
            assert at > 1
            return
        yield f"{fault.error} at {at}: {ended.steps[-1]}", ended, trial
    pytest.fail("the call never ends")


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in OFTEN else pytest.mark.slow) for name in FAULTS]
)
def test_a_disk_that_fails_loses_nothing_that_was_confirmed(tmp_path: Path, name: str) -> None:
    fault, says = FAULTS[name]
    refused = 0
    for step, ended, trial in spoilt(tmp_path, fault):
        assert_told_well(ended)
        assert ended.code in {0, 1}, (step, ended)
        if ended.code:
            refused += 1
            assert says in ended.stderr, step + ended.stderr
            assert str(trial.root) in ended.stderr, step + ended.stderr
            assert "stored" in ended.stderr or "was not started" in ended.stderr, step + ended.stderr
        assert confirmed(ended.stdout) <= trial.facts(), step
        if name in OFTEN and ended.code and "live" in step and "learn" in step:
            # A line that was refused is not in the call, neither in full nor by half, whether its bytes were written.
            assert trial.facts() == confirmed(ended.stdout), (step, ended)
        # The disk is well again: the call is there to go on with, or it never was.
        written = len([*trial.data.glob("sessions/*/*/*/[!.]*.json")])
        begun = any(not is_abandoned(path) for path in trial.data.glob("live/*.jsonl"))
        resumed = trial("resume", stdin="/end resolved\n")
        assert_told_well(resumed)
        assert (resumed.code == 0) == begun, (step, resumed)
        assert confirmed(ended.stdout) <= trial.facts(), step
        assert len(trial.calls()) == (begun or written), step
    assert refused


def test_a_disk_that_accepts_few_bytes_at_a_time_gets_all_of_them(trial: Trial) -> None:
    ended = trial("start", "learn", stdin=CALL, fault=Fault("short"))
    assert ended.code == 0, ended
    assert {"fact001", "fact002", "fact003"} <= trial.facts()
    assert len(trial.calls()) == 1


def on_a_disk_of_its_own(trial: Trial, options: str, script: str) -> subprocess.CompletedProcess[str]:
    """Run a script with a disk at $DATA that nobody else sees."""
    trial.data.mkdir(exist_ok=True)
    environ = {key: value for key, value in os.environ.items() if not key.startswith(("RECOVERY_", "COV"))}
    environ |= {
        "DATA": str(trial.data), "OUT": str(trial.beside),
        "RECOVERY_HOME": str(trial.data), "RECOVERY_CONFIG_HOME": str(trial.root / "config"),
    }  # fmt: skip
    command = f'recovery() {{ {shlex.join(present.command())} "$@"; }}'
    mounted = f"mount -t tmpfs {options} none $DATA || exit 99\n{command}\n{script}"
    return subprocess.run(
        with_own_mounts(mounted),
        capture_output=True,
        env=environ,
        check=False,
        encoding="utf-8",
    )


@pytest.mark.needs_own_mounts
def test_a_disk_that_fills_up_during_a_call_keeps_all_confirmed_events(trial: Trial) -> None:
    """A real disk of 256 KiB, filled by notes; with room again the call is finished."""
    lines = "".join(f"fact{number:03} {'x' * 9000}\n" for number in range(60))
    (trial.beside / "lines").write_text(lines, encoding="utf-8")
    script = (
        "dd if=/dev/zero of=$DATA/ballast bs=1024 count=40 2>/dev/null\n"
        "recovery start learn < $OUT/lines > $OUT/first 2> $OUT/refused; echo $?\n"
        "recovery log list > /dev/null; echo $?\n"
        "rm $DATA/ballast\n"
        "echo /end resolved | recovery resume > /dev/null 2> $OUT/second; echo $?\n"
        "cp -r $DATA/. $OUT/kept\n"
    )
    ran = on_a_disk_of_its_own(trial, "-o size=256k", script)
    refused = (trial.beside / "refused").read_text(encoding="utf-8")
    assert ran.stdout.split()[:2] == ["1", "0"], (ran, refused)
    assert "the disk is full" in refused
    assert "Everything before this line is stored." in refused
    told = confirmed((trial.beside / "first").read_text(encoding="utf-8"))
    assert len(told) > 5
    shutil.rmtree(trial.data)
    shutil.copytree(trial.beside / "kept", trial.data)
    assert told <= trial.facts()
    assert_told_well(trial("log", "list"))


@pytest.mark.needs_own_mounts
def test_a_disk_that_becomes_read_only_during_a_call_keeps_all_confirmed_events(trial: Trial) -> None:
    """The journal is open and still takes lines; the transcript has no place."""
    script = (
        "mkfifo $OUT/lines\n"
        "recovery start learn < $OUT/lines > $OUT/first 2> $OUT/refused & pid=$!\n"
        "exec 3> $OUT/lines\n"
        "echo fact001 >&3\n"
        "while ! grep -q 'noted: fact001' $OUT/first; do kill -0 $pid || exit 98; done\n"
        "mount --bind $DATA $DATA && mount -o remount,bind,ro $DATA || exit 97\n"
        "echo fact002 >&3; echo /end resolved >&3; exec 3>&-\n"
        "wait $pid; echo $?\n"
        "mount -o remount,bind,rw $DATA\n"
        "cp -r $DATA/. $OUT/kept\n"
        "recovery resume > $OUT/second; echo $?\n"
        "cat $DATA/sessions/*/*/*/*.json > $OUT/transcript\n"
    )
    ran = on_a_disk_of_its_own(trial, "-o size=2m", script)
    refused = (trial.beside / "refused").read_text(encoding="utf-8")
    assert ran.stdout.split() == ["1", "0"], (ran, refused)
    assert "the transcript could not be written" in refused
    assert "the disk is read-only" in refused
    assert "Every entry of the call is stored in" in refused
    shutil.copytree(trial.beside / "kept", trial.data, dirs_exist_ok=True)
    assert trial.facts() == {"fact001", "fact002"}
    assert "fact002" in (trial.beside / "transcript").read_text(encoding="utf-8")


@pytest.mark.needs_own_mounts
def test_doctor_sees_a_disk_that_is_full_or_read_only(trial: Trial) -> None:
    script = (
        "recovery doctor --json; echo $?\n"
        "dd if=/dev/zero of=$DATA/ballast bs=1024 count=20480 2>/dev/null\n"
        "recovery doctor --json; echo $?\n"
        "rm $DATA/ballast; mount -o remount,ro $DATA || exit 97\n"
        "recovery doctor --json; echo $?\n"
    )
    ran = on_a_disk_of_its_own(trial, "-o size=16m,mode=700", script)
    well, code, full, failed, protected, failed_too = ran.stdout.splitlines()
    assert (code, failed, failed_too) == ("0", "1", "1"), ran
    assert json.loads(well)["data"]["place"] == []
    where = str(trial.data)
    assert json.loads(full)["data"]["place"] == [
        {"path": where, "why": "the disk is full or nearly so: 0 KiB are free; free some space"}
    ]
    assert json.loads(protected)["data"]["place"] == [
        {"path": where, "why": "the disk is read-only; choose another folder with --data-dir or RECOVERY_HOME"}
    ]


def test_a_line_that_could_not_be_reverted_at_once_is_reverted_before_the_next(
    call: LiveCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is there types the line again: it must not stand there twice."""
    (journal,) = call._world.home.glob("live/*.jsonl")

    def broken(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as bad_disk:
        bad_disk.setattr(os, "fsync", broken)
        bad_disk.setattr(os, "ftruncate", broken)
        with pytest.raises(StoreProblem, match="the disk reports an error"):
            call.hear("fact001")
    call.hear("fact001")
    assert notes(read_journal(journal).events) == ["fact001"]
