"""Passwords and answers to security questions, recognised by the words around them.

A password can be any word, so nearly every word after "password is" is masked, except words about the password
("wrong", "expired").
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    Span = tuple[int, int]

_WATCHWORD: Final = (
    r"pass\s?words?|passwd|pass\s?phrase|passwort|kennwort|pwd|pw|mot\sde\spasse|contrase\u00f1a|senha|wachtwoord"
)
_ANSWER: Final = r"security\sanswer|secret\s(?:answer|word)|memorable\sword|(?:mother'?s\s)?maiden\sname"
_WATCHWORD_HINTS: Final = (
    "pass", "kennwort", "pwd", "pw", "contrase", "senha", "wachtwoord", "maiden", "memorable", "security answer",
    "secret",
)  # fmt: skip
# What is said of a password rather than said as one.
_SAID_OF_IT: Final = (
    "a|again|all|already|also|always|an|and|another|as|asked|at|be|because|been|being|blank|blocked|but|by|can|cannot|"
    "case|changed|checked|compromised|confidential|correct|default|different|disabled|due|easy|emailed|empty|enough|"
    "entered|expired|expiring|failed|fine|for|forgotten|from|getting|given|going|gone|good|hard|her|hers|his|how|if|"
    "ignored|impossible|in|incorrect|invalid|it|known|leaked|locked|long|lost|mailed|mandatory|mine|missing|my|needed|"
    "never|no|nobody|none|not|now|of|off|ok|okay|old|on|only|or|out|outdated|please|private|protected|ready|rejected|"
    "refused|required|reset|resent|right|safe|same|saved|secret|secure|sent|set|shared|short|shown|so|still|stolen|"
    "stored|strong|than|that|the|their|theirs|there|this|to|too|twice|undefined|under|unknown|unsafe|until|updated|"
    "useless|valid|very|weak|what|when|where|which|why|with|without|working|written|wrong|yes|yet|your"
)
_MASKED: Final = r"\[[a-zA-Z -]{2,20}\]|\*+(?!\S)"


def passwords(text: str) -> Iterator[Span]:
    """Yield the passwords, and the answers to security questions."""
    lower = text.lower()
    if not any(map(lower.count, _WATCHWORD_HINTS)):
        return
    for pattern in _password_patterns():
        for found in pattern.finditer(text):
            yield found.span("secret")


@cache
def _password_patterns() -> tuple[re.Pattern[str], ...]:
    """Compile the patterns of passwords."""
    quoted = "|".join(
        rf"(?<={left})(?!{_MASKED})[^{right}\n]{{1,80}}(?={right})"
        for left, right in ('""', "''", "“”", "\u2018’", "„“")
    )
    # A dot or a bracket at the end belongs to the sentence.
    word = r"[^\s\"'“”\u2018’„][^\s\"”]{0,80}(?<![.,;:)\]])"
    said = rf"(?!(?:{_SAID_OF_IT})(?![^\s.,;:!?)]))(?!{_MASKED}){word}"
    opening = "[\"'“\u2018„]?"
    whose = (
        r"(?:\s(?:for|to|of|on)\s(?:the|her|his|their|my|this)\s[\w-]{1,20}"
        r"|\s(?:that\s)?(?:she|he|they|i)\s(?:uses?|used|gave|has|had|says?|said|chose|set))?"
    )
    is_ = (
        r"(?:['\u2019]s\s|\s?(?:=|:|->|=>|\u2192)\s?"
        r"|\s(?:is|was|are|ist|war|es|est|\u00e9|reads)\s(?:(?:now|still|actually)\s|:\s?)?)"
    )
    strong = r"(?=[^\s]{0,80}[\d!@#$%^&*])(?=[^\s]{0,80}[^\W\d_])[^\s\"'“”]{4,81}(?<![.,;:)\]])"
    begins = r"(?<![^\W\d_])(?<!one[\s-]time[\s-])"
    clause = (
        rf"(?!(?:{_SAID_OF_IT.replace('correct|', '')})(?![\w-]))(?!{_MASKED})[^\s,.;\"'\[*][^\n,.;\"]{{0,80}}(?<!\s)"
    )
    patterns = (
        rf"{begins}(?:pass\s?phrase){whose}{is_}{opening}(?P<secret>{quoted}|{clause})",
        rf"{begins}(?:{_WATCHWORD}|{_ANSWER}){whose}{is_}{opening}(?P<secret>{quoted}|{said})",
        rf"{begins}(?:{_WATCHWORD})\s[\"'“\u2018„](?P<secret>{quoted})",
        rf"{begins}(?:{_WATCHWORD}|pass)(?:\s?[:=-]\s?|\s)(?P<secret>(?!{_MASKED}){strong})",
        (
            rf"{begins}(?:changed?|reset|set)\s(?:(?:the|her|his|their|my)\s)?(?:{_WATCHWORD})\s(?:in)?to\s{opening}"
            rf"(?P<secret>{quoted}|{said})"
        ),
        (
            rf"(?<!\S)(?P<secret>(?!(?:{_SAID_OF_IT}|said|here)\s)(?!{_MASKED})[^\s\"']{{3,80}})"
            rf"(?=\s(?:is|was)\s(?:the|her|his|their|my)\s(?:wi-?fi\s|new\s|old\s)?(?:{_WATCHWORD})(?!\w))"
        ),
    )
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
