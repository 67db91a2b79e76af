"""Contacts by kind and country: set, read, and taken out again, whatever the layout of the file."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from recoverycli.errors import ContentProblem
from recoverycli.settings.contacts import contact_name, contacts_of_country
from recoverycli.settings.load import resolve
from recoverycli.settings.write import write

if TYPE_CHECKING:
    from pathlib import Path

LAYOUTS = [
    "",
    'agent = "Ana"\n\n[team]\npush = "by-hand"\n',
    'contacts.lead = "Kim" # at night: Sam\n',
    '[contacts]\nlead = "Kim" # at night: Sam\n',
    '[contacts.DE]\nemergency = "1"\n',
]


@pytest.mark.parametrize("text", LAYOUTS)
@pytest.mark.parametrize("name", ["contacts.incidents", "contacts.GB.emergency"])
def test_a_contact_is_set_and_unset_in_every_layout(tmp_path: Path, text: str, name: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text, encoding="utf-8")
    before = resolve({}, file, None).settings.contacts
    write(file, {name: "Dana Price"})
    resolved = resolve({}, file, None)
    assert resolved.settings.contacts == {**before, name.removeprefix("contacts."): "Dana Price"}
    assert (resolved.sources[name], resolved.problems) == (str(file), ())
    assert text.count("# at night") == file.read_text(encoding="utf-8").count("# at night")
    write(file, {name: None})
    assert resolve({}, file, None).settings.contacts == before


@pytest.mark.parametrize("text", ['contacts = "Kim"\n', 'contacts.GB = "1"\n'])
def test_a_file_whose_contacts_are_no_table_is_left_alone(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ContentProblem):
        write(file, {"contacts.GB.emergency": "1"})
    assert file.read_text(encoding="utf-8") == text


def test_a_project_adds_contacts_to_those_of_the_user_and_the_nearer_one_wins(tmp_path: Path) -> None:
    user, project = tmp_path / "user.toml", tmp_path / "project.toml"
    user.write_text('[contacts]\nlead = "Kim"\nfraud = "Lee"\n', encoding="utf-8")
    project.write_text('[contacts]\nfraud = "Noor"\n[contacts.gb]\nemergency = "1"\n', encoding="utf-8")
    resolved = resolve({}, user, project)
    assert resolved.settings.contacts == {"lead": "Kim", "fraud": "Noor", "GB.emergency": "1"}
    assert resolved.sources["contacts.fraud"] == str(project)
    assert resolved.sources["contacts.lead"] == str(user)


def test_the_region_comes_before_the_country_and_the_country_before_all() -> None:
    contacts = {"GB-SCT.emergency": "region", "GB.emergency": "country", "emergency": "all", "lead": "Kim"}
    found = {
        country: contacts_of_country(contacts, country)["emergency"] for country in ("GB-SCT", "GB-ENG", "FR", None)
    }
    assert found == {"GB-SCT": "region", "GB-ENG": "country", "FR": "all", None: "all"}
    assert contacts_of_country(contacts, "GB")["lead"] == "Kim"
    assert contacts_of_country({}, "GB") == {}


@pytest.mark.parametrize("name", ["contacts", "contacts.", "contacts.nobody", "contacts.Britain.emergency", "lead"])
def test_other_names_are_no_contacts(name: str) -> None:
    assert contact_name(name) is None


def test_cards_are_switched_off_by_a_list_or_by_a_variable(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    write(file, {"cards.off": ["fraud", "legal"]})
    assert tomllib.loads(file.read_text(encoding="utf-8"))["cards"] == {"off": ["fraud", "legal"]}
    assert resolve({}, file, None).settings.cards_off == ("fraud", "legal")
    assert resolve({"RECOVERY_CARDS_OFF": "threat, child"}, file, None).settings.cards_off == ("threat", "child")
