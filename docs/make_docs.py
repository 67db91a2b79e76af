"""Write what is generated: the JSON Schemas and the picture of a step in the README."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path

from recoverycli import paths
from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.frameworks.schema import SCHEMAS
from recoverycli.frameworks.shared.phrases import SharedPhrases
from recoverycli.session import events as ev
from recoverycli.session.state import apply, begin
from recoverycli.session.transcript.current import transcript_schema
from recoverycli.training.roleplay.result import practice_schema
from recoverycli.training.scenarios.schema import scenario_schema
from recoverycli.wording.files.schema import wording_schema

DOCS = Path(__file__).resolve().parent


def main() -> None:
    """Write every generated file."""
    (DOCS / "schema").mkdir(exist_ok=True)
    schemas = {name: schema() for name, schema in SCHEMAS.items()}
    schemas |= {"practice": practice_schema(), "scenario": scenario_schema()}
    schemas |= {"transcript": transcript_schema(), "wording": wording_schema()}
    for name, schema in schemas.items():
        text = json.dumps(schema, indent=2, sort_keys=True) + "\n"
        (DOCS / "schema" / f"{name}.schema.json").write_text(text, encoding="utf-8")
    (DOCS / "step.svg").write_text(picture(), encoding="utf-8")


def picture() -> str:
    """Draw the second step of LEARN as it stands on a terminal of 80 columns."""
    from rich.text import Text

    from recoverycli.terminal.console import Look, console, styles
    from recoverycli.terminal.styled_text import render
    from recoverycli.terminal.views.call.parts import plain
    from recoverycli.terminal.views.call.screen import View, screen_lines

    shared = SharedPhrases((_built_in("phrases"),))
    loaded = FrameworkLibrary((_built_in("frameworks"),), shared.complete).load("learn")
    at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    session = begin(
        ev.Started(
            at=at,
            id="20261123T090000-learn-demo",
            framework=loaded.content,
            digest=loaded.digest,
            customer="A. Customer",
            channel="phone",
            mood="upset",
        )
    )
    session = apply(session, ev.Moved(at=at, to="empathize", leaving="done"))
    look = Look(plain=False, color=True, interactive=True, width=80, height=24)
    drawing = console(look, io.StringIO())
    drawing.record = True
    lines = [*screen_lines(session, View(answer="mood: upset · u undoes"), 80, 22), plain(" ›", "accent")]
    drawing.print(Text.from_ansi(render(lines, styles(look))))
    return drawing.export_svg(title="recovery start learn", unique_id="step")


def _built_in(content: str) -> Source:
    return Source(paths.built_in_folder(content), "built-in")


if __name__ == "__main__":
    main()
