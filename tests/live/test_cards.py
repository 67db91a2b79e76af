"""A card stops the script: it is suggested once, opened by its name, and left for the step that it interrupted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.live.call import LiveCall
from recoverycli.live.cards import CallCards
from recoverycli.live.coach import Coach
from recoverycli.review.scoring.case import counted_steps
from recoverycli.review.story import call_page
from recoverycli.session.contacts import contact_lines, way_back
from recoverycli.session.phrases import phrases, spoken_text
from recoverycli.session.transcript.account import account
from recoverycli.session.transcript.facts import framework_steps
from recoverycli.wording.matcher import Matcher
from recoverycli.wording.model import CardTrigger, Wording
from tests.content import LITTLE, started
from tests.wording.wordings import in_call

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from recoverycli.live.environment import CallEnvironment
    from recoverycli.settings.contacts import Contact
    from tests.conftest import Clock

    Desk = Callable[..., LiveCall]

HEALTH = """\
schema: 1
id: health
name: Health and safety
expands_to: Safe, Help
summary: Somebody is hurt.
suits: {when: Somebody is hurt or in danger.}
stands_alone: true
card:
  suggestion: This may be an emergency
  contacts: [emergency, incidents]
steps:
  - id: safe
    name: Safe
    intent: listen
    goal: They are safe.
    checklist: [{id: asked, text: Asked, required: true}]
    phrases:
      - say: "Are you safe? The number is {emergency_number}. I'll tell {contact}."
  - id: help
    name: Help
    intent: solve
    goal: Help comes.
    phrases: [say: "Help is on its way."]
