"""The words around codes: what leads to one, and what tells that a number is another one."""

from __future__ import annotations

from typing import Final

from recoverycli.redaction.reading.before_numbers import OTHER_NUMBERS

AMOUNTS_FOLLOW: Final = frozenset({
    "about", "after", "around", "at", "before", "for", "from", "no", "over", "per", "since", "than", "till", "to",
    "until",
})  # fmt: skip
# What may follow a number that is an amount of something.
UNITS: Final = frozenset({
    "am", "cent", "character", "cm", "day", "digit", "dollar", "eur", "euro", "gbp", "hour", "hr", "hrs", "inr",
    "kg", "km", "letter", "mile", "min", "mins", "minute", "mm", "month", "o'clock", "participant", "pc", "pcs",
    "people", "percent", "person", "peso", "php", "piece", "pm", "point", "pound", "quid", "rupee", "sec", "second",
    "secs", "time", "usd", "week", "x", "year", "yr", "yrs",
})  # fmt: skip
VERBS_IN_S: Final = frozenset({
    "access", "across", "address", "always", "as", "belongs", "customers", "cvvs", "does", "expires", "fails",
    "gets", "happens", "has", "his", "is", "its", "keeps", "matches", "mrs", "ms", "needs", "pass", "passes", "pls",
    "plus", "press", "process", "says", "seems", "success", "thanks", "this", "unless", "us", "wants", "was",
    "works", "yes",
})  # fmt: skip
SECRET_CONTEXT: Final = frozenset({
    "reset", "log", "2fa", "app", "arrived", "arrives", "authenticator", "bank", "banking", "came", "card",
    "e-mail", "email", "emailed", "entered", "entering", "gave", "got", "keyed", "keying", "login", "mail",
    "mailed", "message", "mobile", "otp", "phone", "popped", "popup", "punched", "quoted", "rang", "rcvd", "read",
    "reads", "recd", "received", "screen", "sent", "shared", "shares", "sign", "signin", "sms", "tells", "text",
    "texted", "told", "typed", "verified", "whatsapp", "spelled", "spelt", "trusted", "confirmed",
})  # fmt: skip
BUYING: Final = frozenset({
    "basket", "boiler", "booking", "box", "checkout", "coupon", "delivery", "discount", "display", "engineer",
    "error", "fault", "label", "locker", "machine", "off", "order", "page", "parcel", "promo", "refund", "return",
    "sale", "shelf", "shop", "store", "voucher",
})  # fmt: skip
COPULAS: Final = frozenset({
    "=", "that's", "thats", "as", "being", "is", "was", "were",
})  # fmt: skip
WHOSE: Final = frozenset({
    "me", "a", "actual", "an", "caller's", "correct", "current", "cust", "cust's", "customer", "customer's", "cx",
    "full", "her", "his", "my", "new", "old", "one", "our", "right", "temp", "temporary", "that", "the", "their",
    "this", "your",
})  # fmt: skip
_LOOSE: Final = frozenset({
    "(", ",", "-", "/", "for", "is", "that", "that's", "thats", "\u2013",
})  # fmt: skip
# Before "in" and "to" where what follows is a year or a telephone number.
NOT_BEFORE_IN: Final = frozenset({
    "changed", "reset", "was", "is", "blocked", "set", "sent", "used",
})  # fmt: skip
NOT_BEFORE_TO: Final = frozenset({
    "sent", "texted", "emailed", "mailed", "send", "goes", "went", "back", "called", "call", "sms",
})  # fmt: skip
# Where these words are, six digits may be a postal code.
ADDRESS: Final = frozenset({
    "address", "area", "city", "district", "town", "village",
})  # fmt: skip
# Where these words are, an "auth code" is that of a payment, which is no secret.
PAYING: Final = frozenset({
    "acquirer", "funds", "issuer", "merchant", "payment", "pre-auth", "preauth", "refund", "settlement", "slip",
    "pmt", "pymt", "terminal", "transaction", "txn", "receipt", "capture", "released",
})  # fmt: skip
# They end in "ed" and lead to a time or an amount.
NOT_TOLD: Final = frozenset({
    "booked", "scheduled", "arranged", "charged", "debited", "credited", "refunded", "deducted", "owed",
})  # fmt: skip
# Before the second of two codes: "second one 780426".
FURTHER: Final = frozenset({"second", "2nd", "next", "another", "other", "third", "new", "fresh"})
_TELLING: Final = frozenset(
    {"what", "which", "she", "he", "they", "i", "got", "received", "gave", "told", "us", "used", "uses", "read"}
)
# What may stand between a code and its name.
JOINING: Final = COPULAS | WHOSE | _LOOSE | _TELLING | {'"', "'", "\u201d", "\u2019", ")"}
OWNERS: Final = frozenset({"my", "her", "his", "their", "your", "customer's", "cust's", "cx's", "caller's", "client's"})
PREPOSITIONS: Final = frozenset({"for", "on", "of", "in", "at", "from", "to", "with", "by"})
# They lead to a code where it was given to them.
PEOPLE: Final = frozenset({
    "engineer", "driver", "agent", "courier", "daughter", "son", "wife", "husband", "mother", "father", "mum",
    "mom", "dad", "friend", "colleague", "supervisor", "adviser", "advisor", "rep", "neighbour", "neighbor",
})  # fmt: skip
# Before a bare "code", these tell that it opens something.
LOCKS: Final = frozenset({
    "lock", "lockbox", "gate", "door", "alarm", "safe", "keypad", "garage", "intercom", "sim's",
    "phone's", "alarm's", "safe's", "door's", "gate's", "lock's", "tablet's", "card's", "house's", "flat's",
})  # fmt: skip
# Nouns with numbers that are also places: they take a number only without an article before them.
NUMBERED_PLACES: Final = frozenset(
    {"box", "building", "store", "gate", "house", "locker", "block", "unit", "line", "room"}
)
NO_LEAD: Final = frozenset({
    "in", "at", "on", "by", "since", "from", "until", "to", "after", "before", "for", "of", "about", "than", "over",
    "under", "within", "per", "plus", "no", "around", "with", "till", "between", "during", "call", "called", "rang",
    "times", "\u00a3", "$", "\u20ac", "+", "/",
} | NOT_TOLD)  # fmt: skip
NAMED_OTHERWISE: Final = (OTHER_NUMBERS - NUMBERED_PLACES) | {
    "ordered", "cost", "costs", "paid", "charged", "bought", "sold", "ring", "phone", "number", "conduct", "stock",
    "warranty", "installed", "style", "country", "postcode", "zip", "priced", "worth", "ean", "part", "catalogue",
    "barcode", "colour", "color", "dated", "attempts", "attempt", "tries",
}  # fmt: skip
