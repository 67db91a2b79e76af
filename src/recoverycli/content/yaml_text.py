"""Values as YAML text on one line."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import msgspec

# The longest text on a line of a file.
LONGEST = 500
# Control characters, surrogates and line breaks; characters of a newer Unicode are allowed.
_UNFIT = frozenset({"Cc", "Cs", "Zl", "Zp"})
_MARK = "\ufeff"
# JSON does not escape these. YAML takes them for line breaks or refuses them, or they change the direction of text.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
# A plain word that YAML reads as text without quotes.
_WORD = re.compile(r"(?!(?:y|n|yes|no|on|off|true|false|null)$)[A-Za-z][A-Za-z_-]*", re.IGNORECASE)


def one_line(words: str) -> str:
    """Return words on one line, with a space for each character that a file cannot contain."""
    return " ".join("".join(sign if _fits(sign) else " " for sign in words).split())


def quote(words: str) -> str:
    """Return any text as a quoted scalar: a JSON string is one."""
    text = msgspec.json.encode(words).decode()
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def scalar(value: Any) -> str:
    """Return a value on one line. A word that YAML cannot take for anything else needs no quotes."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case dict():
            return f"{{{', '.join(f'{scalar(key)}: {scalar(one)}' for key, one in value.items())}}}"
        case list() | tuple():
            return f"[{', '.join(map(scalar, value))}]"
    return value if _WORD.fullmatch(value) else quote(value)


def _fits(sign: str) -> bool:
    noncharacter = ord(sign) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(sign) <= 0xFDEF
    return sign != _MARK and not noncharacter and unicodedata.category(sign) not in _UNFIT
