"""Write sbom.json from the bill that cyclonedx-py prints, and docs/licences.md from the packages of this Python."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
# What is not installed on Linux, where this is made.
_ELSEWHERE = {"colorama": "BSD-3-Clause"}
_HEAD = """\
# Licences

`make bom` makes this page from what each package of `constraints.txt` says about itself, and a test compares the two.
recoverycli itself is under the [MIT licence](../LICENSE). Libraries under the LGPL are separate packages, which you can
replace.
"""


def main() -> None:
    """Write both files; the bill comes from standard input."""
    bill = json.dumps(without_links(json.load(sys.stdin)), indent=1) + "\n"
    (ROOT / "sbom.json").write_text(bill, encoding="utf-8")
    (ROOT / "docs" / "licences.md").write_text(licences(json.loads(bill)), encoding="utf-8")


def without_links(bill: Any) -> Any:
    """Return the bill without addresses of other sites, which change with each release of a package."""
    if isinstance(bill, dict):
        return {key: without_links(value) for key, value in bill.items() if key != "externalReferences"}
    return [without_links(one) for one in bill] if isinstance(bill, list) else bill


def licences(bill: Any) -> str:
    """Return the page: what is installed with the tool, by the bill, and what only its development needs."""
    shipped = {_normal(one["name"]) for one in bill["components"]}
    pinned = sorted(pins())
    tables = {
        "Installed with the tool": [name for name in pinned if name in shipped],
        "For development and tests": [name for name in pinned if name not in shipped],
    }
    pieces = [_HEAD]
    for title, names in tables.items():
        rows = "\n".join(f"| {name} | {licence(name)} |" for name in names)
        pieces.append(f"## {title}\n\n| package | licence |\n| --- | --- |\n{rows}\n")
    return "\n".join(pieces)


def pins() -> dict[str, str]:
    """Return the pinned versions of constraints.txt by normal name."""
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    return {_normal(name): version for name, version in re.findall(r"(?m)^([\w.-]+)==(\S+)", text)}


def licence(name: str) -> str:
    """Return the licence of a package: its expression, else its short name, else its classifiers."""
    from importlib.metadata import PackageNotFoundError, metadata

    try:
        about = metadata(name)
    except PackageNotFoundError:
        return _ELSEWHERE[name]
    if "License-Expression" in about:
        return str(about["License-Expression"])
    named = [one.rpartition(" :: ")[2] for one in about.get_all("Classifier") or () if one.startswith("License :: ")]
    short = str(about["License"]).strip() if "License" in about else ""
    return " / ".join(named) or (short if "\n" not in short else "") or "not named"


def requirements() -> list[str]:
    """Return what the tool and its extras require, as pyproject.toml says it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [one for extra in project["optional-dependencies"].values() for one in extra]
    return [one for one in (*project["dependencies"], *extras) if not one.startswith("recoverycli")]


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    main()
