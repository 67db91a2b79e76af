"""Labelled lines, and the recall and precision of redaction for each kind."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from recoverycli.redaction.redact import findings
from recoverycli.redaction.rules import Rules, SensitiveSpan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from recoverycli.redaction.learned.find import LearnedReading

LINES = Path(__file__).with_name("lines.txt")
LISTS = Path(__file__).parent.parent / "redaction"
LEARNED = tuple(f"secrets-tuned-{number}" for number in range(16, 34))
ALWAYS = ("card", "code", "password")
BY_CHOICE = ("email", "phone", "iban", "national-number", "bank-account", "date-of-birth", "address", "key", "name")
KINDS = (*ALWAYS, *BY_CHOICE)
_MARK = re.compile(r"\{([a-z-]+):([^{}]*)\}")
_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|([nt]))")


class Line(NamedTuple):
    """A line: the typed text, its secrets, its heading, and the customer of the call."""

    number: int
    text: str
    secrets: tuple[SensitiveSpan, ...]
    heading: str
    customer: str


class Figures(NamedTuple):
    """How one kind was found: labelled, found, missed (with their lines), and found where nothing is."""

    kind: str
    labelled: int
    missed: tuple[str, ...]
    found: int
    wrong: tuple[str, ...]

    @property
    def recall(self) -> float:
        """Of what is labelled, how much was found."""
        return 1 - len(self.missed) / self.labelled if self.labelled else 1.0

    @property
    def precision(self) -> float:
        """Of what was found, how much is labelled."""
        return 1 - len(self.wrong) / self.found if self.found else 1.0


def labelled() -> Iterator[Line]:
    """Read the file."""
    heading = customer = ""
    for number, raw in enumerate(LINES.read_text("utf-8").splitlines(), start=1):
        if not raw.strip() or raw.startswith("#"):
            continue
        if raw.startswith("=="):
            heading, customer = raw.strip("= "), ""
        elif raw.startswith("customer:"):
            customer = raw.partition(":")[2].strip()
        else:
            yield _line(number, raw, heading, customer)


def tuned() -> Iterator[Line]:
    """Read the lists on which the rules are tuned."""
    for file in lists("tuned"):
        if file.stem not in LEARNED:
            yield from listed(file)


def learned_from() -> Iterator[Line]:
    """Read the lists that no rule is tuned on: the tagger learns from them."""
    for name in LEARNED:
        yield from listed(LISTS / f"{name}.tsv")


def lists(kind: Literal["tuned", "counted"]) -> list[Path]:
    """Return the lists to tune on, or those that were written after the rules and are only counted."""
    return sorted(LISTS.glob(f"secrets-{kind}*.tsv"), key=lambda file: file.stem)


def listed(file: Path) -> Iterator[Line]:
    """Read a list of sentences."""
    for number, raw in enumerate(file.read_text("utf-8").splitlines(), start=1):
        if raw and not raw.startswith("#"):
            yield _listed_line(file.stem, number, raw)


def _listed_line(heading: str, number: int, raw: str) -> Line:
    kind, typed, *told = _ESCAPE.sub(_character, raw).split("\t")
    secrets = [secret for one in told if one for secret in one.split(" | ")]
    return Line(number, typed, tuple(SensitiveSpan(*span, kind) for span in _spans(typed, secrets)), heading, "")


def _spans(typed: str, secrets: Sequence[str]) -> list[tuple[int, int]]:
    """Return where secrets stand in a sentence: each time that one is a whole word, else where it is first."""
    found: list[tuple[int, int]] = []
    for secret in sorted(dict.fromkeys(secrets), key=len, reverse=True):
        whole = [one.span() for one in re.finditer(rf"(?<![^\W_]){re.escape(secret)}(?![^\W_])", typed)]
        first = typed.index(secret)
        for start, end in whole or [(first, first + len(secret))]:
            if not any(start < other_end and other_start < end for other_start, other_end in found):
                found.append((start, end))
    return sorted(found)


def measured(
    lines: Iterable[Line], *, by_choice: bool, learned: Callable[[str], LearnedReading] | None = None
) -> list[Figures]:
    """Return the figures of each kind, with everything switched on or with what is always masked alone.

    `learned` takes the place of the tagger that the package ships.
    """
    kinds = KINDS if by_choice else ALWAYS
    tally: dict[str, tuple[Counter[str], list[str], list[str]]] = {kind: (Counter(), [], []) for kind in kinds}
    for line in lines:
        rules = Rules(frozenset(BY_CHOICE) if by_choice else frozenset()).with_names(line.customer)
        there = findings(line.text, rules, learned)
        secrets = [secret for secret in line.secrets if secret.kind in kinds]
        for secret in secrets:
            tally[secret.kind][0]["labelled"] += 1
            if not any(_alike(one, secret) and _covers(one, secret) for one in there):
                tally[secret.kind][1].append(_where(line))
        for one in there:
            tally[one.kind][0]["found"] += 1
            if not any(_alike(one, secret) and _overlap(one, secret) for secret in secrets):
                tally[one.kind][2].append(_where(line))
    return [
        Figures(kind, counts["labelled"], tuple(missed), counts["found"], tuple(wrong))
        for kind, (counts, missed, wrong) in tally.items()
    ]


def together(figures: Sequence[Figures]) -> Figures:
    """Return the figures of all kinds."""
    return Figures(
        "all",
        sum(one.labelled for one in figures),
        tuple(line for one in figures for line in one.missed),
        sum(one.found for one in figures),
        tuple(line for one in figures for line in one.wrong),
    )


def table(figures: list[Figures]) -> str:
    """Return the figures as lines to be printed."""
    head = f"{'kind':16} {'lines':>6} {'missed':>7} {'found':>6} {'wrong':>6} {'recall':>8} {'precision':>10}"
    rows = (
        f"{one.kind:16} {one.labelled:6} {len(one.missed):7} {one.found:6} {len(one.wrong):6} {one.recall:8.1%} "
        f"{one.precision:10.1%}"
        for one in figures
    )
    return "\n".join((head, *rows))


def _where(line: Line) -> str:
    return f"{line.heading}:{line.number}: {line.text!r}"


def _alike(one: SensitiveSpan, secret: SensitiveSpan) -> bool:
    """Whether the kinds agree. A code beside a card is a code, whatever the row of the list is about."""
    return one.kind == secret.kind or {one.kind, secret.kind} <= set(ALWAYS)


def _covers(one: SensitiveSpan, secret: SensitiveSpan) -> bool:
    return one.start <= secret.start and secret.end <= one.end


def _overlap(one: SensitiveSpan, secret: SensitiveSpan) -> bool:
    return one.start < secret.end and secret.start < one.end


def _line(number: int, raw: str, heading: str, customer: str) -> Line:
    raw = _ESCAPE.sub(_character, raw)
    text, secrets, place = "", [], 0
    for mark in _MARK.finditer(raw):
        text += raw[place : mark.start()]
        secrets.append(SensitiveSpan(len(text), len(text) + len(mark[2]), mark[1]))
        text += mark[2]
        place = mark.end()
    return Line(number, text + raw[place:], tuple(secrets), heading, customer)


def _character(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16)) if escape[1] else {"n": "\n", "t": "\t"}[escape[2]]
