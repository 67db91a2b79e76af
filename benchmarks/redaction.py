"""How well redaction does on the lines of tests/privacy/lines.txt and on the list that the rules are tuned on.

We wrote the lines ourselves: the figures show whether a change made it worse, not how it does on anybody's calls.
Exits 1 where cards and codes fall below 99 % recall, or what is always masked below 98 % precision. `--all` names every
line that was missed or masked without need. With names of lists (`secrets-counted-5`) it counts these alone.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.privacy.measuring import BY_CHOICE, LISTS, labelled, listed, measured, table, together, tuned


def count_lists(names: list[str], *, misread: bool) -> None:
    """Print the figures of each of the lists."""
    for name in names:
        lines = list(listed(LISTS / f"{name}.tsv"))
        figures = measured(lines, by_choice=False)
        unharmed = sum(not line.secrets for line in lines)
        print(f"{name}: {len(lines)} sentences, {unharmed} of them look-alikes")
        print(f"{table([*figures, together(figures)])}\n")
        if misread:
            for one in figures:
                for which, found in (("missed", one.missed), ("without need", one.wrong)):
                    print("".join(f"{one.kind} {which} {line}\n" for line in found), end="")


if __name__ == "__main__":
    if names := [word for word in sys.argv[1:] if word != "--all"]:
        count_lists(names, misread="--all" in sys.argv)
        sys.exit()
    lines = list(labelled())
    always, everything = measured(lines, by_choice=False), measured(lines, by_choice=True)
    tuning = list(tuned())
    everyday = measured(tuning, by_choice=False)
    unharmed = sum(not line.secrets for line in tuning)
    empty = sum(not line.secrets for line in lines)
    print(f"{len(lines)} lines of our own, {empty} of them with nothing to be masked\n")
    print(f"masked by default\n{table(always)}\n")
    print(f"with everything switched on ({', '.join(BY_CHOICE)})\n{table(everything)}\n")
    print(f"{len(tuning)} sentences that the rules are tuned on, {unharmed} of them look-alikes\n{table(everyday)}")
    if "--all" in sys.argv:
        for one in (*always, *(one for one in everything if one.kind in BY_CHOICE), *everyday):
            for name, which in (("missed", one.missed), ("without need", one.wrong)):
                print("".join(f"\n{one.kind} {name} {line}" for line in which), end="")
        print()
    held = all(one.recall >= 0.99 for one in always if one.kind in {"card", "code"})
    sys.exit(0 if held and all(one.precision >= 0.98 for one in always) else 1)
