"""A file is read as its account remembers only where that fits the file as well as what the file shows."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from finapp.kernel.errors import Invalid
from finapp.transactions.public import Account, Transaction, TransactionFilter
from tests.transactions.ledger import OWNER, PERSON, Ledger

FIXTURES = Path(__file__).parent / "readers" / "fixtures"
CHECKING = b"""Date,Details,Amount,Balance
2026-05-03,GROCER,-20.00,980.00
2026-05-09,GROCER,-30.00,950.00
2026-05-12,EMPLOYER,500.00,1450.00
2026-05-20,LANDLORD,-400.00,1050.00
"""


def there(ledger: Ledger, account: Account) -> tuple[Transaction, ...]:
    where = TransactionFilter(account_id=account.id)
    return ledger.facade.transactions(owner=OWNER, where=where, limit=500, cursor=None).items


def remember(ledger: Ledger, account: Account, mapping: dict[str, str]) -> None:
    ledger.facade.keep_import_profile(owner=OWNER, person=PERSON, account_id=account.id, mapping=mapping)


@pytest.mark.parametrize("order", ["ymd", "dmy"])
def test_a_wrong_order_of_dates_is_not_applied_to_the_export_of_a_known_bank(ledger: Ledger, order: str) -> None:
    content = (FIXTURES / "bank_of_america.csv").read_bytes()
    plain, wrong = ledger.account("Plain", currency="USD"), ledger.account("Wrong", currency="USD")
    as_found = ledger.take(content, plain)
    remember(ledger, wrong, {"date_order": order})
    taken = ledger.take(content, wrong)
    assert taken.counts == as_found.counts
    assert taken.counts.imported > 0
    assert Counter((row.date, row.amount) for row in there(ledger, wrong)) == Counter(
        (row.date, row.amount) for row in there(ledger, plain)
    )


def test_a_remembered_sign_is_not_applied_to_a_file_whose_balances_contradict_it(ledger: Ledger) -> None:
    account = ledger.account()
    remember(ledger, account, {"sign": "inverted", "amount": "Amount"})
    ledger.take(CHECKING, account)
    assert sorted(row.amount for row in there(ledger, account)) == [
        Decimal("-400.00"),
        Decimal("-30.00"),
        Decimal("-20.00"),
        Decimal("500.00"),
    ]


def test_a_remembered_sign_is_applied_where_nothing_contradicts_it(ledger: Ledger) -> None:
    account = ledger.account()
    remember(ledger, account, {"sign": "inverted"})
    ledger.take(b"Date,Details,Amount\n2026-05-03,FOO,20.00\n2026-05-09,BAR,30.00\n", account)
    assert {row.amount for row in there(ledger, account)} == {Decimal("-20.00"), Decimal("-30.00")}


def test_columns_that_the_file_does_not_have_are_not_looked_for(ledger: Ledger) -> None:
    account = ledger.account()
    remember(ledger, account, {"amount": "Betrag", "date": "Buchung"})
    assert ledger.take(CHECKING, account).counts.imported == 4


def test_rows_that_are_there_tell_the_sign_that_a_file_leaves_open(ledger: Ledger) -> None:
    account = ledger.account("Card", kind="credit_card")
    ledger.take(
        b"Date,Details,Amount,Balance\n2026-05-03,BAKERY,-20.00,-20.00\n2026-05-09,STATION,-30.00,-50.00\n", account
    )
    # Alone, a wording such as this one says that the row is money in.
    again = ledger.take(
        b"Date,Details,Amount\n2026-05-03,BAKERY REFUND,20.00\n2026-05-09,STATION REFUND,30.00\n", account
    )
    assert (again.counts.imported, again.counts.duplicates) == (0, 2)


def test_rows_that_are_there_answer_the_question_for_the_sign(ledger: Ledger) -> None:
    account = ledger.account("Loan", kind="loan")
    content = b"Date,Details,Amount\n2026-05-03,FOO,20.00\n2026-05-09,BAR,30.00\n"
    assert ledger.take(content, account).status == "needs_mapping"
    ledger.row(account, date(2026, 5, 3), "-20.00", "FOO")
    ledger.row(account, date(2026, 5, 9), "-30.00", "BAR")
    again = ledger.take(content, account)
    assert (again.status, again.counts.imported, again.counts.duplicates) == ("done", 0, 2)


def test_a_profile_says_what_readers_understand(ledger: Ledger) -> None:
    account = ledger.account()
    with pytest.raises(Invalid, match="date_order"):
        remember(ledger, account, {"date_order": "backwards"})
    remember(ledger, account, {"date_order": "YMD"})
    assert ledger.take(CHECKING, account).counts.imported == 4
