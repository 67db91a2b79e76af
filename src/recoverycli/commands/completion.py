"""`recovery completion`: print the shell completion script."""

from __future__ import annotations

from typing import Annotated

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.errors import UsageProblem, unknown

SHELLS = ("bash", "zsh", "fish", "powershell")
HELP = help_with_examples(
    "Print the shell completion script.\n\nIt completes commands, options and values.",
    "recovery completion bash >> ~/.bashrc",
    "recovery completion zsh >> ~/.zshrc",
    "recovery completion fish > ~/.config/fish/completions/recovery.fish",
    "recovery completion powershell | Add-Content $PROFILE",
)

_VARIABLE = "_RECOVERY_COMPLETE"
# The script completes this command only and leaves the user's Tab key as it is.
_KEYS = "Set-PSReadLineKeyHandler"


def _shells(incomplete: str) -> list[str]:
    return [shell for shell in SHELLS if shell.startswith(incomplete)]


def command(
    context: typer.Context,
    shell: Annotated[
        str | None,
        typer.Argument(metavar=f"[{'|'.join(SHELLS)}]", help="Your shell.", autocompletion=_shells),
    ] = None,
) -> None:
    """Print the shell completion script."""
    if shell is None:
        raise UsageProblem("a shell is required", hint="For example: recovery completion bash >> ~/.bashrc")
    name = {"pwsh": "powershell"}.get(shell.casefold(), shell.casefold())
    if name not in SHELLS:
        raise unknown("completion for", shell, SHELLS)
    # Typer does not export it.
    from typer.completion import get_completion_script  # type: ignore[attr-defined]

    script = get_completion_script(prog_name="recovery", complete_var=_VARIABLE, shell=name)
    setup: Setup = context.obj
    setup.output.text("\n".join(line for line in script.splitlines() if not line.startswith(_KEYS)))
