"""Recorded sales, and everything that happens to an asset's lots."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from finapp.assets.domain.lots import Happening, Held, Purchase, Sale, replay
from finapp.assets.public import CorporateAction, NewLiquidation
from finapp.assets.store import entries
from finapp.assets.tables import corporate_actions, liquidations, lots
from finapp.kernel.ids import new_id, to_number
from finapp.kernel.money import EXACT, exponent, from_minor, to_minor


def sale_of(row: Row[Any], currency: str) -> Sale:
    """A stored sale as the lots see it."""
    return Sale(
        id=row.id,
        date=row.date,
        quantity=row.quantity,
        net=from_minor(row.gross - row.fees, currency),
        method=row.method,
        lot_ids=tuple(row.lot_ids),
        lot_quantities=tuple(Decimal(quantity) for quantity in row.lot_quantities),
    )


def happenings(connection: Connection, owner: str, currencies: Mapping[str, str]) -> dict[str, list[Happening]]:
    """Purchases, corporate actions and sales of the assets in `currencies` (asset id -> currency), by asset."""
    found: dict[str, list[Happening]] = defaultdict(list)
    for asset_id, bought in entries.by_parent(connection, lots, owner, Purchase, currencies).items():
        found[asset_id].extend(bought)
    for asset_id, acted in entries.by_parent(connection, corporate_actions, owner, CorporateAction, currencies).items():
        found[asset_id].extend(acted)
    for row in connection.execute(select(liquidations).where(liquidations.c.owner == owner)):
        if row.asset_id in currencies:
            found[row.asset_id].append(sale_of(row, currencies[row.asset_id]))
    return found


def held(connection: Connection, owner: str, currencies: Mapping[str, str]) -> dict[str, list[Held]]:
    """Units and their cost over time of the assets in `currencies` (asset id -> currency), by asset.

    An asset that was only ever bought needs no lots: its purchases are added up as the driver gives them, because a
    household has thousands of them.
    """
    moved = _with_more_than_purchases(connection, owner)
    found = {
        asset_id: replay(items, currencies[asset_id]).steps
        for asset_id, items in happenings(
            connection, owner, {key: currencies[key] for key in moved & {*currencies}}
        ).items()
    }
    numbers = {to_number(asset_id): asset_id for asset_id in currencies if asset_id not in moved}
    days = entries.Days()
    columns = (lots.c.asset_id, lots.c.date, lots.c.quantity, lots.c.cost + lots.c.fees)
    query = select(*columns).where(*entries.of(lots, owner, currencies)).order_by(lots.c.asset_id, lots.c.date)
    with localcontext(EXACT):
        for number, rows in groupby(entries.raw_rows(connection, query), itemgetter(0)):
            asset_id = numbers.get(number)
            if asset_id is None:
                continue
            quantity, cost, steps = Decimal(0), Decimal(0), found.setdefault(asset_id, [])
            places = exponent(currencies[asset_id])
            for _, text, bought, paid in rows:
                quantity, cost = quantity + Decimal(bought), cost + paid
                steps.append(Held(days[text], quantity, cost.scaleb(-places)))
    return found


def _with_more_than_purchases(connection: Connection, owner: str) -> set[str]:
    """Assets of which something was sold, split or issued as a bonus."""
    found: set[str] = set()
    for table in (liquidations, corporate_actions):
        found.update(connection.execute(select(table.c.asset_id).where(table.c.owner == owner).distinct()).scalars())
    return found


def happenings_of(connection: Connection, owner: str, asset_id: str, currency: str) -> list[Happening]:
    """Purchases, corporate actions and sales of one asset."""
    where = (liquidations.c.owner == owner, liquidations.c.asset_id == asset_id)
    sold = [sale_of(row, currency) for row in connection.execute(select(liquidations).where(*where))]
    return [
        *entries.of_parent(connection, lots, owner, asset_id, Purchase, currency),
        *entries.of_parent(connection, corporate_actions, owner, asset_id, CorporateAction, currency),
        *sold,
    ]


def find(connection: Connection, owner: str, liquidation_id: str) -> Row[Any] | None:
    """One recorded sale, or None."""
    where = (liquidations.c.owner == owner, liquidations.c.id == liquidation_id)
    return connection.execute(select(liquidations).where(*where)).first()


def record(
    connection: Connection, owner: str, person: str, new: NewLiquidation, sale: Sale, amounts: dict[str, Any]
) -> str:
    """Stores a sale; its id. `amounts` holds gross and fees as Decimal and the currency."""
    currency = amounts["currency"]
    liquidation_id = new_id()
    connection.execute(
        insert(liquidations).values(
            id=liquidation_id,
            owner=owner,
            person=person,
            version=1,
            asset_id=new.asset_id,
            date=new.date,
            quantity=sale.quantity,
            gross=to_minor(amounts["gross"], currency, "proceeds"),
            fees=to_minor(amounts["fees"], currency, "fees"),
            method=sale.method,
            lot_ids=list(sale.lot_ids),
            lot_quantities=[str(quantity) for quantity in sale.lot_quantities],
            policy=new.policy,
            note=new.note,
        )
    )
    return liquidation_id


def of_household(connection: Connection, owner: str) -> Sequence[Row[Any]]:
    """Every recorded sale, newest first."""
    query = select(liquidations).where(liquidations.c.owner == owner)
    return connection.execute(query.order_by(liquidations.c.date.desc(), liquidations.c.id.desc())).all()
