"""The words around codes: what leads to one, and what tells that a number is another one."""

from __future__ import annotations

from typing import Final

# Words that may stand directly before a code.
LEADING: Final = frozenset({
    "token", "fob", "wrote", "spoke", "drew", "went", "goes", "gets", "bring", "brought", "found", "finds",
    "thinks", "remembers", "believes", "swears", "swore", "recalls", "insists", "repeats", "whispers", "shouts",
    "types", "enters", "dictates", "spells", "means", "gives", "hands", "made", "became", "becomes", "remains",
    "stays", "begins", "appears", "pops", "shows", "flashes", "displays", "prints", "lists", "reads", "tells",
    "sends", "receives", "quotes", "provides", "shares", "states", "mentions", "confirms", "generates", "spat",
    "sang", "login", "signin", "mail", "gmail", "handset", "messenger", "telegram", "viber", "wechat", "inbox",
    "voicemail", "itself", "read-back", "quote", "via", "w", "a", "actually", "advised", "again", "aloud",
    "alphanumeric", "also", "an", "and", "app", "are", "arrived", "arrives", "as", "back", "bank", "banking", "be",
    "been", "being", "below", "caller", "came", "card", "changed", "chat", "choose", "chose", "chosen", "claimed",
    "client", "code", "codes", "comes", "confirmed", "correct", "correctly", "cust", "cust's", "customer",
    "customer's", "cvc", "cvv", "cx", "digit", "digits", "e-mail", "e-mailed", "email", "emailed", "enter",
    "entered", "entering", "er", "erm", "es", "est", "file", "first", "following", "follows", "front", "gave",
    "generated", "give", "given", "giving", "got", "had", "has", "have", "he", "heard", "her", "her's", "here",
    "him", "hmm", "i", "in", "is", "issued", "ist", "it", "it's", "its", "just", "keep", "keeps", "kept", "key",
    "keyed", "like", "line", "mailed", "me", "mentioned", "message", "mobile", "must", "new", "no", "note", "noted",
    "now", "nr", "num", "number", "numeric", "of", "offered", "ok", "okay", "old", "one", "only", "otp", "out",
    "over", "passcode", "password", "phone", "picked", "pin", "please", "pls", "provided", "puk", "punched", "put",
    "puts", "quoted", "quoting", "rang", "rcvd", "read", "read-out", "reading", "readout", "rear", "recd",
    "received", "recieved", "registered", "repeated", "reset", "reverse", "right", "said", "say", "saying", "says",
    "screen", "send", "sent", "set", "shall", "shared", "she", "should", "showed", "showing", "shown", "sms", "so",
    "spelled", "spelt", "stated", "still", "strip", "successfully", "supplied", "taken", "tell", "telling", "temp",
    "text", "texted", "that", "that's", "thats", "the", "them", "then", "they", "this", "through", "to", "told",
    "took", "twice", "typed", "typing", "uh", "um", "us", "use", "used", "user", "uses", "using", "value", "var",
    "verbally", "verified", "wanted", "wants", "war", "was", "we", "were", "whatsapp", "which", "will", "with",
    "word", "would", "write", "yes", "you", "know", "knows", "knew", "full",
})  # fmt: skip
# Nouns whose number is not a code.
OTHER_NUMBERS: Final = frozenset({
    "device", "machine", "terminal", "reader", "pad", "till", "printer", "a/c", "acc", "account", "acct", "amount",
    "amt", "apartment", "apt", "arn", "article", "balance", "batch", "bill", "block", "booking", "box", "boxes",
    "branch", "building", "bus", "case", "cases", "chapter", "claim", "collection", "complaint", "consignment",
    "contract", "counter", "coupon", "customers", "date", "delivery", "department", "deposit", "dept", "desk",
    "dial", "discount", "dob", "eircode", "end", "ending", "ends", "error", "ext", "extension", "fee", "flat",
    "flight", "floor", "form", "gate", "gift", "house", "id", "imei", "inv", "invoice", "isbn", "item", "level",
    "line", "locker", "lot", "meter", "model", "office", "option", "ord", "order", "order#", "orders", "page",
    "paragraph", "parcel", "parcels", "payment", "pickup", "platform", "po", "policy", "post", "postage", "postal",
    "postcode", "press", "price", "product", "promo", "qty", "quantity", "reading", "receipt", "ref", "reference",
    "refs", "refund", "report", "return", "rma", "road", "room", "rooms", "row", "seat", "section", "serial",
    "shipment", "size", "sku", "sort", "speed", "step", "store", "street", "suite", "table", "ticket", "tickets",
    "tkt", "total", "tracking", "train", "transaction", "trx", "txn", "unit", "utr", "version", "voucher", "weight",
    "window", "year", "zip",
})  # fmt: skip
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
    "texted", "told", "typed", "verified", "whatsapp",
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
LOCKS: Final = frozenset({"lock", "lockbox", "gate", "door", "alarm", "safe", "keypad", "garage", "intercom"})
