"""The rules of a scenario beside its types: names that lead somewhere, texts that can be filled, ways that end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recoverycli.errors import nearest
from recoverycli.frameworks.validation.rules import names_in
from recoverycli.training.scenarios.draw import AGREED, draw_names
from recoverycli.training.scenarios.ending_rules import check_endings
from recoverycli.training.scenarios.facts import NUMBERS, promise_ids
from recoverycli.training.scenarios.model import END
from recoverycli.training.scenarios.proof import check_reach
from recoverycli.training.scenarios.texts import CARD_TEXTS, drawn_texts

if TYPE_CHECKING:
    from recoverycli.content.checker import Check, Path
    from recoverycli.training.scenarios.model import Scenario

_FEWEST_REPLIES = 2
_YOU = re.compile(r"\byou(r|rs|rself)?\b", re.IGNORECASE)
_OF_THE_CUSTOMER = re.compile(r"\bthe (customer|caller|guest)\b", re.IGNORECASE)
_TO_YOU = 'a text with "you": the person who plays the customer reads it'
# Nobody plays more in five minutes, and the proof stays a matter of moments.
MOST_NODES, MOST_FACTS, MOST_REMEDIES = 40, 5, 5


def check_rules(scenario: Scenario, check: Check, *, prove: bool) -> None:
    """Note every fault of a scenario whose types are right; with `prove` those of its ways as well."""
    for part, most in (("nodes", MOST_NODES), ("facts", MOST_FACTS), ("remedies", MOST_REMEDIES)):
        if (found := len(getattr(scenario, part))) > most:
            check.fault_at((part,), f"the scenario has {found} {part}", f"at most {most}")
    _each_once(scenario, check)
    _lead_somewhere(scenario, check)
    _replies(scenario, check)
    _draws(scenario, check)
    _texts(scenario, check)
    _card(scenario, check)
    check_endings(scenario, check)
    if not check.problems and (circle := _circle(scenario)):
        place = next(number for number, node in enumerate(scenario.nodes) if node.id == circle[0])
        told = " -> ".join(circle)
        check.fault_at(("nodes", place), f"the conversation loops: {told}", "every path must end")
    if prove and not check.problems:
        check_reach(scenario, check)


def _each_once(scenario: Scenario, check: Check) -> None:
    groups: dict[str, list[tuple[Path, str]]] = {
        "node": [(("nodes", at, "id"), node.id) for at, node in enumerate(scenario.nodes)],
        "reply": [
            (("nodes", at, "replies", place, "id"), reply.id)
            for at, node in enumerate(scenario.nodes)
            for place, reply in enumerate(node.replies)
        ],
        "ending": [(("endings", at, "id"), ending.id) for at, ending in enumerate(scenario.endings)],
        # Conditions name facts, remedies and promises alike.
        "fact or remedy": [
            ((part, at, "id"), one.id)
            for part in ("facts", "remedies")
            for at, one in enumerate(getattr(scenario, part))
        ],
    }
    for kind, ids in groups.items():
        check.each_once(kind, ids)
    named = dict(reversed([(id_, place) for place, id_ in groups["fact or remedy"]]))
    for id_ in (*NUMBERS, *promise_ids(scenario)):
        if id_ in named:
            check.fault_at(named[id_], f"`{id_}` names something else as well", "ids must be unique")
    if any(node.id == END for node in scenario.nodes):
        check.fault_at(("nodes",), f"a node is named `{END}`", "that word marks the end of a conversation")


def _lead_somewhere(scenario: Scenario, check: Check) -> None:
    nodes = [node.id for node in scenario.nodes]
    facts = [fact.id for fact in scenario.facts]
    check.one_of(("start",), "node", scenario.start, nodes)
    remedies = [remedy.id for remedy in scenario.remedies]
    revealed, settled = set[str](), set[str]()
    for at, node in enumerate(scenario.nodes):
        for place, reply in enumerate(node.replies):
            here: Path = ("nodes", at, "replies", place)
            check.one_of((*here, "to"), "node", reply.to, [*nodes, END])
            for key in ("reveals", "needs"):
                if (fact := getattr(reply, key)) is not None:
                    check.one_of((*here, key), "fact", fact, facts)
            revealed |= {reply.reveals} if reply.reveals else set()
            for key in ("agrees", "refuses"):
                for number, remedy in enumerate(getattr(reply, key)):
                    check.one_of((*here, key, number), "remedy", remedy, remedies)
                    settled.add(remedy)
            for remedy in set(reply.agrees) & set(reply.refuses):
                check.fault_at(here, f"`{reply.id}` both agrees and refuses `{remedy}`", "one of them")
    for at, remedy in enumerate(remedies):
        if remedy not in settled:
            check.fault_at(("remedies", at), f"no reply agrees or refuses `{remedy}`", "a reply with `agrees`")
    for at, fact in enumerate(facts):
        if fact not in revealed:
            check.fault_at(("facts", at), f"nothing reveals the fact `{fact}`", "a reply with `reveals`")


def _replies(scenario: Scenario, check: Check) -> None:
    for at, node in enumerate(scenario.nodes):
        free = [reply for reply in node.replies if reply.needs is None]
        if len(free) < _FEWEST_REPLIES:
            found = f"`{node.id}` has 1 reply that can always be given" if free else f"`{node.id}` is a dead end"
            check.fault_at(("nodes", at), found, f"at least {_FEWEST_REPLIES} replies")
        elif len({reply.effect for reply in free}) == 1:
            check.fault_at(("nodes", at), f"every reply of `{node.id}` has the same effect", "a choice that matters")
        best = max((reply.effect for reply in node.replies), default=0)
        for place, reply in enumerate(node.replies):
            if reply.lure is not None and reply.effect == best:
                found = f"`{reply.id}` is the best reply of `{node.id}` and has a lure"
                check.fault_at(("nodes", at, "replies", place, "lure"), found, "`lure` is why a wrong one is tempting")


def _draws(scenario: Scenario, check: Check) -> None:
    """Note names that have nothing to draw, and rows that do not have the same names."""
    draws = scenario.draws
    if isinstance(draws, dict):
        for name, values in draws.items():
            if not values:
                check.fault_at(("draws", name), f"`{name}` has no values", "a list of them")
        rows: list[tuple[Path, str]] = [
            ((name, at), value) for name, values in draws.items() for at, value in enumerate(values)
        ]
    else:
        for at, row in enumerate(draws):
            if set(row) != set(draw_names(draws)):
                check.fault_at(("draws", at), "this row has other names", f"each row: {', '.join(draw_names(draws))}")
        rows = [((at, name), value) for at, row in enumerate(draws) for name, value in row.items()]
    for place, value in rows:
        if "{" in value or "}" in value:
            check.fault_at(("draws", *place), f"a brace in `{value}`", "plain words: values are not filled")
    if AGREED in draw_names(draws):
        check.fault_at(("draws",), f"`{AGREED}` is what was agreed, in the texts of endings", "another name")


def _texts(scenario: Scenario, check: Check) -> None:
    """Note lines without a wording, and gaps that nothing fills."""
    for at, node in enumerate(scenario.nodes):
        for place, lines in (("says", node.says), ("unhelped", node.unhelped), *node.moods.items()):
            if lines == ():
                check.fault_at(("nodes", at), f"`{place}` of `{node.id}` is an empty list", "one or more wordings")
    for at, ending in enumerate(scenario.endings):
        if ending.says == ():
            check.fault_at(("endings", at), f"`says` of `{ending.id}` is an empty list", "one or more wordings")
    used = set[str]()
    for path, text in drawn_texts(scenario):
        known = (*draw_names(scenario.draws), *([AGREED] if path[0] == "endings" else []))
        for name in names_in(text, path, check):
            used.add(name)
            if name not in known:
                allowed = f"known: {', '.join(known)}" if known else "list it under `draws`"
                check.fault_at(path, f"unknown placeholder {{{name}}}", allowed, nearest(name, known))
    for name in draw_names(scenario.draws):
        if name not in used:
            check.fault_at(("draws",), f"no text uses {{{name}}}", "a text with it, or leave it out")


def _card(scenario: Scenario, check: Check) -> None:
    """Note texts of the customer's card that do not speak to the person who plays them."""
    card = scenario.customer.card
    for key in CARD_TEXTS if card is not None else ():
        text, path = getattr(card, key), ("customer", "card", key)
        if spoken := _OF_THE_CUSTOMER.search(text):
            check.fault_at(path, f"`{key}` of the card speaks of {spoken[0].lower()}", _TO_YOU)
        elif not _YOU.search(text):
            check.fault_at(path, f"`{key}` of the card does not speak to the player", _TO_YOU)


def _circle(scenario: Scenario) -> list[str]:
    """A circle that replies lead in; empty if there is none."""
    from graphlib import CycleError, TopologicalSorter

    leads = {node.id: [reply.to for reply in node.replies if reply.to != END] for node in scenario.nodes}
    try:
        TopologicalSorter(leads).prepare()
    except CycleError as found:
        circle: list[str] = found.args[1]
        return circle[::-1]
    return []
