"""Optional masking of postal addresses: a house number with a street, a flat with the places after it, postcodes.

Names of streets are written with a capital letter; in small letters a street counts next to words such as "lives at".
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from recoverycli.redaction.rules import SensitiveSpan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TYPES: Final = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Court|Ct|Crescent|Cres|Terrace|Gardens|Grove|Place|Square|Sq"
    r"|Way|Hill|Boulevard|Blvd|Highway|Hwy|Parkway|Pkwy|Quay|Row|Walk|Mews|Rise|Marg|Nagar|Salai|Chowk|Circle|Trail)"
)
_FLAT: Final = r"(?:(?:Flat|Apt\.?|Apartment|Unit|Suite|Plot|Floor|Block)\s?#?[\w/-]{1,6},?\s){0,3}"
_NUMBER: Final = r"\d{1,5}[A-Za-z]?(?:[-/]\d{1,4}[A-Za-z]?)?"
_BRITISH: Final = r"[A-Z]{1,2}\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2}"
_IRISH: Final = r"[AC-FHKNPRTV-Y]\d[\dW]\s?[\dACDEFHKNPRTV-Y]{4}"
_CANADIAN: Final = r"[ABCEGHJ-NPRSTVXY]\d[A-Z]\s?\d[A-Z]\d"
_AMERICAN: Final = r"[A-Z]{2},?\s\d{5}(?:-\d{4})?"
_POSTCODE: Final = rf"(?:{_BRITISH}|{_IRISH}|{_CANADIAN}|{_AMERICAN}|\d{{4,6}})(?![\w-])"
_TOWN: Final = r"[A-Z][a-z'.-]{1,20}(?:\s[A-Z][a-z'.-]{1,20}){0,2}"
_TOWNS: Final = rf"(?:,?\s(?:Apt\.?|Apartment|Unit|Suite|#)\s?\w{{1,6}})?(?:,\s{_TOWN}){{0,4}}(?:,?\s{_POSTCODE})?"


def addresses(text: str, _names: Sequence[str]) -> Iterator[SensitiveSpan]:
    """Yield the addresses, and postcodes that stand alone. Linear in the length."""
    for pattern in _patterns():
        for found in pattern.finditer(text):
            yield SensitiveSpan(*found.span("address"), "address")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    word = r"(?:[A-Z][\w'.-]{1,20}|\d{1,3}(?:st|nd|rd|th))"
    small = r"[a-z][a-z'-]{1,20}(?:\s[a-z][a-z'-]{1,20})?"
    lives = r"(?:(?:lives?|living)\sat|address(?:\sis|\sto|:)?|(?:deliver(?:y|ed)?|moved|moving|send(?:\sit)?)\sto)\s"
    german = r"[A-Z\u00c4\u00d6\u00dc][\w-]{2,30}?(?:stra\u00dfe|strasse|str\.|weg|platz|allee|gasse)\s\d{1,4}[a-z]?"
    french = (
        rf"{_NUMBER},?\s(?:rue|avenue|boulevard|place|chemin|impasse)\s"
        r"(?:(?:de|du|des|la|le|les)\s){0,2}[A-Z][\w'-]{1,20}"
    )
    street = rf"{_FLAT}{_NUMBER},?\s{word}(?:\s{word}){{0,2}}\s{_TYPES}(?![\w-])"
    named = r"(?:postcode|post\scode|eircode|zip(?:\scode)?)[\s:]{1,2}(?:is\s|was\s)?"
    postcodes = rf"{_BRITISH}|{_IRISH}|{_CANADIAN}"
    plots = r"(?:Flat|Plot|House|Door|H)\.?\s?(?:No\.?\s?)?[\w/-]{1,8}"
    places = r"(?:,\s[A-Z][\w'.-]{1,20}(?:\s[A-Z][\w'.-]{1,20}){0,3}){1,5}[,\s-]{1,3}\d{6}"
    return (
        re.compile(rf"(?<![\w/.,\u00a3$\u20ac-])(?P<address>{street}{_TOWNS})"),
        re.compile(rf"(?<!\w)(?P<address>{plots}{places})(?!\d)"),
        re.compile(rf"(?<!\w)(?P<address>(?:Blk|Block)\.?\s\d{{1,4}},?\sLot\.?\s\d{{1,4}}{_TOWNS})"),
        re.compile(rf"(?<!\w)(?P<address>(?:{german}|{french})(?:,\s\d{{4,5}}\s[A-Z][\w-]{{1,20}})?)(?!\w)"),
        re.compile(rf"(?<![\w-])(?P<address>(?=\w{{2,4}}\s)(?:{postcodes}))(?![\w-])"),
        re.compile(r"(?<=,\s)(?P<address>[A-Z]{2}\s\d{5}(?:-\d{4})?)(?![\w-])"),
        re.compile(
            rf"(?<!\w){lives}(?P<address>{_NUMBER}\s{small}\s{_TYPES}(?!\w)(?:,?\s(?:{postcodes}))?)", re.IGNORECASE
        ),
        re.compile(rf"(?<!\w){named}(?P<address>{postcodes}|\d{{5}}(?:-\d{{4}})?)(?![\w-])", re.IGNORECASE),
    )
