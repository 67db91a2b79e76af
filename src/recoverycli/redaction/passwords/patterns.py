"""The patterns of passwords, and of what stands around them."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

QUOTES: Final = {'"': '"', "'": "'", "\u201c": "\u201d", "\u2018": "\u2019", "\u201e": "\u201c"}


@cache
def value_pattern() -> re.Pattern[str]:
    """A dot or a bracket at the end belongs to the sentence."""
    return re.compile(
        r"(?!\[|\*+(?:\s|\Z))[^\s\"'\u201c\u201d\u2018\u2019\u201e\ue000][^\s\"\u201d\ue000]{0,80}(?<![.,;:)\]'])"
    )


@cache
def quoted_pattern() -> re.Pattern[str]:
    return re.compile("|".join(rf"{left}[^{right}\n]{{1,80}}{right}" for left, right in QUOTES.items()))


@cache
def clause_pattern() -> re.Pattern[str]:
    return re.compile(r"[^\s,.;\"'\[*\ue000][^\n,.;\"\ue000]{0,80}(?<!\s)")


@cache
def login_pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?P<user>[^\s/|,\"\[]{2,60})(?P<joined>\s?(?:/|\||,|\sand\s)\s?|\s)(?P<secret>(?!\[)[^\s\"/|]{4,80}(?<![.,;:)\]]))(?=[.,;:)]?(?:\s|\Z))",
        re.IGNORECASE,
    )


@cache
def changed_pattern() -> re.Pattern[str]:
    return re.compile(
        r"[\"'\u201c\u2018]?(?P<old>\[[a-z]+\]|[^\s\"\ue000]{1,80}?)[\"'\u201d\u2019]?\s(?:in)?to\s"
        r"[\"'\u201c\u2018]?(?P<new>\[[a-z]+\]|[^\s\"\ue000]{1,80}(?<![.,;:)\]]))",
        re.IGNORECASE,
    )


@cache
def count_pattern() -> re.Pattern[str]:
    return re.compile(
        r"\d{1,2}\s(?:char|letters|digits|times|days|hours|min)|\d{1,2}[/.:]\d{1,2}(?:[/.]\d{2,4})?(?!\w)",
        re.IGNORECASE,
    )


@cache
def name_pattern() -> re.Pattern[str]:
    """A name of several words: "St Brigid", "New York"."""
    return re.compile(r"[A-Z][\w'\u2019.]{0,30}(?:[ -][A-Z][\w'\u2019]{1,30}){1,2}(?!\w)")


@cache
def owned_pattern() -> re.Pattern[str]:
    """An answer of several words: "my dog Rex"."""
    return re.compile(r"(?:my|the|our)\s[^\W\d_]+(?:\s[^\W\d_]+){0,2}(?=[.,;!?)]?(?:\s*\Z|[\r\n]))", re.IGNORECASE)


@cache
def another_pattern() -> re.Pattern[str]:
    return re.compile(
        r"[,)]?\s(?:and|or|then|not|now|/)\s(?P<secret>(?!\[)[^\s\"\ue000]{4,80}(?<![.,;:)\]]))", re.IGNORECASE
    )


@cache
def end_pattern() -> re.Pattern[str]:
    return re.compile(
        r"[.,;:!?)\"'\u201d\u2019]{0,3}(?:\Z|[\r\n]|(?<=[.,;:!?)])\s|\s(?:for\snow|and|but|so|then|he|she|they|i|which|per|confirmed|verified|given|ok|correct|passed|matched|accepted|provided|quoted|supplied)(?=[\s.,;:!?)]|\Z)|\s\(|\snew\s(?:pwd?|p/w|pass(?:word)?)|\sfor\s(?:now|him|her|them|me|us)(?![^\W\d_]))",
        re.IGNORECASE,
    )


@cache
def spelled_pattern() -> re.Pattern[str]:
    """Letters one by one: "c-h-e-l-s-e-a"."""
    sign = r"[^\W_](?:\s(?:for|as\sin|like)\s[a-z]{2,12})?"
    return re.compile(
        rf"(?<![\w'\u2019-])(?:[^\W_](?:-[^\W_]){{4,40}}|{sign}(?:,?\s{sign}){{4,40}})(?![\w'\u2019-])", re.IGNORECASE
    )


@cache
def sentence_pattern() -> re.Pattern[str]:
    return re.compile(r"(?:[^.;!?\r\n]|[.;!?](?!\s|\Z))+")


@cache
def word_pattern() -> re.Pattern[str]:
    """A word, with the word before it. Signs at its ends belong to the sentence."""
    return re.compile(
        r"(?:(?P<before>[^\W\d_]+)[\s#:]{1,3})?(?<![^\s\"'(/:=])(?P<word>[^\s\"'()/:=\[\]\ue000]{6,40}(?<![.,;!?]))"
    )


@cache
def part_pattern() -> re.Pattern[str]:
    """How a password is made up: "first 4 letters"."""
    return re.compile(r"(?:first|last|1st)\s(?:\d|two|three|four|five|six|few|letters|ltrs|name|part)", re.IGNORECASE)


@cache
def network_pattern() -> re.Pattern[str]:
    """After the name of a network, whose key follows."""
    return re.compile(r",?\s(?:and\s|/\s)?(?:the\s|its\s)?(?:key|pass|password|pw)(?!\w)", re.IGNORECASE)
