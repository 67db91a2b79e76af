"""The value of a setting as it is used, whatever people wrote for it, or a problem in one line."""

from __future__ import annotations

import os
import re
from typing import Any

from recoverycli.errors import did_you_mean
from recoverycli.settings.contacts import CONTACTS, PREFIX, contact_name
from recoverycli.settings.file import limit_size
from recoverycli.settings.model import FIELDS, FOLDER_LISTS, REDACTABLE, THEMES, WORDS, Redactable
from recoverycli.settings.patterns import pattern_name

# Settings that are tables, each with an example.
_NAMED = {"contacts": "contacts.incidents", "patterns": "patterns.order-number"}


def accept(name: str, value: Any, source: str, problems: list[str]) -> Any:
    field = FIELDS.get(name)
    if field is None:
        hint = did_you_mean(name, FIELDS, f" (available: {', '.join(FIELDS)})")
        problems.append(f"{source}: there is no setting {name}{hint}")
        return None
    if name == "redact":
        return _accept_kinds(value, source, problems)
    if name == "cards.off":
        return _accept_cards(value, source, problems)
    if name in FOLDER_LISTS:
        return _accept_folders(name, value, source, problems)
    if name == "practice.day-begins":
        return _accept_hour(name, value, source, problems)
    if name in _NAMED:
        problems.append(f"{source}: {name} must be a table, such as {_NAMED[name]}; it is ignored")
        return None
    wanted = bool if isinstance(field.default, bool) else str
    if not isinstance(value, wanted):
        kind = "true or false" if wanted is bool else "text"
        problems.append(f"{source}: {name} must be {kind}, found {repr(limit_size(value))[:60]}; it is ignored")
        return None
    if name == "theme" and value not in THEMES:
        hint = did_you_mean(str(value), THEMES, f" (available: {', '.join(THEMES)})")
        problems.append(f"{source}: there is no theme {value}{hint}")
        return None
    if name in WORDS and value not in WORDS[name]:
        hint = did_you_mean(str(value), WORDS[name], f" (available: {', '.join(WORDS[name])})")
        problems.append(f"{source}: {name} cannot be {str(value)[:60]}{hint}")
        return None
    return _accept_working_time(name, str(value), source, problems) if name in {"country", "hours"} else value


def read_redact(value: Any) -> tuple[tuple[Redactable, ...], tuple[str, ...]]:
    """Return the kinds, each once, and the unknown words; `none` alone means no kinds.

    `value` is a list, or words separated by commas or spaces.
    """
    words = re.split(r"[,;\s]+", value) if isinstance(value, str) else [str(word) for word in value]
    known: dict[Redactable, None] = {}
    unknown = []
    for word in filter(None, words):
        kind = next((one for one in REDACTABLE if one == word.strip().casefold().replace("_", "-")), None)
        if kind is not None:
            known[kind] = None
        elif word.casefold() != "none":
            unknown.append(word)
    return tuple(known), tuple(unknown)


def is_pattern(name: str, value: Any, source: str, problems: list[str]) -> bool:
    if pattern_name(name) is None:
        problems.append(f"{source}: {name[:60]} is no name of a pattern (lowercase letters, digits and dashes)")
    elif not isinstance(value, str) or not value.strip():
        problems.append(f"{source}: {name} must be text, such as AA-00000; it is ignored")
    else:
        return True
    return False


def _accept_working_time(name: str, value: str, source: str, problems: list[str]) -> str | None:
    """A country in capitals, or working hours; whether the country has holidays is known only by its calendar."""
    from recoverycli.times.working_time import is_country_code, read_hours

    if name == "country" and is_country_code(value.upper()):
        return value.upper()
    if name == "hours" and read_hours(value) is not None:
        return value
    example = "a code such as GB-ENG or US" if name == "country" else "a time such as 09:00-17:00"
    problems.append(f"{source}: {name} cannot be {value[:60] or 'empty'}; write {example}")
    return None


def accept_contact(name: str, value: Any, source: str, problems: list[str]) -> str | None:
    """The name of a contact with an upper-case country; None, and a problem, for an unknown kind or an empty text."""
    known = contact_name(name)
    if known is None:
        kind = name.rpartition(".")[2]
        hint = did_you_mean(kind, CONTACTS, f" (available: {', '.join(CONTACTS)})")
        problems.append(f"{source}: there is no contact {name.removeprefix(PREFIX)[:60]}{hint}")
        return None
    if not isinstance(value, str) or not value.strip():
        problems.append(f"{source}: {name} must be text, found {repr(limit_size(value))[:60]}; it is ignored")
        return None
    return known


def read_hour(value: Any) -> int | None:
    """Return an hour of the day, 0 to 23, typed as `4` or `04:00`; None for anything else."""
    typed = re.fullmatch(r"\s*(\d{1,2})(?::00)?\s*", value, re.ASCII) if isinstance(value, str) else None
    hour = int(typed[1]) if typed is not None else value
    return hour if isinstance(hour, int) and not isinstance(hour, bool) and 0 <= hour < 24 else None


def _accept_hour(name: str, value: Any, source: str, problems: list[str]) -> int | None:
    hour = read_hour(value)
    if hour is None:
        problems.append(
            f"{source}: {name} must be an hour from 0 to 23, found {limit_size(value)!r:.60}; it is ignored"
        )
    return hour


def read_folders(value: Any) -> tuple[str, ...] | None:
    """Return absolute folders, from a list or a text that separates them as PATH does; None if one is not absolute."""
    words = value.split(os.pathsep) if isinstance(value, str) else value
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        return None
    folders = [word for word in words if word.strip() and word != "none"]
    return tuple(folders) if all(map(os.path.isabs, folders)) else None


def _accept_folders(name: str, value: Any, source: str, problems: list[str]) -> tuple[str, ...] | None:
    folders = read_folders(value)
    if folders is None:
        problems.append(
            f"{source}: {name} must be a list of absolute folders, found {limit_size(value)!r:.60}; it is ignored"
        )
    return folders


def _accept_cards(value: Any, source: str, problems: list[str]) -> tuple[str, ...] | None:
    """The ids of cards; whether there are such cards is not known here."""
    words = re.split(r"[,;\s]+", value) if isinstance(value, str) else value
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        problems.append(f"{source}: cards.off must be a list of words, found {limit_size(value)!r:.60}; it is ignored")
        return None
    return tuple(word.casefold() for word in words if word and word != "none")


def _accept_kinds(value: Any, source: str, problems: list[str]) -> tuple[Redactable, ...] | None:
    """The kinds to mask: known ones apply, so that a typo does not mask less."""
    if not isinstance(value, str | list):
        problems.append(f"{source}: redact must be a list of words, found {limit_size(value)!r:.60}; it is ignored")
        return None
    known, unknown = read_redact(value)
    for word in unknown:
        hint = did_you_mean(word, REDACTABLE, f" (available: {', '.join(REDACTABLE)})")
        problems.append(f"{source}: redact does not know {word[:60]}{hint}")
    return known
