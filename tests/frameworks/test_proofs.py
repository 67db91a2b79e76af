"""What `validate` proves about conditions, tables and captures, and how it names the place and the remedy."""

from __future__ import annotations

import pytest

from recoverycli.frameworks.reader import read_framework
from tests.cases import for_each
from tests.frameworks.test_playbooks import LIBRARY
from tests.frameworks.test_reader import faults, read

HEAD = """\
schema: 1
id: mine
name: Mine
expands_to: A, B
summary: A framework for a test.
steps:
"""
END = """\
  - {id: close, name: Close, intent: thank, goal: Close., phrases: [{say: Thank you}]}
"""
CAPTURES = """\
      - {id: tier, ask: "Which tier?", kind: choice, choices: [standard, silver, gold]}
      - {id: guests, ask: "How many?", kind: number, min: 1, max: 10}
      - {id: paid, ask: "How much?", kind: money, min: 0 EUR}
      - {id: bought, ask: "When?", kind: date, max: today}
      - {id: note, ask: "What else?"}
      - {id: sure, ask: "Sure?", kind: yes-no}
"""


def problems(text: str) -> list[str]:
    return [problem.as_line() for problem in read(text).problems]


def step(paths: str = "", captures: str = "") -> str:
    """The text of a file whose first step has these captures besides the usual ones, and these paths."""
    listed = f"    paths:\n{paths}" if paths else ""
    phrases = "    phrases: [{say: Which one}]\n"
    first = f"  - id: ask\n    name: Ask\n    intent: assess\n    goal: Find out.\n    capture:\n{CAPTURES}{captures}"
    return f"{HEAD}{first}{phrases}{listed}{END}"


def with_paths(*whens: str, rest: str = "") -> str:
    lines = [f"      - {{when: {when}, to: close}}\n" for when in whens]
    return step("".join(lines) + rest)


def table(*rows: str, hit: str = "unique", kind: str = "choice", more: str = "choices: [full, half, none]") -> str:
    """A file with a table; the rows are lines of their own, the first is line 25."""
    listed = "".join(f"            - {row}\n" for row in rows)
    head = f'      - id: rule\n        ask: "What applies?"\n        kind: {kind}\n        {more}\n        table:\n'
    return step(captures=f"{head}          hit: {hit}\n          rows:\n{listed}")


@for_each(
    "when",
    [
        "{tier: [gold, silver]}",
        "{tier: {not: gold}}",
        "{guests: 3}",
        "{guests: {between: [2, 4]}}",
        "{paid: {under: 10}}",
        "{paid: {at-least: 10.50 EUR}}",
        "{bought: {within: 2 weeks}}",
        "{bought: {before: 2026-01-31}}",
        "{note: {known: no}}",
        "[{tier: gold}, {sure: 'yes', guests: {over: 5}}]",
        "{mood: [angry, upset]}",
    ],
)
def test_a_sound_condition_is_accepted(when: str) -> None:
    assert problems(with_paths(when)) == []


@for_each(
    "when, told",
    [
        ('{paid: "< 10"}', "20:23: `paid` is never `< 10`; write paid: {under: 10}"),
        ('{guests: ">= 3"}', "`guests` is never `>= 3`; write guests: {at-least: 3}"),
        ('{tier: "!= gold"}', "write tier: {not: gold}"),
        ('{note: "> 3"}', "`note` is never `> 3`; write note: {over: 3}"),
        ('{tier: "gold or silver"}', "`tier` is never `gold or silver`; write tier: [gold, silver]"),
        ('{tier: "gold|silver"}', "write tier: [gold, silver]"),
        ("{tier: [gold, sliver]}", "20:30: `tier` is never `sliver`; answers: standard, silver, gold"),
        ("{tier: {not: sliver}}", "`tier` is never `sliver`"),
        ("{note: {under: 3}}", "20:31: `under` is for number and money, and `note` is text; kind: number"),
        ("{guests: {before: 2026-01-01}}", "`before` is for date, and `guests` is number; kind: date"),
        ("{paid: {within: 14 days}}", "`within` is for date, and `paid` is money"),
        ("{bought: {within: 14}}", "`14` is no length of time; such as 14 days"),
        ("{bought: {after: yesterday}}", "`bought` is never `yesterday`; it is a date: 2026-01-31"),
        ("{guests: many}", "`guests` is never `many`; it is a number: 10"),
        ("{paid: {under: ten}}", "it is an amount: 10 or 12.50 EUR"),
        ("{guests: {between: [4, 2]}}", "nothing lies between 4 and 2"),
        ("{guests: {between: [1, 2, 3]}}", "found 3 values; expected 2"),
        ("{guests: {}}", "there is no test of `guests`"),
        ("{guests: []}", "the list of `guests` is empty"),
        ("{guests: {less: 3}}", "unknown key `less`"),
        ("{paid: {over: 3 EUR, under: 9 USD}}", "`paid` is compared in USD and in EUR; one currency"),
        ("[{tier: gold}, {teir: gold}]", "the condition names `teir`"),
        ("gold", "expected a map of keys and values"),
    ],
)
def test_a_condition_that_its_kind_cannot_have_is_named_with_its_place_and_remedy(when: str, told: str) -> None:
    found = faults(with_paths(when))
    assert any(told in line for line in found), found


