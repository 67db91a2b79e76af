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
    r"|p/w|passw|psw|pword|pass\s?code\sword|wi-?fi\skey"
)
_ANSWER: Final = (
    r"security\s(?:answer|word)|secret\s(?:answer|word)|safe\sword|memorable\s(?:word|name|place|answer)"
    r"|(?:(?:mother|mum|mom)(?:['\u2019]?s)?\s)?maiden\sname(?:\sof\s(?:the|her|his|their|my)\smother)?"
    r"|answer\s(?:to|for|of)\s(?:(?:the|her|his|their|my|a)\s)?(?:security|secret)\squestion|(?:security|secret)\squestion\sanswer"
    r"|name\sof\s(?:(?:the|her|his|their|my)\s)?first\s(?:pet|school)|first\s(?:pet|school)(?=\s?[:=])"
)
_WATCHWORD_HINTS: Final = (
    "pass", "kennwort", "pwd", "pw", "contrase", "senha", "wachtwoord", "maiden", "memorable", "security",
    "secret", "wifi", "wi-fi", "p/w", "psw", "safe word", "first pet", "first school",
)  # fmt: skip
# What is said of a password rather than said as one.
_SAID_OF_IT: Final = (
    "a|accepted|any|hidden|masked|does|did|is|was|has|had|have|will|she|he|they|we|i|you|customer|caller|who|"
    "again|all|already|also|always|an|and|another|as|asked|at|be|because|been|being|"
    "blank|blocked|but|by|can|cancelled|cannot|case|changed|checked|cleared|compromised|confidential|"
    "confirmed|correct|declined|default|different|disabled|due|easy|emailed|empty|enough|entered|expired|"
    "expiring|failed|fine|for|forgotten|from|getting|given|going|gone|good|hard|her|hers|his|how|if|"
    "ignored|impossible|in|incorrect|invalid|it|known|leaked|locked|long|longer|lost|mailed|mandatory|"
    "matched|mine|missing|my|needed|never|no|nobody|none|not|noted|now|of|off|ok|okay|old|on|only|"
    "or|out|outdated|pending|please|private|protected|provided|ready|recorded|refused|rejected|replaced|"
    "required|resent|reset|restored|right|safe|same|saved|secret|secure|sent|set|shared|short|shorter|"
    "shown|so|something|still|stolen|stored|strong|stronger|taken|than|that|the|their|theirs|there|"
    "this|to|too|twice|unchanged|undefined|under|unknown|unlocked|unsafe|until|updated|useless|valid|"
    "verified|very|visible|weak|weird|what|whatever|when|where|which|why|with|without|working|written|"
    "wrong|yes|yet|your"
)
# What else may follow the name of a password, or of an answer, at the end of a sentence.
_OUTCOMES: Final = (
    "done|nothing|thanks|thx|solved|works|working|tomorrow|later|instead|either|differs|differed|fails|accepted|advice|back|confirmed|declined|earlier|field|form|game|herself|himself|hint|hints|instructions|link|manager|"
    "match|matched|matches|mismatch|noted|online|option|options|over|page|passed|pending|policy|process|prompt|provided|"
    "question|questions|request|rules|screen|skipped|system|taken|themselves|tips|today|tool|verified|yesterday"
)
_AS_TOLD: Final = (
    "advised|agreed|before|described|directed|discussed|follows|instructed|normal|per|planned|promised|requested|she|he|"
    "they|soon|told|usual|we|you|i|well"
)
# What follows "from" where a password was changed, other than the old password.
_FROM: Final = (
    r"(?!(?:here|there|home|work|time|day|one|start|scratch|abroad|remote|today|[a-z]{2,6}day|side|mobile|desktop)\s)"
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
    said = rf"(?!(?:{_SAID_OF_IT})(?![^\s.,;:!?)]))(?!\d{{1,2}}\s(?:characters|letters|digits))(?!{_MASKED}){word}"
    last = r"(?=[.,;:!?)\"'\u201d\u2019]{0,3}(?:\Z|[\r\n]|(?<=[.,;:!?)])\s|\s(?:for\snow|and|but)\s|\sfor\snow))"
    # A participle or an adverb is said of the password.
    alone = rf"(?!(?:{_OUTCOMES}|(?-i:[a-z]{{3,20}}(?:ed|ing|ly)))(?![\w-]))(?=\S{{3}}){said}{last}"
    their = (
        r"(?:(?:the|a|an|her|his|their|my|our|this)\s)?(?:(?:new|old|temporary|temp|portal|account|wi-?fi|online)\s)?"
    )
    opening = "[\"'“\u2018„]?"
    whose = (
        r"(?:\s(?:for|to|of|on)\s(?:the|her|his|their|my|this)\s[\w-]{1,20}|\s(?:given|used|chosen|provided|sent)(?:\sto\s(?:(?:the\s)?(?:customer|caller|client)|her|him|them))?"
        r"|,?\s(?:that\s)?(?:she|he|they|i|we)\s(?:uses?|used|gave|has|had|says?|said|chose|set|told|sent|read|wants)"
        r"(?:\s(?:to\s)?(?:me|us|her|him|them|you))?,?)?"
    )
    is_ = (
        r"(?:['\u2019]s\s|\s?(?:=|:|->|=>|\u2192)\s?"
        r"|\s(?:is|was|are|ist|war|es|est|\u00e9|reads|(?:will|should|would|shall|must|can)\sbe"
        r"|(?:was\s)?(?:changed|reset|set)\s(?:to|as)|(?:given|recorded|noted|entered|confirmed)\sas)\s(?:(?:now|still|actually)\s|:\s?)?)"
    )
    strong = r"(?=[^\s]{0,80}[\d!@#$%^&*])(?=[^\s]{0,80}[^\W\d_])[^\s\"'“”]{4,81}(?<![.,;:)\]])"
    begins = r"(?<![^\W\d_])(?<!one[\s-]time[\s-])"
    clause = (
        rf"(?!(?:{_SAID_OF_IT.replace('correct|', '')})(?![\w-]))(?!{_MASKED})[^\s,.;\"'\[*][^\n,.;\"]{{0,80}}(?<!\s)"
    )
    before = rf"(?:{_MASKED}|(?!(?:{_SAID_OF_IT})\s)[^\s\"]{{1,80}})"
    patterns = (
        rf"{begins}(?:pass\s?phrase){whose}{is_}{opening}(?P<secret>{quoted}|{clause})",
        rf"{begins}(?:{_WATCHWORD}|{_ANSWER}){whose}{is_}{opening}(?P<secret>{quoted}|{said})",
        rf"{begins}(?:{_WATCHWORD})\s[\"'“\u2018„](?P<secret>{quoted})",
        rf"{begins}(?:{_WATCHWORD}|pass)(?:\s?[:=-]\s?|\s)(?P<secret>(?!{_MASKED}){strong})",
        (
            rf"{begins}(?:changed?|reset|set)\s(?:(?:the|her|his|their|my)\s)?(?:{_WATCHWORD})\s(?:in)?to\s{opening}"
            rf"(?P<secret>{quoted}|{said})"
        ),
        rf"{begins}(?:set|changed?|reset)\s{their}(?:{_WATCHWORD})\sas\s{opening}(?!(?:{_AS_TOLD})\b)(?P<secret>{quoted}|{alone})",
        rf"{begins}(?:{_WATCHWORD})\s(?:was\s|has\sbeen\s)?(?:changed|reset)\sfrom\s{_FROM}(?P<secret>{said})(?=\s(?:in)?to\s)",
        rf"{begins}(?:{_WATCHWORD})\s(?:was\s|has\sbeen\s)?(?:changed|reset)\sfrom\s{_FROM}{before}\s(?:in)?to\s(?P<secret>{said})",
        rf"{begins}(?:changed?|reset)\s{their}(?:{_WATCHWORD})\sfrom\s{_FROM}(?P<secret>{said})(?=\s(?:in)?to\s)",
        rf"{begins}(?:changed?|reset)\s{their}(?:{_WATCHWORD})\sfrom\s{_FROM}{before}\s(?:in)?to\s(?P<secret>{said})",
        (
            rf"{begins}(?:gave|told|sent|read|give|tell)\s(?:her|him|me|us|them|you)\s{their}(?:{_WATCHWORD})[,:]?\s"
            rf"(?P<secret>{alone})"
        ),
        rf"{begins}(?:{_ANSWER}|(?:voice|verbal|telephone|security)\spassword)\s(?P<secret>{alone})",
        rf"{begins}(?:{_ANSWER}|{_WATCHWORD})(?:\s[-\u2013]|\snow)\s(?P<secret>{alone})",
        rf"{begins}(?:her|his|their|my)\spass\s(?:is|was)\s(?P<secret>{alone})",
        (
            rf"{begins}(?:uses?|used|using|chose|wants?|typed|enter|entered|set)\s(?P<secret>(?!(?:{_SAID_OF_IT})\s)"
            rf"(?!{_MASKED})[^\s\"']{{3,80}})(?=\sas\s{their}(?:{_WATCHWORD})(?!\w)(?!\s(?:hint|manager|field)))"
        ),
        (
            rf"(?<!\S)(?P<secret>(?!(?:{_SAID_OF_IT}|said|here)\s)(?!{_MASKED})[^\s\"']{{3,80}})"
            rf"(?=\s(?:is|was)\s(?:the|her|his|their|my)\s(?:wi-?fi\s|new\s|old\s)?(?:{_WATCHWORD})(?!\w))"
        ),
    )
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
