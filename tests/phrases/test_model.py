"""The file of one's own phrases: what is sound in it serves, and every fault is named at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.frameworks.phrasing import fill, placeholders
from recoverycli.phrases.model import PersonalPhrase, PhrasesRead, literal, phrases_of_step, read_phrases
from tests.cases import for_each
from tests.content import LITTLE, OTHER

GOOD = """\
# mine
schema: 1
phrases:
  - say: "I would be cross too, {customer|honestly}."
    intent: apologize
    moods: [angry]
  - say: "Let me look at {order}."
    framework: little
    step: solve
    channels: [phone, chat]
    issues: [billing]
    when: {tier: gold}
  - say: "So far so good."
    framework: little
"""


def read(text: str | bytes) -> PhrasesRead:
    return read_phrases(text.encode() if isinstance(text, str) else text, "mine.yaml")


def lines(text: str | bytes) -> list[str]:
    return [problem.as_line() for problem in read(text).problems]


def test_a_good_file_gives_its_phrases_in_order_with_ids() -> None:
    phrases, problems = read(GOOD)
    assert problems == ()
    assert [phrase.say[:8] for phrase in phrases] == ["I would ", "Let me l", "So far s"]
    assert phrases[0].place == ("apologize", None, None)
    assert phrases[1].place == (None, "little", "solve")
    assert (phrases[1].channels, phrases[1].issues, phrases[1].when) == (
        ("phone", "chat"),
        ("billing",),
        {"tier": "gold"},
    )
    assert len({phrase.id for phrase in phrases}) == 3
    assert all(phrase.id for phrase in phrases)


@pytest.mark.parametrize(
    "text", ["", "\n\n", "# mine\n", "\ufeff# mine", "schema: 1\n", "schema: 1\nphrases:\n", "schema: 1\nphrases: []\n"]
)
def test_a_file_without_phrases_is_no_fault(text: str) -> None:
    assert read(text) == ((), ())


def test_an_id_outlives_a_new_order() -> None:
    first, _, third = read(GOOD).phrases
    head, _, rest = GOOD.partition("  - say")
    swapped = head + '  - say: "So far so good."\n    framework: little\n  - say' + rest
    assert read(swapped.rpartition("  - say")[0]).phrases[:2] == (third, first)


def test_every_fault_is_named_with_its_place_and_the_good_phrases_serve() -> None:
    broken = GOOD.replace("intent: apologize", "intent: apologise").replace("step: solve", "stepp: solve")
    broken = broken.replace("[phone, chat]", "[phon, chat]")
    intent, key, channel = lines(broken)
    assert intent.startswith("mine.yaml:5:13: `apologise` is not allowed here; allowed: ")
    assert intent.endswith("did you mean `apologize`?")
    assert key.startswith("mine.yaml:9:5: unknown key `stepp`; allowed: say, id, ")
    assert key.endswith("did you mean `step`?")
    assert channel.startswith("mine.yaml:10:16: `phon` is not allowed here; allowed: chat, email, ")
    assert [phrase.say for phrase in read(broken).phrases] == ["So far so good."]


@for_each(
    "phrase, fault",
    [
        ("{say: a}", "it is not said where the phrase belongs"),
        ("{say: a, intent: listen, framework: little}", "the phrase has an intent and a framework"),
        ("{say: a, step: listen}", "the step `listen` has no framework"),
        ("{say: a, intent: listen, step: listen}", "the step `listen` has no framework"),
        ("{say: 'a {b', intent: listen}", "an unpaired brace near `a {b`"),
        ("{say: '', intent: listen}", "the text is empty"),
        ("{say: '  ', intent: listen}", "the text is empty"),
        ("{say: 12, intent: listen}", "found the number `12`"),
        ("{intent: listen}", "the key `say` is missing"),
        ("{say: a, intent: listen, when: gold}", "found the text `gold`"),
        ("just words", "found the text `just words`"),
        ("{say: good, intent: listen}", "the same phrase appears twice"),
        ("{say: other, id: mine, intent: listen}", "the phrase id `mine` appears twice"),
    ],
)
def test_a_phrase_with_a_fault_is_left_out_alone(phrase: str, fault: str) -> None:
    sound = "  - {say: good, intent: listen}\n  - {say: b, id: mine, intent: thank}\n"
    text = f"schema: 1\nphrases:\n{sound}  - {phrase}\n"
    (line,) = lines(text)
    assert line.startswith("mine.yaml:5:")
    assert fault in line
    assert [one.say for one in read(text).phrases] == ["good", "b"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[]", "found a list"),
        ("phrases: [", "this is not valid YAML"),
        (b"schema: 1 # \xff", "this is not UTF-8"),
        ("schema: 2\nphrases: [{say: a, intent: listen}]", "it was written for a newer version of recovery"),
    ],
)
def test_a_file_that_is_none_is_one_fault_and_no_phrase(text: str | bytes, fault: str) -> None:
    (line,) = lines(text)
    assert fault in line
    assert read(text).phrases == ()


def test_a_fault_in_the_head_does_not_cost_the_phrases() -> None:
    (missing,) = lines(GOOD.replace("schema: 1", ""))
    assert "the key `schema` is missing" in missing
    (unknown,) = lines(GOOD + "phrasses: []\n")
    assert "did you mean `phrases`?" in unknown
    assert len(read(GOOD.replace("schema: 1", "")).phrases) == len(read(GOOD + "phrasses: []\n").phrases) == 3


def test_the_same_words_may_stand_in_two_places_under_two_ids() -> None:
    phrases, problems = read("schema: 1\nphrases: [{say: a, intent: listen}, {say: a, intent: thank}]")
    assert problems == ()
    assert phrases[0].id != phrases[1].id


def test_any_placeholder_may_be_used_since_a_phrase_serves_many_frameworks() -> None:
    assert read("schema: 1\nphrases: [{say: '{whatever} and {{braces}}', intent: listen}]").problems == ()


def test_a_phrase_fits_by_intent_everywhere_and_by_framework_and_step_there_alone() -> None:
    phrases = read(GOOD).phrases
    listen, apologize, solve, _ = LITTLE.steps

    def fits(framework: str, step: object) -> list[str]:
        return [phrase.say[:6] for phrase in phrases_of_step(phrases, framework, step)]  # type: ignore[arg-type]

    assert fits("little", apologize) == ["I woul", "So far"]
    assert fits("little", solve) == ["Let me", "So far"]
    assert fits("little", listen) == ["So far"]
    assert fits("other", apologize) == ["I woul"]
    assert fits("other", OTHER.steps[0]) == []


@given(st.text())
def test_spoken_words_are_said_as_they_were_braces_and_all(words: str) -> None:
    assert placeholders(literal(words)) == []
    assert fill(literal(words), {"customer": "Noor"}) == words


@given(st.data())
def test_any_damage_is_told_and_never_raised(data: st.DataObject) -> None:
    at, length = data.draw(st.integers(0, len(GOOD) - 1)), data.draw(st.integers(0, 12))
    instead = data.draw(st.text(alphabet="abc:-[]{}&*!|>'\"\n \t#?,%@`é\x00", max_size=6))
    damaged = GOOD[:at] + instead + GOOD[at + length :]
    phrases, problems = read(damaged)
    assert all(isinstance(phrase, PersonalPhrase) and phrase.id for phrase in phrases)
    for problem in problems:
        assert 1 <= problem.line <= damaged.count("\n") + 2
        assert "\n" not in problem.as_line()
