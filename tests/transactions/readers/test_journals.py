"""Plain-text accounting as people keep it: shares bought, prices, envelopes, arithmetic, dates without a year."""

from decimal import Decimal

import pytest

from finapp.transactions.domain.statement import Statement
from finapp.transactions.readers.entry import read_statement
from finapp.transactions.readers.journals import read_journal

BEANCOUNT = """2026-01-01 open Assets:Bank USD
2026-01-05 * "Grocer" "weekly" #tag ^link
  Assets:Bank  -54.32 USD
  Expenses:Food
2026-01-10 * "Broker" "buy"
  Assets:Broker:AAPL  10 AAPL {150.00 USD, 2026-01-10}
  Assets:Bank
2026-01-11 price AAPL 151.00 USD
2026-01-12 balance Assets:Bank  100.00 USD
2026-01-13 * "Exchange"
  Assets:Euro  90.00 EUR @@ 99.00 USD
  Assets:Bank
2026-01-14 * "Shared"
  Assets:Bank  -(10.00 + 5)/2 USD
  Expenses:Food
2026-01-15 * "Broker" "sell"
  Assets:Broker:AAPL  -5 AAPL {150.00 USD} @ 160.00 USD
  Assets:Bank  800.00 USD
  Income:Gains
"""
HLEDGER = """; 2026-02-02 a note
decimal-mark .
P 2026-01-01 AAPL $150

2026-01-05 * (101) Grocer | weekly  ; tag:x
    expenses:food      $54.32
    assets:bank

2026/01/07=2026/01/09 Two dates
    assets:bank  -$2.00
    expenses:food

2026-01-08 ! envelopes
    assets:bank  $-3.00
    expenses:food  $3.00
    (assets:budget:food)  $-3.00
    [assets:envelope]  $-1.00
    [equity:envelope]  $1.00

2026-01-09 balance asserted
    assets:bank  $-4.00 = $100.00
    expenses:food

2026-01-10 buy
    assets:broker  10 AAPL @ $150
    assets:bank

comment
2026-01-11 not a transaction
    assets:bank  $-1000
end comment

~ monthly
    expenses:rent  $1000
    assets:bank
"""
LEDGER = """Y 2026
01/05 Grocer
    Expenses:Food      1.054,32 EUR
    Assets:Bank

2026/01/10 * Broker
    Assets:Broker    10 "FUND 1" {15,00 EUR} [2026/01/10] @ 15,00 EUR
    Assets:Bank    -150,00 EUR
"""


def shown(text: str) -> tuple[list[str], list[str]]:
    found = read_statement(text.encode(), filename="own.journal")
    assert isinstance(found, Statement)
    rows = [
        f"{row.date} {row.amount.normalize():f} {row.currency} {row.account_hint} {row.status}" for row in found.rows
    ]
    return rows, [f"{row.line} {row.code}" for row in found.rejected]


def test_what_is_paid_for_shares_is_money_and_the_shares_are_not() -> None:
    rows, rejected = shown(BEANCOUNT)
    assert rows == [
        "2026-01-05 -54.32 USD Assets:Bank posted",
        "2026-01-10 -1500 USD Assets:Bank posted",
        "2026-01-13 90 EUR Assets:Euro posted",
        "2026-01-13 -99 USD Assets:Bank posted",
        "2026-01-14 -7.5 USD Assets:Bank posted",
        "2026-01-15 800 USD Assets:Bank posted",
    ]
    assert rejected == ["6 not_money", "17 not_money"]


def test_envelopes_forecasts_and_comments_move_no_money() -> None:
    rows, rejected = shown(HLEDGER)
    assert rows == [
        "2026-01-05 -54.32 USD assets:bank posted",
        "2026-01-07 -2 USD assets:bank posted",
        "2026-01-08 -3 USD assets:bank pending",
        "2026-01-09 -4 USD assets:bank posted",
        "2026-01-10 -1500 USD assets:bank posted",
    ]
    assert rejected == ["25 not_money"]


