"""What happens here when another context announces something."""

from typing import Any

from finapp.assets.domain.entry_checks import check_asset
from finapp.assets.domain.taken_over import asset_of, liability_of
from finapp.assets.public import NewValuation
from finapp.assets.store import parents, taken_over
from finapp.auth.public import HouseholdDeleted
from finapp.platform.unit import Unit
from finapp.transactions.public import FoundHolding, HoldingsFound, HoldingsWithdrawn


def on_household_deleted(unit: Unit, event: HouseholdDeleted) -> None:
    """Deletes everything of the household."""
    parents.remove_household(unit.connection, event.owner)


def on_holdings_found(unit: Unit, event: HoldingsFound) -> None:
    """Enters what an import found besides transactions."""
    for found in event.items:
        if found.id is None:
            continue
        if found.kind == "asset":
            asset = asset_of(**_said(found))
            check_asset(asset)
            worth = NewValuation(date=found.date, value=found.value)
            taken_over.enter_asset(unit.connection, event.owner, event.person, found.id, asset, worth)
        else:
            debt = liability_of(**_said(found), owed=found.value, on=found.date)
            taken_over.enter_liability(unit.connection, event.owner, event.person, found.id, debt)


def on_holdings_withdrawn(unit: Unit, event: HoldingsWithdrawn) -> None:
    """Deletes what an import that was taken back had brought; what a person has changed since stays."""
    taken_over.remove_unchanged(unit.connection, event.owner, event.ids)


def _said(found: FoundHolding) -> dict[str, Any]:
    names = ("name", "word", "currency", "annual_rate")
    return {name: getattr(found, name) for name in names}
