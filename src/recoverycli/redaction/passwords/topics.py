"""Answers to security questions, told by what is asked and by what shows that it was checked.

"name of first boss Desmond, security answer accepted", "town he was born Galway, security passed", "answered Nissan for
first car". What is asked may be told for another reason; so an answer counts beside words of checking only.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from recoverycli.redaction.passwords.structure import is_word
from recoverycli.redaction.passwords.words import NO_ANSWER

if TYPE_CHECKING:
    from collections.abc import Iterator

    Span = tuple[int, int]

_HINT: Final = re.compile(
    r"first|1st|fav|childhood|best|oldest|maiden|middle|birth|born|memorable|grew|live|met|pet|dog|cat|nickname|marri"
    r"|answer|where",
    re.IGNORECASE,
)
_FIRST: Final = r"(?:fav|favou?rite|first|1st|childhood|best|oldest|eldest|youngest|primary|secondary|high)"
_ASKED: Final = (
    r"(?:pet|car|school|teacher|job|boss|street|road|film|movie|food|dish|colou?r|book|band|singer|artist|song|team|club"
    r"|city|place|town|friend|dog|cat|holiday|destination|subject|manager|employer|house|nickname|child|kid|son|daughter"
    r"|sibling|brother|sister|cousin|crush|kiss|concert|phone|game|toy|author|actor|actress|sport|player|animal|drink"
    r"|flower|hero|character|company)(?:'?s)?(?:\s(?:at|in|from|of)\s(?:primary\s|high\s|secondary\s)?(?:school|childhood|work))?"
)
_KIN: Final = (
    r"(?:mother|mum|mom|mam|ma|father|dad|gran|nan|granny|grandmother|grandma|grandad|grandfather|aunt|uncle|sister"
    r"|brother|son|daughter|wife|husband|partner|spouse)(?:['\u2019]?s)?"
)
_WHOSE: Final = r"(?:(?:her|his|their|the|my|a|your|cust's|customer's)\s)?"
_WHO: Final = r"(?:she|he|they|cust|customer|caller|cx|i|you)"
_LIVED: Final = (
    r"(?:(?:was|were)\s(?:born|raised|brought\sup)(?:\s(?:in|on|at))?|grew\sup(?:\s(?:in|on|at))?|lived(?:\s(?:in|on|at))?"
    r"|went\sto|attended|(?:got\s)?married(?:\sin)?|met\s(?:her|his|their|my|your)\s(?:wife|husband|partner|spouse)"
    r"(?:\sin|\sat)?)"
)
_PLACE: Final = r"(?:town|city|village|place|hospital|street|road|house|county|country|school|where)"
_TOPIC: Final = (
    rf"(?<![^\W_])(?:{_FIRST}\s{_ASKED}(?:\sname)?(?!\swith)|(?:middle|maiden)\s(?:sur)?name(?:\sof\s{_WHOSE}{_KIN})?"
    rf"|{_KIN}\s(?:maiden|middle|first|birth)(?:\s(?:sur)?name)?|{_KIN}\s(?:sur)?name\sbefore\s(?:she\s)?marri(?:age|ed)"
    rf"|(?:place|town|city|hospital|country|county)\sof\sbirth|birth\s?place|name\sof\s{_WHOSE}{_FIRST}\s{_ASKED}"
    r"|(?:pet|dog|cat|horse|hamster|rabbit)(?:['\u2019]?s)?\sname|memorable\s(?:place|word|name)"
    rf"|{_PLACE}\s(?:where\s|that\s|which\s)?{_WHO}\s{_LIVED})(?![^\W_])"
)
_NAME: Final = (
    r"(?P<secret>(?:(?<=\sa\s)[a-z]{3,10}\s)?"
    r"(?-i:[A-Z])[\w'\u2019.]{1,30}(?:[ -](?-i:[A-Z])[\w'\u2019]{1,30}){0,2})(?<!\.)"
)
_ANSWER: Final = rf"[\"'\u201c]?{_NAME}[\"'\u201d]?(?![^\W_])"
_PLAIN: Final = r"[\"'\u201c]?(?P<secret>[a-z]{3,20})[\"'\u201d]?(?![^\W_])"
_VERDICT: Final = (
    r"(?:passed|accepted|match(?:es|ed)?|matching|ok|okay|correct|correctly|right|wrong|incorrect|verified|confirmed"
    r"|failed|rejected|not\smatch(?:ing|ed)?|didn'?t\smatch)"
)
_SYSTEM: Final = r"(?:the\s)?(?:file|system|record|records|account|crm|screen|we|it)\s(?:says?|has|have|shows?|had)"
_CHECKED: Final = rf"(?:security|sec|answer|answered|{_VERDICT}|dpa|id&v|idv|used\s(?:as|for)\ssec|{_SYSTEM})"
_SECURITY: Final = re.compile(
    r"(?<![^\W_])(?:security|secret|sec|dpa|id&v|idv|verif\w*|challenge|hint|sq\d?|identity|answered\s(?:both|all|right|correctly))"
    r"(?![^\W_])",
    re.IGNORECASE,
)
_LEADS: Final = (
    r"(?:\s?[,:=?-]{0,2}\s?(?:according\sto\s(?:him|her)\s)?(?:(?:is|was|being)(?:\sa|\san|\sthe)?"
    r"|(?:given|noted|recorded|stated)(?:\sas)?|(?:she|he|cust|customer|caller|they)\s(?:gave|says|said|answered|replied|put)"
    r"|gave|says|said|answered|as|on\sfile)?)"
)
_DATE: Final = (
    r"(?P<secret>\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6},?\s\d{4}"
    r"|\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}|(?:19|20)\d\d|\d{6,8})(?!\d)"
)


def question_topics(text: str) -> Iterator[Span]:
    """Yield the answers. Linear in the length: each pattern reads a bounded number of signs around a question."""
    if not _HINT.search(text):
        return
    patterns = (*_checked_patterns(), *(_security_patterns() if _SECURITY.search(text) else ()))
    for pattern in patterns:
        yield from (found.span("secret") for found in pattern.finditer(text) if _is_answer(found["secret"]))
    yield from (found.span("secret") for found in _date_pattern().finditer(text))


def _is_answer(words: str) -> bool:
    return is_word(words) and words.lower() not in NO_ANSWER


@cache
def _checked_patterns() -> tuple[re.Pattern[str], ...]:
    """An answer before or after its question, near words of checking."""
    checked = rf"(?=[^.;\r\n]{{0,40}}?(?<![^\W_]){_CHECKED}(?![^\W_]))"
    was = (
        r"[,.]?\s(?:-\s)?(?:(?:she|he|they|cust|customer|that|which|it)\s(?:got\s(?:it|that)\s|was\s|is\s)|is\s|was\s)?"
    )
    answered = r"(?:answered|answers|gave|said|replied|quoted|guessed|tried)"
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"(?<![^\W_])answer\s(?:is\s|was\s|given\s)?{_ANSWER}\s\((?:her\s|his\s)?{_TOPIC}\)",
            rf"{_TOPIC}{_LEADS}\s{_ANSWER}{checked}",
            rf"{_TOPIC}[^;\r\n\ue000]{{0,20}}?[\s,](?:a|answer|ans)\s?[=:]\s?{_ANSWER}",
            rf"{_TOPIC}{_LEADS}\s{_PLAIN}{was}{_VERDICT}(?![^\W_])",
            rf"(?<![^\W_]){answered}\s{_ANSWER}\s(?:for|to|as|on)\s{_WHOSE}{_TOPIC}",
            rf"{_TOPIC}[^.;\r\n\ue000]{{0,45}}?,\s{_SYSTEM}\s{_ANSWER}",
            rf"(?<![^\W_])answered\s(?:(?:the|her|his|a)\s)?(?:security\s)?question[^.;,\r\n\ue000]{{0,40}}?\swith\s{_ANSWER}",
            rf"(?<![^\W_])answer\son\s(?:file|record|the\ssystem)\s(?:is|was|says)\s{_ANSWER}",
            rf"(?<![^\W_])answer\son\sfile[^.;\r\n]{{0,30}}?,\s{_WHO}\s{answered}\s{_ANSWER}{checked}",
            rf"{_KIN}\s(?:was|is)\s(?:born|a)\s{_ANSWER}(?=[^.;\r\n]{{0,40}}?maiden)",
            rf"{_TOPIC}[^.;,\r\n\ue000]{{0,15}}?,\s{answered}\s{_ANSWER}",
            rf"(?<=maiden\sname)[^.;\r\n\ue000]{{0,25}}?,\s{_WHO}\s{answered}\s{_ANSWER}",
            # "What was your first job? "Paper round", he said"
            rf"{_TOPIC}\?\s[\"'\u201c](?P<secret>[^\"'\u201c\u201d\r\n]{{3,40}}),?[\"'\u201d],?\s{_WHO}\s(?:said|says|answered)",
            # "answer to the security question, blue Vespa, was accepted"
            (
                r"(?<![^\W_])answer\sto\s(?:the|her|his)\s(?:security|secret)\squestion(?:,|:|\s-)\s(?P<secret>[^,.;:\r\n]{3,30}),?\s"
                rf"(?:was|is)\s{_VERDICT}(?![^\W_])"
            ),
        )
    )


@cache
def _security_patterns() -> tuple[re.Pattern[str], ...]:
    """An answer after its question, in a line that speaks of security."""
    end = r"(?=[\"'\u201d]?(?:[.,;:!)]|\s*\Z|[\r\n]|\s[-\u2013/]\s|\s(?:and|but|so|then)\s))"
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"{_TOPIC}{_LEADS}\s{_ANSWER}{end}",
            rf"(?<![^\W_]){_ASKED}\s?[-\u2013:=]\s?{_ANSWER}{end}",
            rf"(?<![^\W_])(?:grew\sup|(?:was\s)?born|married)\s(?:in|at|on)\s{_ANSWER}{end}",
            rf"(?<![^\W_]){_NAME}\s(?:is|was|as|for|being)\s{_WHOSE}{_TOPIC}",
            (
                rf"{_TOPIC}(?:\saccording\sto\s(?:him|her)\s(?:is|was)|[,:.?]?\s(?:and\s|but\s)?{_WHO}\s(?:said|gave|answered|replied|says))"
                rf"\s{_PLAIN}{end}"
            ),
            rf"(?<![^\W_]){_SYSTEM}\s[\"'\u201c](?P<secret>[^\"'\u201c\u201d\r\n]{{2,30}})[\"'\u201d]",
            rf"(?<![^\W_])(?:security|secret)\sanswers?(?:\s(?:are|were|given))?\s?[:=]?\s[^.;,\r\n]{{2,30}}?(?:\sand|,)\s{_ANSWER}{end}",
            rf"(?<![^\W_])(?:security|secret)\sanswers(?:\s(?:are|were|given))?\s?[:=]?\s{_ANSWER}(?=\sand\s|,)",
            rf"{_TOPIC}[.?]\s{_WHO}\s(?:said|gave|answered|replied|says)\s{_ANSWER}{end}",
        )
    )


@cache
def _date_pattern() -> re.Pattern[str]:
    """A date that somebody chose: "memorable date on file 22 Aug 1979"."""
    return re.compile(
        rf"(?<![^\W_])(?:memorable|special)\s(?:date|day|year|place[^.;\r\n]{{1,20}}?date)[^.;\r\n\d]{{1,20}}?{_DATE}",
        re.IGNORECASE,
    )
