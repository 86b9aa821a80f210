"""The kind of the account decides the sign of amounts where the file leaves it open, and only there."""

import pytest

from finapp.transactions.domain.statement import NeedsMapping, Statement
from finapp.transactions.readers.entry import read_statement

HEADING = "Date,Description,Amount\n"
PURCHASES = HEADING + "2026-01-28,Foo,54.32\n2026-01-29,Bar,20.00\n"
PAID_CARD = PURCHASES + "2026-01-30,ZAHLUNG/ÜBERWEISUNG ERHALTEN BESTEN DANK,-74.32\n"
REFUNDED_CARD = PURCHASES + "2026-01-30,Dividend Cafe,12.00\n2026-01-31,Baz,8.00\n2026-01-31,PAYMENT RECEIVED,-74.32\n"
AMEX_DE = (
    'Datum,Beschreibung,Karteninhaber,Konto #,Betrag\n28/01/2026,FOO,A,-1001,"54,32"\n30/01/2026,BAR,A,-1001,"-74,32"\n'
)
HOLDING = ["checking", "savings", "cash"]


def amounts(text: str, kind: str | None, filename: str = "") -> list[str]:
    answer = read_statement(text.encode(), account_kind=kind, country="GB", filename=filename)
    assert isinstance(answer, Statement), answer
    return [str(row.amount) for row in answer.rows]


def test_unsigned_purchases_on_a_card_are_money_out() -> None:
    assert amounts(PURCHASES, "credit_card") == ["-54.32", "-20.00"]


@pytest.mark.parametrize("kind", HOLDING)
@pytest.mark.parametrize("filename", ["statement.csv", "visa.csv"])
def test_unsigned_amounts_of_an_account_that_holds_money_are_money_in(kind: str, filename: str) -> None:
    assert amounts(PURCHASES, kind, filename) == ["54.32", "20.00"]
    assert amounts(HEADING + "2026-01-31,INTEREST PAID,4.10\n", kind, filename) == ["4.10"]


@pytest.mark.parametrize("kind", HOLDING)
def test_wording_outweighs_the_kind_of_account(kind: str) -> None:
    assert amounts(HEADING + "2026-01-28,ATM WITHDRAWAL,54.32\n2026-01-29,POS PURCHASE,2.00\n", kind) == [
        "-54.32",
        "-2.00",
    ]
    assert amounts(HEADING + "2026-01-28,PAYMENT RECEIVED THANK YOU,54.32\n", "credit_card") == ["54.32"]


def test_without_a_kind_and_without_evidence_it_asks() -> None:
    answer = read_statement(PURCHASES.encode())
    assert isinstance(answer, NeedsMapping)
    assert answer.question == "sign"


def test_purchases_and_one_payment_on_a_card_are_not_reversed() -> None:
    assert amounts(PAID_CARD, "credit_card") == ["-54.32", "-20.00", "74.32"]
    assert amounts(REFUNDED_CARD, "credit_card") == ["-54.32", "-20.00", "-12.00", "-8.00", "74.32"]
    assert amounts(HEADING + "2026-01-28,Dividend Cafe,54.32\n2026-01-29,Foo,2.00\n", "credit_card") == [
        "-54.32",
        "-2.00",
    ]


def test_a_card_that_prints_purchases_with_a_minus_is_read_as_printed() -> None:
    text = HEADING + "2026-01-28,Foo,-54.32\n2026-01-29,Bar,-20.00\n2026-01-30,Payment Thank You,74.32\n"
    assert amounts(text, "credit_card") == ["-54.32", "-20.00", "74.32"]
    assert amounts(HEADING + "2026-01-28,Foo,-54.32\n2026-01-29,Bar,-20.00\n", "credit_card") == ["-54.32", "-20.00"]


def test_a_card_export_with_nothing_but_a_payment_is_not_reversed() -> None:
    assert amounts(HEADING + "2026-01-30,PAYMENT RECEIVED,-74.32\n", "credit_card") == ["74.32"]


@pytest.mark.parametrize("kind", [None, "credit_card", "checking"])
def test_the_german_amex_export_says_itself_that_spending_is_positive(kind: str | None) -> None:
    assert amounts(AMEX_DE, kind) == ["-54.32", "74.32"]


@pytest.mark.parametrize("kind", HOLDING)
def test_signed_amounts_of_an_account_that_holds_money_are_as_printed(kind: str) -> None:
    text = HEADING + "".join(f"2026-01-0{day},Foo {day},{day}.00\n" for day in range(1, 7)) + "2026-01-08,Bar,-5.00\n"
    assert amounts(text, kind)[0] == "1.00"


@pytest.mark.parametrize("kind", HOLDING)
def test_marks_of_the_file_outweigh_the_kind_of_account(kind: str) -> None:
    text = "Date,Description,Amount,Dr/Cr\n2026-01-28,Foo,54.32,DR\n2026-01-29,Bar,20.00,CR\n"
    assert amounts(text, kind) == ["-54.32", "20.00"]
    assert amounts(text, "credit_card") == ["-54.32", "20.00"]
