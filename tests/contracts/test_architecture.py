"""docs/architecture.md describes the code as it is."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def files_of(heading: str) -> list[str]:
    """The files of the list under a heading of the page."""
    section = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^- `([^`]+)`:", section, re.MULTILINE)


def test_the_picture_is_the_one_of_the_import_graph(tmp_path: Path) -> None:
    pytest.importorskip("grimp", reason="a development package that every make target installs")
    fresh = tmp_path / "architecture.svg"
    subprocess.run([sys.executable, ROOT / "docs" / "make_map.py", fresh], check=True, cwd=tmp_path)
    checked_in = (ROOT / "docs" / "architecture.svg").read_text(encoding="utf-8")
    assert fresh.read_text(encoding="utf-8") == checked_in, "run `make map`"


def test_the_table_has_every_package_once() -> None:
    source = ROOT / "src" / "recoverycli"
    folders = {path.parent.name for path in source.glob("*/__init__.py")}
    modules = {path.stem for path in source.glob("*.py")} - {"__init__"}
    named = re.findall(r"^\| `(\w+)/?` \|", PAGE, re.MULTILINE)
    assert sorted(named) == sorted(folders | modules)


def test_every_file_on_the_page_exists() -> None:
    paths = {path for path in re.findall(r"`([\w/]+\.(?:py|json|md))`", PAGE) if "/" in path}
    assert len(paths) > 40
    source = ROOT / "src" / "recoverycli"
    new = "src/recoverycli/review/exporters/NAME.py"
    assert not {path for path in paths - {new} if not (ROOT / path).is_file() and not (source / path).is_file()}


@pytest.mark.parametrize("heading", ["How to add an event", "How to add an export format", "How to add a filter"])
def test_every_list_names_files(heading: str) -> None:
    assert len(files_of(heading)) > 2
