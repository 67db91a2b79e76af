"""The agent's own phrases and settings, in which a customer may be named: find the person there, and mask them.

A file is only changed if it can be read afterwards as before. Content that people write by hand is searched and left.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from recoverycli.errors import RecoveryError
from recoverycli.paths import PHRASES_FILE
from recoverycli.phrases.model import read_phrases
from recoverycli.phrases.words import change_phrase
from recoverycli.store.files import refusal, replace_file
from recoverycli.store.layout import CONTENT_FOLDERS, each_file, is_plain
from recoverycli.store.phrasebook import Phrasebook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from recoverycli.session.person import Person

BIGGEST = 4 * 2**20  # bytes; what is larger is no file of phrases or settings


def own_texts(own: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Return the files that exist, with their texts. Raises StoreProblem if one cannot be read."""
    for path in own:
        try:
            if path.is_file() and path.stat().st_size <= BIGGEST:
                yield path, path.read_bytes().decode("utf-8", "replace")
        except OSError as refused:
            raise refusal(path, refused, kept="Nothing was erased.") from refused


def content_files(own: Sequence[Path]) -> list[Path]:
    """Return the files of frameworks, wording and the like beside the own files."""
    folders = dict.fromkeys(path.parent / name for path in own for name in CONTENT_FOLDERS)
    return [path for folder in folders for path in each_file(folder) if is_plain(path)]


def mask_own_file(path: Path, person: Person) -> int:
    """Mask the person in the file; return the number of places, 0 if it cannot be changed without breaking it."""
    with contextlib.suppress(RecoveryError):
        if path.name == PHRASES_FILE:
            return _mask_phrases(path, person)
    return _mask_text(path, person)


def _mask_phrases(path: Path, person: Person) -> int:
    book = Phrasebook(path)
    total = 0
    for phrase in book.read().phrases:
        masked, places = change_phrase(phrase, person.mask)
        if places:
            try:
                book.replace(phrase.id, masked)
            except RecoveryError:
                # The same words are there already.
                book.remove(phrase.id)
            total += places
    # Comments and ids.
    return total + _mask_text(path, person)


def _mask_text(path: Path, person: Person) -> int:
    try:
        text = path.read_bytes().decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        return 0
    masked, places = person.mask(text)
    if not places or not _is_valid(path, masked):
        return 0
    replace_file(path.resolve(), masked.encode("utf-8", "surrogateescape"))
    return places


def _is_valid(path: Path, text: str) -> bool:
    """Whether the changed text is read as before, with other words."""
    before = path.read_bytes()
    if path.name == PHRASES_FILE:
        old, new = (read_phrases(data, str(path)) for data in (before, text.encode("utf-8", "surrogateescape")))
        return len(old.problems) == len(new.problems) and len(old.phrases) == len(new.phrases)
    import tomllib

    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True
