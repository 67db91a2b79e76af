"""The command line as a whole: its commands, the options that all of them know, and how a wrong word is answered."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from recoverycli.commands import frameworks, log, resume, start
from recoverycli.commands.examples import described, first_example
from recoverycli.commands.setup import GlobalOptions, Setup
from recoverycli.errors import UsageProblem
from recoverycli.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

_FLAGS = ("--plain", "--no-color", "--no-input", "--no-pager")
_VALUES = ("--data-dir", "--config", "--frameworks")
_HELP = described(
    "A coach beside a call: recovery frameworks step by step, and a transcript that is never lost.",
    'recovery start learn --customer "A. Customer" --channel phone',
    "recovery frameworks show heart",
    "recovery log show last",
)


def invoke(argv: Sequence[str]) -> int:
    """Run the command that `argv` names and return its exit code. Raises UsageProblem for words that it cannot be."""
    command = typer.main.get_command(_application())
    try:
        done: Any = command.main(args=hoisted(argv), prog_name="recovery", standalone_mode=False)
    except typer.TyperException as wrong:
        raise _usage(wrong) from wrong
    except typer.Abort:
        raise KeyboardInterrupt from None
    return done if isinstance(done, int) else 0


def hoisted(argv: Sequence[str]) -> list[str]:
    """Return `argv` with the global options in front, wherever they were typed; nothing after `--` is touched."""
    front: list[str] = []
    rest: list[str] = []
    words = iter(argv)
    for word in words:
        if word == "--":
            return [*front, *rest, word, *words]
        if word in _FLAGS or (word.partition("=")[0] in _VALUES and "=" in word):
            front.append(word)
        elif word in _VALUES:
            front += [word, *([following] if (following := next(words, None)) is not None else [])]
        else:
            rest.append(word)
    return front + rest


def _application() -> typer.Typer:
    # Panels are for people; where no terminal shows them plain help is shorter and twice as fast.
    markup = "rich" if sys.stdout.isatty() else None
    app = typer.Typer(
        name="recovery",
        help=_HELP,
        no_args_is_help=False,
        rich_markup_mode=markup,  # type: ignore[arg-type]
        context_settings={"help_option_names": ["-h", "--help"]},
        pretty_exceptions_enable=False,
    )
    app.callback(invoke_without_command=True)(_everywhere)
    app.command(help=start.HELP)(start.start)
    app.command(help=resume.HELP)(resume.resume)
    app.add_typer(frameworks.app, name="frameworks")
    app.add_typer(log.app, name="log")
    return app


def _everywhere(
    context: typer.Context,
    plain: Annotated[bool, typer.Option("--plain", help="Plain text that reads well aloud.")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colour.")] = False,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask anything.")] = False,
    no_pager: Annotated[bool, typer.Option("--no-pager", help="Never page long output.")] = False,
    data_dir: Annotated[str | None, typer.Option("--data-dir", metavar="DIR", help="Keep all data there.")] = None,
    config: Annotated[str | None, typer.Option("--config", metavar="FILE", help="Read that settings file.")] = None,
    frameworks_dir: Annotated[
        str | None, typer.Option("--frameworks", metavar="DIR", help="Look for frameworks there first.")
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="Show name and version alone.")] = False,
) -> None:
    if version:
        sys.stdout.write(f"recovery {__version__}\n")
        raise typer.Exit
    if context.invoked_subcommand is None:
        sys.stdout.write(context.get_help() + "\n")
        raise typer.Exit
    context.obj = Setup(GlobalOptions(plain, no_color, no_input, no_pager, data_dir, config, frameworks_dir))


def _usage(wrong: typer.TyperException) -> UsageProblem:
    """Return a wrong word of the command line as a problem with an example to paste."""
    context = getattr(wrong, "ctx", None)
    if context is None:
        return UsageProblem(wrong.format_message())
    example = first_example(context.command.help)
    hint = f"For example: {example}" if example else ""
    return UsageProblem(
        wrong.format_message().rstrip("."), hint=f"{hint}\nAll of it: {context.command_path} --help".strip()
    )
