"""Redaction of what is stored already: what an older version let through is masked by the rules of this one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.store.files import put_in_place, refusal
from recoverycli.store.holdings import PRACTICE, REVIEWS, SESSIONS, each_file, is_plain
from recoverycli.store.locks import LOCK, REVIEWS_LOCK, held
from recoverycli.store.redaction import redact
from recoverycli.store.rewriting import Rewritten, rewritten
from recoverycli.store.transcripts import BIGGEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    Report = Callable[[int, int], None]


class Unmasked(NamedTuple):
    """A file with card numbers or codes in it, and how many."""

    path: Path
    places: int


def unmasked(home: Path, report: Report) -> Iterator[Unmasked]:
    """Return the files of calls, practice and reviews in which something would be masked. Raises StoreProblem."""
    paths = [path for name in (SESSIONS, PRACTICE, REVIEWS) for path in each_file(home / name) if _is_ours(path)]
    for done, path in enumerate(paths, start=1):
        if places := _scrubbed(path).places:
            yield Unmasked(path, places)
        report(done, len(paths))


def scrub(found: Sequence[Unmasked], report: Report) -> int:
    """Mask what was found, file by file, and return how much. Raises StoreProblem; what was masked before stays so."""
    places = 0
    for done, (path, _) in enumerate(found, start=1):
        with held(path.parent, REVIEWS_LOCK if path.parent.name == REVIEWS else LOCK):
            fresh = _scrubbed(path)
            try:
                if fresh.places:
                    put_in_place(path, fresh.data)
            except OSError as refused:
                raise refusal(
                    path, refused, kept="What was masked before is masked; the rest is as it was."
                ) from refused
        places += fresh.places
        report(done, len(found))
    return places


def _is_ours(path: Path) -> bool:
    return path.suffix == ".json" and not path.name.startswith(".") and is_plain(path)


def _scrubbed(path: Path) -> Rewritten:
    try:
        if path.stat().st_size > BIGGEST:
            return Rewritten(b"", 0)
        return rewritten(path.read_bytes(), redact, _counted)
    except FileNotFoundError:
        return Rewritten(b"", 0)
    except OSError as refused:
        raise refusal(path, refused) from refused


def _counted(document: dict[str, Any], places: int) -> dict[str, Any]:
    before = document.get("redactions")
    return {**document, "redactions": before + places} if isinstance(before, int) else document
