"""Twenty banks' own files, each with an odd feature of the real export, are read to the paisa."""
# ruff: noqa: E501 (lines are as long as banks and their headings are)

from decimal import Decimal
from pathlib import Path

import pytest

from finapp.transactions.domain.reconciliation import reconcile
from finapp.transactions.domain.statement import Statement
from finapp.transactions.readers.entry import read_statement

FIXTURES = Path(__file__).parent / "fixtures"

# file, layout, rows, sum, first row as printed, last row, rejected
BANKS = [
    ("hdfc.csv", "HDFC Bank account (delimited)", 5, "94469.50", "2026-01-01 120000.00 SALARY JAN 2026", "2026-01-05 -25000.00 NEFT DR-ICIC0000001-ACCOUNT HOLDER-NETBANK,MUM-N005261234568-RENT", []),
    ("icici.csv", "ICICI Bank account", 3, "62680.0", "2026-01-01 85000.0 NEFT-CITIN26001234567", "2026-01-05 -22000.0 BIL/INFT", []),
    ("sbi.tsv", "State Bank of India account", 3, "47750.00", "2026-01-01 50000.00 BY TRANSFER-NEFT", "2026-01-10 -2000.00 ATM WDL", []),
    ("axis.csv", "Axis Bank account", 4, "60880.00", "2026-01-01 60000.00 NEFT/HDFCN26001", "2026-01-11 1500.00 BY CLEARING", []),
    ("kotak.csv", "Kotak Mahindra Bank account", 3, "68750.00", "2026-01-02 -1250.00 UPI/GREEN GROCER", "2026-01-05 -5000.00 ATL/1234", []),
    ("yes.csv", "YES Bank account", 2, "9760.00", "2026-01-06 -240.00 UPI/600612345678", "2026-01-05 10000.00 NEFT Cr", []),
    ("canara.csv", "Canara Bank account", 2, "-749.25", "2026-01-02 -1249.25 UPI/DR/600212345678", "2026-01-07 500.00 IMPS-CR", []),
    ("chase.csv", "Chase account", 5, "1945.68", "2026-01-12 250.00 REMOTE ONLINE DEPOSIT # 1", "2026-01-02 3500.00 ACME INC PAYROLL", []),
    ("bank_of_america.csv", "Bank of America account", 3, "1424.75", "2026-01-02 2500.00 ACME INC DES:PAYROLL", '2026-01-07 -1000.00 Zelle payment to LANDLORD for "January rent"', []),
    ("wells_fargo.csv", "Wells Fargo account", 3, "2195.68", "2026-01-12 -54.32 PURCHASE AUTHORIZED", "2026-01-02 3500.00 ACME INC PAYROLL", []),
    ("capital_one.csv", "Capital One credit card", 4, "256.79", "2026-01-10 -54.32 GREEN GROCER", "2026-01-05 320.11 CAPITAL ONE AUTOPAY", []),
    ("amex.csv", "American Express", 3, "742.69", "2026-01-11 -54.32 GREEN GROCER AUSTIN TX", "2026-01-03 -15.49 STREAMING", []),
    ("hsbc_uk.csv", "csv", 5, "1340.83", "2026-01-12 -54.32 GREEN GROCER LEEDS", "2026-01-02 -2.80 TFL TRAVEL CH", []),
    ("barclays.csv", "Barclays account", 3, "1346.43", "2026-01-12 -54.32 GREEN GROCER LEEDS ON 11 JAN", "2026-01-02 2450.75 ACME LTD SALARY", []),
    ("monzo.csv", "Monzo", 4, "2325.80", "2026-01-02 2450.75 Acme Ltd SALARY", "2026-01-06 -100.00 Savings Pot", []),
    ("revolut.csv", "Revolut", 6, "399.60", "2026-01-02 500.00 Top-Up by *1234", "2026-01-09 -12.00 Book Shop", ["reverted"]),
    ("n26.csv", "N26", 3, "2439.06", "2026-01-02 2450.75 Acme GmbH Gehalt", "2026-01-07 -3.29 LONDON TUBE", []),
    ("dkb.csv", "DKB account", 3, "1336.43", "2026-01-31 -60 Tankstelle", '2026-01-29 2450.75 Acme GmbH Gehalt "Januar"', []),
    ("ing_nl.csv", "ING Netherlands account", 2, "1396.43", "2026-01-05 -54.32 GROENE MARKT 7 AMSTERDAM", "2026-01-02 1450.75 Naam: ACME BV", []),
    ("commonwealth.csv", "Commonwealth Bank account", 3, "1945.68", "2026-01-12 -54.32 GREEN GROCER SYDNEY", "2026-01-02 2500.00 Salary ACME", []),
]  # fmt: skip


