"""The formats that calls are exported in: each is a module with `pieces`, loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from recoverycli.session.amendments import current

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoverycli.session.transcript import Call, Transcript


class Format(NamedTuple):
    """A format: its module, the end of its files' names, and whether one file holds one call alone."""

    module: str
    suffix: str
    one_a_file: bool
    what: str


FORMATS = {
    "md": Format("markdown", "md", False, "Markdown, to read or to paste"),
    "html": Format("web_page", "html", False, "a page of its own, to read and to print"),
    "txt": Format("plain_text", "txt", False, "plain text"),
    "json": Format("documents", "json", False, "the stored transcripts, for log import and for scripts"),
    "csv": Format("spreadsheet", "csv", False, "a row a call, for spreadsheets"),
    "qc": Format("quality", "csv", False, "the row for the quality system"),
    "crm": Format("profile", "txt", True, "the note for the customer's profile"),
    "letter": Format("letter", "txt", True, "the draft of a letter of apology, gaps marked"),
    "cast": Format("cast", "cast", True, "a recording for asciinema players"),
}


class Exported(NamedTuple):
    """A call to export: as it stands today, its document as it is stored, and the bytes that say the same."""

    call: Call
    document: dict[str, Any]
    raw: bytes


def exported(transcript: Transcript, raw: bytes, *, notes: bool = True) -> Exported:
    """Return a stored call for export; without `notes` what was written for the house alone is left out."""
    if notes:
        return Exported(current(transcript.call), transcript.document, raw)
    document = {
        **transcript.document,
        "steps": [{**step, "notes": [], "skipped_because": None} for step in transcript.document["steps"]],
        "escalations": [{**one, "note": None} for one in transcript.document["escalations"]],
    }
    call = transcript.call
    steps = tuple(msgspec.structs.replace(step, notes=(), skipped_because=None) for step in call.steps)
    escalations = tuple(msgspec.structs.replace(one, note=None) for one in call.escalations)
    bare = msgspec.structs.replace(current(call), steps=steps, escalations=escalations)
    return Exported(bare, document, msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n")


def pieces(name: str, calls: Iterable[Exported]) -> Iterator[str]:
    """Return the text of an export, piece by piece, so that a large one is never in memory as a whole."""
    module = import_module(f"recoverycli.review.exporters.{FORMATS[name].module}")
    found: Iterator[str] = module.pieces(calls)
    return found
