"""Wording files: problems are reported with their positions, and a broken file does not affect the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from recoverycli.wording.files.reader import read_wording
from tests.platforms import needs_links
from tests.wording.wordings import BUILT_IN, FOLDER, read

GOOD = """\
schema: 1
id: ours
name: Our own words
patterns:
  - id: cheers
    kind: tone
    say: ["cheers mate"]
    because: It is too chummy for us.
    instead: "Thank you."
    channels: [email]
  - id: calm-down
    kind: tone
    say: ["calm down dear"]
    because: Ours to say.
    instead: "Go on."
off: [unfortunately]
"""


def test_a_valid_file_is_read(tmp_path: Path) -> None:
    result = read_wording(GOOD.encode(), "ours.yaml")
    assert result.problems == ()
    assert result.content is not None
    assert [one.id for one in result.content.file.patterns] == ["cheers", "calm-down"]


def test_every_problem_of_a_file_is_reported_at_once_with_its_position() -> None:
    broken = (
        GOOD.replace("kind: tone", "kind: tonne", 1)
        .replace('["cheers mate"]', '["cheers (mate"]')
        .replace("channels: [email]", "channels: [e-mail]")
        .replace("    because: Ours to say.\n", "")
        .replace("id: calm-down", "id: cheers")
        .replace("name: Our", "nmae: Our")
    )
    lines = [problem.as_line() for problem in read_wording(broken.encode(), "ours.yaml").problems]
    places = [":".join(line.split(":")[:3]) for line in lines]
    assert places == [
        "ours.yaml:3:1", "ours.yaml:6:11", "ours.yaml:7:11", "ours.yaml:10:16", "ours.yaml:11:5",
        "ours.yaml:11:9",
    ]  # fmt: skip
    told = "\n".join(lines)
    for meant in (
        "did you mean `name`?",
        "did you mean `tone`?",
        "did you mean `email`?",
        "a parenthesis is not closed",
    ):
        assert meant in told
    assert "the key `because` is missing" in told
    assert "appears twice" in told


PART = """\
schema: 1
id: ours
name: Our own words
parts:
  - id: regret
    name: Regret
    weight: 3
    meaning: You say that you are sorry.
    signs: ["we regret"]
    catches: ["We regret it."]
intents:
  - id: listen
    name: Listen
    signs: ["tell me"]
    catches: ["Tell me."]
