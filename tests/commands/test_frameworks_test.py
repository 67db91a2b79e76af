"""`recovery frameworks test`: the examples of a company's playbook, as its CI runs them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.recovery import Recovery

PLAYBOOK = """\
schema: 1
id: our-refunds
name: Our refunds
expands_to: Ask, Pay, Explain
summary: Refunds by the age of the purchase.
steps:
  - id: ask
    name: Ask
    intent: assess
    goal: Know when they bought it.
    capture:
      - {id: bought, ask: "When did they buy it?", kind: date, max: today}
      - {id: paid, ask: "What did they pay?", kind: money}
      - {id: order, ask: "Which order?", pattern: order-number}
    paths:
      - {when: {bought: {within: 14 days}}, to: pay}
      - {to: explain}
    phrases: [{say: "When did you buy it?"}]
  - id: pay
    name: Pay
    intent: solve
    goal: The money goes back.
    by_path: true
    paths: [{to: wrap-up}]
    phrases: [{say: "You get {paid} back."}]
  - id: explain
    name: Explain
    intent: explain
    goal: They know why.
    by_path: true
    phrases: [{say: "The time for refunds is over."}]
"""
IN_TIME = """\
  - id: in-time
    channel: phone
    today: 2026-11-29
    lines: [/set bought 20 november 2026, /set paid 12.50 EUR, "", /outcome resolved]
    path: [ask, pay]
    outcome: resolved
    values: {bought: 2026-11-20, paid: 12.50 EUR}
"""
ASKED = """\
  - id: answered-when-asked
    today: 2026-11-29
    lines: ["", 3 weeks ago]
    path: [ask, explain]
    values: {bought: 2026-11-08}
