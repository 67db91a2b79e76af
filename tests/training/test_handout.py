"""What stands on the page of a framework, whatever it is printed as."""

from __future__ import annotations

import pytest

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.frameworks.model import Framework, Phrase
from recoverycli.paths import built_in_folder
from recoverycli.text.markdown import escape_line
from recoverycli.training.handouts.handout import AvoidAndInstead, Handout, NoteField, best, handout
from recoverycli.training.handouts.html import handout_page
from recoverycli.training.handouts.markdown import handout_markdown
from recoverycli.training.handouts.pdf import ROOMS, Room, handout_pdf, trim
from tests.content import framework, phrase

BUILT_IN = FrameworkLibrary((Source(built_in_folder("frameworks"), "built-in"),))
MARKS = r"# $x$ *b* _i_ `c` @ref <b>&amp; [l](u) \n ~ {{gap}} #let x = 1"


def page(id_: str) -> Handout:
    return handout(BUILT_IN.load(id_).content)


def hostile() -> Framework:
    """A framework in which every text is full of signs that mean something somewhere."""
    step = {
        "id": "one",
        "intent": "listen",
        "name": MARKS,
        "goal": MARKS,
        "avoid": [{"say": MARKS, "because": MARKS, "instead": MARKS}],
        "capture": [{"id": "x", "ask": MARKS, "kind": "choice", "choices": [MARKS]}],
        "phrases": [phrase(MARKS)],
    }
    return framework("hostile", [step], name=MARKS, summary=MARKS, principles=[MARKS], origin={"notes": MARKS})


def test_what_can_be_said_everywhere_goes_before_what_was_written_for_one_channel_or_mood() -> None:
    phrases = (
        Phrase(say="On the phone.", channels=("phone",)),
        Phrase(say="To the angry.", moods=("angry",)),
        Phrase(say="By letter.", channels=("email",)),
        Phrase(say="Anywhere."),
    )
    assert best(phrases) == ("On the phone.", "Anywhere.")
    assert best(phrases, most=1) == ("Anywhere.",)


def test_what_holds_only_under_a_condition_is_not_on_paper() -> None:
    assert best((Phrase(say="For gold.", when={"tier": "gold"}), Phrase(say="For all."))) == ("For all.",)


def test_gaps_can_be_read() -> None:
    assert best((Phrase(say="Hello {customer|there}, about {order_number}."),)) == (
        "Hello there, about [order number].",
    )


@pytest.mark.parametrize(
    ("id_", "marks"), [("learn", "LEARN"), ("learn-marriott", "LEARN"), ("heart", "HEART+"), ("tschohl", "123456")]
)
def test_the_steps_are_marked_by_the_letters_of_the_name_where_they_spell_it(id_: str, marks: str) -> None:
    assert "".join(step.mark for step in page(id_).steps) == marks


def test_the_page_says_whose_the_framework_is() -> None:
    assert "the name AWARE is his trademark" in page("aware").origin
    assert page("aware").origin.count("Micah Solomon") == 1
    assert page("heart").origin.startswith("Used by: The Broadmoor.")


def test_words_to_avoid_stand_with_what_to_say_instead() -> None:
    assert AvoidAndInstead("Calm down", "Go on, I want to hear it.") in page("learn").steps[0].avoid


def test_where_nothing_is_said_there_is_what_to_do() -> None:
    step = page("aware").steps[-1]
    assert (step.name, step.after, step.phrases) == ("Evaluate", "for the organisation", ())
    assert step.do


def test_branches_say_which_answer_leads_to_which_number() -> None:
    steps = {step.id: step for step in page("double-charge").steps}
    check = steps["check-account"]
    assert check.question == "What does the account show?"
    assert check.turns[0].answer == "two charges"
    assert check.turns[0].to == ("5 Own it", "6 Refund", "11 Ask for costs")
    assert check.question not in [noted.ask for noted in check.capture], "it is not asked twice"
    assert steps["own-it"].aside
    assert steps["own-it"].then == "chosen by the branch"
    assert steps["free-hold"].then == "11 Ask for costs"
    assert steps["believe"].then == ""


