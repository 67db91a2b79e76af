"""The agent's own phrases: reads the file, which people edit by hand, into its valid phrases and every problem."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from recoverycli.content.checker import Check, Path, type_of
from recoverycli.content.model import ContentNode, Slug
from recoverycli.content.nodes import Node, Problem, kind_of, list_node
from recoverycli.content.reader import read_content
from recoverycli.frameworks.model import Intent, Phrase, Step
from recoverycli.frameworks.reader import phrase_id
from recoverycli.frameworks.validation.rules import names_in

if TYPE_CHECKING:
    from collections.abc import Iterable

# The key of the file that holds the phrases.
LIST = "phrases"


class PersonalPhrase(Phrase, frozen=True, kw_only=True):
    """A phrase of the agent's own, and where it belongs.

    With an `intent` it fits the steps of that intent in every framework; with a `framework` the steps of that one, or
    its one `step`. Exactly one of the two is given.
    """

    intent: Intent | None = None
    framework: Slug | None = None
    step: Slug | None = None

    @property
    def place(self) -> tuple[str | None, str | None, str | None]:
        """Where it belongs, for comparison."""
        return self.intent, self.framework, self.step


class PersonalFile(ContentNode, frozen=True, kw_only=True):
    """The file of personal phrases."""

    schema: Literal[1]
    phrases: tuple[PersonalPhrase, ...] = ()


class PhrasesRead(NamedTuple):
    """The valid phrases of the file, in their order, and the problems of all others."""

    phrases: tuple[PersonalPhrase, ...]
    problems: tuple[Problem, ...]


def read_phrases(data: bytes, file: str) -> PhrasesRead:
    """Read the bytes of a file of personal phrases. Never raises: only the invalid phrases are left out."""
    if is_blank(data):
        return PhrasesRead((), ())
    read = read_content(data, file, "phrase file", _build, partly=True)
    return PhrasesRead(read.content or (), read.problems)


def _build(root: Node, check: Check) -> tuple[PersonalPhrase, ...]:
    check.value(_head(root), type_of(PersonalFile))
    phrases: list[PersonalPhrase] = []
    for number, node in enumerate(_nodes(root)):
        phrase = _phrase(node, ("phrases", number), check)
        if phrase is not None and _once(phrase, phrases, ("phrases", number), check):
            phrases.append(_with_id(phrase, phrases))
    return tuple(phrases)


def phrases_of_step(phrases: Iterable[PersonalPhrase], framework: str, step: Step) -> tuple[PersonalPhrase, ...]:
    """Return the phrases for a step of the framework of that id, in their order."""
    return tuple(phrase for phrase in phrases if _belongs(phrase, framework, step))


def entry(phrase: PersonalPhrase) -> dict[str, Any]:
    """Return a phrase as a file holds it: only the keys that are set."""
    order = ("say", "id", "intent", "framework", "step", "channels", "moods", "issues", "when", "verbatim")
    return {key: value for key in order if (value := getattr(phrase, key))}


def same(one: PersonalPhrase, other: PersonalPhrase) -> bool:
    """Whether two phrases have the same words in the same place; spacing and case do not matter."""
    return one.place == other.place and " ".join(one.say.split()).casefold() == " ".join(other.say.split()).casefold()


def literal(text: str) -> str:
    """Return spoken words as the text of a phrase: their braces are not placeholders."""
    return text.replace("{", "{{").replace("}", "}}")


def own_words(said: str, *names: str | None) -> str:
    """Return spoken words as a phrase for other calls: the customer's name becomes a placeholder.

    The first of the `names` is replaced everywhere, the others where they address the customer: they may be words too.
    """
    text = literal(said)
    for number, name in enumerate(names):
        if name:
            around = (r"(?<!\w)", r"(?!\w)") if number == 0 else (r"(?:(?<=, )|(?<=^))", r"(?=[,.!?]|$)")
            text = re.sub(rf"{around[0]}{re.escape(name)}{around[1]}", "{customer}", text)
    return text


def is_blank(data: bytes) -> bool:
    """Whether a file is empty or holds only comments."""
    lines = data.removeprefix(b"\xef\xbb\xbf").splitlines()
    return not any(line.strip() and not line.lstrip().startswith(b"#") for line in lines)


def _nodes(root: Node) -> list[Node]:
    """Return the nodes of the phrases; none if the file has no list of them."""
    held = list_node(root, LIST)
    return held.value if held is not None and held.id == "sequence" else []


def _head(root: Node) -> Node:
    """Return the tree without its phrases, which are checked one by one."""
    held = list_node(root, LIST)
    if held is None or not (held.id == "sequence" or kind_of(held) == "null"):
        return root
    import yaml

    none = yaml.SequenceNode("tag:yaml.org,2002:seq", [], held.start_mark, held.end_mark)
    pairs = [(key, none if child is held else child) for key, child in root.value]
    return yaml.MappingNode(root.tag, pairs, root.start_mark, root.end_mark)


def _phrase(node: Node, path: Path, check: Check) -> PersonalPhrase | None:
    def rules(data: dict[str, Any]) -> None:
        _check_place(data, path, check)
        _check_words(data, path, check)

    return check.content(node, PersonalPhrase, rules, path)


def _check_place(data: dict[str, Any], path: Path, check: Check) -> None:
    written = {key for key in ("intent", "framework", "step") if (*path, key) in check.places}
    one = "`intent` (every framework), or `framework` and perhaps `step`"
    if {"intent", "framework"} <= written:
        check.fault_at((*path, "intent"), "the phrase has an intent and a framework", f"one of them: {one}")
    elif "step" in written and "framework" not in written:
        check.fault_at((*path, "step"), f"the step `{data.get('step')}` has no framework", "add its `framework`")
    elif not written:
        check.fault_at(path, "it is not said where the phrase belongs", one)


def _check_words(data: dict[str, Any], path: Path, check: Check) -> None:
    if data.get("say") is None:
        return
    # A text of several lines ends with an empty one.
    say = data["say"] = data["say"].strip()
    if not say:
        check.fault_at((*path, "say"), "the text is empty")
    names_in(say, (*path, "say"), check)


def _once(phrase: PersonalPhrase, before: list[PersonalPhrase], path: Path, check: Check) -> bool:
    if phrase.id and any(other.id == phrase.id for other in before):
        check.fault_at((*path, "id"), f"the phrase id `{phrase.id[:60]}` appears twice", "ids must be unique")
        return False
    if any(other.say == phrase.say and other.place == phrase.place for other in before):
        check.fault_at((*path, "say"), "the same phrase appears twice", "each phrase once per place")
        return False
    return True


def _with_id(phrase: PersonalPhrase, before: list[PersonalPhrase]) -> PersonalPhrase:
    """Give a phrase without an id the digest of its text, and of its place too if the words occur again."""
    if phrase.id:
        return phrase
    from msgspec.structs import replace

    named = phrase_id(phrase.say)
    if any(other.id == named for other in before):
        named = phrase_id("\n".join((phrase.say, *(word or "" for word in phrase.place))))
    return replace(phrase, id=named)


def _belongs(phrase: PersonalPhrase, framework: str, step: Step) -> bool:
    if phrase.intent is not None:
        return phrase.intent == step.intent
    return phrase.framework == framework and phrase.step in {None, step.id}
