"""The wording of a call, compiled: what reads the words of an agent, and the same as bytes for a cache. Pure."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from recoverycli.content.nodes import Problem
from recoverycli.wording.cards import CardTriggers
from recoverycli.wording.encoded import (
    EncodedGuarded,
    EncodedTable,
    decode_guarded,
    decode_table,
    guarded_data,
    table_data,
)
from recoverycli.wording.files.lists import PHRASES
from recoverycli.wording.guarded import GuardedTables, compile_guarded
from recoverycli.wording.matcher import Matcher, MatcherTables, compile_matcher, sign_groups
from recoverycli.wording.model import Wording

_SENTENCES = (*PHRASES, "catches", "passes")


class CallWording(NamedTuple):
    """What reads the words of an agent in a call."""

    matcher: Matcher
    triggers: CardTriggers


class CallTables(NamedTuple):
    """The wording of a call, its phrases compiled, and the problems of files that were left out."""

    wording: Wording
    matcher: MatcherTables
    triggers: GuardedTables
    problems: tuple[Problem, ...]

    def readers(self) -> CallWording:
        """Return what reads the words of an agent."""
        return CallWording(Matcher(self.wording, self.matcher), CardTriggers(self.wording, self.triggers))


class _Encoded(msgspec.Struct, frozen=True, array_like=True):
    wording: Wording
    patterns: EncodedGuarded
    parts: EncodedGuarded
    occasions: EncodedTable
    triggers: EncodedGuarded
    problems: tuple[Problem, ...]


def compile_for_call(wording: Wording, problems: tuple[Problem, ...] = ()) -> CallTables:
    """Compile what a call needs of a wording."""
    matcher = compile_matcher(wording)
    triggers = compile_guarded(wording.triggers)
    return CallTables(wording, matcher, triggers, problems)


def encode(tables: CallTables) -> bytes:
    """Return the compiled wording of a call as bytes."""
    wording, matcher, triggers, problems = tables
    patterns = guarded_data(matcher.patterns, wording.patterns)
    parts = guarded_data(matcher.parts, sign_groups(wording))
    suggesting = guarded_data(triggers, wording.triggers)
    occasions = table_data(matcher.occasions)
    return msgspec.msgpack.encode([without_phrases(wording), patterns, parts, occasions, suggesting, problems])


def decode(data: bytes) -> CallTables | None:
    """Return the compiled wording of a call; None if the bytes are no such wording."""
    try:
        found = msgspec.msgpack.decode(data, type=_Encoded)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    matcher = MatcherTables(decode_guarded(found.patterns), decode_guarded(found.parts), decode_table(found.occasions))
    return CallTables(found.wording, matcher, decode_guarded(found.triggers), found.problems)


def without_phrases(wording: Wording) -> Wording:
    """Return a wording without phrases and examples: what is said of its words, not the words."""
    groups = {
        group: tuple(map(_without_phrases, getattr(wording, group))) for group in ("patterns", "parts", "triggers")
    }
    return Wording(**groups)


def _without_phrases(owner: Any) -> Any:
    emptied: dict[str, Any] = {key: () for key in _SENTENCES if key in owner.__struct_fields__}
    if groups := getattr(owner, "groups", ()):
        emptied["groups"] = tuple(map(_without_phrases, groups))
    return msgspec.structs.replace(owner, **emptied)
