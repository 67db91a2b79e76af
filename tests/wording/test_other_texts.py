"""Texts that are no English sentences: other languages and scripts, emoji, one long line without a full stop."""

from __future__ import annotations

import cProfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoverycli.wording.cards import CardTriggers
from recoverycli.wording.matcher import Matcher
from recoverycli.wording.model import Wording
from tests.cases import for_each
from tests.wording.wordings import BUILT_IN, MATCHER, found, pattern

if TYPE_CHECKING:
    from collections.abc import Callable

TRIGGERS = CardTriggers(BUILT_IN.wording)
FOREIGN = [
    "No. No s\u00e9 qu\u00e9 ha pasado con su pedido, la tienda est\u00e1 cerrada.",
    "No. Lo siento mucho, se\u00f1ora.",
    "No. N\u00e3o temos a sua encomenda, volte amanh\u00e3 por favor.",
    "No. Mi dispiace, il pacco non \u00e8 ancora arrivato.",
    "Die Ware ist nicht da, die kommt so am Montag. Das war so im System.",
    "No, on a d\u00e9j\u00e0 rembours\u00e9. On est l\u00e0 pour me dire la cause.",
    "We zijn om zes uur open. Is de order er al? Nee, die is op.",
    "No. Hindi ko po alam, pero titingnan ko at tatawag ako sa inyo.",
    "No. Saya akan set ulang, per hari ini sudah ada.",
    "No. Paczka jest w drodze, prosz\u0119 poczeka\u0107 do jutra.",
    "Det var hans problem, so for at han kan se det. No.",
    "No. \u041d\u0435\u0442, \u044d\u0442\u043e \u043d\u0435\u0432\u043e\u0437\u043c\u043e\u0436\u043d\u043e.",
    "\u6211\u4eec\u4e0d\u80fd\u9000\u6b3e\u3002No\u3002\u8bf7\u51b7\u9759\u3002",
    "\u0644\u0627 \u064a\u0645\u0643\u0646 \u0630\u0644\u0643. No.",
    "\u7533\u3057\u8a33\u3042\u308a\u307e\u305b\u3093\u3002\u3067\u304d\u307e\u305b\u3093\u3002",
]


@for_each("text", FOREIGN)
def test_nothing_is_found_in_another_language(text: str) -> None:
    assert [(one.pattern.id, text[one.start : one.end]) for one in MATCHER.findings(text)] == []
    assert MATCHER.parts(text) == ()
    assert TRIGGERS.suggest(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("No.", ["No"]),
        ("No. The depot.", ["No"]),
        ("No. We checked it and the window is closed.", ["No"]),
        ("Hindi po pwede, ma'am, calm down po muna kayo.", ["calm down"]),
        ("Lo siento, it's our policy.", ["it's our policy"]),
    ],
)
def test_english_words_are_found_alone_and_among_others(text: str, words: list[str]) -> None:
    assert [text[one.start : one.end] for one in MATCHER.findings(text)] == words


def test_a_company_has_patterns_in_its_own_language() -> None:
    said = "Lo siento, se\u00f1or. No es posible, es nuestra pol\u00edtica."
    assert found(said, pattern("no es posible"), pattern("es nuestra politica", id="y")) == [
        "No es posible",
        "es nuestra pol\u00edtica",
    ]


READERS: dict[str, Callable[[str], object]] = {
    "findings": MATCHER.findings,
    "parts": MATCHER.parts,
    "occasion": MATCHER.occasion,
    "cards": TRIGGERS.suggest,
    "odd": Matcher(
        Wording(
            (
                pattern("a * b * c"),
                pattern("(a) (a) (a) (a) (a) (a) (a) (a) b", loosely=True),
                pattern("a/a_a/a_a_a/b ... a/b_a/a_b ... c/a_a", unless=("c * a",)),
                pattern("a/b * no/not", unless_followed_by=("no * c",), when={"negated": False}),
            )
        )
    ).findings,
}


def work(read: Callable[[str], object], text: str) -> int:
    """The calls of functions that looking through a text takes: the same on every machine."""
    profile = cProfile.Profile()
    profile.runcall(read, text)
    return sum(entry.callcount for entry in profile.getstats())


def assert_linear(read: Callable[[str], object], piece: str) -> None:
    """8 times the text may take 20 times the work; a square would take 64 times."""
    small, large = piece * max(1, 2_000 // len(piece)), piece * (8 * max(1, 2_000 // len(piece)))
    assert work(read, large) < 20 * max(work(read, small), 200), piece


EVERY_CATCH = " ".join(sentence for one in BUILT_IN.wording.patterns for sentence in one.catches)


@for_each("read", READERS.values())
@for_each(
    "piece",
    [
        "".join(sign for sign in EVERY_CATCH[:2_000] if sign not in ".,?!;:"),
        EVERY_CATCH[2_000:4_000],
        "no. ",
        "no ",
        "not sorry if but ",
        "a a b c ",
        "\U0001f621\U0001f44e\U0001f3fd ",
        "\u4e0d",
        "\u0301",
        '"you said "no ',
        "word" * 500,
    ],
    name=lambda piece: ascii(piece)[:16],
)
def test_one_long_line_takes_linear_time(piece: str, read: Callable[[str], object]) -> None:
    assert_linear(read, piece)


PIECES = st.lists(
    st.sampled_from(
        ["a", "b", "c", "no", "not", "sorry", "if", "we", "you", "can", "refund", "calm", "down", ",", ". "]
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40)
@given(PIECES, st.sampled_from(sorted(READERS)))
def test_any_line_that_goes_on_takes_linear_time(words: list[str], read: str) -> None:
    assert_linear(READERS[read], f"{' '.join(words)} ")
