"""No built-in file tells an agent to say what another one, or the list of words that backfire, tells to avoid."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.frameworks.phrasing import fill
from recoverycli.training.lint.subject import plain
from recoverycli.wording.files.library import load
from recoverycli.wording.matcher import Matcher

ROOT = Path(__file__).parents[2]
LIBRARY = FrameworkLibrary((Source(ROOT / "frameworks", "built-in"),))
FRAMEWORKS = [LIBRARY.load(framework_id).content for framework_id in LIBRARY.ids()]
MATCHER = Matcher(load((Source(ROOT / "wording", "built-in"),)).wording)


class Advised(NamedTuple):
    """Words that a file gives an agent to say, or a line that tells what to do (`spoken` is False)."""

    place: str
    text: str
    channels: tuple[str | None, ...] = (None,)
    spoken: bool = True


def advised_by_frameworks() -> list[Advised]:
    found = []
    for framework in FRAMEWORKS:
        for step in framework.steps:
            place = f"{framework.id}/{step.id}"
            found += [Advised(place, fill(one.say, {}), one.channels or (None,)) for one in step.phrases]
            found += [Advised(place, question) for question in step.questions]
            found += [Advised(place, one.instead) for one in step.avoid]
            found += [Advised(place, line, spoken=False) for line in (step.goal, *step.do)]
    return found


def advised_by_shared_phrases() -> list[Advised]:
    return [
        Advised(path.name, fill(one["say"], {}), tuple(one.get("channels", ())) or (None,))
        for path in sorted((ROOT / "phrases").glob("*.yaml"))
        for one in yaml.safe_load(path.read_text(encoding="utf-8"))["phrases"]
    ]


def collapse_spaces(text: str) -> str:
    return f" {plain(text)} "


ADVISED = [*advised_by_frameworks(), *advised_by_shared_phrases()]
AVOIDED = {
    collapse_spaces(one.say): f"{framework.id}/{step.id}"
    for framework in FRAMEWORKS
    for step in framework.steps
    for one in step.avoid
}


def contradictions(advised: list[Advised]) -> list[str]:
    return [
        f"{one.place} says {one.text!r}; {source} avoids{avoided}"
        for one, text in zip(advised, [collapse_spaces(one.text) for one in advised], strict=True)
        for avoided, source in AVOIDED.items()
        if avoided in text
    ]


def backfiring(advised: list[Advised]) -> list[str]:
    return [
        f"{one.place} says {one.text!r}: {found.pattern.id}"
        for one in advised
        if one.spoken
        for channel in one.channels
        for found in MATCHER.findings(one.text, channel)
    ]


def test_no_file_gives_the_words_that_another_file_avoids() -> None:
    assert len(AVOIDED) > 150
    assert contradictions(ADVISED) == []


def test_no_file_gives_words_that_backfire() -> None:
    assert len(ADVISED) > 1500
    assert backfiring(ADVISED) == []


@pytest.mark.parametrize("say", ["So let me explain it once more.", "Are you sure?", "It's our policy, you know."])
def test_a_contradiction_is_found_wherever_it_is(say: str) -> None:
    assert contradictions([Advised("another/file", say)])


def test_words_that_backfire_are_found_wherever_they_are() -> None:
    assert backfiring([Advised("another/file", "You need to calm down.")])


def test_where_a_file_corrects_words_it_gives_other_words() -> None:
    for framework in FRAMEWORKS:
        for step in framework.steps:
            for one in step.avoid:
                assert collapse_spaces(one.say) not in collapse_spaces(one.instead), f"{framework.id}/{step.id}"
