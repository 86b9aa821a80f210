"""What the household said of rows: the source of truth of everything learned."""

from datetime import date

from sqlalchemy import Connection, select

from finapp.kernel import ids
from finapp.kernel.money import from_minor
from finapp.platform.bulk import fetched, insert_many
from finapp.platform.standing import standing
from finapp.transactions.domain.categorizer import Correction
from finapp.transactions.domain.ledger import LedgerRow
from finapp.transactions.store import changes
from finapp.transactions.tables import corrections

_TAKEN_BACK = ""
_SAID = tuple(
    corrections.c[name]
    for name in ("change_id", "transaction_id", "description", "amount", "currency", "category_id", "made_on")
)


def add(
    connection: Connection, owner: str, person: str, row: LedgerRow, category_id: str, made_on: date, change_id: str
) -> None:
    """Keeps one explicit decision about one row. It holds until its change is taken back."""
    values = {
        "id": ids.new_id(),
        "owner": owner,
        "transaction_id": row.id,
        "description": row.description,
        "amount": row.amount,
        "currency": row.currency,
        "category_id": category_id,
        "made_on": made_on,
        "person": person,
        "change_id": change_id,
    }
    insert_many(connection, corrections, tuple(values), [tuple(values.values())])


def take_back(connection: Connection, owner: str, person: str, row: LedgerRow, made_on: date, change_id: str) -> None:
    """Says that what was said of a row's category holds no longer."""
    add(connection, owner, person, row, _TAKEN_BACK, made_on, change_id)


@standing("corrections", "changes.undone_by")
def of_household(connection: Connection, owner: str) -> list[Correction]:
    """Every decision that holds, oldest first; of several about one row only the newest."""
    query = select(*_SAID).where(corrections.c.owner == owner).order_by(corrections.c.id)
    gone = changes.undone(connection, owner)
    held = [row for row in fetched(connection, query) if row[0] not in gone]
    newest = {row[1]: row for row in held}
    return [
        Correction(
            description=description,
            amount=from_minor(amount, currency),
            category=category_id,
            on=made_on,
            currency=currency,
        )
        for row in held
        for _, row_id, description, amount, currency, category_id, made_on in (row,)
        if row is newest[row_id] and category_id != _TAKEN_BACK
    ]
