"""The phrases of one's own, as the command keeps, shows, changes and removes them."""

from __future__ import annotations

import json
import shlex
import sys
from typing import TYPE_CHECKING, Any

import pytest

from recoverycli.phrases.model import PersonalPhrase
from recoverycli.terminal.views.frameworks.phrases import phrases_page, short_ids
from tests.golden import compare, drawn
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.recovery import Recovery

CROSS = "I'd be cross too, {customer|honestly}."


@pytest.fixture
def mine(recovery: Recovery) -> Recovery:
    for argv in (
        [CROSS, "--intent", "empathize", "--mood", "angry", "--mood", "upset"],
        ["Let me look at {order}.", "-f", "learn", "--step", "resolve", "--channel", "chat", "--issue", "billing"],
        ["Thank you for waiting.", "--framework", "learn"],
    ):
        done = recovery("phrases", "add", *argv)
        assert done.returncode == 0, done.stderr
    return recovery


def rows(recovery: Recovery, *argv: str) -> list[dict[str, Any]]:
    done = recovery("phrases", "list", "--json", *argv)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def file(recovery: Recovery) -> Path:
    return recovery.home / "config" / "phrases.yaml"


def test_without_a_phrase_the_list_says_how_to_add_one_and_makes_nothing(recovery: Recovery) -> None:
    assert "recovery phrases add" in recovery("phrases", "list").stdout
    assert rows(recovery) == []
    assert not (recovery.home / "config").exists()


def test_a_phrase_is_stored_and_the_answer_says_what_and_how_to_take_it_back(recovery: Recovery) -> None:
    done = recovery("phrases", "add", CROSS, "--intent", "empathize", "--mood", "angry")
    (row,) = rows(recovery)
    assert done.stdout == (
        f'added: {row["id"]}: empathize, in every framework: "{CROSS}" (angry)'
        f" · undo: recovery phrases remove {row['id']}\n"
    )
    assert (row["say"], row["intent"], row["moods"], row["framework"]) == (CROSS, "empathize", ["angry"], None)


def test_the_same_words_again_are_already_there(mine: Recovery) -> None:
    before = file(mine).read_bytes()
    done = mine("phrases", "add", CROSS.upper().replace("CUSTOMER", "customer"), "--intent", "empathize")
    assert done.returncode == 0
    assert done.stdout.startswith("already there: ")
    assert file(mine).read_bytes() == before


def test_a_card_number_is_masked_and_that_is_said(recovery: Recovery) -> None:
    done = recovery("phrases", "add", "Is it 4111 1111 1111 1111?", "--intent", "listen")
    assert "a number in it was masked" in done.stdout
    assert "4111" not in file(recovery).read_text(encoding="utf-8") + done.stdout


def test_the_list_tells_the_same_to_people_and_to_scripts(mine: Recovery) -> None:
    lines = mine("phrases", "list").stdout.splitlines()
    found = rows(mine)
    assert len(lines) == len(found) == 3
    for row, line in zip(found, lines, strict=True):
        assert row["id"].startswith(line.partition(":")[0])
        words = (
            row["say"],
            row["intent"],
            row["framework"],
            row["step"],
            *row["channels"],
            *row["moods"],
            *row["issues"],
        )
        assert all(word in line for word in words if word)


def test_the_list_can_be_narrowed(mine: Recovery) -> None:
    assert [row["say"] for row in rows(mine, "--intent", "empathize")] == [CROSS]
    assert [row["step"] for row in rows(mine, "--framework", "learn")] == ["resolve", None]
    assert "No phrase of yours is like that" in mine("phrases", "list", "--intent", "thank").stdout


@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_drawn_list(width: int) -> None:
    phrases = [
        PersonalPhrase(say=CROSS, id="10a97192ff", intent="empathize", moods=("angry", "upset")),
        PersonalPhrase(say="Let me look at {order}.", id="2b86f018cc", framework="learn", step="resolve"),
        PersonalPhrase(say="שלום [red]x[/] \x1b[31m", id="2b87000000", framework="learn", step="resolve"),
        PersonalPhrase(say="I hear you. " * 12, id="zz", intent="listen", channels=("chat",), when={"tier": "gold"}),
    ]
    compare(f"phrases-{width}", drawn(phrases_page(phrases, short_ids([one.id for one in phrases])), width))


