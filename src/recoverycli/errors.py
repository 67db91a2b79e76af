"""What can go wrong, as facts: nothing here prints, styles or exits."""

from __future__ import annotations


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
