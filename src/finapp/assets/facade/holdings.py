"""Assets with their valuations, lots, corporate actions and income."""

from datetime import date
from typing import TypeVar

from sqlalchemy import Connection

from finapp.assets import tables
from finapp.assets.domain import entry_checks
from finapp.assets.domain.lots import replay
from finapp.assets.domain.showing import Accounts, asset_on, lots_on
from finapp.assets.facade.belongings import holding_of
from finapp.assets.facade.desk import Desk, require_asset
from finapp.assets.facade.sales import check_tax_class
from finapp.assets.public import (
    Asset,
    AssetDetails,
    AssetNotFound,
    AssetPage,
    CorporateAction,
    EntryKind,
    EntryNotFound,
    Income,
    Lot,
    NewCorporateAction,
    NewIncome,
    NewLot,
    NewValuation,
    Valuation,
    ValuationPage,
)
from finapp.assets.store import entries, parents, sales
from finapp.assets.store.rows import from_row, to_row
from finapp.kernel.errors import Invalid
from finapp.kernel.money import rounded
from finapp.kernel.once import Once, require_version
from finapp.platform.paging import from_cursor, to_cursor
from finapp.platform.unit import Unit

T = TypeVar("T")
_TABLES = {
    "valuation": tables.valuations,
    "lot": tables.lots,
    "corporate_action": tables.corporate_actions,
    "income": tables.incomes,
}


