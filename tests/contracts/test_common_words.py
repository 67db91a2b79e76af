"""The words of the content are common ones, by a list of how often words occur in English (wordfreq).

The listener may hear English as a second language. What is said to a customer keeps to words with a Zipf frequency of
at least 4 (ten in a million words, the 7,000 most frequent), what an agent reads to 3.6 (the 13,000 most frequent). A
word counts as often as its base form: "refunded" is as well known as "refund".
"""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from wordfreq import zipf_frequency

from recoverycli.training.tutorial import lesson_lines
from tests.cases import for_each

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
SAID, READ = 4.0, 3.6

# Words that are less frequent and stay, by the reason why.
EXCEPTIONS = {
    "what the call is about; there is no plainer word": (
        "refund", "parcel", "depot", "voucher", "correction", "overdraft", "renewal", "doorstep",
        "faulty", "courier", "receipt", "pasta", "wardrobe", "scarf",
        "overbooked", "cancellation", "outage", "postcode", "unused", "wheelchair",
    ),
    "the customer reads it on a screen, a bill or a label": ("login", "digits"),
    "whom it is about": ("neighbour", "colleague", "landlord", "grandson"),
    "numbers and names": ("noor",),
    "no plainer word for the feeling or the act": (
        "frustrating", "frightening", "interrupt", "politely", "insults", "aloud",
    ),
    "a risk to health, where the exact word matters": ("allergy", "allergic", "tingling"),
    "names, commands and a published principle": (
        "marriott", "latte", "chatbot", "escalated", "empowered", "bereavement", "playbook",
    ),
}  # fmt: skip
ALLOWED = {word for words in EXCEPTIONS.values() for word in words}

_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_COMMAND = re.compile(r"(?<![\w/])/[a-z-]+|`[^`]*`")
# Endings, and what may stand in their place in the base form.
_ENDINGS = {
    "ies": ("y",), "es": ("e", ""), "s": ("",), "ied": ("y",), "ed": ("e", ""), "ing": ("e", ""), "iest": ("y",),
    "est": ("e", ""), "ier": ("y",), "er": ("e", ""), "ily": ("y",), "ly": ("",),
}  # fmt: skip


def base_forms(word: str) -> Iterator[str]:
    """The word, and what it may be a form of."""
    word = word.removesuffix("'s")
    yield word
    for ending, instead in _ENDINGS.items():
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 3:
            continue
        yield from (stem + letters for letters in instead)
        if stem[-1] == stem[-2]:
            yield stem[:-1]


@functools.cache
def frequency(word: str) -> float:
    return max(zipf_frequency(form, "en") for form in base_forms(word.casefold()))


def rare_words(texts: Iterator[str], limit: float) -> dict[str, str]:
    """The words of the texts that are less frequent than the limit, each with a text that has it."""
    rare: dict[str, str] = {}
    for text in texts:
        for word in _WORD.findall(_PLACEHOLDER.sub(" ", _COMMAND.sub(" ", text))):
            if frequency(word) < limit and not ALLOWED.intersection(base_forms(word.casefold())):
                rare.setdefault(word.casefold(), text)
    return rare


@functools.cache
def files(folder: str) -> tuple[Any, ...]:
    paths = sorted((ROOT / folder).glob("*.yaml"))
    return tuple(yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths)


def steps() -> Iterator[Any]:
    return (step for file in files("frameworks") for step in file["steps"])


def phrases() -> Iterator[str]:
    yield from (phrase["say"] for file in files("phrases") for phrase in file["phrases"])
    yield from (phrase["say"] for step in steps() for phrase in step.get("phrases", ()))


def apology_examples() -> Iterator[str]:
    apology = yaml.safe_load((ROOT / "wording" / "apology.yaml").read_text(encoding="utf-8"))
    return (phrase["say"] for part in apology["parts"] for phrase in part["phrases"])


def advice_of_lists() -> Iterator[str]:
    for file in files("wording/lint"):
        for pattern in file["patterns"]:
            yield pattern["instead"]


