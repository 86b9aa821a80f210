"""Sales: previewed, recorded, undone."""

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row

from finapp.assets import tables
from finapp.assets.domain.disposal import Ground, Price, dispose, recorded
from finapp.assets.domain.lots import Sale, replay
from finapp.assets.domain.selling import plan_sale
from finapp.assets.domain.tax import Gains, TaxClass, TaxPolicy, gains_of, policies_from, policy_on
from finapp.assets.facade.desk import Desk, require_asset
from finapp.assets.public import (
    Disposal,
    EntryNotFound,
    Liquidation,
    LiquidationPage,
    NewLiquidation,
)
from finapp.assets.store import entries, parents, sales
from finapp.kernel.errors import Invalid
from finapp.kernel.money import EXACT, from_minor
from finapp.kernel.once import Once, require_version
from finapp.platform.paging import from_cursor, to_cursor
from finapp.platform.unit import Unit

_POLICIES = Path(__file__).parents[1] / "data" / "tax_policies.json"
UNKNOWN_RULES = TaxClass(
    name="none",
    long_after_months=12,
    short_rate=Decimal(0),
    long_rate=Decimal(0),
    long_exemption=Decimal(0),
    set_off=True,
)


@cache
def policies() -> tuple[TaxPolicy, ...]:
    """The tax policies that ship, read once."""
    return policies_from(json.loads(_POLICIES.read_text(encoding="utf-8")))


def check_tax_class(name: str | None) -> None:
    """Raises Invalid for a class of no policy."""
    known = {each for policy in policies() for each in policy.classes}
    if name is not None and name not in known:
        raise Invalid("tax_class", f"is none of {', '.join(sorted(known))}")


class SaleDesk(Desk):
    """Keeps `finapp.assets.public.Liquidations`."""

    def preview_liquidation(self, *, owner: str, new: NewLiquidation) -> Disposal:
        with self._database.read() as connection:
            row = require_asset(connection, owner, new.asset_id)
            return _planned(connection, owner, row, new)[1]

    def record_liquidation(
        self, *, owner: str, person: str, new: NewLiquidation, once: Once | None = None
    ) -> Liquidation:
        def make(unit: Unit) -> Liquidation:
            row = require_asset(unit.connection, owner, new.asset_id)
            sale, disposal = _planned(unit.connection, owner, row, new)
            amounts = {"gross": disposal.gross, "fees": disposal.fees, "currency": row.currency}
            number = sales.record(unit.connection, owner, person, new, sale, amounts)
            parents.touch(unit.connection, tables.assets, owner, new.asset_id)
            return recorded(disposal, number, 1, new.note)

        with self._database.write(owner) as unit:
            return unit.once(once, Liquidation, lambda: make(unit))

    def liquidation(self, *, owner: str, liquidation_id: str) -> Liquidation:
        with self._database.read() as connection:
            return _shown(connection, owner, _require_sale(connection, owner, liquidation_id))

    def liquidations(
        self, *, owner: str, asset_id: str | None = None, limit: int = 50, cursor: str | None = None
    ) -> LiquidationPage:
        with self._database.read() as connection:
            rows = [
                row for row in sales.of_household(connection, owner) if asset_id is None or row.asset_id == asset_id
            ]
            if cursor is not None:
                on, last_id = (str(value) for value in from_cursor(cursor, str, str))
                rows = [row for row in rows if (row.date.isoformat(), row.id) < (on, last_id)]
            items = tuple(_shown(connection, owner, row) for row in rows[:limit])
        last = rows[limit - 1] if len(rows) > limit else None
        return LiquidationPage(
            items=items, next_cursor=None if last is None else to_cursor(last.date.isoformat(), last.id)
        )

    def undo_liquidation(self, *, owner: str, person: str, liquidation_id: str, expected: int | None = None) -> None:
        with self._database.write(owner) as unit:
            row = _require_sale(unit.connection, owner, liquidation_id)
            require_version(expected, row.version)
            entries.drop(unit.connection, tables.liquidations, owner, row.asset_id, liquidation_id)
            currency = require_asset(unit.connection, owner, row.asset_id).currency
            replay(sales.happenings_of(unit.connection, owner, row.asset_id, currency), currency)
            parents.touch(unit.connection, tables.assets, owner, row.asset_id)


