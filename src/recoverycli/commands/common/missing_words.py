"""What a command needs and was not told: asked for where somebody can answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.commands.common.context import Setup


def word_or_choice(setup: Setup, word: str | None, question: str, among: Sequence[str], example: str) -> str:
    """Return the word that was typed, else the one that is chosen. Raises UsageProblem where nobody chooses."""
    if word is None:
        from recoverycli.terminal.ask.missing_word import choose

        word = choose(setup.output, question, among)
    if word is None:
        raise UsageProblem(f"{question[0].lower()}{question[1:]}", hint=f"For example: {example}")
    return word
