"""What is worth offering, what is the agent's to give, and amounts as people type them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec
import pytest

from recoverycli.session import events as ev
from recoverycli.session.grammar.amounts import BadAmount, split_percent
from recoverycli.session.grammar.offers import authority_question, complete_offer, first_question
from recoverycli.session.grammar.questions import Question
from recoverycli.session.remedies import Authority, Judgement, find_remedy, judge_offer, option, rank_remedies, reason
from recoverycli.session.state import begin
from recoverycli.settings.model import Remedy
from tests.cases import for_each
from tests.content import LITTLE, started

if TYPE_CHECKING:
    from recoverycli.session.model import Session

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
REFUND = Remedy(name="refund", kind="money", currency="EUR", least=1, most=500, alone=50, needs="team lead")
NOTE = Remedy(name="hand-written note", kind="gesture")
MONTH = Remedy(name="free month", kind="service")
DISCOUNT = Remedy(name="discount", kind="percent", most=30, alone=10, needs="shift lead")
UPGRADE = Remedy(name="upgrade", kind="service", needs="duty manager")
ALL = (REFUND, NOTE, MONTH, DISCOUNT, UPGRADE)
AUTHORITY = Authority(ALL, "USD")


def a_call(**facts: object) -> Session:
    return msgspec.structs.replace(begin(started(LITTLE, NOW)), **facts)


def offer(remedy: str, value: float | None = None, currency: str | None = None) -> ev.Offered:
    return complete_offer(ev.Offered(at=NOW, remedy=remedy, value=value, currency=currency), AUTHORITY)


@pytest.mark.parametrize(
    ("facts", "first", "last", "why"),
    [
        (
            {"ours": True, "repeated": True}, "refund", "hand-written note",
            "Ours, and not the first time: here something of value wins people back.",
        ),
        (
            {"ours": True, "repeated": False}, "free month", "refund",
            "Ours and the first time: a quick, fair fix counts more than money.",
        ),
        ({"ours": True}, "free month", "refund", "Ours: a quick, fair fix counts more than money."),
        ({"ours": False}, "hand-written note", "refund", "Not ours: help and care count, money changes little."),
        ({}, "free month", "refund", "Before it is known whose it is: mend it first, then make up for it."),
    ],
)  # fmt: skip
def test_the_order_of_remedies_depends_on_the_fault_and_on_repetition(
    facts: dict[str, object], first: str, last: str, why: str
) -> None:
    order = [remedy.name for remedy in rank_remedies(ALL, a_call(**facts))]
    assert (order[0], order[-1]) == (first, last)
    assert reason(a_call(**facts)) == why


def test_remedies_within_authority_come_before_those_that_need_approval() -> None:
    order = [remedy.name for remedy in rank_remedies(ALL, a_call(ours=True))]
    assert order.index("free month") < order.index("upgrade")


def test_a_severe_failure_puts_larger_remedies_first() -> None:
    small = Remedy(name="small", kind="money", most=20)
    large = Remedy(name="large", kind="money", most=200)
    assert [one.name for one in rank_remedies((small, large), a_call())] == ["small", "large"]
    assert [one.name for one in rank_remedies((small, large), a_call(severity="severe"))] == ["large", "small"]


@for_each(
    "asked, within, needs",
    [
        (("refund", 50.0, "EUR"), True, None),
        (("REF", 50.01, "EUR"), False, "team lead"),
        (("refund", 501.0, None), False, "team lead"),
        (("refund", 20.0, "USD"), False, "team lead"),
        (("a full refund", None, None), False, "team lead"),
        (("refnud", 51.0, "EUR"), False, "team lead"),
        (("money back", 51.0, "EUR"), False, "team lead"),
        (("money back", 50.0, "EUR"), None, None),
        (("refund", None, None), None, None),
        (("free month", None, None), True, None),
        (("upgrade", None, None), False, "duty manager"),
        (("discount 10%", None, None), True, None),
        (("discount 20 %", None, None), False, "shift lead"),
        (("a cake", 12.0, None), None, None),
    ],
)
def test_an_offer_is_compared_with_the_agents_authority(
    asked: tuple[str, float | None, str | None], within: bool | None, needs: str | None
) -> None:
    made = offer(*asked)
    assert (made.within_authority, made.needs) == (within, needs)
    assert (authority_question(made, AUTHORITY) is not None) == (within is False)


@for_each(
    "remedy, value, currency, judgement",
    [
        ("refund", 50.0, "EUR", Judgement(REFUND, True)),
        ("refund", 50.01, "EUR", Judgement(REFUND, False, "team lead", "more than the 50 EUR that you may give alone")),
        (
            "refund", 500.01, "EUR",
            Judgement(REFUND, False, "team lead", "more than refund may be (500 EUR at most)"),
        ),
        ("refund", 20.0, "USD", Judgement(REFUND, False, "team lead", "refund is set in EUR, not USD")),
        ("refund", None, None, Judgement(REFUND, None, why="alone up to 50 EUR")),
        ("upgrade", None, None, Judgement(UPGRADE, False, "duty manager", "upgrade is not yours to give alone")),
        ("hand-written note", None, None, Judgement(NOTE, True)),
        ("a cake", 12.0, "USD", Judgement(None, None)),
    ],
)  # fmt: skip
def test_what_the_settings_say_of_an_offer(
    remedy: str, value: float | None, currency: str | None, judgement: Judgement
) -> None:
    assert judge_offer(ALL, ev.Offered(at=NOW, remedy=remedy, value=value, currency=currency)) == judgement


def test_a_remedy_without_approval_still_has_a_limit() -> None:
    voucher = Remedy(name="voucher", kind="money", currency="EUR", most=20)
    for value, within in ((20.0, True), (20.01, False)):
        assert judge_offer((voucher,), ev.Offered(at=NOW, remedy="voucher", value=value)).within is within


def test_an_offer_beyond_authority_is_confirmed_and_enter_means_no() -> None:
    asked = authority_question(offer("upgrade"), AUTHORITY)
    assert asked is not None
    assert (asked.about, asked.text, asked.options, asked.enter) == (
        "authority",
        "Upgrade is not yours to give alone: needs duty manager. Offer it anyway?",
        ("yes", "no"),
        "Enter: no",
    )


def test_repetition_is_asked_when_the_fault_is_known() -> None:
    asked = first_question(a_call(ours=True), AUTHORITY)
    assert asked == Question("repeated", "Has it happened to them before?", ("yes", "no"), "Enter: not known")


def test_an_amount_without_currency_uses_that_of_the_remedy_else_of_the_settings() -> None:
    assert offer("refund", 20.0).currency == "EUR"
    assert offer("a cake", 12.0).currency == "USD"
    assert (offer("discount 10%").value, offer("discount 10%").currency) == (10.0, "%")


def test_a_remedy_shows_its_range_and_whose_approval_it_needs() -> None:
    assert option(REFUND) == "refund 1 to 500 EUR · alone up to 50, then team lead"
    assert option(DISCOUNT) == "discount up to 30 % · alone up to 10, then shift lead"
    assert option(UPGRADE) == "upgrade · needs duty manager"
    assert option(NOTE) == "hand-written note"


def test_an_ambiguous_prefix_names_no_remedy() -> None:
    assert find_remedy((MONTH, Remedy(name="free day", kind="service")), "free") is None


def test_more_than_the_whole_is_refused() -> None:
    with pytest.raises(BadAmount):
        split_percent("discount 120 %")