"""


def write(folder: Path, *examples: str, playbook: str = PLAYBOOK) -> str:
    """Write the playbook with those examples, and return the name of its file."""
    listed = "examples:\n" + "".join(examples) if examples else ""
    (folder / "our-refunds.yaml").write_text(playbook + listed, encoding="utf-8")
    return "our-refunds.yaml"


def played(recovery: Recovery, folder: Path, *examples: str) -> dict[str, Any]:
    """The only example of a file, as JSON has it."""
    done = recovery("frameworks", "test", write(folder, *examples), "--json", cwd=folder)
    (example,) = json.loads(done.stdout)["examples"]
    assert done.returncode == (0 if example["ok"] else 1), done.stderr
    return dict(example)


def test_examples_that_lead_where_they_should_are_a_line_each(recovery: Recovery, tmp_path: Path) -> None:
    done = recovery("frameworks", "test", write(tmp_path, IN_TIME, ASKED), cwd=tmp_path)
    assert done.stdout == "our-refunds.yaml: in-time: ok\nour-refunds.yaml: answered-when-asked: ok\n"
    assert (done.returncode, done.stderr) == (0, "")


def test_a_wrong_way_is_shown_beside_the_expected_one(recovery: Recovery, tmp_path: Path) -> None:
    file = write(tmp_path, ASKED.replace("[ask, explain]", "[ask, pay]"), IN_TIME)
    done = recovery("frameworks", "test", file, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "our-refunds.yaml: answered-when-asked: failed",
        "    path: expected ask, pay",
        "    path: found ask, explain",
        "our-refunds.yaml: in-time: ok",
    ]


@pytest.mark.parametrize(
    ("before", "after", "differs"),
    [
        ("outcome: resolved", "outcome: escalated", ("outcome", "escalated", "resolved")),
        (", /outcome resolved", "", ("outcome", "resolved", "none")),
        ("paid: 12.50 EUR}", "paid: 12 EUR}", ("paid", "12 EUR", "12.5 EUR")),
        ("paid: 12.50 EUR}", "order: A-7}", ("order", "A-7", "not known")),
        (
            "/set bought 20 november 2026",
            "/set bought banana",
            (
                "line 1",
                "`/set bought banana` is accepted",
                "refused: bought is a date, and banana is none · try /set bought 3 weeks ago",
            ),
        ),
        (
            "lines: [",
            "lines: [/pause, ",
            ("line 2", "`/set bought 20 november 2026` is typed in the call", "the call was paused before"),
        ),
        (", /outcome resolved", ", /outcome resolved, /pause", ("end", "the wrap-up screen", "the call was paused")),
    ],
)
def test_every_difference_says_what_is_expected_and_what_was_found(
    recovery: Recovery, tmp_path: Path, before: str, after: str, differs: tuple[str, str, str]
) -> None:
    example = IN_TIME.replace(before, after)
    assert example != IN_TIME
    found = [tuple(one.values()) for one in played(recovery, tmp_path, example)["differences"]]
    assert any((what, expected) == differs[:2] and actual.startswith(differs[2]) for what, expected, actual in found), (
        found
    )


def test_an_example_without_an_answer_stays_where_it_is_asked_for(recovery: Recovery, tmp_path: Path) -> None:
    stays = "  - {id: nobody-knows, path: [ask], asks: bought}\n"
    assert played(recovery, tmp_path, stays)["ok"]
    found = played(recovery, tmp_path, stays.replace(", asks: bought", ""))["differences"]
    assert found == [
        {
            "what": "end",
            "expected": "the wrap-up screen",
            "actual": "the way on depends on bought: When did they buy it?",
        }
    ]


def test_an_answer_that_is_typed_too_early_is_named_as_a_note(recovery: Recovery, tmp_path: Path) -> None:
    choice = "kind: choice, choices: [shop, web]"
    playbook = PLAYBOOK.replace("kind: date, max: today", choice).replace("{within: 14 days}", "shop")
    file = write(tmp_path, "  - {id: too-early, lines: [web], path: [ask, explain]}\n", playbook=playbook)
    told = recovery("frameworks", "test", file, cwd=tmp_path).stdout
    assert "When did they buy it? (`web` was typed before it was asked, and is a note)" in told


def test_an_example_that_expects_a_question_fails_where_none_is_asked(recovery: Recovery, tmp_path: Path) -> None:
    found = played(recovery, tmp_path, IN_TIME + "    asks: bought\n")["differences"]
    assert found == [{"what": "end", "expected": "the way on depends on bought", "actual": "the wrap-up screen"}]


def test_what_is_required_holds_an_example_as_it_holds_a_call(recovery: Recovery, tmp_path: Path) -> None:
    text = PLAYBOOK.replace("kind: money}", "kind: money, required: true}")
    example = "  - {id: forgotten, set: {bought: 2020-01-31}, path: [ask, explain]}\n"
    done = recovery("frameworks", "test", write(tmp_path, example, playbook=text), cwd=tmp_path)
    assert "end: found Not yet: What did they pay. Stay or leave anyway?" in done.stdout
    leaving = example.replace("path:", 'lines: ["", leave], path:')
    done = recovery("frameworks", "test", write(tmp_path, leaving, playbook=text), cwd=tmp_path)
    assert done.returncode == 0, done.stdout


def test_a_loop_that_enter_never_leaves_is_named(recovery: Recovery, tmp_path: Path) -> None:
    text = PLAYBOOK.replace("max: today}", "max: today, default: 2020-01-31}")
    text = text.replace('    phrases: [{say: "The time', '    paths: [{to: ask}]\n    phrases: [{say: "The time')
    example = "  - {id: round, path: [ask, explain]}\n"
    done = recovery("frameworks", "test", write(tmp_path, example, playbook=text), cwd=tmp_path)
    assert done.returncode == 1
    assert "end: found Enter leads round in a circle at" in done.stdout


def test_an_example_is_played_by_the_settings_of_the_company(recovery: Recovery, tmp_path: Path) -> None:
    assert recovery("config", "set", "patterns.order-number", "AA-0000").returncode == 0
    example = "  - {id: code, set: {bought: 2020-01-31}, lines: [/set order AB-1234], values: {order: AB-1234}}\n"
    assert played(recovery, tmp_path, example)["ok"]
    assert not played(recovery, tmp_path, example.replace("/set order AB-1234", "/set order 1234"))["ok"]


def test_nothing_is_kept_of_an_example(recovery: Recovery, tmp_path: Path) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    named = {name: str(folder) for name in ("TMPDIR", "TEMP", "TMP")}
    done = recovery("frameworks", "test", write(tmp_path, IN_TIME, ASKED), cwd=tmp_path, environ=named)
    assert done.returncode == 0
    assert not recovery.data.exists()
    assert not list(folder.iterdir())


def test_a_call_does_not_carry_the_examples_of_its_playbook(recovery: Recovery, tmp_path: Path) -> None:
    write(tmp_path, IN_TIME)
    assert recovery("--frameworks", str(tmp_path), "start", "our-refunds", stdin="a note\n").returncode == 0
    (journal,) = (recovery.data / "live").glob("*.jsonl")
    assert "in-time" not in journal.read_text(encoding="utf-8")


def test_a_file_without_examples_says_so(recovery: Recovery, tmp_path: Path) -> None:
    done = recovery("frameworks", "test", write(tmp_path), "learn", cwd=tmp_path)
    assert done.returncode == 0
    first, second = done.stdout.splitlines()
    assert first == "our-refunds.yaml: no examples"
    assert second.endswith("learn.yaml: no examples")


def test_a_broken_file_is_named_with_its_faults_and_the_others_are_played(recovery: Recovery, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text(PLAYBOOK.replace("to: explain", "to: explian"), encoding="utf-8")
    done = recovery("frameworks", "test", "broken.yaml", "nowhere.yaml", write(tmp_path, IN_TIME), cwd=tmp_path)
    assert done.returncode == 1
    assert "broken.yaml:17:14: `explian` is no step" in done.stdout
    assert "nowhere.yaml:1:1: the file cannot be read" in done.stdout
    assert "our-refunds.yaml: in-time: ok" in done.stdout


def test_json_has_one_object_a_file(recovery: Recovery, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("schema: 1\n", encoding="utf-8")
    done = recovery("frameworks", "test", write(tmp_path, IN_TIME), "broken.yaml", "--json", cwd=tmp_path)
    good, broken = map(json.loads, done.stdout.splitlines())
    assert (good["file"], good["ok"], good["problems"]) == ("our-refunds.yaml", True, [])
    (example,) = good["examples"]
    assert example == {
        "ok": True,
        "id": "in-time",
        "path": ["ask", "pay"],
        "asks": "",
        "outcome": "resolved",
        "values": {"bought": "2026-11-20", "channel": "phone", "paid": "12.5 EUR"},
        "differences": [],
    }
    assert (broken["ok"], broken["examples"]) == (False, [])
    assert broken["problems"]


@pytest.mark.parametrize(
    ("example", "says"),
    [
        ("{id: one, path: [ask, paay]}", "`paay` is no step; live steps: ask, pay, explain; did you mean `pay`?"),
        ("{id: one, path: [ask], asks: boght}", "there is no value `boght`"),
        ("{id: one, values: {boght: 2026-11-20}}", "did you mean `bought`?"),
        ("{id: one, values: {bought: soon}}", "`soon` is no date"),
        ("{id: one, set: {customer: Ann}, path: [ask]}", "`customer` is no value to set"),
        ("{id: one, today: soon, path: [ask]}", "`soon` is no date; such as 2026-01-31"),
        ("{id: one, lines: [hello]}", "the example `one` expects nothing"),
        ("{id: one, path: [ask]}\n  - {id: one, path: [ask]}", "the example id `one` appears twice"),
        ("{id: one, outcome: won}", "`won` is not allowed here"),
        ("{id: one, path: [ask], line: [hello]}", "unknown key `line`"),
        ("{path: [ask]}", "the key `id` is missing; an example needs it"),
    ],
)
def test_a_fault_in_an_example_is_named_with_its_place(
    recovery: Recovery, tmp_path: Path, example: str, says: str
) -> None:
    file = write(tmp_path, f"  - {example}\n")
    for command in ("test", "validate"):
        done = recovery("frameworks", command, file, cwd=tmp_path)
        assert done.returncode == 1
        line, *_ = done.stdout.splitlines()
        assert line.startswith("our-refunds.yaml:3")
        assert says in line


def test_a_variant_has_examples_of_its_own(recovery: Recovery, tmp_path: Path) -> None:
    write(tmp_path, IN_TIME)
    variant = "schema: 1\nid: ours\nname: Ours\nextends: our-refunds\n"
    file = tmp_path / "ours.yaml"
    file.write_text(variant, encoding="utf-8")
    assert recovery("frameworks", "test", "ours.yaml", cwd=tmp_path).stdout == "ours.yaml: no examples\n"
    file.write_text(f"{variant}examples:\n{ASKED}", encoding="utf-8")
    done = recovery("frameworks", "test", "ours.yaml", cwd=tmp_path)
    assert done.stdout == "ours.yaml: answered-when-asked: ok\n"


def test_without_a_file_an_example_of_the_command_is_shown(recovery: Recovery, tmp_path: Path) -> None:
    done = recovery("frameworks", "test", cwd=tmp_path)
    assert (done.returncode, "recovery frameworks test our-refunds.yaml" in done.stderr) == (2, True)


IDENTITY = """\
schema: 1
id: identity
name: Identity
expands_to: Question, Compare
summary: The check of who is calling.
steps:
  - id: question
    name: Question
    intent: assess
    goal: They know why you ask.
    phrases: [{say: "I check that it's you. I ask everybody."}]
  - id: compare
    name: Compare
    intent: assess
    goal: The answers are compared.
    procedure: true
    capture: [{id: verified, ask: "Do the answers match?", kind: yes-no}]
    phrases: [{say: "What is the postcode of the order?"}]
