"""What the reader of sentences makes of what agents say: denied, supposed, reported, asked, by whom and when."""

from __future__ import annotations

import cProfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.wording.search.phrases import Malformed, words_of
from recoverycli.wording.search.places import places
from recoverycli.wording.sentences import modality, negation
from recoverycli.wording.sentences.features import Features, TextReading, read
from tests.cases import for_each


def reading(text: str) -> TextReading:
    return read(text, words_of(text))


def features(text: str, words: str) -> Features:
    """The features of the first place in `text` where these words stand."""
    found, wanted = reading(text), words_of(words).words
    size = len(wanted)
    first = next(at for at in range(len(found.text.words)) if found.text.words[at : at + size] == wanted)
    return found.features(first, first + size)


@for_each(
    "said, words",
    [
        ("It isn't our mistake.", "our mistake"),
        ("It is not our mistake.", "our mistake"),
        ("I would never say that this was our mistake.", "our mistake"),
        ("Nobody here thinks it was our mistake.", "our mistake"),
        ("We can't refund it because the card is blocked.", "refund it"),
        ("We couldn't refund it.", "refund it"),
        ("We won't be able to refund it.", "refund it"),
        ("We are unable to refund it.", "refund it"),
        ("We refuse to refund it.", "refund it"),
        ("He denied that it was our mistake.", "our mistake"),
        ("It would be wrong to say it was our mistake.", "our mistake"),
        ("That it was our mistake is out of the question.", "our mistake"),
        ("That this was our mistake is simply untrue.", "our mistake"),
        ("I'd blame the courier rather than our mistake.", "our mistake"),
        ("I never, ever said it was our mistake", "our mistake"),
        ("NOBODY SAYS IT WAS OUR MISTAKE", "our mistake"),
        ("It was not, as you say, our mistake.", "our mistake"),
        ("This isn't, I'm afraid, our mistake.", "our mistake"),
        ("It was not, of course, our mistake.", "our mistake"),
        ("We never opened, lost or sold it.", "lost or"),
        ("We never opened, lost or sold it.", "sold it"),
        ("It was not because of our mistake.", "our mistake"),
        ("I'm not saying that it was our mistake.", "our mistake"),
        ("I never said it was our mistake.", "our mistake"),
        ("It's anything but our mistake.", "our mistake"),
        ("It is far from our mistake.", "our mistake"),
        ("It's the courier's slip instead of our mistake.", "our mistake"),
        ("We dispute that it was our mistake.", "our mistake"),
        ("We reject any responsibility.", "any responsibility"),
        ("I don't doubt your word and never said it was our mistake.", "our mistake"),
        ("Our mistake is a myth.", "our mistake"),
        ("Refund no, voucher no.", "refund"),
        ("There's no need to refund it.", "refund it"),
        ("I won't pretend that it was our mistake.", "our mistake"),
    ],
)
def test_what_a_cue_denies_is_negated(said: str, words: str) -> None:
    assert features(said, words).negated


@for_each(
    "said, words",
    [
        ("This was our mistake.", "our mistake"),
        ("No, this was our mistake.", "our mistake"),
        ("no this was our mistake", "our mistake"),
        ("It's not late, but it was our mistake.", "our mistake"),
        ("It's not late but it was our mistake.", "our mistake"),
        ("We don't blame you and it was our mistake.", "our mistake"),
        ("It isn't late because it was our mistake.", "our mistake"),
        ("Not only was this our mistake.", "our mistake"),
        ("There is no doubt that this was our mistake.", "our mistake"),
        ("I can't apologise enough for our mistake.", "our mistake"),
        ("I couldn't be more sorry about our mistake.", "our mistake"),
        ("Don't worry, we'll refund it.", "refund it"),
        ("I won't deny it was our mistake.", "our mistake"),
        ("Nobody doubts that it was our mistake.", "our mistake"),
        ("Why don't we refund it?", "refund it"),
        ("It was never late. This was our mistake.", "our mistake"),
        ("We promise nothing except that we will refund it.", "refund it"),
        ("I can't deny it was our mistake.", "our mistake"),
        ("I'm not going to deny that it was our mistake.", "our mistake"),
        ("There's no denying that it was our mistake.", "our mistake"),
        ("No one can deny that it was our mistake.", "our mistake"),
        ("It's not that we didn't make our mistake.", "our mistake"),
        ("I won't pretend that it wasn't our mistake.", "our mistake"),
        ("There's no excuse for our mistake.", "our mistake"),
        ("I don't want to hide, it was our mistake.", "our mistake"),
        ("We can't undo our mistake.", "our mistake"),
        ("Nobody but us made our mistake.", "our mistake"),
        ("It was nobody else, it was our mistake.", "our mistake"),
        ("It was none other than our mistake.", "our mistake"),
        ("We'll refund it without fail.", "refund it"),
        ("Without further delay we'll refund it.", "refund it"),
        ("It was not only late but also our mistake.", "our mistake"),
        ("We could not have been more wrong about our mistake.", "our mistake"),
        ("Your card was refused because of our mistake.", "our mistake"),
        ("Your card was refused by our mistake.", "our mistake"),
        ("Say yes or no: our mistake or not.", "our mistake"),
        ("It isn't late, our mistake.", "our mistake"),
    ],
)
def test_what_no_cue_reaches_is_not_negated(said: str, words: str) -> None:
    assert not features(said, words).negated