@for_each(
    "whens, told",
    [
        (("{guests: {under: 1}}",), "20:16: this can never hold: guests: under 1"),
        (("{guests: {over: 3, under: 2}}",), "this can never hold: guests: under 2 and over 3"),
        (("{tier: {not: [standard, silver, gold]}}",), "this can never hold"),
        (("{bought: {within: 3 days, older: 5 days}}",), "this can never hold"),
        (("{guests: {under: 5}}", "{guests: {under: 3}}"), "21:16: this is never reached: guests: under 3; path 1"),
        (("{tier: gold}", "{tier: gold, sure: 'yes'}"), "this is never reached: tier: gold and sure: yes; path 1"),
        (("{sure: 'yes'}", "{sure: 'no'}", "{tier: gold}"), "22:16: this is never reached: tier: gold; path 1 and 2"),
        (("{bought: {within: 30 days}}", "{bought: {within: 2 weeks}}"), "this is never reached"),
        (("{note: late}", "{note: late}"), "this is never reached: note: late"),
    ],
)
def test_a_condition_that_decides_nothing_is_proved(whens: tuple[str, ...], told: str) -> None:
    found = faults(with_paths(*whens))
    assert any(told in line for line in found), found


def test_an_else_that_nothing_reaches_is_proved() -> None:
    found = faults(with_paths("{sure: 'yes'}", "{sure: 'no'}", rest="      - {to: close}\n"))
    assert found == ["mine.yaml:22:9: nothing reaches this path without `when`; the paths before it take every case"]


@pytest.mark.parametrize(
    "whens",
    [
        ("{guests: {under: 3}}", "{guests: {under: 5}}"),
        ("{tier: gold, sure: 'yes'}", "{tier: gold}"),
        ("{bought: {within: 14 days}}", "{bought: {before: 2026-01-31}}"),
        ("{note: {known: no}}", "{note: late}"),
        ("{paid: {under: 10}}", "{paid: 10}", "{paid: {over: 10}}"),
    ],
)
def test_conditions_that_each_decide_a_case_are_accepted(whens: tuple[str, ...]) -> None:
    assert problems(with_paths(*whens)) == []


