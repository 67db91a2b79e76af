"""Text from people, made safe to show, store and compare."""

from __future__ import annotations

import re
import unicodedata

import msgspec

from recoverycli.errors import UsageProblem

_UNSAFE = "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
_SURROGATE = "[\ud800-\udfff]"
NO_TEXT = "that is not text in UTF-8"


def escape(text: str) -> str:
    """Return `text` with control characters and changes of direction shown as escapes."""
    # No control character is printable; most texts need no pattern, and many screens none at all.
    return text if text.isprintable() else re.sub(_UNSAFE, _escape, text)


def is_text(text: str) -> bool:
    """Whether `text` can be stored: a lone surrogate stands for a byte that is not text."""
    return text.isascii() or re.search(_SURROGATE, text) is None


def storable_text(text: str) -> str:
    """Return `text` as it is stored. Raises UsageProblem if it is not text."""
    if not is_text(text):
        raise UsageProblem(NO_TEXT, kept="Nothing was changed.", hint="Save or type it as UTF-8 and try again.")
    return text


def searchable_text(text: str) -> str:
    """Return `text` for comparison with stored text; lone surrogates match nothing."""
    return re.sub(_SURROGATE, "\ufffd", text)


def isolate(text: str) -> str:
    """Return `text` with its direction isolated: right-to-left words do not reorder their surroundings."""
    if text.isascii() or not any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text):
        return text
    return f"\u2068{text}\u2069"


def json_line(value: object) -> str:
    """Return a value as one line of JSON, with control characters as escapes. Replaces what is not UTF-8."""
    try:
        line = msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        import json

        line = json.dumps(msgspec.to_builtins(value), ensure_ascii=False).encode("utf-8", "replace").decode()
    # Such characters occur only in strings.
    return line if line.isprintable() else re.sub(_UNSAFE, lambda found: f"\\u{ord(found.group()):04x}", line)


def ascii_json(line: str) -> str:
    """Return a line of JSON with every non-ASCII character as an escape."""
    return line if line.isascii() else "".join(map(_json_escape, line))


def _json_escape(letter: str) -> str:
    data = b"" if letter.isascii() else letter.encode("utf-16-be")
    return "".join(f"\\u{data[place : place + 2].hex()}" for place in range(0, len(data), 2)) or letter


def _escape(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