def test_a_cue_inside_the_words_denies_them_unless_the_phrase_has_it() -> None:
    found = reading("we never lost it")
    assert found.features(0, 3).negated
    assert not found.features(0, 3, {"we", "never", "lost"}).negated


@for_each(
    "said, words",
    [
        ("If we lost it, we'll pay.", "we lost"),
        ("I'm sorry if we lost it.", "we lost"),
        ("I am not sure whether we lost it.", "we lost"),
        ("Suppose we lost it.", "we lost"),
        ("We would refund it.", "we would"),
        ("We'd refund it.", "refund it"),
        ("We could have lost it.", "we could"),
        ("We might refund it.", "refund it"),
        ("I wish we refunded it.", "refunded it"),
        ("Had we lost it, we'd pay.", "we lost"),
        ("We would pay, had we lost it.", "we lost"),
        ("Should you have been charged, call us.", "you have been"),
        ("Were it our fault, I'd say so.", "our fault"),
        ("Were our driver late, you'd know.", "our driver"),
        ("We don't pay unless we lost it.", "we lost"),
        ("Even if we lost it, the box was empty.", "we lost"),
        ("Supposing we lost it.", "we lost"),
        ("Call me in case we lost it.", "we lost"),
        ("You talk as though we lost it.", "we lost"),
        ("Let's say we lost it.", "we lost"),
        ("If, as you say, we lost it, we'll pay.", "we lost"),
        ("If it's late because we lost it, we'll pay.", "we lost"),
        ("Say it was because we lost it.", "we lost"),
    ],
)
def test_what_is_supposed_is_hypothetical(said: str, words: str) -> None:
    assert features(said, words).hypothetical


@for_each(
    "said, words",
    [
        ("We lost it.", "we lost"),
        ("If you like, we refund it.", "we refund"),
        ("We'd like to refund it.", "refund it"),
        ("I would be happy to refund it.", "refund it"),
        ("We should have called you.", "we should have called"),
        ("We could refund it.", "refund it"),
        ("We'd lost it.", "lost it"),
        ("We had lost it.", "lost it"),
        ("We would gladly refund it.", "refund it"),
        ("I'd gladly refund it.", "refund it"),
        ("The trouble you had we caused.", "we caused"),
        ("What you should we did.", "we did"),
    ],
)
def test_politeness_and_admissions_are_not_hypothetical(said: str, words: str) -> None:
    assert not features(said, words).hypothetical


@for_each(
    "said, words",
    [
        ("You told me that we lost it.", "we lost"),
        ("You've told us we lost it.", "we lost"),
        ("The letter says we lost it.", "we lost"),
        ("The letter says: we lost it.", "we lost"),
        ("My manager said we lost it.", "we lost"),
        ("According to the driver we lost it.", "we lost"),
        ("I was told that we lost it.", "we lost"),
        ("You've been told that we lost it.", "we lost"),
        ("They were told we lost it.", "we lost"),
        ("The driver reports that we lost it.", "we lost"),
        ("Your claim is that we lost it.", "we lost"),
        ("Allegedly we lost it.", "we lost"),
        ('You wrote "we lost it" on Monday.', "we lost"),
        ("You wrote \u201cwe lost it\u201d on Monday.", "we lost"),
        ("You're saying that we lost it.", "we lost"),
        ("They claim we lost it.", "we lost"),
        ("The bank says we lost it.", "we lost"),
        ("Your husband told me that we lost it.", "we lost"),
        ("Everyone believes that we lost it.", "we lost"),
        ("It says here we lost it.", "we lost"),
        ("You accuse us of what we lost.", "we lost"),
        ("The idea that we lost it is new.", "we lost"),
        ("In your opinion we lost it.", "we lost"),
        ("You want us to say we lost it.", "we lost"),
        ("You want that I say we lost it.", "we lost"),
        ("He asked me to say we lost it.", "we lost"),
        ("You said it was late because we lost it.", "we lost"),
    ],
)
def test_the_words_of_others_are_reported(said: str, words: str) -> None:
    assert features(said, words).reported


@for_each(
    "said, words",
    [
        ("We lost it.", "we lost"),
        ("I told you that we lost it.", "we lost"),
        ("I've told you that we lost it.", "we lost"),
        ("As you said, we lost it.", "we lost"),
        ("As you said we lost it.", "we lost"),
        ("As you rightly say we lost it.", "we lost"),
        ("You asked for it and we lost it.", "we lost"),
        ("That said, we lost it.", "we lost"),
        ("You said it was late, but we lost it.", "we lost"),
        ("Do you think we lost it?", "we lost"),
        ("The letter says nothing. We lost it.", "we lost"),
        ("You told me a lot, but we lost it.", "we lost"),
        ('"We lost it."', "we lost"),
        ('A 15" screen: we lost it.', "we lost"),
        ('A 15" screen.\n\nWe lost it, a 15" one.', "we lost"),
    ],
)
def test_what_the_writer_says_is_not_reported(said: str, words: str) -> None:
    assert not features(said, words).reported