class HoldingDesk(Desk):
    """Keeps `finapp.assets.public.Holdings`."""

    def assets(self, *, owner: str, as_of: date, limit: int = 500, cursor: str | None = None) -> AssetPage:
        after = None if cursor is None else str(from_cursor(cursor, str)[0])
        holdings = [item for item in self._belongings(owner).holdings if after is None or item.id > after]
        shown = holdings[:limit]
        accounts = self._accounts(owner, [as_of]) if any(item.details.account_id for item in shown) else {}
        versions = self._belongings(owner).versions
        items = tuple(asset_on(item, versions[item.id], accounts, as_of) for item in shown)
        return AssetPage(items=items, next_cursor=to_cursor(shown[-1].id) if len(holdings) > limit else None)

    def asset(self, *, owner: str, asset_id: str, as_of: date) -> Asset:
        belongings = self._belongings(owner)
        holding = next((item for item in belongings.holdings if item.id == asset_id), None)
        if holding is None:
            raise AssetNotFound(f"no asset {asset_id}")
        accounts = self._accounts(owner, [as_of]) if holding.details.account_id else {}
        return asset_on(holding, belongings.versions[asset_id], accounts, as_of)

    def create_asset(
        self,
        *,
        owner: str,
        person: str,
        details: AssetDetails,
        valuation: NewValuation | None = None,
        once: Once | None = None,
    ) -> Asset:
        entry_checks.check_asset(details)
        check_tax_class(details.tax_class)
        if valuation is not None:
            entry_checks.check_valuations([valuation], set(), details)
        accounts = self._linked(owner, details.account_id, details.currency)
        columns = to_row(details, tables.assets, details.currency)

        def make(unit: Unit) -> Asset:
            asset_id = parents.enter(unit.connection, tables.assets, owner, person, columns)
            if valuation is not None:
                entries.add(unit.connection, tables.valuations, owner, person, asset_id, [valuation], details.currency)
            return self._stored_asset(unit.connection, owner, asset_id, accounts)

        with self._database.write(owner) as unit:
            return unit.once(once, Asset, lambda: make(unit))

    def change_asset(
        self, *, owner: str, person: str, asset_id: str, details: AssetDetails, expected: int | None = None
    ) -> Asset:
        entry_checks.check_asset(details)
        check_tax_class(details.tax_class)
        accounts = self._linked(owner, details.account_id, details.currency)
        with self._database.write(owner) as unit:
            row = require_asset(unit.connection, owner, asset_id)
            require_version(expected, row.version)
            if details.currency != row.currency:
                raise Invalid("currency", "of an asset never changes")
            columns = to_row(details, tables.assets, details.currency)
            parents.replace(unit.connection, tables.assets, owner, person, asset_id, columns)
            return self._stored_asset(unit.connection, owner, asset_id, accounts)

    def delete_asset(self, *, owner: str, person: str, asset_id: str, expected: int | None = None) -> None:
        with self._database.write(owner) as unit:
            row = require_asset(unit.connection, owner, asset_id)
            require_version(expected, row.version)
            parents.remove(unit.connection, tables.assets, owner, asset_id)

    def valuations(self, *, owner: str, asset_id: str, limit: int = 500, cursor: str | None = None) -> ValuationPage:
        before = None
        if cursor is not None:
            on, entry_id = from_cursor(cursor, str, str)
            before = (date.fromisoformat(str(on)), str(entry_id))
        with self._database.read() as connection:
            currency = require_asset(connection, owner, asset_id).currency
            rows = entries.newest_first(connection, tables.valuations, owner, asset_id, limit + 1, before)
        items = tuple(from_row(row, tables.valuations, Valuation, currency) for row in rows[:limit])
        more = to_cursor(items[-1].date.isoformat(), items[-1].id) if len(rows) > limit else None
        return ValuationPage(items=items, next_cursor=more)

    def add_valuations(
        self,
        *,
        owner: str,
        person: str,
        asset_id: str,
        new: tuple[NewValuation, ...],
        once: Once | None = None,
    ) -> tuple[Valuation, ...]:
        def make(unit: Unit) -> tuple[Valuation, ...]:
            row = require_asset(unit.connection, owner, asset_id)
            details = from_row(row, tables.assets, AssetDetails, row.currency)
            taken = entries.days_taken(unit.connection, tables.valuations, owner, asset_id)
            entry_checks.check_valuations(new, taken, details)
            numbers = entries.add(unit.connection, tables.valuations, owner, person, asset_id, new, row.currency)
            parents.touch(unit.connection, tables.assets, owner, asset_id)
            return tuple(_stored(entry_id, item, row.currency) for entry_id, item in zip(numbers, new, strict=True))

        with self._database.write(owner) as unit:
            return unit.once(once, tuple[Valuation, ...], lambda: make(unit))

    def change_valuation(
        self, *, owner: str, person: str, asset_id: str, valuation_id: str, new: NewValuation
    ) -> Valuation:
        with self._database.write(owner) as unit:
            row = require_asset(unit.connection, owner, asset_id)
            details = from_row(row, tables.assets, AssetDetails, row.currency)
            stored = entries.of_parent(unit.connection, tables.valuations, owner, asset_id, Valuation, row.currency)
            taken = {item.date for item in stored if item.id != valuation_id}
            entry_checks.check_valuations([new], taken, details)
            columns = to_row(new, tables.valuations, row.currency)
            if not entries.change(unit.connection, tables.valuations, owner, person, asset_id, valuation_id, columns):
                raise EntryNotFound(f"no valuation {valuation_id}")
            parents.touch(unit.connection, tables.assets, owner, asset_id)
        return _stored(valuation_id, new, row.currency)

    def lots(self, *, owner: str, asset_id: str, as_of: date) -> tuple[Lot, ...]:
        with self._database.read() as connection:
            currency = require_asset(connection, owner, asset_id).currency
            happenings = sales.happenings_of(connection, owner, asset_id, currency)
        return lots_on(happenings, currency, as_of)

    def add_lots(
        self, *, owner: str, person: str, asset_id: str, new: tuple[NewLot, ...], once: Once | None = None
    ) -> tuple[Lot, ...]:
        today = self._clock.today()

        def make(unit: Unit) -> tuple[Lot, ...]:
            row = require_asset(unit.connection, owner, asset_id)
            details = from_row(row, tables.assets, AssetDetails, row.currency)
            for item in new:
                entry_checks.check_lot(item, details)
            numbers = entries.add(unit.connection, tables.lots, owner, person, asset_id, new, row.currency)
            parents.touch(unit.connection, tables.assets, owner, asset_id)
            until = max([today, *(item.date for item in new)])
            happenings = sales.happenings_of(unit.connection, owner, asset_id, row.currency)
            replay(happenings, row.currency)  # what the lots come to after all that is stored must be countable too
            entered = set(numbers)
            return tuple(lot for lot in lots_on(happenings, row.currency, until) if lot.id in entered)

        with self._database.write(owner) as unit:
            return unit.once(once, tuple[Lot, ...], lambda: make(unit))

    def corporate_actions(self, *, owner: str, asset_id: str) -> tuple[CorporateAction, ...]:
        return self._listed(owner, asset_id, "corporate_action", CorporateAction)

    def add_corporate_action(
        self, *, owner: str, person: str, asset_id: str, new: NewCorporateAction, once: Once | None = None
    ) -> CorporateAction:
        entry_checks.check_action(new)

        def make(unit: Unit) -> CorporateAction:
            row = require_asset(unit.connection, owner, asset_id)
            table = tables.corporate_actions
            stored = entries.of_parent(unit.connection, table, owner, asset_id, CorporateAction, row.currency)
            if any((item.date, item.kind) == (new.date, new.kind) for item in stored):
                raise Invalid("date", f"there is a {new.kind} on {new.date} already")
            [entry_id] = entries.add(unit.connection, table, owner, person, asset_id, [new], row.currency)
            parents.touch(unit.connection, tables.assets, owner, asset_id)
            replay(sales.happenings_of(unit.connection, owner, asset_id, row.currency), row.currency)
            return CorporateAction(id=entry_id, date=new.date, kind=new.kind, ratio=new.ratio)

        with self._database.write(owner) as unit:
            return unit.once(once, CorporateAction, lambda: make(unit))

    def incomes(self, *, owner: str, asset_id: str) -> tuple[Income, ...]:
        return self._listed(owner, asset_id, "income", Income)

    def add_income(self, *, owner: str, person: str, asset_id: str, new: NewIncome, once: Once | None = None) -> Income:
        entry_checks.check_income(new)

        def make(unit: Unit) -> Income:
            row = require_asset(unit.connection, owner, asset_id)
            [entry_id] = entries.add(unit.connection, tables.incomes, owner, person, asset_id, [new], row.currency)
            parents.touch(unit.connection, tables.assets, owner, asset_id)
            return Income(id=entry_id, date=new.date, kind=new.kind, amount=rounded(new.amount, row.currency))

        with self._database.write(owner) as unit:
            return unit.once(once, Income, lambda: make(unit))

    def delete_entry(self, *, owner: str, person: str, asset_id: str, kind: EntryKind, entry_id: str) -> None:
        with self._database.write(owner) as unit:
            currency = require_asset(unit.connection, owner, asset_id).currency
            if not entries.drop(unit.connection, _TABLES[kind], owner, asset_id, entry_id):
                raise EntryNotFound(f"no {kind} {entry_id}")
            # A sale whose lots are gone is refused here, and with it the deletion.
            replay(sales.happenings_of(unit.connection, owner, asset_id, currency), currency)
            parents.touch(unit.connection, tables.assets, owner, asset_id)

    def _stored_asset(self, connection: Connection, owner: str, asset_id: str, accounts: Accounts) -> Asset:
        row = require_asset(connection, owner, asset_id)
        marks = entries.marks_of(connection, owner, asset_id)
        happenings = sales.happenings_of(connection, owner, asset_id, row.currency)
        return asset_on(holding_of(row, marks, happenings), row.version, accounts, self._clock.today())

    def _listed(self, owner: str, asset_id: str, kind: EntryKind, made: type[T]) -> tuple[T, ...]:
        with self._database.read() as connection:
            currency = require_asset(connection, owner, asset_id).currency
            return entries.of_parent(connection, _TABLES[kind], owner, asset_id, made, currency)


def _stored(valuation_id: str, new: NewValuation, currency: str) -> Valuation:
    """A valuation as it is read again."""
    value = None if new.value is None else rounded(new.value, currency)
    return Valuation(id=valuation_id, date=new.date, value=value, unit_price=new.unit_price)
