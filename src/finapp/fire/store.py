"""Every query of the fire context."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from finapp.fire.public import PlanOverrides
from finapp.fire.tables import plans
from finapp.kernel import ids
from finapp.kernel.money import from_minor, to_minor

_AMOUNTS = (
    "annual_expenses",
    "essential_expenses",
    "monthly_income",
    "monthly_savings",
    "invested",
    "part_time_income",
)
_OTHERS = ("withdrawal_rate", "real_return", "volatility", "fat_factor", "birth_year", "retirement_age")


def own_assumptions(connection: Connection, owner: str) -> PlanOverrides:
    """The newest own assumptions of a household; all None when it never stated any."""
    newest = select(plans).where(plans.c.owner == owner).order_by(plans.c.id.desc()).limit(1)
    row = connection.execute(newest).mappings().first()
    if row is None:
        return PlanOverrides()
    values: dict[str, Any] = {name: _amount(row[name], row["currency"]) for name in _AMOUNTS}
    return PlanOverrides(**values, **{name: row[name] for name in _OTHERS})


def add_assumptions(
    connection: Connection, *, owner: str, person: str, own: PlanOverrides, currency: str, at: datetime
) -> None:
    """Adds a version of a household's own assumptions. Raises Invalid for an amount finer than the currency."""
    values: dict[str, Any] = {name: getattr(own, name) for name in _OTHERS}
    for name in _AMOUNTS:
        amount = getattr(own, name)
        values[name] = None if amount is None else to_minor(amount, currency, name)
    row = {"id": ids.new_id(), "owner": owner, "person": person, "made_at": at, "currency": currency, **values}
    connection.execute(insert(plans).values(row))


def delete_household(connection: Connection, owner: str) -> None:
    """Deletes everything of a household."""
    connection.execute(delete(plans).where(plans.c.owner == owner))


def _amount(minor: int | None, currency: str) -> Decimal | None:
    return None if minor is None else from_minor(minor, currency)
