"""How secrets in everyday wording are found, by kind: the lists to tune on beside those that are only counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.redaction.redact import redact
from tests.privacy.measuring import ALWAYS, Figures, counted, measured, tuned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.privacy.measuring import Line

NO_SET = "no set yet"
COLUMNS = f"{'rows':>6}{'recall':>8}{'precision':>11}"


def secrets_table() -> str:
    """Return the table to be printed."""
    sets = [list(tuned()), list(counted())]
    sizes = [f"{len(lines)} sentences" if lines else NO_SET for lines in sets]
    figures = [_by_kind(lines) for lines in sets]
    head = f"{'secrets':<22}{'tuned, ' + sizes[0]:>25}{'counted, ' + sizes[1]:>27}"
    rows = [f"{kind:<22}{'  '.join(_cells(one.get(kind)) for one in figures)}" for kind in (*ALWAYS, "all")]
    harmed = [f"{_harmed(lines)} of {sum(not line.secrets for line in lines)}" if lines else "-" for lines in sets]
    return "\n".join(
        (head, f"{'':<22}{COLUMNS}  {COLUMNS}", *rows, f"{'look-alikes masked':<22}{harmed[0]:>25}  {harmed[1]:>25}")
    )


def _by_kind(lines: Sequence[Line]) -> dict[str, Figures]:
    if not lines:
        return {}
    kinds = {one.kind: one for one in measured(lines, by_choice=False)}
    together = Figures(
        "all",
        sum(one.labelled for one in kinds.values()),
        tuple(line for one in kinds.values() for line in one.missed),
        sum(one.found for one in kinds.values()),
        tuple(line for one in kinds.values() for line in one.wrong),
    )
    return {**kinds, "all": together}


def _cells(figures: Figures | None) -> str:
    if figures is None:
        return f"{'-':>25}"
    return f"{figures.labelled:>6}{figures.recall:>8.1%}{figures.precision:>11.1%}"


def _harmed(lines: Sequence[Line]) -> int:
    return sum(redact(line.text)[1] > 0 for line in lines if not line.secrets)
