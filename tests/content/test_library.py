"""Where content of every kind is looked for, and how a library of it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recoverycli.content.library import Source, search_order
from recoverycli.errors import ContentProblem, UsageProblem
from recoverycli.paths import built_in_folder
from recoverycli.training.scenarios.library import ScenarioLibrary
from recoverycli.wording.files.library import WordingLibrary

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = ("frameworks", "scenarios", "wording", "scorecards")


@pytest.mark.parametrize("content", CONTENT)
def test_the_nearest_folder_comes_first_for_every_kind_of_content(tmp_path: Path, content: str) -> None:
    environ = {"RECOVERY_CONFIG_HOME": str(tmp_path / "config")}
    team = tmp_path / "team" / "3-abcd"
    found = search_order(environ, content, flag=str(tmp_path / "f"), project=tmp_path / ".recovery", team=(3, team))
    assert found == (
        Source(tmp_path / "f", "flag"),
        Source(tmp_path / ".recovery" / content, "project"),
        Source(tmp_path / "config" / content, "personal"),
        Source(team / content, "team", 3),
        Source(built_in_folder(content), "built-in"),
    )


def test_without_flag_project_and_team_there_are_the_users_own_files_and_the_built_in_ones(tmp_path: Path) -> None:
    environ = {"RECOVERY_CONFIG_HOME": str(tmp_path)}
    assert [source.kind for source in search_order(environ, "wording")] == ["personal", "built-in"]


def test_every_built_in_file_is_loaded_by_its_name() -> None:
    scenarios = ScenarioLibrary((Source(built_in_folder("scenarios"), "built-in"),), ())
    wording = WordingLibrary((Source(built_in_folder("wording"), "built-in"),))
    for library in (scenarios, wording):
        ids = [library.load(one).content for one in library.ids()]
        assert len(ids) == len(library.listing().entries) > 3
        assert library.listing().problems == ()
        assert library.faults == []


def test_a_scenario_is_found_by_one_name_and_answered_with_the_nearest_for_another(tmp_path: Path) -> None:
    (tmp_path / "broken.yml").write_text("schema: 1\nid: broken\n", encoding="utf-8")
    library = ScenarioLibrary((Source(tmp_path, "project"), Source(built_in_folder("scenarios"), "built-in")), ())
    with pytest.raises(UsageProblem, match="did you mean late-parcel"):
        library.load("late-parcle")
    with pytest.raises(ContentProblem, match=r"the scenario broken cannot be read:\n.*broken\.yml:1:1"):
        library.load("broken")


def test_what_the_team_published_says_its_version(tmp_path: Path) -> None:
    text = (built_in_folder("scenarios") / "late-parcel.yaml").read_bytes()
    (tmp_path / "late-parcel.yaml").write_bytes(text)
    library = ScenarioLibrary((Source(tmp_path, "team", 7), Source(built_in_folder("scenarios"), "built-in")), ())
    assert library.load("late-parcel").whence == "team 7"
    assert library.load(next(one for one in library.ids() if one != "late-parcel")).whence == "built-in"
