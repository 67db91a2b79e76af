"""What of a backup is not restored, because no call can have it. A file that cannot be read is restored unchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.session.transcript.model import Unreadable, decode_call
from recoverycli.session.transcript.plausible import AHEAD, is_ahead, why_event_implausible, why_implausible
from recoverycli.store.layout import LIVE, PRACTICE, PRACTICE_LINES, SESSIONS, id_of

if TYPE_CHECKING:
    from datetime import datetime


def why_refused(name: str, data: bytes, now: datetime) -> str:
    """Return why a file of a backup is refused, for users; empty if it is not. `now` is aware."""
    if is_ahead(id_of(name), now):
        return AHEAD
    folder = name.partition("/")[0]
    if folder == LIVE:
        return why_event_implausible(data.split(b"\n"), now)
    if folder not in {SESSIONS, PRACTICE} or name.endswith(PRACTICE_LINES):
        return ""
    try:
        return why_implausible(decode_call(data), now)
    except Unreadable:
        return ""
