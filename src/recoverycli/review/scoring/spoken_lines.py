"""What was said in a call, each line with what the wording finds in it. Lines that many calls share are read once."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.session.transcript import facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.session.transcript.model import Call, TranscriptSaid, TranscriptStep
    from recoverycli.wording.matcher import Finding, Matcher
    from recoverycli.wording.model import ApologyPart, PartId

_REMEMBERED = 20_000


class LineFindings(NamedTuple):
    """What the wording finds in a line: what backfires, and the parts of an apology."""

    findings: tuple[Finding, ...]
    parts: tuple[PartId, ...]


class SpokenLine(NamedTuple):
    """Words that were said in a step, `own` where the agent wrote them; and what was found in them."""

    said: TranscriptSaid
    step: TranscriptStep
    own: bool
    heard: LineFindings

    def quote(self, found: Finding) -> str:
        """Return the words of a finding in quotes."""
        return f'"{self.said.text[found.start : found.end]}"'


class SpokenLineReader:
    """Reads the lines of calls with one wording. Create it once for many calls."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self.parts: tuple[ApologyPart, ...] = matcher.wording.parts
        self._heard = functools.lru_cache(maxsize=_REMEMBERED)(self._hear)

    def lines(self, call: Call) -> Iterator[SpokenLine]:
        """Return what was said, step by step."""
        for step in call.steps:
            for number, said in enumerate(facts.said_phrases(step)):
                heard = self._heard(said.text, call.channel)
                if heard.findings and number + 1 < len(step.said):
                    heard = heard._replace(findings=self._still(said.text, step.said[number + 1].text, call.channel))
                own = said.phrase is None or said.phrase.source == "personal"
                yield SpokenLine(said, step, own, heard)

    def _hear(self, text: str, channel: str | None) -> LineFindings:
        return LineFindings(self._matcher.findings(text, channel), self._matcher.parts(text))

    def _still(self, text: str, following: str, channel: str | None) -> tuple[Finding, ...]:
        """What still backfires together with the next line: "I don't know" may continue with "but I find out"."""
        findings = self._matcher.findings(f"{text}\n\n{following}", channel)
        return tuple(finding for finding in findings if finding.end <= len(text))
