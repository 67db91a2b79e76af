"""How often phrases were said in recent calls, so that the same ones do not always come first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from recoverycli.errors import StoreProblem
from recoverycli.store.calls.archive import Archive
from recoverycli.store.files import read_own
from recoverycli.store.layout import is_plain

if TYPE_CHECKING:
    from pathlib import Path

LAST_CALLS = 12
# Said in fewer of them, it is not overused.
_OFTEN = 3


class _Phrase(msgspec.Struct):
    id: str


class _Said(msgspec.Struct):
    phrase: _Phrase | None = None


class _Step(msgspec.Struct):
    said: tuple[_Said, ...] = ()


class _Call(msgspec.Struct):
    """Only the counted parts of a transcript; the decoder skips the rest."""

    steps: tuple[_Step, ...] = ()


def overused_phrases(home: Path) -> dict[str, int]:
    """Return the ids of the phrases that were said in several of the last calls, with the number of those calls.

    Unreadable files are skipped: the order of phrases must not delay a call.
    """
    try:
        files = Archive(home).newest(LAST_CALLS)
    except StoreProblem:
        return {}
    decoder = msgspec.json.Decoder(_Call)
    counts: Counter[str] = Counter()
    for file in filter(is_plain, files):
        try:
            call = decoder.decode(read_own(file))
        except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            continue
        counts.update({said.phrase.id for step in call.steps for said in step.said if said.phrase is not None})
    return {phrase: count for phrase, count in counts.items() if count >= _OFTEN}