def test_a_short_id_is_the_beginning_that_no_other_has() -> None:
    assert short_ids(["abcdef", "abcxyz", "abcdzz", "ab"]) == ["abcde", "abcx", "abcdz", "ab"]


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["add"], ["a phrase is required", "For example: recovery phrases add"]),
        (["add", "Hello"], ["an intent or a framework is required", "For example: recovery phrases add"]),
        (["add", "Hello", "--intent", "emphasize"], ["did you mean empathize?"]),
        (["add", "Hello", "-f", "lern"], ["did you mean learn?"]),
        (["add", "Hello", "-f", "learn", "--step", "lissten"], ["did you mean listen?"]),
        (["add", "Hello", "--step", "listen"], ["--step listen needs a framework"]),
        (["add", "Hello", "--intent", "listen", "-f", "learn"], ["do not go together"]),
        (["add", "Hello", "--intent", "listen", "--mood", "agry"], ["did you mean angry?"]),
        (["add", "Hello", "--intent", "listen", "--channel", "fone"], ["did you mean phone?"]),
        (["add", "Hello {", "--intent", "listen"], ["an unpaired brace", "Nothing was changed."]),
        (["add", "x" * 501, "--intent", "listen"], ["501 characters", "at most 500"]),
        (["list", "--intent", "lisen"], ["did you mean listen?"]),
        (["edit"], ["an editor needs a terminal", "phrases.yaml"]),
        (["edit", "--say", "x"], ["the id of a phrase is required"]),
        (["edit", "abcd"], ["a change is required"]),
        (["remove"], ["the id of a phrase is required", "recovery phrases list"]),
    ],
)
def test_a_wrong_word_is_answered_with_what_to_do(recovery: Recovery, argv: list[str], words: list[str]) -> None:
    done = recovery("phrases", *argv)
    assert done.returncode == 2
    assert done.stdout == ""
    assert all(word in done.stderr for word in words), done.stderr
    assert not (recovery.home / "config").exists()


