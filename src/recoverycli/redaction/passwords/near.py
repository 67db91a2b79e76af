"""Passwords that are told somewhere near their name, as what somebody said, typed or chose.

"she said it's Tinkerbell when i asked for the password", "typed sunflower into the password box". After such words a
plain word counts where it ends its clause and is not said of the password.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from recoverycli.redaction.passwords.forms import is_participle, is_strong
from recoverycli.redaction.passwords.words import AS_TOLD, BY_THE_WAY, CHANGING, GIVING, NO_ANSWER, OUTCOMES, SAID_OF_IT

if TYPE_CHECKING:
    from collections.abc import Iterator

    Span = tuple[int, int]

_NO_WORD: Final = SAID_OF_IT | OUTCOMES | GIVING | CHANGING | BY_THE_WAY | AS_TOLD | NO_ANSWER
_FEWEST_DIGITS: Final = 6
_HINT: Final = re.compile(r"pass|pw|p/w|word|phrase|memorable|secur|secret|agreed|hint|log", re.IGNORECASE)

_WHOSE: Final = (
    r"(?:her|his|their|the|my|a|an|our|new|old|current|temp|temporary|portal|account|wifi|wi-fi|voice|verbal)"
)
_OF_WORDS: Final = (
    r"(?:(?:security|secret|memorable|safe|safety|code|key|collection|pick-?up|pick\sup|challenge|duress|panic|agreed|family|passcode"
    r"|verification|verbal|spoken|callback|call-?back|magic|emergency)[\s-]?words?|watch\s?word|pass[\s-]?phrase"
    r"|(?:security|secret|memorable)\s(?:phrase|name|place|answer|info|information))"
)
_NAME: Final = rf"(?<![^\W_])(?:{_WHOSE}\s){{0,3}}(?:{_OF_WORDS}|pass\s?words?|passwd|pwd?|p/w)(?:'s)?(?![^\W_])"
_WHO: Final = (
    r"(?:she|he|they|i|we|cust(?:omer)?|caller|cx|client|user|the\s(?:customer|caller|lady|man|client|user|agent))"
)
_SAYING: Final = (
    r"(?:said|says|gave|gives|goes|replied|answered|responded|chose|picked|wants|wanted|went\s(?:for|with)|used|uses"
    r"|typed|types|entered|told\s(?:me|us)|tried|offered|quoted|spelled|spelt|came\sup\swith|decided\son|set|put|wrote"
    r"|read\sout|shouted)"
)
_PUTTING: Final = (
    r"(?:typed|types|typing|entered|enters|entering|put|puts|putting|wrote|tried|tries|trying|using|used|uses|gave|quoted"
    r"|keyed|has|had)"
)
_IT_IS: Final = (
    r"(?:that\s)?(?:(?:it|that|this)(?:\sis|\swas|'s|\u2019s)\s|its\s|is\s|was\s|to\sbe\s)?(?:(?:now|still|just)\s)?"
)
_WORD: Final = (
    r"(?:the\sword\s)?[\"'\u201c\u2018]?(?P<secret>(?!\[)[^\s\"'\u201c\u201d\u2018\u2019\ue000,;:()]{3,40}(?<![.!?]))"
    r"[\"'\u201d\u2019]?"
)
_CAPITAL: Final = r"[\"']?(?P<secret>(?-i:[A-Z])[\w'-]{2,30})[\"']?"
_END: Final = (
    r"(?=\s*(?:[.,;:!?)](?:\s|\Z)|\Z|[\r\n]|\s[-\u2013]\s)|\s(?:and|but|so|when|after|then|which|as|for|that's|correct"
    r"|right|wrong|instead|twice|again|today|this\stime|matched|matches|ok|accepted|passed|worked|works|verified|confirmed"
    r"|failed)(?!\w))"
)
_ORDINAL: Final = r"(?:old|new|first|second|previous|current|other|right|correct)"


def near_passwords(text: str) -> Iterator[Span]:
    """Yield the passwords. Linear in the length: each pattern reads a bounded number of signs after a name."""
    if not _HINT.search(text):
        return
    for pattern in _patterns():
        for found in pattern.finditer(text):
            if _is_password(found["secret"]):
                yield found.span("secret")


def _is_password(word: str) -> bool:
    lower = word.lower().rstrip("'\u2019")
    if lower in _NO_WORD or lower.partition("-")[0] in _NO_WORD or lower.partition("'")[0] in _NO_WORD:
        return False
    long_number = word.isdecimal() and len(word) >= _FEWEST_DIGITS
    return long_number or is_strong(word) or (word.isalpha() and len(word) > len("ten") and not is_participle(word))


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    when_asked = rf"(?:when|after|as)\s{_WHO}\s(?:was\s|were\s)?(?:asked|asking|prompted|pressed|pushed)\s(?:for|about)"
    of_place = r"(?:\s(?:on|for|of|to|from|in)\s[^.;!?,\r\n\ue000]{1,40}?)?"
    somebody = rf"{_WHO}\s(?:then\s|just\s)?{_SAYING}"
    few = r"[^.;!?\r\n\ue000]{0,50}?"
    into = r"(?:in|into|as|for|in\sas|in\sfor|down\sas|under)"
    renewed = r"[^.;!?\r\n\ue000]{0,30}?(?:reset|changed|set|updated|new|sorted|done)[^.;!?,\r\n\ue000]{0,20}?[.,;]"
    it_now = r"(?:it(?:\sis|'s|\u2019s)|its|new\sone(?:\sis|'s)?|now|now\sit(?:\sis|'s)?)"
    quoting = r"(?:with|by|using|quote|quoted|gave|give|say|said|says|needs|asks?\sfor|asked\sfor)"
    whom = r"(?:for|with|w/|on|at|of|from|in)\s(?:(?:the|her|his|their|our|all|my)\s)?[a-z-]{3,15}"
    stays = r"(?=[.,;!]?\s*(?:\Z|[\r\n])|[.,;]\s|\s(?:since|and|but|so|when)\s)"
    described = r"(?:is|was)\s(?:her|his|the|their|my|a|an|still)\s[a-z'\s]{3,30}"
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            # "asked for memorable word, cust said lighthouse", "for her security word she picked nightingale"
            rf"{_NAME}{of_place}[,.?;:]?(?:\s-)?\s(?:and\s|but\s)?{somebody}\s{_IT_IS}{_WORD}{_END}",
            # "What is the password on the account? Sandpiper she said"
            rf"{_NAME}{few}\?\s{_IT_IS}{_WORD},?\s(?:{_WHO}\s(?:said|says|goes|replied)|was\sthe\sanswer)(?!\w)",
            # "she said it's Tinkerbell when i asked for the password"
            rf"(?<![^\W_]){_SAYING}\s{_IT_IS}{_WORD},?\s{when_asked}\s{_NAME}",
            # "typed sunflower into the password box", "gave Kestrel for the memorable word"
            rf"(?<![^\W_]){_PUTTING}\s(?:in\s)?{_WORD}\s{into}\s{_NAME}",
            # "a password of otter for the neighbour"
            rf"(?<![^\W_])(?:{_WHOSE}|collection)\s{_NAME}\s(?:of|called|like)\s{_WORD}{_END}",
            # "the old one was buttercup and new one is daffodil", after or before the name
            rf"{_NAME}[^!?\r\n\ue000]{{0,60}}?\s{_ORDINAL}\sone\s(?:is|was)\s{_WORD}{_END}",
            rf"(?<![^\W_]){_ORDINAL}\sone\s(?:is|was)\s{_WORD}(?=[^.;!?\r\n\ue000]{{0,60}}?{_NAME})",
            # "password reset. It's now Harvest#21"
            rf"{_NAME}\s{renewed}\s{it_now}\s(?:now\s)?{_WORD}{_END}",
            # "safe word for callbacks pineapple", "code word w/ the family is Sparrow"
            rf"(?<![^\W_]){_OF_WORDS}\s{whom}(?:\s(?:is|was)|:)?\s{_WORD}{stays}",
            rf"(?<![^\W_])(?:{_OF_WORDS}|(?<=the\s)word)\s{whom}(?:\s[a-z]{{3,15}}){{0,2}}(?:\s(?:is|was)|:)\s{_WORD}{stays}",
            # After the name, with a verb or a sign between, or with a capital letter: "keyword Jacaranda".
            rf"(?<![^\W_]){_OF_WORDS}(?:\s(?:is|was|given|set\sto|set\sas)|\s?[:=])\s{_WORD}{stays}",
            rf"(?<![^\W_]){quoting}\s(?:(?:the|her|his|our|a)\s)?(?:{_OF_WORDS}|word)\s{_CAPITAL}{stays}",
            rf"(?<![^\W_]){_OF_WORDS}\s{_CAPITAL}(?=[.,;!]?\s*(?:\Z|[\r\n])|[.,;]\s|\s(?:was|is|has|and|not|agreed)\s)",
            # A word that is named as the password: "the name of her cat, Mittens, as password"
            rf"{_NAME}{few}\s(?:is|was|be)\s(?:the\s)?(?:word|name|phrase)\s{_WORD}",
            rf"(?<![^\W_])(?:name|title|nickname)\sof\s[^.;,!?\r\n\ue000]{{3,25}},\s{_CAPITAL},\sas\s{_NAME}",
            # After a clause about the name: "the passcode word they set in 2019 was Albatross"
            rf"(?<![^\W_]){_OF_WORDS}\s(?:that\s)?{_WHO}\s[^.;,!?\r\n\ue000]{{2,30}}?\s(?:is|was)\s{_WORD}{stays}",
            rf"(?<![^\W_])(?:with|and|using)\s(?:the\s|a\s)?(?:pass\s?word|pw|pwd)\s{_WORD}{stays}",
            # After words in brackets, a reminder, or what it is: "is her birthday, 12041987"
            rf"{_NAME}\s\([^()\r\n\ue000]{{2,20}}\)\s?[-:=]\s?{_WORD}{stays}",
            rf"(?<![^\W_])name\s{_CAPITAL}\s[^.;,!?\r\n\ue000]{{0,30}}?\s?as\s{_NAME}",
            rf"(?<![^\W_]){_OF_WORDS}[^.;\r\n\ue000]{{0,50}}?,\s(?:the\s)?word\s(?:is|was)\s{_WORD}{_END}",
            rf"{_NAME}[^.;:!?\r\n\ue000]{{2,50}}:\s(?P<secret>(?=\S{{0,40}}\d)(?=\S{{0,40}}[^\W\d_])[^\s\ue000\[]{{5,40}}(?<![.,;:!?])){stays}",
            rf"{_NAME}\s{described},\s{_WORD}{_END}",
            rf"{_NAME}{few}\s{described}\s(?P<secret>\d{{4,8}})(?!\w)",
            # "he has used letmein since 2009 as his password"
            rf"(?<![^\W_]){_PUTTING}\s(?:in\s)?{_WORD}\s(?:since|for|all)\s[^.;,!?\r\n\ue000]{{2,20}}?\sas\s{_NAME}",
            # "password was Bluebell; caller said Bluebird"
            rf"{_NAME}\s(?:is|was)\s[^\s.;]{{2,40}}?[;,]\s(?:but\s)?{somebody}\s{_WORD}{_END}",
            # "we agreed that I say tulip when I call back"
            rf"(?<![^\W_])(?:agreed|arranged)\s(?:that\s)?{_WHO}\s(?:will\s)?(?:say|says|use|ask\sfor)\s{_WORD}(?=,?\s(?:when|so|each|every)\s)",
            # "letters 2 and 5 of the memorable word, she gave me all of it, harvest"
            rf"{_NAME},?\s{somebody}\s(?:me\s|us\s)?(?:all\sof\sit|the\swhole\s\w+|everything|it\sall)[,:]\s{_WORD}{_END}",
            # "hint says grandfather, he tried Ignatius and it let him in"
            rf"(?<![^\W_])hint[^.;\r\n]{{1,40}}?,\s{_WHO}\s(?:tried|used|typed|entered)\s{_WORD}\s(?:and|which)\s(?:it\s)?(?:let|got|logged|worked)(?!\w)",
        )
    )
