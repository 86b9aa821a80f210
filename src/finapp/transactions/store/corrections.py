"""What the household said of rows: the source of truth of everything learned."""

from datetime import date

from sqlalchemy import Connection, insert, select

from finapp.kernel import ids
from finapp.kernel.money import from_minor
from finapp.platform.standing import standing
from finapp.transactions.domain.categorizer import Correction
from finapp.transactions.domain.ledger import LedgerRow
from finapp.transactions.store import changes
from finapp.transactions.tables import corrections

_TAKEN_BACK = ""


def add(
    connection: Connection, owner: str, person: str, row: LedgerRow, category_id: str, made_on: date, change_id: str
) -> None:
    """Keeps one explicit decision about one row. It holds until its change is taken back."""
    connection.execute(
        insert(corrections).values(
            id=ids.new_id(),
            owner=owner,
            transaction_id=row.id,
            description=row.description,
            amount=row.amount,
            currency=row.currency,
            category_id=category_id,
            made_on=made_on,
            person=person,
            change_id=change_id,
        )
    )


def take_back(connection: Connection, owner: str, person: str, row: LedgerRow, made_on: date, change_id: str) -> None:
    """Says that what was said of a row's category holds no longer."""
    add(connection, owner, person, row, _TAKEN_BACK, made_on, change_id)


@standing("corrections", "changes.undone_by")
def of_household(connection: Connection, owner: str) -> list[Correction]:
    """Every decision that holds, oldest first; of several about one row only the newest."""
    query = select(corrections).where(corrections.c.owner == owner).order_by(corrections.c.id)
    held = changes.holding(connection, owner, connection.execute(query))
    newest = {row.transaction_id: row.id for row in held}
    return [
        Correction(
            description=row.description,
            amount=from_minor(row.amount, row.currency),
            category=row.category_id,
            on=row.made_on,
            currency=row.currency,
        )
        for row in held
        if row.id == newest[row.transaction_id] and row.category_id != _TAKEN_BACK
    ]
