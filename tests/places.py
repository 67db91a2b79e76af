"""Where and when the tests are repeated: `python -m tests.places [NAME ...] -- COMMAND` runs a command at each place.

With --turn a number chooses so many places (--many) in their order, so that number after number goes through all.
Without a command the names are printed.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from tests.present import LOCALE, MOMENT, ZONE


class Place(NamedTuple):
    """When each module of tests begins, in which zone; a locale, and whether root gives up its rights."""

    now: str
    zone: str
    locale: str = ""
    ordinary: bool = False


# Nights of summer time begin shortly before the change, so that a module sees both sides of it. They are Sundays.
PLACES = {
    "year-end": Place("2026-12-31T23:59:00+01:00", "Europe/Berlin"),
    "new-york-spring": Place("2027-03-14T01:59:40-05:00", "America/New_York"),
    "posix-locale": Place("2026-11-29T12:00:00+00:00", "UTC", "C"),
    "london-autumn": Place("2027-10-31T01:59:40+01:00", "Europe/London"),
    "kolkata": Place("2026-11-25T02:15:00+05:30", "Asia/Kolkata"),
    "ordinary-user": Place("2026-11-30T08:00:00+01:00", "Europe/Berlin", ordinary=True),
    "leap-day": Place("2028-02-29T17:05:00+01:00", "Europe/Berlin"),
    "london-spring": Place("2027-03-28T00:59:40+00:00", "Europe/London"),
    "turkish": Place("2027-01-05T10:00:00+03:00", "Europe/Istanbul", "tr_TR.UTF-8"),
    "new-york-autumn": Place("2027-11-07T01:59:40-04:00", "America/New_York"),
    "auckland": Place("2027-01-17T08:00:00+13:00", "Pacific/Auckland"),
}


def choose(turn: int, many: int) -> list[str]:
    """Return the names of so many places, after those of the turn before."""
    names = list(PLACES)
    return [names[(turn * many + place) % len(names)] for place in range(many)]


def environ(place: Place, folder: Path) -> dict[str, str]:
    """Return the environment of a command at a place. `folder` is empty: the home of an ordinary user, and more."""
    found = {**os.environ, MOMENT: place.now, ZONE: place.zone}
    if place.locale:
        found |= {LOCALE: place.locale, "LC_ALL": place.locale}
    if place.locale not in {"", "C"}:
        made = folder / "locales" / place.locale
        made.parent.mkdir()
        language, _, letters = place.locale.partition(".")
        subprocess.run(["localedef", "-i", language, "-f", letters, "--no-archive", str(made)], check=True)
        found["LOCPATH"] = str(made.parent)
    if place.ordinary:
        found |= {"HOME": str(folder), "TMPDIR": str(folder), "HYPOTHESIS_STORAGE_DIRECTORY": str(folder / "examples")}
    return found


def missing(place: Place, ordinary: list[str]) -> str:
    """Return what this computer lacks for a place, or nothing."""
    needed = [*(ordinary[:1] if place.ordinary else []), *(["localedef"] if place.locale not in {"", "C"} else [])]
    return next((f"{program} is not installed" for program in needed if shutil.which(program) is None), "")


def run(place: Place, command: list[str], ordinary: list[str]) -> int:
    """Run a command at a place and return its exit code. `ordinary` is how root gives up its rights."""
    with tempfile.TemporaryDirectory(prefix="home of Zoë ") as name:
        folder = Path(name)
        world = environ(place, folder)
        # An ordinary user must be able to write there.
        folder.chmod(0o777)
        return subprocess.run([*(ordinary if place.ordinary else []), *command], env=world, check=False).returncode


def main() -> int:
    """Run a command at each of the places; the exit code is 1 where it failed at one of them."""
    told, _, command = "\0".join(sys.argv[1:]).partition("\0--\0")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(PLACES)}; all of them by default")
    parser.add_argument("--turn", type=lambda text: int(text, 16), help="a number in hexadecimal, as a commit has it")
    parser.add_argument("--many", type=int, default=1, help="how many places of a turn")
    parser.add_argument("--ordinary", type=shlex.split, default=[], help="how root gives up its rights")
    given = parser.parse_args(told.split("\0") if told else [])
    names = given.names or (list(PLACES) if given.turn is None else choose(given.turn, given.many))
    if unknown := [name for name in names if name not in PLACES]:
        parser.error(f"no such place: {', '.join(unknown)}")
    if not command:
        sys.stdout.write(f"{' '.join(names)}\n")
        return 0
    results = []
    for name in names:
        place = PLACES[name]
        sys.stdout.write(f"\n{name}: {place.now} in {place.zone} {place.locale}\n")
        sys.stdout.flush()
        lacks = missing(place, given.ordinary)
        failed = not lacks and run(place, command.split("\0"), given.ordinary)
        results.append((name, f"not run: {lacks}" if lacks else "failed" if failed else "passed"))
    sys.stdout.write("\n" + "".join(f"{name:16} {result}\n" for name, result in results))
    return int(any(result == "failed" for _, result in results))


if __name__ == "__main__":
    sys.exit(main())
