"""The clipboard, by the one way that works over SSH and in tmux alike: the terminal is asked to take the text."""

from __future__ import annotations

import base64

# Terminals drop longer sequences; a phrase has at most a few hundred characters.
_LONGEST = 70_000


def copy_sequence(text: str) -> str:
    """Return the control sequence (OSC 52) that puts `text` on the clipboard of the terminal."""
    data = base64.b64encode(text.encode()[:_LONGEST]).decode("ascii")
    return f"\x1b]52;c;{data}\x07"
