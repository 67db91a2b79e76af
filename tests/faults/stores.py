"""A data folder with every kind of file, made by the real commands, and files of other programs."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from tests.faults.trials import Trial

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.trials import Ended

PERSON = "Ana Lopez"
# A number that banks give out for trials; an older version might have let it through.
CARD = "4111 1111 1111 1111"
STRANGERS = ("data/mine.txt", "data/live/mine.txt", "data/sessions/mine.txt", "config/mine.txt", "mine.txt")


def make_store(root: Path) -> Trial:
    """Make the folder: three calls, an old one, one that is open, practice, an assessment, phrases, settings."""
    trial = Trial(root)
    done(
        trial(
            "start", "learn", "--customer", PERSON, stdin="fact801\n/promise fact802 by tomorrow 5pm\n/end resolved\n"
        )
    )
    review = ("log", "review", "last", "--set", "steps=yes", "--note", "fact803")
    done(trial(*review))
    done(trial("start", "heart", stdin=f"fact804 for {PERSON}\n/cause fact805\n/end escalated\n"))
    done(trial("log", "export", "--all", "--format", "json", "--output", str(root / "calls.jsonl")))
    done(trial("start", "last", stdin="fact806 for\n/end resolved\n"))
    done(trial("log", "add", "learn", "--at", "2024-03-05 10:00", stdin="fact807\n/end resolved\n"))
    done(trial("start", "learn", stdin="fact808\n/promise fact809 by tomorrow 5pm\n"))
    done(trial("phrases", "add", "I am with you, fact810.", "--intent", "listen"))
    done(trial("config", "set", "agent", "fact811"))
    done(trial("log", "backup", str(root / "calls.tar.gz")))
    (leaky,) = (path for path in trial.data.glob("sessions/*/*/*/*last*.json"))
    leaky.write_bytes(leaky.read_bytes().replace(b"fact806 for", f"fact806 {CARD}".encode()))
    for name in STRANGERS:
        (root / name).write_text("mine", encoding="utf-8")
    return trial


def done(ended: Ended) -> Ended:
    """What a command returned that has to end well."""
    assert ended.code == 0, ended
    return ended


def sums(root: Path, pattern: str = "data/sessions/*/*/*/*.json") -> dict[str, str]:
    """Digests of files, by their paths below the root. Those whose names begin with a dot are unfinished writes."""
    found = (path for path in sorted(root.glob(pattern)) if path.is_file() and not path.name.startswith("."))
    return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def strangers(root: Path) -> list[str]:
    """Return the content of the files of other programs."""
    return [(root / name).read_text(encoding="utf-8") for name in STRANGERS]


def whole(root: Path) -> dict[str, Any]:
    """Every JSON file of the store, read; one that is not whole fails."""
    files = [path for kind in ("sessions", "reviews", "practice") for path in (root / "data" / kind).rglob("*.json")]
    return {str(path): json.loads(path.read_bytes()) for path in files if not path.name.startswith(".")}
