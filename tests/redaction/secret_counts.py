"""How secrets in everyday wording are found, by kind: the lists to tune on beside those that are only counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.redaction.redact import redact
from tests.privacy.measuring import ALWAYS, Figures, listed, lists, measured, together

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.privacy.measuring import Line

COLUMNS = f"{'rows':>6}{'recall':>8}{'precision':>11}"


def secrets_table() -> str:
    """Return the table to be printed, with two columns for each list."""
    files = {file.stem.removeprefix("secrets-"): list(listed(file)) for file in (*lists("tuned"), *lists("counted"))}
    figures = [_by_kind(lines) for lines in files.values()]
    return "\n".join(
        (
            f"{'secrets':<22}" + "  ".join(f"{f'{name}, {len(lines)} sentences':>25}" for name, lines in files.items()),
            f"{'':<22}" + "  ".join(COLUMNS for _ in files),
            *(f"{kind:<22}" + "  ".join(_cells(one[kind]) for one in figures) for kind in (*ALWAYS, "all")),
            f"{'look-alikes masked':<22}" + "  ".join(f"{_harmed(lines):>25}" for lines in files.values()),
            *(() if lists("counted") else ("counted: no set yet",)),
        )
    )


def _by_kind(lines: Sequence[Line]) -> dict[str, Figures]:
    kinds = {one.kind: one for one in measured(lines, by_choice=False)}
    return {**kinds, "all": together(list(kinds.values()))}


def _cells(figures: Figures) -> str:
    return f"{figures.labelled:>6}{figures.recall:>8.0%}{figures.precision:>11.0%}"


def _harmed(lines: Sequence[Line]) -> str:
    empty = [line for line in lines if not line.secrets]
    return f"{sum(redact(line.text)[1] > 0 for line in empty)} of {len(empty)}"
