"""Change words in the file of personal phrases: in the phrases and in comments, without changing its layout."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from recoverycli.phrases.model import LIST, PersonalPhrase, entry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    # From a text to its replacement, and the number of places that differ.
    Change = Callable[[str], tuple[str, int]]

_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#[^\r\n]*", re.MULTILINE)


def change_phrase(phrase: PersonalPhrase, change: Change) -> tuple[PersonalPhrase, int]:
    """Return the phrase with its texts changed, and the number of places."""
    say, places = change(phrase.say)
    issues = [change(issue) for issue in phrase.issues]
    when = {name: change(value) for name, value in phrase.when.items()}
    places += sum(count for _, count in (*issues, *when.values()))
    changed = replace(
        phrase,
        say=say,
        issues=tuple(issue for issue, _ in issues),
        when={name: value for name, (value, _) in when.items()},
    )
    return changed, places


def changed_keys(old: PersonalPhrase, new: PersonalPhrase) -> dict[str, Any]:
    """Return the keys of an entry whose values differ, apart from the id; None for removed ones."""
    before, after = entry(replace(old, id="")), entry(replace(new, id=""))
    return {key: after.get(key) for key in {**before, **after} if before.get(key) != after.get(key)}


def change_comments(text: str, change: Change) -> tuple[str, int]:
    """Return the text of a file with its comments changed, and the number of places."""
    places = 0

    def change_comment(found: re.Match[str]) -> str:
        nonlocal places
        changed, count = change(found[0])
        places += count
        return changed

    return _COMMENT.sub(change_comment, text), places


def change_words(text: str, phrases: Sequence[PersonalPhrase], change: Change) -> tuple[str, int]:
    """Return the text of a file, which has these phrases, with its words changed, and the number of places.

    Raises Unchangeable where the layout does not allow it.
    """
    from recoverycli.content.yaml_edits import change_entry

    places = 0
    for number, phrase in enumerate(phrases):
        changed, count = change_phrase(phrase, change)
        if count:
            text = change_entry(text, LIST, number, changed_keys(phrase, changed))
            places += count
    text, count = change_comments(text, change)
    return text, places + count
