"""What another program had divided is divided here: parts counted, transfers paired, taken back with the import."""
# ruff: noqa: E501 (lines are as long as exports are)

from decimal import Decimal

from finapp.transactions.public import TransactionFilter
from tests.transactions.ledger import OWNER, Ledger

BOOKS = """2026-01-01 open Assets:Bank EUR
2026-01-05 * "Corner Shop" "big" #party
  Assets:Bank  -70.00 EUR
  Expenses:Groceries  40.00 EUR
  Assets:Savings  20.00 EUR
  Expenses:Pets  10.00 EUR
2026-01-06 * "Corner Shop" "bread"
  Assets:Bank  -3.00 EUR
  Expenses:Groceries
"""


def counted(ledger: Ledger) -> list[tuple[str, str, str, str]]:
    page = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(), limit=50, cursor=None)
    return sorted((str(row.date), str(row.amount), row.category, row.flow) for row in page.items)


def test_parts_are_counted_and_the_one_that_went_to_another_account_is_paired(ledger: Ledger) -> None:
    done = ledger.take(BOOKS.encode())
    assert (done.status, done.counts.imported, done.counts.rejected) == ("done", 3, 0)
    assert counted(ledger) == [
        ("2026-01-05", "-10.00", "pets", "expense"),
        ("2026-01-05", "-20.00", "transfer", "transfer"),
        ("2026-01-05", "-40.00", "groceries", "expense"),
        ("2026-01-05", "20.00", "transfer", "transfer"),
        ("2026-01-06", "-3.00", "groceries", "expense"),
    ]
    page = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(), limit=50, cursor=None)
    parts = [row for row in page.items if row.split_of]
    assert len({row.split_of for row in parts}) == 1
    told = ledger.facade.splits(owner=OWNER, transaction_id=parts[0].id)
    assert (told.transaction.amount, told.transaction.tags) == (Decimal("-70.00"), ("party",))
    tagged = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(query="tag:party"), limit=9, cursor=None)
    assert {row.id for row in tagged.items if row.amount < 0} == {part.id for part in parts}
    sides = [row for row in page.items if row.transfer_id]
    assert [row.amount for row in sorted(sides, key=lambda row: row.amount)] == [Decimal("-20.00"), Decimal("20.00")]
    assert all(value == 0 for value in ledger.recounted().values())


def test_a_divided_row_comes_once_and_goes_with_its_import(ledger: Ledger) -> None:
    first = ledger.take(BOOKS.encode())
    again = ledger.take(BOOKS.replace("#party", "").encode())
    assert (again.counts.imported, again.counts.duplicates) == (0, 3)
    undone = {"owner": OWNER, "person": "p"}
    ledger.facade.undo_import(import_id=again.id, **undone)
    ledger.facade.undo_import(import_id=first.id, **undone)
    assert counted(ledger) == []
    assert ledger.take(BOOKS.encode()).counts.imported == 3


def test_a_dry_run_shows_what_a_divided_row_is_for(ledger: Ledger) -> None:
    shown = ledger.take(BOOKS.encode(), dry_run=True)
    messages = [row.message or "" for row in shown.rows]
    assert len(messages) == 3
    assert any("-70.00 EUR -40.00 expense groceries" in message for message in messages)
    assert counted(ledger) == []


YNAB = """"Account","Flag","Date","Payee","Category Group/Category","Category Group","Category","Memo","Outflow","Inflow","Cleared"
"Joint","","09/05/2026","Walmart","Needs: Groceries","Needs","Groceries","Split (1/2) food",$40.10,$0.00,"Cleared"
"Joint","","09/05/2026","Transfer : Wallet","","","","Split (2/2) cash back",$20.00,$0.00,"Cleared"
"Wallet","","09/05/2026","Transfer : Joint","","","","cash back",$0.00,$20.00,"Cleared"
"Wallet","","09/13/2026","Market","Needs: Groceries","Needs","Groceries","",$8.25,$0.00,"Cleared"
"""


def test_a_payee_that_is_an_account_says_more_than_the_memo(ledger: Ledger) -> None:
    ledger.take(YNAB.encode())
    page = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(), limit=50, cursor=None)
    sides = [(str(row.amount), row.flow) for row in page.items if row.transfer_id]
    assert sorted(sides) == [("-20.00", "transfer"), ("20.00", "transfer")]
