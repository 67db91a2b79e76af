"""What a pattern may demand of its words with `when`, and what it forgives with `loosely`."""

from __future__ import annotations

import cProfile
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.wording.cards import CardTriggers
from recoverycli.wording.matcher import Matcher
from recoverycli.wording.model import ApologyPart, CardTrigger, Wording
from recoverycli.wording.search.canonical import Spelling, canonical, canonical_places
from recoverycli.wording.search.phrases import Malformed, words_of
from recoverycli.wording.search.places import places
from tests.cases import for_each
from tests.wording.wordings import found, pattern, read

if TYPE_CHECKING:
    from pathlib import Path

SPELLING = Spelling(["refund", "inconvenience", "charged", "policy", "mistake", "lost"])


@for_each(
    "when, said, others",
    [
        ({"negated": False}, "We lost it.", ["We never lost it.", "Nobody says we lost it."]),
        ({"negated": True}, "Nobody says we lost it.", ["We lost it."]),
        ({"hypothetical": False}, "We lost it.", ["Sorry if we lost it."]),
        ({"hypothetical": True}, "Sorry if we lost it.", ["We lost it."]),
        ({"reported": False}, "We lost it.", ["You told me we lost it.", 'It says "we lost it" here.']),
        ({"reported": True}, "The letter says we lost it.", ["We lost it."]),
        ({"question": False}, "We lost it.", ["Are you sure we lost it?"]),
        ({"question": True}, "You say we lost it?", ["We lost it."]),
        ({"negated": False, "reported": False}, "We lost it.", ["We never lost it.", "He says we lost it."]),
        ({"tense": ["past"]}, "We lost it.", ["I know we will find what we lost."]),
        ({"person": ["we", "I"]}, "We lost it.", ["They say we lost it."]),
    ],
)
def test_a_pattern_matches_only_words_used_as_it_demands(when: dict[str, Any], said: str, others: list[str]) -> None:
    demanding = pattern("we ... lost", "we lost", when=when)
    assert found(said, demanding)
    assert [other for other in others if found(other, demanding)] == []
    assert [other for other in others if not found(other, pattern("we ... lost"))] == []


def test_a_cue_that_is_part_of_the_phrase_does_not_negate_it() -> None:
    refusal = pattern("we cannot refund", when={"negated": False})
    assert found("We can't refund it.", refusal) == ["We can't refund"]
    assert found("Nobody said we can't refund it.", refusal) == []


def test_a_cue_of_another_phrase_negates_as_usual() -> None:
    loss = pattern("we ... it was lost", "we never lost", when={"negated": False})
    assert found("We say it was lost.", loss) == ["We say it was lost"]
    assert found("We never said it was lost.", loss) == []
    assert found("We never lost it.", loss) == ["We never lost"]


def test_the_long_lists_of_a_trigger_may_have_the_cue() -> None:
    trigger = msgspec.convert(
        {"id": "t", "card": "health", "say": ["cannot/can't breathe/see/hear/move/walk/talk/swallow/stand"],
         "when": {"negated": False, "reported": False}},
        CardTrigger,
    )  # fmt: skip
    triggers = CardTriggers(Wording(triggers=(trigger,)))
    assert triggers.suggest("He can't breathe") is not None
    assert triggers.suggest("The leaflet and you said he can't breathe") is None


def test_a_part_of_an_apology_is_credited_only_as_it_demands() -> None:
    part = msgspec.convert(
        {"id": "responsibility", "name": "R", "weight": 1, "meaning": "Yours.", "signs": ["our mistake"],
         "when": {"negated": False, "hypothetical": False, "reported": False}, "loosely": True},
        ApologyPart,
    )  # fmt: skip
    matcher = Matcher(Wording(parts=(part,)))
    assert matcher.parts("This really was our mistkae.") == ("responsibility",)
    for said in ("It isn't our mistake.", "I would never say that this was our mistake.", "You said it's our mistake."):
        assert matcher.parts(said) == ()


