"""Month ends as they were known when they had passed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from finapp.assets.public import NetWorth
from finapp.assets.tables import snapshots
from finapp.kernel.ids import new_id
from finapp.kernel.money import from_minor, to_minor
from finapp.platform.database import insert_into


def keep(connection: Connection, owner: str, worth: NetWorth) -> None:
    """Stores a day's net worth, once; a day kept before stays as it is."""
    if worth.assets is None or worth.liabilities is None:
        return
    row = insert_into(connection, snapshots).values(
        id=new_id(),
        owner=owner,
        date=worth.as_of,
        currency=worth.currency,
        assets=to_minor(worth.assets, worth.currency),
        liabilities=to_minor(worth.liabilities, worth.currency),
        by_class={name: str(amount) for name, amount in worth.by_class.items()},
    )
    connection.execute(row.on_conflict_do_nothing(index_elements=["owner", "date"]))


def is_kept(connection: Connection, owner: str, day: date) -> bool:
    """Whether a day has been kept."""
    query = select(snapshots.c.id).where(snapshots.c.owner == owner, snapshots.c.date == day)
    return connection.execute(query).first() is not None


def newest(connection: Connection, owner: str, until: date, limit: int) -> Sequence[Row[Any]]:
    """Up to `limit` kept days not after `until`, newest first."""
    query = select(snapshots).where(snapshots.c.owner == owner, snapshots.c.date <= until)
    return connection.execute(query.order_by(snapshots.c.date.desc()).limit(limit)).all()


def totals(row: Row[Any]) -> tuple[Any, Any]:
    """Assets and liabilities of a kept day, as Decimal."""
    return from_minor(row.assets, row.currency), from_minor(row.liabilities, row.currency)
