"""The category that another program's export gives a row is the row's, where the household has one of that name."""

from decimal import Decimal

import pytest

from finapp.transactions.public import Account, NewCategory, Transaction, TransactionChanges, TransactionFilter
from tests.transactions.ledger import OWNER, PERSON, Ledger

BEANCOUNT = b"""2026-05-03 * "QUUX TRADING" "first"
  Expenses:Eating-out        20.00 INR
  Assets:Bank               -20.00 INR

2026-05-04 * "ZORB LTD" "second"
  Expenses:Sub:Vet-visits    30.00 INR
  Assets:Bank               -30.00 INR

2026-05-05 * "FLIM LTD" "third"
  Expenses:Insurance         40.00 INR
  Assets:Bank               -40.00 INR

2026-05-06 * "BLAT LTD" "fourth"
  Expenses:Odds-and-ends     50.00 INR
  Assets:Bank               -50.00 INR
"""
RETURNED = b"""2026-05-03 * "QUUX TRADING" "first"
  Expenses:Groceries        -25.00 INR
  Assets:Bank                25.00 INR

2026-05-04 * "ZORB LTD" "second"
  Expenses:Sub:Vet          -35.00 INR
  Assets:Bank                35.00 INR

2026-05-05 * "FLIM LTD" "third"
  Expenses:Dining           -40.00 INR
  Expenses:Groceries         10.00 INR
  Assets:Bank                30.00 INR

2026-05-06 * "BLAT LTD" "fourth"
  Income:Salary            -900.00 INR
  Assets:Bank               900.00 INR
"""
YNAB = b""""Account","Flag","Date","Payee","Category Group/Category","Category Group","Category",\
"Memo","Outflow","Inflow","Cleared"
"Bank","","03/05/2026","QUUX TRADING","Everyday: Groceries","Everyday","Groceries","",20.00,0.00,"Cleared"
"Bank","","14/05/2026","ZORB LTD","Everyday: Pets","Everyday","Pets","",30.00,0.00,"Cleared"
"""


def there(ledger: Ledger, account: Account) -> dict[Decimal, Transaction]:
    where = TransactionFilter(account_id=account.id)
    items = ledger.facade.transactions(owner=OWNER, where=where, limit=500, cursor=None).items
    return {row.amount: row for row in items}


def test_a_journal_brings_its_categories(ledger: Ledger) -> None:
    account = ledger.account()
    own = ledger.facade.create_category(
        owner=OWNER, person=PERSON, new=NewCategory(name="Vet visits", parent_id="pets", need=None)
    )
    ledger.take(BEANCOUNT, account)
    found = there(ledger, account)
    assert found[Decimal("-20.00")].category_id == "dining"
    assert found[Decimal("-20.00")].why == "category in the file: Expenses:Eating-out"
    assert found[Decimal("-30.00")].category_id == own.id
    assert found[Decimal("-40.00")].category_id == "insurance"
    assert "category in the file" not in (found[Decimal("-50.00")].why or "")
    assert ledger.recounted() == dict.fromkeys(ledger.recounted(), 0)


@pytest.mark.parametrize(("amount", "category"), [("-20.00", "groceries"), ("-30.00", "pets")])
def test_another_program_brings_its_categories(ledger: Ledger, amount: str, category: str) -> None:
    account = ledger.account()
    ledger.take(YNAB, account)
    assert there(ledger, account)[Decimal(amount)].category_id == category


def test_what_a_journal_has_among_the_spending_came_back(ledger: Ledger) -> None:
    account = ledger.account()
    own = ledger.facade.create_category(owner=OWNER, person=PERSON, new=NewCategory(name="Vet", parent_id="pets"))
    ledger.take(RETURNED, account)
    found = there(ledger, account)
    seen = {amount: (row.category_id, row.flow, row.asks) for amount, row in found.items()}
    assert seen == {
        Decimal("25.00"): ("groceries", "refund", False),
        Decimal("35.00"): (own.id, "refund", False),
        Decimal("40.00"): ("dining", "refund", False),
        Decimal("-10.00"): ("groceries", "expense", False),
        Decimal("900.00"): ("income_salary", "income", False),
    }
    assert ledger.recounted() == dict.fromkeys(ledger.recounted(), 0)


def test_what_the_household_said_stands_above_the_file(ledger: Ledger) -> None:
    account = ledger.account()
    ledger.take(BEANCOUNT, account)
    row = there(ledger, account)[Decimal("-20.00")]
    ledger.facade.change_transaction(
        owner=OWNER, person=PERSON, transaction_id=row.id, changes=TransactionChanges(category_id="travel")
    )
    ledger.take(BEANCOUNT.replace(b"2026-05", b"2026-06"), account)
    where = TransactionFilter(account_id=account.id, query="quux")
    found = ledger.facade.transactions(owner=OWNER, where=where, limit=500, cursor=None).items
    assert [row.category_id for row in found] == ["travel", "travel"]


def test_a_banks_own_category_is_only_its_guess(ledger: Ledger) -> None:
    account = ledger.account()
    ledger.take(b"Date,Description,Category,Amount\n2026-05-03,QUUX TRADING,Groceries,-20.00\n", account)
    assert "category in the file" not in (there(ledger, account)[Decimal("-20.00")].why or "")


def test_a_category_that_the_household_has_none_of_is_kept_as_a_tag(ledger: Ledger) -> None:
    both = b"""
2026-05-07 * "PLON LTD" "fifth" #shared
  Expenses:Groceries         30.00 INR
  Expenses:Gifts-for-others  12.00 INR
  Assets:Bank               -42.00 INR
"""
    account = ledger.account()
    text = BEANCOUNT.replace(b'"first"', b'"first" #trip').replace(b"30.00", b"31.00")
    ledger.take(text + both, account)
    rows = there(ledger, account)
    assert rows.pop(Decimal("-12.00")).tags == ("shared", "Gifts-for-others")
    assert {str(amount): row.tags for amount, row in rows.items()} == {
        "-50.00": ("Odds-and-ends",),
        "-40.00": (),
        "-31.00": ("Vet-visits",),
        "-30.00": ("shared",),
        "-20.00": ("trip",),
    }


def test_a_row_that_another_program_calls_uncategorized_has_no_tag_of_it(ledger: Ledger) -> None:
    account = ledger.account()
    ledger.take(YNAB.replace(b"Everyday: Groceries", b"Inflow: Ready to Assign"), account)
    assert [row.tags for row in there(ledger, account).values()] == [(), ()]