"""
SUGGESTION = "  suggestion: This may be an emergency\n"
CARD = f"card:\n{SUGGESTION}  contacts: [emergency, incidents]\n"
NAME = "id: health\nname: Health and safety"
FRAUD = HEALTH.replace(NAME, "id: fraud\nname: Fraud").replace(SUGGESTION, "")
PLAIN = HEALTH.replace(NAME, "id: plain\nname: Plain").replace(CARD, "")
TRIGGERS = Wording(
    triggers=(
        CardTrigger(id="tingling", card="health", say=("tingling",)),
        CardTrigger(id="stolen", card="fraud", say=("used my account",)),
        CardTrigger(id="nowhere", card="nowhere", say=("volcano",)),
    )
)
CONTACTS: dict[Contact, str] = {"emergency": "000-TEST", "incidents": "Dana Price"}


@pytest.fixture
def desk(world: CallEnvironment, clock: Clock, tmp_path: Path) -> Desk:
    """Calls in a small framework, at a desk with a folder of cards and words that suggest them."""
    folder = tmp_path / "frameworks"
    folder.mkdir()
    texts = {"health": HEALTH, "fraud": FRAUD, "plain": PLAIN, "broken": "card: {\n"}
    texts["our-health"] = (
        "schema: 1\nid: our-health\nname: Our health card\nextends: health\nsteps: [{id: safe, name: Ours}]\n"
    )
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    library = FrameworkLibrary((Source(folder, "project"),))

    def begin(
        *,
        off: tuple[str, ...] = (),
        resume: Path | None = None,
        contacts: Mapping[Contact, str] = CONTACTS,
        **facts: str,
    ) -> LiveCall:
        coach = Coach(load=lambda: in_call(Matcher(TRIGGERS)))
        cards = CallCards(library, off, "our settings.toml")
        here = world._replace(coach=coach, cards=cards, contacts=contacts)
        if resume is not None:
            call = LiveCall.resume(here, resume)
        else:
            call = LiveCall.start(here, lambda: started(LITTLE, clock(), **facts))
        call.warm()
        return call

    return begin


def test_slash_card_lists_the_cards_with_their_keys(desk: Desk) -> None:
    reply = desk().hear("/card")
    assert reply.show == "cards"
    assert reply.lines[0] == "/card health: Health and safety. Somebody is hurt or in danger."
    assert [line.split(":")[0] for line in reply.lines] == ["/card health", "/card fraud", "/card our-health"]


def test_a_broken_file_of_a_nearer_folder_hides_no_card(tmp_path: Path) -> None:
    near, far = tmp_path / "near", tmp_path / "far"
    for folder, text in ((near, "nothing: {"), (far, HEALTH)):
        folder.mkdir()
        (folder / "health.yaml").write_text(text, encoding="utf-8")
    cards = CallCards(FrameworkLibrary((Source(near, "project"), Source(far, "built-in"))))
    assert [card.id for card in cards.list_cards()] == ["health"]


@pytest.mark.parametrize("typed", ["/card health", "/card HEALTH", "/card hea"])
def test_a_card_opens_by_its_name_and_switch_returns_to_the_step_that_was_left(desk: Desk, typed: str) -> None:
    call = desk()
    call.hear("")
    assert call.session.latest.step.id == "apologize"
    call.hear(typed)
    assert (call.session.framework.id, call.session.latest.step.id) == ("health", "safe")
    assert way_back(call.session) == "/switch returns to LITTLE: Apologize"
    call.hear("he is outside now")
    call.hear("")
    call.hear("/switch")
    assert (call.session.framework.id, call.session.latest.step.id) == ("little", "apologize")


def test_what_is_done_in_a_card_is_not_done_in_the_framework_and_the_other_way_round(desk: Desk) -> None:
    call = desk()
    call.hear("")
    call.hear("/card health")
    assert [record.status for record in call.session.walk] == ["open", "open"]
    for line in ("", "", "/switch"):
        call.hear(line)
    assert [record.status for record in call.session.walk] == ["done", "open", "open"]


def test_a_card_begins_anew_when_it_is_opened_again(desk: Desk) -> None:
    call = desk()
    for line in ("/card health", "", "", "/switch", "/card health"):
        call.hear(line)
    assert call.session.latest.step.id == "safe"
    assert not call.session.at_wrap_up


def test_the_framework_after_a_card_knows_what_was_done_before_it(desk: Desk) -> None:
    call = desk()
    for line in ("", "/card health", "/switch other"):
        call.hear(line)
    assert [(record.step.id, record.status) for record in call.session.walk] == [
        ("hear", "done"),
        ("feel", "open"),
        ("thank", "open"),
    ]


@pytest.mark.parametrize(
    ("line", "text", "suggestion"),
    [
        ("/card helth", "there is no card helth · try /card health", "/card health"),
        ("/card zzz", "there is no card zzz · try /card", "/card"),
        ("/card plain", "plain is a framework, not a card · try /switch plain", "/switch plain"),
    ],
)
def test_an_unknown_card_is_answered_with_the_nearest(desk: Desk, line: str, text: str, suggestion: str) -> None:
    reply = desk().hear(line)
    assert (reply.kind, reply.text, reply.suggestion) == ("refused", text, suggestion)


def test_an_open_card_is_not_opened_twice(desk: Desk) -> None:
    call = desk()
    call.hear("/card health")
    assert call.hear("/card health").text == "the card health is open already · try /switch"


def test_a_card_that_is_switched_off_is_neither_listed_nor_suggested_and_says_where(desk: Desk) -> None:
    call = desk(off=("fraud",))
    assert not any("fraud" in line for line in call.hear("/card").lines)
    assert not call.hear("somebody used my account").card
    assert call.hear("/card fraud").text == "the card fraud is switched off in the settings (our settings.toml)"
    assert call.session.framework.id == "little"


@pytest.mark.parametrize(
    "line",
    [
        "her mouth is tingling",
        "/said is it tingling now?",
        "/cause tingling after nuts",
        "/summary tingling",
        "/issue tingling mouth",
        "/set expectation that the tingling stops",
    ],
)
def test_words_that_were_typed_suggest_a_card_beside_what_was_recorded(desk: Desk, line: str) -> None:
    reply = desk().hear(line)
    assert reply.card == "This may be an emergency: /card health"
    assert "u undoes" in reply.text


def test_a_card_without_a_line_of_its_own_is_suggested_by_its_name(desk: Desk) -> None:
    assert desk().hear("somebody used my account").card == "Fraud: /card fraud"


def test_a_card_is_suggested_once_in_a_call_even_after_undo_and_resume(desk: Desk, world: CallEnvironment) -> None:
    call = desk()
    assert call.hear("tingling").card
    assert not call.hear("tingling again").card
    call.hear("u")
    call.hear("u")
    assert not call.session.latest.notes
    assert not call.hear("tingling").card
    assert call.hear("they used my account").card
    call.hear("/pause")
    (journal,) = (world.home / "live").glob("*.jsonl")
    resumed = desk(resume=journal)
    assert not resumed.hear("tingling, and they used my account").card


def test_a_card_that_was_opened_is_not_suggested(desk: Desk) -> None:
    call = desk()
    call.hear("/card health")
    assert not call.hear("her mouth is tingling").card
    call.hear("/switch")
    assert not call.hear("her mouth is tingling").card


def test_ordinary_words_a_phrase_and_a_card_that_does_not_exist_suggest_nothing(desk: Desk) -> None:
    call = desk()
    assert [call.hear(line).card for line in ("two weeks late", "1", "a volcano", "/mood angry", "")] == [""] * 5


def test_the_issue_with_which_a_call_begins_suggests_a_card(desk: Desk) -> None:
    call = desk(issue="tingling mouth")
    assert call.suggest_card() == "This may be an emergency: /card health"
    assert call.suggest_card() == ""


def test_a_card_opens_after_resume_without_its_file(desk: Desk, world: CallEnvironment, tmp_path: Path) -> None:
    call = desk()
    call.hear("/card health")
    call.hear("/pause")
    (journal,) = (world.home / "live").glob("*.jsonl")
    (tmp_path / "frameworks" / "health.yaml").unlink()
    resumed = desk(resume=journal)
    assert [line.text for line in contact_lines(resumed.session)] == [
        "Emergency number: 000-TEST",
        "Incidents: Dana Price",
    ]
    resumed.hear("/switch")
    assert resumed.session.framework.id == "little"


def test_contacts_of_the_settings_fill_the_phrases_of_a_card(desk: Desk) -> None:
    call = desk()
    call.hear("/card health")
    (first, *_) = phrases(call.session)
    assert spoken_text(call.session, first) == "Are you safe? The number is 000-TEST. I'll tell Dana Price."
    call.hear("/set contact Sam Ito")
    assert spoken_text(call.session, first).endswith("I'll tell Sam Ito.")


def test_a_contact_that_is_not_set_leads_to_the_lead_and_to_the_setting(desk: Desk) -> None:
    call = desk(contacts={})
    call.hear("/card health")
    emergency, incidents = contact_lines(call.session)
    assert emergency.text == "No emergency number is set: use the one where the customer is."
    assert incidents.text == "No contact is set for incidents: ask your lead."
    assert incidents.hint == "Set one: recovery config set contacts.incidents …"
    call = desk(contacts={"lead": "Kim Vale"})
    call.hear("/card health")
    assert contact_lines(call.session)[1].text == "No contact is set for incidents: ask your lead, Kim Vale."


def test_the_transcript_tells_which_card_was_suggested_and_opened_and_from_which_step(desk: Desk) -> None:
    call = desk()
    for line in ("", "tingling", "/card health", "he is safe", "/switch", "they used my account", "", ""):
        call.hear(line)
    stored = account(call.session, call.session.clock.last_at)
    health, fraud = stored.cards
    assert (health.id, fraud.id, fraud.opened_at) == ("health", "fraud", None)
    assert health.suggested_at is not None
    assert health.opened_at is not None
    assert health.suggested_at < health.opened_at
    assert [(one.before, one.after, one.step) for one in stored.switches] == [
        ("little", "health", "apologize"),
        ("health", "little", "safe"),
    ]
    assert [(step.id, [note.text for note in step.notes]) for step in stored.steps if step.framework == "health"] == [
        ("safe", ["he is safe"])
    ]
    rows = [(row.label, row.text) for part in call_page(stored) for row in part.rows]
    assert ("Card suggested", "health") in rows
    assert ("Card opened", "health") in rows
    assert ("Card left", "back to little") in rows
    assert ("Noted", "he is safe") in rows


def test_the_steps_of_a_card_do_not_count_in_the_score(desk: Desk) -> None:
    call = desk()
    for line in ("/card health", "", "/switch", "", "", "", "/end resolved"):
        call.hear(line)
    stored = account(call.session, call.session.clock.last_at)
    assert {step.framework for step in framework_steps(stored)} == {"little"}
    assert {step.id: step.status for step in counted_steps(stored)} == {
        "listen": "done",
        "apologize": "done",
        "solve": "done",
    }


def test_a_call_that_ends_in_a_card_is_not_blamed_for_the_steps_that_it_stopped(desk: Desk) -> None:
    call = desk()
    for line in ("", "/card health", "", "/end escalated"):
        call.hear(line)
    stored = account(call.session, call.session.clock.last_at)
    assert [step.id for step in counted_steps(stored)] == ["listen"]
