"""Reviews of a call in the tables of the team: a reviewer is a role with that right, and speaks for nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from recoverycli.team.connection import Database

_RIGHTS = """
SELECT pg_has_role(current_user, 'recovery_reviewer', 'USAGE'),
  EXISTS (SELECT FROM known WHERE id = %s AND owner = current_user::text)"""


class NoReview(ValueError):
    """The bytes are no reviews of a call."""


def send(database: Database, call_id: str, raw: bytes) -> int:
    """Send what the role may write of the reviews of a call: as reviewer, or as the person who made the call.

    Returns how many assessments and disputes stay at the desk. Raises NoReview and psycopg's errors.
    """
    try:
        document = msgspec.json.decode(raw, type=dict[str, Any])
        assessments = msgspec.convert(document.get("assessments", []), list[dict[str, Any]])
        disputes = msgspec.convert(document.get("disputes", []), list[dict[str, Any]])
    except (msgspec.MsgspecError, UnicodeDecodeError) as broken:
        raise NoReview from broken
    judges, owns = database.execute(_RIGHTS, (call_id,)).fetchone() or (False, False)
    may = [one for one in assessments if (owns if one.get("role") == "self" else judges)]
    dispute = disputes if owns else []
    here = len(assessments) + len(disputes) - len(may) - len(dispute)
    if not may and not dispute:
        remove(database, call_id)
        return here
    if here:
        raw = msgspec.json.encode({**document, "assessments": may, "disputes": dispute})
    database.execute("SELECT put_review(%s, %s)", (call_id, raw))
    return here


def remove(database: Database, call_id: str) -> None:
    """Delete what the role wrote about a call."""
    database.execute("SELECT remove_review(%s)", (call_id,))
