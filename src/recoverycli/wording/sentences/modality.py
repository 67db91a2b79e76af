"""What a text supposes, and what it reports of others without saying it itself. Pure: no screen, no file, no clock.

Both are scopes of cues, as in ConText, which adds "hypothetical" to the negation of NegEx (Harkema, Dowling, Thornblade
and Chapman 2009, "ConText: an algorithm for determining negation, experiencer, and temporal status from clinical
reports", Journal of Biomedical Informatics 42). That reported words are the claim of their source and not of the writer
follows FactBank (Saur\u00ed and Pustejovsky 2009, Language Resources and Evaluation 43). The lists are our own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from recoverycli.wording.sentences.clauses import REASONS
from recoverycli.wording.sentences.cues import find, mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoverycli.wording.search.phrases import TokenizedText
    from recoverycli.wording.sentences.clauses import Clause

# What follows in the clause is supposed.
_SUPPOSING = (
    "if/unless/whether/suppose/supposing/imagine/assuming/providing/assume",
    "provided (that)",
    "in case",
    "as/so long as",
    "in the event",
    "on condition",
    "as though",
    "otherwise/hypothetically",
    "let us say",
    "^ say it/this/that/there/we/I/our",
    "I/we wish I/we/it/that/this/there",
)
# "Had we lost it, we would pay": a condition by the order of its words, where its clause begins.
_INVERTED = ("had/should/were I/we/you/he/she/they/it/this/that/there/our/your/my/the/any/anything/anyone",)
_VERBS = (
    "be/do/give/send/refund/say/tell/call/offer/make/get/go/help/want/need/take/pay/replace/check/ask/know/see/have/"
    "apologise/apologize/fix/repair/bring/cover/swap/hate/admit/own/change/train/stop/forgive"
)
_WOULD_OR_HAD = "I'd/we'd/you'd/he'd/she'd/they'd/it'd/that'd"
# The whole clause is supposed: the subject stands before the cue. "I'd" is "I had" as well, so it needs a verb.
_CONDITIONAL = ("would/might", "could/may (not/never) have/of", f"{_WOULD_OR_HAD} (not/never/also) {_VERBS}")
# Politeness, and questions.
_NOT_CONDITIONAL = (
    "would (really/also/very/much/so) like/love/prefer/appreciate/rather",
    "would gladly/happily",
    "would be (very/more/so/only) (than) happy/glad/pleased/delighted/grateful",
    f"{_WOULD_OR_HAD} be (very/more/so/only) (than) happy/glad/pleased/delighted/grateful",
    f"{_WOULD_OR_HAD} gladly/happily",
    "would you/it/that/this",
    "would not/never want/wish",
)
_SOURCES = (
    "you/he/she/they/customer/caller/letter/email/mail/message/website/notice/contract/manager/colleague/supervisor/"
    "agent/driver/courier/system/invoice/bill/report/note/somebody/someone/everyone/everybody/people/bank/neighbour/"
    "neighbor/husband/wife/partner/son/daughter/mother/father/friend/doctor/lawyer/guest/technician/engineer/shop/"
    "review/article/newspaper/paper/post/tweet/form/page/screen/app/carrier/airline/supplier/police/insurer/who"
)
_VERBS_OF_REPORT = (
    "told/said/say/says/wrote/writes/claim/claims/claimed/mentioned/mention/mentions/promised/promise/stated/state/"
    "states/reads/read/think/thinks/thought/believe/believes/believed/heard/feel/feels/felt/insist/insists/insisted/"
    "reports/reported/suggest/suggests/suggested/assume/assumes/assumed/complain/complains/complained/argue/argues/"
    "argued/swear/swears/swore/reckon/reckons/alleges/alleged/suspect/suspects/accuse/accuses/accused/blame/blames/"
    "blamed"
)
_SAYING = "saying/claiming/suggesting/implying/telling/accusing/blaming/insisting/thinking/assuming"
_WANT = "want/wants/wanted/expect/expects/expected/demand/demands/demanded"
_REPORTING = (
    f"{_SOURCES} (have/has/had) (also/already/never/now/still/even) {_VERBS_OF_REPORT}",
    f"you/he/she/they are/is/was/were (now/still) {_SAYING}",
    "you/he/she/they/customer have/has been saying/claiming/telling",
    f"you/he/she/they/customer keep/keeps/kept (on) {_SAYING}",
    "it says (here/there/in)",
    "I/we/you/he/she/they was/were told",
    "I/we/you/he/she/they have/has/had been told",
    "according to",
    "your/his/her/their claim/complaint (is/was) that",
    "the/your/his/her/their/this/that/a claim/allegation/accusation/suggestion/rumour/idea/theory/impression that",
    "supposedly/allegedly/apparently",
    "your words were/are",
    "in your/his/her/their opinion/view/words/eyes",
    # What others want said or done.
    f"you/he/she/they/customer {_WANT} that/me/us",
    "you/he/she/they/customer ask/asks/asked/tell/tells/order/ordered me/us to",
)
_NOT_REPORTING = (
    "do/can/could/would you think/believe/feel/say/promise",
    f"as/like/what you/he/she/they/customer/caller (have/has/had) (already/just/rightly) {_VERBS_OF_REPORT}",
)
# Single quotes are apostrophes as well.
_CLOSING = {'"': '"', "\u201c": "\u201d", "\u00ab": "\u00bb"}
_QUOTES = re.compile(r"[\"\u201c\u201d\u00ab\u00bb]|\n[ \t\r]*\n")


def hypothesis(text: TokenizedText, clause_of: list[Clause]) -> list[bool]:
    """Return for each word whether it is supposed: after "if", in "had we", or in a clause with "would"."""
    supposed = [False] * len(text.words)
    _mark_scopes(supposed, text, clause_of, ((after, clause_of[after - 1]) for _, after in find(_SUPPOSING, text)))
    inverted = ((first, clause_of[first]) for first, _ in find(_INVERTED, text))
    _mark_scopes(supposed, text, clause_of, ((first, clause) for first, clause in inverted if first == clause.begin))
    real = {first for first, _ in find(_NOT_CONDITIONAL, text)}
    for clause in {clause_of[first] for first, _ in find(_CONDITIONAL, text) if first not in real}:
        mark(supposed, clause.begin, clause.end)
    return supposed


def report(typed: str, text: TokenizedText, clause_of: list[Clause]) -> list[bool]:
    """Return for each word whether it is another's: in quotation marks, or after "you told me" or "the letter says".

    A mark after the cue ("the letter says: ...") leaves it its scope, the next clause of the sentence.
    """
    reported = [False] * len(text.words)
    own = {after for _, after in find(_NOT_REPORTING, text)}
    cues = (after for _, after in find(_REPORTING, text) if after not in own and after < text.last[after - 1])
    _mark_scopes(reported, text, clause_of, ((after, clause_of[after]) for after in cues))
    for begin, end in _quotations(typed):
        first, after = bisect_left(text.starts, begin), bisect_left(text.starts, end)
        # A text that is quoted as a whole is what somebody wants to have checked.
        if after - first < len(text.words):
            mark(reported, first, after)
    return reported


def _mark_scopes(
    flags: list[bool], text: TokenizedText, clause_of: list[Clause], scopes: Iterable[tuple[int, Clause]]
) -> None:
    """Mark each clause from the first of its scopes on, and the reason after it: "you said it was late because ...".

    Marking every scope would take the square of their number.
    """
    starts: dict[Clause, int] = {}
    for begin, clause in scopes:
        starts[clause] = min(begin, starts.get(clause, begin))
    for clause, begin in starts.items():
        end = clause.end
        if end < text.last[clause.begin] and text.words[end] in REASONS:
            end = clause_of[end].end
        mark(flags, begin, end)


def _quotations(typed: str) -> Iterator[tuple[int, int]]:
    """Yield the start and the end of each quotation. One that is not closed in its paragraph is none."""
    begin, closing = 0, ""
    for quote in _QUOTES.finditer(typed):
        if closing and quote[0] == closing:
            yield begin, quote.start()
            closing = ""
        elif quote[0] in _CLOSING and not closing:
            begin, closing = quote.end(), _CLOSING[quote[0]]
        elif quote[0].isspace():
            closing = ""
