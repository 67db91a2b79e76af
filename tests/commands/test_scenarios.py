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
    assert read == {"file": str(path), "ok": True, "endings": 7, "problems": [], "warnings": []}


def test_a_file_that_is_not_there_is_a_problem_with_its_name(recovery: Recovery, tmp_path: Path) -> None:
    path = tmp_path / "nowhere.yaml"
    told = recovery("scenarios", "validate", str(path), "--json")
    read = json.loads(told.stdout)
    assert (told.returncode, read["ok"], read["endings"]) == (1, False, 0)
    assert read["problems"][0]["message"].startswith(f"{path}:1:1: the file cannot be read")


def test_lint_finds_what_a_good_reply_should_not_say_and_leaves_the_poor_ones(
    recovery: Recovery, tmp_path: Path
) -> None:
    text = (built_in_folder("scenarios") / "late-parcel.yaml").read_text(encoding="utf-8")
    own = tmp_path / ".recovery" / "frameworks" / "ours.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(
        "schema: 1\nid: ours\nname: Ours\nextends: last\nsteps:\n  - id: listen\n    avoid:\n"
        '      - {say: "one moment there", because: It asks them to wait., instead: "I am looking at it now."}\n',
        encoding="utf-8",
    )
    path = tmp_path / "late-parcel.yaml"
    poor = text.rindex(" say: ", 0, text.rindex("effect: -"))
    end = text.index("\n", poor)
    path.write_text(f'{text[:poor]} say: "One moment there. Calm down."{text[end:]}', encoding="utf-8")
    assert "avoided-elsewhere" not in recovery("scenarios", "lint", path.name, cwd=tmp_path).stdout
    path.write_text(text.replace('say: "', 'say: "One moment there. Calm down. ', 1), encoding="utf-8")
    done = recovery("scenarios", "lint", path.name, cwd=tmp_path)
    assert done.returncode == 1
    assert 'avoided-elsewhere: "One moment there" is under `avoid` in `ours`' in done.stdout
    assert 'Rather: "I am looking at it now."' in done.stdout
    assert "backfires: `Calm down`" in done.stdout
