"""Change words in the text of a settings file: in values and comments, without changing its layout."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from recoverycli.errors import ContentProblem
from recoverycli.settings.file import parse
from recoverycli.settings.write import EDIT, UNTOUCHED, new_file_text, read_text, replace_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    # From a text to its replacement, and the number of places that differ.
    Change = Callable[[str], tuple[str, int]]

# A comment, and what stands before it on its line: texts may contain the sign.
_COMMENT = re.compile(r"""^((?:[^#"'\r\n]|"(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*')*)(\#[^\r\n]*)""", re.MULTILINE)


def change_settings(path: Path, change: Change, *, dry_run: bool = False) -> int:
    """Change the words of a settings file, and return the number of places; with `dry_run`, write nothing.

    Raises ContentProblem if the file has errors, StoreProblem if it cannot be read or written.
    """
    text = read_text(path)
    if text is None:
        return 0
    try:
        fresh, places = change_words(text, change)
    except (ValueError, TypeError, LookupError, RecursionError) as broken:
        raise ContentProblem(f"{path}: {broken}", kept=UNTOUCHED, hint=EDIT) from broken
    if places and not dry_run:
        replace_text(path, fresh.encode())
    return places


def change_words(text: str, change: Change) -> tuple[str, int]:
    """Return the text of a settings file with its words changed, and the number of places.

    The explanations that the tool writes into a new file stay.
    Raises ValueError or RecursionError for a text that is not valid TOML, or that the change would break.
    """
    import tomlkit

    wanted, places = _change_texts(parse(text), change)
    document = tomlkit.parse(text)
    _set_values(document, wanted)

    explained = frozenset(new_file_text().splitlines())

    def change_comment(found: re.Match[str]) -> str:
        nonlocal places
        if found[0] in explained:
            return found[0]
        masked, count = change(found[2])
        places += count
        return found[1] + masked

    fresh = _COMMENT.sub(change_comment, tomlkit.dumps(document))
    if places and parse(fresh) != wanted:
        raise ValueError("its layout does not allow the change")
    return (fresh, places) if places else (text, 0)


def _change_texts(value: Any, change: Change) -> tuple[Any, int]:
    """Return plain settings with their texts changed, and the number of places."""
    match value:
        case str():
            return change(value)
        case dict():
            pairs = {key: _change_texts(inner, change) for key, inner in value.items()}
            return {key: inner for key, (inner, _) in pairs.items()}, sum(count for _, count in pairs.values())
        case list():
            each = [_change_texts(inner, change) for inner in value]
            return [inner for inner, _ in each], sum(count for _, count in each)
    return value, 0


def _set_values(held: Any, wanted: Any) -> None:
    """Set the texts that differ in a document of tomlkit: it keeps comments and order."""
    for key, value in wanted.items() if isinstance(wanted, dict) else enumerate(wanted):
        if isinstance(value, dict | list):
            _set_values(held[key], value)
        elif isinstance(value, str) and held[key] != value:
            held[key] = value
