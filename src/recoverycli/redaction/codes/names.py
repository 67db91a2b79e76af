"""What announces a code: its name, and how many digits such a code has.

"PIN code 110001" is not masked, since six digits are an Indian postal code; after "PIN" and "card PIN code" six digits
are.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from recoverycli.redaction.reading.pieces import FIGURES, SIGN, WORD

if TYPE_CHECKING:
    from recoverycli.redaction.codes.line import CodeLine


class CodeName(NamedTuple):
    """What was found as the name of a code: the fewest and most digits, and the piece after the name.

    After a `strict` name, only words such as "is" and "she said" may stand before the code. After a `bare` one
    ("code"), other words must tell that it is secret. `postal` is a name that is also that of a postal code. After a
    `lettered` one, the code may have letters in it.
    """

    fewest: int
    most: int
    after: int
    strict: bool = False
    bare: bool = False
    postal: bool = False
    lettered: bool = False


_CARD: Final = (3, 4)
_ONE_TIME: Final = (4, 8)
_PIN: Final = (4, 6)
# Names of one word.
_ALONE: Final[dict[str, tuple[int, int]]] = {
    **dict.fromkeys(
        ("cvv", "cvc", "cvn", "cvd", "ccv", "cvp", "cav", "cw", "csc", "cid", "cvvs", "cryptogramme"), _CARD
    ),
    **dict.fromkeys(("pr\u00fcfnummer", "pr\u00fcfziffer", "kartenpr\u00fcfnummer", "kartenpr\u00fcfziffer"), _CARD),
    **dict.fromkeys(("otp", "otac", "passcode", "passcodes", "onetimecode"), _ONE_TIME),
    **dict.fromkeys(("pin", "tpin", "mpin", "upin", "pinno", "epin"), _PIN),
    **dict.fromkeys(("2fa", "mfa", "tfa"), (6, 8)),
    "pincode": (4, 5),
    "puk": (8, 8),
    "puc": (8, 8),
}
_NUMBERED_2: Final = frozenset({"cvv", "cvc", "cvn", "cvd", "ccv", "cw", "puk"})
# Before "pin", where six digits are a postal code.
_PLACES: Final = frozenset({
    "at", "to", "in", "serviceable", "area", "delivery", "postal", "location", "city", "address", "zip",
})  # fmt: skip
# Before "pin", where it may have up to eight digits.
_DEVICES: Final = frozenset({"admin", "wps", "router", "device", "modem", "hub"})
# Beside "pin", where it is that of a card with an amount on it.
_GIFT: Final = frozenset({"gift", "scratch", "scratched", "voucher", "prepaid", "strip"})
_PLURALS: Final = {"otps": "otp", "cvvs": "cvv", "puks": "puk"}
_THINGS: Final = frozenset({
    "gas", "rolling", "drawing", "hair", "safety", "bowling", "split", "hitch", "push", "lapel", "tie",
})  # fmt: skip
# Names of one word that are common enough to be something else.
_STRICT: Final[dict[str, tuple[int, int]]] = {
    **dict.fromkeys(("verification", "tan", "mtan", "sms", "vc", "tac", "authenticator"), (6, 8)),
    **dict.fromkeys(("keysafe", "lockbox"), _PIN),
}
# What makes "code", "number", "digits" or "pin" the name of a secret.
_SECURITY: Final = frozenset({"security", "sec", "verification", "verif", "ver", "verify"})
_ONE_TIME_KINDS: Final = frozenset({
    "disarm", "rsa", "hardware", "hard", "soft", "garage", "intercom", "entrance", "padlock", "lock", "secure", "3ds",
    "3d", "panel", "unique", "single", "use", "single-use", "authentication", "auth", "authenticator", "2fa", "mfa",
    "otp", "sms", "text", "login", "log-in", "sign-in", "signin", "access", "activation", "unlock", "unlocking",
    "reset", "recovery", "token", "app", "onetime", "one-time", "one-off", "two-factor", "two-step", "banking",
    "voicemail", "alarm", "entry", "keypad", "safe", "lockbox", "secret", "whatsapp", "google", "passcode", "pass",
    "telephone", "phone", "door", "gate", "vc", "e-mail", "email", "keysafe", "temporary", "temp", "message", "time",
    "one", "off", "bank", "online", "mobile", "factor", "two", "log", "in", "sign", "step", "txt", "backup", "rescue",
    "emergency", "parental", "generator", "device", "1", "2", "confirm", "authorization", "authorisation", "authn",
    "tfa", "enrolment", "enrollment", "registration", "setup", "pairing", "portal", "callback", "exit", "session",
    "screen", "scratch", "delivery", "release", "handover", "moderator", "host", "conference", "bluetooth", "parking",
    "barrier", "lobby", "support", "remote", "sim", "pickup", "pick", "up", "locker", "smart", "key",
})  # fmt: skip
_KINDS: Final = _SECURITY | _ONE_TIME_KINDS | {"card"}
# Words that need another of these before or after them.
_HALVES: Final = {
    "time": "one 1",
    "off": "one 1",
    "factor": "two 2",
    "step": "two 2",
    "in": "log sign",
    "use": "single",
    "up": "pick",
}
_NOT_FIRST: Final = frozenset({"use", "panel", "time", "off", "factor", "step", "in", "message", "up"})
_NOT_ALONE: Final = frozenset({
    "hard", "soft", "hardware", "single", "3d", "one", "1", "two", "2", "log", "sign", "phone", "telephone",
    "mobile", "online", "bank", "authorization", "authorisation", "emergency", "device", "smart", "support", "remote",
    "key", "pickup", "pick", "up", "locker",
})  # fmt: skip
# A code for a parcel shop ("pickup code") is shown to people there; one that opens a locker is a secret.
_OF_LOCKERS: Final = ("locker pickup", "locker pick up", "pickup locker", "pick up locker")
_CODES: Final = frozenset({"code", "codes", "cod"})
_NUMBERS: Final = frozenset({"number", "no", "nr", "num", "digits", "digit", "nos", "value"})
_MOST_KINDS: Final = 5
# Before a bare "code".
_BARE_BEFORE: Final = frozenset({
    "authorisation", "authorization", "the", "a", "an", "her", "his", "their", "my", "your", "this", "that", "says",
    "said", "reads", "read", "gave", "me", "us", "got", "sent", "enter", "entered", "use", "used", "typed", "him",
    "them", "with", "and", "of", "is", "as", "quoted", "received", "shared", "gives", "new", "old", "he", "she",
    "they", "out", "correct", "right", "texted", "emailed", "customers", "customer's", "cust", "customer", "cx",
    "caller", "caller's", "another", "digit", "confirmation", "confirmed", "verified", "last", "first", "second",
    "latest", "newest", "next", "previous",
})  # fmt: skip


def name_at(line: CodeLine, place: int) -> CodeName | None:
    """Return the name of a code that starts with this piece."""
    piece = line.pieces[place]
    if piece.kind not in {WORD, FIGURES}:
        return None
    return _on_the_back(line, place) or _name_by_count(line, place) or _name(line, place)


def _name(line: CodeLine, place: int) -> CodeName | None:
    word = line.word(place).removesuffix("'s")
    word = _PLURALS.get(word, word)
    if line.pieces[place].kind != WORD and line.word(place + 1) not in {"factor", "step"}:
        return None
    of_number = line.word(place + 1) in _NUMBERS
    if word == "pin" and not of_number and _is_other_pin(line.word(place - 2), line.word(place - 1)):
        return None
    if word == "cv" and line.word(place + 1) == "2":
        return CodeName(*_CARD, place + 2)
    if word in _ALONE:
        return _one_word(line, place, *_ALONE[word])
    found = _name_of_kinds(line, place)
    if found:
        return found
    if word in _STRICT:
        return CodeName(*_STRICT[word], place + 1, strict=True)
    machine = _of_device(line, place, word)
    if machine:
        return machine
    expiry = _expiry_pattern().match(line.text, line.pieces[place].start) if word.startswith("exp") else None
    if expiry:
        return CodeName(3, 3, line.after(place, expiry.end()), strict=True)
    if word in {"verified", "authenticated"} and line.word(place + 1) in {"using", "with"}:
        return CodeName(6, 6, place + 2, strict=True)
    if word == "security" and line.text[line.pieces[place].end : line.pieces[place].end + 1] == ":":
        return CodeName(*_CARD, place + 1, strict=True)
    if word in {"code", "codes"} and _is_bare(line, place):
        return CodeName(*_ONE_TIME, place + 1, bare=True)
    return None


def _of_device(line: CodeLine, place: int, word: str) -> CodeName | None:
    """Return "cash machine number", "her token" and "key safe", whose numbers stand without "code"."""
    following, third = line.word(place + 1), line.word(place + 2)
    if word == "token" and line.word(place - 1) in {"the", "her", "his", "their", "my"}:
        return CodeName(*_ONE_TIME, place + 1)
    if (word == "cash" and following in {"machine", "point"} and third in _NUMBERS | _CODES) or (
        word == "atm" and following in _NUMBERS
    ):
        return CodeName(*_PIN, place + (2 if word == "atm" else 3))
    if word in {"key", "lock"} and following in {"safe", "box"}:
        return CodeName(*_PIN, place + 2, strict=True)
    return None


def _is_other_pin(*before: str) -> bool:
    """Whether "pin" is a thing, or a way of payment: "rolling pin", "chip and pin"."""
    return before[1] in _THINGS or (before[0] == "chip" and before[1] in {"and", "&", "n"})


def _one_word(line: CodeLine, place: int, fewest: int, most: int) -> CodeName:
    word, after = line.word(place).removesuffix("'s"), place + 1
    word = _PLURALS.get(word, word)
    if word == "pin" and not _GIFT.isdisjoint({line.word(at) for at in range(place - 4, place + 10)}):
        most = 8
    one_two = {"1", "2"} if word == "puk" else {"2"}
    if word in _NUMBERED_2 and line.word(after) in one_two and not re.match(r"\d\Z", line.word(after + 1)):
        after += 1
    if word in {"pin", "puk"}:
        following = _next_word(line, after)
        if line.word(following) in {"code", "codes"}:
            # Six digits are a postal code, unless it is the PIN of a card.
            of_card = word == "pin" and line.word(place - 1) not in {"card", "atm", "bank", "debit", "credit"}
            return CodeName(fewest, 5 if of_card else most, following + 1)
    if word == "pin" and line.word(place - 1) in _PLACES:
        most = 5
    if word == "pin" and line.word(place - 1) in _DEVICES:
        most = 8
    return CodeName(fewest, most, after, postal=word == "pin", lettered=word == "passcode")


def _name_of_kinds(line: CodeLine, place: int) -> CodeName | None:
    """Return a name of several words: "security code", "one-time passcode", "text message code"."""
    kinds: list[str] = []
    at = place
    while at < len(line.pieces) and len(kinds) < _MOST_KINDS and line.word(at) in _KINDS:
        kinds.append(line.word(at))
        at = _next_word(line, at + 1)
    return _with_head(line, kinds, at) if kinds else None


def _with_head(line: CodeLine, kinds: list[str], at: int) -> CodeName | None:
    """Return the name that these kinds make with the word after them ("code")."""
    if kinds[0] in _NOT_FIRST or not _fits_together(kinds):
        return None
    head = line.word(at)
    secure = any(word in _SECURITY for word in kinds)
    if kinds[0] == "card":
        named = head in _CODES or head in _NUMBERS
        return CodeName(*_CARD, at + named) if secure or head in _CODES else None
    if head in _CODES and kinds == ["auth"] and line.is_payment:
        return None
    if head in _CODES:
        several = kinds == ["phone", "banking"] or any(word not in _NOT_ALONE for word in kinds)
        several = several or (" ".join(kinds).endswith(_OF_LOCKERS))
        longest = 10 if {"recovery", "backup", "rescue", "session", "support"} & set(kinds) else 8
        return CodeName(3 if secure else 4, longest, at + 1, lettered=True) if several else None
    if (
        head in {"pin", "pins"}
        and kinds[-1] not in {"lock", "delivery"}
        and any(word not in _NOT_ALONE for word in kinds)
    ):
        return CodeName(4, 8, at + 1)
    if (head in {"digit", "digits"} and not secure and any(word not in _NOT_ALONE for word in kinds)) or (
        head in _NUMBERS and kinds[-1:] == ["banking"]
    ):
        return CodeName(4, 8, at + 1)
    if head in _NUMBERS and len(kinds) == 1 and (secure or kinds[0] in {"authentication", "auth", "otp"}):
        return CodeName(3, 8, at + 1)
    return _without_head(kinds, head, at)


def _without_head(kinds: list[str], head: str, at: int) -> CodeName | None:
    """Return a name that needs no "code": "one-time password", "authenticator app", "security token"."""
    if kinds == ["3d", "secure", "one"]:
        return CodeName(*_ONE_TIME, at)
    if kinds[:2] in (["one", "time"], ["3d", "secure"]) and head in {"password", "pass"}:
        return CodeName(*_ONE_TIME, at + 1)
    if kinds[-1] == "passcode" or kinds == ["one", "time", "pass"]:
        return CodeName(*_ONE_TIME, at)
    if kinds == ["secure", "key"]:
        return CodeName(6, 8, at)
    if kinds[-1] == "token" and kinds[0] in {"security", "rsa", "hardware", "hard", "soft"}:
        return CodeName(*_ONE_TIME, at)
    if kinds[:2] in (["token", "generator"], ["token", "device"]):
        return CodeName(6, 8, at)
    if kinds == ["token"] and head in {"shows", "says", "reads", "showing", "displays"}:
        return CodeName(*_ONE_TIME, at)
    if kinds[-2:] in (
        ["authenticator", "app"],
        ["auth", "app"],
        ["authentication", "app"],
        ["google", "authenticator"],
    ):
        return CodeName(6, 8, at, strict=True)
    return None


def _fits_together(kinds: list[str]) -> bool:
    return all(
        word not in _HALVES or (at > 0 and kinds[at - 1] in _HALVES[word].split()) for at, word in enumerate(kinds)
    )


def _is_bare(line: CodeLine, place: int) -> bool:
    """Whether no noun before "code" tells what kind of code it is."""
    if place == 0:
        return True
    before = line.pieces[place - 1]
    if before.text in {"authorisation", "authorization"} and line.is_payment:
        return False
    owned = before.text.endswith("'s")
    counted = before.kind == FIGURES and len(before.text) == 1
    return before.kind == SIGN or counted or (before.kind == WORD and (owned or before.text in _BARE_BEFORE))


def _on_the_back(line: CodeLine, place: int) -> CodeName | None:
    """Return "three digits on the back" and the like: the code of a card, by its place."""
    found = _back_pattern().match(line.text, line.pieces[place].start)
    return CodeName(*_CARD, line.after(place, found.end())) if found else None


def _name_by_count(line: CodeLine, place: int) -> CodeName | None:
    """Return "six digit code", "6-digit PIN" and "three digits:"."""
    if place and line.word(place - 1) in {"last", "first", "with", "final"}:
        return None
    found = _counted_pattern().match(line.text, line.pieces[place].start)
    if not found:
        return None
    count = _COUNTS.get(found["count"].lower()) or int(found["count"])
    after = line.after(place, found.end())
    if found["code"]:
        return CodeName(min(3, count), 8, after)
    if found["sent"]:
        return CodeName(max(4, count), count, after) if count >= 4 else None
    return CodeName(count, count, after)


_COUNTS: Final = {"three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}


@cache
def _back_pattern() -> re.Pattern[str]:
    place = (
        r"(?:(?:the|its|her|his|their|my)\s)?(?:card\s)?"
        r"(?:back|rear|reverse|front|flip\sside|(?:signature\s)?(?:strip|panel))"
    )
    card = r"(?:(?:debit|credit)\s)?(?:card|amex|visa|mastercard)"
    of_card = rf"(?:\sside)?(?:\sof\s(?:(?:the|her|his|their|my|that)\s)?{card}|(?!\sof\s(?:the|her|his|their|my|a)\s))"
    digits = r"(?:code|numbers?|no\.?|nos\.?|digits?|figures?|nums?)"
    return re.compile(
        rf"(?:(?:last\s)?(?:three|four|[34])(?:[\s-]{digits})?|{digits})\s(?:(?:printed|written)\s)?(?:on|at|from|off|in)\s{place}{of_card}(?![^\W\d_])"
        rf"|(?<!call\s)back\s(?:code|three|3|digits)(?![^\W\d_])|back\sof\s(?:(?:the|her|his|their|my)\s)?card(?![^\W\d_])"
        r"|signature\s(?:strip|panel)(?![^\W\d_])|c[o\u00f3]digo\sde\sseguridad(?![^\W\d_])",
        re.IGNORECASE,
    )


@cache
def _expiry_pattern() -> re.Pattern[str]:
    """The expiry date of a card, after which its code may stand without a name."""
    return re.compile(r"exp(?:iry|ires|iration)?(?:\sdate)?[\s:.]{0,3}\d\d\s?[/-]\s?(?:20)?\d\d(?!\d)", re.IGNORECASE)


@cache
def _counted_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?P<whose>her|his|their)\s)?(?P<count>{'|'.join(_COUNTS)}|(?<!\d)[3-8](?!\d))[\s-]?dig(?:it)?"
        r"(?:[\s-](?P<code>code|pin|passcode|otp|password|security)"
        r"|\s(?P<sent>number\s(?:that\s)?(?:they|we|he|she|it|you|i)\s(?:just\s)?(?:texted|sent|got|received|e?mailed)"
        r"|number\s(?:on|in|from)\s(?:the|her|his|their|my)\s(?:phone|mobile|app|text|screen|e-?mail))"
        r"|s(?=\s?[:=]|\sare\s|,?\s\d|\s(?:she|he|they|i|we)\s|\s(?:from|off|in)\s(?:the|her|his|their|my|a)\s(?:text|sms|message|app|e-?mail)))(?![^\W\d_])",
        re.IGNORECASE,
    )


def _next_word(line: CodeLine, place: int) -> int:
    """Return the place after a hyphen, a dot or a slash between two words."""
    return place + 1 if place + 1 < len(line.pieces) and line.word(place) in {"-", ".", "/", "_", "'"} else place
