"""Calls on a terminal: how one starts, and what it has written so far."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from recoverycli.terminal.call.prompt import HELD_DOWN
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from pathlib import Path


def started(home: Path, *argv: str, prompt: str = "? help", **more: Any) -> Terminal:
    """A call on a terminal whose prompt is ready."""
    terminal = Terminal(home, *(argv or ("start", "learn")), **more)
    terminal.expect(prompt)
    return terminal


def journal(terminal: Terminal) -> bytes:
    """The journal of the open call, byte by byte."""
    (path,) = (terminal.home / "data" / "live").glob("*.jsonl")
    return path.read_bytes()


def transcript(terminal: Terminal) -> dict[str, Any]:
    """The transcript of the finished call."""
    (path,) = (terminal.home / "data" / "sessions").rglob("*.json")
    read: dict[str, Any] = json.loads(path.read_bytes())
    return read


def notes(terminal: Terminal) -> list[str]:
    """The notes of the finished call, in order."""
    return [note["text"] for step in transcript(terminal)["steps"] for note in step["notes"]]


def let_go(terminal: Terminal) -> None:
    """Wait as long as a person does between two presses of a key, so that it is no key held down."""
    until = time.monotonic() + HELD_DOWN + 0.05
    while time.monotonic() < until:
        terminal.read()