"""
CALLER = PLAYBOOK.replace(
    "    paths:\n", '    call: identity\n    paths:\n      - {when: {verified: "no"}, to: explain}\n', 1
)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("[ask, pay]", None),
        ("[ask, identity/question, identity/compare, pay]", None),
        ("[ask, identity/compare, pay]", "ask, identity/question, identity/compare, pay"),
        ("[ask, explain]", "ask, pay"),
    ],
)
def test_a_path_names_the_steps_of_a_called_playbook_or_leaves_them_all_out(
    recovery: Recovery, tmp_path: Path, path: str, found: str | None
) -> None:
    (tmp_path / "identity.yaml").write_text(IDENTITY, encoding="utf-8")
    lines = '["", "", /set verified yes]'
    example = f"  - {{id: one, today: 2026-11-29, set: {{bought: 20 november 2026}}, lines: {lines}, path: {path}}}\n"
    done = recovery("frameworks", "test", write(tmp_path, example, playbook=CALLER), cwd=tmp_path)
    last = f"    path: found {found}" if found else "our-refunds.yaml: one: ok"
    assert done.stdout.splitlines()[-1:] == [last], done.stderr


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("identity/compar", "no step; live steps of identity: question, compare; did you mean `identity/compare`?"),
        ("identty/compare", "there is no playbook `identty`"),
        ("our-refunds/ask", "`our-refunds` is this file; the id of the step alone; did you mean `ask`?"),
        ("identity/a/b", "`identity/a/b` is not a name"),
    ],
)
def test_a_step_of_a_called_playbook_that_does_not_exist_is_named(
    recovery: Recovery, tmp_path: Path, place: str, says: str
) -> None:
    (tmp_path / "identity.yaml").write_text(IDENTITY, encoding="utf-8")
    file = write(tmp_path, f"  - {{id: known, path: [ask, {place}]}}\n", playbook=CALLER)
    done = recovery("frameworks", "validate", file, cwd=tmp_path)
    line, *_ = done.stdout.splitlines()
    assert says in line
