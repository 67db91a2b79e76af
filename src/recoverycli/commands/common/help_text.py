"""The help of a command: a summary, examples to paste, then the options."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def help_with_examples(what: str, *commands: str, listed: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """Return the help text of a command.

    The marker before a list preserves its lines. `listed` are lists before the examples: a title, and words with
    descriptions.
    """
    lists: dict[str, Sequence[str]] = {title: _columns(words) for title, words in (listed or {}).items()}
    lists["Examples"] = commands
    return "\n\n".join(
        [what, *("\n".join([f"\b\n{title}:", *(f"  {line}" for line in lines)]) for title, lines in lists.items())]
    )


def _columns(words: Mapping[str, str]) -> tuple[str, ...]:
    width = max(map(len, words))
    return tuple(f"{word.ljust(width)}  {about}" for word, about in words.items())


def first_example(help_text: str | None) -> str:
    """Return the first example of a help text; empty if it has none."""
    lines = (line.strip() for line in (help_text or "").splitlines())
    return next((line for line in lines if line.startswith("recovery ")), "")
