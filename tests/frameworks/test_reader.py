"""What an author of a framework file is told: every fault at once, where it is, what is allowed, what was meant."""

from __future__ import annotations

import hashlib
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.frameworks.model import StopCard
from recoverycli.frameworks.reader import read_framework
from tests.cases import for_each

if TYPE_CHECKING:
    from recoverycli.content.reader import ContentRead
    from recoverycli.frameworks.model import Framework

GOOD = """\
schema: 1
id: mine
name: Mine
expands_to: Listen, Solve
summary: A framework for a test.
placeholders: [order]
steps:
  - id: listen
    name: Listen
    intent: listen
    goal: Hear them out.
    target_seconds: 30
    checklist: [{id: restated, text: Said it back}]
    capture: [{id: wish, ask: What do they hope for?}]
    phrases:
      - say: "Tell me, {customer|please}."
      - say: "So you hoped for {wish|more}, about {order}."
        channels: [phone]
        moods: [angry]
  - id: solve
    name: Solve
    intent: solve
    goal: Put it right.
    phrases:
      - say: "Here is what I can do."
  - id: learn
    name: Learn
    intent: train
    phase: organisation
    goal: Learn from it.
"""


def read(text: str | bytes, file: str = "mine.yaml", base: Framework | None = None) -> ContentRead[Framework]:
    data = text.encode() if isinstance(text, str) else text
    base_of = {} if base is None else {base.id: base}
    return read_framework(data, file, base_of.get, prove=True)


def faults(text: str | bytes, file: str = "mine.yaml", base: Framework | None = None) -> list[str]:
    result = read(text, file, base)
    assert result.content is None
    return [problem.as_line() for problem in result.problems]


def good() -> Framework:
    framework = read(GOOD).content
    assert framework is not None
    return framework


def test_a_good_file_is_read_whole() -> None:
    result = read(GOOD)
    assert result.problems == ()
    assert [step.id for step in good().live_steps] == ["listen", "solve"]
    assert result.digest.startswith("sha256:")


def test_a_phrase_keeps_its_id_when_it_is_moved() -> None:
    first, second = good().steps[0].phrases
    swapped = GOOD.replace('      - say: "Tell me, {customer|please}."\n', "").replace(
        "        moods: [angry]\n", '        moods: [angry]\n      - say: "Tell me, {customer|please}."\n'
    )
    moved = read(swapped).content
    assert moved is not None
    assert [phrase.id for phrase in moved.steps[0].phrases] == [second.id, first.id]


def test_three_faults_are_three_lines_with_place_and_suggestion() -> None:
    broken = GOOD.replace("intent: solve", "intent: slove").replace("target_seconds: 30", "target_seconds: soon")
    broken = broken.replace("    checklist:", "    cheklist:")
    seconds, key, intent = faults(broken)
    assert seconds == "mine.yaml:12:21: found the text `soon`; expected a whole number"
    assert key.startswith("mine.yaml:13:5: unknown key `cheklist`; allowed: id, name, ")
    assert key.endswith("did you mean `checklist`?")
    assert intent.startswith("mine.yaml:22:13: `slove` is not allowed here; allowed: acknowledge, ")
    assert intent.endswith("did you mean `solve`?")


def test_faults_of_every_kind_are_reported_in_one_go() -> None:
    broken = GOOD.replace("id: mine", "id: yours").replace("intent: solve", "intent: slove")
    broken = broken.replace("{customer|please}", "{custommer|please}").replace("- id: learn", "- id: listen")
    told = "\n".join(faults(broken.replace("    checklist:", "    cheklist:")))
    for words in ("`yours`", "`slove`", "`custommer`", "`cheklist`", "the step id `listen` appears twice"):
        assert words in told
    assert told.count("\n") == 4, told


