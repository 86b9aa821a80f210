"""Assets and liabilities that came with an import of another program's data, under ids given there."""

from collections.abc import Iterable

from sqlalchemy import Connection

from finapp.assets import tables
from finapp.assets.public import AssetDetails, LiabilityDetails, NewValuation
from finapp.assets.store import entries, parents
from finapp.assets.store.rows import to_row


def enter_asset(
    connection: Connection, owner: str, person: str, asset_id: str, details: AssetDetails, worth: NewValuation
) -> None:
    """An asset with its one valuation."""
    columns = to_row(details, tables.assets, details.currency)
    parents.enter(connection, tables.assets, owner, person, columns, asset_id)
    entries.add(connection, tables.valuations, owner, person, asset_id, [worth], details.currency)


def enter_liability(
    connection: Connection, owner: str, person: str, liability_id: str, details: LiabilityDetails
) -> None:
    """A liability."""
    columns = to_row(details, tables.liabilities, details.currency)
    parents.enter(connection, tables.liabilities, owner, person, columns, liability_id)


def remove_unchanged(connection: Connection, owner: str, ids: Iterable[str]) -> None:
    """Deletes those that are as they were entered."""
    for parent_id in ids:
        for table in (tables.assets, tables.liabilities):
            row = parents.find(connection, table, owner, parent_id)
            if row is not None and row.version == 1:
                parents.remove(connection, table, owner, parent_id)
