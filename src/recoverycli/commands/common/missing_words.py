"""What a command needs and was not given: asked for on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.commands.common.context import Setup


def word_or_choice(setup: Setup, word: str | None, kind: str, among: Sequence[str], example: str) -> str:
    """Return the word that was typed, else the one that is chosen. Raises UsageProblem if none is chosen."""
    if word is None:
        from recoverycli.terminal.ask.missing_word import choose

        word = choose(setup.output, f"Which {kind}?", among)
    if word is None:
        raise UsageProblem(f"a {kind} is required", hint=f"For example: {example}")
    return word
