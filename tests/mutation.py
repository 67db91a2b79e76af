"""`make mutation`: one line of the store or the session is changed at a time, and a test should notice.

By hand: `python -m tests.mutation --sample 3000 --seed 1`, or with patterns: `recoverycli.redaction.redact.*`.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

KEPT = Path("mutants")
FLOOR = 80
# What mutmut's exit codes mean; every other one is a fault of the run itself.
KILLED, SURVIVED, UNTESTED, ENDLESS = {1, 3}, {0}, {5, 33}, {-24, 24, 36, 152, 255}
# To make the mutants and to learn which test reaches which function, one small module is enough.
SMALL = "recoverycli.store.locks.*"
AT_ONCE = 2000
RUN = """
import sys
from mutmut.__main__ import cli
cli(["run", *sys.argv[1:], *open("mutants/names.txt").read().split()])
"""


def main() -> int:
    """Run, print a table by module, write the survivors down; 1 where fewer than 80 % were killed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=0, help="so many mutants, drawn by the seed; 0 is all of them")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--go-on", action="store_true", help="pass over those that an interrupted run has tried")
    parser.add_argument("patterns", nargs="*")
    asked = parser.parse_args()
    # With names given, mutmut first runs every test without a change: one that pytest did not find by its name would
    # count as a kill later.
    mutmut(asked.processes, asked.patterns or [SMALL])
    names = sorted(results())
    # In a random order, so that what an interrupted run has tried is a sample of all.
    wanted = random.Random(asked.seed).sample(names, min(asked.sample or len(names), len(names)))
    for start in range(0, 0 if asked.patterns else len(wanted), AT_ONCE):
        known = results() if asked.go_on else {}
        if left := [name for name in wanted[start : start + AT_ONCE] if known.get(name) is None]:
            mutmut(asked.processes, left)
    found = results()
    tested = {name: code for name in (names if asked.patterns else wanted) if (code := found[name]) is not None}
    return told(tested, len(found))


def mutmut(processes: int, names: list[str]) -> None:
    """Run mutmut; what it prints is in mutants.log."""
    KEPT.mkdir(exist_ok=True)
    # Thousands of names are more than a command line holds.
    (KEPT / "names.txt").write_text("\n".join(names), encoding="utf-8")
    command = [sys.executable, "-c", RUN, f"--max-children={processes}"]
    with Path("mutants.log").open("w", encoding="utf-8") as log:
        done = subprocess.run(command, stdout=log, stderr=log, check=False)
    if done.returncode:
        sys.exit(f"mutmut ended with {done.returncode}; what it said is in mutants.log")


def results() -> dict[str, int | None]:
    """Every mutant with its exit code, None where it was not run."""
    found: dict[str, int | None] = {}
    for path in sorted(KEPT.rglob("*.meta")):
        found |= json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found


def told(tested: dict[str, int], there: int) -> int:
    """Print the figures and write the survivors with their changed lines into mutants/survivors.txt."""
    modules: dict[str, Counter[str]] = {}
    for name, code in tested.items():
        module = ".".join(name.split(".")[1:3])
        modules.setdefault(module, Counter())[meaning(code)] += 1
    total: Counter[str] = sum(modules.values(), Counter())
    print(f"{'module':28} mutants  killed  timeout  survived  no test  score")
    for module, counts in [*sorted(modules.items()), ("all that were run", total)]:
        row = "  ".join(f"{counts[what]:>{width}}" for what, width in WIDTHS.items())
        print(f"{module:28} {counts.total():7}  {row}  {score(counts):4.0f} %")
    print(f"{len(tested)} of {there} mutants were run")
    with (KEPT / "survivors.txt").open("w") as file:
        file.writelines(f"{name}\n{changed(name)}\n" for name, code in tested.items() if code in SURVIVED)
    print("the survivors: mutants/survivors.txt")
    if total["fault"]:
        print(f"{total['fault']} ended in a way that says nothing; see mutants.log")
    return 0 if score(total) >= FLOOR and not total["fault"] else 1


WIDTHS = {"killed": 6, "timeout": 7, "survived": 8, "no test": 7}


def meaning(code: int) -> str:
    """What became of a mutant."""
    kinds = (("killed", KILLED), ("survived", SURVIVED), ("no test", UNTESTED), ("timeout", ENDLESS))
    return next((kind for kind, codes in kinds if code in codes), "fault")


def score(counts: Counter[str]) -> float:
    """The percentage that was noticed. A mutant that never ends is noticed; one that no test reaches is not."""
    return 100 * (counts["killed"] + counts["timeout"]) / max(1, counts.total())


def changed(name: str) -> str:
    """The lines that the mutant changes."""
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    lines = str(get_diff_for_mutant(name)).splitlines()
    return "\n".join(line for line in lines if line[:1] in "+-" and line[:3] not in {"+++", "---"})


if __name__ == "__main__":
    sys.exit(main())
