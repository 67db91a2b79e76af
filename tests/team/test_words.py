"""A sign is a word in the team's database where the desk's index makes one of it, whatever either knows of Unicode."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from recoverycli.session.query import Term
from recoverycli.store.index.tables import make_tables
from recoverycli.team.words import spellings
from recoverycli.text.tokens import tokens, words_of

_BLOCK = 256
_SIGNS = [code for code in range(1, 0x110000) if not 0xD800 <= code < 0xE000]


def test_every_sign_is_the_same_words_at_the_desk_and_in_the_teams_database() -> None:
    blocks = [
        " ".join(words_of(chr(code)) for code in _SIGNS[start : start + _BLOCK])
        for start in range(0, len(_SIGNS), _BLOCK)
    ]
    team = [list(spellings(Term(tuple(token.text for token in tokens(block))))) for block in blocks]

    with closing(sqlite3.connect(":memory:")) as index:
        make_tables(index)
        index.executemany("INSERT INTO words (rowid, said) VALUES (?, ?)", enumerate(blocks))
        index.execute("CREATE VIRTUAL TABLE kept USING fts5vocab(words, instance)")
        desk: list[list[str]] = [[] for _ in blocks]
        for block, word in index.execute("SELECT doc, term FROM kept ORDER BY doc, offset"):
            desk[block].append(word)

    assert sum(map(len, desk)) > 100_000
    for start, at_desk, in_team in zip(range(0, len(_SIGNS), _BLOCK), desk, team, strict=True):
        assert at_desk == in_team, f"from U+{_SIGNS[start]:04X}"
