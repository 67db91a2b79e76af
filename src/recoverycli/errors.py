"""The errors of the tool, as facts: nothing here prints, styles or exits."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

Word = TypeVar("Word", bound=str)
# The most characters of an unknown word that a message repeats.
_LONGEST = 60


class RecoveryError(Exception):
    """An error that a user can understand and act on.

    `message` says what happened, `kept` what was saved despite it, `hint` what to do next.
    `code` is a stable word for scripts (`--json`), `exit_code` the status of the process.
    """

    code = "error"
    exit_code = 1

    def __init__(self, message: str, *, hint: str = "", kept: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.kept = kept


class UsageProblem(RecoveryError):
    """The command was called with unknown or invalid words."""

    code = "usage"
    exit_code = 2


class NotFound(RecoveryError):
    """The requested item does not exist."""

    code = "not-found"


class StoreProblem(RecoveryError):
    """The data folder cannot be read or written."""

    code = "store"


class CallBusy(RecoveryError):
    """The call is open in another window."""

    code = "busy"


class ContentProblem(RecoveryError):
    """A file that people wrote (framework, settings) is invalid."""

    code = "content"


class TeamProblem(RecoveryError):
    """The team's database cannot do what was requested."""

    code = "team"


def nearest(word: str, allowed: Iterable[str]) -> str:
    """Return the word of `allowed` that is nearest to the typed one, or an empty string."""
    from difflib import get_close_matches

    known = {candidate.casefold(): candidate for candidate in allowed}
    asked = word.casefold()[:80]
    close = get_close_matches(asked, known, n=1, cutoff=0.6)
    if close:
        return known[close[0]]
    begins = [candidate for folded, candidate in known.items() if asked and folded.startswith(asked)]
    return begins[0] if len(begins) == 1 else ""


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return the end of a message about an unknown word: the nearest known one, or `otherwise` if none is near."""
    near = nearest(word, known)
    return f"; did you mean {near}?" if near else otherwise


def unknown(kind: str, word: str, known: Iterable[str], *, hint: str = "") -> UsageProblem:
    """Return the problem of an unknown word for a `kind`; the hint lists all known words, unless another is given."""
    words = tuple(known)
    return UsageProblem(
        f"there is no {kind} {word[:_LONGEST]}{did_you_mean(word, words)}",
        hint=hint or f"One of: {', '.join(words)}",
    )


def known_word(kind: str, word: str, known: Iterable[Word]) -> Word:
    """Return the word of `known` that was typed, in any case. Raises UsageProblem if there is none."""
    words = tuple(known)
    typed = word.strip().casefold()
    for candidate in words:
        if candidate.casefold() == typed:
            return candidate
    raise unknown(kind, word, words)
