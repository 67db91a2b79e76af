"""`recovery practice` and `scenarios`, as they are run."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from tests.forge import ROOT
from tests.terminal.screen import Terminal
from tests.training.played import typed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.recovery import Recovery

SEED = ("--seed", "6")
SCHEMA = ROOT / "docs" / "schema" / "practice.schema.json"
GOOD = ("hear-him-out", "take-it-on", "two-ways")
BEST = typed(6, *GOOD)
FIRST, THEN = typed(6, GOOD[0]), BEST[2:]


def kept(recovery: Recovery) -> list[dict[str, Any]]:
    return [json.loads(path.read_bytes()) for path in sorted(recovery.data.glob("practice/**/*.json"))]


def test_a_role_play_is_led_to_its_end_and_stored_apart_from_calls(recovery: Recovery) -> None:
    done = recovery("practice", "late-parcel", *SEED, stdin=BEST)
    assert done.returncode == 0, done.stderr
    assert "The customer trusts you again (100 of 100)" in done.stdout
    (transcript,) = kept(recovery)
    assert (transcript["kind"], transcript["scenario"], transcript["outcome"]) == (
        "practice",
        "late-parcel",
        "resolved",
    )
    assert [turn["reply"] for turn in transcript["roleplay"]["turns"]] == ["hear-him-out", "take-it-on", "two-ways"]
    assert recovery("log", "list", "--json").stdout == ""
    assert "Kind: practice" in recovery("log", "show", "--practice").stdout
    assert 'Customer: "Your page says' in recovery("log", "replay", "--practice").stdout
    assert "train set" not in recovery("log", "search", "train").stdout
    exported = recovery("log", "export", "last", "--practice", "--format", "md")
    assert "Customer" in exported.stdout, exported.stderr


def test_a_poor_call_names_what_was_left_out_and_the_lines_to_try(recovery: Recovery) -> None:
    told = recovery(
        "practice", "late-parcel", *SEED, stdin=typed(6, "ask-next-door", "it-says-delivered", "wait-and-see")
    ).stdout
    assert "The customer is lost this time (0 of 100)" in told
    assert "stayed" not in told, "no praise for staying"
    assert "Went well" not in told
    assert told.index("Steps never taken\nListen: you could say") < told.index("Turning point: ")
    assert "From here the call could no longer be saved." in told
    assert "Practise next (Listen)" in told
    assert "Other stronger answers" in told
    assert "Unasked: He was at home all day" in told


def test_a_hint_costs_points_also_when_the_answer_is_taken_back(recovery: Recovery) -> None:
    told = recovery("practice", "late-parcel", *SEED, stdin=f"h\n{FIRST}u\n{BEST}").stdout
    assert "Hint: They want to be heard first. Think of Listen" in told
    assert "(95 of 100, 1 hint used)" in told


def test_an_answer_can_be_tried_again_and_all_of_it_restarted(recovery: Recovery) -> None:
    told = recovery("practice", "late-parcel", *SEED, stdin=f"3\nu\n2\n/restart\n{BEST}")
    assert "undone:" in told.stdout
    assert "(100 of 100)" in told.stdout
    assert len(kept(recovery)[0]["roleplay"]["turns"]) == 3


def test_it_is_paused_when_nobody_answers_and_continues_where_it_was(recovery: Recovery) -> None:
    assert "recovery resume" in recovery("practice", "late-parcel", *SEED, stdin=FIRST).stdout
    assert "still open:" not in recovery("start", "learn", stdin="\n\n\n\n\n\n").stdout
    gone_on = recovery("resume", stdin=THEN)
    assert "The customer trusts you again" in gone_on.stdout, gone_on.stderr
    assert len(kept(recovery)) == 1


def test_a_role_play_that_was_damaged_says_so_and_continues(recovery: Recovery) -> None:
    recovery("practice", "late-parcel", *SEED, stdin=FIRST)
    (journal,) = (recovery.data / "live").glob("*.jsonl")
    with journal.open("ab") as file:
        file.write(b"broken\n")
    gone_on = recovery("resume", stdin=THEN)
    assert "warning: 1 line of this call cannot be read; it is still in the journal" in gone_on.stderr
    assert "The customer trusts you again" in gone_on.stdout


def test_own_words_are_told_what_each_of_them_does(recovery: Recovery) -> None:
    lines = (
        "I'm sorry that nothing has come. What happened yesterday?",
        "calm down, they are busy",
        "I'll send a new one by courier by eight tonight, or it waits at the shop in town. Which is easier?",
    )
    told = recovery(
        "practice", "late-parcel", "--own-words", *SEED, stdin="\n".join(lines) + "\n\n"
    ).stdout.splitlines()
    assert any("sorry" in line and line.endswith('": you say sorry.') for line in told)
    assert '"calm down": you make it sound unimportant, and it is important to them.' in told
    (transcript,) = kept(recovery)
    first, second, _ = transcript["roleplay"]["turns"]
    assert "sorry" in first["acts"]["apologizes"]
    assert (second["acts"], second["reply"], second["reveals"]) == ({"dismisses": "calm down"}, "", None)
    assert (first["effect"] > 0, second["effect"] < 0) == (True, True)


def test_a_rude_line_makes_it_worse_and_the_customer_goes_on(recovery: Recovery) -> None:
    told = recovery("practice", "late-parcel", "--own-words", *SEED, stdin="calm down, they are busy\n").stdout
    assert "Worse (-1), now upset." in told
    assert "Customer, upset, at ease 3 of 10: This is important to me. What did the driver write down?" in told
    assert "ask all of your neighbours" not in told


REFUSED = (
    "Tell me yesterday.",
    "Tell me yesterday.",
    "We are not sorry, our fault never happened.",
    "I will not send a new one tonight.",
)


def test_denials_and_refusals_end_badly_and_each_is_told_why(recovery: Recovery) -> None:
    told = recovery("practice", "late-parcel", "--own-words", *SEED, stdin="\n".join(REFUSED) + "\n\n").stdout
    assert "The customer is lost this time" in told
    assert re.findall(r"Went well: [^:]*", told) in ([], ['Went well: "Tell me yesterday"'])
    assert '"I will not send a new one tonight": you refuse, and offer no other way.' in told
    assert "Better (" not in told[told.index("We are not sorry") :]
    assert kept(recovery)[0]["outcome"] == "unresolved"


def test_words_that_nobody_understands_are_asked_back_with_a_hint_and_are_not_assessed(recovery: Recovery) -> None:
    told = recovery("practice", "late-parcel", "--own-words", *SEED, stdin="blue\n3\n" + "blue\n" * 5).stdout
    assert "Not assessed: it is not clear what these words do for them." in told
    assert "I don't know what you mean by that. Your page says" in told
    assert "Hint: They want to be heard first. Think of Listen" in told
    assert "no question is open; type what you would say" in told
    assert "You: 3" not in told
    assert "Answer 1" not in told, "no list of model answers for free"
    (transcript,) = kept(recovery)
    turns = transcript["roleplay"]["turns"]
    assert [turn["assessed"] for turn in turns] == [False] * 6
    assert [hint["node"] for hint in transcript["roleplay"]["hints"]] == ["opening", "no-photo", "options"]
    assert transcript["outcome"] == "unresolved"
    assert "(0 of 100, 3 hints used)" in told


def test_none_of_these_opens_own_words_and_a_pick_after_them_counts_as_picked(recovery: Recovery) -> None:
    told = recovery("practice", "late-parcel", *SEED, stdin=f"4\n\n4\nblue\n{BEST}")
    assert "Answer 4: None of these: I'd say ..." in told.stdout
    assert "type what you would say; Enter shows the answers again" in told.stdout, told.stderr
    (transcript,) = kept(recovery)
    turns = transcript["roleplay"]["turns"]
    assert [turn["given"] for turn in turns] == ["own-words", "own-words-then-picked", "picked", "picked"]
    assert [turn["assessed"] for turn in turns] == [False, True, True, True]
    assert [turn["hints"] for turn in turns] == [0, 1, 0, 0]
    assert "(95 of 100, 1 hint used)" in told.stdout
    assert all(turn["seconds"] >= 0 for turn in turns)


def test_a_question_mark_shows_the_help_of_practice(recovery: Recovery) -> None:
    for options, own in (((), False), (("--own-words",), True)):
        told = recovery("practice", "late-parcel", *SEED, *options, stdin="?\n/help\n").stdout
        assert told.count("h: a hint; each costs five points") == 2
        assert "/tick" not in told
        assert ("1, 2, 3 ...: give that answer" in told) is not own
        assert ("any text: answer in your own words" in told) is own


def test_the_scenario_is_introduced_once(recovery: Recovery) -> None:
    told = recovery("practice", "late-parcel", *SEED, stdin="4\n\nh\n?\n").stdout
    assert told.count("The parcel that says delivered.") == 1
    opened = told.split("type what you would say; Enter shows the answers again\n")[1]
    assert opened.startswith("Customer, upset"), "own words open without the screen before them"
    assert told.count("Answer 4: None of these") == 3


def test_end_leaves_a_role_play_with_its_result_so_far(recovery: Recovery) -> None:
    for answers in ("", FIRST):
        done = recovery("practice", "late-parcel", *SEED, stdin=f"{answers}/end\n")
        assert "You left before the end" in done.stdout, done.stderr
    assert recovery("progress").returncode == 0


def test_every_point_is_explained_also_when_the_call_is_shown_again(recovery: Recovery) -> None:
    answers = typed(6, "hear-him-out", "plain-sorry", "refund")
    told = recovery("practice", "late-parcel", *SEED, "--explain", stdin=f"h\n{answers}\n").stdout
    points = told.split("Points (their sum is 42)\n")[1].split("Read it again")[0]
    assert [line.split(",")[0] for line in points.splitlines() if line[0] in "+-"] == ["+34", "+0", "+13", "-5"]
    assert "Tempting: an excuse." in points
    assert "A hint before this answer costs 5 points." in points
    again = recovery("log", "show", "last", "--practice", "--explain").stdout
    assert points in again
    shown = recovery("log", "show", "last", "--practice").stdout
    assert "Steps never taken" in shown
    assert "Points (" not in shown
    refused = recovery("log", "show", "last", "--explain")
    assert (refused.returncode, "--explain needs --practice" in refused.stderr) == (2, True)


def test_json_prints_the_result_alone_with_the_documented_keys(recovery: Recovery) -> None:
    done = recovery("practice", "late-parcel", *SEED, "--json", stdin=f"4\nblue\nh\n{BEST}")
    result = json.loads(done.stdout)
    assert "Customer, upset" in done.stderr, "the conversation is no data"
    guide = (ROOT / "docs" / "guide" / "practice.md").read_text(encoding="utf-8")
    table = guide.split("### As JSON")[1].split("## ")[0]
    documented = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
    assert documented == list(result)
    schema = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_bytes()))
    schema.validate(result)
    assert not schema.is_valid({**result, "state": "half"})
    assert not schema.is_valid({key: value for key, value in result.items() if key != "answers"})
    assert [one["given"] for one in result["answers"]] == ["own-words", "own-words-then-picked", "picked", "picked"]
    assert [one["points"] for one in result["answers"]] == [None, 100, 100, 100]
    assert sum(one["points"] for one in result["points"]) == result["score"] == 90
    assert (result["ending"]["kind"], result["outcome"]["agreed"]) == ("recovered", ["courier"])
    assert (result["scenario"], result["seed"], result["hints"]) == ("late-parcel", 6, 2)
    assert result["taken"] == ["listen", "empathize", "apologize", "resolve", "notify"]
    paused = json.loads(recovery("practice", "late-parcel", *SEED, "--json", stdin=FIRST).stdout)
    schema.validate(paused)
    assert paused["state"] == "paused"


def test_on_a_terminal_own_words_are_typed_in_place_of_the_list(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "practice", "late-parcel", *SEED, columns=120, lines=40)
    terminal.expect("None of these: I'd say ...")
    terminal.expect_prompt()
    terminal.say("4")
    terminal.expect("type what you would say", gone="None of these")
    terminal.say("blue")
    terminal.expect("Not assessed", "None of these: I'd say ...", "Hint")


def test_a_stored_role_play_shows_what_own_words_did(recovery: Recovery) -> None:
    recovery("practice", "late-parcel", "--own-words", *SEED, stdin="calm down\ncalm down\ncalm down\n\n")
    feedback = '"calm down": you make it sound unimportant, and it is important to them.'
    shown = recovery("log", "show", "last", "--practice").stdout
    assert shown.count(f"Feedback: {feedback}") == 3
    assert recovery("log", "replay", "last", "--practice").stdout.count(f"Feedback: {feedback}") == 3
    asked = json.loads(recovery("log", "show", "last", "--practice", "--json").stdout)
    assert [turn["acts"] for turn in asked["roleplay"]["turns"]] == [{"dismisses": "calm down"}] * 3


def test_feedback_never_repeats_a_number_that_was_masked(recovery: Recovery) -> None:
    line = "Calm down, I have your card 4111 1111 1111 1111. Is 4111 1111 1111 1111 right?"
    told = recovery("practice", "late-parcel", "--own-words", *SEED, stdin=f"{line}\n")
    assert "1111 1111" not in told.stdout
    (journal,) = (recovery.data / "live").glob("*.jsonl")
    assert b"1111 1111" not in journal.read_bytes()


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("practice", "late-parcle"), "did you mean late-parcel?"),
        (("practice",), "a scenario is required"),
        (("practice", "late-parcel", "--difficulty", "hrad"), "did you mean hard?"),
        (("practice", "late-parcel", "--framework", "lern"), "did you mean learn?"),
        (("scenarios", "show", "late-parcel", "--card", "custmer"), "did you mean customer?"),
        (("scenarios", "list", "--difficulty", "eazy"), "did you mean easy?"),
    ],
)
def test_a_wrong_word_is_answered_with_the_nearest_right_one(
    recovery: Recovery, argv: tuple[str, ...], told: str
) -> None:
    done = recovery(*argv)
    assert done.returncode == 2
    assert told in done.stderr
    assert not recovery.data.exists()


def test_a_scenario_that_was_changed_meanwhile_is_not_gone_on_with(recovery: Recovery, tmp_path: Path) -> None:
    own = tmp_path / "config" / "scenarios"
    own.mkdir(parents=True)
    sound = recovery("scenarios", "show", "late-parcel", "--json")
    source = json.loads(sound.stdout)["path"]
    with open(source, encoding="utf-8") as file:  # noqa: PTH123
        text = file.read()
    (own / "late-parcel.yaml").write_text(text, encoding="utf-8")
    recovery("practice", "late-parcel", stdin="1\n")
    (own / "late-parcel.yaml").write_text(text.replace("minutes: 4", "minutes: 5"), encoding="utf-8")
    refused = recovery("resume", stdin="1\n1\n")
    assert (refused.returncode, "was changed since" in refused.stderr) == (2, True)


def test_a_broken_scenario_is_named_and_the_others_are_listed(recovery: Recovery, tmp_path: Path) -> None:
    own = tmp_path / "config" / "scenarios"
    own.mkdir(parents=True)
    (own / "broken.yaml").write_text("schema: 1\nid: broken\n", encoding="utf-8")
    done = recovery("scenarios", "list")
    assert "late-parcel" in done.stdout
    assert f"warning: {own / 'broken.yaml'}:1:1:" in done.stderr
    checked = recovery("scenarios", "validate", str(own / "broken.yaml"), "--json")
    assert checked.returncode == 1
    assert json.loads(checked.stdout)["ok"] is False


def test_a_role_play_on_a_terminal_shows_how_the_mood_moves(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "practice", "late-parcel", *SEED)
    terminal.expect("####······ upset")
    terminal.expect_prompt()
    terminal.say(FIRST.strip())
    terminal.expect("######···· anxious (+2)", "Better (+2), now anxious.")


def test_a_new_scenario_is_valid_and_never_replaces_another(recovery: Recovery, tmp_path: Path) -> None:
    made = recovery("scenarios", "new", "lost-luggage")
    path = tmp_path / "config" / "scenarios" / "lost-luggage.yaml"
    assert f"Written: {path}" in made.stdout, made.stderr
    assert recovery("scenarios", "validate", str(path)).returncode == 0
    assert "lost-luggage" in recovery("scenarios", "list").stdout
    refused = recovery("scenarios", "new", "lost-luggage")
    assert (refused.returncode, "already exists" in refused.stderr) == (2, True)
    assert recovery("scenarios", "new", "Lost Luggage").returncode == 2


def test_a_scenario_begins_with_another_or_with_a_past_call(recovery: Recovery, tmp_path: Path) -> None:
    assert recovery("scenarios", "new", "mine", "--from", "late-parcel").returncode == 0
    assert "The parcel that says delivered" in recovery("practice", "mine", stdin="1\n").stdout
    recovery("start", "last", "--customer", "Noor Haddad", stdin="Noor waits since 3 days\n1\n\n1\n\n1\n\n1\n\n\n")
    made = recovery("scenarios", "new", "from-noor", "--from-call", "last")
    assert made.returncode == 0, made.stderr
    text = (tmp_path / "config" / "scenarios" / "from-noor.yaml").read_text(encoding="utf-8")
    assert "[name] waits since [number] days" in text
    assert "Noor" not in text.replace("from-noor", "")
