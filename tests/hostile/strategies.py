"""What the world can put before the tool: lines, files sound and mutated, words of queries, dates, amounts and names.

A mutation is a short list of small choices, so that a failure shrinks to the one change that matters.
"""

from __future__ import annotations

import copy
import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from hypothesis import strategies as st

from recoverycli.session.grammar.commands import COMMANDS

ROOT = Path(__file__).parents[2]
# What a terminal would obey: control characters of both sets, what ends a line, changes of direction, half letters.
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

# What a terminal obeys, what markup and formulas begin with, what leads out of a folder, what ends a line or a text.
NASTY = (
    "\x1b[31mred", "\x1b]52;c;aGk=\x07", "\x1b]8;;http://x\x1b\\y", "\x9b31m", "\x00", "\x07", "\r", "\n", "\r\n",
    "\u2028", "\x85", "\u202eabc", "\u2066x", "\u200f", "\ufeff", "\ud800", "\udcff", "\ufffe", "\U000e0041",
    "e\u0301", "\u1112\u1161\u11ab", "\ufdfa", "👩\u200d👩\u200d👧", "א ב", "١٢", "²", "\u017f", "İ",
    "[red]x[/red]", "[link=http://x]y[/link]", "[/]", "{{7*7}}", "{% x %}", "{customer", "{x|y}", "${HOME}", "%s%n",
    "<script>alert(1)</script>", "&lt;", "\" onload=\"x", "'", '"', "\\", "`x`", "**b**", "| a |", "[a](javascript:x)",
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\uff1d1", ";=1", "../../x", "/etc/passwd", "~", "C:\\x", "CON", ".", "..",
    "' OR 1=1 --", '" NEAR x', "NOT", "AND OR", "*", "-", "--", "%", "_", "1e999", "nan", "inf", "0x1f", "1_0",
    "9" * 30, "9" * 5000, "0" * 7 + "1", "-0", "1.", "1,000.00", "1.000,00", "x" * 300, " " * 50, "a " * 60,
    "0000-01-01", "10000-01-01", "2026-02-30", "9999-12-31", "2026-11-23T09:00:00+99:99", "24:00", "31 feb", "0 days",
    "999999999999 days", "last friday", "in 5 min", "tomorrow 5pm", "noon", "4111 1111 1111 1111", "pin 1234",
)  # fmt: skip

nasty = st.sampled_from(NASTY)
words = st.lists(
    st.one_of(nasty, st.text(max_size=8), st.sampled_from(["by", "in", "on", "yes", "1", "p1"])), max_size=4
)
texts = words.map(" ".join)
bare = st.sampled_from(["", " ", "1", "2", "9", "b", "u", "m", "?", "y", "n", "note", "//u", "/", "//", "/ x"])
_HELD = st.sampled_from(
    [
        "/customer Noor", "/set weight heavy", "/set expectation a refund", "/promise a call by tomorrow 5pm",
        "/due 1 friday", "/offer refund 20 EUR", "/offer voucher 10%", "/switch other", "/switch way-out", "/switch",
        "/end", "/end resolved", "/pause", "/abandon", "/goto solve", "/skip", "/tick 1", "/tick 2", "/copy 1",
        "/hold", "/back-on", "/mood angry", "/set charges two", "/set charges pending", "/ours yes", "/repeated no",
        "/severity severe", "/channel email", "/tick 0000019", "/copy 0000019", "/due 01 friday",
        "/due 000000000000000000001 friday",
    ]
)  # fmt: skip
commands = st.builds("/{} {}".format, st.sampled_from(sorted(COMMANDS)), texts)
line = st.one_of(_HELD, bare, commands, texts, st.text(max_size=20))
lines = st.lists(line, max_size=12)

# ---- mutated bytes: the texts that people write

FRAGMENTS = (
    b"[", b"{", b"]", b"}", b":", b"- ", b"\n", b"  ", b"&a ", b"*a ", b"!!x ",
    b"!!python/object/apply:os.system [x]", b"? ", b"|", b">", b"'", b'"', b'"\\x9b"', b'"listen\\n"', b"1e999",
    b"9" * 400, b"0000000011", b"0x" + b"f" * 4500, b"null", b"~", b"yes", b"2026-99-99", b"\xff", b"\x00",
    b"\xed\xa0\x80", b"<<: *a", b"%YAML 1.1\n---\n", b"---\n", b"...\n", b"#", b",", b"extends: ../../x\n",
    b"schema: 2\n", b"id: ../x\n", b"\t", b"@", b"`", b"{a|", b"{{", b"}}", b"\xe2\x80\xa8", b"\xc2\x85",
    b"\xef\xbb\xbf", b"!!binary x", b"=", b"12:30:45", b"1_000", b"[[remedies]]\n", b"[a.b]\n", b"inf", b"nan",
    b"1979-05-27T07:32:00Z", b"'''", b'"""', b"agent = ", b"9" * 5000, b"\\u0000", b"\r", b"=true\n",
)  # fmt: skip
Change = tuple[int, int, int]
changes = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 2**16), st.integers(0, 2**16)), min_size=1, max_size=4)
scraps = st.lists(st.sampled_from(FRAGMENTS), max_size=20).map(b"".join)


