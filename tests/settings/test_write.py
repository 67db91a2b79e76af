"""A settings file is changed as a careful person would change it."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from recoverycli.errors import ContentProblem, StoreProblem
from recoverycli.settings.file import flat
from recoverycli.settings.load import resolve
from recoverycli.settings.model import DOCUMENTED, Settings
from recoverycli.settings.write import new_file_text, write
from tests.platforms import has_mode, needs_links

if TYPE_CHECKING:
    from pathlib import Path

MINE = """\
# my own words

theme = "dark"   # easier at night
agent = '''
Ana'''

[[remedies]]
name = "refund"
kind = "money"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def test_a_new_file_sets_nothing_and_explains_everything(file: Path) -> None:
    write(file, {})
    text = file.read_text(encoding="utf-8")
    assert tomllib.loads(text) == {}
    for name, about in DOCUMENTED.items():
        assert about in text
        assert name in text
    resolved = resolve({}, file, None)
    assert (resolved.settings, resolved.problems) == (Settings(), ())


def test_every_commented_line_of_a_new_file_is_valid_without_its_sign(file: Path) -> None:
    file.parent.mkdir()
    lines = [line.removeprefix("# ") for line in new_file_text().splitlines() if "=" in line or line.startswith("# [[")]
    file.write_text("\n".join(lines), encoding="utf-8")
    names = flat(tomllib.loads(file.read_text(encoding="utf-8")))
    tables = {"contacts", "patterns"}
    assert {group if (group := name.partition(".")[0]) in tables else name for name in names} == set(DOCUMENTED)
    assert resolve({}, file, None).problems == ()


def test_a_new_file_and_its_folder_are_private(file: Path) -> None:
    write(file, {"agent": "Ana"})
    assert has_mode(file, 0o600)
    assert has_mode(file.parent, 0o700)
    assert [path.name for path in file.parent.iterdir()] == ["settings.toml"]


def test_a_value_is_in_the_place_of_its_example(file: Path) -> None:
    write(file, {"channel": "chat", "plain": True})
    text = file.read_text(encoding="utf-8")
    assert tomllib.loads(text) == {"channel": "chat", "plain": True}
    assert text == new_file_text().replace('# channel = "phone"', 'channel = "chat"').replace(
        "# plain = false", "plain = true"
    )


def test_a_value_that_is_taken_out_leaves_the_file_as_it_was_made(file: Path) -> None:
    write(file, {})
    made = file.read_bytes()
    write(file, {"channel": "chat", "color": False, "theme": "dark"})
    write(file, {"channel": None, "color": None, "theme": None})
    assert file.read_bytes() == made


def test_comments_order_and_other_settings_stay(file: Path) -> None:
    file.parent.mkdir()
    file.write_text(MINE, encoding="utf-8")
    write(file, {"theme": "light", "channel": "email"})
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# my own words\n\n" + 'theme = "light"   # easier at night\n')
    assert tomllib.loads(text)["remedies"] == [{"name": "refund", "kind": "money"}]
    assert resolve({}, file, None).settings.channel == "email"
    write(file, {"agent": None, "theme": None})
    assert "# my own words" in file.read_text(encoding="utf-8")
    assert "# easier at night" in file.read_text(encoding="utf-8")
    assert set(tomllib.loads(file.read_text(encoding="utf-8"))) == {"channel", "remedies"}


def test_an_example_among_the_remedies_is_not_taken_for_a_setting(file: Path) -> None:
    file.parent.mkdir()
    file.write_text(MINE + '# currency = "EUR"\n', encoding="utf-8")
    write(file, {"currency": "USD"})
    assert tomllib.loads(file.read_text(encoding="utf-8"))["currency"] == "USD"


@pytest.mark.parametrize("value", ['O\'Neil "Bo"', "back\\slash", "José 李", "# no comment", "[[remedies]]"])
def test_any_words_are_read_back_as_they_were_written(file: Path, value: str) -> None:
    write(file, {"agent": value})
    assert resolve({}, file, None).settings.agent == value
    write(file, {"agent": "Ana"})
    write(file, {"agent": value})
    assert resolve({}, file, None).settings.agent == value


def test_line_ends_of_another_system_stay(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b'# mine\r\ntheme = "dark"\r\n# channel = "phone"\r\n')
    write(file, {"channel": "chat", "theme": None})
    assert file.read_bytes() == b'# mine\r\n# theme = "default"\r\nchannel = "chat"\r\n'


@pytest.mark.parametrize("broken", [b"theme = \n", b"theme = 1\ntheme = 2\n", b"\xff\xfe"])
def test_a_broken_file_is_named_and_unchanged(file: Path, broken: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(broken)
    with pytest.raises(ContentProblem, match=r"settings\.toml"):
        write(file, {"channel": "chat"})
    assert file.read_bytes() == broken


@needs_links
def test_a_file_elsewhere_that_a_link_leads_to_is_changed_there_and_keeps_its_mode(file: Path, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text('theme = "dark"\n', encoding="utf-8")
    real.chmod(0o640)
    file.parent.mkdir()
    file.symlink_to(real)
    write(file, {"theme": "light"})
    assert file.is_symlink()
    assert real.read_text(encoding="utf-8") == 'theme = "light"\n'
    assert has_mode(real, 0o640)


def test_a_place_that_cannot_be_written_is_reported_with_what_to_do(tmp_path: Path) -> None:
    in_the_way = tmp_path / "config"
    in_the_way.write_text("a file", encoding="utf-8")
    with pytest.raises(StoreProblem) as told:
        write(in_the_way / "settings.toml", {"channel": "chat"})
    assert str(in_the_way) in told.value.message
    assert told.value.hint
    assert in_the_way.read_text(encoding="utf-8") == "a file"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'team.push = "after-call"\n'),
        ('agent = "Ana"', 'agent = "Ana"\nteam.push = "after-call"\n'),
        ('[team]\nshare = "numbers" # the works council\n', None),
        ('[team]\npush = "by-hand"\n', '[team]\npush = "after-call"\n'),
        ('team.share = "numbers"\n', 'team.share = "numbers"\nteam.push = "after-call"\n'),
        ('[[remedies]]\nname = "refund"\nkind = "money"\n', None),
    ],
)
def test_a_setting_of_the_team_is_set_in_its_table_and_by_its_whole_name(
    file: Path, before: str, after: str | None
) -> None:
    file.parent.mkdir()
    file.write_text(before, encoding="utf-8")
    write(file, {"team.push": "after-call"})
    assert flat(tomllib.loads(file.read_text(encoding="utf-8"))) == {
        **flat(tomllib.loads(before)),
        "team.push": "after-call",
    }
    assert after is None or file.read_text(encoding="utf-8") == after
    assert resolve({}, file, None).settings.team_push == "after-call"
    write(file, {"team.push": None})
    assert flat(tomllib.loads(file.read_text(encoding="utf-8"))).keys() == flat(tomllib.loads(before)).keys() - {
        "team.push"
    }
