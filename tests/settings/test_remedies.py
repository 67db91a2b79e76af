"""The remedies of a settings file: sound ones serve, and every fault says where it is and what belongs there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recoverycli.settings.load import resolve

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.settings.model import ResolvedSettings

GOOD = """\
[[remedies]]
name = "refund"
kind = "money"
currency = "eur"
least = 1
most = 500
alone = 50
needs = "team lead"

[[remedies]]
name = "call back in person"
kind = "gesture"
"""


def read(tmp_path: Path, text: str, project: str | None = None) -> ResolvedSettings:
    user = tmp_path / "settings.toml"
    user.write_text(text, encoding="utf-8")
    near = None
    if project is not None:
        near = tmp_path / "project.toml"
        near.write_text(project, encoding="utf-8")
    return resolve({}, user, near)


def test_sound_remedies_are_read(tmp_path: Path) -> None:
    resolved = read(tmp_path, GOOD)
    refund, call_back = resolved.settings.remedies
    assert (refund.currency, refund.alone, refund.needs) == ("EUR", 50.0, "team lead")
    assert call_back.most is None
    assert resolved.problems == ()


def test_the_remedy_of_the_project_replaces_one_of_the_same_name(tmp_path: Path) -> None:
    project = '[[remedies]]\nname = "Refund"\nkind = "money"\nmost = 20\n'
    resolved = read(tmp_path, GOOD, project)
    assert [remedy.name for remedy in resolved.settings.remedies] == ["Refund", "call back in person"]
    assert resolved.settings.remedies[0].most == 20


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("most = 500", "most = 0.5"), "settings.toml:5:1: least (1) is more than most (0.5)"),
        (('kind = "money"', 'kind = "mony"'), "settings.toml:3:1: `mony` is not a kind"),
        (('kind = "money"', 'kind = "mony"'), "did you mean `money`?"),
        (("alone = 50", 'alone = "fifty"'), "settings.toml:7:1: `alone` is 'fifty'; a number of 0 or more is expected"),
        (("alone = 50", "alone = -5"), "settings.toml:7:1: `alone` is '-5'"),
        (("alone = 50", "alone = inf"), "settings.toml:7:1: `alone` is 'inf'"),
        (("alone = 50", "allone = 50"), "settings.toml:7:1: unknown key `allone`"),
        (('"eur"', '"XYQ"'), "settings.toml:4:1: there is no currency `XYQ`"),
        (('name = "refund"\n', ""), "settings.toml:1:1: the key `name` is missing"),
        (('needs = "team lead"\n', ""), "settings.toml:7:1: `alone` is a limit, but `needs` names nobody"),
        (("call back in person", "Refund"), "settings.toml:11:1: the remedy `Refund` appears twice"),
    ],
)
def test_a_fault_names_its_place_and_the_other_remedies_serve(
    tmp_path: Path, change: tuple[str, str], told: str
) -> None:
    resolved = read(tmp_path, GOOD.replace(*change))
    assert any(told in problem for problem in resolved.problems), resolved.problems
    assert len(resolved.settings.remedies) == 1


def test_all_faults_of_a_file_are_reported_at_once(tmp_path: Path) -> None:
    text = GOOD.replace('"money"', '"mony"').replace("least = 1", "least = true").replace('"gesture"', "5")
    assert len(read(tmp_path, text).problems) == 3


def test_remedies_that_are_no_tables_are_reported(tmp_path: Path) -> None:
    (problem,) = read(tmp_path, 'remedies = "refund"\n').problems
    assert problem.endswith("remedies must be tables; each begins with [[remedies]]")
