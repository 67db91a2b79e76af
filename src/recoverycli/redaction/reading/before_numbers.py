"""Words before a number: those that lead to a code or a card, and the nouns that have a number of their own."""

from __future__ import annotations

from typing import Final

# Words that may stand directly before a code.
LEADING: Final = frozenset({
    "token", "fob", "wrote", "spoke", "drew", "went", "goes", "gets", "bring", "brought", "found", "finds", "thinks",
    "remembers", "believes", "swears", "swore", "recalls", "insists", "repeats", "whispers", "shouts", "types",
    "enters", "dictates", "spells", "means", "gives", "hands", "made", "became", "becomes", "remains", "stays",
    "begins", "appears", "pops", "shows", "flashes", "displays", "prints", "lists", "reads", "tells", "sends",
    "receives", "quotes", "provides", "shares", "states", "mentions", "confirms", "generates", "spat", "sang",
    "login", "signin", "mail", "gmail", "handset", "messenger", "telegram", "viber", "wechat", "inbox", "voicemail",
    "itself", "read-back", "quote", "via", "w", "a", "actually", "advised", "again", "aloud", "loud", "na", "ay",
    "alphanumeric", "also", "an", "and", "app", "are", "arrived", "arrives", "as", "back", "bank", "banking", "be",
    "been", "being", "caller", "came", "card", "changed", "chat", "choose", "chose", "chosen", "claimed", "client",
    "code", "codes", "comes", "confirmed", "correct", "correctly", "cust", "cust's", "customer", "customer's", "cvc",
    "cvv", "cx", "digit", "digits", "e-mail", "e-mailed", "email", "emailed", "enter", "entered", "entering", "er",
    "erm", "es", "est", "file", "first", "following", "follows", "front", "gave", "generated", "give", "given",
    "giving", "got", "had", "has", "have", "he", "heard", "her", "her's", "here", "him", "hmm", "i", "in", "is",
    "issued", "ist", "it", "it's", "its", "just", "keep", "keeps", "kept", "key", "keyed", "like", "line", "mailed",
    "me", "mentioned", "message", "mobile", "must", "new", "no", "note", "noted", "now", "nr", "num", "number",
    "numeric", "of", "offered", "ok", "okay", "old", "one", "only", "otp", "out", "over", "passcode", "password",
    "phone", "picked", "pin", "please", "pls", "provided", "puk", "punched", "put", "puts", "quoted", "quoting",
    "rang", "rcvd", "read", "read-out", "reading", "readout", "rear", "recd", "received", "recieved", "registered",
    "repeated", "reset", "reverse", "right", "said", "say", "saying", "says", "screen", "send", "sent", "set",
    "shall", "shared", "she", "should", "showed", "showing", "shown", "sms", "so", "spelled", "spelt", "stated",
    "still", "strip", "successfully", "supplied", "taken", "tell", "telling", "temp", "text", "texted", "that",
    "that's", "thats", "the", "them", "then", "they", "this", "through", "to", "told", "took", "twice", "typed",
    "typing", "uh", "um", "us", "use", "used", "user", "uses", "using", "value", "var", "verbally", "verified",
    "wanted", "wants", "war", "was", "we", "were", "whatsapp", "which", "will", "with", "word", "would", "write",
    "yes", "you", "know", "knows", "knew", "full",
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