def mutated(data: bytes, changed: list[Change]) -> bytes:
    """Return a text with some changes: pieces put in, taken out and doubled, lines moved, bits turned."""
    for how, where, what in changed:
        place, piece = where % (len(data) + 1), FRAGMENTS[what % len(FRAGMENTS)]
        rows = data.split(b"\n")
        row = where % len(rows)
        match how:
            case 0 | 1:
                data = data[:place] + piece + data[place:]
            case 2:
                data = data[:place] + data[place + 1 + what % 40 :]
            case 3:
                data = data[:place] + piece + data[place + 1 + what % 40 :]
            case 4:
                data = b"\n".join([*rows[:row], rows[what % len(rows)], *rows[row:]])
            case 5:
                data = b"\n".join([*rows[:row], *rows[row + 1 :]])
            case 6:
                data = b"\n".join([*rows[:row], b"  " + rows[row], *rows[row + 1 :]])
            case 7 | 8:
                key, mark, _ = rows[row].partition(b": " if b": " in rows[row] else b"= ")
                data = b"\n".join([*rows[:row], key + mark + piece, *rows[row + 1 :]])
            case _ if data:
                spot = place % len(data)
                data = data[:spot] + bytes([data[spot] ^ 1 << what % 8]) + data[spot + 1 :]
    return data


def files(*sound: bytes) -> st.SearchStrategy[bytes]:
    """Bytes of a file of a kind: a sound one, mutated or, now and then, scraps alone."""
    mutants = st.builds(mutated, st.sampled_from(sound), changes)
    return st.one_of(mutants, mutants, mutants, scraps)


def shortest(folder: str) -> list[tuple[str, bytes]]:
    """The two shortest files of one of our folders: what a mutation is about is in any of them."""
    found = sorted((ROOT / folder).glob("*.yaml"), key=lambda path: path.stat().st_size)
    return [(path.name, path.read_bytes()) for path in found[:2]]


# ---- mutated documents: the JSON that the tool writes

VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 11, 2**63, 2**64, 10**30, -(10**30), 0.5, 1e308, -1e308, 5e-324, "", "x", [], {},
    [None], {"a": 1}, ["x", "x"], "resolved", "done", "open", "skipped", "finished", "learn", "little", "listen",
    "p1", "outcome", "promises.p1.due", "promises.p1.done_at", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
    "2026-11-23T09:00:00", "2026-11-23T09:00:00Z", "1000-01-01T00:00:00+23:59", "8999-12-31T23:59:59-23:59",
    "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-11-23T09:00:60Z", "20261123T090000-learn-aaaa",
    "\u0662\u0660\u0662\u0666\u0661\u0661\u0662\u0663T090000-learn-aaaa",
    *(one for one in NASTY if one.isprintable() or one.isascii()),
)  # fmt: skip


class Edit(NamedTuple):
    """A change of a document: where (as a number, taken modulo what there is), how, and the value that it gets."""

    where: int
    how: int
    value: int


edits = st.lists(
    st.builds(Edit, st.integers(0, 2**16), st.integers(0, 7), st.integers(0, len(VALUES) - 1)), min_size=1, max_size=3
)


def edited(document: Any, changed: list[Edit]) -> Any:
    """Return a document with some values changed for others, mostly of the same kind, or gone, doubled or moved."""
    document = copy.deepcopy(document)
    for where, how, number in changed:
        places = list(_places(document))
        if not places:
            return document
        holder, key = places[where % len(places)]
        old = holder[key]
        match how:
            case 0 | 1 | 2:
                alike = [value for value in VALUES if type(value) is type(old)]
                holder[key] = copy.deepcopy(alike[number % len(alike)]) if alike else VALUES[number]
            case 3:
                holder[key] = copy.deepcopy(VALUES[number])
            case 4:
                del holder[key]
            case 5 if isinstance(holder, list):
                holder.insert(number % (len(holder) + 1), copy.deepcopy(old))
            case 6 if isinstance(holder, dict):
                holder["x" * (number % 3)] = copy.deepcopy(VALUES[number])
            case _:
                other, at = places[number * 97 % len(places)]
                if at in (other if isinstance(other, dict) else range(len(other))):
                    holder[key] = copy.deepcopy(other[at])
    return document


def _places(document: Any) -> Any:
    pairs = document.items() if isinstance(document, dict) else enumerate(document)
    for key, value in list(pairs):
        yield document, key
        if isinstance(value, dict | list):
            yield from _places(value)


@cache
def transcripts() -> tuple[Any, ...]:
    """Sound transcripts as documents, of calls of every kind."""
    from recoverycli.session.transcript.model import encode
    from tests.synthetic import calls

    return tuple(msgspec.json.decode(encode(call)) for call in calls(12, seed=5))


documents = st.builds(edited, st.sampled_from(range(12)).map(lambda number: transcripts()[number]), edits)
names = st.one_of(
    texts, st.lists(st.sampled_from(["..", ".", "", "a", "sessions", "live", "\\", "~", "x.json"])).map("/".join)
)
