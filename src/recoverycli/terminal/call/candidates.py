"""The lines that Tab offers: what they share, and how they stand in the toolbar."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples


def candidate_line(lines: tuple[str, ...], typed: str, width: int) -> StyleAndTextTuples:
    """Return the candidates of Tab for the toolbar, the one in the prompt marked; from there on where room is short."""
    words = [line.strip().rpartition(" ")[2] for line in lines]
    here = lines.index(typed) if typed in lines else 0
    first = here if sum(len(word) + 2 for word in words) > width - 1 else 0
    spans: StyleAndTextTuples = [("", " ")]
    left = width - 2
    for index, word in enumerate(words[first:], start=first):
        shown = f"[{word}]" if lines[index] == typed else f" {word} "
        if len(shown) > left:
            break
        spans.append(("class:accent" if lines[index] == typed else "", shown))
        left -= len(shown)
    return spans


def common_prefix(lines: tuple[str, ...]) -> str:
    """Return the letters that all of `lines` begin with."""
    first, last = min(lines), max(lines)
    length = next(
        (place for place, (one, other) in enumerate(zip(first, last, strict=False)) if one != other),
        min(len(first), len(last)),
    )
    return first[:length]


def refused_keys(suggestion: str, width: int) -> StyleAndTextTuples:
    """Return what the keys do while a refused line stands selected in the prompt, for the toolbar."""
    taken = " ".join(suggestion.split())
    rest = "Enter drops it · ← edits it · type on to replace it"
    texts = (f"Tab: {taken} · {rest}", f"Tab: {taken} · Enter drops it", "Tab suggests · Enter drops it")
    for text in texts if taken else (rest, "Enter drops it"):
        if len(text) < width - 1:
            return [("", f" {text}")]
    return []
