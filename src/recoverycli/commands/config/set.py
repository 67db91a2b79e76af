"""`recovery config set`: set a value, after checking it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from recoverycli import paths
from recoverycli.commands.common import completion_values
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.errors import UsageProblem, did_you_mean, unknown
from recoverycli.frameworks.model import CHANNELS
from recoverycli.settings.contacts import CONTACTS, PREFIX, contact_name
from recoverycli.settings.layers import project_right
from recoverycli.settings.model import DOCUMENTED, FIELDS, FOLDER_LISTS, REDACTABLE, THEMES, WORDS
from recoverycli.settings.patterns import PATTERNS, pattern_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HELP = help_with_examples(
    "Set a value, after checking it.",
    "recovery config set channel chat",
    'recovery config set agent "Your name"',
    "recovery config set framework heart --project",
)
_SWITCHES = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
SettingName = Annotated[
    str, typer.Argument(metavar="NAME", help="The setting.", autocompletion=completion_values.settings)
]
InProject = Annotated[bool, typer.Option("--project", help="Use the project's settings file, not your own.")]


def command(
    context: typer.Context,
    name: SettingName,
    value: Annotated[str, typer.Argument(metavar="VALUE", help="Its value.")],
    in_project: InProject = False,
) -> None:
    """Set a value, after checking it."""
    from recoverycli.settings.write import write

    setup: Setup = context.obj
    known = known_setting(name)
    if in_project and project_right(known) == "refused":
        raise UsageProblem(
            f"a project folder may not set {known}",
            kept="The settings were not changed.",
            hint="Set it for yourself, without --project.",
        )
    checked = checked_value(known, value, setup.library().ids())
    file = settings_file(setup, in_project=in_project)
    write(file, {known: checked})
    hint = _overridden(setup, known, in_project=in_project)
    setup.output.text(f"{known} is now {_format_value(checked)}, in {file}.{hint}")


def checked_value(name: str, value: str, frameworks: Sequence[str]) -> Any:
    """Return the value of a setting to write. Raises UsageProblem if it is not valid."""
    words = " ".join(value.split())
    if name in FIELDS and isinstance(FIELDS[name].default, bool):
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
        case "cards.off":
            return _cards(words, frameworks)
    if name in FOLDER_LISTS:
        return _folders(name, value)
    readers: dict[str, Callable[[str], Any]] = {
        "currency": _currency, "country": _country, "hours": _hours, "redact": _kinds, "practice.day-begins": _hour,
    }  # fmt: skip
    if name in readers:
        return readers[name](words)
    if not words or len(words) > 200 or not words.isprintable():
        raise UsageProblem(
            f"{name} must be a line of text", hint=f'For example: recovery config set {name} "Your name"'
        )
    return _without_secrets(name, words)


def _without_secrets(name: str, words: str) -> str:
    """Return the value. Raises UsageProblem if it holds what is masked elsewhere: a masked setting is of no use."""
    from recoverycli.redaction.redact import findings

    if findings(words):
        raise UsageProblem(
            f"{name} cannot hold a card number, a code or a password",
            kept="The settings were not changed.",
            hint="Settings are stored as you type them.",
        )
    return words


def _one_of(name: str, word: str, known: dict[str, Any], told: Sequence[str]) -> Any:
    if word in known:
        return known[word]
    raise UsageProblem(
        f"{name} cannot be {word[:60] or 'empty'}{did_you_mean(word, told)}", hint=f"One of: {', '.join(told)}"
    )


def _kinds(words: str) -> list[str]:
    from recoverycli.settings.values import read_redact

    known, unknown_kinds = read_redact(words)
    if unknown_kinds or not words:
        word = unknown_kinds[0] if unknown_kinds else ""
        raise UsageProblem(
            f"redact cannot be {word[:60] or 'empty'}{did_you_mean(word, REDACTABLE)}",
            hint=f"Any of: {', '.join(REDACTABLE)}, separated by commas; or none",
        )
    return list(known)


def _folders(name: str, value: str) -> list[str]:
    from recoverycli.settings.values import read_folders

    folders = read_folders(value)
    if folders is None:
        raise UsageProblem(
            f"{name} cannot be {value[:60]}",
            hint=f"Absolute folders, separated by {os.pathsep}; or none",
            kept="The settings were not changed.",
        )
    return list(folders)


def _cards(words: str, frameworks: Sequence[str]) -> list[str]:
    """The ids of cards, separated by commas; `none` is the empty list."""
    named = [word for word in words.casefold().replace(",", " ").split() if word != "none"]
    for word in named:
        if word not in frameworks:
            raise UsageProblem(
                f"there is no card {word[:60]}{did_you_mean(word, frameworks)}",
                hint="The cards: recovery frameworks list. To switch all on again: recovery config unset cards.off",
            )
    return list(dict.fromkeys(named))


def _country(words: str) -> str:
    from recoverycli.times.working_time import UnknownCountry, check_country, is_country_code

    code = words.upper()
    hint = "Two letters, and the part of the country after a hyphen: GB-ENG, DE-BY, US."
    if not is_country_code(code):
        raise UsageProblem(f"country cannot be {words[:60] or 'empty'}", hint=hint)
    try:
        check_country(code)
    except UnknownCountry as unknown:
        raise UsageProblem(f"no public holidays are known for {code}", hint=hint) from unknown
    return code


def _hours(words: str) -> str:
    from recoverycli.times.working_time import hours_text, read_hours

    hours = read_hours(words)
    if hours is None:
        raise UsageProblem(f"hours cannot be {words[:60] or 'empty'}", hint="For example: 09:00-17:30")
    return hours_text(*hours)


def _hour(words: str) -> int:
    from recoverycli.settings.values import read_hour

    hour = read_hour(words)
    if hour is None:
        raise UsageProblem(
            f"practice.day-begins cannot be {words[:60] or 'empty'}", hint="An hour from 0 to 23, such as 4."
        )
    return hour


def _currency(words: str) -> str:
    from babel.core import get_global

    if words.upper() not in get_global("all_currencies"):
        raise UsageProblem(f"there is no currency {words[:60]}", hint="A code of three letters, such as EUR or USD.")
    return words.upper()


def _overridden(setup: Setup, name: str, *, in_project: bool) -> str:
    """Return a note if another source overrides the written value."""
    source = setup.sources.get(name, "default")
    nearer = source in {"environment", "flag"} or (
        not in_project and setup.project and source.startswith(str(setup.project))
    )
    return f" Here, {source} overrides it." if nearer else ""


def _format_value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value) or "none"
    return str(value).lower() if isinstance(value, bool) else str(value)


def known_setting(name: str) -> str:
    if name.startswith(PREFIX) or name == "contacts":
        known = contact_name(name)
        if known is None:
            kind = name.rpartition(".")[2]
            raise UsageProblem(
                f"there is no contact {kind[:60]}{did_you_mean(kind, CONTACTS)}" if kind != name else "which contact?",
                hint=f"contacts.KIND or contacts.COUNTRY.KIND, such as contacts.GB.emergency; the kinds: "
                f"{', '.join(CONTACTS)}",
            )
        return known
    if name.startswith(PATTERNS) or name == "patterns":
        if pattern_name(name) is None:
            raise UsageProblem("which pattern?", hint="patterns.NAME, such as patterns.order-number")
        return name
    if name in DOCUMENTED and name != "remedies":
        return name
    if name == "remedies":
        raise UsageProblem(
            "remedies can only be changed in the file",
            hint="Edit it: recovery config edit (see docs/guide/settings.md)",
        )
    raise unknown("setting", name, DOCUMENTED)


def settings_file(setup: Setup, *, in_project: bool) -> Path:
    if not in_project:
        return setup.settings_file
    return (setup.project or Path.cwd() / paths.PROJECT_FOLDER) / paths.SETTINGS_FILE
