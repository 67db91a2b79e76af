"""The help of a command: what it does in a line, then examples that can be pasted, and only then the options."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def help_with_examples(what: str, *commands: str, listed: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """Return the help text of a command. The mark before a list keeps its lines as they are.

    `listed` gives lists that come before the examples: by title, words and what each of them is.
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
