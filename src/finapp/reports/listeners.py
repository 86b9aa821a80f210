"""What happens here when another context announces something."""

from finapp.auth.public import HouseholdDeleted
from finapp.platform.unit import Unit
from finapp.reports import store


def on_household_deleted(unit: Unit, event: HouseholdDeleted) -> None:
    """Deletes what the household said about its streams."""
    store.delete_household(unit.connection, event.owner)
