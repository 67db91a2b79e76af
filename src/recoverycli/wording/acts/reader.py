"""What an answer does for the customer, and what it does wrong, with the words that show it.

Words alone do nothing: "our fault, refund, tonight" is no sentence. A denial or a refusal cancels the credit for
everything else in the answer, unless a way out follows: "I can't refund it, but I can send a new one tonight". Thanks,
regret and recognition are courtesies: they are credited only if the rest of the answer is understood, since "Thank you
for your post. The food was hot." denies everything. docs/decisions/0012 has the rules and their reasons.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from recoverycli.wording.acts.likely import ActMark, AnswerActs, weigh
from recoverycli.wording.acts.statements import Statements
from recoverycli.wording.guarded import GuardedPhrases
from recoverycli.wording.learned.library import ACTS, load_model
from recoverycli.wording.model import BadAct, GoodAct
from recoverycli.wording.search.phrases import words_of
from recoverycli.wording.sentences.features import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoverycli.wording.matcher import Finding, Matcher, PartFinding
    from recoverycli.wording.model import Act
    from recoverycli.wording.search.phrases import TokenizedText
    from recoverycli.wording.sentences.features import TextReading

__all__ = ["ActMark", "ActReader", "AnswerActs", "BadAct", "GoodAct"]

_GOOD: frozenset[str] = frozenset(get_args(GoodAct))
_BAD: frozenset[str] = frozenset(get_args(BadAct))
_IGNORES: BadAct = "ignores-question"
_COURTESIES: frozenset[str] = frozenset(["thanks", "apologizes", "acknowledges"])
_DOUBTED: frozenset[str] = frozenset(["asks", "explains"])
_ADMITTING: frozenset[str] = frozenset(["apologizes", "takes-responsibility"])
# Who does one of these hardly says no in the same breath.
_PROMISES: frozenset[str] = frozenset(["asks", "commits", "offers", "takes-responsibility"])
_SPEAKER = frozenset(["I", "we"])
# "Sorry", "so sorry": how many words regret something without saying who or what.
_BARE = 4
# "Sorry, you'd have to ask them" passes it on, "I'm sorry, but you said pasta" takes it back.
_TAKING_BACK = frozenset(["passing-on", "sorry-but"])
# The kinds and the ids of words that backfire, as acts.
_OF_PATTERNS: dict[str, BadAct] = {
    "belittling": "dismisses", "dismissal": "dismisses", "calm-down": "dismisses", "no-need-to-shout": "dismisses",
    "blame": "blames", "disbelief": "denies", "refusal": "refuses", "rule": "refuses", "policy-wall": "refuses",
    "threat": "threatens",
}  # fmt: skip


class _Span(NamedTuple):
    """Words by their numbers: the first and the one after the last, and what they do."""

    first: int
    after: int
    act: Act | Literal["harmless"]


class ActReader:
    """Reads what answers do. Build it once: the phrases are compiled then."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._acts = matcher.wording.acts
        self._phrases = GuardedPhrases.of(
            self._acts, loose=tuple(number for number, one in enumerate(self._acts) if one.loosely)
        )
        # What others add to the acts that the model was fitted beside counts without it.
        self._known = load_model(ACTS).known

    def read(self, text: str, heard: str = "", channel: str | None = None) -> AnswerActs:
        """Return what an answer does; `heard` is what the customer said before."""
        words = words_of(text)
        reading = read(text, words)
        statements = Statements(reading, heard)
        parts = self._matcher.part_findings(text)
        matches = list(self._phrases.find(text, words))
        spans = [_Span(first, after, self._acts[at].act) for at, first, after in matches]
        harmless = [span for span in spans if span.act == "harmless"]
        bad = [span for span in spans if span.act in _BAD - {_IGNORES}]
        findings = self._matcher.phrase_findings(text, channel)
        bad = _apart_from(harmless, [*bad, *_of_findings(findings, words)])
        bad = [span for span in bad if span.act == "refuses" or not statements.is_still_open(span.first)]
        bad = [span for span in bad if span.act != "denies" or not statements.agrees(span.first)]
        good = [span for span in spans if span.act in _GOOD]
        good = _apart_from(bad, [*good, *_admissions(parts, reading, statements)])
        acts = {span.act for span in good}
        if not acts & _ADMITTING and all(one.part.id != "explanation" for one in parts):
            acts.discard("explains")
        good = [
            span for span in good if span.act != "explains" or (span.act in acts and statements.has_content(span.first))
        ]
        if statements.begins_with_no():
            good = [span for span in good if span.act != "acknowledges"]
        else:
            good += [_Span(first, after, "acknowledges") for first, after in statements.echoes()]
        # "I'm sorry that nothing has come" regrets it.
        regretted = [
            _Span(span.first, reading.clause_of[span.first].end, span.act)
            for span in _courtesies(good)
            if not statements.speaks_of_later(reading.clause_of[span.first])
        ]
        known = [*harmless, *bad, *good, *regretted]
        # "Our system does not charge twice" gives no reason, if nobody takes the blame.
        admitted = "takes-responsibility" in acts
        denials = statements.denials(_words_of(span for span in known if admitted or span.act != "explains"))
        # What reaches into a clause from the one before it does not tell what that clause is about.
        begun = _words_of(span._replace(after=min(span.after, reading.clause_of[span.first].end)) for span in known)
        sure = list(_sure(good, denials, statements.unread(begun), reading))
        contrast = statements.contrast(begun)
        taken_back = any(one.pattern.kind in _TAKING_BACK for one in findings)
        sure = [span for span in sure if span.first >= contrast and not (taken_back and span.act in _COURTESIES)]
        charges = _without_way(bad, sure)
        if not charges and not _PROMISES.intersection(span.act for span in good):
            charges = [_Span(*claim) for claim in statements.claims(denials)]
        if not charges and not sure and "?" in heard:
            charges = [span for span in spans if span.act == _IGNORES]
        credited = sure if not charges else []
        found = AnswerActs(tuple(_marks(credited, words)), tuple(_marks(charges, words)))
        insists = any(self._acts[at].act in _BAD and self._acts[at].id not in self._known for at, *_ in matches)
        return weigh(found, text, reading, heard, insists=insists)


