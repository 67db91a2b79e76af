"""What lint says of a framework that is valid and still hard to speak from: each rule finds its fault, at its place."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.frameworks.positions import FilePositions
from recoverycli.frameworks.shared.phrases import SharedPhrases, as_framework, read_shared
from recoverycli.terminal.views.call.glance import misfits
from recoverycli.training.lint.lint import OF_STEPS, RULES, LintFinding, lint
from recoverycli.training.lint.lists import read_lists
from recoverycli.training.lint.subject import AvoidedWords, Subject
from recoverycli.wording.matcher import Matcher
from recoverycli.wording.model import Wording
from recoverycli.wording.search.phrases import Malformed
from recoverycli.wording.search.places import places
from recoverycli.wording.stiff import STIFF
from tests.cases import for_each
from tests.wording.wordings import MATCHER

ROOT = Path(__file__).parents[2]
LIBRARY = FrameworkLibrary((Source(ROOT / "frameworks", "built-in"),))

CLEAN = """\
schema: 1
id: mine
name: Mine
expands_to: Listen, Solve
summary: For a test.
suits: {channels: [phone, email]}
placeholders: [order]
steps:
  - id: listen
    name: Listen
    intent: listen
    goal: Hear all of it.
    ask: [What happened?]
    do: [Let them finish.]
    avoid:
      - {say: "Hold the line", because: It leaves them alone with music., instead: "I'm here, and I'm looking."}
    checklist: [{id: restated, text: Said it back}]
    phrases:
      - say: "Please tell me from the start, {customer}."
      - say: "Is there more that I should know about {order}?"
      - say: "Please take all the time you need."
  - id: solve
    name: Solve
    intent: solve
    goal: Put it right.
    phrases:
      - say: "I can send a new one today, or pay you back."
      - say: "Which of the two is better for you?"
      - say: "Then that is what we do, and I write it down."
