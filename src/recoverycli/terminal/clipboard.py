"""The clipboard of the terminal: the terminal itself is asked to fill it (OSC 52), so that it works over SSH."""

from __future__ import annotations

from base64 import b64encode

# xterm takes 100,000 bytes of such a sequence; others less, none less than this.
_MOST = 74_000


def to_clipboard(text: str) -> str | None:
    """Return the control sequence that asks the terminal to copy `text`, or None where `text` is too long for it."""
    data = b64encode(text.encode("utf-8", errors="replace"))
    return f"\x1b]52;c;{data.decode()}\x07" if len(data) <= _MOST else None
