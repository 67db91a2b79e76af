"""What the guide for authors shows can be typed in its order, and every file in it is valid."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from recoverycli.training.lint.lint import RULES
from tests import present
from tests.commands.recovery import Recovery
from tests.platforms import needs_posix_shell
from tests.wording.wordings import read

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "guide" / "authoring.md").read_text(encoding="utf-8")


def blocks(*kinds: str) -> Iterator[tuple[str, str]]:
    """The fenced blocks of the guide in their order: what they are in, and what stands in them."""
    for kind, text in re.findall(r"^```(\w+)\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE):
        if kind in kinds:
            yield kind, text


def whole_files() -> list[tuple[str, str]]:
    """The YAML blocks that are whole files: the folder in which each belongs, and its text."""
    found = [text for _, text in blocks("yaml") if re.search(r"^schema: 1$", text, re.MULTILINE)]
    return [(folder_of(text), text) for text in found]


def folder_of(text: str) -> str:
    """The folder of `.recovery` in which a file of the guide belongs."""
    keys = yaml.safe_load(text).keys()
    holds = {"patterns": "wording", "acts": "wording", "triggers": "wording", "intent": "phrases", "families": "issues"}
    return next((folder for key, folder in holds.items() if key in keys), "frameworks")


def put(here: Path, folder: str, text: str) -> Path:
    content = yaml.safe_load(text)
    file = here / ".recovery" / folder / f"{content.get('id') or content.get('intent') or 'ours'}.yaml"
    file.parent.mkdir(exist_ok=True, parents=True)
    file.write_text(text, encoding="utf-8")
    return file


@needs_posix_shell
def test_the_guide_can_be_followed_from_the_first_line_to_the_last(tmp_path: Path) -> None:
    here = tmp_path / "shop"
    here.mkdir()
    recovery = Recovery(tmp_path)
    recovery("start", "learn", "--customer", "A. Customer", stdin="Waits for two weeks\n1\n\n/end resolved\n")
    environ = recovery.environ(PATH=present.path_with_recovery(tmp_path / "bin"))
    ran = 0
    for kind, text in blocks("sh", "yaml"):
        if kind == "yaml":
            if text in [whole for _, whole in whole_files()]:
                put(here, folder_of(text), text)
            continue
        for line in text.splitlines():
            done = subprocess.run(
                ["bash", "-c", f"{line} </dev/null"],
                capture_output=True,
                cwd=here,
                env=environ,
                check=False,
                encoding="utf-8",
            )
            assert done.returncode == 0, (line, done.stdout, done.stderr)
            ran += 1
    assert ran >= 18
    drafted = {path.name for path in here.rglob("*.yaml")}
    assert {"our-way.yaml", "our-learn.yaml", "learn-hotel.yaml", "my-parcel.yaml", "from-tuesday.yaml"} <= drafted


@pytest.mark.parametrize(("folder", "text"), whole_files(), ids=lambda value: value if "\n" not in value else "")
def test_every_whole_file_of_the_guide_is_valid(tmp_path: Path, folder: str, text: str) -> None:
    file = put(tmp_path, folder, text)
    if folder == "wording":
        assert read(file.parent, ROOT / "wording").problems == ()
        return
    for other_folder, other in whole_files():
        put(tmp_path, other_folder, other)
    done = Recovery(tmp_path)("frameworks", "validate", str(file), cwd=tmp_path)
    assert done.returncode == 0, done.stdout


def test_parts_of_files_are_yaml_and_settings_of_editors_are_json() -> None:
    for _, text in blocks("yaml"):
        assert isinstance(yaml.safe_load(text), dict)
    for _, text in blocks("json"):
        assert json.loads(text)


def test_every_rule_of_lint_is_in_its_table_and_no_other() -> None:
    table = GUIDE[GUIDE.index("| rule |") : GUIDE.index("# Writing a scenario")]
    assert re.findall(r"^\| `([\w-]+)`", table, re.MULTILINE) == list(RULES)


def test_every_link_of_the_guide_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", GUIDE):
        assert (ROOT / "docs" / "guide" / target).exists(), target
