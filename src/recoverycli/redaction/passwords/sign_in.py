"""Passwords told by what they are for: "he logs on with fluffy123", "zip file opens with claims2026"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from recoverycli.redaction.passwords.forms import is_strong, is_unmistakable

if TYPE_CHECKING:
    from collections.abc import Iterator

    Span = tuple[int, int]

_HINT: Final = re.compile(
    r"log|sign|open|unlock|reset|changed|wpa|ssid|wi-?fi|token|secret|seed|recovery|router|phrase|locked|tried|user|told",
    re.IGNORECASE,
)
_WORD: Final = (
    r"[\"'\u201c]?(?P<secret>(?!\[)[^\s\"'\u201c\u201d\ue000,;()/]{5,40}(?:(?<![.,:;!?])|(?<=!)(?=,|\s[a-z])))"
    r"[\"'\u201d]?(?![\w@])"
)
_SIGNING: Final = (
    r"(?:log|logs|logged|logging|login|sign|signs|signed|signing)[\s-]?(?:in|on|into|onto)?"
    r"(?:\s(?:to|into)\s(?:[\w'-]{1,15}\s?){1,3})?"
)
_MADE: Final = r"(?P<secret>[^\W\d_]{4,20}(?:-[^\W\d_]{3,12})?[!@#$%&*._-]?\d{1,4}[!@#$%&*]?)(?=[\s.,;!?)]|\Z)"


def sign_in_passwords(text: str) -> Iterator[Span]:
    """Yield the passwords. Linear in the length."""
    if not _HINT.search(text):
        return
    for pattern in _patterns():
        for found in pattern.finditer(text):
            if is_strong(found["secret"]) and _is_written_so(found["secret"]):
                yield found.span("secret")
    for found in _changed_pattern().finditer(text):
        if all(is_unmistakable(found[name].lower()) for name in ("old", "new")):
            yield from (found.span(name) for name in ("old", "new"))
    for found in _phrase_pattern().finditer(text):
        yield found.span("secret")


def _is_written_so(word: str) -> bool:
    return is_unmistakable(word.lower()) or (word.endswith("!") and word[:-1].isalpha())


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    with_user = r"(?:(?:as|with|using)\s[\w.@+-]{2,40}\s)?(?:(?:and|with|using|by|w/)\s){1,2}"
    locked = (
        r"(?:file|zip|pdf|document|doc|folder|spreadsheet|attachment|laptop|phone|tablet|ipad|archive|statement|account|portal"
        r"|wi-?fi(?:\s(?:in|at|on)\s\w{1,12})?|network|inbox|mailbox|vault)"
    )
    opens = r"(?:opens|unlocks|opened|unlocked|open|unlock|works|worked|connects)\s(?:with|using|by)"
    network = r"(?:ssid|wi-?fi|network|router|hub|hotspot)[^.;\r\n\ue000]{1,40}?\s(?:pass|pw|key|psk|wpa2?)"
    api_key = (
        r"(?:api|access|auth|secret|bearer|security)\s(?:token|key|secret)\s(?:for|of|on|to)\s[^.;:\r\n\ue000]{2,30}"
    )
    changes = r"(?:reset|changed|set|updated|switched)"
    account = r"(?:login|log-in|portal|account|access|profile|mailbox)"
    it_now = r"(?:it(?:\sis|'s|\u2019s)|its|new\sone(?:\sis|'s)?|now(?:\sit(?:\sis|'s))?)"
    return tuple(
        re.compile(rf"(?<![^\W_]){pattern}", re.IGNORECASE)
        for pattern in (
            rf"{_SIGNING}\s{with_user}{_WORD}",
            rf"(?:used?|uses|using|tried|tries|typed|entered|enter)\s{_WORD}\sto\s(?:sign|log|get)\s(?:in|on|into)(?!\w)",
            rf"locked\s(?:\w{{1,10}}\s)?out\s(?:with|using|by|of\s\w+\swith)\s{_WORD}",
            rf"told\s(?:her|him|them)\s(?:that\s)?{_MADE}\s(?:would|should|will)\s",
            rf"user(?:\s?name|\s?id)?\s?[:=]?\s[^\s/,;]{{2,30}}\s?/\s?{_WORD}",
            rf"(?:tried|tries|trying)\s(?:both\s)?{_MADE}",
            rf"(?:tried|tries|trying)\s(?:both\s)?[^\W\d_]{{4,20}}\d{{1,4}}[!@#$%&*]?,?\s(?:and|or|then)\s{_MADE}",
            rf"{locked}\s{opens}\s{_WORD}",
            rf"{network}\s?[:=]?\s{_WORD}",
            rf"{api_key}(?::|\sis|\s=)\s{_WORD}",
            rf"{changes}\s(?:(?:it|that|this|his|hers|her|theirs|mine)\s)?(?:back\s|together\s|again\s|over\s)?to\s{_MADE}",
            rf"{changes}\s[^.;,\r\n\ue000]{{0,25}}?{account}(?:\s\w{{2,10}}){{0,2}}[.,;]\s{it_now}\s(?:now\s)?{_WORD}",
        )
    )


@cache
def _changed_pattern() -> re.Pattern[str]:
    made = r"[^\W\d_]{4,20}[!@#$%&*._-]?\d{1,4}[!@#$%&*]?"
    changed = r"(?:changed|reset|switched|updated)\s(?:(?:it|that|this)\s)?"
    return re.compile(
        rf"(?<![^\W_]){changed}from\s(?P<old>{made})\sto\s(?P<new>{made})(?!\w)",
        re.IGNORECASE,
    )


@cache
def _phrase_pattern() -> re.Pattern[str]:
    """The words of a wallet: "recovery phrase for the wallet: ocean ladder mint velvet"."""
    named = (
        r"(?:(?:seed|recovery|backup|wallet)\s(?:phrase|words)|pass\s?phrase"
        r"|(?:the|our)\sphrase\s(?:we|they|she|he)\s(?:agreed|chose|set))"
    )
    of = r"(?:\s(?:for|of|to|on)\s[a-z'\s]{2,25})?(?::|\sis|\sare|\s=|\s(?:begins|starts)\swith)"
    words = r"(?P<secret>[a-z]{3,8}(?:(?:\s[a-z]{2,8}){2,23}|(?:,\s[a-z]{3,8}){2,23}))"
    return re.compile(
        rf"(?<![^\W_]){named}{of}\s{words}(?=[.,;!)]?(?:\s*\Z|[\r\n])|[.,;]\s)",
        re.IGNORECASE,
    )
