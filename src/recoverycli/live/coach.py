"""Advice on words: the phrases of a step and their order, words that backfire, missing parts of an apology."""

from __future__ import annotations

import textwrap
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from recoverycli.frameworks.model import Phrase
from recoverycli.frameworks.phrasing import MOST, fits_channel, gaps
from recoverycli.session.model import ApologyCheck
from recoverycli.session.phrases import arrange_phrases, arrangement_key, fault, fillings
from recoverycli.system.threads import run_in_thread

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from recoverycli.frameworks.model import Framework, IssueFamily, Step
    from recoverycli.frameworks.shared.families import IssueFamilies
    from recoverycli.frameworks.shared.phrases import SharedPhrases
    from recoverycli.phrases.model import PersonalPhrase
    from recoverycli.session.model import Arrangement, Session, StepRecord
    from recoverycli.wording.cards import CardTriggers
    from recoverycli.wording.compiled import CallWording
    from recoverycli.wording.matcher import Matcher
    from recoverycli.wording.model import ApologyPart

# The longest quotation in a warning, in characters: the better sentence needs the rest of a line of 80.
_LONGEST_QUOTE = 32


class Coach:
    """What a call needs beyond its own facts: own and shared phrases, what was said in recent calls, the wording."""

    def __init__(
        self,
        personal: Iterable[PersonalPhrase] = (),
        worn: Mapping[str, int] | None = None,
        load: Callable[[], CallWording] | None = None,
        shared: SharedPhrases | None = None,
        families: IssueFamilies | None = None,
    ) -> None:
        self._personal = tuple(personal)
        self._worn = worn or {}
        self._load = load
        self._shared = shared
        self._families = families
        self._matcher: Matcher | None = None
        self._triggers: CardTriggers | None = None
        self._avoided: tuple[Step, Matcher] | None = None
        self._arrangement: Arrangement | None = None

    def warm(self, framework: Framework) -> Iterator[None]:
        """Load what the first screen does not need: the shared phrases of the later steps, and the wording."""
        if self._shared is not None:
            for step in framework.live_steps:
                self._shared.of(framework, step)
                yield
        if self._load is not None:
            self._matcher, self._triggers = yield from run_in_thread(partial(_load_ready, self._load))

    def add(self, phrase: PersonalPhrase) -> None:
        """Add a phrase that the agent has just saved; it is shown from the next step on."""
        self._personal = (phrase, *self._personal)

    def drop(self, phrase_id: str) -> None:
        """Remove a phrase that the agent took back."""
        self._personal = tuple(phrase for phrase in self._personal if phrase.id != phrase_id)

    def family_of(self, issue: str) -> IssueFamily | None:
        """Return the family of an issue as a call stores it, or None."""
        return self._families.find(issue) if self._families else None

    def arrange(self, session: Session) -> Session:
        """Return the call with its step's phrases in order; the order changes only if something it depends on does."""
        here = session.here
        if here is None:
            return session
        arrangement = self._arrangement
        if arrangement is None or arrangement.by != arrangement_key(session):
            arrangement = self._arrange_phrases(session, here)
        elif not arrangement.parts and self._apologizes(here):
            # The wording was loaded after the screen: its phrases keep their numbers.
            arrangement = self._with_parts(session, here, arrangement, MOST)
        self._arrangement = self._light_parts(here, arrangement)
        return msgspec.structs.replace(session, arrangement=self._arrangement)

    def suggest_better(self, text: str, session: Session) -> str:
        """Return in a line which words of a text backfire and what to say instead; empty if none do.

        What the step on the screen lists under `avoid` goes before the patterns of the wording.
        """
        if self._matcher is None:
            return ""
        from recoverycli.wording.avoided import own_first

        avoided = self._avoided_in(session.here).findings(text) if session.here is not None else ()
        found = own_first(avoided, self._matcher.findings(text, session.channel))
        if not found:
            return ""
        # A phrase names its words, and has the closer replacement; a likely class is a whole sentence.
        first = next((one for one in found if not one.pattern.learned), found[0])
        words = textwrap.shorten(text[first.start : first.end], _LONGEST_QUOTE, placeholder=" …")
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        return f'"{words}" backfires{more} · better: "{first.pattern.instead}"'

    def _avoided_in(self, here: StepRecord) -> Matcher:
        if self._avoided is None or self._avoided[0] is not here.step:
            from recoverycli.wording.avoided import avoided_words
            from recoverycli.wording.matcher import Matcher
            from recoverycli.wording.model import Wording

            self._avoided = here.step, Matcher(Wording(avoided_words(here.step)))
        return self._avoided[1]

    def suggest_card(self, text: str, cards: Collection[str]) -> str | None:
        """Return which of the cards the words of a text suggest; None if none of them."""
        found = self._triggers.suggest(text, cards) if self._triggers is not None else None
        return found.card if found is not None else None

    def _arrange_phrases(self, session: Session, here: StepRecord) -> Arrangement:
        shared = self._shared.of(session.framework, here.step) if self._shared else ()
        fresh = arrange_phrases(session, self._own_phrases(session, here), self._worn, shared)
        if self._shared is not None:
            sources = {phrase.id: self._shared.source_of(phrase) for phrase in shared}
            fresh = msgspec.structs.replace(fresh, shared=sources)
        return self._with_parts(session, here, fresh, MOST - len(self._parts(session, here)))

    def _with_parts(self, session: Session, here: StepRecord, shown: Arrangement, most: int) -> Arrangement:
        """Offer the parts of an apology after at most `most` other phrases, as far as there are numbers."""
        offers = {part: _offer(part, session) for part in self._parts(session, here)}
        sentences = tuple(offer for offer in offers.values() if offer is not None)
        phrases = (*shown.phrases[:most], *sentences)[:MOST]
        numbers = {phrase.id: number for number, phrase in enumerate(phrases, start=1)}
        marks = tuple(
            ApologyCheck(part.id, part.name, said=False, number=numbers.get(offer.id) if offer is not None else None)
            for part, offer in offers.items()
        )
        return msgspec.structs.replace(shown, phrases=phrases, parts=marks)

    def _light_parts(self, here: StepRecord, arrangement: Arrangement) -> Arrangement:
        """Mark the parts of the apology that were said in this step."""
        if not arrangement.parts or self._matcher is None:
            return arrangement
        said = set(self._matcher.parts("\n".join(words.text for words in here.said)))
        parts = tuple(msgspec.structs.replace(part, said=part.id in said) for part in arrangement.parts)
        return msgspec.structs.replace(arrangement, parts=parts)

    def _own_phrases(self, session: Session, here: StepRecord) -> tuple[Phrase, ...]:
        if not self._personal:
            return ()
        from recoverycli.phrases.model import phrases_of_step

        return phrases_of_step(self._personal, session.framework.id, here.step)

    def _apologizes(self, here: StepRecord) -> bool:
        return self._matcher is not None and "apologize" in (here.step.intent, *here.step.also)

    def _parts(self, session: Session, here: StepRecord) -> tuple[ApologyPart, ...]:
        """The parts of an apology that apply to the call, the most important first."""
        if self._matcher is None or not self._apologizes(here):
            return ()
        from recoverycli.wording.apology import applies

        parts = sorted(self._matcher.wording.parts, key=lambda part: part.weight)
        return tuple(part for part in parts if applies(part, fault(session)))


def _load_ready(load: Callable[[], CallWording]) -> CallWording:
    """Load the wording, and read a text: the first makes the lists of words by which every text is read."""
    wording = load()
    wording.matcher.parts("I'm sorry that we could not call.")
    return wording


def _offer(part: ApologyPart, session: Session) -> Phrase | None:
    """Return a sentence for a part of the apology and the channel of the call; None while a fact is missing."""
    sentences = (
        Phrase(say=offer.say, channels=offer.channels, id=f"apology-{part.id}-{number}")
        for number, offer in enumerate(part.phrases, start=1)
    )
    known = fillings(session)
    whole = (phrase for phrase in sentences if not gaps(phrase.say, known))
    return next((phrase for phrase in whole if fits_channel(phrase, session.channel)), None)
