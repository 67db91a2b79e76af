"""How phrases are found: in which words, in how much of them, and in how much time."""

from __future__ import annotations

import cProfile
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.wording.matcher import Matcher
from recoverycli.wording.model import ApologyPart, Wording
from recoverycli.wording.search.phrases import Malformed, words_of
from recoverycli.wording.search.places import places
from tests.cases import for_each
from tests.wording.wordings import MATCHER, found, pattern


@pytest.mark.parametrize(
    "said",
    [
        "Calm down",
        "CALM   DOWN!",
        "calm\ndown",
        "c\u00e1lm down",
        "calm, down",
        "please calm down now",
        "calm\u00a0down",
    ],
)
def test_case_accents_and_spaces_do_not_count(said: str) -> None:
    assert len(found(said, pattern("calm down"))) == 1


@pytest.mark.parametrize(
    "said", ["becalm down", "calm downtown", "calm. Down", "calm\n\ndown", "calm", "> calm down", ""]
)
def test_a_phrase_matches_whole_words_of_one_unquoted_sentence(said: str) -> None:
    assert found(said, pattern("calm down")) == []


@pytest.mark.parametrize(
    "said", ["you'll have to", "You will have to", "youll have to", "YOU\u2019LL HAVE TO", "you\u00b4ll have to"]
)
def test_a_contraction_equals_its_words(said: str) -> None:
    assert found(said, pattern("you'll have to")) == [said]
    assert found(said, pattern("you will have to")) == [said]


@pytest.mark.parametrize(
    ("said", "say"),
    [
        ("Dinner's on us", "dinner is on us"),
        ("The list's been changed", "list has been changed"),
        ("The driver\u2019s coming", "driver is coming"),
        ("our driver's fault", "drivers fault"),
        ("his boss's on it", "boss is on it"),
    ],
)
def test_an_s_after_a_noun_is_a_verb_where_one_must_stand(said: str, say: str) -> None:
    assert len(found(said, pattern(say))) == 1


@pytest.mark.parametrize(
    ("more", "regrets"),
    [
        ({"kind": "conditional-apology"}, False),
        ({"kind": "conditional-apology", "leaves_parts": True}, True),
        ({"kind": "sorry-but"}, False),
        ({"kind": "apology"}, True),
        ({"kind": "idiom"}, True),
    ],
)
def test_only_words_that_take_an_apology_back_spoil_it(more: dict[str, Any], regrets: bool) -> None:
    part = msgspec.convert(
        {"id": "regret", "name": "R", "weight": 3, "meaning": "Yours.", "signs": ["sorry"]}, ApologyPart
    )
    assert bool(Matcher(Wording((pattern("so so sorry", **more),), (part,))).parts("I'm so so sorry.")) == regrets


def test_findings_have_their_positions_in_the_typed_text() -> None:
    text = "\U0001f600 \u00c9t\u00e9\u2026 Sir, calm \t down!"
    (finding,) = Matcher(Wording((pattern("calm down"),))).findings(text)
    assert text[finding.start : finding.end] == "calm \t down"


@for_each(
    "say, said, words",
    [
        ("we take ... very seriously", "We take this very seriously", ["We take this very seriously"]),
        (
            "we take ... very seriously",
            "We take all of your words very seriously",
            ["We take all of your words very seriously"],
        ),
        ("we take ... very seriously", "We take one two three four five very seriously", []),
        ("we take ... very seriously", "We take it. Very seriously", []),
        ("as/like I said", "like I said, as I said", ["like I said", "as I said"]),
        ("you (really) must", "you must, you really must", ["you must", "you really must"]),
        ("^ no $", "No. It is no", ["No"]),
        ("I do not know $", "I don't know why. I don't know", ["I don't know"]),
    ],
)
def test_the_marks_of_a_phrase_work_as_documented(say: str, said: str, words: list[str]) -> None:
    assert found(said, pattern(say)) == words


def test_of_overlapping_findings_the_longest_is_reported_once() -> None:
    short, long_ = pattern("our policy"), pattern("it is our policy", id="long")
    findings = Matcher(Wording((short, long_))).findings("It's our policy, our policy")
    assert [finding.pattern.id for finding in findings] == ["long", "x"]


def test_words_of_two_classes_are_both_found_where_they_overlap() -> None:
    said = "Sorry if you felt that, but it's policy"
    apology = pattern("sorry ... but", id="but", kind="sorry-but")
    wall = pattern("but it is policy", id="wall", kind="policy-wall")
    doubt = pattern("sorry if", id="if", kind="conditional-apology")
    findings = Matcher(Wording((wall, doubt, apology))).findings(said)
    assert [finding.pattern.id for finding in findings] == ["but", "if", "wall"]


