"""The transcript of a call that was reopened: written again, with what became of it meanwhile."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from recoverycli.errors import StoreProblem
from recoverycli.session.transcript.model import Unreadable, decode, encode_document
from recoverycli.store.files import refusal, replace_file
from recoverycli.store.locks import hold_folder
from recoverycli.store.outbox import note_change

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.session.transcript.model import Call, Transcript, TranscriptAmendment

REOPENED_FIELD = "reopened"
_PROMISE = re.compile(r"promises\.(p\d+)\.")


def replace_reopened(path: Path, call: Call) -> None:
    """Replace a transcript by that of the same call after it was reopened; one that says the same stays as it is.

    What was amended meanwhile stays, and so do keys that this version does not know. Raises StoreProblem, and the
    transcript is as it was.
    """
    with hold_folder(path.parent, kept="The transcript is as it was."):
        try:
            before = decode(path.read_bytes())
            if msgspec.structs.replace(before.call, amendments=()) == call:
                return
            data = _replaced(before, call)
            with note_change(path, "amended"):
                replace_file(path, data)
        except Unreadable as why:
            raise StoreProblem(f"{path}: {why}", kept="The transcript is as it was.") from why
        except OSError as refused:
            raise refusal(path, refused, kept="The transcript is as it was.") from refused


def _replaced(before: Transcript, call: Call) -> bytes:
    made = {promise.id: promise.at for promise in before.call.promises}
    now = {promise.id: promise.at for promise in call.promises}

    def still_fits(amendment: TranscriptAmendment) -> bool:
        promise = _PROMISE.match(amendment.field)
        return promise is None or now.get(promise[1]) == made.get(promise[1])

    reopened = {
        "at": call.ended_at.isoformat(timespec="microseconds"),
        "field": REOPENED_FIELD,
        "old": before.call.ended_at.isoformat(timespec="microseconds"),
        "new": call.ended_at.isoformat(timespec="microseconds"),
    }
    kept = [
        document
        for document, amendment in zip(before.document.get("amendments", ()), before.call.amendments, strict=True)
        if still_fits(amendment)
    ]
    document = {**before.document, **msgspec.to_builtins(call), "amendments": [*kept, reopened]}
    fresh = decode(msgspec.json.encode(document))
    return encode_document(fresh)