def tutorial() -> Iterator[str]:
    yield from lesson_lines()


def questions() -> Iterator[str]:
    yield from (line for step in steps() for line in step.get("ask", ()))
    yield from (one["instead"] for step in steps() for one in step.get("avoid", ()))


def instructions() -> Iterator[str]:
    for file in files("frameworks"):
        yield file.get("summary", "")
        yield from file.get("principles", ())
    for step in steps():
        yield step.get("goal", "")
        yield from step.get("do", ())
        yield from (one["because"] for one in step.get("avoid", ()))
        yield from (one["text"] for one in step.get("checklist", ()))
        yield from (one["ask"] for one in step.get("capture", ()))
        yield from (str(choice) for one in step.get("capture", ()) for choice in one.get("choices", ()))


def replacements() -> Iterator[str]:
    yield from (pattern["instead"] for file in files("wording") for pattern in file.get("patterns", ()))


def reasons() -> Iterator[str]:
    yield from (pattern["because"] for file in files("wording") for pattern in file.get("patterns", ()))


def said_in_scenarios() -> Iterator[str]:
    for file in files("scenarios"):
        for node in file["nodes"]:
            yield from (line for said in (node["says"], *node.get("moods", {}).values()) for line in _wordings(said))
            yield from (reply["say"] for reply in node["replies"])
        yield from (line for ending in file["endings"] for line in _wordings(ending["says"]))


def _wordings(says: str | list[str]) -> list[str]:
    """One wording of a customer's line, or several."""
    return [says] if isinstance(says, str) else says


def told_in_scenarios() -> Iterator[str]:
    for file in files("scenarios"):
        yield from (file["name"], file["summary"], file["issue"])
        yield from (text for key, text in file["customer"].items() if key not in {"mood", "card"})
        yield from file["customer"]["card"].values()
        yield from (file["agent"]["who"], *file["agent"]["knows"], *file["agent"]["may"], *file["observer"])
        yield from (text for fact in file["facts"] for text in (fact["what"], fact["matters"]))
        yield from (reply["because"] for node in file["nodes"] for reply in node["replies"])
        yield from (ending["after"] for ending in file["endings"])


def said_in_dialogues() -> Iterator[str]:
    for file in files("dialogues"):
        for take in (file, file.get("bad")):
            for exchange in take["exchanges"] if take else ():
                yield from (exchange["customer"], exchange["agent"])
            yield take["closing"] if take else ""


def told_in_dialogues() -> Iterator[str]:
    for file in files("dialogues"):
        yield from (file["name"], file["summary"], file["after"], file.get("bad", {}).get("after", ""))
        for exchange in (*file["exchanges"], *file.get("bad", {}).get("exchanges", ())):
            yield from (exchange["because"], exchange.get("later", ""))


@for_each(
    "texts, limit",
    [
        (phrases, SAID),
        (apology_examples, SAID),
        (advice_of_lists, SAID),
        (questions, SAID),
        (instructions, READ),
        (tutorial, READ),
        (replacements, SAID),
        (reasons, READ),
        (said_in_scenarios, SAID),
        (told_in_scenarios, READ),
        (said_in_dialogues, SAID),
        (told_in_dialogues, READ),
    ],
)
def test_every_word_is_a_common_one(texts: Callable[[], Iterator[str]], limit: float) -> None:
    assert rare_words(texts(), limit) == {}


def test_every_exception_is_needed() -> None:
    said = {
        form
        for texts in (
            phrases,
            questions,
            instructions,
            tutorial,
            replacements,
            said_in_scenarios,
            told_in_scenarios,
            said_in_dialogues,
            told_in_dialogues,
        )
        for text in texts()
        for word in _WORD.findall(text)
        for form in base_forms(word.casefold())
    }
    assert [word for word in sorted(ALLOWED) if word not in said or frequency(word) >= SAID] == []


def test_a_rare_word_is_found() -> None:
    assert set(rare_words(iter(["I empathise, {order}, and obfuscate."]), SAID)) == {"empathise", "obfuscate"}