def test_a_fault_behind_a_broken_part_is_still_reported_where_it_is() -> None:
    broken = GOOD.replace('say: "Tell me, {customer|please}."', "sya: 5").replace("{order}", "{ordre}")
    told = faults(broken)
    assert any(line.startswith("mine.yaml:16:9: unknown key `sya`") for line in told), told
    assert any(line.startswith("mine.yaml:17:14: unknown placeholder `ordre`") for line in told), told


@for_each(
    "before, after, line",
    [
        ("id: mine", "id: yours", "mine.yaml:2:5: the id is `yours` and the file is named `mine`"),
        ("id: mine", "id: My Own", "mine.yaml:2:5: `My Own` is not a name; lowercase letters, digits and dashes"),
        ("schema: 1", "schema: 2", "mine.yaml:1:9: the file is of schema 2; it was written for a newer version"),
        ("name: Mine\n", "", "mine.yaml:1:1: the key `name` is missing; a file needs it"),
        (
            "name: Mine",
            "name: no",
            "mine.yaml:3:7: found yes or no, as YAML reads `no`; expected text",
        ),
        ("name: Mine", "name: 12", "mine.yaml:3:7: found the number `12`; expected text: put it in quotes"),
        ("name: Mine", "name: 2026-01-01", "mine.yaml:3:7: found the date `2026-01-01`"),
        ("name: Mine", "name:", "mine.yaml:3:6: found nothing; expected text"),
        (
            "name: Mine",
            "name: Mine\nname: Again",
            "mine.yaml:4:1: the key `name` appears twice",
        ),
        ("target_seconds: 30", "target_seconds: 0", "mine.yaml:12:21: the number 0 is out of bounds; from 1 to 86400"),
        ("- id: solve", "- id: listen", "mine.yaml:20:9: the step id `listen` appears twice"),
        (
            "Here is what I can do.",
            "Tell me, {customer|please}.",
            "mine.yaml:25:14: the step `listen` has the same phrase",
        ),
        ("- id: solve", "- id: wrap-up", "mine.yaml:20:9: `wrap-up` is the name of a screen of its own"),
        (
            "intent: solve",
            "intent: solve\n    also: [solve]",
            "mine.yaml:23:11: `solve` is the intent of the step",
        ),
        (
            "{customer|please}",
            "{custommer|please}",
            "mine.yaml:16:14: unknown placeholder `custommer`; known:",
        ),
        ("{order}", "{order", "mine.yaml:17:14: an unpaired brace near"),
        ("channels: [phone]", "channels: [fone]", "mine.yaml:18:20: `fone` is not allowed here; allowed: chat, email"),
        ("moods: [angry]", "moods: angry", "mine.yaml:19:16: found the text `angry`; expected a list"),
        ("{id: wish, ask:", "{id: wish, kind: choice, ask:", "a capture of kind choice has no choices"),
        ("{id: wish, ask:", "{id: wish, choices: [a], ask:", "mine.yaml:14:35: kind text has no choices; kind: choice"),
        ('phrases:\n      - say: "Here is what I can do."', "do: [Something]", "the step `solve` has no phrases"),
        (
            "phase: organisation",
            'phase: organisation\n    phrases: [{say: "Hm."}]',
            "of phase `organisation` cannot have phrases",
        ),
        ('say: "Here is what I can do."', 'say: ""', "mine.yaml:25:14: the text is empty"),
    ],
)
def test_a_fault_is_reported_with_its_place(before: str, after: str, line: str) -> None:
    assert before in GOOD
    told = faults(GOOD.replace(before, after))
    assert any(line in fault for fault in told), told


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
)


