"""Asking before something that cannot be taken back: on a terminal a question, elsewhere the word --yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.errors import UsageProblem

if TYPE_CHECKING:
    from recoverycli.commands.common.context import Setup


def confirm(setup: Setup, question: str, *, yes: bool, word: str = "yes", previews: bool = True) -> bool:
    """Whether it is to be done. `word` is what has to be typed where it matters; y is enough for yes.

    `previews` is whether the command knows --dry-run. Raises UsageProblem where nobody can be asked and --yes was not
    said.
    """
    if yes:
        return True
    if not setup.look.interactive:
        see = ", --dry-run to see it" if previews else ""
        raise UsageProblem(question.rstrip("?"), hint=f"Say --yes to do it{see}.", kept="Nothing was changed.")
    from recoverycli.terminal.home import ask_line

    offered = "[y/N]" if word == "yes" else f"Type {word} to do it:"
    typed = (ask_line(setup.output, f"{question} {offered}") or "").strip().casefold()
    agreed = typed in {"y", "yes"} if word == "yes" else typed == word.casefold()
    if not agreed:
        setup.output.text("Nothing was changed.")
    return agreed
