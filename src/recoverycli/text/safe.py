"""Text from people made safe to show, to store and to compare."""

from __future__ import annotations

import re
import unicodedata

import msgspec

from recoverycli.errors import UsageProblem

_UNSAFE = "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
_SURROGATE = "[\ud800-\udfff]"
NO_TEXT = "that is not text in UTF-8"


def escape(text: str) -> str:
    """Return `text` with what a terminal would obey shown as escapes: control characters and changes of direction."""
    # Nothing that a terminal would obey is printable; most texts need no pattern, and many screens none at all.
    return text if text.isprintable() else re.sub(_UNSAFE, _escape, text)


def is_text(text: str) -> bool:
    """Whether `text` can be stored: a lone surrogate stands for a byte that is no text."""
    return text.isascii() or re.search(_SURROGATE, text) is None


def storable_text(text: str) -> str:
    """Return `text` as it is stored. Raises UsageProblem where it is no text."""
    if not is_text(text):
        raise UsageProblem(NO_TEXT, kept="Nothing was changed.", hint="Save or type it as UTF-8 and try again.")
    return text


def searchable_text(text: str) -> str:
    """Return `text` to compare stored words with, where lone surrogates match nothing."""
    return re.sub(_SURROGATE, "\ufffd", text)


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
