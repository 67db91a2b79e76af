"""A recording of the call for asciinema players: asciicast version 2, its pauses shortened as in a replay.

A header line, then one line of JSON per event: seconds from the start, "o" for output, and the output. Control
characters in texts are escaped.
"""

from __future__ import annotations

import unicodedata
from itertools import accumulate
from typing import TYPE_CHECKING

import msgspec

from recoverycli.review.replay import frames, waits
from recoverycli.review.replay_screens import scenes
from recoverycli.text.safe import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoverycli.review.exporters.formats import Exported
    from recoverycli.review.replay_screens import ReplayScreen
    from recoverycli.session.transcript.model import Call

WIDTH, HEIGHT = 80, 24
_CLEAR = "\x1b[2J\x1b[H"
_BOLD, _QUIET, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_LABEL = 12
# Seconds for the last screen.
_AFTERGLOW = 2.0


def pieces(calls: Iterable[Exported]) -> Iterator[str]:
    """Return the recordings; a file holds one."""
    for exported in calls:
        yield from recording(exported.call)


def recording(call: Call) -> Iterator[str]:
    """Return a recording, line by line."""
    header = {
        "version": 2, "width": WIDTH, "height": HEIGHT, "timestamp": int(call.started_at.timestamp()),
        "title": escape(" ".join(filter(None, (call.framework.name, call.customer.name)))),
        "env": {"TERM": "xterm-256color"},
    }  # fmt: skip
    yield _json(header)
    found = frames(call)
    at = 0.0
    for at, scene in zip(accumulate(waits(found)), scenes(found), strict=True):
        yield _json([round(at, 3), "o", _screen(scene)])
    yield _json([round(at + _AFTERGLOW, 3), "o", f"\r\n{_QUIET}The end.{_PLAIN}\r\n"])


def _screen(scene: ReplayScreen) -> str:
    rows = [f"{_BOLD}{row}{_PLAIN}" for row in wrap(escape(scene.head), WIDTH)] + [""]
    room = HEIGHT - len(rows) - 2
    body: list[str] = []
    # Older lines scroll off.
    for number, (label, words) in enumerate(reversed(scene.lines)):
        if len(body) >= room:
            break
        told = []
        for place, row in enumerate(wrap(escape(words), WIDTH - _LABEL - 1)):
            shown = f"{_BOLD}{row}{_PLAIN}" if number == 0 else row
            told.append(f"{_QUIET}{label if place == 0 else '':<{_LABEL}}{_PLAIN}{shown}")
        body = told + body
    return _CLEAR + "\r\n".join([*rows, *body[-room:]])


def wrap(text: str, width: int) -> list[str]:
    """The text in rows of at most `width` columns, broken between words if possible."""
    rows: list[str] = []
    for paragraph in text.split("\n"):
        row, taken = "", 0
        for word in paragraph.split(" "):
            needed = sum(map(columns, word))
            if row and taken + 1 + needed <= width:
                row, taken = f"{row} {word}", taken + 1 + needed
                continue
            rows += [row] if row else []
            *whole, (row, taken) = _cut_word(word, width)
            rows += [piece for piece, _ in whole]
        rows.append(row)
    return rows


def _cut_word(word: str, width: int) -> list[tuple[str, int]]:
    """A word in pieces of at most `width` columns, each with its width."""
    pieces: list[tuple[str, int]] = []
    begins = taken = 0
    for place, sign in enumerate(word):
        needed = columns(sign)
        if taken + needed > width:
            pieces.append((word[begins:place], taken))
            begins, taken = place, 0
        taken += needed
    return [*pieces, (word[begins:], taken)]


def columns(sign: str) -> int:
    """Return the width of a character on a terminal."""
    return 0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode() + "\n"
