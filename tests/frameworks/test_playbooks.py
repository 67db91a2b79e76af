"""The two playbooks with branches: which answers lead through which steps, and that every step and word is reached."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.frameworks.paths import answers_of, condition_names, decide
from recoverycli.frameworks.values import Known
from recoverycli.live.call import LiveCall
from recoverycli.session.phrases import phrases
from tests.content import started
from tests.frameworks.conftest import BUILT_IN

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.frameworks.conditions import When
    from recoverycli.frameworks.model import Framework
    from recoverycli.live.environment import CallEnvironment

LIBRARY = BUILT_IN
PLAYBOOKS = {name: LIBRARY.load(name).content for name in ("double-charge", "parcel-not-there")}


# A company's own: platinum members get what gold ones get, all else stays.
OURS = """\
schema: 1
id: our-parcels
name: Our parcels
extends: parcel-not-there
steps:
  - id: check-account
    capture:
      - {id: tier, ask: "Which membership?", kind: choice, choices: [standard, silver, gold, platinum]}
      - {id: proof, ask: "What did the driver record?", kind: choice, choices: [photo, signature, nothing]}
    paths:
      - {when: {tier: platinum}, to: gold-choices}
      - {when: {tier: gold}, to: gold-choices}
      - {when: {tier: silver}, to: silver-choices}
      - {to: search}
