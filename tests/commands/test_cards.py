"""Cards with the built-in content: in a pipe, by the settings, in practice, and in what is read afterwards."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commands.recovery import Recovery

BUILT_IN = (
    "health", "self-harm", "bereavement", "fraud", "threat", "discrimination", "privacy", "legal", "vulnerable",
    "child", "abusive-caller", "fair-refusal", "mistaken-customer",
)  # fmt: skip
TINGLING = "her mouth is tingling after the nuts"


def test_every_built_in_card_is_listed_and_opens_on_its_first_step(recovery: Recovery) -> None:
    listed = recovery("start", "learn", stdin="/card\n/abandon\n").stdout
    for card in BUILT_IN:
        assert f"\n/card {card}: " in listed
        shown = recovery("start", "heart", stdin=f"/card {card}\n/abandon\n").stdout
        name = json.loads(recovery("frameworks", "show", card, "--json").stdout)["name"]
        assert f"\n{name}, step 1 of " in shown
        assert "\n/switch returns to HEART: Hear.\n" in shown


def test_a_note_suggests_a_card_in_one_line_below_what_was_recorded(recovery: Recovery) -> None:
    printed = recovery("start", "learn", stdin=f"{TINGLING}\n{TINGLING}\n/abandon\n").stdout
    assert printed.count("/card health") == 1
    assert f"noted: {TINGLING}; u undoes\nThis may be an emergency: /card health\n" in printed


def test_the_issue_of_the_command_suggests_a_card(recovery: Recovery) -> None:
    printed = recovery("start", "learn", "--issue", "I can smell gas", stdin="/abandon\n").stdout
    assert "/card health" in printed


def test_practice_suggests_a_card_and_lets_it_be_read(recovery: Recovery) -> None:
    printed = recovery("practice", "late-parcel", stdin=f"/note {TINGLING}\n/card health\n/card helth\n/pause\n").stdout
    assert "This may be an emergency: /card health\n" in printed
    assert "\nHealth and safety: " in printed
    assert "there is no card helth; try /card health" in printed


def test_the_settings_say_whom_a_card_brings_in(recovery: Recovery) -> None:
    unset = recovery("start", "learn", stdin="/card health\n/abandon\n").stdout
    assert "No emergency number is set" in unset
    assert "No contact is set for incidents: ask your lead. Set one: recovery config set contacts.incidents" in unset
    for name, value in (("emergency", "000"), ("GB.emergency", "000-GB"), ("incidents", "Dana Price")):
        assert recovery("config", "set", f"contacts.{name}", value).returncode == 0
    told = recovery("start", "learn", stdin="/card health\n/abandon\n").stdout
    assert "\nEmergency number: 000\nIncidents: Dana Price\n" in told
    recovery("config", "set", "country", "GB-ENG")
    there = recovery("start", "learn", stdin="/card health\n/abandon\n").stdout
    assert "\nEmergency number: 000-GB\n" in there


def test_every_contact_is_a_setting_of_its_own_with_its_source(recovery: Recovery) -> None:
    recovery("config", "set", "contacts.gb.emergency", "000-GB")
    recovery("config", "set", "contacts.lead", "Kim Vale")
    found = {row["name"]: row for row in map(json.loads, recovery("config", "show", "--json").stdout.splitlines())}
    file = str(recovery.home / "config" / "settings.toml")
    assert (found["contacts.GB.emergency"]["value"], found["contacts.GB.emergency"]["source"]) == ("000-GB", file)
    assert found["contacts.lead"]["value"] == "Kim Vale"
    recovery("config", "unset", "contacts.lead")
    assert "Kim Vale" not in recovery("config", "show").stdout


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('contacts.incidnts = "x"', "there is no contact incidnts; did you mean incidents?"),
        ("contacts.incidents = 5", "contacts.incidents must be text, found 5"),
        ('contacts = "x"', "contacts must be a table"),
        ("cards.off = 5", "cards.off must be a list of words"),
    ],
)
def test_a_fault_of_the_settings_is_one_warning_and_the_rest_applies(recovery: Recovery, text: str, says: str) -> None:
    file = recovery.home / "config" / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text(f'{text}\nagent = "Ana"\n', encoding="utf-8")
    done = recovery("config", "show")
    assert says in done.stderr
    assert "agent: Ana" in done.stdout


def test_a_built_in_card_can_be_switched_off_and_on_again(recovery: Recovery) -> None:
    done = recovery("config", "set", "cards.off", "fraud, legal")
    assert done.stdout.startswith("cards.off is now fraud, legal, in ")
    printed = recovery("start", "learn", stdin="/card\nsomebody else used my account\n/card fraud\n/abandon\n").stdout
    assert "/card fraud: " not in printed
    assert "noted: somebody else used my account; u undoes\nthe card fraud is switched off" in printed
    assert f"({recovery.home / 'config' / 'settings.toml'})" in printed
    recovery("config", "unset", "cards.off")
    assert "/card fraud: " in recovery("start", "learn", stdin="/card\n/abandon\n").stdout


def test_a_company_adds_a_card_with_words_of_its_own(recovery: Recovery) -> None:
    config = recovery.home / "config"
    for folder in ("frameworks", "wording"):
        (config / folder).mkdir(parents=True)
    (config / "frameworks" / "recall.yaml").write_text(
        "schema: 1\nid: recall\nname: Recall\nextends: health\ncard: {suggestion: This may be a recall}\n",
        encoding="utf-8",
    )
    (config / "wording" / "ours.yaml").write_text(
        "schema: 1\nid: ours\nname: Ours\ntriggers:\n"
        "  - {id: recall, card: recall, say: [blue kettle]}\n"
        "  - {id: other, card: recal, say: [red kettle]}\n",
        encoding="utf-8",
    )
    done = recovery("start", "learn", stdin="it is a blue kettle\na red kettle\n/card recall\n/abandon\n")
    assert "noted: it is a blue kettle; u undoes\nThis may be a recall: /card recall\n" in done.stdout
    assert "\nRecall, step 1 of " in done.stdout
    assert "did you mean `recall`?" in done.stderr


def test_a_card_that_does_not_exist_cannot_be_switched_off(recovery: Recovery) -> None:
    done = recovery("config", "set", "cards.off", "frud")
    assert done.returncode == 2
    assert "there is no card frud; did you mean fraud?" in done.stderr


def test_a_stored_call_tells_of_its_card_everywhere(recovery: Recovery) -> None:
    lines = ("", TINGLING, "/card health", "they are outside", "", "/switch", "", "", "", "", "/end resolved")
    recovery("start", "learn", stdin="\n".join((*lines, "")))
    shown = recovery("log", "show", "last").stdout
    assert "Card suggested: health" in shown
    assert "Card opened: health" in shown
    assert "Noted: they are outside" in shown
    (card,) = json.loads(recovery("log", "show", "last", "--json").stdout)["cards"]
    assert card["id"] == "health"
    for argv in (("log", "replay", "last"), ("log", "stats"), ("log", "score", "last")):
        done = recovery(*argv)
        assert (done.returncode, done.stderr) == (0, "")
    (row,) = [json.loads(line) for line in recovery("log", "list", "--json").stdout.splitlines()]
    assert (row["steps_done"], row["steps_total"]) == (5, 5)
    assert "Steps of the framework, weight 20, 20% of it counts: 100%" in recovery("log", "score", "last").stdout


def test_tab_of_the_shell_offers_the_contacts(recovery: Recovery) -> None:
    from recoverycli.commands.common.completion_values import settings

    assert "contacts.incidents" in settings("contacts.")
    assert "contacts" not in settings("contacts")
