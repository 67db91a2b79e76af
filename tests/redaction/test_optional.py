"""Optional masking recognises values by their shape, their check digits and the words before them."""

from __future__ import annotations

from recoverycli.redaction.redact import findings
from recoverycli.redaction.rules import Rules
from tests.cases import for_each


def found(kind: str, text: str, *names: str) -> list[str]:
    """The words in which only this kind was looked for and seen."""
    rules = Rules(frozenset({kind})).with_names(*names)
    there = findings(text, rules)
    assert {one.kind for one in there} <= {kind}
    return [text[one.start : one.end] for one in there]


@for_each(
    "text, numbers",
    [
        ("+49 30 901820", ["+49 30 901820"]),
        ("+ 49 30 901820", ["49 30 901820"]),
        # The shortest and the longest with a country
        ("+123456", []),
        ("+1234567", ["+1234567"]),
        ("+123456789012345", ["+123456789012345"]),
        ("+1234567890123456", []),
        # As it is dialled from abroad
        ("00493012", []),
        ("004930123", []),
        ("0049301234", ["0049301234"]),
        ("000493012345", []),
        # With a zero before the town
        ("03090182", []),
        ("030901820", ["030901820"]),
        ("030 901820", ["030 901820"]),
        ("030123456789", ["030123456789"]),
        ("0301234567890", []),
        # American
        ("(555) 123-4567", ["(555) 123-4567"]),
        ("555.123.4567", ["555.123.4567"]),
        ("1 555 123 4567", ["1 555 123 4567"]),
        ("155 123 4567", []),
        ("parcel 555123 4567", []),
        # A number that needs to be announced
        ("on 901820", []),
        ("call her on 901820", ["901820"]),
        ("her number is 901820", ["901820"]),
        ("tel. no. 445566", ["445566"]),
        ("fax 5551234, then", ["5551234"]),
        ("her number is 90182", []),
        ("reach him at 123 456 789 012 345 67", ["123 456 789 012 345 67"]),
        ("reach him at 123 456 789 012 345 678", []),
        ("a phone that was sent back, which is why it is parcel 445566", []),
        ("phone x445566", []),
        ("phone 5551234w", []),
        # Dates
        ("phone 12.11.2026", []),
        ("phone 2026-11-12", []),
        ("home on 2026-11-12, or +49 30 901820", ["+49 30 901820"]),
    ],
)
def test_a_telephone_number(text: str, numbers: list[str]) -> None:
    assert found("phone", text) == numbers


@for_each(
    "text, ibans",
    [
        ("DE89 3704 0044 0532 0130 00", ["DE89 3704 0044 0532 0130 00"]),
        ("de89370400440532013000", ["de89370400440532013000"]),
        ("DE89-3704-0044-0532-0130-00", ["DE89-3704-0044-0532-0130-00"]),
        ("DE89 3704 0044 0532 0130 00 please", ["DE89 3704 0044 0532 0130 00"]),
        ("hers is DE89 3704 0044 0532 0130 00 then", ["DE89 3704 0044 0532 0130 00"]),
        ("MT84MALT011000012345MTLCAST001S", ["MT84MALT011000012345MTLCAST001S"]),
        # The shortest there is, and another behind it
        ("NO93 8601 1117 947", ["NO93 8601 1117 947"]),
        (
            "NO93 8601 1117 947 GB29 NWBK 6016 1331 9268 19",
            ["NO93 8601 1117 947", "GB29 NWBK 6016 1331 9268 19"],
        ),
        ("DE89370400440532013001", []),
        ("XDE89370400440532013000", []),
    ],
)
def test_an_iban_by_its_check_digits_without_the_words_around_it(text: str, ibans: list[str]) -> None:
    assert found("iban", text) == ibans


