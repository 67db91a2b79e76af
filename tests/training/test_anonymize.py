"""What a draft of a past call says of its customer: nothing, however it was written down."""

from __future__ import annotations

import re
import unicodedata

import msgspec
from hypothesis import example, given
from hypothesis import strategies as st

from recoverycli.session.transcript.model import (
    TranscriptCustomer,
    TranscriptEscalation,
    TranscriptNote,
    TranscriptSaid,
)
from recoverycli.training.anonymize import Anonymizer
from recoverycli.training.scenarios.draft import as_yaml, from_call
from tests.cases import for_each
from tests.review.calls import NOW, a_call, amendment, promise


def cleaned(words: str, name: str = "Noor Haddad", agent: str = "Jo Petersen") -> str:
    call = msgspec.structs.replace(
        a_call(),
        customer=TranscriptCustomer(name, "HX-77/B"),
        agent=agent,
        values={"order": "A-1042", "street": "Lime Street", "ours": "yes"},
        escalations=(TranscriptEscalation(NOW, "Kim Okafor", "for a refund"),),
        summary=words,
    )
    return Anonymizer(call)(words)


@for_each(
    "words, left",
    [
        ("Noor's lamp is broken", "[name]'s lamp is broken"),
        ("the lamp is Noor\u2019s", "the lamp is [name]\u2019s"),
        ("NOOR HADDAD rang", "[name] rang"),
        ("noor haddads lamp", "[name] lamp"),
        ("haddad, noor: no lamp", "[name], [name]: no lamp"),
        ("Nóör rang", "[name] rang"),
        ("No\u00ador rang", "[name] rang"),
        ("\uff2e\uff4f\uff4f\uff52 rang", "[name] rang"),
        ("write to noorhaddad as before", "write to [name] as before"),
        ("write to noor.haddad@example.org soon", "write to [address] soon"),
        ("see https://shop.example/orders/noor-h now", "see [address] now"),
        ("see www.noor-lamps.com and noorlamps.de/shop now", "see [address] and [address] now"),
        ("she is @noor_lamps there", "she is [address] there"),
        ("ring 0171 234 56 78 at once", "ring [number] at once"),
        ("ring (0171) 234-5678 at once", "ring [number] at once"),
        ("card 4111 1111 1111 1111 declined", "card [number] declined"),
        ("it is four two zero one, she says", "it is [number], she says"),
        ("order A-1042 and A 1042", "order [number] and [number]"),
        ("order no \uff11\uff10\uff14\uff12 and \u2460\u00b2", "order no [number] and [number]"),
        ("ref hx-77/b again", "ref [number] again"),
        ("lives in lime street", "lives in [name]"),
        ("the driver was Dmitri and the shop in Leeds", "the driver was [name] and the shop in [name]"),
        ("the driver was Dmitri. Dmitri swore.", "the driver was [name]. [name] swore."),
        ("I promised that Jo will ring", "I promised that [name] will ring"),
        ("handed to okafor today", "handed to [name] today"),
        ("I think she said yes on Monday, OK?", "I think she said yes on Monday, OK?"),
    ],
)
def test_it_is_taken_out_and_the_rest_stays(words: str, left: str) -> None:
    assert cleaned(words) == left


def test_short_names_and_names_of_other_scripts_are_names_too() -> None:
    assert cleaned("then An Li came", "An Li") == "then [name] came"
    assert cleaned("an apple for Li, who said so", "An Li") == "an apple for [name], who said so"
    assert "王" not in cleaned("王さんは怒っています", "王")


def test_a_name_that_was_corrected_later_is_taken_out_as_well() -> None:
    call = a_call(amendments=(amendment("customer.name", "Nour Haddad", "Noor Hadad"),), summary="Hadad called Nour")
    assert Anonymizer(call)("Hadad called Nour") == "[name] called [name]"


SECRETS = ("noor", "haddad", "petersen", "okafor", "lime", "1042", "2345678", "hx-77", "example.org")


def test_nothing_of_them_is_in_any_part_of_the_draft() -> None:
    call = a_call(promise(1, "ring Noor Haddad back on 0171 2345678"))
    first, *others = call.steps
    words = "Ms Haddad of Lime Street (noor@example.org, 0171 / 234 56 78) waits for A-1042, says Petersen"
    step = msgspec.structs.replace(
        first, notes=(TranscriptNote(NOW, words),), said=(TranscriptSaid(NOW, f"Noor, {words}"),)
    )
    call = msgspec.structs.replace(
        call,
        customer=TranscriptCustomer("Noor Haddad", "HX-77"),
        agent="Jo Petersen",
        issue="Noor's lamp",
        values={"order": "A-1042", "street": "Lime Street"},
        escalations=(TranscriptEscalation(NOW, "Okafor", "it"),),
        steps=(step, *others),
        summary="NOOR HADDAD waits; Okafor rings 01712345678",
    )
    text = as_yaml(from_call(call, "mine")).casefold().replace("example.org", "example.org")
    assert not [secret for secret in SECRETS if secret in text]
    assert not re.search(r"\d{2}", text.replace("0 to 10", ""))


@given(
    st.text(max_size=80), st.sampled_from(["Noor", "noor haddad", "HADDAD", "Noor's", "hx-77/b"]), st.text(max_size=80)
)
@example("", "noor haddad", "\u200b")
def test_whatever_is_around_it_no_name_and_no_figure_stays(before: str, known: str, after: str) -> None:
    left = cleaned(f"{before} {known} {after}")
    assert not any(unicodedata.category(sign) == "Nd" for sign in left)
    words = re.findall(r"[a-z]+", left.casefold())
    around = re.findall(r"[a-z]+", unicodedata.normalize("NFKC", f"{before} {after}").casefold())
    assert not {"noor", "haddad"} & (set(words) - set(around))
