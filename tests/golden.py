"""Screens as they were looked at: text per width, compared to the letter. UPDATE_GOLDEN=1 writes them anew."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

from recoverycli.terminal.console import Look, console
from recoverycli.terminal.views.page import DrawnPage

if TYPE_CHECKING:
    from recoverycli.pages.page import Page

FOLDER = Path(__file__).parent / "golden"


def drawn(page: Page, width: int) -> str:
    """Return a page as it would be drawn at that width, without colour and without spaces at the end of lines."""
    file = io.StringIO()
    console(Look(plain=False, color=False, interactive=True, width=width, height=50), file).print(DrawnPage(page))
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines()).rstrip() + "\n"


def compare(name: str, text: str) -> None:
    """Hold `text` against the golden file of that name."""
    path = FOLDER / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.exists(), f"no golden {name}: UPDATE_GOLDEN=1 writes it; look at it before you keep it"
    assert text == path.read_text(encoding="utf-8")
