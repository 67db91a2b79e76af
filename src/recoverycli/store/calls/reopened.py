"""Replace the transcript of a reopened call, with later amendments."""

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
    """Replace a transcript after its call was reopened; an equal one is not written.

    Later amendments stay, and so do keys that this version does not know. Raises StoreProblem; the transcript is
    unchanged then.
    """
    with hold_folder(path.parent, kept="The transcript was not changed."):
        try:
            before = decode(path.read_bytes())
            if msgspec.structs.replace(before.call, amendments=()) == call:
                return
            data = _encode_replacement(before, call)
            with note_change(path, "amended"):
                replace_file(path, data)
        except Unreadable as why:
            raise StoreProblem(f"{path}: {why}", kept="The transcript was not changed.") from why
        except OSError as refused:
            raise refusal(path, refused, kept="The transcript was not changed.") from refused


def _encode_replacement(before: Transcript, call: Call) -> bytes:
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