def test_a_year_named_once_holds_for_the_dates_below_and_commas_may_separate_cents() -> None:
    rows, rejected = shown(LEDGER)
    assert rows == ["2026-01-05 -1054.32 EUR Assets:Bank posted", "2026-01-10 -150 EUR Assets:Bank posted"]
    assert rejected == ["7 not_money"]


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("01/05 No year\n    Assets:Bank  $1\n    Income:Gift\n", "no year"),
        ("2026-13-05 No month\n    Assets:Bank  $1\n    Income:Gift\n", "not a date"),
        ("2026-01-05 Two left out\n    Assets:Bank\n    Income:Gift\n", "cannot be inferred"),
        ("2026-01-05 Lots\n    Assets:Bank\n    Assets:A  5 AAPL {}\n    Assets:B  $-5\n", "cannot be inferred"),
        ("2026-01-05 Words\n    Assets:Bank  plenty $\n    Income:Gift\n", "cannot be read"),
    ],
)
def test_an_entry_that_cannot_be_read_is_refused_with_the_reason(entry: str, reason: str) -> None:
    found = read_statement(f"2026-01-01 Good\n    Assets:Bank  $1\n    Income:Gift\n\n{entry}".encode())
    assert isinstance(found, Statement)
    assert len(found.rows) == 1
    assert reason in found.rejected[0].message


DIVIDED = {
    "among categories": (
        "Assets:Bank -54.32; Expenses:Food 50.00; Expenses:Pets 4.32",
        "-54.32 Food -50.00, Pets -4.32",
    ),
    "with a transfer": (
        "Assets:Bank -70; Assets:Cash 20; Expenses:Food 50",
        "-70 Food -50, transfer -20|20 to Assets:Bank",
    ),
    "of a salary": (
        "Assets:Bank 2000; Assets:Savings 500; Expenses:Tax 500; Income:Salary -3000",
        "2000 Tax -500, Salary 2500|500 Salary",
    ),
    "shares and a fee": (
        "Assets:Broker 10 AAPL {150 USD}; Expenses:Fees 10; Assets:Bank -1510",
        "-1510 investment -1500, Fees -10",
    ),
    "two pay for one": ("Assets:Bank -60; Assets:Cash -40; Expenses:Food 100", "-60 Food|-40 Food"),
    "two pay for two": (
        "Assets:Bank -60; Assets:Cash -40; Expenses:Food 70; Expenses:Pets 30",
        "-60 Food -30, Pets -30|-40 Food",
    ),
    "one category twice": ("Assets:Bank -60; Expenses:Food 40; Expenses:Food 20", "-60 Food"),
    "at a price": (
        "Assets:Euro -90.01 EUR @@ 99 USD; Expenses:Travel 80; Expenses:Food 19",
        "-90.01 Travel -72.74, Food -17.27",
    ),
    "without a price": ("Assets:Euro -90 EUR; Expenses:Travel 80; Expenses:Food 19", "-90 Travel -72.73, Food -17.27"),
    "finer than cents": ("Assets:Bank -10; Expenses:A 3.333; Expenses:B 6.667", "-10 A -3.33, B -6.67"),
    "into three accounts": (
        "Assets:Bank -100; Assets:Cash 60; Assets:Euro 40",
        "-100 transfer -60, transfer -40|60 to Assets:Bank|40 to Assets:Bank",
    ),
}


@pytest.mark.parametrize("case", DIVIDED)
def test_an_entry_that_is_divided_is_a_row_in_parts_for_each_account(case: str) -> None:
    legs, expected = DIVIDED[case]
    lines = [
        f"  {leg.strip()}" if leg[-1].isalpha() or leg[-1] == "}" else f"  {leg.strip()} USD" for leg in legs.split(";")
    ]
    text = "\n".join(["2026-01-01 open Assets:Bank", '2026-01-05 * "Shop" "x"', *lines, ""])
    found = read_statement(text.encode(), filename="x.beancount")
    assert isinstance(found, Statement)
    rows = []
    for row in found.rows:
        parts = [f"{part.does or _last(part.category_hint)} {part.amount}" for part in row.parts]
        other = f"to {row.transfer_hint}" if row.transfer_hint else _last(row.category_hint)
        rows.append(f"{row.amount} {', '.join(parts) or other}")
        assert sum(part.amount for part in row.parts) in (0, row.amount)
    assert "|".join(rows) == expected
    assert found.warnings == ()


def _last(account: str | None) -> str:
    return (account or "").rpartition(":")[2]


def test_an_entry_that_does_not_come_to_zero_is_one_row_and_the_file_says_so() -> None:
    text = """2026-01-05 Corner shop
    Expenses:Food       6.75 GBP
    Expenses:Gifts      3.00 GBP
    Assets:Monzo       -9.76 GBP

2026-01-06 Corner shop
    Expenses:Food       2.00 GBP
    Assets:Monzo       -2.00 GBP
"""
    found = read_journal(text, beancount=False)
    assert [(row.line, row.amount, row.category_hint, row.parts) for row in found.rows] == [
        (4, Decimal("-9.76"), None, ()),
        (8, Decimal("-2.00"), "Expenses:Food", ()),
    ]
    assert len(found.warnings) == 1
    assert found.warnings[0].endswith("1 in all, on the lines 1")


