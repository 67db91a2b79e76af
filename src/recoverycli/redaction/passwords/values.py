"""Values that stand after the name of a password: a phrase, a user name with its password, an old and a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from recoverycli.redaction.passwords.forms import is_participle, is_strong
from recoverycli.redaction.passwords.names import PASSWORDS
from recoverycli.redaction.passwords.patterns import (
    changed_pattern,
    clause_pattern,
    end_pattern,
    login_pattern,
    network_pattern,
)
from recoverycli.redaction.passwords.words import NOT_CHANGED_FROM, OUTCOMES, SAID_OF_IT

if TYPE_CHECKING:
    import re

    Span = tuple[int, int]


# Before the words of a phrase: "my three little cats"; and what is said of a phrase rather than within one.
_OWNING: Final = frozenset({"my", "the", "a", "our", "i", "we", "she", "he"})
_OWNING_WORDS: Final = 2
_NOT_WITHIN: Final = SAID_OF_IT - _OWNING - {
    "and", "of", "in", "on", "is", "are", "to", "at", "with", "for", "all", "two", "it", "good", "hard", "never", "up",
    "her", "his", "you", "your", "fast", "slow", "short", "long", "strong", "when", "was", "out",
}  # fmt: skip


def phrase(text: str, start: int, *, led: bool) -> list[Span]:
    """Return the words of a passphrase up to the end of the clause. `led`: whether "is" stands before it."""
    found = clause_pattern().match(text, start)
    words = found[0].lower().split() if found else [""]
    first, several = words[0], len(words) > 1
    owned = led and first in _OWNING and len(words) > _OWNING_WORDS and not set(words[1:]) & (_NOT_WITHIN | OUTCOMES)
    meant = owned or (first not in SAID_OF_IT - {"correct"} and (led or several) and first not in OUTCOMES)
    return [found.span()] if found and meant else []


def login(text: str, start: int, *, led: bool) -> list[Span]:
    """Return the password of "login is anna / sunshine9"."""
    found = login_pattern().match(text, start)
    named = {found["user"].lower().rstrip(":="), found["secret"].lower().rstrip(":=")} if found else set()
    if not found or named & (SAID_OF_IT | OUTCOMES | PASSWORDS | {"pass", "key", "pin"}):
        return []
    if network_pattern().match(text, found.end()):
        return []
    plain = is_participle(found["secret"]) or not found["secret"][0].isalnum()
    strong = is_strong(found["secret"]) and (found["joined"].strip() or len(found["secret"]) > len("secret"))
    meant = strong or (not plain and found["joined"].strip() not in {"", ","} and led)
    return [found.span("secret")] if meant else []


def old_and_new(text: str, start: int) -> list[Span]:
    """Return the passwords of "from bluebell to sunshine"."""
    found = changed_pattern().match(text, start)
    if not found or found["old"].lower() in NOT_CHANGED_FROM | SAID_OF_IT:
        return []
    spans = [found.span("old")] if not found["old"].startswith("[") else []
    new = found["new"].lower().rstrip(".,;:!?)")
    return [*spans, found.span("new")] if new not in SAID_OF_IT and not new.startswith("[") else spans


def is_alone(text: str, found: re.Match[str], *, led: bool) -> bool:
    """Whether a word ends its clause and is not what one says of a password. `led`: whether "is" stands before it."""
    word = found[0]
    return (
        len(word) > len("ok")
        and not (is_participle(word) and not (led and word.endswith("ly")))
        and not OUTCOMES & {word.lower(), word.lower().partition("-")[0]}
        and end_pattern().match(text, found.end()) is not None
    )
