"""What an agent types in a hurry is kept, and what must not be stored never is."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum import luhn

from recoverycli.redaction.redact import redact
from recoverycli.redaction.rules import MASKS
from tests.cases import for_each

CARDS = [
    # Visa: 16, 13 and 19 digits
    ("4111111111111111", "************1111"),
    ("4111 1111 1111 1111", "**** **** **** 1111"),
    ("4111-1111-1111-1111", "****-****-****-1111"),
    ("4111.1111.1111.1111", "****.****.****.1111"),
    ("4111/1111/1111/1111", "****/****/****/1111"),
    ("4111_1111_1111_1111", "****_****_****_1111"),
    ("4111\u00a01111\u00a01111\u00a01111", "****\u00a0****\u00a0****\u00a01111"),
    ("4111\u20131111\u20131111\u20131111", "****\u2013****\u2013****\u20131111"),
    ("4111\u200b1111\u200b1111\u200b1111", "****\u200b****\u200b****\u200b1111"),
    ("4111 - 1111 - 1111 - 1111", "**** - **** - **** - 1111"),
    ("4111  1111  1111  1111", "****  ****  ****  1111"),
    ("41 11 11 11 11 11 11 11", "** ** ** ** ** ** 11 11"),
    ("411111 1111 111111", "****** **** **1111"),
    ("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "* * * * * * * * * * * * 1 1 1 1"),
    ("4-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1", "*-*-*-*-*-*-*-*-*-*-*-*-1-1-1-1"),
    ("4012888888881881", "************1881"),
    ("4222222222222", "*********2222"),
    ("4222 222 222 222", "**** *** **2 222"),
    ("4000000000000000006", "***************0006"),
    ("4000 0000 0000 0000 006", "**** **** **** ***0 006"),
    # Mastercard, old and new ranges
    ("5555555555554444", "************4444"),
    ("5105 1051 0510 5100", "**** **** **** 5100"),
    ("2223003122003222", "************3222"),
    ("2221 0000 0000 0009", "**** **** **** 0009"),
    ("2720 9999 9999 9996", "**** **** **** 9996"),
    # American Express
    ("378282246310005", "***********0005"),
    ("3782 822463 10005", "**** ****** *0005"),
    ("3714-496353-98431", "****-******-*8431"),
    ("341111111111111", "***********1111"),
    # Discover
    ("6011111111111117", "************1117"),
    ("6011 0009 9013 9424", "**** **** **** 9424"),
    ("6441 1111 1111 1117", "**** **** **** 1117"),
    ("6500000000000002", "************0002"),
    ("6221260000000000", "************0000"),
    # Diners Club
    ("30569309025904", "**********5904"),
    ("3056 930902 5904", "**** ****** 5904"),
    ("38520000023237", "**********3237"),
    ("36227206271667", "**********1667"),
    # JCB
    ("3530111333300000", "************0000"),
    ("3566 0020 2036 0505", "**** **** **** 0505"),
    # UnionPay
    ("6200000000000005", "************0005"),
    ("6200000000000000000", "***************0000"),
    ("8171999927660000", "************0000"),
    # Maestro: 12 to 19 digits
    ("501800000009", "********0009"),
    ("5018 0000 0009", "**** **** 0009"),
    ("6759649826438453", "************8453"),
    ("6304 0000 0000 0000", "**** **** **** 0000"),
    ("6799990100000000019", "***************0019"),
    ("5641 8211 1116 665", "**** **** ***6 665"),
    # Mir, RuPay, Troy, Elo, Verve, Hipercard
    ("2200000000000004", "************0004"),
    ("2204 3200 0000 0002", "**** **** **** 0002"),
    ("6074820000000009", "************0009"),
    ("5085 0000 0000 0007", "**** **** **** 0007"),
    ("9792000000000003", "************0003"),
    ("6362970000457013", "************7013"),
    ("5060990580000217499", "***************7499"),
    ("6062826786276634", "************6634"),
    # Digits of other scripts
    ("４１１１　１１１１　１１１１　１１１１", "****　****　****　１１１１"),  # noqa: RUF001
    ("٤١١١ ١١١١ ١١١١ ١١١١", "**** **** **** ١١١١"),  # noqa: RUF001
    ("४१११११११११११११११", "************११११"),
    # In the middle of what people type
    ("my card is 4111111111111111.", "my card is ************1111."),
    ("(4111111111111111)", "(************1111)"),
    ("card4111111111111111", "card************1111"),
    ("**4111111111111111**", "**************1111**"),
    ("4111 1111 1111 1111 exp 12/26", "**** **** **** 1111 exp 12/26"),
    ("4111 1111 1111 1111 12/26", "**** **** **** 1111 12/26"),
    ("12/26 4111 1111 1111 1111", "12/26 **** **** **** 1111"),
    ("order 12345 4111111111111111", "order 12345 ************1111"),
    ("order 12345 4111 1111 1111 1111", "order 12345 **** **** **** 1111"),
    ("2026-11-23 4111-1111-1111-1111", "2026-11-23 ****-****-****-1111"),
    ("4111 1111 1111 1111 200 EUR back", "**** **** **** 1111 200 EUR back"),
    ("4111 1111 1111 1111 555 0100", "**** **** **** 1111 555 0100"),
    ("+49 1511 1234567 4111 1111 1111 1111", "+49 1511 1234567 **** **** **** 1111"),
    # Read out, with what is said between the groups that are printed
    ("4111:1111:1111:1111", "****:****:****:1111"),
    ("4111, 1111, 1111, 1111", "****, ****, ****, 1111"),
    ("4111 1111 then 1111 1111", "**** **** then **** 1111"),
    # Masking is the safe choice after any word
    ("order 4111111111111111", "order ************1111"),
    ("parcel 6011111111111117", "parcel ************1117"),
    ("invoice: 5555-5555-5555-4444", "invoice: ****-****-****-4444"),
]

CODES = [
    ("cvv 123", "cvv ***"),
    ("CVV: 123", "CVV: ***"),
    ("CVV=123", "CVV=***"),
    ("cvv123", "cvv***"),
    ("CVV2 123", "CVV2 ***"),
    ("CVV 2: 123", "CVV 2: ***"),
    ("cvv 2123", "cvv ****"),
    ("CVC 123", "CVC ***"),
    ("CVC2: 123", "CVC2: ***"),
    ("cid 1234", "cid ****"),
    ("CSC was 987", "CSC was ***"),
    ("the cvv is 123 she says", "the cvv is *** she says"),
    ("cvv number is: 123", "cvv number is: ***"),
    ("cvv 1 2 3", "cvv * * *"),
    ("cvv 1-2-3-4", "cvv *-*-*-*"),
    ("cvv 123 456", "cvv *** 456"),
    ("card_cvv=123", "card_cvv=***"),
    ('"cvv": "123"', '"cvv": "***"'),
    ("CVV (on the back) 123", "CVV (on the back) ***"),
    ("cvv of her card is 123", "cvv of her card is ***"),
    ("security code 123", "security code ***"),
    ("Security-code: 1234", "Security-code: ****"),
    ("security code is 482913", "security code is ******"),
    ("card code 123", "card code ***"),
    ("card verification 123", "card verification ***"),
    ("card verification code number 123", "card verification code number ***"),
    ("card security code: 123", "card security code: ***"),
    ("the code on the back is 123", "the code on the back is ***"),
    ("three digits on the back: 123", "three digits on the back: ***"),
    ("123 is the CVV", "*** is the CVV"),
    ("verification code 123", "verification code ***"),
    ("verification code is 48291", "verification code is *****"),
    ("your verification code: 123 456", "your verification code: *** ***"),
    ("one-time code 482913", "one-time code ******"),
    ("one time password is 48291377", "one time password is ********"),
    ("one-time passcode 4829", "one-time passcode ****"),
    ("passcode 4829", "passcode ****"),
    ("OTP: 482913", "OTP: ******"),
    ("otp 4829 1377", "otp **** ****"),
    ("PIN is 1234", "PIN is ****"),
    ("pin: 1234", "pin: ****"),
    ("PIN 482913", "PIN ******"),
    ("pin code is 4829", "pin code is ****"),
    ("card PIN code: 482913", "card PIN code: ******"),
    ("CVV ١٢٣", "CVV ***"),
    # Two numbers, and both are masked
    ("4111 1111 1111 1111 123", "**** **** **** 1111 ***"),
    ("4111 1111 1111 1111 102", "**** **** **** 1111 ***"),  # all nineteen would make a card as well
    ("4111 1111 1111 1111 12/26 123", "**** **** **** 1111 12/26 ***"),
    ("4111111111111111, exp 12/26, 123", "************1111, exp 12/26, ***"),
    ("4111111111111111 1226 123", "************1111 1226 ***"),
    ("3782 822463 10005 1234", "**** ****** *0005 ****"),
    ("4111 1111 1111 1111 exp 12/26 cvv 123", "**** **** **** 1111 exp 12/26 cvv ***"),
    ("4111111111111111 4111111111111111", "************1111 ************1111"),
    ("5555 5555 5555 4444 4111 1111 1111 1111", "**** **** **** 4444 **** **** **** 1111"),
    ("cvv 123 pin 4829", "cvv *** pin ****"),
]

LOOK_ALIKES = [
    # What a call is about
    "",
    "order 12345",
    "order 4111111111111112",
    "order no. 1000000000000008",
    "order 7012345678901234",
    "invoice 2026-000123",
    "booking 8412 2290 1175",
    "ticket 220-2405678901",
    "e-ticket 0572405678901",
    "parcel 00340434161094042557",
    "parcel 0034043416109404255712",
    "4111111111111111111111",
    "41111111111111114111111111111111",
    "tracking 1Z999AA10123456784",
    "tracking 9400 1118 9922 3397 6543 21",
    "tracking JD014600003828392749",
    "case 00012345 and 00012346",
    "room 302, table 4, seat 23A",
    "flight LH 1234 on 12/26",
    # Devices and articles
    "IMEI 352099001761481",
    "IMEI 35-209900-176148-1",
    "IMEI 868331031234565",
    "IMEI 013554006297015",
    "ISBN 978-3-16-148410-0",
    "EAN 4006381333931",
    "serial 5555-5555-5555-4445",
    # Telephone numbers
    "+1 415 555 0100",
    "+44 20 7946 0958",
    "+49 1511 1234567",
    "+4222222222222",
    "+378282246310005",  # fifteen digits, as many as a telephone number may have
    "call back on 0800 123 4567",
    "(555) 010-0199 or (555) 010-0200",
    "0049 30 901820",
    # Dates, times, amounts
    "2026-11-23 14:30:05",
    "23.11.2026 - 30.11.2026",
    "20261123143005",
    "1790000000000",
    "12/26",
    "exp 12/26",
    "12,345,678.90 EUR",
    "20 refunded, 30 promised, 50 in vouchers",
    "-1500000000000",
    # Accounts and taxes
    "IBAN DE89370400440532013000",
    "IBAN DE89 3704 0044 0532 0130 00",
    "GB82 WEST 1234 5698 7654 32",
    "NL91 ABNA 0417 1643 00",
    "VAT DE136695976",
    "VAT ATU13585627",
    "VAT FR40303265045",
    "card ending 1111",
    "**** **** **** 1111",
    "************1111",
    # Right digits, and yet no card: each of the three conditions in turn
    "4111111111111112",
    "1111111111111117",
    "7992739871300008",
    "41111111111111",
    "55555555555555",
    "4111; 1111; 1111; 1112",
    "4111, 111, 11111, 1111",
    # Words of codes without a code
    "cvv",
    "cvv ***",
    "she read the cvv 2 times",
    "cvv did not match on order 1234",
    "security code department 123 Main St",
    "security code was wrong",
    "CVE-2024-12345",
    "cid 12345",
    "acid 1234",
    "code 1234",
    "area code 415",
    "discount code 2026",
    "verification code sent to 555 0100",
    "one-time credit of 2000",
    "PIN code 110001",
    "pincode: 110 001",
    "PIN code of the town is 110001",
    "pinned 1234 badges",
    "spin 1234",
    "pin 123",
    "pin 1234567",
    "laptop 1234",
]

PREFIXES = {
    "visa": (("4",), (13, 16, 19)),
    "mastercard": (("51", "55", "2221", "2300", "2720"), (16,)),
    "american express": (("34", "37"), (15,)),
    "discover": (("6011", "622126", "622925", "644", "649", "65"), (16, 17, 18, 19)),
    "diners": (("300", "305", "36", "38", "39"), (14,)),
    "jcb": (("3528", "3589"), (16, 17, 18, 19)),
    "unionpay": (("62", "8171"), (16, 17, 18, 19)),
    "maestro": (("50", "56", "58", "6013", "62", "63", "67"), (12, 13, 14, 15, 16, 17, 18, 19)),
    "mir": (("2200", "2204"), (16, 17, 18, 19)),
    "rupay": (("508500", "606985", "652150", "817200"), (16,)),
    "troy": (("9792", "65"), (16,)),
    "elo": (("506699", "509000", "636297", "650031"), (16,)),
}
SEPARATORS = ["", "", " ", "-", ".", "/", "\u00a0", "\u2009", "\u2013", " - "]


@st.composite
def card_numbers(draw: st.DrawFn) -> str:
    """A number that its issuer could have given out."""
    prefixes, lengths = PREFIXES[draw(st.sampled_from(sorted(PREFIXES)))]
    prefix = draw(st.sampled_from(prefixes))
    rest = draw(st.sampled_from(lengths)) - len(prefix) - 1
    body = prefix + "".join(draw(st.lists(st.sampled_from("0123456789"), min_size=rest, max_size=rest)))
    return body + luhn.calc_check_digit(body)


PIECES = ["4111", "1111", "4444", "5555", "411111111111", "123", "12/26", " ", " ", "-", "+", "*", "cvv", "cvc2", "pin"]
PIECES += ["verification code", "otp", " is ", "4", "1", "0", "50", "36", "٤", "exp", "the", "code", ", ", "\n"]
hurried_text = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
digits_and_gaps = st.text(alphabet="0123456789 -*+", max_size=80)


@for_each("typed, kept", CARDS)
def test_only_the_last_four_digits_of_a_card_number_remain(typed: str, kept: str) -> None:
    assert redact(typed) == (kept, 1)


@for_each("typed, kept", CODES)
def test_a_secret_code_is_masked(typed: str, kept: str) -> None:
    masked, count = redact(typed)

    assert masked == kept
    assert count >= 1


@for_each("typed", LOOK_ALIKES)
def test_lookalikes_of_cards_and_codes_are_not_masked(typed: str) -> None:
    masked, count = redact(typed)

    assert masked is typed
    assert count == 0


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("4111111111111111 and 5555555555554444", 2),
        ("4111111111111111 4111111111111111", 2),
        ("4111 1111 1111 1111 123", 2),
        ("4111111111111111 exp 12/26 cvv 123, pin 4829", 3),
        ("otp 482913\notp 482914", 2),
    ],
)
def test_every_masked_number_is_counted(typed: str, count: int) -> None:
    assert redact(typed)[1] == count


def test_digits_before_a_card_that_seem_to_begin_it_do_not_show_more_of_it() -> None:
    assert luhn.is_valid("63411111111111")

    assert redact("63 4111 1111 1111 1111") == ("63 **** **** **** 1111", 1)


@given(card_numbers())
def test_any_card_without_gaps_is_masked_except_its_last_four_digits(number: str) -> None:
    assert redact(f"card {number}, thanks") == (f"card {'*' * (len(number) - 4)}{number[-4:]}, thanks", 1)


@given(card_numbers(), st.data())
def test_any_card_is_masked_however_it_is_grouped(number: str, data: st.DataObject) -> None:
    gaps = data.draw(st.lists(st.sampled_from(SEPARATORS), min_size=len(number), max_size=len(number)))
    typed = "".join(digit + gap for digit, gap in zip(number, [*gaps[:-1], ""], strict=True))

    masked, count = redact(typed)

    assert count >= 1
    assert len(masked) == len(typed)
    assert masked.count("*") >= min(len(number) - 4, 12)
    if len(number) <= 16:  # in a longer one sixteen digits may be a card of their own, as bad luck has it
        assert "".join(filter(str.isdecimal, masked)) == number[-4:]


@given(card_numbers(), st.integers(0, 9))
def test_a_number_with_a_wrong_check_digit_is_not_a_card(number: str, last: int) -> None:
    wrong = number[:-1] + str(last)
    assume(wrong != number)

    assert redact(wrong) == (wrong, 0)


@given(st.integers(10**11, 10**19 - 1).map(str))
def test_what_is_masked_has_a_check_digit_that_python_stdnum_accepts(number: str) -> None:
    if redact(number)[1]:
        assert luhn.is_valid(number)


@given(st.text() | hurried_text | digits_and_gaps)
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once, _ = redact(text)

    assert redact(once) == (once, 0)


@pytest.mark.parametrize(
    "typed",
    [
        "588974 8674 6123 996 864838 318151",
        "6761654 317637 74 952 205461 3 39652",
        "46 41 454 926 369714 815 92367 92753 96",
        "4111 1111 1111 1111 4444 4444 4444",
        "5555 5555 5555 4444 4111 1111 1111 1111",
    ],
)
def test_overlapping_numbers_are_masked_in_the_first_pass(typed: str) -> None:
    once, count = redact(typed)

    assert count >= 1
    assert redact(once) == (once, 0)


@given(st.text() | st.text(st.characters(exclude_categories=["Nd"])) | hurried_text | digits_and_gaps)
def test_only_digits_and_letters_and_whole_passwords_are_ever_masked(text: str) -> None:
    assume(MASKS["password"] not in text)
    masked, count = redact(text)

    parts = (
        "".join(r"[*\w]" if sign == "*" else re.escape(sign) for sign in part)
        for part in masked.split(MASKS["password"])
    )
    assert re.fullmatch("(?s:.+?)".join(parts), text)
    assert (masked == text) == (count == 0)
    assert count or masked is text


@for_each("piece", ["4", "1 ", "4 ", "5 0 ", "cvv ", "cvv is the ", "12/26 ", "4111 1111 1111 1112 "])
def test_a_long_line_of_lookalikes_is_masked_in_linear_time(piece: str) -> None:
    """No time is asserted: a search that backtracked would not come back within the suite's patience."""
    typed = piece * (20_000 // len(piece))

    masked, _ = redact(typed)

    assert len(masked) == len(typed)


def test_masking_imports_nothing_heavy() -> None:
    script = (
        "import sys; from recoverycli.redaction.redact import redact; redact('4111111111111111 cvv 123');"
        "print([name for name in ('stdnum', 'phonenumbers', 'numpy', 'unicodedata') if name in sys.modules])"
    )

    listed = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, encoding="utf-8")

    assert listed.stdout == "[]\n"
