"""The rules of conditions in a file: known names, values and tests that fit their kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recoverycli.errors import nearest
from recoverycli.frameworks.conditions import COMPARISONS, ValueTest
from recoverycli.frameworks.paths import answers_of
from recoverycli.frameworks.validation.domains import FACTS
from recoverycli.frameworks.values import ANY_DAY, Money, back_from, compare, parse_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recoverycli.content.checker import Check, Path
    from recoverycli.frameworks.conditions import Wanted, When
    from recoverycli.frameworks.model import Capture
    from recoverycli.frameworks.values import CaptureKind

_OPERATOR = re.compile(r"(<=|>=|<|>|!=|==?)\s*(\S.*)")
_TEST_OF = {"<": "under", ">": "over", "<=": "at-most", ">=": "at-least", "!=": "not"}
_ALTERNATIVES = re.compile(r"\s*(?:\||/|,|\bor\b)\s*")
# A comma or a slash may be part of a number or a date.
_OR = re.compile(r"\s*\|\s*|\s+or\s+")
# The kinds that a test is for, and the form of its value.
_KINDS: dict[str, tuple[tuple[CaptureKind, ...], str]] = {
    **dict.fromkeys((*COMPARISONS, "between"), (("number", "money"), "10 or 12.50 EUR")),
    **dict.fromkeys(("before", "after"), (("date",), "2026-01-31")),
    **dict.fromkeys(("within", "older"), (("date",), "14 days")),
}  # fmt: skip
_FORM = {"number": "a number: 10", "money": "an amount: 10 or 12.50 EUR", "date": "a date: 2026-01-31"}


class ConditionRules:
    """Checks the conditions of one framework. `prove` says whether their order is to be proved as well."""

    def __init__(self, captures: Mapping[str, Capture], known: tuple[str, ...], check: Check, *, prove: bool) -> None:
        self.captures = captures
        self.prove = prove
        self._known = known
        self._check = check
        self._currencies: dict[str, str] = {}

    def check(self, when: When, path: Path) -> None:
        """Note every error of a condition."""
        maps = [(path, when)] if isinstance(when, dict) else [((*path, at), one) for at, one in enumerate(when)]
        for place, one in maps:
            for name, wanted in one.items():
                if name in self._known:
                    self._check_wanted(name, wanted, (*place, name))
                else:
                    allowed = f"known: {', '.join(self._known)}"
                    found = f"the condition names `{name}`"
                    self._check.fault_at((*place, name), found, allowed, nearest(name, self._known))

    def kind(self, name: str) -> CaptureKind:
        """Return the kind of a name; what no step captures is text."""
        return self.captures[name].kind if name in self.captures else "text"

    def _check_wanted(self, name: str, wanted: Wanted, path: Path) -> None:
        if isinstance(wanted, str):
            self._check_value(name, wanted, path)
        elif isinstance(wanted, tuple):
            for at, one in enumerate(wanted):
                self._check_value(name, one, (*path, at))
            if not wanted:
                self._check.fault_at(path, f"the list of `{name}` is empty", "one or more values")
        else:
            self._check_test(name, wanted, path)

    def _check_test(self, name: str, test: ValueTest, path: Path) -> None:
        if test == ValueTest():
            self._check.fault_at(path, f"there is no test of `{name}`", "such as {under: 10}, {not: WORD}, {known: no}")
        if test.differs is not None:
            self._check_wanted(name, test.differs, (*path, "not"))
        for how, (kinds, form) in _KINDS.items():
            value = getattr(test, how)
            if value is None:
                continue
            key = how.replace("_", "-")
            kind = self.kind(name)
            if kind not in kinds:
                found = f"`{key}` is for {' and '.join(kinds)}, and `{name}` is {kind}"
                self._check.fault_at((*path, key), found, f"kind: {kinds[0]} where it is captured, or another test")
            elif isinstance(value, tuple):
                self._check_range(name, value, (*path, key))
            elif how in {"within", "older"}:
                if back_from(ANY_DAY, value) is None:
                    self._check.fault_at((*path, key), f"`{value}` is no length of time", f"such as {form}")
            else:
                self._check_value(name, value, (*path, key))

    def _check_range(self, name: str, bounds: tuple[str, ...], path: Path) -> None:
        for at, bound in enumerate(bounds):
            self._check_value(name, bound, (*path, at))
        least, most = (parse_value(self.kind(name), bound) for bound in bounds)
        if least is not None and most is not None and compare(least, most) == 1:
            self._check.fault_at(path, f"nothing lies between {bounds[0]} and {bounds[1]}", "the smaller one first")

    def _check_value(self, name: str, text: str, path: Path) -> None:
        kind, capture = self.kind(name), self.captures.get(name)
        answers = FACTS.get(name) or (answers_of(capture) if capture is not None else ())
        if (operator := _OPERATOR.fullmatch(text)) is not None:
            self._check.fault_at(path, f"`{name}` is never `{text}`", f"write {_rewritten(name, operator)}")
        elif answers and text.casefold() not in {answer.casefold() for answer in answers}:
            parts = _ALTERNATIVES.split(text)
            listed = len(parts) > 1 and all(part.casefold() in map(str.casefold, answers) for part in parts)
            is_any = len(parts) > 1 and any(part.casefold() in map(str.casefold, answers) for part in parts)
            several = f"; several as a list: {_list_form(name, answers[:2])}" if is_any else ""
            allowed = f"write {_list_form(name, parts)}" if listed else f"answers: {', '.join(answers)}{several}"
            near = "" if listed else nearest(text, answers)
            self._check.fault_at(path, f"`{name}` is never `{text}`", allowed, near)
        elif kind in _FORM:
            self._check_form(name, kind, text, path)
        elif self.prove and "|" in text:
            self._check.fault_at(path, f"`{text}` is one value here", f"write {_list_form(name, _OR.split(text))}")

    def _check_form(self, name: str, kind: CaptureKind, text: str, path: Path) -> None:
        value, parts = parse_value(kind, text), _OR.split(text)
        if value is None and len(parts) > 1 and all(parse_value(kind, part) is not None for part in parts):
            self._check.fault_at(path, f"`{name}` is never `{text}`", f"write {_list_form(name, parts)}")
        elif value is None:
            self._check.fault_at(path, f"`{name}` is never `{text}`", f"it is {_FORM[kind]}")
        elif isinstance(value, Money) and value.currency:
            other = self._currencies.setdefault(name, value.currency)
            if other != value.currency:
                self._check.fault_at(path, f"`{name}` is compared in {other} and in {value.currency}", "one currency")


def _list_form(name: str, values: Sequence[str]) -> str:
    return f"{name}: [{', '.join(values)}]"


def _rewritten(name: str, operator: re.Match[str]) -> str:
    sign, value = operator.groups()
    return f"{name}: {{{_TEST_OF[sign]}: {value}}}" if sign in _TEST_OF else f"{name}: {value}"
