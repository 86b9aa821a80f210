"""What tests of changes share: the rows as a person sees them, the newest change, and splits in a line."""

from datetime import date
from decimal import Decimal

from finapp.transactions.public import NewPart, Splits, Transaction, TransactionFilter
from tests.transactions.ledger import OWNER, PERSON, Ledger

DAY = date(2026, 5, 3)
WHO = {"owner": OWNER, "person": PERSON}


def rows_of(ledger: Ledger, where: TransactionFilter | None = None) -> tuple[Transaction, ...]:
    where = where or TransactionFilter()
    return ledger.facade.transactions(owner=OWNER, where=where, limit=500, cursor=None).items


def state(ledger: Ledger) -> list[tuple[object, ...]]:
    """Everything of every row that a person sees, but its version."""
    return sorted(
        (tuple(value for name, value in vars(row).items() if name != "version") for row in rows_of(ledger)), key=str
    )


def newest(ledger: Ledger) -> str:
    return ledger.facade.changes(owner=OWNER, limit=1, cursor=None).items[0].id


def parts(*said: tuple[str, str | None]) -> tuple[NewPart, ...]:
    return tuple(NewPart(amount=Decimal(amount), category_id=category) for amount, category in said)


def split(ledger: Ledger, row: Transaction, *said: tuple[str, str | None]) -> Splits:
    return ledger.facade.split(**WHO, transaction_id=row.id, parts=parts(*said))