@for_each(
    "text, told",
    [
        (table("{when: {tier: gold}, then: full}"), "25:13: no row holds for tier: standard"),
        (
            table("{when: {guests: {under: 3}}, then: full}", "{when: {guests: {over: 3}}, then: half}"),
            "no row holds for guests: 3; a row for it, or a last row without `when`",
        ),
        (
            table("{when: {bought: {within: 14 days}}, then: full}", "{when: {bought: {older: 30 days}}, then: none}"),
            "no row holds for bought: 30 days ago",
        ),
        (
            table("{when: {tier: gold}, then: full}", "{when: {guests: {over: 3}}, then: half}", "{then: none}"),
            "rows 1 and 2 both hold for tier: gold, guests:",
        ),
        (
            table("{when: {tier: gold}, then: full}", "{when: {tier: gold}, then: half}", "{then: none}", hit="first"),
            "this row is never reached; row 1 takes its cases",
        ),
        (
            table("{when: {sure: 'yes'}, then: full}", "{when: {sure: 'no'}, then: half}", "{then: none}"),
            "nothing reaches this row without `when`; row 1 and 2",
        ),
        (table("{when: {guests: {under: 1}}, then: full}", "{then: none}"), "this row can never hold: guests: under 1"),
        (table("{then: fulll}"), "`rule` is never `fulll`; answers: full, half, none; did you mean `full`?"),
        (table("{then: ten}", kind="number", more="min: 1"), "`ten` is no number; such as 10"),
        (table("{then: 0}", kind="number", more="min: 1"), "`0` is out of bounds; `rule` is at least 1"),
        (table("{when: {rule: full}, then: full}", "{then: none}"), "`rule` is worked out from itself"),
        (table("{when: {paid: '< 3'}, then: full}", "{then: none}"), "write paid: {under: 3}"),
    ],
)  # fmt: skip
def test_a_table_that_leaves_a_case_out_or_decides_it_twice_is_named_with_the_case(text: str, told: str) -> None:
    found = faults(text)
    assert any(told in line for line in found), found


def test_a_table_that_decides_every_case_once_is_accepted() -> None:
    rows = (
        "{when: {tier: gold, bought: {within: 60 days}}, then: full}",
        "{when: {tier: [standard, silver], bought: {within: 14 days}}, then: full}",
        "{when: {tier: gold, bought: {older: 60 days}}, then: half}",
        "{when: {tier: {not: gold}, bought: {older: 14 days}}, then: none}",
    )
    assert problems(table(*rows)) == []


@for_each(
    "capture, told",
    [
        ("{id: rest, ask: R, kind: money, difference: [paid, gusts]}", "no step captures `gusts`"),
        ("{id: rest, ask: R, kind: money, difference: [paid, guests]}", "numbers and amounts are mixed"),
        ("{id: rest, ask: R, kind: number, difference: [paid, paid]}", "`rest` is number, and its result is money"),
        ("{id: rest, ask: R, kind: number, days-since: paid}", "`paid` is money; a capture of kind date"),
        ("{id: rest, ask: R, kind: date, days-since: bought}", "`rest` is date, and its result is number"),
        ("{id: rest, ask: R, kind: date, days-until: bought}", "`rest` is date, and its result is number"),
        ("{id: rest, ask: R, kind: number, days-until: paid}", "`paid` is money; a capture of kind date"),
        ("{id: rest, ask: R, kind: number, percent-of: [guests, paid]}", "`rest` is number, and its result is money"),
        ("{id: rest, ask: R, kind: money, percent-of: [paid, guests]}", "`paid` is money; a capture of kind number"),
        ("{id: rest, ask: R, kind: money, sum: [paid, rest]}", "`rest` is worked out from itself"),
        ("{id: rest, ask: R, kind: money, sum: [paid, paid], difference: [paid, paid]}", "by difference and sum"),
        ("{id: rest, ask: R, kind: money, difference: [paid]}", "found 1 values; expected 2"),
        ("{id: rest, ask: R, kind: text, min: 3}", "kind text has no `min`"),
        ("{id: rest, ask: R, kind: number, min: few}", "`few` is no number; such as 10"),
        ("{id: rest, ask: R, kind: number, min: 9, max: 3}", "nothing lies between 9 and 3"),
        ("{id: rest, ask: R, kind: yes-no, default: maybe}", "`rest` is never `maybe`; answers: yes, no"),
        ("{id: rest, ask: R, kind: number, max: 3, default: 4}", "`4` is out of bounds; `rest` is at most 3"),
        ("{id: tier, ask: R}", "the capture id `tier` appears twice; once in a step"),
    ],
)
def test_a_capture_that_cannot_be_filled_is_named(capture: str, told: str) -> None:
    found = faults(step(captures=f"      - {capture}\n"))
    assert any(told in line for line in found), found


