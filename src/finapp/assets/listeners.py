"""What happens here when another context announces something."""

from typing import Any

from finapp.assets import tables
from finapp.assets.domain.entry_checks import check_asset
from finapp.assets.domain.taken_over import asset_of, liability_of
from finapp.assets.public import NewValuation
from finapp.assets.store import entries, parents
from finapp.assets.store.rows import to_row
from finapp.auth.public import HouseholdDeleted
from finapp.platform.unit import Unit
from finapp.transactions.public import FoundHolding, HoldingsFound, HoldingsWithdrawn


def on_household_deleted(unit: Unit, event: HouseholdDeleted) -> None:
    """Deletes everything of the household."""
    parents.remove_household(unit.connection, event.owner)


def on_holdings_found(unit: Unit, event: HoldingsFound) -> None:
    """Enters what an import found besides transactions."""
    for found in event.items:
        if found.kind == "asset":
            _enter_asset(unit, event, found)
        else:
            debt = liability_of(**_said(found), owed=found.value, on=found.date)
            columns = to_row(debt, tables.liabilities, debt.currency)
            parents.enter(unit.connection, tables.liabilities, event.owner, event.person, columns, found.id)


def on_holdings_withdrawn(unit: Unit, event: HoldingsWithdrawn) -> None:
    """Deletes what an import that was taken back had brought; what a person has changed since stays."""
    for table in (tables.assets, tables.liabilities):
        for parent_id in event.ids:
            row = parents.find(unit.connection, table, event.owner, parent_id)
            if row is not None and row.version == 1:
                parents.remove(unit.connection, table, event.owner, parent_id)


def _enter_asset(unit: Unit, event: HoldingsFound, found: FoundHolding) -> None:
    details = asset_of(**_said(found))
    check_asset(details)
    columns = to_row(details, tables.assets, details.currency)
    asset_id = parents.enter(unit.connection, tables.assets, event.owner, event.person, columns, found.id)
    worth = NewValuation(date=found.date, value=found.value)
    entries.add(unit.connection, tables.valuations, event.owner, event.person, asset_id, [worth], details.currency)


def _said(found: FoundHolding) -> dict[str, Any]:
    names = ("name", "word", "currency", "annual_rate")
    return {name: getattr(found, name) for name in names}
