"""How sentences are read: recall and precision of the labelled sentences of the tests, label by label.

Of each set, tuned files were written for tuning, counted ones after them and only counted. The gap between the two is
what matters. A sentence counts in the first file that has it. `--misread` lists the sentences to tune on that are
misread; those of a counted file stay unseen.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.redaction.secret_counts import secrets_table
from tests.wording.reading_counts import READERS, Count, count, count_answers
from tests.wording.reading_sets import OWN_WORDS, SETS, LabelledSet, sentences, unseen

COLUMNS = f"{'rows':>6}{'recall':>8}{'precision':>11}"


def main() -> None:
    """Print a table for each set and for secrets, then how answers in own words are judged as a whole."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misread", action="store_true", help="list the sentences to tune on that are misread")
    if parser.parse_args().misread:
        for labelled in SETS:
            _list_misread(labelled)
        return
    for labelled in SETS:
        _show(labelled)
    print(f"{secrets_table()}\n")
    for file in OWN_WORDS.files:
        counts = count_answers(unseen(OWN_WORDS, file))
        print(f"answers, {_short(OWN_WORDS, file)}")
        print(f"  denials and refusals that get credit for a good act      {counts.credited:>4} of {counts.denials}")
        print(f"  denials and refusals taken for a good reply              {counts.praised:>4} of {counts.denials}")
        print(f"  good answers of which a good act is found                {counts.recognized:>4} of {counts.good}")
        print(f"  unclear answers that get credit or are charged           {counts.judged:>4} of {counts.unclear}")


def _show(labelled: LabelledSet) -> None:
    read = READERS[labelled.name]
    rows = {_short(labelled, file): unseen(labelled, file) for file in labelled.files}
    counted = [count(some, labelled.labels, read) for some in rows.values()]
    print(f"{labelled.name:<22}" + "  ".join(f"{f'{name}, {len(some)} sentences':>25}" for name, some in rows.items()))
    print(f"{'':<22}" + "  ".join(COLUMNS for _ in rows))
    for label in (*labelled.labels, "all", "any"):
        print(f"{label:<22}" + "  ".join(_cells(counts[label]) for counts in counted))
    if not labelled.counted:
        print("counted: no set yet")
    print()


def _short(labelled: LabelledSet, file: Path) -> str:
    """Return the name of a file without that of its set: `tuned`, `tuned-2`, `counted`."""
    return file.stem[file.stem.index("tuned" if file in labelled.tuned else "counted") :]


def _list_misread(labelled: LabelledSet) -> None:
    print(f"{labelled.name}: labels that were missed (-) and found wrongly (+)")
    for row in sentences(*labelled.tuned):
        found = READERS[labelled.name](row)
        wrong = [*(f"-{label}" for label in row.labels - found), *(f"+{label}" for label in found - row.labels)]
        if wrong:
            print(f"{' '.join(sorted(wrong))}\t{row.answers}\t{row.text}")
    print()


def _cells(counts: Count) -> str:
    return f"{counts.having:>6}{_percent(counts.recall):>8}{_percent(counts.precision):>11}"


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"


if __name__ == "__main__":
    main()