"""


class Branch(NamedTuple):
    """A way through a playbook: what is answered (`name value`), and the steps that it is walked by, in order."""

    playbook: str
    name: str
    answers: tuple[str, ...]
    steps: str


KNOWN = "identity_checked yes"
UNKNOWN = "identity_checked no"
# Asked by the playbook that checks the identity, once the answers do not match.
NO_OTHER_WAY = "check_again no"
TWICE = (KNOWN, "charges two charges")
PENDING = (KNOWN, "charges one pending")
BOTH_THEIRS = (KNOWN, "charges two purchases")
MISSING = ("found no", "address right", KNOWN)
WRONG = ("found no", "address wrong", KNOWN)
# What moves money, a parcel or an address.
MOVES = {
    "double-charge": {"refund-now", "free-hold", "cover-costs"},
    "parcel-not-there": {"refund", "replacement", "wrong-address", "search"},
}

BRANCHES = [
    Branch(
        "double-charge",
        "charged twice, no fees",
        (*TWICE, "fees no"),
        "believe find-charges check-identity check-account own-it refund-now ask-costs close",
    ),
    Branch(
        "double-charge",
        "charged twice, not for the first time, with an overdraft fee",
        (*TWICE, "charged_before yes", "fees yes"),
        "believe find-charges check-identity check-account own-it refund-now ask-costs cover-costs close",
    ),
    Branch(
        "double-charge",
        "a hold that they can wait for",
        (*PENDING, "can_wait yes", "fees no"),
        "believe find-charges check-identity check-account explain-hold ask-costs close",
    ),
    Branch(
        "double-charge",
        "a hold that they cannot wait for, with a bounced payment",
        (*PENDING, "can_wait no", "fees yes"),
        "believe find-charges check-identity check-account explain-hold free-hold ask-costs cover-costs close",
    ),
    Branch(
        "double-charge",
        "a second purchase that they keep",
        (*BOTH_THEIRS, "second_choice keep it"),
        "believe find-charges check-identity check-account show-both close",
    ),
    Branch(
        "double-charge",
        "a second purchase that they cancel",
        (*BOTH_THEIRS, "second_choice cancel it", "fees no"),
        "believe find-charges check-identity check-account show-both refund-now ask-costs close",
    ),
    Branch(
        "double-charge",
        "a second purchase that is not theirs",
        (*BOTH_THEIRS, "second_choice not theirs", "fees yes"),
        "believe find-charges check-identity check-account show-both protect-account ask-costs cover-costs close",
    ),
    Branch(
        "double-charge",
        "nobody can say who is calling",
        (UNKNOWN, NO_OTHER_WAY),
        "believe find-charges check-identity not-identified close",
    ),
    Branch("parcel-not-there", "it turns up at once", ("found yes",), "believe look-around close"),
    Branch(
        "parcel-not-there",
        "a wrong address, fetched back",
        (*WRONG, "next_move collect it"),
        "believe look-around say-sorry check-identity wrong-address close",
    ),
    Branch(
        "parcel-not-there",
        "a wrong address, sent anew",
        (*WRONG, "next_move send new"),
        "believe look-around say-sorry check-identity wrong-address replacement close",
    ),
    Branch(
        "parcel-not-there",
        "gold, refund, with a photo to describe",
        (*MISSING, "proof photo", "tier gold", "gold_wish refund"),
        "believe look-around say-sorry check-identity check-account gold-choices refund close",
    ),
    Branch(
        "parcel-not-there",
        "gold, replacement, to a parcel shop",
        (*MISSING, "tier gold", "gold_wish replacement", "hand_over parcel shop"),
        "believe look-around say-sorry check-identity check-account gold-choices replacement close",
    ),
    Branch(
        "parcel-not-there",
        "silver, replacement",
        (*MISSING, "tier silver", "silver_wish replacement"),
        "believe look-around say-sorry check-identity check-account silver-choices replacement close",
    ),
    Branch(
        "parcel-not-there",
        "silver, refund after the check",
        (*MISSING, "tier silver", "silver_wish refund", "check_result still missing"),
        "believe look-around say-sorry check-identity check-account silver-choices short-check refund close",
    ),
    Branch(
        "parcel-not-there",
        "silver, found by the check",
        (*MISSING, "tier silver", "silver_wish refund", "check_result found"),
        "believe look-around say-sorry check-identity check-account silver-choices short-check close",
    ),
    Branch(
        "parcel-not-there",
        "standard, a search with a refund after it",
        (*MISSING, "proof signature", "tier standard", "afterwards refund"),
        "believe look-around say-sorry check-identity check-account search close",
    ),
    Branch(
        "parcel-not-there",
        "standard, a search with a new one after it",
        (*MISSING, "tier standard", "afterwards replacement"),
        "believe look-around say-sorry check-identity check-account search close",
    ),
    Branch(
        "parcel-not-there",
        "nobody can say who is calling",
        ("found no", "address right", UNKNOWN, NO_OTHER_WAY),
        "believe look-around say-sorry check-identity not-identified close",
    ),
    Branch(
        "parcel-not-there",
        "a wrong address, and nobody can say who is calling",
        ("found no", "address wrong", UNKNOWN, NO_OTHER_WAY),
        "believe look-around say-sorry check-identity not-identified close",
    ),
]
CASES = [pytest.param(branch, id=f"{branch.playbook}-{branch.name.replace(' ', '-')}") for branch in BRANCHES]


def pairs_of(when: When) -> set[tuple[str, str]]:
    """The names and values of a condition that asks for one value each."""
    assert isinstance(when, dict)
    return {(name, wanted) for name, wanted in when.items() if isinstance(wanted, str)}


def begun(world: CallEnvironment, playbook: str, **more: Any) -> LiveCall:
    return LiveCall.start(world, lambda: started(PLAYBOOKS[playbook], world.clock(), **more))


def walked(call: LiveCall) -> list[str]:
    """Press Enter as far as that leads and return the steps of the playbook that were on the screen."""
    steps: list[str] = []
    before = None
    while (here := call.session.here) is not None and here.key != before:
        assert len(steps) <= len(call.session.frameworks[0].framework.steps), "it walks in a circle"
        note(steps, call)
        before = here.key
        if here.step.id == "another-way":
            call.hear(f"/set {NO_OTHER_WAY}")
        call.hear("")
    return steps


def note(steps: list[str], call: LiveCall) -> None:
    """Add the step on the screen, unless a playbook that it calls is on the screen, or it returned from there."""
    here = call.session.here
    assert here is not None
    if here.framework == call.session.frameworks[0].framework.id and here.step.id not in steps[-1:]:
        steps.append(here.step.id)


@pytest.mark.parametrize("branch", CASES)
def test_the_answers_lead_through_the_steps_of_their_branch(branch: Branch, world: CallEnvironment) -> None:
    call = begun(world, branch.playbook)
    for answer in branch.answers:
        assert answer == NO_OTHER_WAY or call.hear(f"/set {answer}").kind == "recorded"
    assert walked(call) == branch.steps.split()
    assert call.session.complete


@pytest.mark.parametrize("branch", CASES)
def test_the_way_is_found_by_one_key_at_each_step_that_asks(branch: Branch, world: CallEnvironment) -> None:
    known = dict(answer.split(" ", 1) for answer in branch.answers)
    call = begun(world._replace(asks=True), branch.playbook)
    steps: list[str] = []
    while call.session.here is not None:
        note(steps, call)
        reply = call.hear("")
        while (question := reply.question) is not None:
            reply = call.hear(str(question.options.index(known[question.name]) + 1))
    assert steps == branch.steps.split()


@pytest.mark.parametrize("answer", [UNKNOWN, None])
@pytest.mark.parametrize("branch", CASES)
def test_nothing_moves_before_it_is_known_who_is_asking(
    branch: Branch, answer: str | None, world: CallEnvironment
) -> None:
    call = begun(world, branch.playbook)
    for told in (*branch.answers, *filter(None, [answer])):
        if answer or told not in {KNOWN, UNKNOWN}:
            call.hear(f"/set {told}")
    assert not MOVES[branch.playbook] & set(walked(call))


@pytest.mark.parametrize("playbook", PLAYBOOKS)
def test_who_is_asking_is_checked_on_every_way_to_what_moves_something(playbook: str) -> None:
    before = {step for row in BRANCHES if row.playbook == playbook for step in MOVES[playbook] & set(row.steps.split())}
    assert before == MOVES[playbook]
    for row in BRANCHES:
        if row.playbook == playbook:
            steps = row.steps.split()
            moving = [steps.index(step) for step in MOVES[playbook] & set(steps)]
            assert all(steps.index("check-identity") < place for place in moving), row.name


def test_a_membership_that_is_known_beforehand_is_not_asked_for(world: CallEnvironment) -> None:
    told = {"tier": "gold", "found": "no", "address": "right", "gold_wish": "refund", "identity_checked": "yes"}
    assert "gold-choices" in walked(begun(world, "parcel-not-there", values=told))


def test_a_company_adds_a_membership_of_its_own_in_a_few_lines(world: CallEnvironment, tmp_path: Path) -> None:
    (tmp_path / "our-parcels.yaml").write_text(OURS, encoding="utf-8")
    ours = FrameworkLibrary((Source(tmp_path, "project"), *LIBRARY.sources)).load("our-parcels").content
    told = {"found": "no", "address": "right", "identity_checked": "yes", "tier": "platinum", "gold_wish": "refund"}
    call = LiveCall.start(world, lambda: started(ours, world.clock(), values=told))
    assert walked(call) == [
        "believe",
        "look-around",
        "say-sorry",
        "check-identity",
        "check-account",
        "gold-choices",
        "refund",
        "close",
    ]


def test_the_refund_after_a_cancelled_purchase_says_so_and_the_one_after_an_error_does_not(
    world: CallEnvironment,
) -> None:
    at_the_refund = {}
    for answers in ((*TWICE,), (*BOTH_THEIRS, "second_choice cancel it")):
        call = begun(world, "double-charge")
        for answer in answers:
            call.hear(f"/set {answer}")
        call.hear("/goto refund-now")
        at_the_refund[answers[1]] = [phrase.say for phrase in phrases(call.session)]
    assert any("cancelled" in say for say in at_the_refund["charges two purchases"])
    assert not any("cancelled" in say for say in at_the_refund["charges two charges"])


@pytest.mark.parametrize("playbook", PLAYBOOKS)
def test_the_table_walks_every_step_and_says_every_word_that_hangs_on_an_answer(playbook: str) -> None:
    framework = PLAYBOOKS[playbook]
    rows = [branch for branch in BRANCHES if branch.playbook == playbook]
    assert {step for row in rows for step in row.steps.split()} == {step.id for step in framework.live_steps}
    said = {(name, value) for row in rows for name, value in (answer.split(" ", 1) for answer in row.answers)}
    hanging = {pair for step in framework.steps for phrase in step.phrases for pair in phrase.when.items()}
    asked = {pair for step in framework.steps for path in step.paths for pair in pairs_of(path.when)}
    assert hanging <= said
    assert asked <= said


@pytest.mark.parametrize("framework", PLAYBOOKS.values(), ids=lambda framework: framework.id)
def test_a_playbook_has_at_least_eight_steps_and_three_branches_and_one_good_ending(framework: Framework) -> None:
    rows = [branch for branch in BRANCHES if branch.playbook == framework.id]
    assert len(framework.live_steps) >= 8
    assert len({row.steps for row in rows}) >= 3
    assert {row.steps.split()[-1] for row in rows} == {"close"}
    assert framework.later_steps


@pytest.mark.parametrize("framework", PLAYBOOKS.values(), ids=lambda framework: framework.id)
def test_every_path_hangs_on_a_question_of_its_step_that_one_key_can_answer(framework: Framework) -> None:
    for step in framework.steps:
        own = {capture.id: answers_of(capture) for capture in step.capture}
        for path in step.paths:
            for name, wanted in pairs_of(path.when):
                assert wanted in own[name], f"{step.id}: {name}"
        assert not condition_names(step) or decide(step, Known({}, date(2026, 11, 29))).open
