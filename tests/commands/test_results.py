"""What a colleague finds after a call: every fact in the hand-over note, on the page and in the exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commands.recovery import Recovery

FACTS = (
    "Parcel 4471 never came although the tracking says delivered on Monday at noon to the neighbour at number 12",
    "The neighbour at number 12 has been in hospital since the first of the month and could not have signed for it",
    "She needs the suit for her brother's wedding on Saturday and has no other one to wear",
    "This is the third parcel that went missing this year and she has kept every reference number",
    "She has called four times and was promised a call back each time, which never came",
    "She found a card from a courier that we do not work with under her door mat",
)
THREAT = "She says that her solicitor will write to us and that she will go to the press on Monday"
LINES = (
    "/customer Noor Dahl", "/ref C-4471", "/mood angry", "/issue delivery", "/ours yes", "/repeated yes",
    "/severity serious", *FACTS, "/offer voucher 20 EUR", "/refuse an insult after four calls", THREAT,
    "/promise call back by 31 December 5pm", "/mood upset", "/escalate team lead: wants a courier today",
)  # fmt: skip
EVERYWHERE = (*FACTS, THREAT, "voucher 20 EUR", "refused: an insult after four calls", "Noor Dahl", "C-4471")
JUDGED = ("serious", "delivery", "call back")


@pytest.fixture
def call(recovery: Recovery) -> Recovery:
    """A call with six facts, a refused offer, a threat and a hand-over, typed by a script."""
    done = recovery("start", "learn", stdin="\n".join((*LINES, "/end escalated", "")))
    assert done.returncode == 0, done.stderr
    return recovery


def test_the_hand_over_note_holds_every_fact_the_refusal_and_the_threat(call: Recovery) -> None:
    note = call.last()["escalations"][0]["note"]
    for words in (*EVERYWHERE, *JUDGED, "our fault", "happened before", "angry at first, upset now", call.last()["id"]):
        assert words in note


@pytest.mark.parametrize("name", ["crm", "html", "md", "txt", "csv", "qc"])
def test_every_export_holds_every_fact_the_refusal_and_the_threat(call: Recovery, name: str) -> None:
    done = call("log", "export", "last", "--format", name)
    text = done.stdout.replace("&#39;", "'").replace("\\", "")
    for words in (*EVERYWHERE, *JUDGED):
        assert words in text


def test_log_show_holds_them_in_the_order_of_the_call(call: Recovery) -> None:
    page = call("log", "show", "last").stdout
    for words in (*EVERYWHERE, *JUDGED, "Our fault: yes", "Repeated: yes"):
        assert words in page
    told = (f"Noted: {FACTS[-1]}", "Offered: voucher", "Refused: voucher", f"Noted: {THREAT}", "Promised: call back",
            "Escalated: to team lead", "How it ended")  # fmt: skip
    places = [page.index(words) for words in told]
    assert places == sorted(places)


def test_the_letter_names_what_was_agreed_and_not_what_was_refused(recovery: Recovery) -> None:
    lines = ("/customer Noor", "/ours yes", "/repeated yes", "/severity severe", "/offer voucher 20 EUR", "/refuse",
             "/offer refund 35 EUR", "/accept", "/end resolved")  # fmt: skip
    recovery("start", "learn", stdin="\n".join(lines))
    letter = recovery("log", "export", "last", "--format", "letter").stdout
    assert "This is what we agreed to put it right:\n- refund 35 EUR" in letter
    assert "voucher" not in letter
    assert "not the first time" in letter


def test_a_typed_summary_is_added_to_the_notes_and_a_second_line_to_the_first(recovery: Recovery) -> None:
    recovery("start", "learn", stdin="The lift is broken\n/end\nOne line.\nAnother line.\n\n")
    note = recovery("log", "export", "last", "--format", "crm").stdout
    assert "One line. Another line. The lift is broken." in note
    assert recovery.last()["summary"] == "One line.\nAnother line."


def test_what_an_agent_says_to_themself_is_not_said_to_the_customer(recovery: Recovery) -> None:
    recovery("start", "abusive-caller", stdin="/goto recover\n/said I stayed calm.\n/end resolved\n")
    page = recovery("log", "show", "last").stdout
    assert "For yourself:" in page
    assert "Said:" not in page
    assert recovery("log", "export", "last", "--format", "csv").stdout.splitlines()[1].split(",")[19] == "0"


def test_only_the_question_that_decided_the_way_is_shown_as_answered(recovery: Recovery) -> None:
    lines = ("/goto check-account", "/set charges two charges", "", "/end resolved")
    recovery("start", "double-charge", stdin="\n".join(lines))
    steps = recovery.last()["steps"]
    assert all(one["answer"] for step in steps for one in step["answers"])