def test_a_group_of_signs_has_demands_of_its_own() -> None:
    part = msgspec.convert(
        {"id": "responsibility", "name": "R", "weight": 1, "meaning": "Yours.", "signs": ["our mistake"],
         "when": {"negated": False},
         "groups": [{"signs": ["we did not call"], "when": {"question": False}},
                    {"signs": ["we failed"], "unless": ["never"], "loosely": True}]},
        ApologyPart,
    )  # fmt: skip
    matcher = Matcher(Wording(parts=(part,)))
    said = "We did not call. We really faield you. It is not our mistake. We never said we failed. Did we not call?"
    assert [said[found.start : found.end] for found in matcher.part_findings(said)] == [
        "We did not call",
        "We really faield",
    ]


@for_each(
    "said",
    [
        "We cannot refund",
        "we can't refund",
        "We cant refund",
        "WE CAN\u2019T REFUND",
        "We really can't refund",
        "We just can't simply refund",
        "We couldn't refund",
        "We won't be able to refund",
        "We will not be able to refund",
        "We aren't able to refund",
        "We're really not able to refund",
        "We are unable to refund",
        "We can't reufnd",
        "We can't rfund",
        "We can't refuund",
        "We can't refubd",
    ],
)
def test_a_loose_pattern_forgives_slips_intensifiers_and_ways_to_say_cannot(said: str) -> None:
    for when in ({}, {"negated": False}):
        assert found(f"Well: {said} it.", pattern("we can't refund", loosely=True, when=when)) == [said]
        assert found(f"Well: {said} it.", pattern("we are unable to refund", loosely=True, when=when)) == [said]


@pytest.mark.parametrize(
    "said", ["We can refund", "We can't refunds", "We can't defund", "We could. Not refund", "We cannot. Refund"]
)
def test_a_loose_pattern_leaves_other_words_alone(said: str) -> None:
    assert found(said, pattern("we can't refund", loosely=True)) == []


def test_what_makes_a_loose_pattern_harmless_is_loose_too() -> None:
    loose = pattern("we can't refund", unless=("another branch",), loosely=True)
    assert found("We can't refund it, but anohter branch can.", pattern("another", loosely=True)) == ["anohter"]
    assert found("We can't refund it, but another good branch can.", loose) != []
    assert found("We can't refund it, but another very branch can.", loose) == []
    unsure = pattern("we can't refund", unless=("we are unable to say",), loosely=True)
    assert found("We can't refund it and we really couldn't say why.", unsure) == []


def test_a_pattern_that_is_not_loose_takes_words_as_they_are() -> None:
    assert found("We really can't refund, we couldn't refund, we can't rfund", pattern("we can't refund")) == []


@for_each(
    "typed, correct",
    [
        ("inconvenence", "inconvenience"), ("inconvinience", "inconvenience"), ("mistkae", "mistake"),
        ("changed", "changed"), ("police", "police"), ("lots", "lots"), ("refunds", "refunds"), ("lsot", "lsot"),
        ("charged", "charged"), ("x" * 5000, "x" * 5000),
    ],
)  # fmt: skip
def test_slips_of_one_letter_are_corrected_and_other_words_are_not(typed: str, correct: str) -> None:
    assert SPELLING.correct(typed) == correct


def test_a_slip_of_two_known_words_is_left_alone() -> None:
    assert Spelling(["retails", "retains", "details"]).correct("retaixs") == "retaixs"
    assert Spelling(["batter", "better"]).correct("botter") == "botter"


@given(
    st.sampled_from(["refund", "mistake", "inconvenience"]),
    st.integers(1, 20),
    st.sampled_from(["swap", "drop", "double"]),
)
def test_every_inner_letter_may_be_swapped_dropped_or_doubled(word: str, place: int, slip: str) -> None:
    at = 1 + place % (len(word) - 3)
    typed = {
        "swap": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        "drop": word[:at] + word[at + 1 :],
        "double": word[:at] + word[at] + word[at:],
    }[slip]
    assert SPELLING.correct(typed) == word


WORDS = st.lists(st.sampled_from(["really", "not", "able", "unable", "to", "could", "is", "will", "be", "refnud", "."]))


@given(WORDS.map(" ".join))
def test_canonical_words_have_their_places_in_the_text(text: str) -> None:
    words = words_of(text)
    rewritten = canonical(words, SPELLING)
    spans = list(zip(rewritten.firsts, rewritten.afters, strict=True))
    assert len(spans) == len(rewritten.text.words) == len(rewritten.text.first)
    assert all(0 <= first < after <= words.last[first] for first, after in spans)
    assert all(first <= at < last for at, (first, last) in enumerate(zip(*rewritten.text[3:], strict=True)))
    assert spans == sorted(spans)


