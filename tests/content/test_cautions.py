"""`validate` warns of what YAML accepts in silence and an author did not mean, and of nothing else."""

from __future__ import annotations

from pathlib import Path

from recoverycli.content.cautions import cautions
from recoverycli.content.draft import TO_FILL
from recoverycli.frameworks.draft import FrameworkDraft
from recoverycli.frameworks.draft import as_yaml as framework_draft
from recoverycli.training.scenarios.draft import ScenarioDraft, draft_texts
from recoverycli.training.scenarios.draft import as_yaml as scenario_draft
from tests.content.broken_files import FRAMEWORK

ROOT = Path(__file__).parents[2]


def told(text: str) -> list[tuple[int, str, tuple[str, ...] | None]]:
    return [
        (one.line, one.found.removeprefix("warning: "), one.correction) for one in cautions(text.encode(), "ours.yaml")
    ]


def test_what_was_cut_or_quoted_by_mistake_is_warned_of_with_the_line_to_write() -> None:
    cut, quotes = "`#` begins a comment, so the text ends before it", "these quotes are part of the text"
    for written, what, correction in (
        ("goal: Your case # is on the screen.", cut, 'goal: "Your case # is on the screen."'),
        ("goal: We wrote to room #12.", cut, 'goal: "We wrote to room #12."'),
        ("name: Room  #12", cut, 'name: "Room  #12"'),
        ("goal: “For the counter.”", quotes, 'goal: "For the counter."'),
        ("goal: „Für die Theke.“", quotes, 'goal: "Für die Theke."'),
        ("goal: \u2018For the counter.\u2019", quotes, 'goal: "For the counter."'),
        ("goal: « Au comptoir »", quotes, 'goal: "Au comptoir"'),
        ('goal: “For the counter."', quotes, 'goal: "For the counter."'),
        ('goal: For the counter."', quotes, 'goal: "For the counter."'),
        ("- “What happened?”  # the first", quotes, '- "What happened?"  # the first'),
        (
            'goal: "See N:\\forms\\refund."',
            "a backslash in double quotes begins a code, here of '\\x0c'",
            "goal: 'See N:\\forms\\refund.'",
        ),
    ):
        assert told(f"{written}\n") == [(1, what, (correction,))], written


def test_comments_and_quotes_that_were_meant_are_no_mistake() -> None:
    for written in (
        "name: Our way  # as lists show it", "minutes: 5 # at most", 'goal: "Your case # is here."',
        "goal: A#1 is here.",
        "goal: She said “never” to us.", "goal: It's the customers'", "says: 'He said \"no\".'",
        "# a comment “of its own”", "list: [a, b] # both", "at: [{say: “Hello” and more}]",
    ):  # fmt: skip
        assert told(f"{written}\n") == [], written


def test_two_entries_with_the_same_words_are_warned_of() -> None:
    text = FRAMEWORK.replace('"What happened next?"', '"please tell me EVERYTHING - I won\'t interrupt!"')
    assert told(text) == [(21, "line 20 says the same", None)]


def test_the_words_of_a_draft_are_one_warning_that_names_their_lines() -> None:
    text = FRAMEWORK.replace("It makes the feeling", f"{TO_FILL}: the feeling").replace("Go on, I", "TODO: I")
    text = text.replace(f"because: {TO_FILL}: the feeling", f"because: {TO_FILL} the feeling")
    assert told(text) == [(16, "words of a draft are still here (lines 16, 17)", None)]


def test_every_new_file_is_warned_of_until_its_words_are_replaced() -> None:
    (one,) = cautions(framework_draft(FrameworkDraft("ours", "Ours")).encode(), "ours.yaml")
    assert "words of a draft are still here" in one.found
    (one,) = cautions(scenario_draft(ScenarioDraft("ours", "Ours")).encode(), "ours.yaml", draft_texts())
    assert "more)" in one.found


def test_no_file_that_comes_with_the_tool_is_warned_of() -> None:
    folders = ("frameworks", "phrases", "issues", "scenarios", "wording")
    files = [file for folder in folders for file in sorted((ROOT / folder).rglob("*.yaml"))]
    assert len(files) > 50
    found = [one for file in files for one in cautions(file.read_bytes(), file.name, draft_texts())]
    assert not found, found[:3]


def test_what_cannot_be_read_has_no_warnings() -> None:
    for data in (b"", b"a: [", b"\xff\xfea", b"name:x\n\tb: 1"):
        assert cautions(data, "ours.yaml") == ()
