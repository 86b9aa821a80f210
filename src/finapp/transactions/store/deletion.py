"""Forgets a household."""

from sqlalchemy import Connection, delete, select

from finapp.transactions import tables


def forget(connection: Connection, owner: str) -> None:
    """Deletes every row of every table that is the household's."""
    mine = select(tables.imports.c.id).where(tables.imports.c.owner == owner)
    connection.execute(delete(tables.import_rows).where(tables.import_rows.c.import_id.in_(mine)))
    for table in (
        tables.transactions,
        tables.accounts,
        tables.daily_sums,
        tables.monthly_sums,
        tables.merchant_sums,
        tables.categories,
        tables.category_needs,
        tables.corrections,
        tables.imports,
    ):
        connection.execute(delete(table).where(table.c.owner == owner))
