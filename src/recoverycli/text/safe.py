"""Words of people made safe to show: what a terminal would obey is seen and not done."""

from __future__ import annotations

import re
import unicodedata

import msgspec

_UNSAFE = "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"


def escape(text: str) -> str:
    """Return `text` with what a terminal would obey shown as escapes: control characters and changes of direction."""
    # Nothing that a terminal would obey is printable; most texts need no pattern, and many screens none at all.
    return text if text.isprintable() else re.sub(_UNSAFE, _escape, text)


def isolate(text: str) -> str:
    """Return `text` so that right-to-left words in it do not reorder what stands around it."""
    if text.isascii() or not any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text):
        return text
    return f"\u2068{text}\u2069"


def json_line(value: object) -> str:
    """Return a value as one line of JSON: what a terminal would obey stands in it as an escape, which means the same.

    What is no UTF-8, such as a word of the command line, is replaced.
    """
    try:
        line = msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        import json

        line = json.dumps(msgspec.to_builtins(value), ensure_ascii=False).encode("utf-8", "replace").decode()
    # Such characters can stand in strings alone.
    return line if line.isprintable() else re.sub(_UNSAFE, lambda found: f"\\u{ord(found.group()):04x}", line)


def ascii_json(line: str) -> str:
    """Return a line of JSON with every character that is not ASCII as an escape, which means the same."""
    return line if line.isascii() else "".join(map(_json_escape, line))


def _json_escape(letter: str) -> str:
    data = b"" if letter.isascii() else letter.encode("utf-16-be")
    return "".join(f"\\u{data[place : place + 2].hex()}" for place in range(0, len(data), 2)) or letter


def _escape(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
