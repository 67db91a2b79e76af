"""Search queries: words, "phrases", -words to exclude, beginn*, field:word, and OR.

Every text is a valid query: signs without a meaning are ignored.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.text.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recoverycli.session.transcript.model import Call
    from recoverycli.text.tokens import Token

FIELDS = ("said", "note", "capture", "summary", "cause", "customer", "issue", "promise", "offer")
_ALSO = {
    "says": "said", "notes": "note", "noted": "note", "captures": "capture", "captured": "capture", "name": "customer",
    "ref": "customer", "promises": "promise", "promised": "promise", "offers": "offer", "offered": "offer",
    "remedy": "offer", "root_cause": "cause", "why": "cause", "issues": "issue",
}  # fmt: skip
_ENDS = ".!?\u3002\uff01\uff1f"
_LONGEST_SENTENCE = 240


@cache
def _part() -> re.Pattern[str]:
    return re.compile(
        r"""(?P<no>-)?(?:(?P<field>[a-z_]{2,12}):(?=\S))?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))(?P<begins>\*)?""",
        re.IGNORECASE,
    )


@cache
def _sentence() -> re.Pattern[str]:
    return re.compile(rf"[^{_ENDS}\n]*[{_ENDS}]*\s*")


class Term(NamedTuple):
    """Words that must be adjacent. `begins`: the last of them is the beginning of a word."""

    words: tuple[str, ...]
    field: str | None = None
    begins: bool = False


class Search(NamedTuple):
    """A query: of each group one term must occur, of `without` none."""

    groups: tuple[tuple[Term, ...], ...]
    without: tuple[Term, ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms that can be found."""
        return tuple(term for group in self.groups for term in group)


class SearchHit(NamedTuple):
    """A sentence with a match: its field, the text, and the spans (start, end) of the words in it."""

    field: str
    text: str
    marks: tuple[tuple[int, int], ...]


def read_search(typed: str) -> Search:
    """Parse a query; without any word it has neither groups nor `without`."""
    groups: list[tuple[Term, ...]] = []
    without: list[Term] = []
    before = ""
    for found in _part().finditer(typed):
        if found["word"] in {"AND", "OR", "NOT"} and not found["field"]:
            before = found["word"]
            continue
        term = _term(found)
        if not term.words:
            continue
        if found["no"] or before == "NOT":
            without.append(term)
        elif before == "OR" and groups:
            groups[-1] = (*groups[-1], term)
        else:
            groups.append((term,))
        before = ""
    return Search(tuple(groups), tuple(without))


def _term(found: re.Match[str]) -> Term:
    typed = found["phrase"] if found["phrase"] is not None else found["word"]
    field = (found["field"] or "").casefold()
    known = field if field in FIELDS else _ALSO.get(field)
    words = tuple(token.text for token in tokens(typed if known or not field else f"{field} {typed}"))
    return Term(words, known, bool(found["begins"]) or (found["word"] or "").endswith("*"))


def texts(call: Call) -> list[tuple[str, str]]:
    """Return all searchable texts of a call, each with its field."""
    found: list[tuple[str, str]] = []
    captured = set(call.values.values())
    for step in call.steps:
        found += [("said", said.text) for said in step.said]
        found += [("note", note.text) for note in step.notes]
        captured.update(step.captured.values())
    found += [("capture", value) for value in sorted(captured)]
    found += [("promise", promise.what) for promise in call.promises]
    found += [("offer", " ".join(filter(None, (offer.remedy, offer.why)))) for offer in call.offers]
    found += [("note", " ".join(filter(None, (one.to, one.why, one.note)))) for one in call.escalations]
    single = (
        ("summary", call.summary), ("cause", call.root_cause), ("issue", call.issue),
        ("customer", call.customer.name), ("customer", call.customer.ref),
    )  # fmt: skip
    return [*found, *((field, text) for field, text in single if text)]


def best_sentence(call: Call, search: Search) -> SearchHit | None:
    """Return the sentence of a call with most of the terms; None if there is none."""
    best: SearchHit | None = None
    most = 0
    for field, text in texts(call):
        terms = [term for term in search.terms if term.field in {None, field}]
        # Splitting plain text is only worth it if it may contain one of the words.
        plain = text.lower() if text.isascii() else None
        if plain is not None and not any(term.words[0] in plain for term in terms):
            continue
        for sentence in _sentences(text):
            marks, hit = _marks(sentence, terms)
            if hit > most:
                best, most = SearchHit(field, sentence, marks), hit
    return best and _shorten(best)


def _sentences(text: str) -> Iterator[str]:
    yield from (sentence for found in _sentence().finditer(text) if (sentence := " ".join(found[0].split())))


def _marks(text: str, terms: Sequence[Term]) -> tuple[tuple[tuple[int, int], ...], int]:
    """Return the spans of the terms in a text, and how many terms occur."""
    there = list(tokens(text))
    places: set[tuple[int, int]] = set()
    hit = 0
    for term in terms:
        found = [index for index in range(len(there)) if _matches_at(term, there[index : index + len(term.words)])]
        hit += bool(found)
        places |= {(there[at].start, there[at + len(term.words) - 1].end) for at in found}
    return _join_places(places, text), hit


def _matches_at(term: Term, there: Sequence[Token]) -> bool:
    words = tuple(token.text for token in there)
    if not term.begins:
        return words == term.words
    return words[:-1] == term.words[:-1] and len(words) == len(term.words) and words[-1].startswith(term.words[-1])


def _join_places(places: set[tuple[int, int]], text: str) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _shorten(found: SearchHit) -> SearchHit:
    """Cut a very long sentence around its first match."""
    if len(found.text) <= _LONGEST_SENTENCE:
        return found
    begin = max(0, min(found.marks[0][0] - _LONGEST_SENTENCE // 3, len(found.text) - _LONGEST_SENTENCE))
    end = begin + _LONGEST_SENTENCE
    before, after = "…" if begin else "", "…" if end < len(found.text) else ""
    marks = tuple((a - begin + len(before), b - begin + len(before)) for a, b in found.marks if begin <= a and b <= end)
    return SearchHit(found.field, f"{before}{found.text[begin:end]}{after}", marks)
