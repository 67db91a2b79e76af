"""The frameworks there are: whose wins, and that a broken file hides none."""

from __future__ import annotations

from pathlib import Path

import pytest

from recoverycli.content.library import Source
from recoverycli.errors import ContentProblem, UsageProblem
from recoverycli.frameworks.library import FrameworkLibrary
from tests.frameworks.test_reader import GOOD, VARIANT
from tests.platforms import needs_links


@pytest.fixture
def library(tmp_path: Path) -> FrameworkLibrary:
    for name in ("project", "built-in"):
        (tmp_path / name).mkdir()
    (tmp_path / "built-in" / "mine.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "built-in" / "variant.yaml").write_text(VARIANT, encoding="utf-8")
    return FrameworkLibrary((Source(tmp_path / "project", "project"), Source(tmp_path / "built-in", "built-in")))


def test_the_nearest_folder_wins_and_is_named(library: FrameworkLibrary, tmp_path: Path) -> None:
    assert library.load("mine").kind == "built-in"
    (tmp_path / "project" / "mine.yaml").write_text(GOOD.replace("name: Mine", "name: Ours"), encoding="utf-8")
    loaded = library.load("mine")
    assert (loaded.content.name, loaded.kind) == ("Ours", "project")
    assert loaded.path == tmp_path / "project" / "mine.yaml"


def test_a_broken_file_hides_no_good_one_and_is_reported(library: FrameworkLibrary, tmp_path: Path) -> None:
    (tmp_path / "project" / "mine.yaml").write_text("schema: 1\n", encoding="utf-8")
    assert library.load("mine").kind == "built-in"
    assert library.faults
    listing = library.listing()
    assert [loaded.content.id for loaded in listing.entries] == ["mine", "variant"]
    assert {problem.file for problem in listing.problems} == {str(tmp_path / "project" / "mine.yaml")}


def test_a_framework_whose_every_file_is_broken_says_what_is_wrong(library: FrameworkLibrary, tmp_path: Path) -> None:
    (tmp_path / "project" / "ours.yaml").write_text(
        GOOD.replace("id: mine", "id: ours").replace("intent: solve", "intent: x"), encoding="utf-8"
    )
    with pytest.raises(ContentProblem, match=r"ours.yaml:22:13"):
        library.load("ours")


def test_an_unknown_framework_is_answered_with_the_nearest_and_the_list(library: FrameworkLibrary) -> None:
    with pytest.raises(UsageProblem, match="did you mean mine") as refused:
        library.load("mien")
    assert "mine, variant" in refused.value.hint


def test_a_circle_of_extends_is_refused(library: FrameworkLibrary, tmp_path: Path) -> None:
    for one, other in (("one", "two"), ("two", "one")):
        text = f"schema: 1\nid: {one}\nname: X\nextends: {other}\n"
        (tmp_path / "project" / f"{one}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentProblem, match="the framework `two` cannot be read, or extends this file"):
        library.load("one")


def test_a_broken_parent_is_the_one_fault_of_its_children(library: FrameworkLibrary, tmp_path: Path) -> None:
    (tmp_path / "built-in" / "mine.yaml").write_text(GOOD.replace("intent: solve", "intent: x"), encoding="utf-8")
    child = VARIANT.replace("name: Variant", "name: Variant\nplaceholders: [shop]")
    child = child.replace('"', '"{order} and {oder}: ', 1)
    read = library.validate(child.encode(), "variant.yaml", ())
    assert [one.found for one in read.problems] == ["the framework `mine` cannot be read, or extends this file"]


def test_a_mistyped_parent_is_answered_with_the_nearest(library: FrameworkLibrary) -> None:
    read = library.validate(VARIANT.replace("extends: mine", "extends: mien").encode(), "variant.yaml", ())
    assert [(one.found, one.nearest) for one in read.problems] == [("there is no framework `mien` to extend", "mine")]


def test_what_a_variant_extends_may_be_overridden_nearer(library: FrameworkLibrary, tmp_path: Path) -> None:
    (tmp_path / "project" / "mine.yaml").write_text(
        GOOD.replace("A framework for a test.", "Our own words."), encoding="utf-8"
    )
    assert library.load("variant").content.summary == "Our own words."


def test_a_variant_of_its_own_name_extends_the_one_below(library: FrameworkLibrary, tmp_path: Path) -> None:
    (tmp_path / "project" / "variant.yaml").write_text(
        "schema: 1\nid: variant\nname: Ours\nextends: mine\n", encoding="utf-8"
    )
    assert library.load("variant").content.name == "Ours"


@needs_links
def test_odd_things_in_a_folder_are_problems_and_no_end(library: FrameworkLibrary, tmp_path: Path) -> None:
    folder = tmp_path / "project"
    (folder / "folder.yaml").mkdir()
    (folder / "link.yaml").symlink_to(folder / "nowhere")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    (folder / ".hidden.yaml").write_text("x", encoding="utf-8")
    listing = library.listing()
    assert [loaded.content.id for loaded in listing.entries] == ["mine", "variant"]
    assert {Path(problem.file).name for problem in listing.problems} == {"folder.yaml", "link.yaml"}


def test_a_folder_that_is_not_there_is_no_fault(tmp_path: Path) -> None:
    assert FrameworkLibrary((Source(tmp_path / "nowhere", "personal"),)).listing().entries == ()
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("wanted", ["../built-in/mine", "/etc/passwd", "", ".", "mine\0", "x" * 5000])
def test_an_id_leads_nowhere_but_into_the_folders(library: FrameworkLibrary, wanted: str) -> None:
    with pytest.raises(UsageProblem):
        library.load(wanted)
