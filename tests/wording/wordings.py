"""The built-in wording, and little ones written for a test."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import msgspec

from recoverycli.content.library import Source, SourceKind
from recoverycli.wording.cards import CardTriggers
from recoverycli.wording.compiled import CallWording
from recoverycli.wording.files.library import LoadedWording, load
from recoverycli.wording.matcher import Matcher
from recoverycli.wording.model import Pattern, Wording

FOLDER = Path(__file__).parents[2] / "wording"


def read(*folders: Path) -> LoadedWording:
    """The wording of these folders, nearest first; below another one, the built-in files are read as in a call."""
    kinds: list[SourceKind] = ["built-in" if one == FOLDER and len(folders) > 1 else "personal" for one in folders]
    return load(tuple(map(Source, folders, kinds)))


BUILT_IN = load((Source(FOLDER, "built-in"),))
MATCHER = Matcher(BUILT_IN.wording)


@functools.cache
def in_call(matcher: Matcher = MATCHER) -> CallWording:
    """What a call needs of the wording."""
    return CallWording(matcher, CardTriggers(matcher.wording))


def pattern(*say: str, **more: Any) -> Pattern:
    """A pattern of those phrases."""
    plain = {"id": "x", "kind": "tone", "because": "It hurts.", "instead": "Go on.", "say": list(say), **more}
    return msgspec.convert(plain, Pattern)


def found(text: str, *patterns: Pattern, channel: str | None = None) -> list[str]:
    """The words of `text` that the patterns find."""
    findings = Matcher(Wording(tuple(patterns))).findings(text, channel)
    return [text[finding.start : finding.end] for finding in findings]
