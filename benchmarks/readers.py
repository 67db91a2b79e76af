"""How typed lines are read: counts of right, none and wrong for each table of the tests.

`none` reads nothing where something was meant, or only asks; `wrong` reads something else. Of each pair, the first
table was written together with the rules, the second after they were fixed.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.forgotten import FORGOTTEN, FORGOTTEN_NOT_TUNED, forgotten_rows, judge_forgotten
from tests.tables import (
    AMOUNTS,
    AMOUNTS_NOT_TUNED,
    DATES,
    DATES_NOT_TUNED,
    PROMISES,
    amount_meaning,
    amount_rows,
    date_meaning,
    date_rows,
    judge,
    judge_promise,
    promise_rows,
)
from tests.wording.card_sentences import HELD_OUT, TUNED, count, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

VERDICTS = ("right", "none", "wrong")


def main() -> None:
    """Print a row for each table, then what notes suggest which card."""
    print(f"{'table':<40}{'rows':>6}" + "".join(f"{verdict:>7}" for verdict in VERDICTS))
    for file in (AMOUNTS, AMOUNTS_NOT_TUNED):
        rows = amount_rows(file)
        _show("amounts", file, (judge(row.meaning, amount_meaning(row.typed)[1]) for row in rows))
    for file in (DATES, DATES_NOT_TUNED):
        _show("dates", file, (judge(row.meaning, date_meaning(row)) for row in date_rows(file)))
    now, promises = promise_rows(PROMISES)
    _show("promises", PROMISES, (judge_promise(row, now) for row in promises))
    for file in (FORGOTTEN, FORGOTTEN_NOT_TUNED):
        slash = forgotten_rows(file)
        _show("commands without slash", file, (judge_forgotten(row) for row in slash if row.command))
        _show("notes like commands", file, (judge_forgotten(row) for row in slash if not row.command))
    print()
    print(f"{'cards':<40}{'danger':>7}{'right':>7}{'any':>7}{'ordinary':>10}{'false alarms':>14}")
    for file, label in ((TUNED, "with the words"), (HELD_OUT, "held out")):
        counts = count(sentences(file))
        print(
            f"{f'notes, {label}':<40}{counts.danger:>7}{counts.right:>7}{counts.any_card:>7}"
            f"{counts.ordinary:>10}{counts.false_alarms:>14}"
        )


def _show(name: str, file: Path, verdicts: Iterable[str]) -> None:
    counted = Counter(verdicts)
    label = f"{name}, {'after the rules' if 'not-tuned' in file.name else 'with the rules'}"
    print(f"{label:<40}{counted.total():>6}" + "".join(f"{counted[verdict]:>7}" for verdict in VERDICTS))


if __name__ == "__main__":
    main()