def test_words_of_no_class_are_left_out_inside_words_of_one() -> None:
    style = pattern("you will have to", "go home", id="style")
    class_ = pattern("you will have to call", id="class", kind="passing-on")
    findings = Matcher(Wording((style, class_))).findings("You'll have to call. Go home.")
    assert [finding.pattern.id for finding in findings] == ["class", "style"]


def test_overlapping_words_that_take_an_apology_back_leave_no_part_of_it() -> None:
    part = msgspec.convert(
        {"id": "regret", "name": "R", "weight": 3, "meaning": "Yours.", "signs": ["it hurts"]}, ApologyPart
    )
    long_ = pattern("sorry ... it hurts", id="long", kind="sorry-but")
    short = pattern("if", id="short", kind="conditional-apology")
    matcher = Matcher(Wording((long_, short), (part,)))
    assert matcher.parts("Sorry if and when it hurts") == ()
    assert matcher.parts("it hurts") == ("regret",)


def test_words_that_make_others_harmless_work_only_in_their_sentence() -> None:
    music = pattern("calm down", unless=("the music",))
    assert found("Calm down the music. Calm down.", music) == ["Calm down"]


def test_words_can_be_made_harmless_by_what_follows_and_not_by_what_precedes() -> None:
    unsure = pattern("I do not know $", unless_followed_by=("let me",))
    assert found("I don't know. Let me ask.", unsure) == []
    assert found("Let me see. I don't know. Bye. Let me ask.", unsure) == ["I don't know"]


def test_a_pattern_of_one_channel_does_not_match_in_others() -> None:
    email = pattern("per my last email", channels=("email",))
    said = "per my last email"
    assert [found(said, email, channel=channel) for channel in (None, "email", "phone")] == [[said], [said], []]


@for_each(
    "said, parts",
    [
        ("I'm sorry if you feel that way.", ()),
        ("I'm sorry. If you like, I'll send a new one.", ("regret", "repair")),
        ("This was not our fault.", ()),
        ("This was our fault.", ("responsibility",)),
        ("I'm not sorry.", ()),
        ("We apologise for any inconvenience.", ()),
        ("I hope you can forgive us. I'm sorry.", ("regret", "forgiveness")),
        ("I'm sorry you think it was our mistake.", ()),
    ],
)
def test_parts_of_an_apology_are_listed_in_the_order_of_the_study(said: str, parts: tuple[str, ...]) -> None:
    assert MATCHER.parts(said) == parts


@for_each(
    "say",
    ["", "...", "... down", "calm ...", "a ... ... b", "a ... b ... c ... d", "(calm)", "calm (down", "calm) down",
     "((a))", "a $ b", "a ^ b", "a/", "[a-z]+", "a|b", "()", "(a ... b) c", "refund*",
     "* a", "a *", "a * b ... c * d", "a_", "a__b", "<list> a", "(" + "a/b/c " * 6 + ") d"],
)  # fmt: skip
def test_an_unusable_phrase_is_reported(say: str) -> None:
    assert isinstance(places(say), Malformed)


@given(st.text(alphabet=st.sampled_from("ab/().^$ \u2026'"), max_size=60), st.text(max_size=200))
def test_no_phrase_and_no_text_raises_an_error(say: str, text: str) -> None:
    if not isinstance(places(say), Malformed):
        for words in found(text, pattern(say)):
            assert words
    assert all(text[start:end] for start, end in zip(words_of(text).starts, words_of(text).ends, strict=True))


@given(st.text(alphabet=st.sampled_from("calm down.you sorry if\n"), max_size=300))
def test_findings_are_in_order_and_do_not_overlap(text: str) -> None:
    findings = MATCHER.findings(text)
    ends = [0, *(finding.end for finding in findings)]
    assert all(before <= finding.start < finding.end for before, finding in zip(ends, findings, strict=False))


def work(matcher: Matcher, text: str) -> int:
    """The calls of functions that looking through a text takes: the same on every machine."""
    profile = cProfile.Profile()
    profile.runcall(matcher.findings, text)
    profile.runcall(matcher.parts, text)
    return sum(entry.callcount for entry in profile.getstats())


ODD = [
    pattern("a ... a ... a"),
    pattern("a b (a) (b) (a) (b) c", unless=("z",)),
    pattern("a ... b", unless_followed_by=("c",)),
]


@for_each(
    "piece",
    [
        "calm down ",
        "sorry but ",
        "you ",
        "we take ",
        "I will look into it ",
        "no. ",
        "a ",
        "a b ",
        "\u0301",
        "'",
        "a'",
        "x" * 50,
        "> ",
    ],
)
@for_each("matcher", [MATCHER, Matcher(Wording(tuple(ODD)))])
def test_matching_is_linear_in_the_length_of_the_text(piece: str, matcher: Matcher) -> None:
    small, large = piece * (2_000 // len(piece)), piece * (16_000 // len(piece))
    # 8 times the text: a square would take 64 times the work.
    assert work(matcher, large) < 20 * max(work(matcher, small), 100)
