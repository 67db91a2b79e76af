"""Whatever the umask: folders for their owner alone, and files too, by whichever command they were written."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from tests.platforms import needs_modes

if TYPE_CHECKING:
    from tests.commands.recovery import Recovery

pytestmark = needs_modes


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077], ids=oct)
def test_all_files_are_private_to_their_owner(recovery: Recovery, umask: int) -> None:
    def run(*argv: str, stdin: str = "") -> str:
        done = recovery(*argv, stdin=stdin, umask=umask)
        assert done.returncode == 0, done.stderr
        return done.stdout

    out = recovery.home / "out"
    out.mkdir(mode=0o700)
    run("config", "set", "agent", "Dana")
    run("phrases", "add", "I am with you.", "--intent", "listen")
    run("start", "learn", stdin="a note\n/said so\n/keep\n/end\n\n")
    run("start", "learn", stdin="card 4539 5260 1815 9083\n/pause\n")
    run("practice", "late-parcel", stdin="1\n" * 5)
    run("log", "review", "last", "--set", "steps=yes")
    run("log", "amend", "last", "--summary", "write to a@b.example")
    run("log", "reindex")
    exported = run("log", "export", "last", "--format", "json")
    for name in ("md", "html", "csv"):
        run("log", "export", "last", "--format", name, "-o", str(out / f"last.{name}"))
    run("log", "report", "--output", str(out / "report.html"))
    run("log", "backup", str(out / "b.tar.gz"))
    run("--data-dir", str(recovery.home / "restored"), "log", "restore", str(out / "b.tar.gz"), "--yes")
    run("--data-dir", str(recovery.home / "imported"), "log", "import", "-", stdin=exported)
    recovery("log", "scrub", "--yes", environ={"RECOVERY_REDACT": "email"}, umask=umask)
    there = sorted(path for path in recovery.home.rglob("*") if not path.is_symlink())
    assert len([path for path in there if path.is_file()]) > 15
    wrong = {str(path): oct(stat.S_IMODE(path.stat().st_mode)) for path in there if not private(path)}
    assert wrong == {}


def private(path: object) -> bool:
    from pathlib import Path

    assert isinstance(path, Path)
    return stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