@for_each(
    "data, says",
    [
        (BOMB, "aliases expand this file too far"),
        ("a: &a [*a]\n", "nested more than 20 deep"),
        ("[" * 100_000, "nested more than 20 deep"),
        ("{a: " * 50_000, "nested more than 20 deep"),
        ("- " * 100_000 + "x", "nested more than 20 deep"),
        ("x" * (1024 * 1024 + 1), "the file has 1,048,577 bytes; at most 1,048,576 are read"),
        ("!!python/object/apply:os.system ['echo owned']", "is not supported"),
        ("id: !mine x", "the tag '!mine' is not supported"),
        ("name: a\0b", "a control character '\\x00' was found"),
        (GOOD.encode("utf-16"), "looks like UTF-16"),
        (GOOD.replace("Mine", "Käse").encode("latin-1"), "this is not UTF-8 (it looks like Latin-1)"),
        ("", "the file is empty"),
        ("# nothing\n", "the file is empty"),
        ("- a\n- b\n", "found a list; expected a map of keys and values"),
        ("just words", "found the text `just words`; expected a map"),
        ("a: 1\n---\nb: 2\n", "a second document begins here"),
        ("a: [1, 2\n", "this is not valid YAML: a bracket is not closed"),
        ("a: b: c\n", "this is not valid YAML: a colon stands where none can be"),
        ("\tid: x\n", "this is not valid YAML: no text can begin with this character"),
        ("? [a, b]\n: c\n", "a list or map is where a key should be"),
        ("id: *nowhere\n", "this is not valid YAML: `*` at the start means an alias"),
    ],
)
def test_what_is_no_file_of_ours_is_refused_at_once(data: str | bytes, says: str) -> None:
    told = faults(data)
    assert any(says in fault for fault in told), told
    assert all("\n" not in fault for fault in told)


def test_utf_8_with_a_byte_order_mark_is_fine() -> None:
    assert read(b"\xef\xbb\xbf" + GOOD.encode()).content is not None


VARIANT = """\
schema: 1
id: variant
name: Variant
extends: mine
steps:
  - id: answer
    replaces: solve
    name: Answer
    intent: solve
    goal: Answer with what can be done.
    phrases: [{say: "This is what can be done."}]
  - id: listen
    goal: Hear them out twice.
"""


def test_a_variant_takes_another_framework_and_changes_a_step() -> None:
    variant = read(VARIANT, "variant.yaml", good()).content
    assert variant is not None
    assert [step.id for step in variant.steps] == ["listen", "answer", "learn"]
    assert variant.steps[0].goal == "Hear them out twice."
    assert variant.steps[0].phrases == good().steps[0].phrases
    assert variant.summary == good().summary


def test_a_new_step_of_a_variant_comes_last_or_behind_the_step_that_it_names() -> None:
    last = VARIANT.replace("    replaces: solve\n", "")
    behind = VARIANT.replace("replaces: solve", "after: listen")
    for text, order in (
        (last, ["listen", "solve", "learn", "answer"]),
        (behind, ["listen", "answer", "solve", "learn"]),
    ):
        variant = read(text, "variant.yaml", good()).content
        assert variant is not None
        assert [step.id for step in variant.steps] == order


def test_after_is_refused_where_no_step_is_inherited() -> None:
    text = GOOD.replace("  - id: solve\n", "  - id: solve\n    after: listen\n", 1)
    assert any("`after` is for a file with `extends` or `include`" in fault for fault in faults(text))


def test_the_digest_of_a_variant_changes_with_what_it_extends() -> None:
    other = read(GOOD.replace("Hear them out.", "Listen well.")).content
    assert read(VARIANT, "variant.yaml", good()).digest != read(VARIANT, "variant.yaml", other).digest


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("extends: mine", "extends: mien", "variant.yaml:4:10: there is no framework `mien` to extend"),
        ("extends: mine", "extends: variant", "variant.yaml:4:10: `variant` extends itself"),
        (
            "replaces: solve",
            "after: slove",
            "variant.yaml:7:12: there is no step `slove` to follow; listen, solve, learn",
        ),
        (
            "id: answer\n    replaces: solve",
            "id: solve\n    after: listen",
            "variant.yaml:7:12: `solve` is a step already",
        ),
        ("replaces: solve", "replaces: slove", "variant.yaml:7:15: there is no step `slove`; listen, solve, learn"),
        ("    goal: Answer with what can be done.\n", "", "variant.yaml:6:5: the key `goal` is missing"),
        ("goal: Hear them out twice.", "gaol: Hear.", "variant.yaml:13:5: unknown key `gaol`"),
    ],
)
def test_a_fault_of_a_variant_is_reported_with_its_place(before: str, after: str, line: str) -> None:
    assert before in VARIANT
    told = faults(VARIANT.replace(before, after), "variant.yaml", good())
    assert any(line in fault for fault in told), told


