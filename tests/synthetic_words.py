"""The words of calls that never happened: sentences from templates, names from syllables. Nobody is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

_WHO = (
    "the customer", "she", "he", "the guest", "her husband", "the neighbour", "our driver", "the shop", "the hotel",
    "his daughter", "the tenant", "their office", "the traveller", "an aunt", "the bookkeeper", "the club",
    "a colleague", "the warden", "the landlord", "her mother", "the caterer", "the school", "the passenger",
)  # fmt: skip
_DID = (
    "was charged twice for", "waited three hours for", "never received", "had to return", "could not open",
    "was told nothing about", "asked four times about", "paid in full for", "was promised", "opened and sent back",
    "found a scratch on", "cancelled", "is still without", "called last week about", "signed for", "lost the label of",
    "borrowed money for", "wrote two letters about", "received the wrong size of", "was sent a reminder for",
    "threw away the box of", "photographed", "queued half a morning for", "gave up hope of", "was refused",
    "renewed too early", "cannot log in to see", "got only half of", "was billed abroad for", "disputes",
)  # fmt: skip
_WHAT = (
    "the order", "the parcel", "a blue kettle", "the winter coat", "two tickets", "the room with a view",
    "the monthly plan", "a new phone", "the birthday cake", "the spare part", "the refund of March", "the invoice",
    "her suitcase", "the delivery slot", "the guarantee", "a child's bicycle", "the garden chairs", "a coffee machine",
    "the rental car", "an upgrade", "the breakfast", "the router", "a box of tiles", "the wedding dress", "the deposit",
    "three lamps", "the meter reading", "a hearing aid", "the season pass", "the sofa", "the passport photos",
    "a set of tyres", "the printer ink", "the ferry crossing", "a standing desk", "the voucher", "the cot",
    "the insurance card", "a violin case", "the tent",
)  # fmt: skip
_AND = (
    "and nobody rang back", "although it was marked as sent", "on the day of the party", "and now has no heating",
    "while the website said otherwise", "and is worried about the deposit", "before a long journey",
    "and wants to speak to somebody who decides", "for the second time this year", "with a baby in the house",
    "and has the receipt at hand", "so the weekend was spoilt", "and took a day off for it",
    "because the courier had no key", "though the confirmation came at once", "and fears a late fee",
    "in front of all the relatives", "just before the exam", "and no ramp was there", "after the merger of both depots",
    "and the lift was broken too", "and the bank knows nothing of it", "despite a note on the door",
    "and heard a different story in the branch",
)  # fmt: skip
_WHEN = (
    "On Sunday evening", "Since the new carrier", "Last Thursday", "During the storm", "Shortly before closing",
    "After the update", "In the first week of May", "Over the holidays", "At the front desk", "Yesterday at noon",
    "While abroad", "Twice this month", "On the way to the airport", "Since the move",
)  # fmt: skip
_LOOKED = (
    "the ledger", "the tracking page", "the depot's list", "the booking", "both card entries", "the recording",
    "the stock count", "the driver's photo", "the tariff table", "the chat of last week", "the room plan",
    "the service report", "the customs form", "the loyalty account",
)  # fmt: skip
_FOUND = (
    "nothing was entered", "the address lacks a floor", "a hold, not a charge", "it left a day late",
    "two bookings under one number", "the label is for another street", "a credit is on its way",
    "the price changed at midnight", "the seal was broken", "the appointment was moved without a message",
    "the form was filed under a maiden name", "the sensor had failed", "an old tariff was used",
    "the handover note is missing", "somebody else collected it", "it stands in the wrong depot",
)  # fmt: skip
_WISHES = (
    "the money back", "a new one by Friday", "a straight answer", "an apology in writing", "the fee cancelled",
    "a quieter room", "a name to ask for", "a courier tonight", "the old tariff back", "somebody to come and look",
    "a replacement without forms", "the points credited", "a lower bill", "the contract ended",
    "a call from the manager", "proof that it was cancelled",
)  # fmt: skip
_FEELS = (
    "calmer now", "still upset", "tired of asking", "close to tears", "grateful for the call", "short of time",
    "angry about the tone", "afraid of the cost", "patient so far", "sure it will happen again", "ready to leave us",
    "embarrassed before guests", "relieved", "sceptical",
)  # fmt: skip
_SAID = (
    "I can see what that did to your week", "I will stay with this until it is settled",
    "Let me look at the dates with you", "You should not have had to ring three times",
    "I have the booking open in front of me", "What would make this right for you", "I am putting it back today",
    "You will hear from me by name", "That was ours to notice, not yours", "Nobody will ask you for this again",
    "I would be cross as well", "Give me two minutes with the depot", "It is written down now, word for word",
    "I am taking the fee off while we talk", "You were right to ring", "Let us leave the forms to me",
    "The courier has a note with your bell on it", "Here is what I can do, and here is what I cannot",
    "I have read your letter twice", "Tell me which of the two dates suits you",
)  # fmt: skip
_CAUSES = (
    "a double booking", "a wrong label", "the carrier lost it", "a fault in the app", "no handover between shifts",
    "a price that was not updated", "stock that was not there", "an address without a floor", "a form that times out",
    "too few people at the desk", "a reminder sent by mistake", "packaging that gives way",
)  # fmt: skip
_ELSEWHERE = (
    "返金を求めています", "配達が三回も遅れたそうです", "部屋の鍵が開かなかったとのこと", "café déjà payé deux fois",
    "la clé n'était pas à la réception", "está muy molesta con la entrega", "el niño esperó el paquete todo el día",
    "환불을 요청했습니다", "Die Tür ließ sich nicht öffnen, Gebühr zurückbuchen",
    "Übergabe fehlt, Kunde möchte Rückruf",
    "paczka wróciła do nadawcy", "退款還沒有到帳",
)  # fmt: skip
# Each in about one call of a hundred.
DETAILS = (
    "a samovar", "the marzipan", "a pelican crossing", "the lighthouse", "a trombone", "the beehives", "a cuckoo clock",
    "the greenhouse", "an accordion", "the aquarium", "a telescope", "the rosemary", "a sundial", "the cardamom",
    "a windmill", "the chandelier", "a toboggan", "the harpsichord", "a barometer", "the tapestry", "a hammock",
    "the weathervane", "a saddlebag", "the porcelain", "a lantern", "the orchids", "a gramophone", "the trellis",
    "a metronome", "the fireplace", "a kayak", "the blueprints", "a typewriter", "the quilt", "a compass",
    "the mosaic", "a carousel", "the parchment", "a dinghy", "the bassinet",
)  # fmt: skip
_TEMPLATES = (
    "{who} {did} {what} {and}, case {number}.",
    "{who} {did} {what} {and}.",
    "{when} {who} {did} {what}; wants {wish}.",
    "Checked {looked}: {found}, see case {number}.",
    "{who} is {feels}, {who2} {did} {what} {and}.",
    "Asks for {wish}, since {who} {did} {what}. Now {feels}.",
    "{when} {who} {did} {what} {and}. In {looked}: {found}.",
    "Agreed on {wish}; {looked} says {found}.",
)
_SYLLABLES = (
    "ba", "ro", "mi", "tel", "ka", "sun", "vi", "dor", "le", "mar", "pe", "lin", "jo", "wen", "ta", "gri", "zu", "fen",
    "oli", "hax", "que", "bri", "nou", "sta",
)  # fmt: skip
_ACCENTED = ("é", "ñá", "öl", "šu", "łi")
_NOT_ENGLISH = 0.02
_DETAILED = 0.1


def pick(draw: random.Random, some: Sequence[str]) -> str:
    """Return one of some, in half the time of `draw.choice`."""
    return some[int(draw.random() * len(some))]


def sentence(draw: random.Random) -> str:
    """Return a note of one to three sentences; one in fifty is not English."""
    if draw.random() < _NOT_ENGLISH:
        return f"{pick(draw, _ELSEWHERE)} ({int(draw.random() * 100_000)})"
    told = pick(draw, _TEMPLATES).format(
        who=pick(draw, _WHO),
        who2=pick(draw, _WHO),
        did=pick(draw, _DID),
        what=pick(draw, _WHAT),
        when=pick(draw, _WHEN),
        wish=pick(draw, _WISHES),
        looked=pick(draw, _LOOKED),
        found=pick(draw, _FOUND),
        feels=pick(draw, _FEELS),
        number=int(draw.random() * 100_000),
        **{"and": pick(draw, _AND)},
    )
    detail = f" Mentions {pick(draw, DETAILS)}." if draw.random() < _DETAILED else ""
    return f"{told[0].upper()}{told[1:]}{detail}"


def own_words(draw: random.Random) -> str:
    """Return what an agent said without a phrase."""
    said = pick(draw, _SAID)
    return f"{said}, {pick(draw, _FEELS)} or not." if draw.random() < 0.2 else f"{said}."


def thing(draw: random.Random) -> str:
    """Return what a call was about, in a few words."""
    return pick(draw, _WHAT)


def wish(draw: random.Random) -> str:
    """Return what a customer wanted."""
    return pick(draw, _WISHES)


def cause(draw: random.Random) -> str:
    """Return a root cause."""
    return pick(draw, _CAUSES)


def name(draw: random.Random) -> str:
    """Return a name that nobody bears; one in fifty has an accent."""
    accent = pick(draw, _ACCENTED) if draw.random() < _NOT_ENGLISH else ""
    first, last = ("".join(pick(draw, _SYLLABLES) for _ in range(count)) for count in (2, 3))
    return f"{first.title()} {last.title()}{accent}"
