"""What the guide for authors shows can be typed in its order, and every file in it is valid."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.times.future import read_date
from recoverycli.training.lint.lint import RULES
from recoverycli.training.roleplay.agreements import agreement
from recoverycli.training.roleplay.own_words import OwnWordsReader
from recoverycli.training.roleplay.practice import matching_reply
from recoverycli.training.scenarios.choices import lint
from recoverycli.training.scenarios.draw import draw
from recoverycli.training.scenarios.model import first_wording
from tests.commands.recovery import Recovery
from tests.platforms import needs_posix_shell
from tests.wording.wordings import MATCHER, read

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
GUIDE = (ROOT / "docs" / "guide" / "authoring.md").read_text(encoding="utf-8")


POLICY = GUIDE[GUIDE.index("\n# From a written policy") : GUIDE.index("\n# Writing a scenario")]


def blocks(*kinds: str, within: str = GUIDE) -> Iterator[tuple[str, str]]:
    """The fenced blocks of the guide in their order: what they are in, and what stands in them."""
    for kind, text in re.findall(r"^```(\w+)\n(.*?)^```", within, re.DOTALL | re.MULTILINE):
        if kind in kinds:
            yield kind, text


def whole_files() -> list[tuple[str, str]]:
    """The YAML blocks that are whole files: the folder in which each belongs, and its text."""
    found = [text for _, text in blocks("yaml") if re.search(r"^schema: 1$", text, re.MULTILINE)]
    return [(folder_of(text), text) for text in found]


def folder_of(text: str) -> str:
    """The folder of `.recovery` in which a file of the guide belongs."""
    keys = yaml.safe_load(text).keys()
    holds = {"patterns": "wording", "acts": "wording", "triggers": "wording", "intent": "phrases", "families": "issues",
             "nodes": "scenarios", "exchanges": "dialogues"}  # fmt: skip
    return next((folder for key, folder in holds.items() if key in keys), "frameworks")


def put(here: Path, folder: str, text: str) -> Path:
    content = yaml.safe_load(text)
    file = here / ".recovery" / folder / f"{content.get('id') or content.get('intent') or 'ours'}.yaml"
    file.parent.mkdir(exist_ok=True, parents=True)
    file.write_text(text, encoding="utf-8")
    return file


@needs_posix_shell
def test_the_guide_can_be_followed_from_the_first_line_to_the_last(tmp_path: Path) -> None:
    here = tmp_path / "shop"
    here.mkdir()
    recovery = Recovery(tmp_path)
    recovery("start", "learn", "--customer", "A. Customer", stdin="Waits for two weeks\n1\n\n/end resolved\n")
    ran = 0
    for kind, text in blocks("sh", "yaml"):
        if kind == "yaml":
            if text in [whole for _, whole in whole_files()]:
                put(here, folder_of(text), text)
            continue
        for line in text.splitlines():
            done = recovery.line(line, here)
            assert done.returncode == 0, (line, done.stdout, done.stderr)
            ran += 1
    assert ran >= 18
    drafted = {path.name for path in here.rglob("*.yaml")}
    assert {"our-way.yaml", "our-learn.yaml", "learn-hotel.yaml", "my-parcel.yaml", "from-tuesday.yaml"} <= drafted


@pytest.mark.parametrize(("folder", "text"), whole_files(), ids=lambda value: value if "\n" not in value else "")
def test_every_whole_file_of_the_guide_is_valid(tmp_path: Path, folder: str, text: str) -> None:
    file = put(tmp_path, folder, text)
    if folder == "wording":
        assert read(file.parent, ROOT / "wording").problems == ()
        return
    for other_folder, other in whole_files():
        put(tmp_path, other_folder, other)
    of = "scenarios" if folder == "scenarios" else "frameworks"
    done = Recovery(tmp_path)(of, "validate", str(file), cwd=tmp_path)
    assert done.returncode == 0, done.stdout


def test_the_scenario_of_the_guide_tests_its_players_and_its_signs_are_found_as_told() -> None:
    (text,) = (text for folder, text in whole_files() if folder == "scenarios")
    linted = lint(text.encode(), "lost-bag.yaml")
    assert linted.content is not None
    assert linted.problems == ()
    drawn = draw(linted.content)
    node = drawn.node("funeral")
    reader = OwnWordsReader(MATCHER, read_date)
    told = GUIDE[GUIDE.index("| typed | counts as |") :].split("\n\n")[0].splitlines()[2:]
    assert len(told) >= 5
    for row in told:
        typed, counts_as, *settled = (cell.strip() for cell in row.strip("|").split("|"))
        reading = reader.read(typed, node.replies, NOON, drawn.channel, first_wording(node.says))
        reply = matching_reply(reading)
        found = agreement(reading, drawn.remedies, reply)
        assert (reply.id if reply else "") == counts_as, typed
        assert [", ".join(found.agrees), ", ".join(found.refuses)] == settled, typed


def test_parts_of_files_are_yaml_and_settings_of_editors_are_json() -> None:
    for _, text in blocks("yaml"):
        assert isinstance(yaml.safe_load(text), dict)
    for _, text in blocks("json"):
        assert json.loads(text)


def stages() -> list[dict[str, Any]]:
    """The playbook of the policy as each part of its chapter leaves it."""
    first, *parts, _ = (yaml.safe_load(text) for _, text in blocks("yaml", within=POLICY))
    made = [first]
    for part in parts:
        steps = list(made[-1]["steps"])
        place = -1
        for step in part.get("steps", ()):
            ids = [one["id"] for one in steps]
            place = ids.index(step["id"]) if step["id"] in ids else place + 1
            steps[place : place + (step["id"] in ids)] = [{**(steps[place] if step["id"] in ids else {}), **step}]
        made.append({**made[-1], "steps": steps, **{key: part[key] for key in part if key != "steps"}})
    return made


def whole_policy() -> str:
    """The playbook of the policy as it stands at the end of its chapter."""
    return [text for _, text in blocks("yaml", within=POLICY)][-1]


@pytest.mark.parametrize("stage", stages(), ids=range(len(stages())))
def test_the_playbook_of_the_policy_is_valid_after_each_part(tmp_path: Path, stage: dict[str, Any]) -> None:
    library = FrameworkLibrary((Source(tmp_path, "project"), Source(ROOT / "frameworks", "built-in")))
    text = yaml.safe_dump(stage, sort_keys=False)
    assert library.validate(text.encode(), str(tmp_path / "damaged-item.yaml"), ()).problems == ()


def test_the_parts_of_the_policy_make_the_whole_file() -> None:
    assert stages()[-1] == yaml.safe_load(whole_policy())


def test_the_examples_of_the_policy_enter_every_step(tmp_path: Path) -> None:
    content = yaml.safe_load(whole_policy())
    entered = {step for example in content["examples"] for step in example["path"]}
    assert entered == {step["id"] for step in content["steps"]}
    file = put(tmp_path, "frameworks", whole_policy()).relative_to(tmp_path)
    done = Recovery(tmp_path)("frameworks", "test", str(file), cwd=tmp_path)
    assert done.stdout.splitlines() == [f"{file}: {example['id']}: ok" for example in content["examples"]]


def test_a_changed_limit_of_the_policy_fails_as_the_guide_shows(tmp_path: Path) -> None:
    changed = whole_policy().replace("within: 30 days", "within: 20 days")
    file = put(tmp_path, "frameworks", changed).relative_to(tmp_path)
    done = Recovery(tmp_path)("frameworks", "test", str(file), cwd=tmp_path)
    ((_, shown),) = blocks("text", within=POLICY)
    assert done.returncode == 1
    assert shown.replace(".recovery/frameworks/damaged-item.yaml", str(file)) in done.stdout
    assert done.stdout.count(": failed") == 1


def test_every_rule_of_lint_is_in_its_table_and_no_other() -> None:
    table = GUIDE[GUIDE.index("| rule |") : GUIDE.index("# Writing a scenario")]
    assert re.findall(r"^\| `([\w-]+)`", table, re.MULTILINE) == list(RULES)


def test_every_link_of_the_guide_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", GUIDE):
        assert (ROOT / "docs" / "guide" / target).exists(), target
