"""What was changed, by whom and when, with every row before and after: the history, and what undo works from."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from finapp.kernel import ids
from finapp.platform.bulk import execute_many, insert_many
from finapp.platform.standing import standing
from finapp.transactions.domain.ledger import Step
from finapp.transactions.public import Change, ChangeKind, ChangeNotFound
from finapp.transactions.store.encoding import decoded_place, encoded_place
from finapp.transactions.tables import change_rows, changes


def add(
    connection: Connection, owner: str, person: str, now: datetime, kind: ChangeKind, undoes: str | None = None
) -> str:
    """A new change without rows; its id."""
    change_id = ids.new_id()
    values = (change_id, owner, person, now, kind, 0, undoes)
    insert_many(connection, changes, ("id", "owner", "person", "at", "kind", "count", "undoes"), [values])
    return change_id


def add_steps(connection: Connection, owner: str, change_id: str, steps: Sequence[Step]) -> None:
    """Stores what became of rows."""
    values = [
        (change_id, owner, step.transaction_id, encoded_place(step.before), encoded_place(step.after)) for step in steps
    ]
    if values:
        insert_many(connection, change_rows, ("change_id", "owner", "transaction_id", "before", "after"), values)
        more = (len(values), ids.to_number(change_id))
        execute_many(connection, 'UPDATE changes SET "count" = changes.count + ? WHERE id = ?', [more])


def add_images(connection: Connection, change_id: str, images: Sequence[Mapping[str, Any]]) -> None:
    """Stores what became of rows of other tables."""
    connection.execute(update(changes).where(changes.c.id == change_id).values(about=list(images)))


def images(connection: Connection, change_id: str) -> list[Mapping[str, Any]]:
    """What became of rows of other tables."""
    found = connection.execute(select(changes.c.about).where(changes.c.id == change_id)).scalar()
    return list(found or [])


def one(connection: Connection, owner: str, change_id: str) -> Change:
    """A change. Raises ChangeNotFound."""
    row = connection.execute(select(changes).where(changes.c.owner == owner, changes.c.id == change_id)).first()
    if row is None:
        raise ChangeNotFound()
    return shown(row)


def shown(row: Any) -> Change:
    """A change as the others see it."""
    return Change(
        id=row.id,
        kind=row.kind,
        person=row.person,
        at=row.at,
        count=row._mapping[changes.c.count],
        undoes=row.undoes,
        undone_by=row.undone_by,
    )


def page(connection: Connection, owner: str, before: str | None, limit: int) -> list[Change]:
    """Changes, newest first."""
    query = select(changes).where(changes.c.owner == owner).order_by(changes.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(changes.c.id < before)
    return [shown(row) for row in connection.execute(query)]


def steps(connection: Connection, owner: str, change_id: str) -> list[Step]:
    """What became of each row of a change."""
    c = change_rows.c
    query = select(c.transaction_id, c.before, c.after).where(c.owner == owner, c.change_id == change_id)
    return [_step(row) for row in connection.execute(query.order_by(c.transaction_id))]


def of_row(connection: Connection, owner: str, transaction_id: str) -> list[tuple[Change, Step]]:
    """Every change of one row, newest first."""
    c = change_rows.c
    query = select(changes, c.transaction_id, c.before, c.after).join(change_rows, c.change_id == changes.c.id)
    query = query.where(c.owner == owner, c.transaction_id == transaction_id).order_by(changes.c.id.desc())
    return [(shown(row), _step(row)) for row in connection.execute(query)]


def _step(row: Any) -> Step:
    return Step(transaction_id=row.transaction_id, before=decoded_place(row.before), after=decoded_place(row.after))


def mark_taken_back(connection: Connection, owner: str, change: Change, by: str) -> None:
    """Says which change took this one back.

    What it had taken back itself holds again, what that one had taken back does not again, and so on.
    """
    taken_back_by: str | None = by
    while True:
        connection.execute(update(changes).where(changes.c.id == change.id).values(undone_by=taken_back_by))
        if change.undoes is None:
            return
        taken_back_by = None if taken_back_by is not None else change.id
        change = one(connection, owner, change.undoes)


@standing("changes.undone_by")
def undone(connection: Connection, owner: str) -> set[str]:
    """The changes that have been taken back."""
    query = select(changes.c.id).where(changes.c.owner == owner, changes.c.undone_by.is_not(None))
    return set(connection.execute(query).scalars())


def holding(connection: Connection, owner: str, rows: Iterable[Any]) -> list[Any]:
    """Words of the household whose change has not been taken back."""
    gone = undone(connection, owner)
    return [row for row in rows if row.change_id not in gone]
