"""Where settings and folders come from, and that a fault in one of them stops nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from recoverycli import paths
from recoverycli.errors import nearest
from recoverycli.settings.load import resolve
from recoverycli.settings.write import write


def test_each_value_names_its_source(tmp_path: Path) -> None:
    user, project = tmp_path / "user.toml", tmp_path / "project.toml"
    user.write_text('agent = "of the user"\nchannel = "chat"\nplain = true\n', encoding="utf-8")
    project.write_text('channel = "email"\nframework = "last"\n', encoding="utf-8")
    resolved = resolve({"RECOVERY_FRAMEWORK": "heart"}, user, project, {"plain": None, "color": False})
    settings, sources = resolved.settings, resolved.sources
    assert (settings.channel, sources["channel"]) == ("email", str(project))
    assert (settings.agent, sources["agent"]) == ("of the user", str(user))
    assert (settings.framework, sources["framework"]) == ("heart", "environment")
    assert (settings.color, sources["color"]) == (False, "flag")
    assert settings.plain
    assert resolved.problems == ()


def test_without_any_file_everything_is_default(tmp_path: Path) -> None:
    resolved = resolve({}, tmp_path / "none.toml", None)
    assert resolved.settings.framework == "learn"
    assert set(resolved.sources.values()) == {"default"}


@pytest.mark.parametrize("word", ["1", "true", "yes", "on"])
def test_a_switch_is_turned_on_by_any_word_for_it(tmp_path: Path, word: str) -> None:
    assert resolve({"RECOVERY_PLAIN": word}, tmp_path / "none.toml", None).settings.plain


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"agent = ", "its settings are ignored"),
        (b"\xff\xfe", "its settings are ignored"),
        (b'agnet = "x"', "there is no setting agnet; did you mean agent?"),
        (b"zzz = 1", "available: framework, agent"),
        (b"agent = 5", "agent must be text, found 5"),
        (b'color = "no"', "color must be true or false, found 'no'"),
    ],
)
def test_a_fault_of_a_file_is_reported_and_the_rest_holds(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(content)
    resolved = resolve({"RECOVERY_CHANNEL": "phone"}, file, None)
    (problem,) = resolved.problems
    assert says in problem
    assert str(file) in problem
    assert resolved.settings.channel == "phone"


def test_a_folder_in_the_place_of_the_file_is_reported(tmp_path: Path) -> None:
    (problem,) = resolve({}, tmp_path, None).problems
    assert "cannot be read" in problem


def test_flag_goes_before_environment_for_the_data_folder(tmp_path: Path) -> None:
    assert paths.data_home({"RECOVERY_HOME": "/elsewhere"}, str(tmp_path)) == tmp_path
    assert paths.data_home({"RECOVERY_HOME": "/elsewhere"}) == Path("/elsewhere").absolute()
    # Windows and macOS have one folder for both.
    shared = paths.shared_folder()
    names = [paths.data_home({}).name, paths.config_home({}).name]
    assert names == ([paths.APP, paths.APP] if shared is None else ["data", "config"])
    assert paths.settings_file({"RECOVERY_CONFIG": "/x.toml"}) == Path("/x.toml").absolute()
    assert paths.settings_file({}).name == "settings.toml"


def test_the_nearest_project_folder_upward_counts(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    (tmp_path / ".recovery").mkdir()
    assert paths.project_folder(deep) == tmp_path / ".recovery"
    (tmp_path / "a" / ".recovery").mkdir()
    assert paths.project_folder(deep) == tmp_path / "a" / ".recovery"


def test_the_nearest_word_is_a_close_one_or_the_only_beginning() -> None:
    assert nearest("fone", ["phone", "chat"]) == "phone"
    assert nearest("so", ["social", "chat"]) == "social"
    assert nearest("zzz", ["social", "chat"]) == ""
    assert nearest("", ["social"]) == ""


def test_a_mark_at_the_beginning_of_the_file_is_no_fault_and_goes_with_the_next_change(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(b'\xef\xbb\xbfagent = "Sam"\r\nplain = true\r\n')
    found = resolve({}, file, None)
    assert (found.settings.agent, found.problems) == ("Sam", ())
    write(file, {"agent": "Kim"})
    assert file.read_bytes() == b'agent = "Kim"\r\nplain = true\r\n'


def test_the_hour_at_which_a_day_of_practice_begins_is_read_as_people_write_it(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    assert resolve({}, file, None).settings.day_begins == 4
    for written, hour in (("6", 6), ("0", 0), ('"5"', 5), ('"05:00"', 5), ("23", 23)):
        file.write_text(f"[practice]\nday-begins = {written}\n", encoding="utf-8")
        found = resolve({}, file, None)
        assert (found.settings.day_begins, found.problems) == (hour, ()), written
    for written in ("24", "-1", '"4:30"', "true", "4.5", '"noon"', f"1{'0' * 90}"):
        file.write_text(f"[practice]\nday-begins = {written}\n", encoding="utf-8")
        found = resolve({}, file, None)
        assert found.settings.day_begins == 4, written
        assert "practice.day-begins must be an hour from 0 to 23" in found.problems[0], written
    assert resolve({"RECOVERY_DAY_BEGINS": "3"}, tmp_path / "none.toml", None).settings.day_begins == 3
