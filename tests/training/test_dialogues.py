"""The built-in dialogues: they go their framework's way, and the agent says what the tool itself would let pass."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from recoverycli.content.library import Source
from recoverycli.frameworks.dialogues.library import DialogueLibrary
from recoverycli.frameworks.dialogues.model import MISTAKES
from recoverycli.training.demo import MISTAKES as MISTAKE_WORDS
from recoverycli.training.demo import bad_take, good_take
from recoverycli.training.lint.lists import read_lists
from tests.frameworks.test_examples import FILES
from tests.frameworks.test_playbooks import LIBRARY
from tests.wording.wordings import MATCHER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.frameworks.dialogues.model import Dialogue
    from recoverycli.wording.model import Kind

ROOT = Path(__file__).parents[2]
DIALOGUES = {
    loaded.content.id: loaded.content
    for loaded in DialogueLibrary((Source(ROOT / "dialogues", "personal"),), LIBRARY).listing().entries
}
# What no text for a customer should do; promises and facts of a call are right in a dialogue, where they are true.
KINDS: tuple[Kind, ...] = ("idiom", "drama", "belittling", "comparison", "grading", "hurry", "mind-reading")
_SORRY = re.compile(r"\b(?:sorry|apolog\w+)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?:]+(?=\W|$)")
MOST_IN_A_SENTENCE, MOST_AT_ONCE = 22, 60


def agent_lines(dialogue: Dialogue) -> list[str]:
    return [exchange.agent for exchange in dialogue.exchanges]


def each_agent_line() -> Iterator[tuple[str, str]]:
    for name, dialogue in DIALOGUES.items():
        yield from ((name, line) for line in agent_lines(dialogue))


def test_every_file_is_valid() -> None:
    assert DIALOGUES.keys() == {path.stem for path in (ROOT / "dialogues").glob("*.yaml")}
    listing = DialogueLibrary((Source(ROOT / "dialogues", "personal"),), LIBRARY).listing()
    assert listing.problems == ()


def test_each_framework_playbook_and_card_has_a_dialogue_that_fits() -> None:
    library = DialogueLibrary((Source(ROOT / "dialogues", "built-in"),), LIBRARY)
    shown = {name: [one.content.id for one in library.of(file.content).entries] for name, file in FILES.items()}
    assert [name for name, ids in shown.items() if not ids] == []
    assert sorted(id_ for ids in shown.values() for id_ in ids) == sorted(DIALOGUES)


def test_a_framework_is_shown_with_every_step_of_the_call_and_a_playbook_with_its_whole_way() -> None:
    for dialogue in DIALOGUES.values():
        framework = FILES[dialogue.framework].content
        spoken = [one.step for one in dialogue.exchanges]
        steps = [one for one, other in pairwise([*spoken, None]) if one != other]
        live = [step.id for step in framework.live_steps]
        if dialogue.example is not None:
            examples = {example.id: example for example in framework.examples}
            way = [place for place in examples[dialogue.example].path if "/" not in place]
            assert steps[: len(way)] == way, dialogue.id
        elif framework.group == "framework":
            assert steps[: len(live)] == live, dialogue.id
        else:
            assert steps[0] == live[0], dialogue.id


def test_a_dialogue_has_eight_to_seventeen_turns() -> None:
    turns = {name: 2 * len(dialogue.exchanges) + 1 for name, dialogue in DIALOGUES.items()}
    assert {name: count for name, count in turns.items() if not 8 <= count <= 17} == {}


def test_the_agent_says_nothing_that_backfires_and_nothing_that_the_lists_for_phrases_find() -> None:
    lists = read_lists((Source(ROOT / "wording" / "lint", "built-in"),)).by_kind
    found = {
        (name, line): [one.pattern.id for one in (*MATCHER.findings(line), *extra)]
        for name, line in each_agent_line()
        if (extra := [one for kind in KINDS for one in lists[kind].findings(line)]) or MATCHER.findings(line)
    }
    assert found == {}


def test_the_agent_says_sorry_once_and_asks_one_thing_at_a_time() -> None:
    for name, dialogue in DIALOGUES.items():
        lines = agent_lines(dialogue)
        assert sum(len(_SORRY.findall(line)) for line in lines) <= 1, name
        assert [line for line in lines if line.count("?") > 1] == [], name


def test_what_the_agent_says_can_be_said_in_a_few_breaths() -> None:
    long = {
        line: longest
        for _, line in each_agent_line()
        if (longest := max(len(one.split()) for one in _SENTENCE.split(line))) > MOST_IN_A_SENTENCE
    }
    assert long == {}
    assert [line for _, line in each_agent_line() if len(line.split()) > MOST_AT_ONCE] == []


def test_a_framework_has_an_apology_in_its_step_for_it() -> None:
    for name, dialogue in DIALOGUES.items():
        steps = {step.id: step for step in FILES[dialogue.framework].content.steps}
        spoken = [steps[one.step] for one in dialogue.exchanges]
        if any("apologize" in {step.intent, *step.also} for step in spoken):
            sorry = [step for step, line in zip(spoken, agent_lines(dialogue), strict=True) if _SORRY.search(line)]
            assert sorry, name


def test_a_bad_take_begins_with_the_same_words_and_its_words_are_found_where_they_are_the_mistake() -> None:
    for name, dialogue in DIALOGUES.items():
        if dialogue.bad is None:
            continue
        assert dialogue.bad.exchanges[0].customer == dialogue.exchanges[0].customer, name
        assert dialogue.bad.exchanges[-1].mood != "calm", name
        for one in dialogue.bad.exchanges:
            # Every other kind of mistake lies in what is done, where no word gives it away.
            assert bool(MATCHER.findings(one.agent)) or one.mistake != "words", (name, one.agent)
    assert set(MISTAKE_WORDS) == set(MISTAKES)


def test_a_take_is_told_in_order_with_the_call_that_comes_later_and_what_came_of_it() -> None:
    dialogue = DIALOGUES["heart"]
    framework = LIBRARY.load("heart").content
    assert dialogue.bad is not None
    good, bad = good_take(dialogue, framework, None, {}), bad_take(dialogue, dialogue.bad, framework)
    told = [(beat.who, beat.text) for beat in good.beats[-5:]]
    last = dialogue.exchanges[-1]
    assert told == [
        ("customer", last.customer),
        ("note", last.later),
        ("agent", last.agent),
        ("customer", dialogue.closing),
        ("note", dialogue.after),
    ]
    assert {beat.step for beat in bad.beats} == {None}
    assert [beat.take for beat in good.then(bad).beats] == ["good"] * len(good.beats) + ["bad"] * len(bad.beats)