def _of_findings(findings: Iterable[Finding], words: TokenizedText) -> Iterator[_Span]:
    for found in findings:
        act = _OF_PATTERNS.get(found.pattern.kind) or _OF_PATTERNS.get(found.pattern.id)
        if act is not None:
            yield _Span(bisect_right(words.starts, found.start) - 1, bisect_left(words.starts, found.end), act)


def _admissions(parts: Iterable[PartFinding], reading: TextReading, statements: Statements) -> Iterator[_Span]:
    """Yield where a sentence admits a fault, as an apology does."""
    starts = reading.text.starts
    for found in parts:
        first = bisect_right(starts, found.start) - 1
        denied = reading.negation.denied[first]
        if found.part.id == "responsibility" and not denied and statements.says_something(first):
            yield _Span(first, bisect_left(starts, found.end), "takes-responsibility")


def _sure(good: list[_Span], denials: list[int], unread: int, reading: TextReading) -> Iterator[_Span]:
    """Yield what is credited although words deny something that is not understood, and the clause at `unread` is not.

    A promise stands if the doubt is in another clause before it; a question and a reason do not.
    """
    admitted = any(span.act == "takes-responsibility" for span in good)
    doubtful = {reading.clause_of[at] for at in denials}
    # "I won't come out without it" after a promise takes nothing back, "a new one can't be sent" does.
    withheld = max((at for at in denials if reading.clause_of[at].person not in _SPEAKER), default=-1)
    for span in good:
        here = reading.clause_of[span.first]
        if span.act in _COURTESIES:
            # "Sorry" alone, after something that is not understood, may go with a no.
            alone = span.act == "apologizes" and here.end - here.begin <= _BARE and not admitted
            sure = not denials and (unread < here.end if not alone else unread < 0)
        elif span.act in _DOUBTED:
            sure = not denials
        else:
            sure = here not in doubtful and withheld < span.first
        if sure:
            yield span


def _without_way(bad: list[_Span], good: list[_Span]) -> list[_Span]:
    """Leave out the refusals after which the answer offers something."""
    last_offer = max((span.first for span in good if span.act == "offers"), default=-1)
    return [span for span in bad if span.act != "refuses" or span.first > last_offer]


def _courtesies(spans: list[_Span]) -> list[_Span]:
    return [span for span in spans if span.act in _COURTESIES]


def _words_of(spans: Iterable[_Span]) -> set[int]:
    return {at for span in spans for at in range(span.first, span.after)}


def _apart_from(others: list[_Span], spans: list[_Span]) -> list[_Span]:
    """Return the spans that share no word with the others."""
    covered = _words_of(others)
    return [span for span in spans if covered.isdisjoint(range(span.first, span.after))]


def _marks(spans: list[_Span], words: TokenizedText) -> Iterator[ActMark]:
    """Yield the marks in the order of the words; of overlapping ones of the same act the longest."""
    taken: set[tuple[str, int]] = set()
    kept: list[_Span] = []
    for span in sorted(set(spans), key=lambda one: (one.first - one.after, one.first)):
        here = {(span.act, at) for at in range(span.first, span.after)}
        if taken.isdisjoint(here):
            taken |= here
            kept.append(span)
    for span in sorted(kept):
        if span.act != "harmless":
            yield ActMark(words.starts[span.first], words.ends[span.after - 1], span.act)
