"""Rewrite words in stored files: besides amending, the only way to rewrite a transcript.

A readable file is read again after the change and compared, so that only words differ. A broken file is changed as
text, after decoding JSON escapes that hide letters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from recoverycli.redaction.document_text import change_texts, texts_of
from recoverycli.session.transcript.model import Unreadable, decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from recoverycli.redaction.document_text import Change

    Trace = Callable[[dict[str, Any], int], dict[str, Any]]

_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})(?:\\u([dD][c-fC-F][0-9a-fA-F]{2}))?")
_BREAK = re.compile(r"\\[nrt]")


class RewriteResult(NamedTuple):
    """The new content of a file, and how many places changed; 0 if it stays."""

    data: bytes
    places: int


def rewrite(data: bytes, change: Change, trace: Trace | None = None) -> RewriteResult:
    """Return a JSON document with its words changed; `trace` may record the change in the document."""
    try:
        document = msgspec.json.decode(data)
        changed, places = change_texts(document, change)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return rewrite_text(data, change)
    if not places:
        return RewriteResult(data, 0)
    if trace is not None and isinstance(changed, dict):
        changed = trace(changed, places)
    fresh = msgspec.json.format(msgspec.json.encode(changed), indent=1) + b"\n"
    if msgspec.json.decode(fresh) != changed or (_is_transcript(data) and not _is_transcript(fresh)):
        # Ambiguous JSON (the same key twice) is changed as text.
        return rewrite_text(data, change)
    return RewriteResult(fresh, places)


def rewrite_lines(data: bytes, change: Change) -> RewriteResult:
    """Return JSON Lines, such as a journal, with their words changed; other lines are unchanged."""
    lines: list[bytes] = []
    places = 0
    for line in data.split(b"\n"):
        fresh, count = _rewrite_line(line, change)
        lines.append(fresh)
        places += count
    return RewriteResult(b"\n".join(lines), places)


def rewrite_text(data: bytes, change: Change) -> RewriteResult:
    """Change unreadable JSON as text; bytes that are not text stay."""
    text = data.decode("utf-8", "surrogateescape")
    fresh, places = change(_BREAK.sub("  ", _ESCAPE.sub(_letter, text)))
    return RewriteResult(fresh.encode("utf-8", "surrogateescape"), places) if places else RewriteResult(data, 0)


def words_in(data: bytes) -> Iterable[str]:
    """Return the texts in a file, JSON or not."""
    for piece in (data,) if data.count(b"\n{") == 0 else data.split(b"\n"):
        try:
            yield from texts_of(msgspec.json.decode(piece))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            yield _BREAK.sub("  ", _ESCAPE.sub(_letter, piece.decode("utf-8", "replace")))


def _rewrite_line(line: bytes, change: Change) -> RewriteResult:
    if not line:
        return RewriteResult(line, 0)
    try:
        document, places = change_texts(msgspec.json.decode(line), change)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return rewrite_text(line, change)
    return RewriteResult(msgspec.json.encode(document), places) if places else RewriteResult(line, 0)


def _is_transcript(data: bytes) -> bool:
    try:
        decode(data)
    except Unreadable:
        return False
    return True


def _letter(found: re.Match[str]) -> str:
    """The letter of a JSON escape; an escape with a meaning in JSON stays."""
    try:
        letter: str = msgspec.json.decode(f'"{found[0]}"')
    except msgspec.DecodeError:
        return found[0]
    return letter if letter.isprintable() and letter not in '"\\' else found[0]
