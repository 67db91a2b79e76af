"""Drafts, held against the words that backfire by the command."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from recoverycli.terminal.console import Look, console
from recoverycli.terminal.views.check import check_page, check_result
from recoverycli.terminal.views.page import DrawnPage
from recoverycli.wording.apology import assess
from tests.golden import drawn
from tests.platforms import needs_plain_locale
from tests.wording.wordings import MATCHER

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.recovery import Recovery

BAD = "I'm sorry if you feel that way. It's our policy. Calm down."
EMAIL = """Dear Ms Noor,

I'm sorry. We sent your order to the wrong address, and that was our mistake. It happened because we read the
old address from last year. I've sent a new one today, and it will be with you by noon on Thursday.
From now on two of us check each address before a parcel leaves.

Ana Lima

> Calm down! It's our policy.
"""


def as_json(recovery: Recovery, *argv: str, stdin: str = "") -> dict[str, Any]:
    done = recovery("check", *argv, "--json", stdin=stdin)
    (line,) = done.stdout.splitlines()
    told: dict[str, Any] = json.loads(line)
    assert done.returncode == (0 if told["ok"] else 1)
    return told


def test_three_faults_are_named_each_with_better_words(recovery: Recovery) -> None:
    done = recovery("check", BAD)
    assert done.returncode == 1
    for words in ('1: "sorry if you feel', "(line 1, column 5)", '2: "It\'s our policy"', '3: "Calm down"'):
        assert words in done.stdout
    assert done.stdout.count("Why: ") == done.stdout.count("Better: ") == 3
    assert done.stderr == ""


def test_calm_words_in_an_emergency_are_no_fault(recovery: Recovery) -> None:
    done = recovery("check", "Please stay calm and leave the building now, there is a gas leak.")
    assert done.returncode == 0
    assert done.stdout.startswith("Nothing here backfires.")


def test_what_is_never_said_is_no_part_of_an_apology(recovery: Recovery) -> None:
    told = as_json(recovery, "I would never say that this was our mistake.")
    assert told["apology"]["present"] == []


def test_the_json_says_where_each_fault_is(recovery: Recovery) -> None:
    told = as_json(recovery, BAD)
    assert [BAD[one["start"] : one["end"]] for one in told["findings"]] == [one["words"] for one in told["findings"]]
    assert [one["pattern"] for one in told["findings"]] == ["sorry-if", "policy", "calm-down"]
    assert told["length"] == len(BAD)
    assert told["grade"] is None
    assert told["apology"]["needed"]
    assert told["apology"]["present"] == []


def test_a_good_e_mail_passes_with_the_parts_of_its_apology(recovery: Recovery, tmp_path: Path) -> None:
    (tmp_path / "reply.txt").write_text(EMAIL, encoding="utf-8")
    done = recovery("check", "--file", "reply.txt", "--channel", "email", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "Nothing here backfires." in done.stdout
    assert "There: regret, explanation, responsibility, promise to change, offer of repair" in done.stdout
    assert "Missing: request for forgiveness (optional)" in done.stdout
    assert "reads at about grade" in done.stdout


def test_text_file_and_standard_input_are_checked_alike(recovery: Recovery, tmp_path: Path) -> None:
    (tmp_path / "reply.txt").write_text(BAD, encoding="utf-8-sig")
    same = as_json(recovery, BAD)
    assert as_json(recovery, "--file", str(tmp_path / "reply.txt")) == same
    assert as_json(recovery, "-", stdin=BAD) == same
    assert as_json(recovery, *BAD.split(" ")) == same


def test_lines_and_columns_are_those_of_the_draft(recovery: Recovery) -> None:
    told = as_json(recovery, "-", stdin="Dear all,\r\n\r\n\U0001f600 calm\r\ndown now")
    (one,) = told["findings"]
    assert (one["line"], one["column"], one["words"]) == (3, 3, "calm down")


def test_the_weightiest_part_that_is_missing_comes_with_a_sentence_to_say(recovery: Recovery) -> None:
    draft = "I'm sorry that your parcel came late."
    page = recovery("check", draft, "--channel", "email", "--ours", "yes").stdout
    assert "Add first: responsibility" in page
    assert "For example: " in page
    assert "Apology" not in recovery("check", "Your new card is in the post.").stdout


def test_a_draft_is_not_asked_to_admit_a_fault_that_is_not_established(recovery: Recovery) -> None:
    draft = "I'm sorry that your parcel came late."
    page = recovery("check", draft).stdout
    assert "Missing: offer of repair, request for forgiveness (optional)" in page
    assert "Not asked for: explanation, responsibility, promise to change" in page
    assert "Add first: offer of repair" in page
    assert "[remedy]" in page, "an example shows its gaps"
    told = as_json(recovery, draft, "--ours", "no")["apology"]
    assert told["missing"] == ["forgiveness"]
    assert told["not_asked_for"] == ["explanation", "responsibility", "repentance", "repair"]
    wrong = recovery("check", draft, "--ours", "perhaps")
    assert wrong.returncode == 2
    assert "yes, no, unclear" in wrong.stderr


def test_the_channel_decides_what_counts(recovery: Recovery) -> None:
    assert as_json(recovery, "Per my last email, it ships.", "--channel", "phone")["ok"]
    assert not as_json(recovery, "Per my last email, it ships.", "--channel", "email")["ok"]
    wrong = recovery("check", "Hello there", "--channel", "emial")
    assert wrong.returncode == 2
    assert "did you mean email?" in wrong.stderr


@pytest.mark.parametrize("argv", [[], ["  "], ["text", "--file", "x"]])
def test_without_a_text_the_usage_is_shown_with_an_example(recovery: Recovery, argv: list[str]) -> None:
    done = recovery("check", *argv)
    assert done.returncode == 2
    assert 'recovery check "' in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\x01",
        pytest.param(b"caf\xe9", marks=needs_plain_locale),
        b"\xff\xfeh\x00\x00",
        b"a" * (1024 * 1024 + 1),
    ],
)
def test_what_is_no_plain_text_is_refused_kindly(recovery: Recovery, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "reply.bin").write_bytes(data)
    for done in (recovery("check", "--file", str(tmp_path / "reply.bin")), recovery("check", "-", stdin=data)):
        assert done.returncode == 1
        assert done.stdout == ""
        assert done.stderr.startswith("recovery: ")
        assert "report" not in done.stderr


def test_a_file_that_is_not_there_or_a_folder_is_reported(recovery: Recovery, tmp_path: Path) -> None:
    for name in ("nowhere.txt", "."):
        done = recovery("check", "--file", name, cwd=tmp_path)
        assert done.returncode == 1
        assert name in done.stderr


def test_a_text_of_the_largest_size_is_checked_whole(recovery: Recovery) -> None:
    text = "a word or two " * 70_000 + "calm down"
    told = as_json(recovery, "-", stdin=text)
    assert [one["start"] for one in told["findings"]] == [text.index("calm")]


def test_a_project_s_own_words_are_found_and_a_broken_file_hides_no_others(recovery: Recovery, tmp_path: Path) -> None:
    folder = tmp_path / "here" / ".recovery" / "wording"
    folder.mkdir(parents=True)
    (folder / "ours.yaml").write_text(
        "schema: 1\nid: ours\nname: Ours\npatterns:\n"
        "  - {id: cheers, kind: tone, say: [cheers mate], because: Too chummy., instead: Thank you.}\n",
        encoding="utf-8",
    )
    (folder / "broken.yaml").write_text("schema: 1\nid: broken\npatterns: none\n", encoding="utf-8")
    done = recovery("check", "Cheers mate, calm down.", "--json", cwd=tmp_path / "here")
    assert [one["pattern"] for one in json.loads(done.stdout)["findings"]] == ["cheers", "calm-down"]
    assert "broken.yaml:1:1: " in done.stderr
    assert "broken.yaml:3:11: " in done.stderr


def test_hostile_words_are_shown_and_not_obeyed(recovery: Recovery) -> None:
    done = recovery("check", "-", stdin="calm\x1b[31m\ndown [red]calm down[/red]\x07 \u202e")
    assert done.returncode == 1
    assert not {"\x1b", "\x07", "\u202e"} & set(done.stdout)


@pytest.mark.parametrize("width", [40, 80, 200])
def test_the_drawn_page_marks_the_words_without_colour(width: int) -> None:
    findings = MATCHER.findings(BAD)
    page = drawn(check_page(check_result(BAD, None, findings, assess(BAD, MATCHER, findings), None)), width)
    flat = " ".join(page.split())
    assert re.search(r"I'm \[1: sorry if you feel\b[^]]*\][^[]*\. \[2: It's our policy\]\. \[3: Calm down\]\.", flat)
    assert all(finding.pattern.instead in flat for finding in findings)
    assert max(map(len, page.splitlines())) <= width


def test_where_there_is_colour_the_words_are_underlined_too(recovery: Recovery) -> None:
    findings = MATCHER.findings("Calm down, please.")
    file = io.StringIO()
    look = Look(plain=False, color=True, interactive=True, width=80, height=24)
    apology = assess("Calm down, please.", MATCHER, findings)
    console(look, file).print(DrawnPage(check_page(check_result("Calm down, please.", None, findings, apology, None))))
    (style,) = re.findall(r"\x1b\[([0-9;]*)mCalm down\x1b", file.getvalue())
    assert style.split(";")[0] == "4"
    assert len(style) > 1


OWNED = "I'm sorry. We lost your parcel, so calm down."


def test_overlapping_faults_are_one_mark_and_two_findings(recovery: Recovery) -> None:
    draft = "I understand your frustration, but that's a matter for your insurer."
    findings = MATCHER.findings(draft)
    assert [one.pattern.kind for one in findings] == ["sorry-but", "false-empathy", "passing-on"]
    page = drawn(check_page(check_result(draft, None, findings, assess(draft, MATCHER, findings), None)), 200)
    assert "[1, 2: I understand your frustration, but] that's a [3: matter for your insurer]." in page
    told = as_json(recovery, draft)
    assert [one["kind"] for one in told["findings"]] == ["sorry-but", "false-empathy", "passing-on"]


@pytest.mark.parametrize("width", [40, 80, 200])
def test_the_words_that_earned_a_part_are_marked_with_its_name(width: int) -> None:
    findings = MATCHER.findings(OWNED)
    page = drawn(check_page(check_result(OWNED, None, findings, assess(OWNED, MATCHER, findings), None)), width)
    flat = " ".join(page.split())
    assert "[regret: sorry]. [responsibility: We lost] your parcel, so [1: calm down]." in flat
    assert max(map(len, page.splitlines())) <= width


def test_the_words_that_earned_a_part_are_in_plain_lines_and_in_json(recovery: Recovery) -> None:
    page = recovery("check", OWNED).stdout.splitlines()
    assert {'Regret: "sorry"', 'Responsibility: "We lost"'} <= set(page)
    told = as_json(recovery, OWNED)["apology"]["found"]
    assert [(one["part"], one["words"]) for one in told] == [("regret", "sorry"), ("responsibility", "We lost")]
    assert [OWNED[one["start"] : one["end"]] for one in told] == ["sorry", "We lost"]


def test_a_denied_part_has_no_words(recovery: Recovery) -> None:
    told = as_json(recovery, "I would never say that this was our mistake.")["apology"]
    assert (told["present"], told["found"]) == ([], [])


def test_of_a_long_draft_only_what_is_around_the_words_is_drawn() -> None:
    text = "one word " * 5_000 + "calm down" + " two words" * 5_000
    findings = MATCHER.findings(text)
    page = drawn(check_page(check_result(text, None, findings, assess(text, MATCHER, findings), None)), 80)
    assert "[1: calm down]" in page
    assert len(page) < 2_000


def test_what_the_own_frameworks_and_wording_files_avoid_is_found_with_their_replacement(
    recovery: Recovery, tmp_path: Path
) -> None:
    own = tmp_path / ".recovery" / "frameworks" / "ours.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(
        "schema: 1\nid: ours\nname: Ours\nextends: last\nsteps:\n  - id: listen\n    avoid:\n"
        '      - {say: "Bear with me", because: It asks them to wait., instead: "I am looking at it now."}\n',
        encoding="utf-8",
    )
    wording = tmp_path / ".recovery" / "wording" / "house.yaml"
    wording.parent.mkdir()
    wording.write_text(
        "schema: 1\nid: house\nname: House\npatterns:\n  - id: pop-over\n    kind: jargon\n"
        '    say: ["pop over"]\n    because: Nobody knows it.\n    instead: "Please come to us."\n',
        encoding="utf-8",
    )
    done = recovery("check", "Please bear with me, and then pop over.", "--json", cwd=tmp_path)
    found = [(one["words"], one["instead"]) for one in json.loads(done.stdout)["findings"]]
    assert found == [("bear with me", "I am looking at it now."), ("pop over", "Please come to us.")]
    assert json.loads(recovery("check", "Please bear with me.", "--json").stdout)["ok"], "no framework avoids it"
