"""The words that fit: the agent's own first, worn ones last, an apology whole, and a warning where words backfire."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.live.call import LiveCall
from recoverycli.live.coach import Coach
from recoverycli.phrases.model import PersonalPhrase
from recoverycli.session.phrases import phrases
from recoverycli.store.phrase_use import overused_phrases
from recoverycli.store.phrasebook import Phrasebook
from tests.conftest import loaded
from tests.content import LITTLE, OTHER, framework, phrase, started, the_call
from tests.live.test_call import walk
from tests.wording.wordings import in_call

if TYPE_CHECKING:
    from recoverycli.frameworks.model import Framework
    from recoverycli.live.environment import CallEnvironment
    from recoverycli.session.model import ApologyCheck
    from tests.conftest import Clock

LIBRARY = FrameworkLibrary((Source(Path(__file__).parents[2] / "frameworks", "built-in"),))
THREE = framework(
    "three",
    [
        {"id": "first", "intent": "listen", "phrases": [phrase(f"Words {number}.") for number in (1, 2, 3)]},
        {"id": "second", "intent": "solve"},
    ],
)


class Desk:
    """Calls of one agent, with a file of phrases of their own and the built-in wording."""

    def __init__(self, world: CallEnvironment, clock: Clock, folder: Path) -> None:
        self.book = Phrasebook(folder / "config" / "phrases.yaml")
        self.home = world.home
        self._world, self._clock, self._folder = world, clock, folder

    def __call__(self, content: Framework = LITTLE, **facts: str) -> LiveCall:
        known = {one.id: one for one in (LITTLE, OTHER, THREE)}
        coach = Coach(self.book.read().phrases, overused_phrases(self.home), in_call)
        world = self._world._replace(
            asks=True,
            coach=coach,
            phrasebook=lambda: self.book,
            load=lambda wanted: loaded(known[wanted], self._folder),
        )
        call = LiveCall.start(world, lambda: started(content, self._clock(), **facts))
        call.warm()
        return call


@pytest.fixture
def desk(world: CallEnvironment, clock: Clock, tmp_path: Path) -> Desk:
    return Desk(world, clock, tmp_path)


def says(call: LiveCall) -> list[str]:
    return [one.say for one in phrases(call.session)]


def test_personal_phrases_come_first_and_are_recorded_as_such(desk: Desk) -> None:
    desk.book.add(PersonalPhrase(say="Tell me, I have time.", intent="listen"))
    call = desk()
    assert says(call)[0] == "Tell me, I have time."
    walk(call, "1", "/end resolved")
    said = the_call(desk.home).steps[0].said[0]
    assert said.phrase is not None
    assert said.phrase.source == "personal"


def test_a_personal_phrase_for_another_channel_does_not_come_first(desk: Desk) -> None:
    desk.book.add(PersonalPhrase(say="I am writing to you.", intent="listen", channels=("email",)))
    assert says(desk(channel="phone"))[0] != "I am writing to you."
    assert says(desk(channel="email"))[0] == "I am writing to you."


def test_saved_words_do_not_contain_the_customers_name(desk: Desk) -> None:
    call = desk(customer="Ana")
    walk(call, "/said Ana, I will {really} look.", "/keep")
    (kept,) = desk.book.read().phrases
    assert (kept.say, kept.intent) == ("{customer}, I will {{really}} look.", "listen")
    assert says(call)[0] != kept.say, "the order stands still while the step is on the screen"
    walk(call, "", "b")
    assert says(call)[0] == kept.say


def test_saving_a_phrase_can_be_undone(desk: Desk) -> None:
    call = desk()
    walk(call, "/said I hear you.", "/keep", "u", "", "b")
    assert desk.book.read().phrases == ()
    assert "I hear you." not in says(call)


@pytest.mark.parametrize(("answer", "number"), [("y", 1), ("", 0), ("no", 0)])
def test_words_with_a_warning_are_saved_only_if_the_agent_confirms(desk: Desk, answer: str, number: int) -> None:
    call = desk()
    asked = walk(call, "/said Calm down, please.", "/keep")
    assert asked.question is not None
    assert asked.question.text.endswith("Keep it all the same?")
    call.hear(answer)
    assert len(desk.book.read().phrases) == number


def test_nothing_can_be_saved_before_something_was_said(desk: Desk) -> None:
    refused = walk(desk(), "1", "/keep")
    assert (refused.kind, refused.draft) == ("refused", "/keep")


def test_an_invalid_file_of_phrases_is_not_changed_and_the_agent_is_informed(desk: Desk) -> None:
    call = desk()
    desk.book.path.parent.mkdir(parents=True, exist_ok=True)
    desk.book.path.write_text("schema: 1\nphrases: [{say: 5}]\n", encoding="utf-8")
    refused = walk(call, "/said I hear you.", "/keep")
    assert refused.kind == "refused"
    assert desk.book.path.read_text(encoding="utf-8") == "schema: 1\nphrases: [{say: 5}]\n"


def test_a_phrase_that_was_said_moves_down_at_the_next_visit_and_not_before(desk: Desk) -> None:
    call = desk(THREE)
    walk(call, "1")
    assert says(call) == ["Words 1.", "Words 2.", "Words 3."]
    walk(call, "", "b")
    assert says(call) == ["Words 2.", "Words 3.", "Words 1."]


def test_a_new_mood_changes_the_phrases_at_once(desk: Desk) -> None:
    call = desk(THREE)
    walk(call, "1", "/mood angry")
    assert says(call)[-1] == "Words 1."


def test_phrases_of_several_recent_calls_move_down(desk: Desk) -> None:
    for _ in range(3):
        walk(desk(THREE), "1", "/end resolved")
    assert says(desk(THREE)) == ["Words 2.", "Words 3.", "Words 1."]


def test_a_broken_transcript_is_ignored_by_the_order_of_phrases(desk: Desk) -> None:
    left = walk(desk(THREE), "1", "/end resolved").left
    assert left is not None
    left.path.write_text("{", encoding="utf-8")
    (left.path.parent / "20261123T090000-three-zzzz.json").write_text(json.dumps({"steps": 5}), encoding="utf-8")
    assert says(desk(THREE))[0] == "Words 1."


def test_parts_of_an_apology_are_marked_and_missing_ones_can_be_said_by_number(desk: Desk) -> None:
    call = desk()
    walk(call, "", "/ours yes")
    assert list(parts_of(call))[:2] == ["responsibility", "repair"]
    assert "forgiveness" not in parts_of(call)
    assert not any(part.said for part in parts_of(call).values())
    number = parts_of(call)["responsibility"].number
    assert call.hear(str(number)).text.startswith("said: ")
    assert parts_of(call)["responsibility"].said
    assert not parts_of(call)["repair"].said


@pytest.mark.parametrize("ours", [None, "/ours no"])
def test_only_the_parts_that_apply_are_asked_for(desk: Desk, ours: str | None) -> None:
    call = desk()
    walk(call, "", *([ours] if ours else []))
    assert list(parts_of(call)) == (["repair", "regret"] if ours is None else ["regret"])


def test_a_part_that_needs_a_fact_is_offered_once_the_fact_is_known(desk: Desk) -> None:
    call = desk()
    walk(call, "")
    assert parts_of(call)["repair"].number is None
    walk(call, "/offer refund 20", "/accept")
    number = parts_of(call)["repair"].number
    assert 'said: "I can offer you this: refund 20' in call.hear(str(number)).text


def parts_of(call: LiveCall) -> dict[str, ApologyCheck]:
    assert call.session.arrangement is not None
    return {part.id: part for part in call.session.arrangement.parts}


def test_sorry_if_is_no_regret(desk: Desk) -> None:
    call = desk()
    walk(call, "", "/said I'm sorry if you feel that way.")
    assert not any(part.said for part in call.session.arrangement.parts)  # type: ignore[union-attr]


def test_a_warning_quotes_few_words_so_that_the_better_sentence_is_on_the_line(desk: Desk) -> None:
    told = desk().warn("/said I understand your frustration, however our system shows it as delivered.")
    quoted, better = told.split(" backfires", 1)
    assert quoted.endswith('…"')
    assert len(quoted) <= 34
    assert '· better: "' in better


def test_words_that_backfire_cause_a_warning_before_enter_and_a_better_sentence_after(desk: Desk) -> None:
    call = desk()
    assert call.warn("/said calm") == ""
    assert call.warn("/said calm down").startswith('"calm down" backfires · better: "')
    assert call.warn("calm down") == "", "a note is nothing that was said"
    reply = call.hear("/said Calm down, it's our policy.")
    assert reply.warns
    assert 'backfires (and 1 more) · better: "' in reply.text
    assert reply.text.endswith("· u undoes")
    assert call.session.latest.said[0].text == "Calm down, it's our policy.", "nothing is blocked"


AVOIDS = framework(
    "avoids",
    [
        {
            "id": "first",
            "intent": "listen",
            "avoid": [
                {"say": "Do you understand?", "because": "It tests them.", "instead": "What else would help?"},
                {"say": "I'd love to, but", "because": "It sounds false.", "instead": "I can do this."},
                {"say": "Calm down, sir", "because": "It hurts.", "instead": "Take your time."},
                {"say": "...", "because": "It says nothing.", "instead": "Go on."},
            ],
        },
        {"id": "second", "intent": "solve"},
    ],
)


@pytest.mark.parametrize(
    ("said", "warning"),
    [
        ("Here it is. do you understand", '"do you understand" backfires · better: "What else would help?"'),
        ("Do you understand why I ask?", ""),
        ("Oh, I'd love to but no.", '"I\'d love to but" backfires · better: "I can do this."'),
        ("Calm down, sir!", '"Calm down, sir" backfires · better: "Take your time."'),
        ("It's our policy. Do you understand?", '"It\'s our policy" backfires (and 1 more) · better: '),
        ("We do.", ""),
    ],
)
def test_what_a_step_avoids_is_found_in_that_step(desk: Desk, said: str, warning: str) -> None:
    call = desk(AVOIDS)
    assert call.warn(f"/said {said}").startswith(warning)
    assert bool(call.warn(f"/said {said}")) == bool(warning)
    assert call.hear(f"/said {said}").warns == bool(warning)
    call.hear("")
    assert "What else would help?" not in call.warn("/said Do you understand?")


@pytest.mark.parametrize("framework_id", LIBRARY.ids())
def test_what_a_built_in_framework_avoids_is_found_in_its_steps(desk: Desk, framework_id: str) -> None:
    content = LIBRARY.load(framework_id).content
    call = desk(content)
    for step in content.live_steps:
        call.hear(f"/goto {step.id}")
        assert call.session.here is not None
        assert call.session.here.step.id == step.id
        missed = [one.say for one in step.avoid if f'better: "{one.instead}"' not in call.warn(f"/said {one.say}")]
        assert missed == []


def test_before_the_wording_is_loaded_there_are_no_warnings(world: CallEnvironment, clock: Clock) -> None:
    call = LiveCall.start(world._replace(coach=Coach(load=in_call)), lambda: started(LITTLE, clock()))
    assert call.warn("/said calm down") == ""


def test_a_hand_over_note_says_who_what_and_what_is_open(desk: Desk) -> None:
    call = desk(customer="Ana", ref="C-1", channel="phone", mood="angry")
    walk(call, "Charged twice in March", "/offer refund 20 EUR", "/promise call her by friday 5pm")
    reply = call.hear("/escalate Billing: wants the fee back")
    assert reply.show == "note"
    assert reply.copy is not None
    first, began, *lines = reply.copy.splitlines()
    assert first == "Hand-over to Billing: wants the fee back"
    assert began.startswith(f"Call: {call.session.id}, by phone, since ")
    assert lines[:4] == [
        "Customer: Ana (C-1); angry now",
        "What happened:",
        "- 0:01 Charged twice in March",
        "Offers: refund 20 EUR, no answer yet",
    ]
    assert lines[4].startswith("Promises: call her, by Fri ")
    assert lines[5] == "Still open: Listen; Apologize; Solve; an answer to: refund 20 EUR"
    assert call.session.escalations[0].note == reply.copy


def test_a_card_number_in_a_hand_over_note_is_masked(desk: Desk) -> None:
    reply = desk().hear("/escalate Billing: charged to 4111 1111 1111 1111")
    assert "4111 1111" not in (reply.copy or "")


def test_a_hold_suggests_what_to_say_before_and_after(desk: Desk) -> None:
    call = desk(customer="Ana", channel="phone")
    assert 'say: "May I put you on hold' in call.hear("/hold").text
    assert 'say: "Thank you for waiting, Ana.' in call.hear("/back-on").text


def test_the_note_for_the_profile_is_copied_from_the_wrap_up(desk: Desk) -> None:
    reply = walk(desk(customer="Ana"), "", "", "", "/copy")
    assert (reply.kind, reply.copy is not None and reply.copy.startswith("Ana: ")) == ("copy", True)


def test_a_promise_without_a_date_gets_one_later(desk: Desk) -> None:
    call = desk()
    walk(call, "/promise send the bill", "/promise call back by friday 5pm")
    assert call.hear("/due tomorrow 5pm").text.startswith("promise 1: by Tue 24 Nov 2026, 17:00")
    assert call.session.promises[0].due is not None
    assert call.hear("/due 2 next monday 9am").text.startswith("promise 2: by Mon 30 Nov")
    assert call.hear("/due whenever").kind == "refused"
