"""Statements of wallets that keep several currencies: conversions and withdrawals stay with the household."""
# ruff: noqa: E501 (lines are as long as exports are)

import pytest

from finapp.transactions.public import TransactionFilter
from tests.transactions.ledger import OWNER, Ledger

PAYPAL = """"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net","From Email Address","To Email Address","Transaction ID","Balance"
"09/02/2025","10:00:00","PDT","Steam","Express Checkout Payment","Completed","USD","-20.00","0.00","-20.00","b@x","s@x","T2","76.80"
"09/13/2025","10:00:00","PDT","","General Withdrawal","Completed","USD","-50.00","0.00","-50.00","b@x","","T3","26.80"
"09/24/2025","10:00:00","PDT","Shop EU","Express Checkout Payment","Completed","EUR","-10.00","0.00","-10.00","b@x","s@x","T4","-10.00"
"09/24/2025","10:00:00","PDT","","General Currency Conversion","Completed","EUR","10.00","0.00","10.00","","","T5","0.00"
"09/24/2025","10:00:00","PDT","","General Currency Conversion","Completed","USD","-12.20","0.00","-12.20","","","T6","14.60"
"""
REVOLUT = """Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance
EXCHANGE,Current,2025-09-02 10:00:00,2025-09-02 10:00:00,Exchanged to EUR,-100.00,0.00,USD,COMPLETED,400.00
EXCHANGE,Current,2025-09-02 10:00:00,2025-09-02 10:00:00,Exchanged from USD,92.50,0.00,EUR,COMPLETED,92.50
EXCHANGE,Current,2025-09-02 12:00:00,2025-09-02 12:00:00,Exchanged to EUR,-110.00,0.00,USD,COMPLETED,290.00
EXCHANGE,Current,2025-09-02 12:00:00,2025-09-02 12:00:00,Exchanged from USD,101.00,0.00,EUR,COMPLETED,193.50
EXCHANGE,Current,2025-09-20 12:00:00,2025-09-20 12:00:00,Exchanged to EUR,-50.00,0.00,USD,COMPLETED,240.00
EXCHANGE,Current,2025-09-20 12:00:00,2025-09-20 12:00:00,Exchanged from USD,400.00,0.00,EUR,COMPLETED,593.50
"""


def pairs(ledger: Ledger) -> list[set[str]]:
    page = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(), limit=50, cursor=None)
    sides: dict[str, set[str]] = {}
    for row in page.items:
        if row.transfer_id:
            sides.setdefault(row.transfer_id, set()).add(f"{row.amount} {row.currency}")
    return sorted(sides.values(), key=sorted)


def test_a_conversion_of_a_wallet_is_between_own_pockets_and_a_withdrawal_is_an_own_transfer(ledger: Ledger) -> None:
    assert ledger.take(PAYPAL.encode()).counts.imported == 5
    page = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(), limit=50, cursor=None)
    assert sorted((str(row.amount), row.description, row.flow) for row in page.items) == [
        ("-10.00", "Shop EU", "expense"),
        ("-12.20", "General Currency Conversion", "transfer"),
        ("-20.00", "Steam", "expense"),
        ("-50.00", "General Withdrawal", "transfer"),
        ("10.00", "General Currency Conversion", "transfer"),
    ]
    assert pairs(ledger) == [{"-12.20 USD", "10.00 EUR"}]


@pytest.mark.parametrize("turned", [False, True])
def test_exchanges_of_one_day_that_both_sides_name_are_paired_by_size_and_not_far_from_the_rate(
    ledger: Ledger, turned: bool
) -> None:
    head, *rows = REVOLUT.splitlines()
    ledger.take("\n".join([head, *(rows[::-1] if turned else rows)]).encode())
    assert pairs(ledger) == [{"-100.00 USD", "92.50 EUR"}, {"-110.00 USD", "101.00 EUR"}]


@pytest.mark.parametrize("text", ["CURRENCY CONVERSION FEE", "AMAZON.COM 12.00 USD CURRENCY CONVERSION"])
def test_a_fee_or_a_purchase_that_was_converted_is_spending(ledger: Ledger, text: str) -> None:
    ledger.take(f"Date,Description,Amount\n2025-09-02,{text},-12.00\n2025-09-23,REWE,-3.00\n".encode())
    page = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(), limit=50, cursor=None)
    assert {row.flow for row in page.items} == {"expense"}


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Bank Deposit to PP Account", "8.90"),
        ("Bankgutschrift auf PayPal-Konto", "8.90"),
        ("Allgemeine Abbuchung", "-9.90"),
        ("Von Nutzer eingeleitete Abbuchung", "-9.90"),
    ],
)
def test_what_a_wallet_takes_from_the_bank_or_gives_back_is_an_own_transfer(
    ledger: Ledger, text: str, amount: str
) -> None:
    ledger.take(f"Date,Description,Amount\n2025-09-13,{text},{amount}\n2025-09-23,REWE,-3.00\n".encode())
    page = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(), limit=50, cursor=None)
    assert [row.flow for row in page.items if row.description == text] == ["transfer"]
