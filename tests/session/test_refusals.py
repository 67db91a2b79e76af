"""A refused line is answered with the problem and the nearest valid line, word for word."""

from __future__ import annotations

from datetime import timedelta

import pytest

from recoverycli.session import events as ev
from recoverycli.session.grammar.meanings import CopyNote, Keep
from tests.cases import for_each
from tests.session.test_parse import NOW, event, means, refusal

CALL = "/promise a call"
RING = "/promise ring her"
OUTCOMES = "(resolved, partly-resolved, escalated, callback, unresolved)"
MOODS = "(calm, anxious, upset, angry)"
STEPS = "(listen, apologize, solve)"


@for_each(
    "line, before, why, nearest",
    [
        ("/goto", (), "which step?", "/goto STEP"),
        ("/goto zzz", (), f"there is no step zzz {STEPS}", ""),
        ("/goto aplogize", (), f"there is no step aplogize {STEPS}", "/goto apologize"),
        ("/tick 1", ("/end",), "the checklists belong to the steps", "b"),
        ("/tick", (), "which item? (1 to 2)", "/tick 1"),
        ("/tick 0", (), "which item? (1 to 2)", "/tick 1"),
        ("/tick 3", (), "which item? (1 to 2)", "/tick 1"),
        ("/tick 1", ("/tick 1",), "item 1 is ticked already", "u"),
        ("/set", (), "a name and a value are needed", "/set NAME VALUE"),
        ("/set order", (), "a name and a value are needed", "/set NAME VALUE"),
        ("/set weight hevy", (), "weight is one of light, heavy", "/set weight heavy"),
        ("/set weight zzzzz", (), "weight is one of light, heavy", ""),
        ("/set first_time maybe", (), "first_time is one of yes, no", ""),
        ("/switch", (), "there is no framework to return to", "/switch FRAMEWORK"),
        ("/switch little", (), "this is little already", "/switch FRAMEWORK"),
        ("/ours maybe", (), "yes or no?", "/ours yes"),
        ("/repeated", (), "yes or no?", "/repeated yes"),
        ("/due 5pm", (), "nothing was promised yet", "/promise WHAT by WHEN"),
        ("/due", (CALL,), "by when?", "/due tomorrow 5pm"),
        ("/due zzz", (CALL,), "no date was understood", "/due tomorrow 5pm"),
        ("/due", (CALL, RING), "which promise, and by when? (1 a call, 2 ring her)", "/due 1 tomorrow 5pm"),
        ("/due zzz", (CALL, CALL), "no date was understood", "/due p1 tomorrow 5pm"),
        ("/due 3 5pm", (CALL, CALL), "no date was understood", "/due p1 tomorrow 5pm"),
        ("/keep", (), "nothing was said in your own words here yet", "/said TEXT"),
        ("/hold", ("/hold",), "the customer is on hold already", "/back-on"),
        ("/back-on", (), "the customer is not on hold", "/hold"),
        ("/copy", (), "which phrase? (1 to 1)", "/copy 1"),
        ("/mood", (), f"which mood? {MOODS}", ""),
        ("/mood happy", (), f"there is no mood happy {MOODS}", ""),
        ("/mood angyr", (), f"there is no mood angyr {MOODS}", "/mood angry"),
        ("/outcome", (), f"which outcome? {OUTCOMES}", ""),
        ("/end resolvd", (), f"there is no outcome resolvd {OUTCOMES}", "/end resolved"),
        ("/note", (), "the note is empty", "/note TEXT"),
        ("/cause", (), "something is missing", "/cause TEXT"),
    ],
)
def test_a_refusal_names_the_problem_and_a_valid_line(
    line: str, before: tuple[str, ...], why: str, nearest: str
) -> None:
    refused = refusal(line, *before)
    assert (refused.why, refused.nearest) == (why, nearest)


@pytest.mark.parametrize(
    ("typed", "to"), [("2", "apologize"), ("sol", "solve"), ("SOLVE", "solve"), ("Listen", "listen")]
)
def test_a_step_is_named_by_its_number_its_name_or_a_prefix(typed: str, to: str) -> None:
    assert event(f"/goto {typed}") == ev.Moved(at=NOW, to=to, leaving="left")


@pytest.mark.parametrize("typed", ["wrap-up", "wrapup", "Wrap Up"])
def test_goto_wrap_up_opens_the_wrap_up(typed: str) -> None:
    assert event(f"/goto {typed}") == ev.Moved(at=NOW, to=None, leaving="left")


@pytest.mark.parametrize(("typed", "meant"), [("yes", True), ("y", True), ("Y", True), ("no", False), ("n", False)])
def test_yes_and_no_are_one_letter_or_the_word(typed: str, meant: bool) -> None:
    assert event(f"/ours {typed}") == ev.Judged(at=NOW, ours=meant)
    assert event(f"/repeated {typed}") == ev.Judged(at=NOW, repeated=meant)
    assert event(f"/set first_time {typed}") == ev.ValueSet(at=NOW, name="first_time", value="yes" if meant else "no")


@pytest.mark.parametrize(
    ("line", "before", "promise"),
    [
        ("/due 5pm", (CALL,), "p1"),
        ("/due 2 5pm", (CALL, CALL), "p2"),
        ("/due p1 5pm", (CALL, CALL), "p1"),
        ("/due 5pm", (CALL, "/promise a letter by 5pm"), "p1"),
        ("/due 5pm", ("/promise a letter by 5pm", "/promise a visit by 5pm"), "p2"),
    ],
)
def test_a_date_goes_to_the_promise_that_was_named_or_waits_for_one(
    line: str, before: tuple[str, ...], promise: str
) -> None:
    dated = ev.PromiseDated(at=NOW, promise=promise, due_said="5pm", due=NOW + timedelta(hours=8))
    assert event(line, *before) == dated


def test_a_length_of_time_is_a_date_though_it_begins_like_a_number_of_a_promise() -> None:
    dated = event("/due 2 hours", CALL)
    assert dated == ev.PromiseDated(at=NOW, promise="p1", due_said="2 hours", due=NOW + timedelta(hours=2))


def test_own_words_can_be_saved() -> None:
    assert means("/keep", "/said Sorry") == Keep()


@pytest.mark.parametrize("line", ["/copy", "/copy note", "/copy profile", "/copy PROFILE"])
def test_the_wrap_up_gives_the_note_for_the_profile(line: str) -> None:
    assert means(line, "/end") == CopyNote()
