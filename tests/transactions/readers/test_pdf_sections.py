"""PDFs of banks that print whole amounts, what is not booked yet, or no opening balance."""
# ruff: noqa: E501 (lines are as long as statements are)

import pytest

from finapp.transactions.domain.statement import Statement
from finapp.transactions.readers.entry import read_statement
from finapp.transactions.readers.errors import UnreadableStatement
from tests.transactions.readers.pdf_writer import pdf, table

COLUMNS = [(40.0, "l"), (110.0, "l"), (360.0, "r"), (440.0, "r"), (540.0, "r")]
HEAD = ["Date", "Particulars", "Debit", "Credit", "Balance"]
OPENED = ["", "Opening Balance", "", "", "1,000.00"]
BOOKED = [
    ["02/01/2026", "ACME", "", "500.00", "1,500.00"],
    ["13/01/2026", "GROCER", "54.32", "", "1,445.68"],
    ["13/01/2026", "METRO", "40.00", "", "1,405.68"],
]


def read(rows: list[list[str]], **said: str) -> Statement:
    found = read_statement(pdf([table(rows, COLUMNS)]), filename="x.pdf", **said)  # type: ignore[arg-type]
    assert isinstance(found, Statement)
    return found


def shown(found: Statement) -> list[str]:
    return [f"{row.date:%d} {row.amount} {row.status} {row.description}" for row in found.rows]


@pytest.mark.parametrize(
    ("columns", "rows"),
    [
        ("yen, by commas", [["2026/01/05", "KONBINI", "1,200", "", "98,800"], ["2026/01/19", "ACME", "", "250,000", "348,800"]]),
        ("forint, by blanks", [["2026.01.05", "SPAR", "1 200", "", "98 800"], ["2026.01.19", "ACME", "", "250 000", "348 800"]]),
        ("pesos, by points", [["05/01/2026", "UBER", "1.200", "", "98.800"], ["19/01/2026", "ACME", "", "250.000", "348.800"]]),
        ("signed, with a unit", [["2026.01.05", "SPAR", "", "-1 200 Ft", "98 800 Ft"], ["2026.01.19", "ACME", "", "250 000 Ft", "348 800 Ft"]]),
        ("signed, with a code", [["2026-01-05", "SHOP", "", "-1 200 JPY", "98 800 JPY"], ["2026-01-19", "ACME", "", "250 000 JPY", "348 800 JPY"]]),
    ],
)  # fmt: skip
def test_amounts_without_decimals_are_amounts(columns: str, rows: list[list[str]]) -> None:
    found = read([HEAD, *rows])
    assert [(str(row.amount), str(row.balance_after)) for row in found.rows] == [
        ("-1200", "98800"),
        ("250000", "348800"),
    ], columns
    assert (str(found.opening_balance), str(found.closing_balance)) == ("100000", "348800")


def test_thousands_a_blank_apart_belong_to_the_amount() -> None:
    rows = [["05.01.2026", "CARREFOUR 12", "1 234,56", "", "8 765,44"], ["19.01.2026", "ACME", "", "2 000,00", "10 765,44"]]  # fmt: skip
    assert shown(read([HEAD, *rows])) == ["05 -1234.56 posted CARREFOUR 12", "19 2000.00 posted ACME"]


@pytest.mark.parametrize("section", ["Pending transactions", "Authorised, not yet posted", "Pending"])
def test_what_stands_below_a_heading_for_it_is_pending_and_in_no_balance(section: str) -> None:
    waiting = [[section, "", "", "", ""], ["30/01/2026", "UBER", "7.00", "", ""], ["31/01/2026", "REFUND", "", "8.00", ""]]  # fmt: skip
    expected = ["02 500.00 posted ACME", "13 -54.32 posted GROCER", "13 -40.00 posted METRO"]
    after = read([HEAD, OPENED, *BOOKED, *waiting])
    assert shown(after) == [*expected, "30 -7.00 pending UBER", "31 8.00 pending REFUND"]
    assert str(after.closing_balance) == "1405.68"
    above = read([*waiting, ["Posted transactions", "", "", "", ""], HEAD, OPENED, *BOOKED])
    assert shown(above) == [*expected, "30 -7.00 pending UBER", "31 8.00 pending REFUND"]


def test_what_waits_on_a_card_is_pending_and_not_owed_yet() -> None:
    rows = [["Previous Balance", "", "", "", "100.00"], ["02/01/2026", "GREEN GROCER", "", "", "54.32"],
            ["15/01/2026", "PAYMENT RECEIVED", "", "", "100.00 CR"], ["New Balance", "", "", "", "54.32"],
            ["Pending transactions", "", "", "", ""], ["30/01/2026", "UBER", "", "", "7.00"]]  # fmt: skip
    found = read(rows)
    assert shown(found)[-1] == "30 -7.00 pending UBER"
    assert str(found.closing_balance) == "-54.32"


@pytest.mark.parametrize("turn", [1, -1])
def test_without_an_opening_balance_the_first_row_takes_the_side_of_its_heading(turn: int) -> None:
    found = read([HEAD, *BOOKED[::turn]])
    assert shown(found) == ["02 500.00 posted ACME", "13 -54.32 posted GROCER", "13 -40.00 posted METRO"][::turn]
    assert (str(found.opening_balance), str(found.closing_balance)) == ("1000.00", "1405.68")


def test_a_minus_under_a_heading_for_money_in_is_money_out() -> None:
    rows = [["02/01/2026", "SHOP", "", "-10.00", "990.00"], ["13/01/2026", "ACME", "", "500.00", "1,490.00"]]
    assert shown(read([HEAD, *rows])) == ["02 -10.00 posted SHOP", "13 500.00 posted ACME"]


def test_an_amount_without_a_mark_is_money_out_where_money_in_has_one() -> None:
    plain = ["Date", "Particulars", "", "Amount", "Balance"]
    rows = [["02/01/2026", "SHOP", "", "10.00", "990.00"], ["13/01/2026", "ACME", "", "500.00 CR", "1,490.00"]]
    assert shown(read([plain, *rows])) == ["02 -10.00 posted SHOP", "13 500.00 posted ACME"]


def test_headings_that_the_balances_contradict_say_nothing() -> None:
    swapped = ["Date", "Particulars", "Credit", "Debit", "Balance"]
    with pytest.raises(UnreadableStatement, match="does not follow"):
        read([swapped, *BOOKED])


def test_dates_that_nothing_proves_are_said() -> None:
    rows = [HEAD, OPENED, ["03/04/2026", "ACME", "", "500.00", "1,500.00"]]
    assert "03/04" in read(rows, country="GB").warnings[0]
    assert read([HEAD, OPENED, *BOOKED], country="GB").warnings == ()


def test_the_currency_that_a_line_states_is_that_of_the_account_and_not_one_that_a_payment_names() -> None:
    abroad = ["14/01/2026", "SHOP CURRENCY USD", "5.68", "", "1,400.00"]
    below = ["", "Currency: USD", "", "", ""]
    stated, period = ["Currency: EUR", "", "", "", ""], ["Period 01/01/2026 to 31/01/2026", "", "", "", ""]
    assert read([period, stated, HEAD, *BOOKED, abroad, below]).account.currency == "EUR"
    assert read([HEAD, *BOOKED, abroad, below]).account.currency is None
