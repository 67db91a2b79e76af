"""What a text denies: cues, their scope, and what ends it. Pure: no screen, no file, no clock.

The method is NegEx (Chapman, Bridewell, Hanbury, Cooper and Buchanan 2001, "A simple algorithm for identifying negated
findings and diseases in discharge summaries", Journal of Biomedical Informatics 34): lists of cues before and after
what they deny, of phrases that look like a cue and deny nothing, and of terms that end the scope. As in ConText
(Harkema et al. 2009, Journal of Biomedical Informatics 42), the scope has no fixed number of words: it ends with the
clause. The lists are our own, for what agents say to customers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.wording.sentences.cues import find, mark

if TYPE_CHECKING:
    from recoverycli.wording.search.phrases import TokenizedText
    from recoverycli.wording.sentences.clauses import Clause

_BEFORE = (
    "no/not/never/nobody/none/neither/nor/nothing/nowhere/without/hardly/barely/scarcely",
    "no one",
    "deny/denies/denied/denying/doubt/doubts/doubted/dispute/disputes/disputed/disputing",
    "refuse/refuses/refused/refusing/reject/rejects/rejected/rejecting",
    "decline/declines/declined/unable/unwilling/impossible/unlikely to",
    "far from",
    "anything but",
    "wrong/false/unfair/untrue to say/think/claim",
    "rather than",
    "instead of",
    "least of all",
    "neither/none of",
)
_BE = "is/was/are/were/be/been"
_AFTER = (
    "is/was/are/were (simply/just/completely) untrue/false/nonsense/impossible/unlikely/rubbish/absurd/ridiculous",
    "is/was/are/were a lie/myth/joke/rumour",
    "is/was/are/were not true/right/correct/so/possible/planned/intended/available/allowed/permitted/due",
    "is/was not the case",
    "is/was/are out of the question",
)
_DENY = "deny/denies/denied/doubt/doubts/doubted/dispute/disputes/disputed"
# They hold a cue and deny nothing of what follows.
_NO_CUES = (
    "not only/just/merely/simply/least",
    "no doubt/problem/problems/worries/wonder/matter/question/later/less/trouble/sooner",
    "no one/nobody else",
    "without (a/any) doubt/delay/question/fail/further/hesitation/exception",
    "not a problem/doubt",
    "not to mention/worry",
    "never mind",
    "whether or not",
    "or/why/if not",
    "can/could not be/help (have/been/any) more/sorrier/but",
    "can/could not have been more/sorrier",
    "can/could not agree more",
    "can/could not ... enough",
    "no words",
    "why do/did/can/could not we/you/I",
    "do not hesitate/worry",
    "no need to worry",
    "nothing/none/nobody but/less/other",
    "no less/other than",
    # Denials of a denial.
    f"not/never/nobody/none/hardly (to/going/trying/can/could/will/would) {_DENY}",
    f"not going/trying/about to {_DENY}",
    f"no one (can/could/will/would) {_DENY}",
    "no denying/disputing/hiding/escaping",
    "not that I/we/you/it/they do/did/was/were/is/are/have/has/had/can/could/would not",
    "not/never pretend (that) I/we/you/it/this/that do/did/was/were/is/are/have/has/had not",
    "not/never hide/excuse/justify/defend/forget/undo/minimise/minimize/ignore/erase",
    "no excuse/excuses/justification/defence",
    "nothing excuses/justifies/changes/undoes",
    "nothing can/could/will excuse/justify/change/undo",
    # "Your card was refused": by whom and what, not what follows.
    f"{_BE}/got/get/being refused/rejected/declined/denied",
    "^ no I/we/you/he/she/it/they/that/this/there/our/my",
)
# "Refund no, voucher no."
_LAST = ("no/never",)
_NOT_LAST = ("or/say/says/said/a/and/than/if/is no/never",)
_ENDS = (
    "except/excepting/until",
    "apart from",
    "other than",
    "but us/me/our/my/ourselves/myself/ours/mine",
)


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
    trailing = {first for first, _ in find(_LAST, text)} - {after - 1 for _, after in find(_NOT_LAST, text)}
    for clause in parts:
        _deny_after_cues(clause, cue, ends, denied)
        last = max((at for at in range(clause.begin, clause.end) if at in behind), default=clause.begin)
        if clause.end - 1 in trailing and clause.end - clause.begin > 1:
            last = clause.end - 1
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
