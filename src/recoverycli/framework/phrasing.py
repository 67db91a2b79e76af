from __future__ import annotations
import re
from collections.abc import Mapping
import msgspec
from recoverycli.framework.model import Phrase, Step
class Facts(msgspec.Struct, frozen=True):
    channel: str | None = None
    mood: str | None = None
    issue: str | None = None
    values: Mapping[str, str] = {}
_P = re.compile(r"\{\{|\}\}|\{(\w+)(?:\|([^{}]*))?\}")
def fill(text: str, values: Mapping[str, str]) -> str:
    def one(m):
        if m.group() in ("{{", "}}"): return m.group()[0]
        v = values.get(m[1])
        return v if v else (m[2] if m[2] is not None else f"[{m[1].replace('_',' ')}]")
    return _P.sub(one, text)
def choose(step: Step, facts: Facts) -> tuple[Phrase, ...]:
    def fit(named, fact): return 1 if not named else (0 if fact in named else 2)
    return tuple(sorted(step.phrases, key=lambda p: (fit(p.channels, facts.channel)==2, fit(p.moods, facts.mood))))[:9]
