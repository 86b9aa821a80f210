"""A dated payment at a shop called Total, Balance or Opening is a payment; totals and balances are none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finapp.transactions.domain.statement import Statement
from finapp.transactions.readers.entry import read_statement
from tests.transactions.readers.pdf_writer import pdf, table
from tests.transactions.readers.test_formats import COLUMNS

SHOPS = ["TOTAL SERVICE STATION", "TotalEnergies", "BALANCE FITNESS", "OPENING NIGHT THEATRE", "SALDO BISTRO",
         "CLOSING SHIFT BAR", "NEW BALANCE", "Total", "Saldo", "SUMME 7 KAFFEE", "KONTOSTAND BAR", "GESAMTSCHULE MENSA",
         "B/F BURGERS", "STARTING BALANCE YOGA", "TOTAL CREDITS GYM", "Page Total Books"]  # fmt: skip
BEGINNINGS = ["Total", "TOTALS", "Grand Total", "Sub-total", "Page total", "Opening", "Opening balance", "Closing",
              "Closing Bal", "Balance", "Balance b/f", "Balance carried", "Brought forward", "Carried forward", "B/F",
              "Ending balance", "Starting balance", "Previous balance", "New balance", "Statement balance", "Saldo",
              "Saldo final", "Alter Saldo", "Neuer Kontostand", "Kontostand", "Anfangssaldo", "Tagessaldo", "Summe",
              "Gesamt", "Totaal", "Somme", "Ancien solde", "Solde au", "Übertrag", "Saldovortrag", "Total debits",
              "Transaction total"]  # fmt: skip
NAMES = ["BAR", "Fitness", "SERVICE STATION", "Wine and More", "Yoga Studio", "NIGHT THEATRE", "Bistro 24", "Foods Ltd"]
LAYOUTS = {
    "no balance": ("Date,Description,Amount", "2026-01-{day:02},{text},-{amount}"),
    "balance": ("Date,Description,Amount,Balance", "2026-01-{day:02},{text},-{amount},{balance}"),
    "pair": ("Date,Description,Debit,Credit", "2026-01-{day:02},{text},{amount},"),
    "pair and balance": ("Date,Description,Debit,Credit,Balance", "2026-01-{day:02},{text},{amount},,{balance}"),
    "payee": ("Date,Payee,Account number,Type,Reference,Amount (EUR)", "2026-01-{day:02},{text},DE12,POS,x,-{amount}"),
    "spare cell": ("Date,Description,Amount,", "2026-01-{day:02},{text},-{amount},,"),
}


def written(layout: str, texts: list[str]) -> tuple[bytes, list[Decimal]]:
    heading, line = LAYOUTS[layout]
    balance, lines, amounts = Decimal(1000), [heading], []
    for number, text in enumerate(["GREEN GROCER", *texts, "METRO RAIL FARE", "BOOK SHOP"]):
        amount = Decimal(number) + Decimal("1.25")
        balance -= amount
        amounts.append(-amount)
        lines.append(line.format(day=number % 28 + 1, text=text, amount=amount, balance=balance))
    return "\n".join([*lines, ""]).encode(), amounts


def read(content: bytes) -> Statement:
    answer = read_statement(content, country="US")
    assert isinstance(answer, Statement), answer
    return answer


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("shop", SHOPS)
def test_a_shop_named_like_a_total_is_paid(layout: str, shop: str) -> None:
    content, amounts = written(layout, [shop])
    statement = read(content)
    assert [row.amount for row in statement.rows] == amounts
    assert statement.rejected == ()
    assert statement.closing_balance is None


@given(
    st.sampled_from(sorted(LAYOUTS)),
    st.lists(st.tuples(st.sampled_from(BEGINNINGS), st.sampled_from(NAMES)), min_size=1, max_size=5),
)
def test_no_dated_payment_vanishes_whatever_its_first_word(layout: str, words: list[tuple[str, str]]) -> None:
    content, amounts = written(layout, [f"{first} {second}" for first, second in words])
    statement = read(content)
    assert [row.amount for row in statement.rows] == amounts
    assert statement.rejected == ()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("2026-01-09,TOTAL SERVICE STATION,,", "no_amount"),
        ("2026-01-09,TOTAL SERVICE STATION,abc,", "bad_amount"),
        ("2026-13-45,TOTAL SERVICE STATION,-5.00,900.00", "bad_date"),
        ("Pending,TOTAL SERVICE STATION,-5.00,", "pending"),
    ],
)
def test_a_damaged_payment_at_such_a_shop_is_refused_and_counted(line: str, code: str) -> None:
    content, amounts = written("balance", [])
    statement = read(content + line.encode() + b"\n")
    assert len(statement.rows) == len(amounts)
    assert [row.code for row in statement.rejected] == [code]


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("Date,Description,Amount", "2026-01-01,Opening balance,1000.00"),
        ("Date,Description,Amount", "2026-01-01,Balance b/f as on 01 Jan 2026,1000.00"),
        ("Date,Description,Amount,Balance", "2026-01-01,Opening balance,1000.00,1000.00"),
        ("Date,Description,Amount,Balance", "2026-01-01,Opening balance,,1000.00"),
        ("Date,Description,Amount,Balance", "2026-01-01,Opening,0.00,1000.00"),
        ("Date,Description,Amount,Balance", ",Opening balance,,1000.00"),
        ("Date,Description,Debit,Credit", "2026-01-01,Anfangssaldo,,1000.00"),
    ],
)
def test_a_balance_line_is_no_payment_and_gives_the_opening_balance(heading: str, line: str) -> None:
    width = heading.count(",") + 1
    rows = [["2026-01-02", "GREEN GROCER", "-1.00", "999.00"], ["2026-01-03", "BOOK SHOP", "-2.00", "997.00"]]
    if "Debit" in heading:
        rows = [[row[0], row[1], row[2].strip("-"), ""] for row in rows]
    body = [",".join(row[:width]) for row in rows]
    statement = read("\n".join([heading, line, *body, ""]).encode())
    assert [row.amount for row in statement.rows] == [Decimal("-1.00"), Decimal("-2.00")]
    assert statement.rejected == ()
    assert statement.opening_balance == Decimal(1000)


@pytest.mark.parametrize(
    "line", [",Total,54.32,1000.00", "Total,,54.32,1000.00", "31/01/2026,Total,54.32,1000.00", ",Total debits 3,54.32,"]
)
def test_a_total_of_both_columns_is_no_payment(line: str) -> None:
    text = f"Date,Description,Debit,Credit\n13/01/2026,GREEN GROCER,54.32,\n14/01/2026,ACME,,1000.00\n{line}\n"
    statement = read(text.encode())
    assert len(statement.rows) == 2
    assert statement.rejected == ()


def test_a_payment_at_such_a_shop_stands_in_a_pdf_too() -> None:
    rows = [["01 Jan 2026", "Balance brought forward", "", "", "100.00"],
            ["02 Jan 2026", "TOTAL SERVICE STATION", "10.00", "", "90.00"],
            ["", "BALANCE FITNESS", "20.00", "", "70.00"], ["", "Closing Balance", "", "", "70.00"]]  # fmt: skip
    statement = read(pdf([table(rows, COLUMNS)]))
    assert [str(row.amount) for row in statement.rows] == ["-10.00", "-20.00"]
    assert statement.opening_balance == Decimal(100)
