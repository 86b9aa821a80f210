"""What happens here when another context announces something."""

from finapp.assets.store import parents
from finapp.auth.public import HouseholdDeleted
from finapp.platform.unit import Unit


def on_household_deleted(unit: Unit, event: HouseholdDeleted) -> None:
    """Deletes everything of the household."""
    parents.remove_household(unit.connection, event.owner)
