"""What a text denies: cues, their scope, and what ends it. Pure: no screen, no file, no clock.

The method is NegEx (Chapman, Bridewell, Hanbury, Cooper and Buchanan 2001, "A simple algorithm for identifying negated
findings and diseases in discharge summaries", Journal of Biomedical Informatics 34): lists of cues before and after
what they deny, of phrases that look like a cue and deny nothing, and of terms that end the scope. As in ConText
(Harkema et al. 2009, Journal of Biomedical Informatics 42), the scope has no fixed number of words: it ends with the
clause. The lists are our own, for what agents say to customers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.wording.cues import find, mark

if TYPE_CHECKING:
    from recoverycli.wording.clauses import Clause
    from recoverycli.wording.phrases import TokenizedText

_BEFORE = (
    "no/not/never/nobody/none/neither/nor/nothing/nowhere/without/hardly/barely/scarcely",
    "no one",
    "deny/denies/denied/denying/doubt/doubts/doubted",
    "refuse/refuses/refused/decline/declines/declined/unable/impossible to",
    "far from",
    "wrong to say/think/claim",
    "rather than",
    "instead of",
)
_AFTER = (
    "is/was/are/were (simply) untrue/false/nonsense/impossible",
    "is/was not true/right/correct/so/possible",
    "is/was not the case",
    "is/was out of the question",
)
# They hold a cue and deny nothing of what follows.
_NO_CUES = (
    "not only/just/merely/simply",
    "no doubt/problem/problems/worries/wonder/matter/question",
    "without (a/any) doubt/delay/question/fail",
    "not a problem",
    "not to mention",
    "whether or not",
    "can/could not be more/sorrier",
    "can/could not ... enough",
    "why do/did/can/could not we/you/I",
    "do not hesitate/worry",
    "nothing but",
    "not/never/nobody deny/denies/denied/doubt/doubts/doubted",
    "^ no I/we/you/he/she/it/they/that/this/there",
)
_ENDS = ("except/excepting/until", "apart from", "other than")


class Negation(NamedTuple):
    """For each word of a text: whether a cue elsewhere denies it, and whether it belongs to a cue."""

    denied: list[bool]
    cue: list[bool]


def negation(text: TokenizedText, parts: tuple[Clause, ...]) -> Negation:
    """Return what is denied in the clauses of a text, in linear time."""
    size = len(text.words)
    cue, denied = [False] * size, [False] * size
    ends = {first for first, _ in find(_ENDS, text)}
    harmless = [False] * size
    for first, after in find(_NO_CUES, text):
        mark(harmless, first, after)
    for first, after in find(_BEFORE, text):
        if not harmless[first]:
            mark(cue, first, after)
    behind = {first: after for first, after in find(_AFTER, text) if not harmless[first]}
    for clause in parts:
        _deny_after_cues(clause, cue, ends, denied)
        last = max((at for at in range(clause.begin, clause.end) if at in behind), default=clause.begin)
        mark(denied, clause.begin, last)
    return Negation(denied, cue)


def _deny_after_cues(clause: Clause, cue: list[bool], ends: set[int], denied: list[bool]) -> None:
    open_ = False
    for at in range(clause.begin, clause.end):
        if at in ends:
            open_ = False
        denied[at] = open_
        # The words of a cue are not denied by itself: the scope begins after its last.
        open_ = open_ or (cue[at] and not (at + 1 < clause.end and cue[at + 1]))
