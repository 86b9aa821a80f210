"""What happens here when another context announces something."""

from finapp.auth.public import HouseholdDeleted
from finapp.dashboard import store
from finapp.fire.public import PlanChanged
from finapp.platform.unit import Unit
from finapp.transactions.public import AlertRaised, StatementImported


def on_household_deleted(unit: Unit, event: HouseholdDeleted) -> None:
    """Deletes everything of the household."""
    store.delete_household(unit.connection, event.owner)


def on_statement_imported(unit: Unit, event: StatementImported) -> None:
    """Tells the webhooks that want to know, and looks at the rows for those with a query."""
    facts = {"import_id": event.import_id, "account_id": event.account_id, "rows": event.rows}
    _tell(unit, event.owner, "statement_imported", facts)
    if event.rows > 0:
        _tell(unit, event.owner, "query_matched", {"import_id": event.import_id})


def on_plan_changed(unit: Unit, event: PlanChanged) -> None:
    """Tells the webhooks that want to know."""
    _tell(unit, event.owner, "plan_changed", {})


def on_alert_raised(unit: Unit, event: AlertRaised) -> None:
    """Tells the webhooks that want to know."""
    _tell(unit, event.owner, "alert_raised", {"search_id": event.search_id, "hits": event.hits})


def _tell(unit: Unit, owner: str, name: str, facts: dict[str, object]) -> None:
    now = unit.now()
    for hook in store.webhooks_of(unit.connection, owner):
        if hook.active and name in hook.events:
            store.queue(unit.connection, owner, hook.id, name, facts, now)