@pytest.mark.parametrize(
    ("postings", "expected"),
    [
        ("Assets:Bank; Expenses:Food 5 EUR; Expenses:Taxi 7 USD", "-5 EUR Food|-7 USD Taxi"),
        ("Assets:Bank -5 EUR; Assets:Bank -7 USD; Expenses:Food", "-5 EUR Food|-7 USD Food"),
        ("Assets:Bank; Assets:A 5 EUR; Assets:B -7 USD", "-5 EUR to A|5 EUR to Bank|-7 USD to Bank|7 USD to B"),
        ("Assets:Bank; Expenses:Food 5 EUR; Income:Gift -5 EUR; Expenses:Taxi 7 USD", "-7 USD Taxi"),
    ],
)
def test_a_posting_without_an_amount_takes_what_each_currency_lacks(postings: str, expected: str) -> None:
    """As beancount and hledger fill it in: each commodity balances on its own."""
    found = read_journal("\n    ".join(["2026-01-05 Shop", *postings.split("; ")]).replace(" ", "  ") + "\n", False)
    assert found.rejected == ()
    shown = [
        f"{row.amount} {row.currency} "
        + (f"to {_last(row.transfer_hint)}" if row.transfer_hint else _last(row.category_hint))
        for row in found.rows
    ]
    assert "|".join(shown) == expected


def test_an_opening_in_two_currencies_opens_the_account_in_both() -> None:
    postings = "  Assets:Bank  100 EUR\n  Assets:Bank  50 USD\n  Equity:Opening-Balances\n"
    found = read_journal(f'2026-01-01 * "Open"\n{postings}', beancount=True)
    assert (found.rows, found.rejected) == ((), ())
    assert [(each.currency, each.amount) for each in found.openings] == [("EUR", Decimal(100)), ("USD", Decimal(50))]


@pytest.mark.parametrize(
    ("postings", "told"),
    [
        ("Expenses:Food  10.00 EUR; Assets:Bank  -9.00 EUR", True),
        ("Assets:Card  10 EUR; Assets:Bank  -9 EUR", True),
        ("Expenses:Food  10.00 EUR; Assets:Bank  -9.99 EUR", True),
        ("Expenses:Food  9.00 EUR; Assets:Bank  -9.00 EUR", False),
        ("Expenses:Food  9.004 EUR; Assets:Bank  -9.00 EUR", False),
        ("Expenses:Food  9.00 EUR; Assets:Bank  -10.00 USD", False),
        ("Expenses:Food  9.00 EUR; Assets:Bank", False),
    ],
)
def test_an_entry_of_one_category_that_does_not_come_to_zero_is_told_with_its_line(postings: str, told: bool) -> None:
    found = read_journal("\n    ".join(["2026-01-05 Shop", *postings.split("; ")]) + "\n", beancount=False)
    assert found.rows
    assert [text.rpartition(". ")[2] for text in found.warnings] == ["1 in all, on the lines 1"] * told


TAGGED = """2026-01-06 * Hotel | abroad  ; trip:, who: me
    ; a note, see https://example.org/a at 10:30
    expenses:travel   50.00 USD  ; part note
    expenses:food     10.00 USD  ; kind: lunch, date:2026-01-07
    assets:bank
2026-01-08 * Hotel
    ; :trip:abroad:
    expenses:travel   50.00 USD  ; trip:
    assets:bank  ; paid late
2026-01-09 Plain
    expenses:travel   50.00 USD
    assets:bank
"""


def test_comments_of_a_journal_are_tags_and_notes_of_the_rows_and_of_their_parts() -> None:
    found = read_statement(TAGGED.encode(), filename="x.journal")
    assert isinstance(found, Statement)
    assert [(row.tags, row.note) for row in found.rows] == [
        ("trip,who:me", "a note, see https://example.org/a at 10:30"),
        ("trip,abroad", "paid late"),
        (None, None),
    ]
    assert [(part.tags, part.note) for part in found.rows[0].parts] == [
        (None, "part note"),
        ("trip,who:me,kind:lunch", None),
    ]
