"""The rules of captures that are worked out: no circles, kinds that fit, tables without holes and overlaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.errors import nearest
from recoverycli.frameworks.computed import names_behind, sources
from recoverycli.frameworks.conditions import condition_words
from recoverycli.frameworks.validation.capture_rules import check_value
from recoverycli.frameworks.validation.proof import find_hole, find_overlap, hidden_by, never_holds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recoverycli.content.checker import Check, Path
    from recoverycli.frameworks.conditions import When
    from recoverycli.frameworks.model import Capture, DecisionTable
    from recoverycli.frameworks.validation.condition_rules import ConditionRules
    from recoverycli.frameworks.values import CaptureKind

_WAYS = ("table", "difference", "sum", "share_of", "percent_of", "days_since", "days_until")


class ComputedRules:
    """Checks the captures of one framework that are worked out."""

    def __init__(self, captures: Mapping[str, Capture], conditions: ConditionRules, check: Check) -> None:
        self._captures = captures
        self._conditions = conditions
        self._check = check

    def check(self, capture: Capture, path: Path) -> None:
        """Note every error in how a capture is worked out."""
        ways = [way for way in _WAYS if getattr(capture, way)]
        if len(ways) > 1:
            listed = " and ".join(way.replace("_", "-") for way in ways)
            self._check.fault_at(path, f"`{capture.id}` is worked out by {listed}", "by one of them")
        elif capture.id in names_behind(capture.id, self._captures):
            self._check.fault_at(path, f"`{capture.id}` is worked out from itself", "from other captures")
        elif capture.table is not None:
            self._check_table(capture, capture.table, (*path, "table"))
        elif ways:
            self._check_sources(capture, (*path, ways[0].replace("_", "-")))

    def _check_sources(self, capture: Capture, path: Path) -> None:
        days = capture.days_since or capture.days_until
        kinds: set[CaptureKind] = set()
        for name in sources(capture):
            percent = capture.percent_of is not None and name == capture.percent_of[0]
            wanted: tuple[CaptureKind, ...] = ("date",) if days else ("number",) if percent else ("number", "money")
            if name not in self._captures:
                near = nearest(name, self._captures)
                self._check.fault_at(path, f"no step captures `{name}`", "the id of a capture", near)
            elif (kind := self._captures[name].kind) not in wanted:
                self._check.fault_at(path, f"`{name}` is {kind}", f"a capture of kind {' or '.join(wanted)}")
            elif not percent:
                kinds.add(kind)
        result = "number" if days or capture.share_of else next(iter(kinds), "number")
        if len(kinds) > 1:
            self._check.fault_at(path, "numbers and amounts are mixed", "captures of one kind")
        elif kinds and capture.kind != result:
            found = f"`{capture.id}` is {capture.kind}, and its result is {result}"
            self._check.fault_at(path, found, f"kind: {result}")

    def _check_table(self, capture: Capture, table: DecisionTable, path: Path) -> None:
        before = len(self._check.problems)
        for number, row in enumerate(table.rows):
            self._conditions.check(row.when, (*path, "rows", number, "when"))
            check_value(capture, row.then, (*path, "rows", number, "then"), self._check)
        if len(self._check.problems) == before and self._conditions.prove:
            self._prove(table, capture.when, path)

    def _prove(self, table: DecisionTable, applies: When, path: Path) -> None:
        whens = [row.when for row in table.rows]
        tests = [when for when in whens if when]
        numbers = [number for number, when in enumerate(whens) if when]
        hidden = hidden_by(whens, self._captures)
        for number, when in enumerate(whens):
            spot = (*path, "rows", number)
            if when and never_holds(when, self._captures):
                found = f"this row can never hold: {condition_words(when)}"
                self._check.fault_at(spot, found, "remove it, or change its condition")
            elif number in hidden and (table.hit == "first" or not when):
                rows = " and ".join(str(one + 1) for one in hidden[number])
                what = "this row is never reached" if when else "nothing reaches this row without `when`"
                self._check.fault_at(spot, what, f"row {rows} takes its cases")
        if table.hit == "unique" and (both := find_overlap(tests, self._captures)) is not None:
            first, second, case = both
            found = f"rows {numbers[first] + 1} and {numbers[second] + 1} both hold for {case}"
            self._check.fault_at((*path, "rows", numbers[second]), found, "one row a case, or `hit: first`")
        if len(tests) == len(whens) and (case := find_hole(tests, self._captures, applies)):
            found = f"no row holds for {case}"
            self._check.fault_at((*path, "rows"), found, "a row for it, or a last row without `when`")