def test_a_way_to_say_cannot_ends_with_its_sentence() -> None:
    assert canonical(words_of("We could not. Now"), SPELLING).text.words == ["we", "can", "not", "now"]
    assert canonical(words_of("We could. Not now"), SPELLING).text.words == ["we", "could", "not", "now"]


@pytest.mark.parametrize(
    "say",
    [
        "we will not be able to refund",
        "so sorry",
        "we could not ... refund",
        "we are/were (not) (really) able/unable to refund",
    ],
)
def test_canonical_words_are_canonical_already(say: str) -> None:
    found = places(say)
    assert not isinstance(found, Malformed)
    once = canonical_places(found)
    assert canonical_places(once) == once != list(found)


FILE = """schema: 1
id: ours
name: Ours
patterns:
  - id: x
    kind: rule
    say: ["{say}"]
    because: It hurts.
    instead: "Go on."
    {more}
"""


@pytest.mark.parametrize(
    ("say", "more", "line", "named"),
    [
        ("a b", "when: {negatd: false}", 10, "negat"),
        ("a b", "when: {negated: maybe}", 10, "maybe"),
        ("a b", "when: {person: [us]}", 10, "us"),
        ("a b", "when: {tense: later}", 10, "later"),
        ("a b", "loosely: 3", 10, "3"),
        ("really very", "loosely: true", 7, "loosely"),
    ],
)
def test_a_file_with_a_wrong_demand_says_where_and_what_is_allowed(
    tmp_path: Path, say: str, more: str, line: int, named: str
) -> None:
    (tmp_path / "ours.yaml").write_text(FILE.format(say=say, more=more), encoding="utf-8")
    (problem,) = read(tmp_path).problems
    assert problem.line == line
    assert named in problem.found
    assert problem.allowed or problem.nearest


def test_a_file_with_demands_is_read(tmp_path: Path) -> None:
    more = "when: {negated: false, person: [we, I], tense: [past]}\n    loosely: true"
    (tmp_path / "ours.yaml").write_text(FILE.format(say="we really lost it", more=more), encoding="utf-8")
    loaded = read(tmp_path)
    assert loaded.problems == ()
    assert found("We lost it.", *loaded.wording.patterns) == ["We lost it"]
    assert found("We have not lost it.", *loaded.wording.patterns) == []


DEMANDING = Matcher(
    Wording(
        (
            pattern("we ... lost", when={"negated": False, "reported": False}, loosely=True, unless=("never",)),
            pattern("we cannot refund", when={"hypothetical": True}, loosely=True, id="y"),
        )
    )
)


def work(text: str) -> int:
    """The calls of functions that looking through a text takes: the same on every machine."""
    profile = cProfile.Profile()
    profile.runcall(DEMANDING.findings, text)
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize(
    "piece", ["we lost ", "we not lost ", "if we cannot rfund ", "really ", "will not be able ", "a" * 9]
)
def test_matching_with_demands_is_linear_in_the_length_of_the_text(piece: str) -> None:
    work(piece)
    small, large = piece * (12_500 // len(piece)), piece * (100_000 // len(piece))
    # 8 times the text: a square would take 64 times the work.
    assert work(large) < 20 * max(work(small), 100)


PARTS = """schema: 1
id: ours
name: Ours
parts:
  - id: regret
    name: Regret
    weight: 3
    meaning: You regret it.
    signs: ["sorry"]
    groups: {groups}
"""


@pytest.mark.parametrize(
    ("groups", "named"),
    [
        ('[{signs: ["a ..."]}]', "a ..."),
        ("[{signs: []}]", "signs"),
        ('[{signs: ["a"], unless: ["(b"]}]', "(b"),
        ('[{signs: ["really"], loosely: true}]', "loosely"),
        ('[{signs: ["a"], when: {negatd: false}}]', "negat"),
        ("[a]", "text"),
        ("a", "text"),
    ],
)
def test_a_wrong_group_of_signs_is_reported_where_it_is(tmp_path: Path, groups: str, named: str) -> None:
    (tmp_path / "ours.yaml").write_text(PARTS.format(groups=groups), encoding="utf-8")
    (problem,) = read(tmp_path).problems
    assert problem.line == 10
    assert named in problem.found
