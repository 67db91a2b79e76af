"""`log score`, `log review` and `log reviews`, as they are run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commands.recovery import Recovery

LINES = "/said You should have told us\n/promise a call in 2 hours\n\n\n/cause a wrong label\n/end resolved\n"


YES = [part for name in ("steps", "wording", "apology", "own-words") for part in ("--set", f"{name}=yes")]
NO = [part.replace("yes", "no") for part in YES]
ENTER = "\n" * 6
WORK = """\
/said Tell me what happened with the parcel.

/ours yes
/said I see why that cost you the evening.

/said I am sorry that you waited. That was our mistake, two labels were swapped.

/offer refund 20
/accept
/promise the refund by tomorrow 5pm

1
/cause a wrong label
/summary Refund promised.
/end resolved
"""


@pytest.fixture
def call(recovery: Recovery) -> Recovery:
    assert recovery("start", "learn", "--customer", "Noor", stdin=LINES).returncode == 0
    return recovery


def test_the_page_tells_what_the_json_tells(call: Recovery) -> None:
    found = json.loads(call("log", "score", "--json").stdout)
    page = call("log", "score").stdout
    assert f"Score: {found['total']} of 100, on {found['coverage']} % of the card" in page
    for line in found["lines"]:
        assert line["name"] in page
        for one in line["evidence"]:
            assert one["text"] in page
    assert found["failed"] == ["customer"]
    assert "No blame: not kept" in page


def test_a_call_of_enter_alone_has_no_score_and_a_call_with_work_has_the_same_everywhere(recovery: Recovery) -> None:
    assert recovery("start", "learn", stdin=ENTER).returncode == 0
    assert recovery("start", "learn", "--customer", "Noor", stdin=WORK).returncode == 0
    bare = json.loads(recovery("log", "score", "-2", "--json").stdout)
    work = json.loads(recovery("log", "score", "last", "--json").stdout)
    assert bare["total"] is None
    assert bare["coverage"] < 50
    assert f"Score: no score, only {bare['coverage']} % of the card is shown" in recovery("log", "score", "-2").stdout
    assert work["total"] > 90
    assert work["coverage"] > 90
    words = f"{work['total']} of 100, on {work['coverage']} % of the card"
    assert f"Score: {words}" in recovery("log", "score", "last").stdout
    assert recovery("log", "review", "last", "--as", "self", *YES).returncode == 0
    (judged,) = json.loads(recovery("log", "reviews", "--json").stdout)["calls"]
    first = judged["judgements"][0]
    assert (first["judge"], first["total"], first["coverage"]) == ("automatic", work["total"], work["coverage"])
    assert f"Scorecard: {words}" in recovery("log", "reviews").stdout
    (listed,) = recovery("log", "list", "--min-score", "0", "--json").stdout.splitlines()
    assert json.loads(listed)["id"] == work["call"]


def test_a_call_that_is_not_our_fault_loses_nothing_for_admitting_none(recovery: Recovery) -> None:
    lines = "/ours no\n\n\n8\n5\n6\n9\n\n\n/end resolved\n"
    assert recovery("start", "learn", "--channel", "phone", stdin=lines).returncode == 0
    found = json.loads(recovery("log", "score", "last", "--json").stdout)
    (apology,) = [line for line in found["lines"] if line["id"] == "apology"]
    assert apology["points"] in {1, None}
    assert not [one for one in apology["evidence"] if one["kind"] == "missing"]


def test_a_company_sets_its_own_weights(call: Recovery) -> None:
    (call.home / "config").mkdir(exist_ok=True)
    own = "schema: 1\nid: ours\nname: Ours\ncriteria: [{id: cause, name: Cause, weight: 7}]\n"
    (call.home / "config" / "scorecard.yaml").write_text(own, encoding="utf-8")
    found = json.loads(call("log", "score", "--json").stdout)
    assert (found["card"], found["total"], found["critical"]) == ("ours", 100, [])
    (call.home / "config" / "scorecard.yaml").write_text(own.replace("cause", "couse"), encoding="utf-8")
    done = call("log", "score")
    assert done.returncode == 1
    assert "scorecard.yaml:4:" in done.stderr
    assert "`cause`" in done.stderr


def test_what_people_think_is_stored_beside_the_call_and_never_in_it(call: Recovery) -> None:
    (path,) = (call.data / "sessions").rglob("*.json")
    before = path.read_bytes()
    assert call("log", "review", "last", "--as", "self", "--by", "Sam", *YES).returncode == 0
    assert call("log", "review", *NO, "--note", "card 4111 1111 1111 1111").returncode == 0
    assert call("log", "review", "--dispute", "she had to leave").returncode == 0
    assert path.read_bytes() == before
    kept = (call.data / "reviews" / path.name).read_text(encoding="utf-8")
    assert "4111 1111" not in kept
    found = json.loads(call("log", "reviews", "--json").stdout)
    (one,) = found["calls"]
    assert [(person["judge"], person["total"]) for person in one["judgements"][1:]] == [("own", 100), ("reviewer", 0)]
    assert one["disputes"][0]["why"] == "she had to leave"
    page = call("log", "reviews").stdout
    for words in ("of 1 call: ", "she had to leave", "agent 100", "reviewer 0", "Steps of the framework"):
        assert words in page
    assert "Sam" not in page, "the agent is not named in a view"
    for shown in (call("log", "show").stdout, call("log", "score").stdout):
        assert "Self-review, " in shown
        assert "Disputed, " in shown
    again = call("log", "review", "--set", "steps=yes")
    assert "1 answer, and 3 earlier answers kept" in again.stdout
    (one,) = json.loads(call("log", "reviews", "--json").stdout)["calls"]
    assert one["judgements"][2]["points"] == {"steps": 1.0, "wording": 0.0, "apology": 0.0, "own-words": 0.0}


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("--set", "stps=yes"), "steps"),
        (("--set", "steps=perhaps"), "partly"),
        (("--as", "boss"), "self, reviewer"),
        (("--dispute", " "), "needs a reason"),
        ((), "questions need a terminal"),
    ],
)
def test_a_wrong_word_keeps_nothing(call: Recovery, argv: tuple[str, ...], words: str) -> None:
    done = call("log", "review", "last", *argv)
    assert done.returncode == 2
    assert words in done.stderr
    assert not (call.data / "reviews").exists()


def test_a_broken_file_of_assessments_is_named_and_unchanged(call: Recovery) -> None:
    (path,) = (call.data / "sessions").rglob("*.json")
    (call.data / "reviews").mkdir()
    broken = call.data / "reviews" / path.name
    broken.write_bytes(b"{half")
    done = call("log", "review", "--set", "steps=no")
    assert done.returncode == 1
    assert "not changed" in done.stderr
    assert "skipped" in call("log", "reviews").stderr
    assert broken.read_bytes() == b"{half"


def test_the_list_shows_calls_from_a_score_on(call: Recovery) -> None:
    total = json.loads(call("log", "score", "--json").stdout)["total"]
    assert len(call("log", "list", "--min-score", str(total), "--json").stdout.splitlines()) == 1
    assert call("log", "list", "--min-score", str(total + 1), "--json").stdout == ""
    assert "No calls match" in call("log", "list", "--min-score", str(total + 1)).stdout
