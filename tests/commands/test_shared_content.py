"""A company's shared phrases and families of issues: validated, with schemas for editors, and used in calls."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest

if TYPE_CHECKING:
    from tests.commands.recovery import Recovery

PHRASES = """schema: 1
intent: listen
placeholders: [shop]
phrases:
  - say: "Welcome back to {shop}. What happened?"
  - say: "Which tour number was it: {tour_number}?"
    issues: [garden]
    moods: [angry]
    channels: [phone]
    fault: ours
    severity: minor
"""
FAMILIES = """schema: 1
families:
  - id: garden
    name: Garden tours
    words: [rained off]
    capture: [{id: tour_number, ask: "What is the number of the tour?"}]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "here" / ".recovery"
    for name, text in (("phrases/listen.yaml", PHRASES), ("issues/ours.yaml", FAMILIES)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder.parent


def test_validate_recognises_the_kind_of_each_file(recovery: Recovery, project: Path) -> None:
    recovery("frameworks", "new", "ours", cwd=project)
    files = (".recovery/phrases/listen.yaml", ".recovery/issues/ours.yaml", ".recovery/frameworks/ours.yaml")
    done = recovery("frameworks", "validate", *files, cwd=project)
    assert done.returncode == 0, done.stdout
    first, second, third, draft, *_ = done.stdout.splitlines()
    assert first.endswith("listen.yaml: valid, 2 phrases")
    assert second.endswith("ours.yaml: valid, 1 family")
    assert "steps" in third
    assert "warning: words of a draft are still here" in draft
    one = json.loads(recovery("frameworks", "validate", files[0], "--json", cwd=project).stdout)
    assert (one["ok"], one["phrases"]) == (True, 2)


WORDING = """schema: 1
id: ours
name: Ours
lists: {we: [we, I]}
patterns:
  - id: x
    kind: tone
    say: ["<we> refuse"]
    because: It hurts.
    instead: "Go on."
    catches: ["We refuse."]
"""


def test_wording_is_validated_with_the_files_beside_it_and_its_examples(recovery: Recovery, project: Path) -> None:
    folder = project / ".recovery" / "wording"
    folder.mkdir()
    file = folder / "ours.yaml"
    file.write_text(WORDING, encoding="utf-8")
    done = recovery("frameworks", "validate", ".recovery/wording/ours.yaml", cwd=project)
    assert done.stdout == f"{Path('.recovery/wording/ours.yaml')}: valid, 1 entry\n"
    file.write_text(WORDING.replace("<we>", "<wee>").replace('["We', '["You'), encoding="utf-8")
    done = recovery("frameworks", "validate", ".recovery/wording/ours.yaml", cwd=project)
    assert done.returncode == 1
    unknown, failing = done.stdout.splitlines()
    assert unknown.endswith("ours.yaml:8:11: there is no list `wee`; did you mean `we`?")
    assert failing.endswith("ours.yaml:11:15: `You refuse.` is not found by `x`; `catches` has sentences that it finds")
    file.write_text(WORDING.replace("{we:", "{our:"), encoding="utf-8")
    (folder / "words.yaml").write_text("schema: 1\nid: words\nname: Words\nlists: {we: [we]}\n", encoding="utf-8")
    assert recovery("frameworks", "validate", ".recovery/wording/ours.yaml", cwd=project).returncode == 0


def test_every_unknown_word_is_told_with_its_place_what_is_allowed_and_the_nearest(
    recovery: Recovery, project: Path
) -> None:
    file = project / ".recovery" / "phrases" / "listen.yaml"
    wrong = (
        ("garden]", "gardn]"), ("angry", "angrry"), ("[phone]", "[fone]"), ("fault: ours", "fault: our"),
        ("severity: minor", "severity: mino"), ("{tour_number}", "{tour_numbr}"), ("intent: listen", "intent: solve"),
    )  # fmt: skip
    text = PHRASES
    for before, after in wrong:
        text = text.replace(before, after)
    file.write_text(text, encoding="utf-8")
    done = recovery("frameworks", "validate", str(file), cwd=project)
    assert done.returncode == 1
    for place, found, allowed, near in (
        ("2:9", "the intent is `solve` and the file is named `listen`", "they must match", ""),
        ("6:10", "unknown placeholder `tour_numbr`", "shop", "tour_number"),
        ("7:14", "there is no family `gardn`", "billing", "garden"),
        ("8:13", "`angrry` is not allowed here", "calm, upset", "angry"),
        ("9:16", "`fone` is not allowed here", "in-person", "phone"),
        ("10:12", "`our` is not allowed here", "not-ours", "ours"),
        ("11:15", "`mino` is not allowed here", "severe", "minor"),
    ):
        (line,) = [one for one in done.stdout.splitlines() if f"listen.yaml:{place}: {found}" in one]
        assert allowed in line
        assert not near or line.endswith(f"did you mean `{near}`?")


def test_a_framework_for_an_unknown_family_does_not_validate_and_still_works(recovery: Recovery, project: Path) -> None:
    recovery("frameworks", "new", "mine", "--from", "last", cwd=project)
    file = project / ".recovery" / "frameworks" / "mine.yaml"
    text = file.read_text(encoding="utf-8")
    phrase = '      - say: "About your tour."\n        issues: [gardn]\n'
    file.write_text(text.replace("    phrases:\n", f"    phrases:\n{phrase}", 1), encoding="utf-8")
    done = recovery("frameworks", "validate", str(file), cwd=project)
    assert done.returncode == 1
    assert "there is no family `gardn`" in done.stdout
    assert "did you mean `garden`?" in done.stdout
    assert recovery("frameworks", "show", "mine", cwd=project).returncode == 0


@pytest.mark.parametrize("kind", ["framework", "phrases", "families", "wording"])
def test_a_schema_of_each_kind_is_printed_for_editors(recovery: Recovery, kind: str) -> None:
    schema = json.loads(recovery("frameworks", "schema", kind).stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert json.loads(recovery("frameworks", "schema", kind, "--json").stdout) == schema


def test_an_unknown_kind_of_schema_names_the_nearest(recovery: Recovery) -> None:
    done = recovery("frameworks", "schema", "phrase")
    assert done.returncode == 2
    assert "did you mean phrases?" in done.stderr


def test_words_and_facts_of_a_company_are_used_in_a_call(recovery: Recovery, project: Path) -> None:
    words = PHRASES.replace("{shop}", "our shop")
    (project / ".recovery" / "phrases" / "listen.yaml").write_text(words, encoding="utf-8")
    lines = "/set tour_number 7\n/ours yes\n/mood angry\n/severity minor\n/more\n1\n/end resolved\n"
    done = recovery("start", "last", "--channel", "phone", "--issue", "rained off", stdin=lines, cwd=project)
    assert "issue: rained off (Garden tours)" in done.stdout
    assert "Welcome back to our shop. What happened?" in done.stdout
    stored = json.loads(recovery("log", "show", "last", "--json").stdout)
    assert stored["issue"] == "rained off"
    assert stored["steps"][0]["captured"] == {"tour_number": "7"}
    said = stored["steps"][0]["said"][0]
    assert (said["text"], said["phrase"]["source"]) == ("Which tour number was it: 7?", "project")


def test_each_fact_is_asked_for_in_plain_lines_when_its_turn_comes(recovery: Recovery, project: Path) -> None:
    ours = project / ".recovery" / "issues" / "ours.yaml"
    more = FAMILIES.replace('tour?"}]', 'tour?"}, {id: guide, ask: "Who was the guide?"}]')
    ours.write_text(more, encoding="utf-8")
    lines = "/issue rained off\n/set tour_number 7\n/set guide Kim\n/mood angry\n/end resolved\n"
    told = recovery("start", "last", stdin=lines, cwd=project).stdout.splitlines()
    asked = [line for line in told if line.startswith(("Capture: ", "issue: ", "tour_number: ", "guide: "))]
    assert asked == [
        "issue: rained off (Garden tours); u undoes",
        "Capture: What is the number of the tour? Type /set tour_number and the answer.",
        "tour_number: 7; u undoes",
        "Capture: Who was the guide? Type /set guide and the answer.",
        "guide: Kim; u undoes",
    ]


def test_broken_files_are_reported_and_the_built_in_words_are_used(recovery: Recovery, project: Path) -> None:
    for name in ("phrases/listen.yaml", "issues/ours.yaml"):
        (project / ".recovery" / name).write_text("schema: 1\nintent: 5\n", encoding="utf-8")
    done = recovery("start", "last", "--issue", "charged twice", stdin="\n\n\n\n/end resolved\n", cwd=project)
    assert done.returncode == 0
    assert "(Bills and payments)" in done.stdout
    for name in ("listen.yaml:", "ours.yaml:"):
        assert name in done.stderr
    assert "recovery frameworks validate" in done.stderr
