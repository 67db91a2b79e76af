"""The command line: its commands, global options, and errors for wrong words."""

# No `from __future__ import annotations` here: Typer would compile each annotation at every start.
import keyword
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Annotated, Any

import typer

from recoverycli.commands.common.context import FLAGS, VALUES, GlobalOptions, Setup
from recoverycli.commands.common.help_text import first_example, help_with_examples
from recoverycli.errors import UsageProblem
from recoverycli.version import __version__

_FLAGS = frozenset(FLAGS.values())
_VALUES = frozenset(VALUES.values())
# In the order of the help. Each is a module, or a package for a group.
_COMMANDS = (
    "start",
    "resume",
    "reopen",
    "tutorial",
    "demo",
    "practice",
    "quiz",
    "progress",
    "week",
    "frameworks",
    "scenarios",
    "phrases",
    "check",
    "log",
    "followups",
    "team",
    "config",
    "doctor",
    "completion",
)
_GROUPS = frozenset({"frameworks", "scenarios", "phrases", "log", "followups", "team", "config"})
_HELP = help_with_examples(
    "Guide a difficult customer call step by step, and store a transcript that is never lost.",
    'recovery start learn --customer "A. Customer" --channel phone',
    "recovery frameworks show heart",
    "recovery log show last",
)


def invoke(argv: Sequence[str]) -> int:
    """Run the command that `argv` names and return its exit code. Raises UsageProblem for unknown words."""
    words = globals_first(argv)
    command = typer.main.get_command(_application(*_requested_command(words)))
    try:
        done: Any = command.main(args=words, prog_name="recovery", standalone_mode=False)
    except typer.TyperException as wrong:
        raise _usage(wrong) from wrong
    except typer.Abort:
        raise KeyboardInterrupt from None
    except SystemExit as ended:
        # Typer and Rich each report a closed pipe as a failure.
        if isinstance(ended.__context__, BrokenPipeError):
            raise ended.__context__ from None
        raise
    return done if isinstance(done, int) else 0


def globals_first(argv: Sequence[str]) -> list[str]:
    """Return `argv` with the global options moved to the front; words after `--` stay."""
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


def _requested_command(words: Sequence[str]) -> tuple[str | None, str | None]:
    """The command in the words, and the words after it; empty if all commands are needed."""
    rest = iter(words)
    for word in rest:
        if word in _VALUES:
            next(rest, None)
        elif word not in _FLAGS and word.partition("=")[0] not in _VALUES:
            return (word, next(rest, None)) if word in _COMMANDS else (None, None)
    return None, None


def _application(only: str | None = None, within: str | None = None) -> typer.Typer:
    """Build the command line: all commands for help and unknown words, else only the requested one."""
    # Panels only on a terminal: plain help is shorter and twice as fast.
    markup = "rich" if sys.stdout.isatty() else None
    app = typer.Typer(
        name="recovery",
        help=_HELP,
        no_args_is_help=False,
        rich_markup_mode=markup,  # type: ignore[arg-type]
        context_settings={"help_option_names": ["-h", "--help"]},
        pretty_exceptions_enable=False,
        add_completion=only is None,
    )
    app.callback(invoke_without_command=True)(_everywhere)
    for name in _COMMANDS if only is None else (only,):
        if name in _GROUPS:
            app.add_typer(_group(name, within), name=name)
        else:
            _add(app, name, name)
    return app


def _group(name: str, only: str | None) -> typer.Typer:
    """Return a group with the command `only`, or with all commands if there is no such command."""
    group = import_module(f"recoverycli.commands.{name}.group")
    app = typer.Typer(help=group.HELP, no_args_is_help=True)
    commands: Mapping[str, str | None] = group.COMMANDS
    for word in (only,) if only is not None and only in commands else commands:
        _add(app, word, f"{name}.{module_name(word)}", commands[word])
    return app


def _add(app: typer.Typer, name: str, module: str, panel: str | None = None) -> None:
    """Add the command of a module, which has a HELP and a `command`."""
    found = import_module(f"recoverycli.commands.{module}")
    settings = getattr(found, "CONTEXT", None)
    app.command(name, help=found.HELP, rich_help_panel=panel, context_settings=settings)(found.command)


def module_name(command: str) -> str:
    """Return the name of the module of a command: its own name, or `import_` for a Python keyword."""
    return f"{command}_" if keyword.iskeyword(command) else command


def _everywhere(
    context: typer.Context,
    plain: Annotated[bool, typer.Option("--plain", help="Plain text for screen readers and pipes.")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="Disable colour.")] = False,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never prompt for input.")] = False,
    no_pager: Annotated[bool, typer.Option("--no-pager", help="Do not use a pager.")] = False,
    data_dir: Annotated[
        str | None, typer.Option("--data-dir", metavar="DIR", help="Store all data in this folder.")
    ] = None,
    config: Annotated[
        str | None, typer.Option("--config", metavar="FILE", help="Read settings from this file.")
    ] = None,
    frameworks_dir: Annotated[
        str | None, typer.Option("--frameworks", metavar="DIR", help="Search this folder for frameworks first.")
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    if version:
        sys.stdout.write(f"recovery {__version__}\n")
        raise typer.Exit
    options = GlobalOptions(plain, no_color, no_input, no_pager, data_dir, config, frameworks_dir)
    if context.invoked_subcommand is None:
        from recoverycli.commands.home import home, is_wanted

        if is_wanted(options):
            home(options, invoke, _COMMANDS)
        else:
            sys.stdout.write(context.get_help() + "\n")
        raise typer.Exit
    context.obj = Setup(options)


def _usage(wrong: typer.TyperException) -> UsageProblem:
    """Return a usage error as a problem with an example to paste."""
    context = getattr(wrong, "ctx", None)
    if context is None:
        return UsageProblem(wrong.format_message())
    example = first_example(context.command.help)
    hint = f"For example: {example}" if example else ""
    return UsageProblem(wrong.format_message().rstrip("."), hint=f"{hint}\nHelp: {context.command_path} --help".strip())
