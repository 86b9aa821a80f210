"""What banks print around a payee: card bills, channel codes, cheques, loans that carry an insurer's name."""

from decimal import Decimal

import pytest

from finapp.transactions.domain.categorizer import Line, Suggestion, suggest
from finapp.transactions.domain.descriptor import parse


def said(text: str, country: str, amount: int = -100) -> Suggestion:
    return suggest([Line(description=text, amount=Decimal(amount))], country=country)[0]


@pytest.mark.parametrize("country", ["IN", "US", "GB", ""])
@pytest.mark.parametrize(
    "text",
    [
        "IB BILLPAY DR-HDFC4L-552365XXXXXX1234", "MB-CC PYMT XX1234", "Payment to Chase card ending in 1234",
        "Online payment to Credit Card 4455", "CHASE CREDIT CRD AUTOPAY", "AMEX EPAYMENT ACH PMT",
        "CAPITAL ONE MOBILE PMT", "BARCLAYCARD", "CREDIT CARD PAYMENT", "HDFC CARD PMT", "Hanseatic Bank GenialCard",
    ],
)  # fmt: skip
def test_a_card_bill_is_recognised(text: str, country: str) -> None:
    assert said(text, country).category == "card_payment"


@pytest.mark.parametrize(
    ("text", "country", "category"),
    [
        ("Online Banking payment to CRD 4455 Confirmation# 123", "US", "card_payment"),
        ("CARD PMT TESCO STORES", "GB", "groceries"),
        ("CARD PYMT PIZZA HUT", "US", "dining"),
        ("DR SMITH DENTAL", "GB", "health"),
    ],
)
def test_a_purchase_by_card_and_a_doctor_are_no_bill_and_no_code(text: str, country: str, category: str) -> None:
    assert said(text, country).category == category


@pytest.mark.parametrize(
    ("text", "last4"),
    [
        ("IB BILLPAY DR-HDFC4L-552365XXXXXX1234", "1234"), ("MB-CC PYMT XX1234", "1234"),
        ("Payment to Chase card ending in 1234", "1234"), ("Online payment to Credit Card 4455", "4455"),
    ],
)  # fmt: skip
def test_the_card_that_a_bill_names_is_read(text: str, last4: str) -> None:
    assert parse(text, "out").last4 == last4


@pytest.mark.parametrize("text", ["BP TEST PERSON SAVINGS", "DR TEST PERSON", "TFR TEST PERSON", "OBP TEST PERSON"])
def test_a_british_code_before_a_payee_is_a_channel(text: str) -> None:
    assert said(text, "GB").category in (None, "transfer")


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("BP", "fuel"), ("BP 1234 LONDON", "fuel"), ("BP CONNECT LEEDS", "fuel"), ("BP PULSE", "fuel"),
        ("BP TESCO STORES LEEDS", "groceries"), ("DD BRITISH GAS", "utilities"), ("SO J SMITH RENT", "housing"),
        ("VIS TESCO STORES", "groceries"), (")))  PRET A MANGER", "dining"), ("ATM BARCLAYS LEEDS", "cash"),
    ],
)  # fmt: skip
def test_a_british_code_leaves_the_payee_to_decide(text: str, category: str) -> None:
    assert said(text, "GB").category == category


@pytest.mark.parametrize("country", ["US", "GB", "IN", "NL", ""])
@pytest.mark.parametrize("text", ["CHECK 1021", "CHECK #1021", "CHEQUE 000123", "CHECK"])
def test_a_numbered_cheque_names_nobody(text: str, country: str) -> None:
    found = said(text, country)
    assert (found.category, found.source in ("model", "none")) == (None, True)
    assert parse(text, "out").channel == "cheque"


@pytest.mark.parametrize("text", ["ZELLE PAYMENT TO GREENVIEW RENT", "Zelle payment to Landlord Bob for Rent"])
def test_rent_sent_by_an_instant_transfer_is_housing(text: str) -> None:
    assert said(text, "US").category == "housing"
    assert said("ZELLE PAYMENT TO JOHN SMITH", "US").category == "transfer"


@pytest.mark.parametrize("country", ["IN", ""])
@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("LIC HOUSING FINANCE LTD", "loan"), ("ACH D- LIC HOUSING FINANCE LTD-0012", "loan"),
        ("LIC HSG FIN LTD", "loan"), ("LIC PREMIUM 123456789", "insurance"),
        ("ACH/TP ACH INDIAN CLEARI", "investment"), ("ACH/TP ACH INDIAN CLEARI/123456", "investment"),
    ],
)  # fmt: skip
def test_a_lender_that_carries_an_insurers_name_and_a_cut_clearing_house_are_known(
    text: str, category: str, country: str
) -> None:
    assert said(text, country).category == category