def bank(name: str) -> Statement:
    statement = read_statement((FIXTURES / name).read_bytes(), filename=name)
    assert isinstance(statement, Statement), statement
    return statement


@pytest.mark.parametrize(
    ("name", "layout", "count", "total", "first", "last", "rejected"), BANKS, ids=[b[0] for b in BANKS]
)
def test_a_bank_is_read_to_the_paisa(
    name: str, layout: str, count: int, total: str, first: str, last: str, rejected: list[str]
) -> None:
    statement = bank(name)
    shown = [f"{row.date} {row.amount} {row.description}" for row in statement.rows]
    assert statement.layout == layout
    assert len(shown) == count
    assert sum(row.amount for row in statement.rows) == Decimal(total)
    assert shown[0].startswith(first)
    assert shown[-1].startswith(last)
    assert [row.code for row in statement.rejected] == rejected


def test_every_fixture_has_its_expectation() -> None:
    assert {path.name for path in FIXTURES.iterdir()} == {name for name, *_ in BANKS}


@pytest.mark.parametrize(
    "name", ["hdfc.csv", "icici.csv", "sbi.tsv", "axis.csv", "kotak.csv", "yes.csv", "canara.csv", "chase.csv",
             "bank_of_america.csv", "ing_nl.csv", "commonwealth.csv"],
)  # fmt: skip
def test_statements_with_balances_add_up(name: str) -> None:
    found = reconcile(bank(name))
    assert found.first_break_line is None
    assert found.difference == 0


def test_a_running_balance_that_does_not_follow_is_named_by_its_line() -> None:
    content = (FIXTURES / "axis.csv").read_bytes().replace(b"70924.10", b"70925.10")
    statement = read_statement(content, filename="axis.csv")
    assert isinstance(statement, Statement)
    assert reconcile(statement).first_break_line == 10


def test_each_currency_of_a_file_has_a_running_balance_of_its_own() -> None:
    found = reconcile(bank("revolut.csv"))
    assert found.first_break_line is None
    assert found.opening is None


def test_accounts_are_recognised_by_what_stands_around_the_table() -> None:
    axis, kotak, dkb = bank("axis.csv"), bank("kotak.csv"), bank("dkb.csv")
    assert (axis.account.institution, axis.account.number_last4) == ("Axis Bank", "5678")
    assert (kotak.account.number_last4, kotak.account.currency) == ("7890", "INR")
    assert str(kotak.opening_balance) == "-1000.00"
    assert dkb.account.number_last4 == "2051"
    assert str(dkb.closing_balance) == "2345.67"


def test_foreign_amounts_keep_currency_and_rate() -> None:
    row = bank("n26.csv").rows[2]
    assert (str(row.original_amount), row.original_currency, str(row.rate)) == ("-2.80", "GBP", "0.851064")
    row = bank("monzo.csv").rows[2]
    assert (str(row.original_amount), row.original_currency, row.bank_id) == ("-25.00", "EUR", "tx_0000Aa3")


def test_the_other_party_is_never_the_holder() -> None:
    assert [row.payee for row in bank("dkb.csv").rows] == ["Tankstelle", "Grüner Markt; Filiale 7", "Acme GmbH"]
