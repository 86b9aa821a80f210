"""Narrations are taken apart the same way whatever the reference numbers beside the payee."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finapp.transactions.domain.descriptor import parse

SHAPES = (
    # narration, core, channel
    ("UPI-SWIGGY-SWIGGY@AXISBANK-UTIB0000100-412345678901-PAYMENT FROM PHONE", "SWIGGY", "upi"),
    ("TO TRANSFER-UPI/DR/412345678901/SWIGGY/UTIB/swiggy@axi/Payment--", "SWIGGY", "upi"),
    ("UPI/SWIGGY/swiggy@axisban/Payment fr/AXIS BANK/412345678901/ICI123abc", "SWIGGY", "upi"),
    ("UPI/P2M/412345678901/SWIGGY/Payment/AXIS BANK", "SWIGGY", "upi"),
    ("UPI/SWIGGY/412345678901/NA", "SWIGGY", "upi"),
    ("NEFT DR-SBIN0001234-RAMESH KUMAR-NETBANK, MUM-N123456789012-RENT", "RAMESH KUMAR", "bank_transfer"),
    ("BY TRANSFER-NEFT*HDFC0000240*N123456789*ACME PVT LTD--", "ACME PVT LTD", "bank_transfer"),
    ("IMPS-412345678901-RAMESH KUMAR-SBIN-XXXXXXX1234-RENT", "RAMESH KUMAR", "instant_transfer"),
    ("ACH D- HDFC LTD-HOMELOAN1234567", "HDFC LTD", "direct_debit"),
    ("NACH-DR-ICCL-123456", "ICCL", "direct_debit"),
    ("BIL/ONL/001234567/AIRTEL/MOBILE", "AIRTEL", "bill_pay"),
    ("POS 416021XXXXXX1234 DMART MUMBAI", "DMART", "card"),
    ("POS DEBIT WAL-MART #1234 AUSTIN TX", "WAL-MART", "card"),
    ("WHOLEFDS MKT 10234      AUSTIN       TX", "WHOLEFDS MKT", ""),
    ("CHECKCARD 0515 TRADER JOE'S #123 AUSTIN TX 24431054212345678901234", "TRADER JOE'S", "card"),
    ("SQ *BLUE BOTTLE COFFEE Oakland CA", "BLUE BOTTLE COFFEE", "card"),
    ("AMZN Mktp US*2A3B45C Amzn.com/bill WA", "AMZN MKTP", ""),
    ("ACME CORP DES:PAYROLL ID:XXXXX1234 INDN:JOHN DOE CO ID:XXXXX PPD", "ACME CORP", "direct_debit"),
    ("Zelle payment to Jane Smith 12345678901", "JANE SMITH", "instant_transfer"),
    ("CARD PAYMENT TO TESCO STORES 1234 ON 12 MAY", "TESCO STORES", "card"),
    ("DIRECT DEBIT PAYMENT TO BRITISH GAS REF 1234567, MANDATE NO 0012", "BRITISH GAS", "direct_debit"),
    (")))  TESCO STORES 1234 LONDON", "TESCO STORES", "card"),
    ("KARTENZAHLUNG REWE SAGT DANKE. 12345678//KOELN/DE 2024-05-12T12:12", "REWE", "card"),
    ("CB CARREFOUR FACT 120524", "CARREFOUR", "card"),
    ("PAGO EN MERCADONA VALENCIA", "MERCADONA", "card"),
    ("PAGAMENTO POS ENI STATION 11223 ROMA", "ENI STATION", "card"),
    ("INTERAC PURCHASE - 1234 LOBLAWS", "LOBLAWS", "card"),
    ("VISA PURCHASE 12MAY COLES 0423 MELBOURNE AU AUS Card xx1234 Value Date: 12/05/2024", "COLES", "card"),
    ("PAYNOW TRANSFER TO TAN AH KOW", "TAN AH KOW", "instant_transfer"),
    ("NETS QR PAYMENT COLD STORAGE", "COLD STORAGE", "card"),
)


@pytest.mark.parametrize(("text", "core", "channel"), SHAPES)
def test_the_payee_and_the_channel_of_a_bank_shape_are_found(text: str, core: str, channel: str) -> None:
    found = parse(text)
    assert (found.core, found.channel) == (core, channel)


def test_a_sepa_field_list_gives_name_and_purpose() -> None:
    text = "/TRTP/SEPA OVERBOEKING/IBAN/NL12INGB0001234567/BIC/INGBNL2A/NAME/J JANSEN/REMI/HUUR/EREF/NOTPROVIDED"
    found = parse(text, "out")
    assert (found.core, found.note, found.direction) == ("J JANSEN", "HUUR", "out")


def test_the_address_names_the_payee_where_the_bank_cut_it() -> None:
    found = parse("UPI/412345678901/Payment/swiggy@axisbank/AXIS BANK/ICI")
    assert (found.core, found.handle) == ("SWIGGY", "SWIGGY@AXISBANK")


def test_a_telephone_number_as_address_is_a_person() -> None:
    assert parse("UPI-RAMESH KUMAR-9876543210@YBL-SBIN0001234-412345678901-RENT FOR MAY").person


def test_an_empty_narration_has_no_core_and_keeps_its_direction() -> None:
    assert parse("  ", "in") == parse("", "in")
    assert (parse("", "in").core, parse("", "in").direction) == ("", "in")


@given(st.text(min_size=1).filter(lambda text: bool(text.strip())))
def test_a_narration_that_is_not_empty_has_a_core(text: str) -> None:
    assert parse(text).core


NARRATION = st.one_of(
    st.sampled_from([text for text, _, _ in SHAPES]),
    st.lists(
        st.sampled_from(
            "POS UPI NEFT ACH EMI CARD PAYMENT TO TESCO STORES CO TX AUSTIN NEW YORK NY 24 HOUR #12 1234 7-ELEVEN SQ *"
            " / - ON REF LONDON GB XX12 05/12 MAY & AND".split()
        ),
        min_size=1,
        max_size=9,
    ).map(" ".join),
)


@given(NARRATION)
def test_parsing_a_core_again_changes_nothing(text: str) -> None:
    core = parse(text).core
    assert parse(core).core == core


@given(
    st.sampled_from(["TESCO STORES", "BRITISH GAS", "SHREE GANESH STORES"]),
    st.integers(10**5, 10**13),
    st.integers(10**5, 10**13),
)
def test_reference_numbers_do_not_change_the_core(payee: str, one: int, other: int) -> None:
    for shape in (
        "POS DEBIT {p} {n}",
        "DD {p} REF {n}",
        "UPI/DR/{n}/{p}/HDFC/Pay",
        "{p} {n}",
        "NEFT DR-SBIN0001234-{p}-N{n}",
    ):
        first, second = (parse(shape.format(p=payee, n=number)).core for number in (one, other))
        assert first == second == payee
