"""What `validate` says of checks that are counted, and of those that conditions name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary
from tests.frameworks.test_proofs import HEAD, problems
from tests.frameworks.test_reader import faults

if TYPE_CHECKING:
    from pathlib import Path

COUNT = """\
      - id: identity-check
        text: Two of these three agree
        at-least: 2
        of: [{id: name, text: Full name}, {id: birthday, text: Date of birth}, {id: code, text: Postcode}]
"""
PATHS = "[{when: {identity-check: done}, to: close}, {to: refuse}]"


def playbook(checklist: str = COUNT, paths: str = PATHS, more: str = "", id_: str = "mine") -> str:
    return f"""\
{HEAD.replace("id: mine", f"id: {id_}")}\
  - id: compare
    name: Compare
    intent: assess
    goal: Compare.
    checklist:
{checklist}\
    phrases: [{{say: May I ask three things}}]
    paths: {paths}
  - {{id: refuse, name: Refuse, intent: explain, goal: Say no., by_path: true, phrases: [{{say: It is not possible}}]}}
  - {{id: close, name: Close, intent: thank, goal: Close., phrases: [{{say: Thank you}}]}}
{more}"""


@pytest.mark.parametrize(
    "paths",
    [
        PATHS,
        "[{when: {identity-check: not done}, to: refuse}, {to: close}]",
        "[{when: {identity-check: done, name: done}, to: close}, {to: refuse}]",
        "[{when: {identity-check: done}, to: close}, {when: {identity-check: not done}, to: refuse}]",
    ],
)
def test_a_condition_can_name_a_check_or_a_part_of_it(paths: str) -> None:
    assert problems(playbook(paths=paths)) == []


@pytest.mark.parametrize(
    ("checklist", "told"),
    [
        (COUNT.replace("at-least: 2", "at-least: 4"), "14:19: 4 of 3 can never be ticked; at most 3"),
        (COUNT.replace("at-least: 2", "at-least: 0"), "14:19: the number 0 is out of bounds; from 1 to 50"),
        (COUNT.replace("at-least", "at_least"), "14:9: unknown key `at_least`; allowed: id, text, required, at-least"),
        (
            COUNT.replace("        at-least: 2\n", ""),
            "14:13: the check `identity-check` does not say how many of its 3 are enough; at-least: 3 for all of them",
        ),
        (
            "      - {id: identity-check, text: Two agree, at-least: 2}\n",
            "12:57: the check `identity-check` has nothing to count; list what is ticked under `of`",
        ),
        (COUNT.replace("id: birthday", "id: name"), "15:48: the checklist id `name` appears twice"),
        (COUNT.replace("id: birthday, ", ""), "15:43: the key `id` is missing; an item of `of` needs it"),
    ],
)
def test_a_count_that_makes_no_sense_is_named_with_its_place(checklist: str, told: str) -> None:
    found = faults(playbook(checklist))
    assert any(told in line for line in found), found


@pytest.mark.parametrize(
    ("paths", "told"),
    [
        (
            "[{when: {identity-check: 'yes'}, to: close}, {to: refuse}]",
            "17:37: `identity-check` is never `yes`; answers: done, not done",
        ),
        (
            "[{when: {identity_check: done}, to: close}, {to: refuse}]",
            "did you mean `identity-check`?",
        ),
        (
            "[{when: {identity-check: [done, not done]}, to: close}, {to: refuse}]",
            "nothing reaches this path without `when`",
        ),
        (
            "[{when: {identity-check: done, name: {over: 2}}, to: close}, {to: refuse}]",
            "`over` is for number and money, and `name` is choice",
        ),
    ],
)
def test_a_condition_about_a_check_is_proved_like_any_other(paths: str, told: str) -> None:
    found = faults(playbook(paths=paths))
    assert any(told in line for line in found), found


def test_a_check_that_a_condition_names_belongs_to_one_step() -> None:
    second = "  - {id: more, name: More, intent: thank, goal: Close., checklist: [{id: name, text: Their name}]"
    text = playbook(
        paths="[{when: {name: done}, to: close}, {to: refuse}]", more=f"{second}, phrases: [{{say: Fine}}]}}\n"
    )
    (told,) = faults(text)
    assert told.endswith(
        "20:69: a condition names the check `name`, which the step `compare` has too; another id in one of them"
    )


def test_a_counted_check_has_an_id_that_no_value_has() -> None:
    (told,) = faults(
        playbook(COUNT.replace("identity-check", "customer"), "[{when: {name: done}, to: close}, {to: refuse}]")
    )
    assert told.endswith("12:13: `customer` is a value too; another id")


def test_a_capture_of_the_same_id_comes_before_a_check_as_in_older_files() -> None:
    capture = "    capture: [{id: notice, ask: Which notice, kind: choice, choices: [old, new]}]\n"
    text = playbook(
        "      - {id: notice, text: Read it}\n" + capture, "[{when: {notice: old}, to: close}, {to: refuse}]"
    )
    assert problems(text) == []


def test_a_caller_can_name_the_checks_of_a_called_playbook_and_no_others(tmp_path: Path) -> None:
    (tmp_path / "identify.yaml").write_text(playbook(id_="identify"), encoding="utf-8")
    library = FrameworkLibrary((Source(tmp_path, "project"),))
    caller = playbook("      - {id: notice, text: Read it}\n").replace("    paths:", "    call: identify\n    paths:")
    assert library.validate(caller.encode(), "mine.yaml", ()).problems == ()
    wrong = caller.replace("{identity-check: done}", "{other-check: done}")
    (told,) = library.validate(wrong.encode(), "mine.yaml", ()).problems
    assert "the condition names `other-check`" in told.as_line()


def test_a_check_that_decides_in_a_called_playbook_has_an_id_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "identify.yaml").write_text(playbook(id_="identify"), encoding="utf-8")
    library = FrameworkLibrary((Source(tmp_path, "project"),))
    caller = playbook("      - {id: identity-check, text: The order}\n").replace(
        "    paths:", "    call: identify\n    paths:"
    )
    (told,) = library.validate(caller.encode(), "mine.yaml", ()).problems
    assert "a condition names the check `identity-check`, which a playbook that is called has too" in told.as_line()
