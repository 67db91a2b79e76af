"""What `validate` says of conditions on questions, checks and captures, and what it proves with them."""

from __future__ import annotations

import pytest

from tests.cases import for_each
from tests.frameworks.test_proofs import END, HEAD, problems
from tests.frameworks.test_reader import faults

TIER = "{id: tier, ask: Which tier, kind: choice, choices: [standard, gold]}"
SERIAL = "{id: serial, ask: Which one, kind: choice, choices: [old, new], when: {tier: gold}}"


def playbook(*captures: str, ask: str = "When", check: str = "{id: notice, text: Read it}", paths: str = "") -> str:
    """The text of a file; the first capture is line 15."""
    listed = "".join(f"      - {one}\n" for one in captures or (TIER,))
    ways = f"    paths: {paths}\n" if paths else ""
    return f"""\
{HEAD}\
  - id: ask
    name: Ask
    intent: assess
    goal: Find out.
    ask: [{ask}]
    checklist: [{check}]
    phrases: [{{say: Which one}}]
    capture:
{listed}{ways}{END}"""


@pytest.mark.parametrize(
    "text",
    [
        playbook(TIER, SERIAL),
        playbook(ask="{ask: Which lounge, when: {tier: gold}}"),
        playbook(check="{id: notice, text: Read it, when: [{tier: gold}, {mood: angry}]}"),
        playbook(TIER, SERIAL, "{id: lounge, ask: Which lounge, when: {serial: {known: yes}}}"),
        playbook(ask="{ask: Which lounge, when: {notice: done}}"),
    ],
)
def test_a_sound_condition_is_accepted(text: str) -> None:
    assert problems(text) == []


@for_each(
    "text, told",
    [
        (playbook(TIER, SERIAL.replace("tier: gold", "teir: gold")), "16:86: the condition names `teir`"),
        (playbook(TIER, SERIAL.replace("tier: gold", "tier: silver")), "16:86: `tier` is never `silver`"),
        (
            playbook(ask="{ask: Which lounge, when: {tier: {over: 3}}}"),
            "11:51: `over` is for number and money, and `tier` is choice",
        ),
        (playbook(ask="{ask: Which lounge}"), "11:11: the key `when` is missing; a question with a condition needs it"),
        (playbook(ask="{say: Which lounge, when: {tier: gold}}"), "unknown key `say`; allowed: ask, when"),
        (
            playbook(check="{id: notice, text: Read it, when: {tier: gold, notice: done}}"),
            "12:51: `notice` applies depending on itself",
        ),
        (
            playbook("{id: one, ask: One, when: {two: x}}", "{id: two, ask: Two, when: {one: y}}"),
            "15:35: `one` applies depending on itself; another value that decides it",
        ),
        (
            playbook(ask="{ask: Which lounge, when: {tier: {not: [standard, gold]}}}"),
            "11:37: this can never hold: tier: not standard or gold; remove what it is for, or change its condition",
        ),
        (
            playbook(TIER, SERIAL, ask="{ask: Which lounge, when: {tier: standard, serial: old}}"),
            "this can never hold: tier: standard and serial: old",
        ),
    ],
)
def test_a_condition_that_is_wrong_is_named_with_its_place(text: str, told: str) -> None:
    found = faults(text)
    assert any(told in line for line in found), found


def test_a_path_about_what_does_not_apply_is_proved_with_it() -> None:
    hole = "[{when: {serial: old}, to: close}, {when: {serial: new}, to: close}]"
    assert problems(playbook(TIER, SERIAL, paths=hole)) == []
    never = "[{when: {serial: old, tier: standard}, to: close}]"
    (told,) = faults(playbook(TIER, SERIAL, paths=never))
    assert "this can never hold: serial: old and tier: standard" in told


def test_a_table_has_a_hole_where_a_value_does_not_apply_and_none_once_that_is_covered() -> None:
    rows = "{when: {serial: old}, then: refund}, {when: {serial: new}, then: credit}"
    table = "{id: rule, ask: What applies, kind: choice, choices: [refund, credit], table: {rows: [%s]}}"
    (told,) = faults(playbook(TIER, SERIAL, table % rows))
    assert "no row holds for serial: does not apply, tier: standard" in told
    covered = rows + ", {when: {serial: {known: no}, tier: standard}, then: credit}"
    assert problems(playbook(TIER, SERIAL, table % covered)) == []


def test_one_fact_applies_under_one_condition() -> None:
    twice = playbook(TIER, SERIAL).replace(
        "goal: Close.,", "goal: Close., capture: [{id: serial, ask: Which one, kind: choice, choices: [old, new]}],"
    )
    (told,) = faults(twice)
    assert (
        "`serial` applies under another condition in step `ask`; it is the same fact: the same `when` in both" in told
    )


def test_further_errors_are_found_beside_a_broken_question() -> None:
    text = playbook(ask="{ask: Which lounge, when: {tier: gold}, to: x}, 3", check="{id: Notice, text: Read it}")
    found = faults(text)
    assert [line.split(": ", 1)[1][:20] for line in found] == [
        "unknown key `to`; al",
        "found the number `3`",
        "`Notice` is not a na",
    ]
