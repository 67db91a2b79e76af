"""Questions before a command runs: confirmations and missing words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.commands.common.context import Setup


def confirm(setup: Setup, question: str, *, yes: bool, word: str = "yes", previews: bool = True) -> bool:
    """Ask for confirmation. `word` is what has to be typed; y is enough for yes.

    `previews` is whether the command has --dry-run. Raises UsageProblem without a terminal and --yes.
    """
    if yes:
        return True
    if not setup.look.interactive:
        see = ", or --dry-run to preview it" if previews else ""
        raise UsageProblem(question.rstrip("?"), hint=f"Add --yes to do it{see}.", kept="Nothing was changed.")
    from recoverycli.terminal.ask.questions import ask_yes

    agreed = ask_yes(setup.output, question, word)
    if not agreed:
        setup.output.text("Nothing was changed.")
    return agreed


def word_or_choice(setup: Setup, word: str | None, kind: str, among: Sequence[str], example: str) -> str:
    """Return the word that was typed, else the one that is chosen. Raises UsageProblem if none is chosen."""
    if word is None:
        from recoverycli.terminal.ask.questions import choose

        word = choose(setup.output, f"Which {kind}?", among)
    if word is None:
        raise UsageProblem(f"a {kind} is required", hint=f"For example: {example}")
    return word
