"""What can go wrong, as facts: nothing here prints, styles or exits."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class RecoveryError(Exception):
    """A fault that a user can understand and act on.

    `message` says what happened, `kept` what is safe in spite of it, `hint` what to do next.
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
    """The command was called with words that it does not know."""

    code = "usage"
    exit_code = 2


class NotFound(RecoveryError):
    """What was asked for is not there."""

    code = "not-found"


class StoreProblem(RecoveryError):
    """The data folder cannot be read or written."""

    code = "store"


class CallBusy(RecoveryError):
    """The call is open in another window."""

    code = "busy"


class ContentProblem(RecoveryError):
    """A file that people wrote (framework, settings) has faults."""

    code = "content"


class TeamProblem(RecoveryError):
    """The database of the whole floor cannot do what was asked."""

    code = "team"


def nearest(word: str, allowed: Iterable[str]) -> str:
    """Return the word of `allowed` that was most likely meant, or an empty string."""
    from difflib import get_close_matches

    known = {candidate.casefold(): candidate for candidate in allowed}
    asked = word.casefold()[:80]
    close = get_close_matches(asked, known, n=1, cutoff=0.6)
    if close:
        return known[close[0]]
    begins = [candidate for folded, candidate in known.items() if asked and folded.startswith(asked)]
    return begins[0] if len(begins) == 1 else ""