"""


@pytest.mark.parametrize(
    ("text", "written", "instead", "place", "told"),
    [
        (GOOD, "kind: tone", "kind: sarcasm", (6, 11), "`sarcasm` is not allowed here; allowed: admission, apology"),
        (GOOD, "kind: tone", "kind: blaming", (6, 11), "did you mean `blame`?"),
        (GOOD, "cheers mate", "cheers/ mate/", (7, 11), "`cheers/mate/` has an empty choice; a word on both sides of"),
        (GOOD, "cheers mate", "cheers//hey mate", (7, 11), "`cheers//hey` has an empty choice"),
        (GOOD, "cheers mate", "cheers () mate", (7, 11), "a parenthesis is empty"),
        (GOOD, '"cheers mate"', '""', (7, 11), "the text is empty"),
        (GOOD, '["cheers mate"]', "[]", (7, 10), "`say` is empty; at least one phrase"),
        (GOOD, '"Thank you."', '"Thank you."\n    catches: ["Cheers!"]', (10, 15),
         "`Cheers!` is not found by `cheers`; `catches` has sentences that it finds"),
        (GOOD, '"Thank you."', '"Thank you."\n    passes: ["Hi.", "Cheers, mate!"]', (10, 21),
         "`Cheers, mate!` is found by `cheers`; `passes` has sentences that it leaves"),
        (GOOD, '"Thank you."', '"Thank you."\n    catches: ["Cheers!"]\n    passes: ["Cheers!"]', (10, 15),
         "`Cheers!` is not found by `cheers`; a sentence is in `catches` or in `passes`"),
        (GOOD, '"Thank you."', '"Thank you."\n    passes: ["Cheers mate"]\n    catches: ["Cheers mate"]', (10, 14),
         "`Cheers mate` is found by `cheers`; a sentence is in `catches` or in `passes`"),
        (PART, '"We regret it."', '"We are sorry."', (10, 15), "`We are sorry.` is not found by `regret`"),
        (PART, '"Tell me."', '"Tell us."', (15, 15), "`Tell us.` is not found by `listen`"),
        (PART, "catches: [\"Tell", "passes: [\"Tell", (15, 14), "`Tell me.` is found by `listen`"),
    ],
)  # fmt: skip
def test_a_fault_of_a_company_file_says_where_it_is_and_what_is_allowed(
    tmp_path: Path, text: str, written: str, instead: str, place: tuple[int, int], told: str
) -> None:
    assert written in text
    (tmp_path / "ours.yaml").write_text(text.replace(written, instead, 1), encoding="utf-8")
    (problem,) = read(tmp_path, FOLDER).problems
    assert Path(problem.file).name == "ours.yaml"
    assert (problem.line, problem.column) == place
    assert told in problem.as_line()


def test_a_pattern_with_an_example_that_fails_is_still_used(tmp_path: Path) -> None:
    text = GOOD.replace('"Thank you."', '"Thank you."\n    catches: ["Cheers!"]')
    (tmp_path / "ours.yaml").write_text(text, encoding="utf-8")
    assert "cheers" in {one.id for one in read(tmp_path, FOLDER).wording.patterns}


def test_words_that_backfire_are_no_example_of_a_part(tmp_path: Path) -> None:
    text = PART.replace('["We regret it."]', '["We regret it."]\n    passes: ["We regret that you feel that way."]')
    (tmp_path / "ours.yaml").write_text(text, encoding="utf-8")
    assert read(tmp_path, FOLDER).problems == ()


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"[" * 5000, b"a: &a [*a]", b"- 1", b"schema: 2\n", b"x" * 1_100_000]
)
def test_no_bytes_raise_an_error(data: bytes) -> None:
    result = read_wording(data, "ours.yaml")
    assert result.content is None
    assert result.problems
    assert not any("framework" in problem.as_line() for problem in result.problems)


def test_a_broken_file_does_not_affect_the_built_in_ones(tmp_path: Path) -> None:
    (tmp_path / "backfires.yaml").write_text("schema: 1\nid: backfires\nname: X\npattern: []\n", encoding="utf-8")
    loaded = read(tmp_path, FOLDER)
    assert loaded.wording == BUILT_IN.wording
    (problem,) = loaded.problems
    assert (problem.line, problem.column, problem.nearest) == (4, 1, "patterns")


def test_the_nearest_folder_wins_pattern_by_pattern_and_may_switch_some_off(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(GOOD, encoding="utf-8")
    loaded = read(tmp_path, FOLDER)
    by_id = {one.id: one for one in loaded.wording.patterns}
    assert by_id["calm-down"].because == "Ours to say."
    assert "unfortunately" not in by_id
    assert len(by_id) == len(BUILT_IN.wording.patterns)
    assert loaded.wording.parts == BUILT_IN.wording.parts


def test_switching_off_an_unknown_pattern_is_reported(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(GOOD.replace("[unfortunately]", "[unfortunatly]"), encoding="utf-8")
    (problem,) = read(tmp_path, FOLDER).problems
    assert (problem.line, problem.column, problem.nearest) == (16, 7, "unfortunately")


def test_a_file_of_the_same_name_replaces_the_one_further_down(tmp_path: Path) -> None:
    (tmp_path / "writing.yaml").write_text(
        GOOD.replace("id: ours", "id: writing").replace("off: [unfortunately]\n", ""), encoding="utf-8"
    )
    ids = {one.id for one in read(tmp_path, FOLDER).wording.patterns}
    assert "cheers" in ids
    assert "last-email" not in ids


@needs_links
def test_odd_files_in_a_folder_are_reported_as_problems(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "link.yaml").symlink_to(tmp_path / "nowhere")
    (tmp_path / ".hidden.yaml").write_text("x", encoding="utf-8")
    loaded = read(tmp_path / "none", tmp_path, FOLDER)
    assert loaded.wording == BUILT_IN.wording
    assert {Path(problem.file).name for problem in loaded.problems} == {"folder.yaml", "link.yaml"}
