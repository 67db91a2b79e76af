"""Nobody has to remember masking: every text of every event is masked, unless its type says that it is none."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, get_args, get_type_hints

import msgspec
import pytest

from recoverycli.frameworks.model import Framework, IssueFamily
from recoverycli.redaction.document_text import texts_of
from recoverycli.redaction.events import mask_event, text_fields
from recoverycli.session import events as ev
from tests.cases import for_each
from tests.content import LITTLE

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CARD, HIDDEN = "4111 1111 1111 1111", "**** **** **** 1111"
EVENTS: tuple[type[ev.Fact], ...] = get_args(ev.Event)


def filled(event_type: type[ev.Fact], text: str) -> ev.Fact:
    """An event with `text` in every string that its type lets in, identifiers and all."""
    hints = get_type_hints(event_type, include_extras=True)
    return event_type(**{name: _filling(hints[name], text) for name in event_type.__struct_fields__})


def _filling(hint: Any, text: str) -> Any:
    inner = get_args(hint)
    family = IssueFamily(id="billing", name="Bills")
    kinds = ((Framework, LITTLE), (IssueFamily, family), (ev.Scene, ev.Scene("a", "b", "c")), (datetime, AT))
    for kind, value in kinds:
        if kind in (hint, *inner) or any(kind in get_args(one) for one in inner):
            return value
    if hint is str or str in inner:
        return text
    several = next((one for one in inner if str(one).startswith("tuple")), None)
    if several is not None:
        return _filling(several, text)
    if any(get_args(one)[:1] == (str,) for one in inner):
        return {"order": text} if str(hint).startswith("dict") else (text,) if str(hint).startswith("tuple") else text
    if bool in (hint, *inner):
        return True
    if int in (hint, *inner) or float in (hint, *inner):
        return 3
    return next(
        one for one in (*inner, *(word for choice in inner for word in get_args(choice))) if isinstance(one, str)
    )


@for_each("event_type", EVENTS)
def test_every_text_of_an_event_is_masked_and_nothing_else_changes(event_type: type[ev.Fact]) -> None:
    before = msgspec.to_builtins(filled(event_type, CARD))
    after = msgspec.to_builtins(mask_event(filled(event_type, CARD)))
    texts = text_fields(event_type)
    hidden: dict[type, Any] = {dict: {"order": HIDDEN}, tuple: (HIDDEN,), str: HIDDEN}
    for name in texts:
        assert after[name] == hidden[type(before[name])]
    unchanged = set(before) - {*texts, "masked"}
    assert {name: after[name] for name in unchanged} == {name: before[name] for name in unchanged}
    if texts:
        assert after["masked"] == len(texts)


@for_each("event_type", EVENTS)
def test_a_stored_event_is_searched_for_words_where_it_is_masked(event_type: type[ev.Fact]) -> None:
    document = msgspec.json.decode(msgspec.json.encode(filled(event_type, "Ana Quill")))
    document.pop("framework", None)
    assert len(list(texts_of(document))) == len(text_fields(event_type))


def test_a_field_without_a_declaration_is_masked() -> None:
    class Whispered(ev.Fact, frozen=True, kw_only=True, tag="whispered"):
        remark: str
        echoes: tuple[str, ...] = ()

    Whispered.__annotations__ = {"remark": str, "echoes": tuple[str, ...]}
    kept = mask_event(Whispered(at=AT, remark=CARD, echoes=("a", CARD)))
    assert (kept.remark, kept.echoes, kept.masked) == (HIDDEN, ("a", HIDDEN), 2)


@pytest.mark.parametrize("hint", [dict[str, str], dict[str, int], msgspec.Raw, Any, Annotated[object, 1], list[str]])
def test_a_type_that_does_not_decide_on_masking_is_refused(hint: Any) -> None:
    class Open(ev.Fact, frozen=True, kw_only=True, tag="open"):
        what: Any = None

    Open.__annotations__ = {"what": hint}
    with pytest.raises(TypeError, match=r"Open\.what: declare its text Identifier or Vocabulary"):
        text_fields(Open)
