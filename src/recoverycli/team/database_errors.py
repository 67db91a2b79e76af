"""Errors of the database in plain words: what happened, what was saved, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.errors import TeamProblem

if TYPE_CHECKING:
    import psycopg

KEPT = "The calls at this desk were not changed; what was not confirmed waits in the outbox."


class _Explanation(NamedTuple):
    what: str
    hint: str


_AGAIN = "Try again later; nothing is lost by waiting."
_DATABASE = "Ask the administrator of the database."
_AWAY = _Explanation("the database cannot be reached", f"Check the network and the address. {_AGAIN}")
_SLOW = _Explanation("the database does not answer in time", _AGAIN)
_DOWN = _Explanation("the database is starting, stopping or was restarted", _AGAIN)
_PASSWORD = _Explanation(
    "the database did not accept the password",
    "Put it into libpq's pass file (~/.pgpass, readable by you alone) or into PGPASSWORD.",
)
_CERTIFICATE = _Explanation(
    "the certificate of the database could not be verified",
    "Check the address, and sslrootcert: the file of the authority that signed it. Do not switch the check off.",
)
_RIGHTS = _Explanation(
    "your role has no right to that in the database", f"{_DATABASE} See its rights: recovery team status"
)
_NO_ROLE = _Explanation("the database does not know that role", f"Check the user of the connection. {_DATABASE}")
_NO_DATABASE = _Explanation("there is no database of that name", f"Check its name in the connection. {_DATABASE}")
_NOT_ALLOWED = _Explanation(
    "the database does not let this role in from here", f"{_DATABASE} pg_hba.conf decides this."
)
_BUSY = _Explanation("the database has too many connections", _AGAIN)
_FULL = _Explanation("the database is full", _DATABASE)
_READ_ONLY = _Explanation("the database is read-only at the moment", f"It may be a replica. {_DATABASE}")
_NO_TLS = _Explanation(
    "the database offers no encrypted connection, and one was asked for",
    f"{_DATABASE} Names of customers should not be sent unencrypted.",
)
_UNMADE = _Explanation(
    "the database is not ready for this version", "The owner of the database runs: recovery team init"
)
_SERVICE = _Explanation(
    "libpq's service file has no service of that name, or cannot be read",
    "See ~/.pg_service.conf, PGSERVICEFILE and PGSERVICE.",
)

_STATES = {
    "25006": _READ_ONLY, "28P01": _PASSWORD, "28000": _NOT_ALLOWED, "3D000": _NO_DATABASE, "3F000": _UNMADE,
    "42501": _RIGHTS, "42P01": _UNMADE, "42703": _UNMADE, "42883": _UNMADE, "53100": _FULL, "53300": _BUSY,
    "55P03": _SLOW, "57014": _SLOW, "57P01": _DOWN, "57P02": _DOWN, "57P03": _DOWN, "57P05": _SLOW, "25P03": _SLOW,
}  # fmt: skip
_CLASSES = {"08": _AWAY, "53": _FULL}
# While connecting, there is no code, only libpq's message; the first match decides.
_WORDS = (
    ("certificate", _CERTIFICATE),
    ("does not match host name", _CERTIFICATE),
    ("does not support ssl", _NO_TLS),
    ("ssl error", _CERTIFICATE),
    ("password authentication failed", _PASSWORD),
    ("no password supplied", _PASSWORD),
    ("no pg_hba.conf entry", _NOT_ALLOWED),
    ("pg_hba.conf rejects", _NOT_ALLOWED),
    ("peer authentication failed", _NOT_ALLOWED),
    ("too many connections", _BUSY),
    ("remaining connection slots", _BUSY),
    ("too many clients", _BUSY),
    ("starting up", _DOWN),
    ("shutting down", _DOWN),
    ("in recovery mode", _DOWN),
    ("not yet accepting", _DOWN),
    ("server closed the connection", _DOWN),
    ("terminating connection", _DOWN),
    ("connection is lost", _DOWN),
    ("definition of service", _SERVICE),
    ("service file", _SERVICE),
    ("timeout", _SLOW),
    ("timed out", _SLOW),
    ("permission denied to create role", _RIGHTS),
    ("connection refused", _AWAY),
    ("no such file or directory", _AWAY),
    ("could not translate host name", _AWAY),
    ("failed to resolve host", _AWAY),
    ("name or service not known", _AWAY),
    ("no route to host", _AWAY),
    ("network is unreachable", _AWAY),
    ("could not receive data", _AWAY),
    ("could not send data", _AWAY),
)


def problem(fault: psycopg.Error) -> TeamProblem:
    """Return psycopg's error for users, followed by the message of the database if that says more."""
    words = " ".join(str(fault).split())
    told = _explain(fault.sqlstate or "", words.casefold())
    if told is None:
        return TeamProblem(f"the database refused: {words[:300] or type(fault).__name__}", kept=KEPT, hint=_DATABASE)
    return TeamProblem(told.what, kept=KEPT, hint=told.hint)


def _explain(state: str, words: str) -> _Explanation | None:
    if state in _STATES:
        return _STATES[state]
    if state[:2] in _CLASSES:
        return _CLASSES[state[:2]]
    if 'role "' in words and "does not exist" in words:
        return _NO_ROLE
    if 'database "' in words and "does not exist" in words:
        return _NO_DATABASE
    return next((told for sign, told in _WORDS if sign in words), None)