def _require_sale(connection: Connection, owner: str, liquidation_id: str) -> Row[Any]:
    row = sales.find(connection, owner, liquidation_id)
    if row is None:
        raise EntryNotFound(f"no liquidation {liquidation_id}")
    return row


def _planned(connection: Connection, owner: str, row: Row[Any], new: NewLiquidation) -> tuple[Sale, Disposal]:
    happenings = sales.happenings_of(connection, owner, row.id, row.currency)
    unknown = set(new.lot_ids) - {happening.id for happening in happenings}
    if unknown:
        raise Invalid("lot_ids", f"{min(unknown)} is no lot of this asset")
    ground = _ground(connection, owner, row, new.policy, new.date, None)
    return plan_sale(new, replace(ground, happenings=happenings), market_price(connection, owner, row, new.date))


def _ground(
    connection: Connection, owner: str, row: Row[Any], policy_name: str | None, day: date, but: str | None
) -> Ground:
    """What a sale on `day` stands on; `but` is a recorded sale whose own gains do not count as earlier ones."""
    policy = policy_on(policies(), policy_name or ("india" if row.currency == "INR" else "plain"), day)
    rules = UNKNOWN_RULES if policy is None else policy.class_of(row.kind, row.tax_class)
    before = Gains() if policy is None else realised(connection, owner, row.currency, policy, rules, day, but)
    return Ground(
        asset_id=row.id,
        currency=row.currency,
        happenings=(),
        rules=rules,
        policy=policy,
        before=before,
        whole_units=row.whole_units,
    )


def realised(
    connection: Connection,
    owner: str,
    currency: str,
    policy: TaxPolicy,
    rules: TaxClass,
    day: date,
    but: str | None,
) -> Gains:
    """Gains of the same class and currency in the tax year up to `day`."""
    assets = {row.id: row for row in parents.every(connection, tables.assets, owner)}
    sold = {row.asset_id for row in sales.of_household(connection, owner) if policy.year_of(day) <= row.date <= day}
    total = Gains()
    for asset_id in sold:
        asset = assets[asset_id]
        if asset.currency != currency or policy.class_of(asset.kind, asset.tax_class) != rules:
            continue
        book = replay(sales.happenings_of(connection, owner, asset_id, currency), currency)
        taken = [part for part in book.taken if policy.year_of(day) <= part.sold_on <= day and part.sale_id != but]
        total += gains_of(taken, rules)
    return total


def market_price(connection: Connection, owner: str, row: Row[Any], day: date) -> Decimal | None:
    """The price of a unit known on a day: the last one stated, or the last value over the units held then."""
    marks = entries.marks_of(connection, owner, row.id)
    known = bisect_right(marks.days, day)
    if not known:
        return None
    mark = marks.at(known - 1)
    if mark.unit_price is not None:
        return mark.unit_price
    happenings = sales.happenings_of(connection, owner, row.id, row.currency)
    held = replay(happenings, row.currency, until=mark.on).quantity
    if mark.value is None or held == 0:
        return None
    return EXACT.divide(from_minor(mark.value, row.currency), held)


def _shown(connection: Connection, owner: str, row: Row[Any]) -> Liquidation:
    """A recorded sale as it stands among the other happenings now."""
    asset = require_asset(connection, owner, row.asset_id)
    sale = sales.sale_of(row, asset.currency)
    happenings: Sequence[Any] = sales.happenings_of(connection, owner, row.asset_id, asset.currency)
    others = [happening for happening in happenings if happening.id != row.id]
    gross, fees = from_minor(row.gross, asset.currency), from_minor(row.fees, asset.currency)
    price = Price(gross=gross, fees=fees, unit_price=EXACT.divide(gross, sale.quantity))
    ground = replace(_ground(connection, owner, asset, row.policy, row.date, row.id), happenings=others)
    return recorded(dispose(ground, sale, price), row.id, row.version, row.note)
