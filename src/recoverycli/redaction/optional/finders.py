"""Optional masking: e-mail addresses, telephone numbers, IBANs, national numbers, the customer's name, and others.

Imported if one of them is switched on, and python-stdnum only if something has the shape of an IBAN or of a national
number. Telephone numbers are recognised by their shape: the country of a number without "+" is unknown.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

from recoverycli.redaction.rules import SensitiveSpan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Finder = Callable[[str, Sequence[str]], Iterator[SensitiveSpan]]

_SHORTEST_PHONE, _LONGEST_PHONE = 7, 15  # ITU-T E.164
_AROUND = 40  # characters before a number in which its kind may be said

_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_EMAIL_SAID: Final = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}\s?(?:\(at\)|\[at\]|\sat\s)\s?[\w-]{1,63}"
    r"(?:\s?(?:\(dot\)|\[dot\]|\sdot\s)\s?[\w-]{1,63}){1,8}",
    re.IGNORECASE,
)
_IBAN: Final = re.compile(
    r"(?<![^\W_])[a-z]{2}[\s-]?\d{2}(?:[\s-]?[a-z\d]{4}){2,7}(?:[\s-]?[a-z\d]{1,4})?", re.IGNORECASE
)
_PHONE_RUN: Final = re.compile(
    r"(?<![\w+*])(?:\+\s?)?\(?\d(?:[\d().]|[\s/\-\u2010-\u2013]{1,2}(?=[\d(])){4,30}(?<=\d)(?!\w)"
)
_DATE: Final = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})(?!\d)|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]?$")
_AMERICAN: Final = re.compile(r"(?:1[\s.-]?)?(?:\([2-9]\d\d\)\s?|[2-9]\d\d[\s.-])\d{3}[\s.-]\d{4}")
_PHONE_SAID: Final = re.compile(
    r"(?:phone|telephone|tel|mobile|cell|handy|landline|whatsapp|fax|call(?:\sback|\sher|\shim|\sthem)?\son"
    r"|(?:ring|reach)(?:\sher|\shim|\sthem)?\s(?:on|at)|(?:her|his|their|my|phone)\snumber(?:\sis)?)"
    r"[\s.:,]{0,3}(?:(?:is|no|number|nr)[\s.:]{1,2}){0,2}$",
    re.IGNORECASE,
)
_NATIONAL_SAID: Final = re.compile(
    r"(?<![^\W\d_])(?:ssn|social\ssecurity|nhs|national\s(?:insurance|id|number|register)|tax\s(?:id|no|number)|steuer-?id"
    r"|steuernummer|idnr|bsn|pesel|personnummer|cpr|f[\u00f8o]dselsnummer|rijksregister|svnr|sozialversicherung\w{0,12}|ahv|cpf"
    r"|aadha+r|sin|tfn|curp|id\s(?:no|number|card)|identity(?:\sno|\snumber|\scard)?|pps|kimlik|cnp|oib|dni|nie|nir"
    r"|s[e\u00e9]cu|s[e\u00e9]curit[e\u00e9]\ssociale|personal\s(?:code|number)|passport)(?![^\W\d_])",
    re.IGNORECASE,
)
_NINO: Final = "national insurance"
_NOT_GIVEN_OUT: Final = frozenset({"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})
# The module of python-stdnum that checks a number, its shape, and whether the words before it must name the kind: a
# check that lets one number in eleven through would mask order numbers.
_NATIONAL: Final[tuple[tuple[str, str, bool], ...]] = (
    (_NINO, r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\s?\d\d\s?\d\d\s?\d\d\s?[A-D]", False),
    ("us.ssn", r"\d{3}[\s-]\d{2}[\s-]\d{4}", False),
    ("it.codicefiscale", r"[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z]", False),
    ("mx.curp", r"[A-Z]{4}\d{6}[HM][A-Z]{5}[0-9A-Z]\d", False),
    ("es.dni", r"\d{8}-?[A-Z]", False),
    ("es.nie", r"[XYZ]-?\d{7}-?[A-Z]", False),
    ("ie.pps", r"\d{7}[A-W][A-IW]?", False),
    ("fi.hetu", r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Z]", False),
    ("ch.ssn", r"756[\s.]?\d{4}[\s.]?\d{4}[\s.]?\d\d", False),
    ("br.cpf", r"\d{3}\.\d{3}\.\d{3}-\d\d", False),
    ("cn.ric", r"\d{17}[\dX]", False),
    ("kr.rrn", r"\d{6}-\d{7}", False),
    ("fr.nir", r"[12]\s?\d\d\s?\d\d\s?[\dAB]{2}\s?\d{3}\s?\d{3}\s?\d\d", False),
    ("be.nn", r"\d\d\.\d\d\.\d\d-\d{3}\.\d\d", False),
    ("se.personnummer", r"(?:\d\d)?\d{6}[-+]\d{4}", False),
    ("dk.cpr", r"\d{6}-\d{4}", False),
    ("is_.kennitala", r"\d{6}-\d{4}", False),
    ("cz.rc", r"\d{6}/\d{3,4}", False),
    ("br.cpf", r"\d{11}", True),
    ("be.nn", r"\d\d[.\s]?\d\d[.\s]?\d\d[-.\s]?\d{3}[-.\s]?\d\d", True),
    ("gb.nhs", r"\d{3}[\s-]?\d{3}[\s-]?\d{4}", True),
    ("de.idnr", r"\d{2}\s?\d{3}\s?\d{3}\s?\d{3}", True),
    ("nl.bsn", r"\d{4}\.?\d{2}\.?\d{3}", True),
    ("pl.pesel", r"\d{11}", True),
    ("no.fodselsnummer", r"\d{6}[\s-]?\d{5}", True),
    ("at.vnr", r"\d{4}\s?\d{6}", True),
    ("in_.aadhaar", r"\d{4}\s?\d{4}\s?\d{4}", True),
    ("ca.sin", r"\d{3}[\s-]?\d{3}[\s-]?\d{3}", True),
    ("au.tfn", r"\d{3}\s?\d{3}\s?\d{2,3}", True),
    ("za.idnr", r"\d{13}", True),
    ("tr.tckimlik", r"\d{11}", True),
    ("ro.cnp", r"\d{13}", True),
    ("hr.oib", r"\d{11}", True),
    ("bg.egn", r"\d{10}", True),
)

_TITLES: Final = frozenset({
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "herr", "frau", "mme", "mlle", "von", "van", "der", "den",
    "the",
})  # fmt: skip
# Names that are also words: alone they are masked only if they begin with a capital letter.
_WORDS_TOO: Final = frozenset({
    "will", "may", "mark", "rose", "hope", "grace", "grant", "bill", "pat", "art", "sue", "rob", "miles", "page",
    "price", "long", "short", "young", "old", "king", "black", "white", "brown", "green", "gray", "grey", "cook",
    "baker", "day", "rich", "best", "love", "good", "early", "case", "wood", "field", "lane", "park", "banks",
    "bank", "faith", "joy", "dawn", "june", "april", "august", "summer", "amber", "ruby", "pearl", "frank", "jack",
    "drew", "chase", "dean", "gene", "guy", "penny", "bell", "fox", "wolf", "stone", "rivers", "waters", "summers",
    "winter", "sharp", "swift", "noble", "little", "small", "strong", "power", "church", "hall", "house", "mills",
    "shop", "order", "call", "card", "carter", "and", "not", "for", "all", "any", "new", "one", "two", "ten",
})  # fmt: skip
_SHORT: Final = 2  # letters: "Bo" is a name, "bo" may be anything
_IN_A_ROW: Final = re.compile(r"[\s\-\u2010-\u2013.]{1,2}")
_WITHOUT_UMLAUTS: Final = str.maketrans(
    {"\u00e4": "ae", "\u00f6": "oe", "\u00fc": "ue", "\u00f8": "oe", "\u00e5": "aa"}
)


def find_by_format(text: str, chosen: frozenset[str]) -> Iterator[SensitiveSpan]:
    """Yield what its format alone identifies: IBANs and e-mail addresses."""
    if "iban" in chosen:
        yield from _ibans(text)
    if "key" in chosen:
        from recoverycli.redaction.optional.announced import keys

        yield from keys(text)
    if "email" in chosen and ("@" in text or "at" in text.lower()):
        for pattern in (_EMAIL, _EMAIL_SAID):
            yield from (SensitiveSpan(*found.span(), "email") for found in pattern.finditer(text))


def shape_finders(chosen: frozenset[str]) -> Iterator[Finder]:
    """Return the finders of the other kinds, in the order to run them."""
    from recoverycli.redaction.optional.addresses import addresses
    from recoverycli.redaction.optional.announced import bank_accounts, dates_of_birth

    finders: dict[str, Finder] = {
        "bank-account": bank_accounts,
        "date-of-birth": dates_of_birth,
        "national-number": _national_numbers,
        "address": addresses,
        "phone": _phones,
        "name": _names,
    }
    return (finder for kind, finder in finders.items() if kind in chosen)


def _ibans(text: str) -> Iterator[SensitiveSpan]:
    """Yield what has the shape and the check digits of an IBAN, without the words after it."""
    place = 0
    while found := _IBAN.search(text, place):
        from stdnum import iban

        place = found.start() + 2
        for end in range(found.end(), found.start() + 14, -1):
            whole = text[found.start() : end]
            if not text[end : end + 1].isalnum() and whole[-1].isalnum() and iban.is_valid(whole, check_country=False):
                yield SensitiveSpan(found.start(), end, "iban")
                place = end
                break


def _national_numbers(text: str, _names: Sequence[str]) -> Iterator[SensitiveSpan]:
    for module, pattern, said in _national_patterns():
        for found in pattern.finditer(text):
            before = text[max(0, found.start() - _AROUND) : found.start()]
            if (not said or _NATIONAL_SAID.search(before)) and _is_valid(module, _plain(found[0])):
                yield SensitiveSpan(*found.span(), "national-number")


def _is_valid(module: str, number: str) -> bool:
    """Whether a national number is valid. British insurance numbers have no check digits, but prefixes without use."""
    if module == _NINO:
        return number[:2] not in _NOT_GIVEN_OUT
    return bool(import_module(f"stdnum.{module}").is_valid(number))


def _plain(number: str) -> str:
    return "".join(number.upper().split())


@cache
def _national_patterns() -> tuple[tuple[str, re.Pattern[str], bool], ...]:
    return tuple(
        (module, re.compile(rf"(?<![\w*.-])(?:{shape})(?![\w*]|[.-]\d)", re.IGNORECASE), said)
        for module, shape, said in _NATIONAL
    )


def _phones(text: str, _names: Sequence[str]) -> Iterator[SensitiveSpan]:
    for found in _PHONE_RUN.finditer(text):
        if _is_phone(found[0], text[max(0, found.start() - _AROUND) : found.start()]):
            # A plus sign is not masked.
            plus = re.match(r"\+\s", found[0])
            yield SensitiveSpan(found.start() + (plus.end() if plus else 0), found.end(), "phone")


def _is_phone(run: str, before: str) -> bool:
    digits = "".join(filter(str.isdecimal, run))
    if not 6 <= len(digits) <= _LONGEST_PHONE + 2 or _DATE.search(run):
        return False
    if run.startswith("+"):
        return _SHORTEST_PHONE <= len(digits) <= _LONGEST_PHONE
    if digits.startswith("00") and not digits.startswith("000"):
        return len(digits) >= 10
    if digits.startswith("0") and not digits.startswith("00"):
        return 9 <= len(digits) <= 12
    return _AMERICAN.fullmatch(run) is not None or _PHONE_SAID.search(before) is not None


def _names(text: str, names: Sequence[str]) -> Iterator[SensitiveSpan]:
    """Yield the mentions of the customer, by the whole name or one of its parts; names in a row are one mention."""
    from recoverycli.text.tokens import tokens

    parts = {token.text for name in names for way in _spellings(name) for token in tokens(way)}
    parts = {part for part in parts if len(part) > 1 or not part.isascii()} - _TITLES
    start = end = -1
    for token in tokens(text) if parts else ():
        a_word_too = token.text in _WORDS_TOO or (len(token.text) == _SHORT and token.text.isascii())
        meant = token.text in parts and (not a_word_too or text[token.start].isupper())
        if end >= 0 and not (meant and _IN_A_ROW.fullmatch(text, end, token.start)):
            yield SensitiveSpan(start, end, "name")
            end = -1
        if meant:
            start, end = token.start if end < 0 else start, token.end
    if end >= 0:
        yield SensitiveSpan(start, end, "name")


def _spellings(name: str) -> tuple[str, ...]:
    """Return the spellings of a name: as written, and as typed on a keyboard without its letters."""
    return (name, name.casefold().translate(_WITHOUT_UMLAUTS))
