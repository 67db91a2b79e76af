"""`recovery config`: the settings in force, where each comes from, and changing them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from recoverycli import paths
from recoverycli.commands.common import completion_values
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson
from recoverycli.errors import UsageProblem, did_you_mean, unknown
from recoverycli.frameworks.model import CHANNELS
from recoverycli.settings.model import DOCUMENTED, FIELDS, REDACTABLE, THEMES, WORDS, Shown

if TYPE_CHECKING:
    from collections.abc import Sequence

app = typer.Typer(
    help=help_with_examples(
        "Show and change settings.",
        "recovery config show",
        "recovery config set channel chat",
        "recovery config path",
    ),
    no_args_is_help=True,
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The setting.", autocompletion=completion_values.settings)]
InProject = Annotated[bool, typer.Option("--project", help="Use the project's settings file, not your own.")]
_SWITCHES = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}


@app.command(
    help=help_with_examples(
        "Show every setting, its value and its source.",
        "recovery config show",
        "recovery config show --json",
    )
)
def show(context: typer.Context, as_json: AsJson = False) -> None:
    """Show every setting, its value and its source."""
    setup: Setup = context.obj
    settings = settings_in_force(setup)
    if as_json:
        for setting in settings:
            setup.output.as_json(setting)
        return
    from recoverycli.terminal.views.config import settings_page

    setup.output.show(settings_page(settings))


def settings_in_force(setup: Setup) -> tuple[Shown, ...]:
    """The settings in force, in the order of their documentation."""
    values = msgspec.to_builtins(setup.settings)
    return tuple(Shown(name, values[name], setup.sources[name], about) for name, about in DOCUMENTED.items())


@app.command(
    "set",
    help=help_with_examples(
        "Set a value, after checking it.",
        "recovery config set channel chat",
        'recovery config set agent "Your name"',
        "recovery config set framework heart --project",
    ),
)
def set_(
    context: typer.Context,
    name: Name,
    value: Annotated[str, typer.Argument(metavar="VALUE", help="Its value.")],
    in_project: InProject = False,
) -> None:
    """Set a value, after checking it."""
    from recoverycli.settings.write import write

    setup: Setup = context.obj
    known = _known_setting(name)
    checked = checked_value(known, value, setup.library().ids())
    file = _file(setup, in_project=in_project)
    write(file, {known: checked})
    hint = _overridden(setup, known, in_project=in_project)
    setup.output.text(f"{known} is {_format_value(checked)} now, in {file}.{hint}")


@app.command(
    help=help_with_examples(
        "Remove a value from the settings file.\n\nThe default or the value from another file then applies.",
        "recovery config unset channel",
    )
)
def unset(context: typer.Context, name: Name, in_project: InProject = False) -> None:
    """Remove a value from the settings file."""
    from recoverycli.settings.write import write

    setup: Setup = context.obj
    known = _known_setting(name)
    file = _file(setup, in_project=in_project)
    write(file, {known: None})
    setup.output.text(f"{known} is no longer set in {file}. Values in use: recovery config show")


@app.command(
    help=help_with_examples(
        "Show where settings, frameworks, wording and calls are stored.",
        "recovery config path",
        "recovery config path --json",
    )
)
def path(context: typer.Context, as_json: AsJson = False) -> None:
    """Show where settings, frameworks, wording and calls are stored."""
    setup: Setup = context.obj
    config = paths.config_home(os.environ)
    project = setup.project
    places: dict[str, str | None] = {
        "settings": str(setup.settings_file),
        "project settings": str(project / paths.SETTINGS_FILE) if project else None,
        "own phrases": str(paths.phrases_file(os.environ)),
        "own frameworks": str(config / "frameworks"),
        "own wording": str(config / "wording"),
        "calls": str(setup.home),
    }
    if as_json:
        setup.output.as_json(places)
        return
    setup.output.text("\n".join(f"{name}: {place or 'none here'}" for name, place in places.items()))


@app.command(
    help=help_with_examples(
        "Open the settings file in your editor.\n\nThe file is checked when the editor closes.", "recovery config edit"
    )
)
def edit(context: typer.Context, in_project: InProject = False) -> None:
    """Open the settings file in your editor."""
    from recoverycli.commands.common.editor import editor, open_editor
    from recoverycli.settings.load import resolve
    from recoverycli.settings.write import write

    setup: Setup = context.obj
    file = _file(setup, in_project=in_project)
    if not setup.look.interactive:
        raise UsageProblem(
            f"an editor needs a terminal; the file is {file}",
            hint="To set one value: recovery config set NAME VALUE",
        )
    command = editor(os.environ)
    if not file.exists():
        write(file, {})
    open_editor(setup, command, file)
    problems = resolve({}, file, None).problems
    for problem in problems:
        setup.output.tell(problem)
    if problems:
        setup.output.tell("The valid settings apply. Correct the rest: recovery config edit")
        raise typer.Exit(1)
    setup.output.text(f"{file} is valid. Values in use: recovery config show")


def checked_value(name: str, value: str, frameworks: Sequence[str]) -> Any:
    """Return the value of a setting as it is to be written. Raises UsageProblem if it cannot be meant."""
    words = " ".join(value.split())
    if isinstance(FIELDS[name].default, bool):
        return _one_of(name, words.casefold(), _SWITCHES, ("true", "false"))
    if name in WORDS:
        return _one_of(name, words.casefold(), {one: one for one in WORDS[name]}, WORDS[name])
    match name:
        case "framework":
            return _one_of(name, words.casefold(), {one: one for one in frameworks}, frameworks)
        case "channel":
            return _one_of(name, words.casefold(), {one: one for one in CHANNELS}, CHANNELS)
        case "theme":
            return _one_of(name, words.casefold(), {one: one for one in THEMES}, THEMES)
        case "currency":
            return _currency(words)
        case "redact":
            return _kinds(words)
    if not words or len(words) > 200 or not words.isprintable():
        raise UsageProblem(
            f"{name} must be a line of text", hint=f'For example: recovery config set {name} "Your name"'
        )
    return words


def _one_of(name: str, word: str, known: dict[str, Any], told: Sequence[str]) -> Any:
    if word in known:
        return known[word]
    raise UsageProblem(
        f"{name} cannot be {word[:60] or 'empty'}{did_you_mean(word, told)}", hint=f"One of: {', '.join(told)}"
    )


def _kinds(words: str) -> list[str]:
    from recoverycli.settings.load import read_redact

    known, unknown_kinds = read_redact(words)
    if unknown_kinds or not words:
        word = unknown_kinds[0] if unknown_kinds else ""
        raise UsageProblem(
            f"redact cannot be {word[:60] or 'empty'}{did_you_mean(word, REDACTABLE)}",
            hint=f"Any of: {', '.join(REDACTABLE)}, separated by commas; or none",
        )
    return list(known)


def _currency(words: str) -> str:
    from babel.core import get_global

    if words.upper() not in get_global("all_currencies"):
        raise UsageProblem(f"there is no currency {words[:60]}", hint="A code of three letters, such as EUR or USD.")
    return words.upper()


def _known_setting(name: str) -> str:
    if name in DOCUMENTED and name != "remedies":
        return name
    if name == "remedies":
        raise UsageProblem(
            "remedies can only be changed in the file",
            hint="Edit it: recovery config edit (see docs/guide/settings.md)",
        )
    raise unknown("setting", name, DOCUMENTED)


def _file(setup: Setup, *, in_project: bool) -> Path:
    if not in_project:
        return setup.settings_file
    return (setup.project or Path.cwd() / paths.PROJECT_FOLDER) / paths.SETTINGS_FILE


def _overridden(setup: Setup, name: str, *, in_project: bool) -> str:
    """Say where a value that was just written is not the one that holds."""
    source = setup.sources[name]
    nearer = source in {"environment", "flag"} or (
        not in_project and setup.project and source.startswith(str(setup.project))
    )
    return f" Here, {source} overrides it." if nearer else ""


def _format_value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value) or "none"
    return str(value).lower() if isinstance(value, bool) else str(value)