def test_a_phrase_is_changed_in_what_was_said_alone(mine: Recovery) -> None:
    first, *others = rows(mine)
    done = mine(
        "phrases", "edit", first["id"][:4], "--say", "I see.", "--mood", "any", "-f", "learn", "--step", "listen"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("changed: ")
    changed, *rest = rows(mine)
    assert rest == others
    assert (changed["say"], changed["moods"], changed["intent"]) == ("I see.", [], None)
    assert (changed["framework"], changed["step"]) == ("learn", "listen")
    again = mine("phrases", "edit", changed["id"], "--say", "I see.")
    assert again.stdout.startswith("unchanged: ")


def test_a_step_alone_is_of_the_framework_that_the_phrase_has(mine: Recovery) -> None:
    last = rows(mine)[-1]
    assert mine("phrases", "edit", last["id"], "--step", "notify").returncode == 0
    assert rows(mine)[-1] == {**last, "step": "notify"}


def test_an_id_that_names_none_or_several_changes_nothing(mine: Recovery) -> None:
    file(mine).write_text(
        "schema: 1\nphrases:\n- {say: a, id: abc1, intent: listen}\n- {say: b, id: abc2, intent: listen}\n",
        encoding="utf-8",
    )
    before = file(mine).read_bytes()
    for argv in (["remove", "abc", "--yes"], ["edit", "abc", "--say", "x"]):
        done = mine("phrases", *argv)
        assert done.returncode == 1
        assert "abc1, abc2" in done.stderr
    done = mine("phrases", "remove", "zzz", "--yes")
    assert done.returncode == 1
    assert "recovery phrases list" in done.stderr
    assert file(mine).read_bytes() == before


def test_removing_shows_what_goes_and_needs_a_yes_where_nobody_can_be_asked(mine: Recovery) -> None:
    row, before = rows(mine)[0], file(mine).read_bytes()
    refused = mine("phrases", "remove", row["id"])
    assert refused.returncode == 2
    assert CROSS in refused.stderr
    assert "--yes" in refused.stderr
    shown = mine("phrases", "remove", row["id"], "--dry-run")
    assert shown.stdout.startswith("would be removed: ")
    assert file(mine).read_bytes() == before
    done = mine("phrases", "remove", row["id"], "--yes")
    assert done.returncode == 0
    assert CROSS in done.stdout
    assert row not in rows(mine)
    assert len(rows(mine)) == 2


def test_a_file_with_faults_serves_what_is_sound_and_is_not_written(mine: Recovery) -> None:
    text = file(mine).read_text(encoding="utf-8").replace("intent: empathize", "intent: empathise # mine")
    file(mine).write_text(text, encoding="utf-8")
    done = mine("phrases", "list", "--json")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 2
    assert "phrases.yaml:6:13: `empathise` is not allowed here" in done.stderr
    assert "recovery phrases edit" in done.stderr
    refused = mine("phrases", "add", "More.", "--intent", "listen")
    assert refused.returncode == 1
    assert "did you mean `empathize`?" in refused.stderr
    assert "The file was not changed." in refused.stderr
    assert file(mine).read_text(encoding="utf-8") == text


def terminal(recovery: Recovery, *argv: str, visual: str = "", editor: str = "") -> Terminal:
    # A message with the path of a file stays on its line, however long the path is.
    return Terminal(recovery.home, "phrases", *argv, columns=400, VISUAL=visual, EDITOR=editor)


def an_editor(folder: Path, code: str) -> str:
    """An editor that does what the code says to the file in `path`, under a name with a space in it."""
    script = folder / "my editor.py"
    script.write_text(f"import pathlib, sys\npath = pathlib.Path(sys.argv[-1])\n{code}\n", encoding="utf-8")
    return shlex.join([sys.executable, str(script), "--wait"])


def test_on_a_terminal_add_asks_for_the_words_and_where_they_belong(recovery: Recovery) -> None:
    window = terminal(recovery, "add", "--plain")
    window.expect("Which words?")
    window.say("Take your time.")
    window.expect("What is it for?", "1: listen")
    window.say("1")
    window.expect("added: ")
    assert window.end() == 0
    assert [(row["say"], row["intent"]) for row in rows(recovery)] == [("Take your time.", "listen")]


def test_on_a_terminal_remove_asks_and_backing_out_changes_nothing(mine: Recovery) -> None:
    row = rows(mine)[0]
    for answer, left in (("n", 3), ("", 3), ("y", 2)):
        window = terminal(mine, "remove", row["id"], "--plain")
        window.expect(CROSS, "Remove", "[y/N]")
        window.say(answer)
        assert window.end() == 0
        assert len(rows(mine)) == left


def test_on_a_terminal_a_phrase_can_be_chosen(mine: Recovery) -> None:
    window = terminal(mine, "remove", "--yes")
    window.expect("Which phrase?", "cross too")
    window.press("enter")
    window.expect("removed: ")
    assert window.end() == 0
    assert len(rows(mine)) == 2


def test_the_file_opens_in_the_editor_and_is_checked_afterwards(recovery: Recovery, tmp_path: Path) -> None:
    code = "path.write_text(path.read_text() + '  - {say: By hand., intent: thank}\\n')"
    window = terminal(recovery, "edit", editor="false", visual=an_editor(tmp_path, code))
    window.expect("valid: 1 phrase")
    assert window.end() == 0
    assert [row["say"] for row in rows(recovery)] == ["By hand."]
    assert file(recovery).read_text(encoding="utf-8").startswith("# Your own phrases")


def test_what_is_wrong_after_editing_is_named_and_the_rest_serves(mine: Recovery, tmp_path: Path) -> None:
    code = "path.write_text(path.read_text().replace('intent', 'intend').replace('resolve', 'reslve'))"
    window = terminal(mine, "edit", editor=an_editor(tmp_path, code))
    window.expect("did you mean `intent`?", "did you mean resolve?", "2 phrases can be used")
    assert window.end() == 1


@pytest.mark.parametrize(
    ("editor", "words"),
    [
        (f"/nowhere/{'at all/' * 15}editor", "at all/editor was not found"),
        ("ed 'x", "cannot be read"),
        ("false", "code 1"),
    ],
)
def test_an_editor_that_fails_costs_nothing(mine: Recovery, editor: str, words: str) -> None:
    before = file(mine).read_bytes()
    window = terminal(mine, "edit", visual=editor)
    window.expect(words)
    window.end()
    assert file(mine).read_bytes() == before
