"""What happens here when another context announces something."""

from finapp.auth.public import HouseholdDeleted
from finapp.platform.unit import Unit
from finapp.transactions.store import deletion


def on_household_deleted(unit: Unit, event: HouseholdDeleted) -> None:
    """Forgets the household's ledger."""
    deletion.forget(unit.connection, event.owner)
