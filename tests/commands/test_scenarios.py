"""`recovery scenarios`: a file of one's own is counted and its problems are named."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from recoverycli.paths import built_in_folder

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.recovery import Recovery


def test_a_valid_scenario_is_reported_with_its_endings(recovery: Recovery, tmp_path: Path) -> None:
    path = tmp_path / "late-parcel.yaml"
    path.write_bytes((built_in_folder("scenarios") / "late-parcel.yaml").read_bytes())
    told = recovery("scenarios", "validate", str(path))
    assert (told.returncode, told.stdout) == (0, f"{path}: valid, 7 reachable endings\n")
    read = json.loads(recovery("scenarios", "validate", str(path), "--json").stdout)
    assert read == {"file": str(path), "ok": True, "endings": 3, "problems": [], "warnings": []}


def test_a_file_that_is_not_there_is_a_problem_with_its_name(recovery: Recovery, tmp_path: Path) -> None:
    path = tmp_path / "nowhere.yaml"
    told = recovery("scenarios", "validate", str(path), "--json")
    read = json.loads(told.stdout)
    assert (told.returncode, read["ok"], read["endings"]) == (1, False, 0)
    assert read["problems"][0]["message"].startswith(f"{path}:1:1: the file cannot be read")
