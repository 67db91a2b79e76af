"""The built-in wording: enough of it, each pattern finds what it is for, and leaves its neighbours alone."""

from __future__ import annotations

from pathlib import Path

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.frameworks.model import CHANNELS
from recoverycli.frameworks.phrasing import fill
from recoverycli.training.lint.lists import FOLDER as LIST_FOLDER
from recoverycli.training.lint.lists import read_lists
from recoverycli.wording.matcher import Matcher
from recoverycli.wording.model import PART_IDS, ApologyPart, Pattern, Wording
from tests.cases import for_each
from tests.wording.reading_sets import BACKFIRES
from tests.wording.wordings import BUILT_IN, FOLDER, MATCHER, read

WORDING = BUILT_IN.wording
LIBRARY = FrameworkLibrary((Source(Path(__file__).parents[2] / "frameworks", "built-in"),))
LISTS = read_lists((Source(Path(__file__).parents[2] / LIST_FOLDER, "built-in"),)).by_kind
# The others have no phrases: they are found by the learned reader.
PHRASED = tuple(pattern for pattern in WORDING.patterns if not pattern.learned)

CLASSES = frozenset(BACKFIRES.labels)

# The well-known examples, in FRAMEWORKS.md and in the field.
NAMED = [
    "calm down", "it's our policy", "you'll have to", "you should have called", "as I told you", "you're wrong",
    "you've made a mistake", "I'm sorry if you feel that way", "I'm sorry that you feel that way",
    "there's nothing I can do", "that's not my department", "that's not my problem", "I don't know",
    "our system can't", "no one else has complained", "to be honest", "I guarantee it", "no",
    "with all due respect", "rest assured", "your call is important to us", "as per my last email",
    "sorry for any inconvenience", "you need to understand", "like I said", "that's not possible", "obviously",
]  # fmt: skip


def test_the_fast_reading_of_what_is_built_in_is_the_checked_one() -> None:
    assert read(FOLDER) == BUILT_IN
    assert BUILT_IN.problems == ()


def test_there_are_enough_patterns() -> None:
    assert len(WORDING.patterns) >= 65
    assert len({pattern.instead for pattern in WORDING.patterns}) > 0.9 * len(WORDING.patterns)
    assert len({pattern.because for pattern in WORDING.patterns}) == len(WORDING.patterns)


@for_each("words", NAMED)
def test_well_known_examples_are_found(words: str) -> None:
    for said in (words, words.upper(), f"{words.capitalize()}.", words.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")):
        assert MATCHER.findings(said), said


def _fewest(pattern: Pattern) -> int:
    """How many examples a pattern needs: more if it is one of a class, which can be said in many ways."""
    return 6 if pattern.kind in CLASSES else 3


@for_each("pattern", PHRASED, name=lambda pattern: pattern.id)
def test_a_pattern_finds_its_sentences(pattern: Pattern) -> None:
    alone = Matcher(Wording((pattern,)))
    assert len(pattern.catches) >= _fewest(pattern)
    assert [sentence for sentence in pattern.catches if not alone.findings(sentence)] == []


@for_each("pattern", PHRASED, name=lambda pattern: pattern.id)
def test_a_pattern_does_not_match_its_lookalikes(pattern: Pattern) -> None:
    assert len(pattern.passes) >= _fewest(pattern)
    assert [sentence for sentence in pattern.passes if MATCHER.findings(sentence)] == []


@for_each("pattern", WORDING.patterns, name=lambda pattern: pattern.id)
def test_replacements_do_not_backfire_and_are_short_enough_to_say(pattern: Pattern) -> None:
    assert [found.pattern.id for found in MATCHER.findings(pattern.instead)] == []
    assert len(pattern.instead.split()) <= 25
    assert pattern.because.endswith(".")


@for_each("pattern", WORDING.patterns, name=lambda pattern: pattern.id)
def test_replacements_are_plain_admit_no_fault_and_promise_nothing(pattern: Pattern) -> None:
    findings = [
        found.pattern.id
        for kind, matcher in LISTS.items()
        # A replacement is an example: it may hold facts. What is for one channel may stand in a list of that channel.
        if kind not in {"fact", "private", "spoken"}
        for found in matcher.findings(pattern.instead)
    ]
    assert findings == []
    assert [found.pattern.id for found in LISTS["idiom"].findings(pattern.because)] == []


@for_each("part", WORDING.parts, name=lambda part: part.id)
def test_a_part_of_an_apology_is_recognised_only_where_it_is(part: ApologyPart) -> None:
    assert min(len(part.catches), len(part.passes)) >= 3
    assert [sentence for sentence in part.catches if part.id not in MATCHER.parts(sentence)] == []
    assert [sentence for sentence in part.passes if part.id in MATCHER.parts(sentence)] == []


@for_each("part", WORDING.parts, name=lambda part: part.id)
def test_the_sentences_offered_for_a_part_are_that_part(part: ApologyPart) -> None:
    assert any(not phrase.channels for phrase in part.phrases)
    facts = {"cause": "the label was wrong", "remedy": "a refund", "change": "two people check each label"}
    for phrase in part.phrases:
        said = fill(phrase.say, facts)
        assert part.id in MATCHER.parts(said), said
        assert not MATCHER.findings(said), said


def test_the_weights_of_the_six_parts_are_those_of_the_study() -> None:
    ranks = {part.id: part.weight for part in WORDING.parts}
    assert ranks == dict(zip(PART_IDS, (3, 3, 1, 3, 2, 4), strict=True))


@for_each("framework_id", LIBRARY.ids())
def test_no_phrase_of_a_framework_backfires(framework_id: str) -> None:
    for step in LIBRARY.load(framework_id).content.steps:
        for phrase in step.phrases:
            said = fill(phrase.say, {})
            for channel in phrase.channels or CHANNELS:
                hits = [found.pattern.id for found in MATCHER.findings(said, channel)]
                assert not hits, f"{step.id}: {said}"


@for_each("framework_id", LIBRARY.ids())
def test_replacements_in_frameworks_do_not_backfire(framework_id: str) -> None:
    for step in LIBRARY.load(framework_id).content.steps:
        for words in (*(avoid.instead for avoid in step.avoid), *step.questions):
            assert [found.pattern.id for found in MATCHER.findings(words)] == [], words


GOOD = [
    "Thanks for letting me know. The order left us yesterday and you should have it tomorrow. Shall I check it again?",
    "No problem, I can do that for you now. What is the order number, please?",
    "We don't want you to have to call again, so I'll put a note on it. Actually, let me do that now.",
    "I have to check one thing with the bank, so I must wait for them. You'll have the refund by Friday.",
    "I understand that you waited an hour, and that nobody told you why. That's not right. I'd be angry too.",
    "Please find the bill attached. The first line is wrong and I've corrected it.",
    "Your policy covers that. The doctor's letter says that it began in May, so it's paid in full.",
    "Don't worry about the form, I'll fill it in. You only have to sign it.",
    "The technician told me that he had already explained the fix to your neighbour.",
    "You have just the right card. You have to have it with you, and I'll do the rest.",
]


@for_each("said", GOOD)
def test_harmless_sentences_have_no_findings(said: str) -> None:
    assert [(found.pattern.id, said[found.start : found.end]) for found in MATCHER.findings(said)] == []