def test_what_is_required_and_what_is_asked_stand_before_all_else_and_are_never_left_out() -> None:
    step = {
        "intent": "listen",
        "id": "one",
        "ask": ["What happened?", {"ask": "Since when?", "when": {"told": "yes"}}],
        "checklist": [{"id": "a", "text": "Name checked", "required": True}, {"id": "b", "text": "Greeted"}],
        "capture": [{"id": "told", "ask": "Told?", "kind": "yes-no"}],
        "phrases": [phrase("I hear you."), phrase("Go on.")],
    }
    made = handout(framework("asks", [step]))
    for room in ROOMS:
        (kept,) = trim(made, room).handout.steps
        assert kept.required == ("Name checked",)
        assert kept.ask[0] == "What happened?"
        assert kept.ask[1].startswith("Since when? (if ")
    lines = handout_markdown(made).splitlines()
    places = [lines.index(line) for line in ("- [ ] Name checked", "- “What happened?”", "- “I hear you.”")]
    assert places == sorted(places)
    assert not [line for line in lines if "Greeted" in line]


def test_a_page_with_room_for_all_leaves_nothing_out() -> None:
    whole = page("double-charge")
    assert trim(whole, ROOMS[0]) == (whole, ())


def test_what_is_left_out_is_named_and_only_what_was_there() -> None:
    small = trim(page("aware"), Room(8.0, 1, 1, choices=False, principles=False))
    assert small.left_out == (
        "second phrases",
        "further words to avoid",
        "the choices of what to note",
        "the principles",
    )
    assert [len(step.phrases) for step in small.handout.steps] == [1, 1, 1, 1, 0]
    assert trim(page("last"), Room(8.0, 2, 2, principles=False)).left_out == ()
    assert NoteField("By when?") in small.handout.steps[2].capture


def test_nothing_that_somebody_wrote_is_a_mark_of_markdown() -> None:
    begins = r"\# $x$ \*b\* \_i\_ \`c\` @ref \<b\>\&amp; \[l\](u) \\n \~ "
    lines = handout_markdown(handout(hostile())).splitlines()
    assert lines[0] == "# " + begins + r"\{\{gap\}\} #let x = 1"
    assert "- “" + begins + r"\{gap\} #let x = 1”" in lines
    assert escape_line("1. a list\n- of things") == r"1\. a list - of things"


def test_a_page_of_markdown_holds_every_step() -> None:
    text = handout_markdown(page("double-charge"))
    for step in page("double-charge").steps:
        assert f"## {step.mark} · {step.name}" in text
    assert "- two charges → 5 Own it, then 6 Refund, then 11 Ask for costs" in text
    assert "- otherwise → 11 Ask for costs" in text


def test_rules_calls_and_conditions_stand_in_words() -> None:
    table = {"hit": "first", "rows": [{"when": {"amount": {"under": "50"}, "tier": "gold <b>"}, "then": "money"},
                                      {"then": "nothing"}]}  # fmt: skip
    captures = [
        {"id": "amount", "ask": "How much?", "kind": "number"},
        {"id": "tier", "ask": "Which tier?", "kind": "choice", "choices": ["gold <b>", "standard"]},
        {"id": "rule", "ask": "What applies?", "kind": "choice", "choices": ["money", "nothing"], "table": table},
    ]
    steps: list[dict[str, object]] = [
        {"id": "verify", "intent": "assess", "call": "learn"},
        {"id": "ask", "intent": "assess", "capture": captures,
         "paths": [{"when": {"rule": "money"}, "to": "pay"}, {"when": {"rule": "nothing"}, "to": "close"}]},
        {"id": "pay", "intent": "solve", "by_path": True,
         "paths": [{"when": {"amount": {"known": True}, "tier": "standard"}, "to": "wrap-up"}, {"to": "close"}]},
        {"id": "close", "intent": "thank"},
    ]  # fmt: skip
    made = handout(framework("rule", steps), (BUILT_IN.load("learn").content,))
    lines = handout_markdown(made).splitlines()
    assert "*Then it goes through LEARN (learn) and returns.*" in lines
    assert "**What applies?**" in lines
    assert r"- money if the amount is under 50 and the tier is gold \<b\>" in lines
    assert "- nothing otherwise" in lines
    assert lines[lines.index("**Then**") + 2 :][:2] == ["- money → 3 Pay", "- nothing → 4 Close"]
    assert "- if the amount is known and the tier is standard → Wrap-up" in lines
    assert "- otherwise → 4 Close" in lines
    html = handout_page(made, "a4")
    assert "▸ money if the amount is under 50 and the tier is gold &lt;b&gt;" in html
    assert "Then it goes through LEARN (learn) and returns." in html
    assert html.count("What applies?") == 1
    sheets = handout_pdf(made, "a4")
    assert (sheets.pages, sheets.lost) == (1, ())
