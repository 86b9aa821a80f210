"""Forgets a household."""

from sqlalchemy import Connection, delete, select

from finapp.transactions import tables


def forget(connection: Connection, owner: str) -> None:
    """Deletes every row of every table that is the household's."""
    mine = select(tables.imports.c.id).where(tables.imports.c.owner == owner)
    connection.execute(delete(tables.import_rows).where(tables.import_rows.c.import_id.in_(mine)))
    ours = select(tables.changes.c.id).where(tables.changes.c.owner == owner)
    connection.execute(delete(tables.change_rows).where(tables.change_rows.c.change_id.in_(ours)))
    for table in (
        tables.set_aside,
        tables.changes,
        tables.pair_words,
        tables.merchant_words,
        tables.mapping_profiles,
        tables.rules,
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
