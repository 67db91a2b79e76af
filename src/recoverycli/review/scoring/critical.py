"""What fails a call whatever its total: whether a call passed each critical item of a scorecard.

What was said is judged by the reader of sentences: words that somebody else said, that are denied or asked do not
count (`wording/critical.yaml`, and blame in `wording/backfires.yaml`). The learned reader has no say: a verdict needs
words that can be named. What a reviewer answers decides.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import msgspec

from recoverycli.redaction.attestation import rules_version
from recoverycli.redaction.document_text import change_texts
from recoverycli.redaction.documents import word_masker
from recoverycli.redaction.rules import DEFAULT
from recoverycli.review.scoring.score import CriticalLine, Evidence
from recoverycli.session.offer_text import offer_text
from recoverycli.session.transcript.model import encode
from recoverycli.store.calls.review_words import ANSWERS
from recoverycli.wording.search.phrases import words_of
from recoverycli.wording.sentences.features import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from recoverycli.review.scoring.case import Case
    from recoverycli.review.scoring.model import Critical, CriticalId
    from recoverycli.store.calls.review_words import Answer
    from recoverycli.wording.matcher import Finding

    # Whether it was passed, None if it does not apply.
    Checked = tuple[bool | None, tuple[Evidence, ...]]


def critical_lines(
    items: tuple[Critical, ...], case: Case, answers: Mapping[str, Answer] | None = None
) -> Iterator[CriticalLine]:
    """Yield the items that apply to a call or that a reviewer answered; `answers` are the reviewer's, by their ids."""
    for item in items:
        automatic, evidence = _CHECKS[item.id](case)
        answered = _verdict(answers.get(item.id)) if answers else None
        passed = automatic if answered is None else answered
        if passed is not None:
            yield CriticalLine(item.id, item.kind, item.name, passed, automatic, answered, evidence, item.because)


def _verdict(answer: Answer | None) -> bool | None:
    points = ANSWERS[answer].points if answer is not None else None
    return None if points is None else points >= 1


def _check_words(case: Case, *kinds: str) -> Checked:
    """Return whether nothing of these kinds was said in own words; what is read out was written by others."""
    if not case.said:
        return None, ()
    places = tuple(
        case.evidence(line.quote(found), line.said.at, "backfires")
        for line in case.said
        if line.own
        for found in line.heard.findings
        if found.pattern.kind in kinds and not found.pattern.learned and _is_claimed(line.said.text, found)
    )
    return not places, places


def _is_claimed(text: str, found: Finding) -> bool:
    """Whether the agent says it: it is not denied, and nobody else's words."""
    words = words_of(text)
    reading = read(text, words)
    first = bisect_right(words.starts, found.start) - 1
    return not reading.reported[first] and not reading.negation.denied[first]


def _authority(case: Case) -> Checked:
    """An offer beyond authority names who has to agree, or the call was escalated."""
    judged = [offer for offer in case.call.offers if offer.within_authority is not None]
    if not judged:
        return None, ()
    alone = [offer for offer in judged if offer.within_authority is False and not offer.needs]
    beyond = () if case.call.escalations else alone
    return not beyond, tuple(
        case.evidence(f"{offer_text(offer)}, beyond authority, not handed on", offer.at, "backfires")
        for offer in beyond
    )


def _card_data(case: Case) -> Checked:
    """What was typed is judged by the rules of that day, what is stored by the rules of today."""
    count = case.call.redactions
    document = msgspec.json.decode(encode(case.call))
    left = change_texts(document, word_masker(document, DEFAULT))[1]
    told = []
    if count:
        numbers = "1 number or code was" if count == 1 else f"{count} numbers or codes were"
        told.append(f"{numbers} typed in, and masked before it was stored")
    if left:
        told.append(f"the masking rules {rules_version()} find {left} in what is stored: recovery log scrub")
    nothing = Evidence(f"no finding by the masking rules {rules_version()}")
    return not told, tuple(Evidence(text, kind="backfires") for text in told) or (nothing,)


_CHECKS: dict[CriticalId, Callable[[Case], Checked]] = {
    "blame": lambda case: _check_words(case, "blame"),
    "insult": lambda case: _check_words(case, "insult", "belittling"),
    "disclosure": lambda case: _check_words(case, "disclosure"),
    "false-promise": lambda case: _check_words(case, "false-promise"),
    "authority": _authority,
    "card-data": _card_data,
}
