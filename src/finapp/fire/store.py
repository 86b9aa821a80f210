"""Every query of the fire context."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from finapp.fire.public import (
    NewScenario,
    PlanOverrides,
    PlanVersion,
    PlanVersionPage,
    Scenario,
    ScenarioNotFound,
    ScenarioPage,
)
from finapp.fire.tables import metadata, plans
from finapp.fire.tables import scenarios as kept
from finapp.kernel import ids
from finapp.kernel.errors import Invalid
from finapp.kernel.money import from_minor, to_minor
from finapp.platform import codec
from finapp.platform.paging import from_cursor, to_cursor
from finapp.platform.portable import forget

MOST_SCENARIOS = 50

_AMOUNTS = (
    "annual_expenses",
    "essential_expenses",
    "monthly_income",
    "monthly_savings",
    "invested",
    "part_time_income",
)
_OTHERS = ("withdrawal_rate", "real_return", "volatility", "fat_factor", "birth_year", "retirement_age")


def own_assumptions(connection: Connection, owner: str, by: datetime | None = None) -> PlanOverrides:
    """The newest own assumptions of a household, or those in force at an instant; all None when there are none."""
    asked = select(plans).where(plans.c.owner == owner)
    if by is not None:
        asked = asked.where(plans.c.made_at <= by)
    row = connection.execute(asked.order_by(plans.c.id.desc()).limit(1)).mappings().first()
    return PlanOverrides() if row is None else _overrides(row)


def plan_versions(connection: Connection, owner: str, limit: int, cursor: str | None) -> PlanVersionPage:
    """One page of a household's own assumptions, newest first."""
    asked = select(plans).where(plans.c.owner == owner)
    if cursor is not None:
        asked = asked.where(plans.c.id < str(from_cursor(cursor, str)[0]))
    rows = connection.execute(asked.order_by(plans.c.id.desc()).limit(limit + 1)).mappings().all()
    items = tuple(PlanVersion(id=row["id"], made_at=row["made_at"], own=_overrides(row)) for row in rows[:limit])
    return PlanVersionPage(items=items, next_cursor=to_cursor(items[-1].id) if len(rows) > limit else None)


def _overrides(row: RowMapping) -> PlanOverrides:
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


def scenarios(connection: Connection, owner: str) -> tuple[Scenario, ...]:
    """Every scenario of a household, oldest first."""
    rows = connection.execute(select(kept).where(kept.c.owner == owner).order_by(kept.c.id)).mappings()
    return tuple(_scenario(row) for row in rows)


def scenario_page(connection: Connection, owner: str, limit: int, cursor: str | None) -> ScenarioPage:
    """One page of a household's scenarios, oldest first."""
    asked = select(kept).where(kept.c.owner == owner)
    if cursor is not None:
        asked = asked.where(kept.c.id > str(from_cursor(cursor, str)[0]))
    rows = connection.execute(asked.order_by(kept.c.id).limit(limit + 1)).mappings().all()
    items = tuple(_scenario(row) for row in rows[:limit])
    return ScenarioPage(items=items, next_cursor=to_cursor(items[-1].id) if len(rows) > limit else None)


def scenario(connection: Connection, owner: str, scenario_id: str) -> Scenario:
    """A scenario. Raises ScenarioNotFound."""
    asked = select(kept).where(kept.c.owner == owner, kept.c.id == scenario_id)
    row = connection.execute(asked).mappings().first()
    if row is None:
        raise ScenarioNotFound()
    return _scenario(row)


def insert_scenario(connection: Connection, owner: str, person: str, new: NewScenario) -> Scenario:
    """Adds a scenario. Raises Invalid when the household has too many."""
    count = connection.execute(select(func.count()).select_from(kept).where(kept.c.owner == owner)).scalar_one()
    if count >= MOST_SCENARIOS:
        raise Invalid("name", f"a household keeps at most {MOST_SCENARIOS} scenarios")
    scenario_id = ids.new_id()
    row = {"id": scenario_id, "owner": owner, "person": person, "version": 1}
    connection.execute(insert(kept).values(**row, name=new.name, content=_content(new)))
    return Scenario(id=scenario_id, version=1, name=new.name, own=new.own, flows=new.flows)


def update_scenario(connection: Connection, owner: str, person: str, current: Scenario, new: NewScenario) -> Scenario:
    """Replaces what a scenario says."""
    version = current.version + 1
    changed = update(kept).where(kept.c.owner == owner, kept.c.id == current.id)
    connection.execute(changed.values(person=person, version=version, name=new.name, content=_content(new)))
    return Scenario(id=current.id, version=version, name=new.name, own=new.own, flows=new.flows)


def delete_scenario(connection: Connection, owner: str, scenario_id: str) -> None:
    """Deletes a scenario."""
    connection.execute(delete(kept).where(kept.c.owner == owner, kept.c.id == scenario_id))


def delete_household(connection: Connection, owner: str) -> None:
    """Deletes everything of a household."""
    forget(connection, metadata, owner)


def _content(new: NewScenario) -> str:
    return codec.to_bytes(new, NewScenario).decode()


def _scenario(row: RowMapping) -> Scenario:
    said = codec.from_bytes(row["content"].encode(), NewScenario)
    return Scenario(id=row["id"], version=row["version"], name=row["name"], own=said.own, flows=said.flows)


def _amount(minor: int | None, currency: str) -> Decimal | None:
    return None if minor is None else from_minor(minor, currency)
