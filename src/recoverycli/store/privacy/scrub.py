"""Mask stored data with the current rules: calls, practice, own goals, reviews, journals of paused calls, their
unreadable lines, and the agent's own phrases and settings.

The index is rebuilt afterwards, so that nothing remains in its free pages.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from recoverycli.errors import ContentProblem
from recoverycli.redaction.documents import add_redactions, customer_name, word_masker
from recoverycli.redaction.redact import findings
from recoverycli.redaction.rules import DEFAULT
from recoverycli.store.calls.transcript_file import BIGGEST
from recoverycli.store.files import refusal, replace_file
from recoverycli.store.index.file import remove_index
from recoverycli.store.index.index import Index
from recoverycli.store.journal.closed import remove_closed
from recoverycli.store.layout import CAUSES, GOALS, ID, LIVE, PRACTICE, REVIEWS, SESSIONS, each_file, is_plain
from recoverycli.store.locks import ANSWERS_LOCK, LOCK, REVIEWS_LOCK, hold_folder, hold_journal, is_open_elsewhere
from recoverycli.store.outbox import note_change
from recoverycli.store.privacy.own_secrets import has_secrets, mask_secrets, rules_of, secret_masker
from recoverycli.store.privacy.rewrite import RewriteResult, rewrite, rewrite_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from recoverycli.redaction.document_text import Change
    from recoverycli.redaction.rules import Rules

    Report = Callable[[int, int], None]

_KEPT = "What was masked before is masked; the rest was not changed."
_SUFFIXES = {LIVE: (".jsonl", ".unread")}
# Those of practice itself; a day of it has the lock of a day.
_LOCKS = {REVIEWS: REVIEWS_LOCK, PRACTICE: ANSWERS_LOCK}
_MOST_EXAMPLES = 3
_AROUND = 24


class UnmaskedFile(NamedTuple):
    """A file with something to mask: in how many places, of which kinds, and the masked text.

    `busy`: another process has that call open, so it is skipped. `unread`: it is too large to be looked at. `own`: it
    is a file of phrases or settings; `broken`: its errors or its layout do not allow a change.
    """

    path: Path
    places: int
    kinds: dict[str, int]
    examples: tuple[str, ...]
    busy: bool = False
    unread: bool = False
    own: bool = False
    broken: bool = False

    @property
    def stays(self) -> bool:
        """Whether the file will not be changed."""
        return self.busy or self.unread or self.broken


def find_unmasked(
    home: Path, report: Report, rules: Rules = DEFAULT, own: Sequence[Path] = ()
) -> Iterator[UnmaskedFile]:
    """Return the files with something to mask, and those that were not looked at. Raises StoreProblem.

    `own` are the agent's own phrases and settings.
    """
    paths = list(_paths(home))
    own = [path for path in own if path.is_file()]
    total = len(paths) + len(own)
    for done, path in enumerate(paths, start=1):
        seen = _MaskedTexts(rules)
        if _is_too_large(path):
            yield UnmaskedFile(path, 0, {}, (), unread=True)
        elif places := _scrub(home, path, rules, seen).places:
            busy = path.suffix == ".jsonl" and is_open_elsewhere(path)
            yield UnmaskedFile(path, places, dict(seen.kinds), tuple(seen.examples), busy)
        report(done, total)
    for done, path in enumerate(own, start=len(paths) + 1):
        yield from _look_at_own(path, rules_of(path, rules))
        report(done, total)


def _look_at_own(path: Path, rules: Rules) -> Iterator[UnmaskedFile]:
    seen = _MaskedTexts(rules)
    try:
        places = mask_secrets(path, seen.watch(secret_masker(rules)), dry_run=True)
    except ContentProblem:
        if has_secrets(path, rules):
            yield UnmaskedFile(path, 0, {}, (), own=True, broken=True)
        return
    if places:
        yield UnmaskedFile(path, places, dict(seen.kinds), tuple(seen.examples), own=True)


def scrub(home: Path, found: Sequence[UnmaskedFile], report: Report, rules: Rules = DEFAULT) -> int:
    """Mask what was found, file by file, and return the count.

    Raises StoreProblem; files masked before stay masked. A call that another process has opened meanwhile is skipped.
    """
    places = 0
    # First: the index is a cache and must not contain the words, whatever happens next.
    remove_index(home, kept=_KEPT)
    try:
        remove_closed(home)
    except OSError as refused:
        raise refusal(home, refused, kept=_KEPT) from refused
    for done, one in enumerate(found, start=1):
        if one.own:
            places += 0 if one.broken else mask_secrets(one.path, secret_masker(rules_of(one.path, rules)))
        elif not one.unread:
            places += _mask(home, one.path, rules)
        report(done, len(found))
    with Index(home) as index:
        index.rebuild()
    return places


def _mask(home: Path, path: Path, rules: Rules) -> int:
    with contextlib.ExitStack() as stack:
        if path.parent.name == LIVE:
            if not stack.enter_context(hold_journal(path.with_suffix(".jsonl"))):
                return 0
        else:
            stack.enter_context(hold_folder(path.parent, _LOCKS.get(path.parent.name, LOCK)))
        fresh = _scrub(home, path, rules)
        try:
            if fresh.places:
                with note_change(path, "rewritten"):
                    replace_file(path, fresh.data)
        except OSError as refused:
            raise refusal(path, refused, kept=_KEPT) from refused
    return fresh.places


def _paths(home: Path) -> Iterator[Path]:
    """The files to check; reviews first, while the calls still name their customers."""
    for folder in (REVIEWS, CAUSES, SESSIONS, PRACTICE, LIVE):
        for path in each_file(home / folder):
            is_one = path.suffix in _SUFFIXES.get(folder, (".json",)) or path == home / PRACTICE / GOALS
            if is_one and not path.name.startswith(".") and is_plain(path):
                yield path


def _is_too_large(path: Path) -> bool:
    try:
        return path.stat().st_size > BIGGEST
    except OSError:  # reading it says why
        return False


def _scrub(home: Path, path: Path, rules: Rules, seen: _MaskedTexts | None = None) -> RewriteResult:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return RewriteResult(b"", 0)
    except OSError as refused:
        raise refusal(path, refused) from refused
    if path.suffix == ".json":
        change = word_masker(_json(data), rules, *_customer_of_review(home, path, rules))
        return rewrite(data, seen.watch(change) if seen else change, add_redactions)
    change = word_masker(None, rules, *map(customer_name, map(_json, data.split(b"\n"))))
    return rewrite_lines(data, seen.watch(change) if seen else change)


def _customer_of_review(home: Path, path: Path, rules: Rules) -> tuple[str | None, ...]:
    """The name of the customer of the reviewed call, if names are masked."""
    found = ID.fullmatch(path.stem) if path.parent.name == REVIEWS and "name" in rules.chosen else None
    if found is None:
        return ()
    try:
        return (customer_name(_json(home.joinpath(SESSIONS, *found.groups(), path.name).read_bytes())),)
    except OSError:
        return ()


def _json(data: bytes) -> Any:
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


class _MaskedTexts:
    """What would be masked, by kind, with the masked text: nothing is shown in clear."""

    def __init__(self, rules: Rules) -> None:
        self.kinds: Counter[str] = Counter()
        self.examples: list[str] = []
        self._rules = rules

    def watch(self, change: Change) -> Change:
        """Return a change function that records its results here."""

        def watched_change(text: str) -> tuple[str, int]:
            masked, places = change(text)
            if places:
                kinds = Counter(one.kind for one in findings(text, self._rules))
                # Only the change function knows a name, and the card that an earlier text began.
                other = "name" if "name" in self._rules.chosen else "card"
                kinds.update({other: places - kinds.total()} if places > kinds.total() else {})
                self.kinds.update(kinds)
                if len(self.examples) < _MOST_EXAMPLES:
                    self.examples.append(_excerpt(text, masked))
            return masked, places

        return watched_change


def _excerpt(text: str, masked: str) -> str:
    """Return the masked text around the first and last mask."""
    pairs = list(zip(text, masked, strict=False))
    begin = next((place for place, (old, new) in enumerate(pairs) if old != new), len(pairs))
    end = next((place for place, (old, new) in enumerate(zip(text[::-1], masked[::-1], strict=False)) if old != new), 0)
    first, last = max(0, begin - _AROUND), len(masked) - max(0, end - _AROUND)
    cut = ("…" if first else "", "…" if last < len(masked) else "")
    return " ".join(f"{cut[0]}{masked[first:last]}{cut[1]}".split())