@pytest.mark.parametrize(
    "capture",
    [
        "{id: rest, ask: R, kind: money, difference: [paid, other]}\n      - {id: other, ask: O, kind: money}",
        "{id: rest, ask: R, kind: number, days-since: bought}",
        "{id: rest, ask: R, kind: number, days-until: bought}",
        "{id: rest, ask: R, kind: money, percent-of: [guests, paid]}",
        "{id: rest, ask: R, kind: number, share-of: [paid, other]}\n      - {id: other, ask: O, kind: money}",
        "{id: rest, ask: R, kind: date, min: today, default: 2999-01-01}",
    ],
)
def test_a_capture_that_is_worked_out_from_others_is_accepted(capture: str) -> None:
    assert problems(step(captures=f"      - {capture}\n")) == []


def again(kind: str) -> str:
    second = f'    capture: [{{id: guests, ask: "How many?", kind: {kind}}}]\n'
    return (
        step()
        + f"  - id: more\n    name: More\n    intent: solve\n    goal: More.\n{second}    phrases: [{{say: More}}]\n"
    )


def test_one_capture_may_stand_in_several_steps() -> None:
    assert problems(again("number")) == []


def test_a_clash_of_kinds_is_an_error_at_both_places() -> None:
    first, second = faults(again("money"))
    remedy = "it is the same fact: the same in both, or another id"
    assert first.endswith(f":13:46: `guests` has the kind number here, and another in step `more`; {remedy}")
    assert second.endswith(f":24:52: `guests` has the kind money here, and another in step `ask`; {remedy}")


def test_a_file_with_a_condition_that_decides_nothing_can_still_be_used_in_a_call() -> None:
    text = with_paths("{guests: {under: 5}}", "{guests: {under: 3}}")
    assert read(text).problems
    assert read_framework(text.encode(), "mine.yaml", lambda _: None).content is not None


@for_each("id_", LIBRARY.ids())
def test_every_condition_of_a_built_in_framework_decides_something(id_: str) -> None:
    file = LIBRARY.load(id_).path
    assert (
        read_framework(file.read_bytes(), str(file), lambda base: LIBRARY.load(base).content, prove=True).problems == ()
    )


def test_a_dash_in_the_id_of_a_capture_is_what_is_wrong() -> None:
    found = problems(step(captures='      - {id: call-by, ask: "By when?"}\n'))
    assert found == ["mine.yaml:18:14: `call-by` has a dash; letters, digits and underscores; did you mean `call_by`?"]


def test_an_underscore_in_the_id_of_a_step_is_what_is_wrong() -> None:
    found = problems(step().replace("id: close", "id: close_it"))
    assert "`close_it` has an underscore; lowercase letters, digits and dashes; did you mean `close-it`?" in found[0]


@pytest.mark.parametrize("word", ["end", "finish", "done", "wrapup"])
def test_a_path_to_the_end_is_a_path_to_the_wrap_up(word: str) -> None:
    found = problems(step(f"      - {{when: {{tier: gold}}, to: {word}}}\n"))
    assert [line.partition("; did")[2] for line in found] == [" you mean `wrap-up`?"]


@for_each(
    "when, says",
    [
        ("{tier: silver or gold}", "write tier: [silver, gold]"),
        ("{tier: silver | platinum}", "several as a list: tier: [standard, silver]"),
        ("{tier: {in: [silver, gold]}}", "for one of several values, write a list: [gold, silver]"),
        ("{guests: {or: [3, 4]}}", "for one of several values, write a list: [gold, silver]"),
        ("{guests: 3 or 4}", "write guests: [3, 4]"),
        ("{paid: 3 EUR|4 EUR}", "write paid: [3 EUR, 4 EUR]"),
        ("{note: this|that}", "write note: [this, that]"),
        ("{any: [{tier: gold}, {guests: 3}]}", "write a list of maps: [{tier: gold}, {guests: 3}]"),
    ],
)
def test_alternatives_in_a_condition_show_the_form_of_a_list(when: str, says: str) -> None:
    (found,) = problems(step(f"      - {{when: {when}, to: close}}\n"))
    assert says in found


def test_a_comma_in_a_number_is_no_alternative() -> None:
    (found,) = problems(step("      - {when: {guests: '12,5'}, to: close}\n"))
    assert "it is a number: 10" in found
