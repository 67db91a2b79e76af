"""Questions, checks and captures with a condition: hidden where it is false, "depends on" while it is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recoverycli.live.call import LiveCall
from recoverycli.session.transcript.account import account
from recoverycli.terminal.views.call import plain
from recoverycli.terminal.views.call.screen import View, screen_lines
from tests.content import framework, started, the_call
from tests.live.test_call import walk

if TYPE_CHECKING:
    from recoverycli.frameworks.model import Framework
    from recoverycli.live.environment import CallEnvironment

TIER = {"id": "tier", "ask": "Which tier?", "kind": "choice", "choices": ["standard", "gold"]}
CARD = {"id": "card", "ask": "Which card number?", "required": True, "when": {"tier": "gold"}}
LOUNGE = {"id": "lounge", "ask": "Which lounge?", "when": {"card": {"known": True}}}
ASKED = framework(
    "asked",
    [
        {
            "id": "find",
            "intent": "assess",
            "ask": [{"ask": "Which lounge was it?", "when": {"tier": "gold"}}, "When was it?"],
            "checklist": [
                {"id": "greeted", "text": "Greet them by name", "required": True, "when": {"tier": "gold"}},
                {"id": "notice", "text": "Read the notice"},
            ],
            "capture": [TIER, CARD],
        },
        {"id": "solve", "intent": "solve"},
    ],
)
WAY = framework(
    "way",
    [
        {
            "id": "find",
            "intent": "assess",
            "capture": [
                TIER,
                {"id": "paid", "ask": "What did they pay?", "kind": "money"},
                {"id": "fee", "ask": "Which fee?", "kind": "money", "when": {"tier": "standard"}},
                {"id": "total", "ask": "In all", "kind": "money", "sum": ["paid", "fee"]},
                {"id": "left", "ask": "Without the fee", "kind": "money", "difference": ["paid", "fee"]},
            ],
            "paths": [
                {"when": {"fee": {"over": "10"}}, "to": "refuse"},
                {"when": {"left": {"under": "5"}}, "to": "refuse"},
                {"when": {"total": {"over": "50"}}, "to": "ask-lead"},
                {"to": "pay"},
            ],
        },
        {"id": "pay", "intent": "solve", "by_path": True, "paths": [{"to": "wrap-up"}]},
        {"id": "ask-lead", "intent": "solve", "by_path": True, "paths": [{"to": "wrap-up"}]},
        {"id": "refuse", "intent": "explain", "by_path": True, "paths": [{"to": "wrap-up"}]},
    ],
)


def call_in(world: CallEnvironment, of: Framework = ASKED, *, asks: bool = True, **values: str) -> LiveCall:
    return LiveCall.start(world._replace(asks=asks), lambda: started(of, world.clock(), values=values))


def drawn(call: LiveCall, width: int = 80, height: int = 22) -> list[str]:
    return [line.plain.strip() for line in screen_lines(call.session, View(), width, height) if line.plain.strip()]


def more(call: LiveCall) -> str:
    return "\n".join(line.plain for line in screen_lines(call.session, View(show="more"), 80, 60))


def test_what_a_condition_rules_out_is_hidden_and_not_required(world: CallEnvironment) -> None:
    call = call_in(world, tier="standard")
    for text in ("\n".join(drawn(call)), more(call), "\n".join(plain.screen(call.session, more=True))):
        assert "When was it?" in text
        assert "2" in text
        assert "Read the notice" in text
        assert "lounge" not in text
        assert "Greet" not in text
        assert "card number" not in text
    assert call.hear("").kind == "moved"
    walk(call, "", "")
    assert the_call(world.home).steps[0].left_open == ()


def test_what_applies_is_shown_and_required(world: CallEnvironment) -> None:
    call = call_in(world, tier="gold")
    text = "\n".join(drawn(call))
    assert "Ask  Which lounge was it?" in text
    assert "☐ 1  Greet them by name (required)" in text
    assert "Find  Which card number? (required) · /set card …" in text
    told = plain.screen(call.session)
    assert "Ask: Which lounge was it?" in told
    assert "Checklist 1, open, required: Greet them by name" in told
    assert "Capture: Which card number? Required. Type /set card and the answer." in told
    asked = call.hear("")
    assert asked.question is not None
    assert asked.question.text == "Not yet: Greet them by name, Which card number. Stay or leave anyway?"
    walk(call, "leave", "", "")
    assert the_call(world.home).steps[0].left_open == ("greeted", "card")


def test_as_long_as_it_is_not_known_the_screen_says_what_it_depends_on(world: CallEnvironment) -> None:
    call = call_in(world)
    text = "\n".join(drawn(call))
    assert "☐ 1  Greet them by name (depends on tier)" in text
    assert "Find  Which card number? (depends on tier) · /set card …" in text
    assert "Ask  When was it?" in text
    assert "Which lounge was it? (depends on tier)" in more(call)
    told = plain.screen(call.session)
    assert "Capture: Which card number? Depends on tier. Type /set card and the answer." in told
    asked = call.hear("")
    assert asked.question is not None
    assert asked.question.text == (
        "Not yet: Greet them by name (depends on tier), Which card number (depends on tier). Stay or leave anyway?"
    )


def test_a_value_that_is_told_later_decides_what_was_left_open(world: CallEnvironment) -> None:
    call = call_in(world, asks=False)
    warned = call.hear("")
    assert warned.text == "left open: Greet them by name (depends on tier), Which card number (depends on tier)"
    walk(call, "/set tier standard", "", "")
    assert the_call(world.home).steps[0].left_open == ()


def test_numbers_of_checks_stay_when_one_is_hidden(world: CallEnvironment) -> None:
    call = call_in(world, tier="standard")
    assert "☐ 2  Read the notice" in drawn(call)
    assert call.hear("/tick 2").text == "ticked: Read the notice · u undoes"
    assert call.hear("/tick 1").text == "item 1 does not apply in this call"


def test_what_does_not_apply_fulfils_no_condition_and_is_not_asked_for(world: CallEnvironment) -> None:
    call = call_in(world, WAY, tier="gold")
    asked = call.hear("")
    assert asked.question is not None
    assert asked.question.text == "What did they pay?"
    call.hear("60 EUR")
    assert call.session.place.step == "ask-lead"


def test_a_value_that_applies_is_asked_for(world: CallEnvironment) -> None:
    call = call_in(world, WAY, tier="standard")
    asked = call.hear("")
    assert asked.question is not None
    assert asked.question.text == "Which fee?"
    call.hear("12 EUR")
    assert call.session.place.step == "refuse"


def test_as_long_as_it_is_open_if_a_value_applies_that_is_asked_first(world: CallEnvironment) -> None:
    call = call_in(world, WAY)
    asked = call.hear("")
    assert asked.question is not None
    assert asked.question.text == "Which tier?"


def test_what_decides_if_a_part_of_a_sum_applies_is_asked_before_the_part(world: CallEnvironment) -> None:
    parts = [dict(one) for one in msgspec.to_builtins(WAY.steps[0].capture)[:4]]
    paths = [{"when": {"total": {"over": "50"}}, "to": "close"}, {"to": "wrap-up"}]
    of = framework("sums", [
        {"id": "find", "intent": "assess", "capture": parts, "paths": paths}, {"id": "close", "intent": "thank"},
    ])  # fmt: skip
    call = call_in(world, of, paid="60")
    call.hear("/set paid 60 EUR")
    asked = call.hear("")
    assert asked.question is not None
    assert asked.question.text == "Which tier?"
    call.hear("gold")
    assert call.session.place.step == "close"


def test_a_value_told_before_does_not_count_once_it_does_not_apply(world: CallEnvironment) -> None:
    call = call_in(world, WAY, tier="standard")
    walk(call, "/set fee 12 EUR", "/set paid 20 EUR", "/set tier gold")
    assert "Have  tier: gold · paid: 20 EUR · total: 20 EUR" in drawn(call)
    call.hear("")
    assert call.session.place.step == "pay"


def test_required_captures_are_all_named_where_there_is_no_line_for_each(world: CallEnvironment) -> None:
    wanted = [{"id": f"fact{number}", "ask": f"Fact {number}?", "required": True} for number in range(1, 6)]
    captures = [CARD, *wanted, TIER]
    call = call_in(world, framework("many", [{"id": "find", "intent": "assess", "capture": captures}]))
    lines = drawn(call)
    at = lines.index("Find  Fact 1? (required) · /set fact1 …")
    assert lines[at + 1 : at + 3] == [
        "Find  Fact 2? (required) · /set fact2 …",
        "also fact3, fact4, fact5, card · /set NAME …",
    ]
    told = plain.screen(call.session)
    assert "Capture: Fact 5? Required. Type /set fact5 and the answer." in told


def test_one_condition_can_depend_on_another_value_with_one(world: CallEnvironment) -> None:
    of = framework("chain", [{"id": "find", "intent": "assess", "capture": [TIER, CARD, LOUNGE]}])
    standard, gold = call_in(world, of, tier="standard"), call_in(world, of, tier="gold", card="17")
    assert "Which lounge?" not in more(standard)
    assert "Which lounge?" in more(gold)


def test_what_was_left_open_in_another_framework_is_told_by_its_own_values(world: CallEnvironment) -> None:
    guests = {"id": "guests", "ask": "How many?", "kind": "number"}
    table = {"id": "table", "ask": "Which table?", "required": True, "when": {"guests": {"over": "5"}}}
    of = framework("counts", [{"id": "find", "intent": "assess", "capture": [guests, table]}])
    other = framework("other", [{"id": "close", "intent": "thank"}])
    for count, left in (("3", ()), ("7", ("table",))):
        call = call_in(world, of, asks=False, guests=count)
        call.hear("")
        from recoverycli.session import events as ev
        from recoverycli.session.state import apply

        switched = apply(call.session, ev.Switched(at=world.clock(), framework=other, digest="d"))
        kept = account(switched, world.clock())
        assert kept.steps[0].left_open == left


def test_the_values_that_decide_are_on_a_screen_of_80_columns(world: CallEnvironment) -> None:
    call = call_in(world, WAY)
    lines = drawn(call)
    assert "Find  Which tier? (standard, gold) · /set tier …" in lines
    walk(call, "/set tier standard", "/set fee 2 EUR", "/set note " + "x" * 70)
    for number in range(9):
        call.hear(f"a note {number}")
    lines = drawn(call)
    assert "Have  fee: 2 EUR · tier: standard" in lines
    assert not any("fee: 2 EUR" in line for line in lines if not line.startswith("Have"))
    assert "Find  What did they pay? · /set paid …" in lines
