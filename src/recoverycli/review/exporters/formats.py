"""The formats that calls are exported in, declared once: commands, their help and their menus are made from FORMATS.

A format is a module of this package with a function `pieces`, loaded on demand.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoverycli.session.transcript.model import Call, Transcript


class Format(NamedTuple):
    """A format: its module, the suffix of its files, whether a file holds one call only, and what it is, in a line.

    `module` is None for a dataset, which is a folder: `team.dataset.parquet` writes it.
    """

    module: str | None
    suffix: str
    one_a_file: bool
    what: str


PARQUET = "parquet"
FORMATS = {
    "md": Format("markdown", "md", False, "Markdown, to read or paste"),
    "html": Format("web_page", "html", False, "a self-contained page to read or print"),
    "txt": Format("plain_text", "txt", False, "plain text"),
    "json": Format("documents", "json", False, "the stored transcripts, for log import and for scripts"),
    "csv": Format("spreadsheet", "csv", False, "one row per call, for spreadsheets"),
    "qc": Format("quality", "csv", False, "one row for a quality system"),
    "crm": Format("profile", "txt", True, "the note for the customer's profile"),
    "letter": Format("letter", "txt", True, "a draft of an apology letter, with gaps marked"),
    "cast": Format("cast", "cast", True, "a recording for asciinema players"),
    PARQUET: Format(None, "parquet", False, "a dataset for engines such as DuckDB and Spark"),
}
TEXTS = tuple(name for name, format_ in FORMATS.items() if format_.module is not None)


class Exported(NamedTuple):
    """A call to export: with the values of today, as it is stored, and its stored document."""

    call: Call
    stored: Call
    document: dict[str, Any]


def export_call(transcript: Transcript, *, notes: bool = True) -> Exported:
    """Return a stored call for export; without `notes`, internal notes are left out."""
    import msgspec

    from recoverycli.session.transcript.amendments import current_call, is_note

    call = transcript.call
    if notes:
        return Exported(current_call(call), call, transcript.document)
    kept = [place for place, change in enumerate(call.amendments) if not is_note(change)]
    document = {
        **transcript.document,
        "steps": [{**step, "notes": [], "skipped_because": None} for step in transcript.document["steps"]],
        "escalations": [{**one, "note": None} for one in transcript.document["escalations"]],
        "amendments": [transcript.document["amendments"][place] for place in kept],
    }
    steps = tuple(msgspec.structs.replace(step, notes=(), skipped_because=None) for step in call.steps)
    escalations = tuple(msgspec.structs.replace(one, note=None) for one in call.escalations)
    amendments = tuple(call.amendments[place] for place in kept)
    bare = msgspec.structs.replace(call, steps=steps, escalations=escalations, amendments=amendments)
    return Exported(current_call(bare), bare, document)


def pieces(name: str, calls: Iterable[Exported]) -> Iterator[str]:
    """Return the text of an export, piece by piece, so that a large one is never in memory as a whole.

    `name` is one of TEXTS.
    """
    module = import_module(f"recoverycli.review.exporters.{FORMATS[name].module}")
    found: Iterator[str] = module.pieces(calls)
    return found