@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_fail(data: bytes) -> None:
    result = read(data)
    assert result.content is None
    assert result.problems


@given(st.data())
def test_a_damaged_file_reads_or_says_where_it_is_damaged(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(GOOD) - 1))
    length = data.draw(st.integers(0, 12))
    instead = data.draw(st.text(alphabet="abc:-[]{}&*!|>'\"\n \t#?,%@`é\x00", max_size=6))
    damaged = GOOD[:at] + instead + GOOD[at + length :]
    result = read(damaged)
    assert (result.content is None) == bool(result.problems)
    for problem in result.problems:
        assert 1 <= problem.line <= damaged.count("\n") + 2
        assert problem.column >= 1
        assert "\n" not in problem.as_line()


def test_a_bomb_costs_no_time_worth_telling() -> None:
    """No figure is asserted: what grows without end would never come back here."""
    began = time.monotonic()
    faults(BOMB)
    assert time.monotonic() >= began


def test_the_digest_is_the_same_with_crlf_and_a_mark_at_the_beginning() -> None:
    data = GOOD.encode()
    assert b"\r" not in data
    expected = f"sha256:{hashlib.sha256(data).hexdigest()}"
    for same in (data, data.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")):
        result = read(same)
        assert (result.digest, result.problems) == (expected, ())


def test_a_card_has_to_stand_alone() -> None:
    card = GOOD.replace("steps:", "card: {}\nsteps:", 1)
    assert faults(card) == ["mine.yaml:7:7: a card stands alone; stands_alone: true"]
    whole = read(card.replace("card: {}", "stands_alone: true\ncard: {}")).content
    assert whole is not None
    assert whole.card == StopCard()


def test_a_card_says_something_first() -> None:
    card = GOOD.replace("steps:", "stands_alone: true\ncard: {}\nsteps:", 1)
    silent = card.replace("intent: listen", "intent: document", 1)
    start, end = silent.index("    phrases:"), silent.index("  - id: solve")
    (fault,) = faults(silent[:start] + silent[end:])
    assert "the first step of a card, `listen`, has no phrases; add what to say first" in fault


def test_a_card_without_a_live_step_leads_nowhere() -> None:
    card = GOOD.replace("steps:", "stands_alone: true\ncard: {}\nsteps:", 1)
    (fault,) = faults(card.replace("    goal:", "    phase: follow-up\n    goal:", 2))
    assert "no step is live" in fault


def test_a_card_names_contacts_that_exist() -> None:
    card = GOOD.replace("steps:", "stands_alone: true\ncard: {contacts: [incidents, privcy]}\nsteps:", 1)
    (fault,) = faults(card)
    assert "`privcy`" in fault
    assert "did you mean `privacy`?" in fault


def test_an_outcome_is_one_of_the_five_and_belongs_to_a_live_step() -> None:
    ends = GOOD.replace("    goal: Put it right.\n", "    goal: Put it right.\n    outcome: resolved\n")
    assert read(ends).problems == ()
    (unknown,) = faults(ends.replace("outcome: resolved", "outcome: solved"))
    assert "`solved` is not allowed here; allowed: callback, escalated, partly-resolved, resolved" in unknown
    (later,) = faults(GOOD.replace("    goal: Learn from it.\n", "    goal: Learn from it.\n    outcome: resolved\n"))
    assert "only a live step ends a call; phase: live, or no `outcome`" in later