"""

SHARED = SharedPhrases((Source(ROOT / "phrases", "built-in"),))
READ_LISTS = read_lists((Source(ROOT / "wording" / "lint", "built-in"),))
LISTS = READ_LISTS.by_kind
SHARED_FILES = sorted((ROOT / "phrases").glob("*.yaml"))
AVOIDED = AvoidedWords(LIBRARY.load(framework).content for framework in LIBRARY.ids())


def found(text: str, *skip: str, id_: str = "mine") -> list[LintFinding]:
    data = text.encode()
    read = LIBRARY.read(data, f"{id_}.yaml")
    assert read.content is not None, [problem.as_line() for problem in read.problems]
    subject = Subject(read.content, SHARED.complete(read.content), MATCHER, LISTS, AVOIDED, misfits)
    return [*lint(subject, FilePositions(data, f"{id_}.yaml"), f"{id_}.yaml", skip)]


def found_in_shared(text: str) -> list[LintFinding]:
    data = text.encode()
    # A file is named after its intent.
    file = f"{yaml.safe_load(text)['intent']}.yaml"
    read = read_shared(data, file)
    assert read.content is not None, [problem.as_line() for problem in read.problems]
    alone = as_framework(read.content)
    subject = Subject(alone, alone, MATCHER, LISTS, AVOIDED, misfits)
    return [*lint(subject, FilePositions(data, file), file, OF_STEPS)]


def changed(old: str, new: str) -> str:
    assert CLEAN.count(old) == 1
    return CLEAN.replace(old, new)


LONG = "I will go and look at it now with you from the start to the end"
HARD = (
    "Considerable administrative complications necessitated intermediate organisational reconfiguration of the entire "
    "operation, and that is what you have."
)
CASES = [
    ("to-fill-in", changed("For a test.", "'TO FILL IN: a sentence'"), (5, 10), "TO FILL IN"),
    ("long-phrase", changed("Which of the two is better for you?", f"{LONG}. {LONG}."), (28, 14), "32 words"),
    (
        "long-phrase",
        changed(
            'Which of the two is better for you?"',
            f'{LONG}, and more of it, and then I write."\n        channels: [email]',
        ),
        (28, 14),
        "sentence",
    ),
    ("stiff-words", changed("What happened?", "'May I assist you?'"), (13, 11), "`assist`"),
    ("hard-to-read", changed("Which of the two is better for you?", HARD), (27, 7), "grade"),
    (
        "repeated",
        changed("Which of the two is better for you?", "Please take all the time you need!"),
        (28, 14),
        "`listen`",
    ),
    ("repeated", changed("Put it right.", "Hear all of it!"), (25, 11), "`listen`"),
    ("backfires", changed("Which of the two", "Calm down. Which of the two"), (28, 14), "`Calm down`"),
    ("says-what-it-avoids", changed("Which of the two", "Hold the line. Which of the two"), (28, 14), "Hold the line"),
    ("few-phrases", changed('      - say: "Which of the two is better for you?"\n', ""), (27, 7), "2 phrases"),
    ("no-question", changed("    ask: [What happened?]\n", ""), (11, 13), "`listen`"),
    ("weak-avoid", changed("It leaves them alone with music.", "It is bad."), (16, 41), "no reason"),
    ("weak-avoid", changed("I'm here, and I'm looking.", "hold the line!"), (16, 84), "same words"),
    ("idiom", changed("Which of the two", "Let me ring them. Which of the two"), (28, 14), "`ring`"),
    ("idiom", changed("What happened?", "'What is on your plate?'"), (13, 11), "`on your plate`"),
    ("idiom", changed("Hear all of it.", "Get the ball rolling."), (12, 11), "`Get the ball`"),
    ("grades", changed("I'm here, and I'm looking.", "Fair point."), (16, 84), "`Fair point`"),
    ("drama", changed("Which of the two", "Oh no. Which of the two"), (28, 14), "`Oh no`"),
    ("belittles", changed("Which of the two", "It is just a delay. Which of the two"), (28, 14), "`just`"),
    ("compares", changed("Which of the two", "It could be worse. Which of the two"), (28, 14), "`could be worse`"),
    ("grades", changed("Which of the two", "Fair point. Which of the two"), (28, 14), "`Fair point`"),
    ("hurries", changed("Which of the two", "Please be quick. Which of the two"), (28, 14), "`Please be quick`"),
    ("reads-minds", changed("Which of the two", "You must be tired. Which of the two"), (28, 14), "`You must be`"),
    ("sorry-twice", changed("Which of the two", "I'm sorry. I apologize. Which of the two"), (28, 14), "2 apologies"),
    ("admits-fault", changed("Which of the two", "We failed. Which of the two"), (28, 14), "`We failed`"),
    ("admits-fault", changed("Which of the two", "We were wrong. Which of the two"), (28, 14), "responsibility"),
    ("unrecorded-promise", changed("Which of the two", "I'll call you. Which of the two"), (28, 14), "`I'll call`"),
    ("unrecorded-promise", changed("Which of the two", "It comes by {order}. Which of the two"), (28, 14), "`by {...`"),
    (
        "unknown-fact",
        changed("Which of the two", "It has been repaired. Which of the two"),
        (28, 14),
        "`has been repaired`",
    ),
    (
        "wrong-channel",
        changed("Which of the two", "I won't interrupt. Which of the two"),
        (28, 14),
        "`I won't interrupt`",
    ),
    ("wrong-channel", changed("Which of the two", "See below. Which of the two"), (28, 14), "`below`"),
    (
        "private-in-public",
        changed('about {order}?"', 'about {order}?"\n        channels: [social]'),
        (20, 14),
        "{order} in a public reply",
    ),
    ("avoided-elsewhere", changed("Which of the two", "Let me explain. Which of the two"), (28, 14), "in `aware`"),
    ("stage-direction", changed("Which of the two", "(pause) Which of the two"), (28, 14), "(pause)"),
    ("exclamation", changed("better for you?", "better for you!"), (28, 14), "exclamation"),
    (
        "invented-fact",
        changed("one today", "one by {order|tomorrow}"),
        (27, 14),
        "`{order|tomorrow}`",
    ),
    (
        "invented-fact",
        changed("tell me from the start, {customer}.", "tell me, {customer|from the start}."),
        (19, 14),
        "`{customer|from the start}`",
    ),
    ("unused-placeholder", changed("[order]", "[order, odrer]"), (7, 23), "`odrer`"),
    (
        "does-not-fit",
        changed("Hear all of it.", "Hear all of it, " + "and all " * 9),
        (12, 11),
        "2 lines at 80 columns",
    ),
]


def test_a_clean_framework_has_no_findings() -> None:
    assert found(CLEAN) == []


@for_each(
    "rule, text, place, words",
    CASES,
)
def test_each_rule_finds_its_fault_where_it_is(rule: str, text: str, place: tuple[int, int], words: str) -> None:
    (finding,) = [one for one in found(text) if one.rule == rule]
    assert (finding.line, finding.column) == place
    assert words in finding.found
    assert finding.because
    assert finding.instead
    assert finding.message.startswith(f"mine.yaml:{place[0]}:{place[1]}: {rule}: ")
    assert not [one for one in found(text, rule) if one.rule == rule]


def test_every_rule_is_tried() -> None:
    here = {"channel-without-phrase", "never-shown", "no-whole-phrase"}
    assert {rule for rule, *_ in CASES} | here == set(RULES)


def test_a_channel_is_missed_where_every_phrase_is_for_others() -> None:
    text = CLEAN
    for words in ("pay you back.", "better for you?", "I write it down."):
        text = text.replace(f'{words}"', f'{words}"\n        channels: [phone]')
    (finding,) = found(text)
    assert (finding.rule, finding.line) == ("channel-without-phrase", 27)
    assert "`solve` fits email" in finding.found
    allowed = text.replace("[phone, email]", "[phone]")
    assert found(allowed) == []


def test_a_phrase_behind_nine_others_is_never_shown() -> None:
    nouns = ("lamp", "door", "cake", "road", "song", "boat", "rain", "wool", "moon")
    more = "".join(f'      - say: "About the {noun} and its {noun}s: {noun} it is."\n' for noun in nouns)
    findings = found(CLEAN + more, "repeated")
    assert [(one.rule, one.line) for one in findings] == [("never-shown", line) for line in (38, 37, 36)[::-1]]
    angry = "".join(f"{line}\n        moods: [angry]\n" for line in more.splitlines())
    assert found(CLEAN + angry, "repeated") == []


def test_a_step_whose_phrases_all_wait_for_a_value_cannot_be_spoken() -> None:
    text = (
        CLEAN.replace("one today", "{order} today")
        .replace("better for", "better for {order} and")
        .replace("Then that", "Then {order}")
    )
    (finding,) = found(text)
    assert (finding.rule, finding.line) == ("no-whole-phrase", 27)
    assert finding.instead == "Write one that can be said without the order."


def test_words_of_the_law_are_not_judged() -> None:
    law = f"Kindly be advised. {HARD} {LONG} {LONG}!"
    text = changed(
        '      - say: "Which of the two is better for you?"', f'      - say: "{law}"\n        verbatim: true'
    )
    assert {one.rule for one in found(text)} <= {"does-not-fit"}


def test_a_step_with_more_than_a_screen_holds_is_reported_from_the_screen() -> None:
    words = "word " * 95
    text = changed("Hear all of it.", words).replace("[What happened?]", f"['{words}']").replace("Said it back", words)
    for number, said in enumerate(("from the start, {customer}.", "about {order}?", "the time you need.")):
        text = text.replace(said, f"{said} {words[:440]} {number}")
    told = {one.found for one in found(text) if one.rule == "does-not-fit"}
    assert "this phrase is not on the screen at 80x24" in told
    assert any("the goal takes" in one for one in told)


def test_a_variant_is_checked_for_its_own_words_alone() -> None:
    text = "schema: 1\nid: mine\nname: Mine\nextends: learn\n"
    text += "steps:\n  - id: listen\n    phrases:\n      - say: Kindly go on!\n"
    findings = found(text)
    assert [one.rule for one in findings] == ["stiff-words", "exclamation"]
    assert all(one.line >= 6 for one in findings)


@for_each("framework", LIBRARY.ids())
def test_the_built_in_frameworks_are_clean(framework: str) -> None:
    text = LIBRARY.load(framework).path.read_text(encoding="utf-8")
    assert [one.message for one in found(text, id_=framework)] == []


def test_stiff_words_are_phrases_that_the_matcher_reads_each_once() -> None:
    said = [form for _, all_forms in STIFF for form in all_forms]
    assert not [form for form in said if isinstance(places(form), Malformed)]
    assert len(said) == len(set(said))


@for_each("file", SHARED_FILES, name=lambda path: path.stem)
def test_the_shared_phrases_are_clean(file: Path) -> None:
    assert [one.message for one in found_in_shared(file.read_text(encoding="utf-8"))] == []


def test_a_file_of_shared_phrases_is_checked_at_its_places() -> None:
    text = "schema: 1\nintent: thank\nphrases:\n  - say: Thank you.\n  - say: Thank you, that was a fair point.\n"
    (finding,) = found_in_shared(text)
    assert (finding.rule, finding.line, finding.column) == ("grades", 5, 10)


@pytest.mark.parametrize(
    ("words", "more"),
    [
        ("We got this wrong.", "fault: ours"),
        ("I'll call you by {order}.", "promise: {what: call, by: order}"),
        ("The parcel was lost by {order}.", "promise: {what: look, by: order}"),
        ("It has been repaired.", "when: {order: x}"),
        ("It has been repaired, with the number {order}.", "moods: [calm]"),
        ("I won't interrupt.", "channels: [phone]"),
        ("I'm writing to ask about it.", "channels: [email]"),
    ],
)
def test_what_a_phrase_says_about_itself_makes_its_words_right(words: str, more: str) -> None:
    whole = changed('Which of the two is better for you?"', f'{words}"\n        {more}')
    assert found(whole, "channel-without-phrase") == []


def test_the_lists_are_valid_and_each_pattern_has_its_examples() -> None:
    assert READ_LISTS.problems == ()
    for kind, matcher in LISTS.items():
        for pattern in matcher.wording.patterns:
            alone = Matcher(Wording((pattern,)))
            assert len(pattern.catches) >= 3, pattern.id
            assert len(pattern.passes) >= 3, pattern.id
            assert [words for words in pattern.catches if not alone.findings(words)] == [], pattern.id
            others = Matcher(Wording(LISTS["idiom"].wording.patterns + matcher.wording.patterns))
            channel = pattern.channels[0] if pattern.channels else "phone"
            assert [words for words in pattern.passes if others.findings(words, channel)] == [], (kind, pattern.id)


def test_words_of_the_own_avoid_are_found_with_the_replacement_of_its_author() -> None:
    text = changed("Which of the two", "Hold the line. Which of the two")
    (one,) = (finding for finding in found(text) if finding.rule == "says-what-it-avoids")
    assert one.instead == "Rather: \"I'm here, and I'm looking.\""
    assert one.because == "It leaves them alone with music."
    text = changed("Which of the two", "Let me explain. Which of the two")
    (elsewhere,) = (finding for finding in found(text) if finding.rule == "avoided-elsewhere")
    assert elsewhere.instead.startswith('Rather: "')
