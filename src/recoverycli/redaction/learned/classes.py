# ruff: noqa: E501 - lists of words
"""Classes of words that tell the tagger what a word next to them may be."""

from __future__ import annotations

from typing import Final

from recoverycli.redaction.reading.digits_said import ONES, TEENS, TENS, TIMES

NUMBER_WORDS: Final = frozenset((*ONES, *TEENS, *TENS, *TIMES)) - {"o"}


def _together(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WORDS: Final = {
    "CODE": "pin pins pincode tpin mpin cvv cvc cvn csc ccv cvv2 cvc2 cv2 cid otp otps passcode passcodes puk tan mtan 2fa mfa totp",
    "COD": "code codes digits digit number no num nr combination combo numbers token",
    "OPEN": "gate door locker keypad alarm safe keysafe padlock lock lockbox intercom entry buzzer garage lobby barrier "
    "shed entrance key unlock disarm opens open front back vault gym hub cabinet cage apartment building panel shutter "
    "suitcase luggage bike lift cellar stairwell bin pad reader",
    "SECU": "security secret verification verify verif authentication auth authenticator activation one-time onetime "
    "login signin sms text app temporary temp reset recovery backup access 2-step voicemail parental sim phone ipad "
    "tablet laptop telephone banking memorable",
    "PW": "password passwords pw pwd passwd pword pasword pass passphrase passkey p/w p/word psw pswd pass-phrase passwrd "
    "wifi wi-fi logon creds credentials",
    "ANS": "answer ans answers answered question q maiden word wd keyword codeword watchword safeword hint phrase name pet "
    "pets school born birth favourite favorite fav nickname mmn street teacher town mother mothers",
    "TELL": "said says say told tells tell gave gives give given read rd reads quoted quotes typed types type entered "
    "enters enter spelled spelt spells whispered confirmed confirms texted wrote writes written noted shouted replied "
    "responded mentioned repeated provided supplied offered stated dictated pasted put puts keyed punched tried uses "
    "used use using",
    "SEND": "sent send got received rcvd came arrived comes arrives popped shows showing showed shown issued generated",
    "SET": "set changed change reset made chose chosen picked created new renamed swapped updated",
    "IS": "is was = : are were reads be being -> \u2192",
    "TO": "to as into from with",
    "USER": "ssid username user u/n usr uname userid users handle",
    "OTHER": "order orders ref reference booking invoice inv flight room rm seat table ticket case account acct acc a/c "
    "item sku model serial tracking parcel error bus train row platform po policy claim receipt page step section "
    "version unit flat apt ext extension line floor box imei promo voucher discount coupon postcode zip house road "
    "article refund fee total price amount balance id batch store branch terminal desk bay berth coach window isbn "
    "authorization authorisation approval consignment consignement complaint contract member membership loyalty",
    "UNIT": "am pm min mins minutes minute hour hours hrs hr day days week weeks month months year years eur euro euros "
    "gbp usd aud cad dollar dollars pounds pound quid kg g km miles x times people percent % items pcs pieces cm mm gb "
    "mb nights guests pence cents litres points o'clock",
    "CUR": "\u20ac $ \u00a3 \u00a5 \u20b9 rs inr chf",
    "DATE": "jan feb mar apr jun jul aug sep sept oct nov dec january february march april june july august september "
    "october november december mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday",
    "PERS": "she he they i cust customer caller guest cx client mr mrs ms husband wife son daughter mum dad agent we you "
    "patient",
    "POSS": "her his my their your our its the a an this that",
    "VERD": "correct wrong right matched matches accepted rejected failed passed invalid expired works worked ok okay fine "
    "incorrect verified refused match",
    "NOT": "not never didn't don't doesn't without won't cannot can't wasn't isn't nor",
    "CARD": "card cards visa mastercard amex debit credit exp expiry expires",
}  # fmt: skip
CLASSES: Final = {word: name for name, words in reversed(_WORDS.items()) for word in words.split()}
# Without one of these in the line there is nothing to be looked for.
CUES: Final = frozenset({"CODE", "COD", "OPEN", "SECU", "PW", "SECRET", "ANS"})
# "memorable word", "safe phrase", "pet's name"
SECRET_NOUNS: Final = _together("word wd phrase place date info information answer ans name question q data key")
SECRET_KINDS: Final = _together(
    "memorable mem safe code secret security sec pass maiden pet pet's dog's cat's challenge collection wifi wi-fi "
    "network"
)
# "wifi name": no secret
NAMED_OPENLY: Final = frozenset({"wifi", "wi-fi", "network", "hotspot", "wlan"})
# "door code", "verification no"
CODE_NOUNS: Final = _together("code codes number no digits digit combination")
CODE_KINDS: Final = _together(
    "security verification verify verif authentication authenticator activation one-time onetime time login signin "
    "sms text app temporary temp reset recovery backup access step 2-step voicemail parental sim gate door locker keypad "
    "alarm safe keysafe padlock lock lockbox intercom entry buzzer garage lobby barrier shed entrance unlock disarm pin "
    "cvv cvc cv2 otp passcode pass factor banking registration pairing enrolment enrollment scratch device portal "
    "callback exit"
)
# "discount code", "area code"
OPEN_KINDS: Final = _together(
    "discount promo voucher coupon error order product postal post zip area sort dialling colour color fault booking "
    "reference tracking qr bar article item country dress tax model invoice ticket store shop staff auth approval authorisation "
    "authorization reason fare airport currency"
)