@for_each(
    "said, words, asks",
    [
        ("Did we lose it?", "lose it", True),
        ("did we lose it", "lose it", True),
        ("Why didn't you call", "you call", True),
        ("We lost it?", "we lost", True),
        ("Could you wait, we lost it.", "could you", True),
        ("Could you wait, we lost it.", "we lost", False),
        ("We lost it. Did you call?", "we lost", False),
        ("What we lost is yours.", "we lost", False),
        ("has the refund arrived", "refund arrived", True),
        ("Was our driver late", "driver late", True),
        ("And did your bag come", "bag come", True),
        ("how come we lost it", "we lost", True),
        ("what day did we lose it", "we lose", True),
        ("We lost it, right?", "we lost", True),
        ("It was our mistake, wasn't it?", "our mistake", True),
        ("We lost it, did the driver call?", "we lost", False),
        ("Do the next step.", "next step", False),
        ("What day we lost it is clear.", "we lost", False),
    ],
)
def test_questions_are_told_by_their_mark_or_the_order_of_their_words(said: str, words: str, asks: bool) -> None:
    assert features(said, words).question == asks


@for_each(
    "said, words, person, tense",
    [
        ("We lost it.", "lost", "we", "past"),
        ("I'll call you.", "call", "I", "future"),
        ("We're going to call you.", "call", "we", "future"),
        ("We won't be able to call.", "call", "we", "future"),
        ("We have called you.", "called", "we", "past"),
        ("We could have called.", "called", "we", "past"),
        ("They charged you twice.", "charged", "they", "past"),
        ("You owe us that.", "owe", "you", "present"),
        ("She can't call.", "call", "they", "present"),
        ("The van was late because it broke down.", "broke", "it", "past"),
        ("Refunds take a week.", "take", None, "present"),
        ("Our van broke down.", "broke", None, "past"),
        ("The code expired before you could use it.", "expired", "you", "past"),
        ("The driver couldn't find you.", "find", "you", "past"),
        ("Two labels were swapped in May.", "swapped", None, "past"),
        ("The names were March and May.", "names", None, "past"),
        ("I mixed up March and May.", "mixed", "I", "past"),
        ("We may call.", "call", "we", "present"),
        ("The two labels were swapped.", "swapped", None, "past"),
        ("Our teams need a week.", "need", None, "present"),
        ("Yes, that we lost it.", "lost", "we", "past"),
        ("That was late.", "late", "it", "past"),
    ],
)
def test_a_clause_has_the_person_of_its_subject_and_the_tense_of_its_verb(
    said: str, words: str, person: str | None, tense: str
) -> None:
    assert features(said, words)[-2:] == (person, tense)


@pytest.mark.parametrize("module", [negation, modality])
def test_every_cue_is_a_phrase_that_can_be_found(module: object) -> None:
    lists = [value for value in vars(module).values() if isinstance(value, tuple)]
    assert lists
    assert [cue for cues in lists for cue in cues if isinstance(places(cue), Malformed)] == []


WORDS = st.lists(
    st.sampled_from(
        [
            "we", "you", "I'd", "can't", "not", "never", "no", "if", "would", "have", "told", "said", "letter", "but",
            "and", "it", "lost", "enough", "is", "true", ",", ".", "?", '"', "\u201c", "\u201d", "\n\n", "as", ":",
        ]
    ),
    max_size=40,
).map(" ".join)  # fmt: skip


@given(st.one_of(WORDS, st.text(max_size=200)))
def test_every_text_is_read_and_every_word_has_its_clause(text: str) -> None:
    found = reading(text)
    size = len(found.text.words)
    flags = (*found.negation, found.supposed, found.reported)
    assert [len(words) for words in (found.clause_of, *flags)] == [size] * 5
    assert all(clause.begin <= at < clause.end for at, clause in enumerate(found.clause_of))
    assert all(found.text.first[at] <= clause.begin for at, clause in enumerate(found.clause_of))


@given(WORDS)
def test_case_and_the_shape_of_apostrophes_do_not_count(text: str) -> None:
    expected = reading(text)
    for other in (text.upper(), text.replace("'", "\u2019")):
        assert reading(other)[1:] == expected[1:]


def work(text: str) -> int:
    """The calls of functions that reading a text takes: the same on every machine."""
    profile = cProfile.Profile()
    profile.runcall(reading, text)
    return sum(entry.callcount for entry in profile.getstats())


@for_each(
    "piece",
    ["not ", "if we ", "you told me ", "can not a ", "we would ", '"', "\u201c", "I'd be ", "is not true ", "a, ",
     "\n ", "no. ", "- ", "x" * 50 + " "],
)  # fmt: skip
def test_reading_is_linear_in_the_length_of_the_text(piece: str) -> None:
    reading("")
    small, large = piece * (12_500 // len(piece)), piece * (100_000 // len(piece))
    # 8 times the text: a square would take 64 times the work.
    assert work(large) < 20 * max(work(small), 100)
