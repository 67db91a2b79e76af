"""`recovery frameworks new`, as it is run: on a terminal, and in a script."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from recoverycli.system.programs import quote_word
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from tests.commands.recovery import Recovery

ROOT = Path(__file__).parents[2]


def test_a_draft_is_found_by_itself_and_can_be_started(recovery: Recovery, tmp_path: Path) -> None:
    made = recovery("frameworks", "new", "our-way")
    path = tmp_path / "config" / "frameworks" / "our-way.yaml"
    quoted = quote_word(str(path))
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.startswith(f"Written: {path}\n")
    for onward in (f"validate {quoted}", f"lint {quoted}", "show our-way", "start our-way"):
        assert f"  recovery {'' if onward.startswith('start') else 'frameworks '}{onward}\n" in made.stdout
    assert recovery("frameworks", "validate", str(path)).returncode == 0
    assert recovery("start", "our-way", stdin="/end resolved\n").returncode == 0
    lint = recovery("frameworks", "lint", "our-way")
    assert {line.split(": ")[1] for line in lint.stdout.splitlines()[::2]} == {"to-fill-in"}
    schema = json.loads((path.parent / "framework.schema.json").read_text(encoding="utf-8"))
    assert schema["title"] == "recoverycli framework"


def test_in_a_project_it_goes_to_the_project_and_its_colleagues_can_read_it(recovery: Recovery, tmp_path: Path) -> None:
    here = tmp_path / "team" / ".recovery"
    here.mkdir(parents=True)
    here.chmod(0o775)
    made = recovery("frameworks", "new", "our-way", cwd=here.parent)
    path = here / "frameworks" / "our-way.yaml"
    assert f"Written: {path} Everyone who works in this project can use it." in made.stdout, made.stderr
    assert not (tmp_path / "config").exists()
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o664
        assert path.parent.stat().st_mode & 0o777 == 0o775


def test_nothing_is_overwritten_and_no_framework_is_replaced_without_yes(recovery: Recovery, tmp_path: Path) -> None:
    path = tmp_path / "config" / "frameworks" / "our-way.yaml"
    recovery("frameworks", "new", "our-way")
    before = path.read_bytes()
    refused = recovery("frameworks", "new", "our-way", "--from", "heart")
    assert (refused.returncode, path.read_bytes()) == (2, before)
    assert "already exists" in refused.stderr
    shadow = recovery("frameworks", "new", "learn")
    assert (shadow.returncode, "yours would replace it" in shadow.stderr) == (2, True)
    assert recovery("frameworks", "new", "our-way", "--from", "heart", "--yes").returncode == 0
    assert b"Broadmoor" in path.read_bytes()
    assert recovery("frameworks", "new", "learn", "--from", "learn", "--yes").returncode == 0
    rows = map(json.loads, recovery("frameworks", "list", "--json").stdout.splitlines())
    assert {row["id"]: row["kind"] for row in rows}["learn"] == "personal"


def test_a_copy_is_the_source_under_another_id(recovery: Recovery, tmp_path: Path) -> None:
    made = recovery("frameworks", "new", "hotel", "--from", "learn-marriott", "--output", "hotel.yaml", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    before = (ROOT / "frameworks" / "learn-marriott.yaml").read_text(encoding="utf-8").splitlines()
    after = (tmp_path / "hotel.yaml").read_text(encoding="utf-8").splitlines()
    assert [line for line in after if line not in before] == [
        "# yaml-language-server: $schema=framework.schema.json",
        "id: hotel",
    ]
    assert "extends: learn" in after
    shown = json.loads(recovery("frameworks", "show", "hotel", "--json", "--frameworks", str(tmp_path)).stdout)
    assert [step["id"] for step in shown["steps"]] == ["listen", "empathize", "apologize", "respond", "notify"]
    assert [path.name for path in tmp_path.iterdir() if path.name != "data"] == ["hotel.yaml"]


def test_a_copy_of_a_variant_cannot_take_the_name_of_what_it_extends(recovery: Recovery, tmp_path: Path) -> None:
    refused = recovery("frameworks", "new", "learn", "--from", "learn-marriott", "--yes")
    assert refused.returncode == 1
    assert "`learn` extends itself" in refused.stderr
    assert "No file was written." in refused.stderr
    assert not (tmp_path / "config").exists()


def test_a_variant_takes_all_of_another(recovery: Recovery, tmp_path: Path) -> None:
    assert recovery("frameworks", "new", "ours", "--extends", "heart").returncode == 0
    shown = json.loads(recovery("frameworks", "show", "ours", "--json").stdout)
    heart = json.loads(recovery("frameworks", "show", "heart", "--json").stdout)
    assert shown["steps"] == heart["steps"]


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        ([], "an id is required"),
        (["Our Way"], "such as our-way"),
        (["../x"], "is not a valid id"),
        (["mine", "--from", "lern"], "did you mean learn?"),
        (["mine", "--extends", "hart"], "did you mean heart?"),
        (["mine", "--from", "learn", "--extends", "heart"], "not both"),
        (["mine", "--output", "other.yaml"], "the id is mine, but the file is other.yaml"),
        (["mine", "--output", "mine.txt"], "does not end in .yaml"),
        (["mine", "--output", "no/where/mine.yaml"], "there is no folder"),
    ],
)
def test_what_cannot_be_is_refused_with_a_way_out(
    recovery: Recovery, tmp_path: Path, argv: list[str], told: str
) -> None:
    refused = recovery("frameworks", "new", *argv, cwd=tmp_path)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert told in refused.stderr
    assert [*tmp_path.iterdir()] == []


def test_it_asks_its_way_to_a_valid_file_on_a_terminal(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "--plain", "frameworks", "new", lines=40)
    terminal.expect("Id (lowercase letters, digits and dashes)")
    terminal.say("Our Way")
    asked = 0
    for question, answer in (
        ("such as our-way", "our-way"),
        ("Name:", 'Ours: the "short" one # \U0001f642'),
        ("What it is for", "For the counter."),
        ("Step 1, its name", "Listen"),
        ("What does Listen do", ""),
        ("What has to be true", "They've told all of it, cvv 881."),
        ("Phrase 1 of 3", "Tell me about {order}, {customer|please}: all of it {really."),
        ("Phrase 2 of 3", ""),
        ("One question", "What happened?"),
        ("Words to avoid", "Calm down"),
        ("What do they do", "They get louder, and rightly so."),
        ("What is better to say", "I'm listening."),
        ("Step 2, its name", "Put it right"),
        ("What does Put it right do", "sovle"),
        ("such as solve", "solve"),
        ("What has to be true before", ""),
        ("Put it right? Phrase 1", ""),
        ("One question to ask the customer:", ""),
        ("Words to avoid in this step:", ""),
        ("Step 3", ""),
        ("What it expands to: (Enter: Listen, Put it right)", ""),
    ):
        # Some questions are asked again, and still stand above.
        terminal.expect_painted(question, asked)
        asked = len(terminal.raw)
        terminal.say(answer)
    terminal.expect("recovery start our-way")
    assert terminal.end() == 0
    text = (tmp_path / "config" / "frameworks" / "our-way.yaml").read_text(encoding="utf-8")
    assert 'name: "Ours: the \\"short\\" one # \U0001f642"' in text
    assert "placeholders: [order]" in text
    assert "all of it {{really." in text
    assert "id: put-it-right" in text
    assert "all of it, cvv ***." in text


@pytest.mark.parametrize("plain", [["--plain"], []])
def test_leaving_in_the_middle_writes_nothing_and_says_so(tmp_path: Path, plain: list[str]) -> None:
    terminal = Terminal(tmp_path, *plain, "frameworks", "new", "our-way")
    terminal.expect("Name:")
    terminal.say("Ours")
    terminal.expect("What it is for")
    terminal.say("")
    terminal.expect("Step 1, its name")
    terminal.say("Listen")
    terminal.expect("What does Listen do for the customer?", "acknowledge")
    terminal.press("ctrl-c")
    terminal.expect("our-way.yaml", "was not written.")
    assert terminal.end() == 130
    assert not (tmp_path / "config").exists()


def test_arrows_edit_a_line_and_back_asks_the_question_before_with_its_answer(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "scenarios", "new", "lost-bag", lines=40)
    terminal.expect("/back returns to the question before", "Name:")
    for key in ("B", "u", "g", "home", "right", "right", "backspace", "a", "enter"):
        terminal.press(key)
    terminal.expect("What it is about")
    terminal.say("/back")
    terminal.expect("Name: (Enter: Lost bag) Bag")
    terminal.press("s", "enter")
    terminal.expect("What it is about")
    terminal.say("A bag is lost.")
    terminal.expect("Where does it happen?", "/back")
    terminal.press("end", "enter")
    terminal.expect("Where does it happen? /back")
    terminal.press("!")
    terminal.expect("A bag is lost.!")
    terminal.press("enter")
    for question in (
        "▸   other", "How difficult?", "Who is the customer?", "What happened to them?", "How do they feel?",
        "What do they want?", "What do they not say", "How do they talk", "In which mood", "What do they say first?",
        "be a good answer?", "make it worse?",
    ):  # fmt: skip
        terminal.expect(question)
        terminal.press("enter")
    terminal.expect("Written:")
    assert terminal.end() == 0
    text = (tmp_path / "config" / "scenarios" / "lost-bag.yaml").read_text(encoding="utf-8")
    assert "Bags" in text
    assert "A bag is lost.!" in text