@for_each(
    "text, numbers",
    [
        # These have a shape that nothing else has
        ("536-90-4399", ["536-90-4399"]),
        ("RSSMRA85T10A562S", ["RSSMRA85T10A562S"]),
        ("rssmra85t10a562s", ["rssmra85t10a562s"]),
        ("12345678Z", ["12345678Z"]),
        ("X1234567L", ["X1234567L"]),
        # These have to be announced
        ("order 44051401458", []),
        ("PESEL: 44051401458", ["44051401458"]),
        ("pesel of hers is 44051401458", ["44051401458"]),
        ("44051401458 pesel", []),
        ("nhs 943 476 5870", ["943 476 5870"]),
        ("943 476 5870", []),
        ("bsn 1112.22.333", ["1112.22.333"]),
        ("pesel then a very long story of more than forty signs 44051401458", []),
        # One digit away from being one
        ("pesel 44051401459", []),
        ("ssn 000-90-4399", []),
        ("nhs 943 476 5871", []),
    ],
)
def test_a_national_number_by_its_check_and_where_needed_its_name(text: str, numbers: list[str]) -> None:
    assert found("national-number", text) == numbers


@for_each(
    "text, addresses",
    [
        ("ana.lopez+x@mail.b.example.", ["ana.lopez+x@mail.b.example"]),
        ("a@b.example,c@d.example", ["a@b.example", "c@d.example"]),
        ("ana at b dot example", ["ana at b dot example"]),
        ("ANA AT B DOT EXAMPLE", ["ANA AT B DOT EXAMPLE"]),
        ("ana[at]b[dot]example", ["ana[at]b[dot]example"]),
        ("ana (at) b (dot) example", ["ana (at) b (dot) example"]),
        ("look at that dot", []),
        ("ana@b", []),
        ("@b.example", []),
    ],
)
def test_an_address_written_and_spelled_out(text: str, addresses: list[str]) -> None:
    assert found("email", text) == addresses


@for_each(
    "name, text, mentions",
    [
        ("Ana Lopez-Diaz", "ana lopez diaz said", ["ana lopez diaz"]),
        ("Ana Lopez-Diaz", "Diaz, Ana", ["Diaz", "Ana"]),
        ("Ana Lopez", "Ana ... Lopez", ["Ana", "Lopez"]),
        ("Ana", "banana, and Ana's parcel", ["Ana"]),
        # A name that is a word too
        ("Will May", "will may come", []),
        ("Will May", "Will may come", ["Will"]),
        ("Bo Li", "bo li and Bo Li", ["Bo Li"]),
        # As it is typed without the letter
        ("Jörg Müller", "joerg mueller and Jörg. Müller", ["joerg mueller", "Jörg. Müller"]),
        # A title is nobody's
        ("Dr von Berg", "dr von berg", ["berg"]),
        ("A", "A rang", []),
        ("芳", "芳 rang", ["芳"]),
    ],
)
def test_the_customer_is_mentioned(name: str, text: str, mentions: list[str]) -> None:
    assert found("name", text, name) == mentions


@for_each(
    "text, addresses",
    [
        ("to 14 Mill Road, Leeds, LS6 3AB please", ["14 Mill Road, Leeds, LS6 3AB"]),
        ("Flat 4, 128 Hill Street", ["Flat 4, 128 Hill Street"]),
        (
            "Flat 12, Sunrise Towers, Andheri West, Mumbai 400058",
            ["Flat 12, Sunrise Towers, Andheri West, Mumbai 400058"],
        ),
        ("350 5th Avenue, New York, NY 10118", ["350 5th Avenue, New York, NY 10118"]),
        ("she lives at 22 station road", ["22 station road"]),
        ("postcode m14 6qt", ["m14 6qt"]),
        ("zip 30309", ["30309"]),
        # No address
        ("waited 22 minutes on the road", []),
        ("PNR K4X9QT", []),
        ("ticket 30309", []),
        ("2 boxes of Mill Road", []),
    ],
)
def test_a_postal_address(text: str, addresses: list[str]) -> None:
    assert found("address", text) == addresses


def test_kinds_that_are_not_chosen_are_not_masked() -> None:
    said = "Ana, ana@b.example, +49 30 901820, DE89 3704 0044 0532 0130 00, ssn 536-90-4399"
    for kind, alone in {
        "email": ["ana@b.example"],
        "phone": ["+49 30 901820"],
        "iban": ["DE89 3704 0044 0532 0130 00"],
        "national-number": ["536-90-4399"],
        "name": ["Ana", "ana"],
    }.items():
        assert found(kind, said, "Ana") == alone
