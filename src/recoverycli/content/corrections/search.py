"""Search for the lines that an author meant: change what may be wrong, read again, keep what reads further.

A file is corrected in memory, fault by fault, so that all its faults are found. The work is bounded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from recoverycli.content.corrections import flow, layout, texts
from recoverycli.content.corrections.lines import Correction, before
from recoverycli.content.corrections.values import of_values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from recoverycli.content.nodes import Broken, Problem

    _Rule = Callable[[Sequence[str], int], Iterator[Correction]]

# The first of those that read equally well is taken.
_RULES: tuple[_Rule, ...] = (
    layout.foreign_lines, layout.odd_spaces, layout.dashes, texts.other_colons, texts.colons_without_space,
    texts.escapes_of_html, texts.commas_at_the_end, flow.brackets, flow.missing_commas, flow.texts_in_flow,
    flow.missing_braces, texts.quotes, layout.texts_of_lines, layout.line_breaks, layout.missing_dashes,
    layout.surplus_dashes, layout.maps_for_lists, layout.indents, texts.missing_colons, flow.separators,
    flow.lists_of_one, layout.remarks,
)  # fmt: skip
# Two faults of one line: one of the first, then one of the second.
_FIRST: tuple[_Rule, ...] = (
    layout.odd_spaces, layout.dashes, texts.other_colons, texts.colons_without_space, texts.commas_at_the_end,
    texts.quotes, texts.missing_colons,
)  # fmt: skip
_SECOND: tuple[_Rule, ...] = (
    texts.other_colons, texts.colons_without_space, texts.quotes, texts.commas_at_the_end, flow.brackets,
    flow.texts_in_flow, flow.lists_of_one, layout.missing_dashes, layout.indents,
)  # fmt: skip
MOST_FAULTS = 50
# How many characters are read in all before the search ends with what it has.
MOST_READ = 3_000_000
_MOST_COMPARED = 12
_LINES_BEFORE = 3
_LINES_AT_ONCE = 2
_WHOLE = ("expected a map", "expected a list")
_MOST_TWICE = 2


class Stop(NamedTuple):
    """Where YAML stops reading, and the lines (from 0) that may be the reason.

    `at` is how far it came: the line, and less than 0 by what is left of it.
    """

    at: tuple[int, int]
    lines: tuple[int, ...]
    problem: Problem


class Findings(NamedTuple):
    """The problems of a text, `of_shape` those of keys and types among them."""

    problems: tuple[Problem, ...] = ()
    of_shape: tuple[Problem, ...] = ()


class _Trial(NamedTuple):
    correction: Correction
    lines: list[str | None]
    stop: Stop | None


class _Search:
    """The lines as they were changed so far (None: removed), what was changed for which problem, and what is left."""

    def __init__(self, text: str, parse: Callable[[str], Stop | None], read: Callable[[str], Findings]) -> None:
        self.lines: list[str | None] = list(text.splitlines())
        self.found: list[tuple[Problem, Correction]] = []
        self.open: list[Problem] = []
        self._left = MOST_READ
        self._parse = parse
        self._read = read
        self._hopeless: set[tuple[int, str]] = set()
        self.stop = self.parse(self.lines)
        self.reading = Findings()

    def parse(self, lines: Sequence[str | None]) -> Stop | None:
        return self._parse(self._text(lines))

    def read(self, lines: Sequence[str | None]) -> Findings:
        return self._read(self._text(lines))

    def _text(self, lines: Sequence[str | None]) -> str:
        text = "\n".join(line or "" for line in lines) + "\n"
        self._left -= len(text)
        return text

    @property
    def _goes_on(self) -> bool:
        return self._left > 0 and len(self.found) < MOST_FAULTS

    def run(self) -> None:
        """Correct one fault after the other: first what YAML does not read, then keys and types."""
        while self.stop is not None and self._goes_on and (best := self._beyond(self.stop)) is not None:
            self.found.append((self.stop.problem, best.correction))
            self.lines, self.stop = best.lines, best.stop
        if self.stop is not None:
            read = self.read(self.lines[: self.stop.at[0]]).of_shape
            self.open = [self.stop.problem, *_without_end(read)]
            return
        self.reading = self.read(self.lines)
        self.open = [*self.reading.problems]
        while self._goes_on and (solved := self._of_shape()) is not None:
            problem, best, reading = solved
            self.found.append((problem, best.correction))
            self._keep_open(problem, best.correction, reading)
            self.lines, self.reading = best.lines, reading

    def _keep_open(self, problem: Problem, correction: Correction, reading: Findings) -> None:
        """Leave out what the change of a problem solves as well, and add what it brings to light."""
        before, after = ({(one.line, one.found) for one in read.problems} for read in (self.reading, reading))
        gone = {(line, found) for line, found in before - after if correction.found or found.endswith("is missing")} | {
            (problem.line, problem.found)
        }
        known = {(one.line, one.found) for one in self.open}
        more = [one for one in reading.problems if (one.line, one.found) not in before | known]
        self.open = [one for one in self.open if (one.line, one.found) not in gone] + more

    def _beyond(self, stop: Stop) -> _Trial | None:
        """Return the change that reads furthest, of those the one that leaves the best file."""
        lines = [line or "" for line in self.lines]
        trials = [trial for trial in self._trials(_candidates(lines, stop.lines)) if _progress(trial.stop) > stop.at]
        furthest = max((_progress(trial.stop) for trial in trials), default=stop.at)
        tied = [trial for trial in trials if _progress(trial.stop) == furthest][:_MOST_COMPARED]
        return min(tied, key=self._faults_left, default=None)

    def _of_shape(self) -> tuple[Problem, _Trial, Findings] | None:
        """Return the change after which fewer keys and types are wrong, the problem it solves, and what is left."""
        problems: dict[int, Problem] = {}
        for problem in sorted(self.reading.of_shape, key=lambda one: (one.line, not one.nearest)):
            if (problem.line, problem.found) not in self._hopeless:
                problems.setdefault(problem.line, problem)
        for problem in problems.values():
            if problem.nearest and (solution := next(self._solutions(problem, of_values), None)) is not None:
                return solution
        lines = sorted(problems)
        for first in range(0, len(lines), _LINES_AT_ONCE):
            near = [problems[line] for line in lines[first : first + _LINES_AT_ONCE]]
            solved = [one for problem in near for one in self._solutions(problem)]
            if solved:
                return min(solved, key=lambda one: _badness(one[1].correction, one[2]))
            self._hopeless |= {(problem.line, problem.found) for problem in near}
        return None

    def _solutions(
        self, problem: Problem, candidates: Callable[[list[str], Problem], Iterator[Correction]] | None = None
    ) -> Iterator[tuple[Problem, _Trial, Findings]]:
        has = _weight(self.reading.of_shape)
        known = {(one.line, one.found) for one in self.reading.problems}
        lines = [line or "" for line in self.lines]
        for trial in self._trials(candidates(lines, problem) if candidates else _of_problem(lines, problem)):
            if trial.stop is not None:
                continue
            reading = self.read(trial.lines)
            changed = range(trial.correction.at + 1, trial.correction.at + trial.correction.replaced + 1)
            new = [one for one in reading.problems if one.line in changed and (one.line, one.found) not in known]
            if trial.correction.is_word and problem not in reading.of_shape and problem.found.startswith("unknown key"):
                # What is below a key that is known now can be wrong as well.
                if not any("appears twice" in one.found for one in new):
                    yield problem, trial, reading
                    return
            elif not new and trial.correction.cost + _weight(reading.of_shape) < has:
                yield problem, trial, reading

    def _trials(self, candidates: Iterable[Correction]) -> Iterator[_Trial]:
        plain = [line or "" for line in self.lines]
        seen: set[tuple[int, tuple[str, ...]]] = set()
        for correction in candidates:
            if self._left <= 0:
                return
            if (correction.at, correction.lines) in seen or list(correction.lines) == plain[
                correction.at : correction.at + correction.replaced
            ]:
                continue
            seen.add((correction.at, correction.lines))
            removed: list[str | None] = [None] * (correction.replaced - len(correction.lines))
            lines = [
                *self.lines[: correction.at],
                *correction.lines,
                *removed,
                *self.lines[correction.at + correction.replaced :],
            ]
            yield _Trial(correction, lines, self.parse(lines))

    def _faults_left(self, trial: _Trial) -> int:
        if trial.stop is None:
            return trial.correction.cost + _weight(self.read(trial.lines).of_shape)
        # What was read before the next fault tells as well.
        lines = trial.lines[: trial.stop.at[0]]
        if self.parse(lines) is not None:
            return trial.correction.cost + 2
        return trial.correction.cost + _weight(_without_end(self.read(lines).of_shape))


def correct(text: str, parse: Callable[[str], Stop | None], read: Callable[[str], Findings]) -> list[Problem]:
    """Return the problems of a text, those that a change of some lines solves with these lines.

    `parse` tells where YAML stops reading a text, `read` the problems of a text that it reads.
    """
    search = _Search(text, parse, read)
    search.run()
    return [*(_report(problem, correction, search.lines) for problem, correction in search.found), *search.open]


def _of_problem(lines: Sequence[str], problem: Problem) -> Iterator[Correction]:
    yield from of_values(lines, problem)
    yield from _candidates(lines, (problem.line - 1,))
    # A key that is there twice is no fault of YAML's.
    if problem.line <= len(lines):
        yield from layout.second_keys(lines, problem.line - 1)


def _candidates(lines: Sequence[str], numbers: Sequence[int]) -> Iterator[Correction]:
    places = [number for number in dict.fromkeys(numbers) if 0 <= number < len(lines)]
    for rule in _RULES:
        for number in places:
            yield from rule(lines, number)
    for number in places[:_MOST_TWICE]:
        yield from _two_faults(lines, number)


def _two_faults(lines: Sequence[str], at: int) -> Iterator[Correction]:
    """Changes of a line after a first one that did not do by itself."""
    for first in (correction for rule in _FIRST for correction in rule(lines, at)):
        if (first.at, first.replaced, len(first.lines)) == (at, 1, 1):
            changed = [*lines[:at], *first.lines, *lines[at + 1 :]]
            for correction in (correction for rule in _SECOND for correction in rule(changed, at)):
                if correction.at == at and correction.found != first.found:
                    both = (
                        f"{first.found}, and {correction.found}"
                        if first.found and correction.found
                        else correction.found
                    )
                    yield correction._replace(
                        found=both, allowed="", column=first.column, cost=first.cost + correction.cost + 1
                    )


def _report(problem: Problem, correction: Correction, lines: Sequence[str | None]) -> Problem:
    """Return the problem in the words of the correction, with the lines as they are after all changes."""
    written = tuple(line for line in lines[correction.at : correction.at + correction.replaced] if line is not None)
    if not correction.found:
        return msgspec.structs.replace(problem, correction=written, lines=correction.replaced)
    return msgspec.structs.replace(
        problem,
        line=correction.at + 1,
        column=correction.column + 1,
        found=correction.found,
        allowed=correction.allowed,
        nearest="",
        correction=written,
        lines=correction.replaced,
    )


def _weight(problems: Iterable[Problem]) -> int:
    """How much is wrong, in halves of a fault. What is no map or list hides all that is in it."""
    return sum(100 if problem.allowed.startswith(_WHOLE) else 2 for problem in problems)


def _without_end(problems: Iterable[Problem]) -> list[Problem]:
    """The problems of the first lines of a file, without those that more lines may solve."""
    return [one for one in problems if not one.found.endswith("is missing") and one.found != "found nothing"]


def _badness(correction: Correction, reading: Findings) -> tuple[int, int]:
    return correction.cost + _weight(reading.of_shape), len(reading.problems)


def _progress(stop: Stop | None) -> tuple[float, float]:
    return stop.at if stop is not None else (float("inf"), 0)


def stop_at(lines: Sequence[str], broken: Broken) -> Stop:
    """Return where YAML stops, and the lines to look at: there, above, and where it began what it was reading."""
    line, column = min((broken.line, broken.column), broken.begun or (broken.line, broken.column))
    left = len(lines[line]) - column if line < len(lines) else 0
    begun = [broken.begun[0]] if broken.begun is not None else []
    above = before(lines, min(broken.line, len(lines)), _LINES_BEFORE)
    return Stop((line, -left), (*begun, broken.line, *above, broken.line + 1), broken.problem)
