"""Every command of the trainer's lesson runs as it stands there, in that order."""

from __future__ import annotations

import re
from pathlib import Path

from tests.commands.recovery import Recovery
from tests.platforms import needs_posix_shell

GUIDE = (Path(__file__).parents[2] / "docs" / "guide" / "trainer.md").read_text(encoding="utf-8")


def commands() -> list[str]:
    """The lines of the guide's shell blocks."""
    blocks = re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


@needs_posix_shell
def test_the_lesson_runs_from_install_to_the_export(tmp_path: Path) -> None:
    recovery = Recovery(tmp_path)
    for line in commands():
        assert line.startswith("recovery "), line
        done = recovery.line(line, tmp_path)
        assert done.returncode == 0, (line, done.stdout, done.stderr)
    made = {path.name for path in tmp_path.glob("*.pdf")}
    assert made == {"learn.pdf", "late-parcel.pdf", "dress-that-faded.pdf", "phone-cut-off.pdf"}
    assert all((tmp_path / name).read_bytes().startswith(b"%PDF") for name in made)
    assert (tmp_path / "progress.json").exists()


def test_the_lesson_has_each_of_its_parts_and_takes_forty_five_minutes() -> None:
    for part in ("show", "compare", "demo", "--card", "quiz", "handout", "advise", "practice"):
        assert any(part in line for line in commands()), part
    minutes = [(int(start), int(end)) for start, end in re.findall(r"^## (\d+) to (\d+) minutes", GUIDE, re.MULTILINE)]
    assert minutes[0][0] == 0
    assert minutes[-1][1] == 45
    assert [end for _, end in minutes[:-1]] == [start for start, _ in minutes[1:]]


def test_the_minutes_of_the_rounds_fit_into_their_part_and_all_parts_add_up() -> None:
    parts = re.findall(r"^## (\d+) to (\d+) minutes: (.*)$", GUIDE, re.MULTILINE)
    assert sum(int(end) - int(start) for start, end, _ in parts) == 45
    rounds = re.findall(r"^\| \d \| (\d+) \| `([a-z-]+)`", GUIDE, re.MULTILINE)
    start, end = next((int(start), int(end)) for start, end, name in parts if "three rounds" in name)
    assert sum(int(minutes) for minutes, _ in rounds) + 1 == end - start
    printed = {line.split()[3] for line in commands() if "--card" in line}
    assert {scenario for _, scenario in rounds} == printed


def test_each_of_three_plays_each_role_once() -> None:
    rows = re.findall(r"^\| \d \| \d+ \| [^|]+ \| (\w+) \| (\w+) \| (\w+) \|$", GUIDE, re.MULTILINE)
    roles = {"agent", "customer", "observer"}
    assert len(rows) == 3
    assert all({*row} == roles for row in rows)
    assert all({*person} == roles for person in zip(*rows, strict=True))


def test_the_plan_shows_the_bad_take_and_a_quiz_for_the_class() -> None:
    assert "recovery demo learn --side-by-side --big" in commands()
    assert "recovery quiz learn --class --big" in commands()


def test_every_link_of_the_guide_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", GUIDE):
        assert (Path(__file__).parents[2] / "docs" / "guide" / target).exists(), target
