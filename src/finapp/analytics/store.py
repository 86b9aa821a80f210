"""Every query of the analytics context."""

from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from finapp.analytics.domain.budgets import Stored
from finapp.analytics.public import BudgetExists, BudgetNotFound, MonthStart, NewBudget, NewSettings, PricePoint, Prices
from finapp.analytics.tables import budgets, metadata, settings
from finapp.kernel.ids import new_id
from finapp.kernel.money import from_minor, to_minor
from finapp.platform.portable import forget


def budget(connection: Connection, owner: str, budget_id: str) -> Stored:
    """A budget of the household. Raises BudgetNotFound."""
    row = connection.execute(select(budgets).where(budgets.c.owner == owner, budgets.c.id == budget_id)).first()
    if row is None:
        raise BudgetNotFound(f"no budget {budget_id}")
    return _stored(row)


def page(connection: Connection, owner: str, limit: int, after: str | None) -> list[Stored]:
    """Up to `limit` budgets after an id, oldest first."""
    query = select(budgets).where(budgets.c.owner == owner).order_by(budgets.c.id).limit(limit)
    if after is not None:
        query = query.where(budgets.c.id > after)
    return [_stored(row) for row in connection.execute(query)]


def insert_budget(connection: Connection, owner: str, person: str, new: NewBudget) -> Stored:
    """A new budget of version 1. Raises BudgetExists; Invalid for an amount finer than its currency."""
    _require_free(connection, owner, new.category_id, None)
    budget_id = new_id()
    row = {**_columns(new), "id": budget_id, "owner": owner, "person": person, "version": 1}
    connection.execute(insert(budgets).values(row))
    return budget(connection, owner, budget_id)


def replace_budget(connection: Connection, owner: str, person: str, budget_id: str, new: NewBudget) -> Stored:
    """What is stated of a budget anew; its version rises. Raises as `insert_budget`."""
    _require_free(connection, owner, new.category_id, budget_id)
    values = {**_columns(new), "person": person, "version": budgets.c.version + 1}
    connection.execute(update(budgets).where(budgets.c.owner == owner, budgets.c.id == budget_id).values(values))
    return budget(connection, owner, budget_id)


def delete_budget(connection: Connection, owner: str, budget_id: str) -> None:
    """Deletes a budget."""
    connection.execute(delete(budgets).where(budgets.c.owner == owner, budgets.c.id == budget_id))


def delete_household(connection: Connection, owner: str) -> None:
    """Deletes everything of a household."""
    forget(connection, metadata, owner)


def stated(connection: Connection, owner: str) -> tuple[NewSettings, int]:
    """What a household has set, and its version; what holds without a word, and 0, before it has."""
    row = connection.execute(select(settings).where(settings.c.owner == owner)).first()
    return (NewSettings(), 0) if row is None else (_settings(row.stated), row.version)


def keep_settings(connection: Connection, owner: str, person: str, new: NewSettings) -> None:
    """Replaces what a household has set; its version rises."""
    values = {"person": person, "stated": _words(new)}
    raised = {**values, "version": settings.c.version + 1}
    if connection.execute(update(settings).where(settings.c.owner == owner).values(raised)).rowcount == 0:
        connection.execute(insert(settings).values({"owner": owner, "version": 1, **values}))


def _words(new: NewSettings) -> dict[str, Any]:
    prices = new.prices
    return {
        "month_start": vars(new.month_start),
        "prices": None
        if prices is None
        else {
            "rate": None if prices.rate is None else str(prices.rate),
            "points": [[point.month, str(point.level)] for point in prices.points],
            "source": prices.source,
        },
    }


def _settings(words: dict[str, Any]) -> NewSettings:
    said = words["prices"]
    prices = None
    if said is not None:
        points = tuple(PricePoint(month=month, level=Decimal(level)) for month, level in said["points"])
        rate = None if said["rate"] is None else Decimal(said["rate"])
        prices = Prices(rate=rate, points=points, source=said["source"])
    return NewSettings(month_start=MonthStart(**words["month_start"]), prices=prices)


def _require_free(connection: Connection, owner: str, category_id: str, but: str | None) -> None:
    where = (budgets.c.owner == owner, budgets.c.category_id == category_id)
    found = connection.execute(select(budgets.c.id).where(*where)).scalar()
    if found is not None and found != but:
        raise BudgetExists(f"budget {found} is for this category", budget_id=found)


def _columns(new: NewBudget) -> dict[str, Any]:
    return {
        **vars(new),
        "amount": to_minor(new.amount, new.currency),
        "alert_at": [str(each) for each in new.alert_at],
    }


def _stored(row: Row[Any]) -> Stored:
    stated = NewBudget(
        category_id=row.category_id,
        amount=from_minor(row.amount, row.currency),
        currency=row.currency,
        starts=row.starts,
        rollover=row.rollover,
        alert_at=tuple(Decimal(each) for each in row.alert_at),
    )
    return Stored(id=row.id, version=row.version, stated=stated)
