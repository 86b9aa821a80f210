"""Holdings and prices from files: every row imported, known already, or refused with its reason."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, Table

from finapp.assets import tables
from finapp.assets.domain import entry_checks
from finapp.assets.domain.disposal import Ground
from finapp.assets.domain.groups import DEFAULT_LIQUIDITY
from finapp.assets.domain.holdings_file import ReadFile, read_file
from finapp.assets.domain.lots import Happening, Purchase, Sale, replay
from finapp.assets.domain.selling import plan_sale
from finapp.assets.domain.tax import Gains
from finapp.assets.facade.desk import Desk
from finapp.assets.facade.sales import UNKNOWN_RULES
from finapp.assets.public import (
    AssetDetails,
    FileRow,
    FileRowOutcome,
    HoldingsFile,
    HoldingsImported,
    NewLiquidation,
    NewLot,
    NewValuation,
)
from finapp.assets.store import entries, parents, sales
from finapp.assets.store.rows import to_row
from finapp.kernel.errors import Invalid
from finapp.kernel.money import EXACT, exponent, rounded, to_minor
from finapp.kernel.once import Once
from finapp.platform.unit import Unit

Key = tuple[object, ...]


class _DryRun(Exception):
    """Takes everything back after a dry run."""

    def __init__(self, made: HoldingsImported) -> None:
        super().__init__()
        self.made = made


@dataclass
class _Shelf:
    """One asset while rows are entered for it."""

    asset_id: str
    currency: str
    happenings: list[Happening] = field(default_factory=list)
    known: Counter[Key] = field(default_factory=Counter)
    priced: set[date] = field(default_factory=set)
    """Days that have a valuation."""
    prices: dict[date, NewValuation] = field(default_factory=dict)
    """New ones, entered together at the end."""


class ImportDesk(Desk):
    """Keeps `finapp.assets.public.Imports`."""

    def import_holdings(
        self, *, owner: str, person: str, file: HoldingsFile, once: Once | None = None
    ) -> HoldingsImported:
        read = read_file(file.text, file.kind)
        currency = file.currency or self._auth.household(owner=owner).currency
        exponent(currency)

        def make(unit: Unit) -> HoldingsImported:
            made = _Import(unit.connection, owner, person, file, currency).enter(read)
            if file.dry_run:
                raise _DryRun(made)
            return made

        try:
            with self._database.write(owner) as unit:
                return unit.once(once, HoldingsImported, lambda: make(unit))
        except _DryRun as ended:
            return ended.made


class _Import:
    """The rows of one file on their way in."""

    def __init__(self, connection: Connection, owner: str, person: str, file: HoldingsFile, currency: str) -> None:
        self._connection = connection
        self._owner = owner
        self._person = person
        self._file = file
        self._currency = currency
        self._shelves: dict[str, _Shelf] = {}
        self._ids = {
            row.name.casefold(): (row.id, row.currency)
            for row in reversed(parents.every(connection, tables.assets, owner))
        }

    def enter(self, read: ReadFile) -> HoldingsImported:
        """Every row, purchases of a day before its sales."""
        outcomes = [
            FileRowOutcome(line=line, outcome="rejected", asset_id=None, reason=reason)
            for line, reason in read.rejected.items()
        ]
        for row in sorted(read.rows, key=lambda row: (row.date, row.side == "sell", row.line)):
            known = set(self._shelves)
            try:
                outcomes.append(self._entered(row))
            except Invalid as refusal:
                # A refused row leaves nothing, not even the asset that it would have been the first of.
                self._shelves = {name: shelf for name, shelf in self._shelves.items() if name in known}
                reason = f"{refusal.field}: {refusal.message}"
                outcomes.append(FileRowOutcome(line=row.line, outcome="rejected", asset_id=None, reason=reason))
        for shelf in self._shelves.values():
            replay(shelf.happenings, shelf.currency)  # all of it together must be countable, later splits included
            entries.add(
                self._connection,
                tables.valuations,
                self._owner,
                self._person,
                shelf.asset_id,
                list(shelf.prices.values()),
                shelf.currency,
            )
            parents.touch(self._connection, tables.assets, self._owner, shelf.asset_id)
        count = Counter(item.outcome for item in outcomes)
        return HoldingsImported(
            rows=len(outcomes),
            imported=count["imported"],
            duplicates=count["duplicate"],
            rejected=count["rejected"],
            date_order=read.date_order,
            date_order_sure=read.date_order_sure,
            outcomes=tuple(sorted(outcomes, key=lambda item: item.line)),
            dry_run=self._file.dry_run,
        )

    def _entered(self, row: FileRow) -> FileRowOutcome:
        """A row entered whole or not at all. A price for an asset at hand writes nothing yet: no savepoint for it."""
        if row.side == "price" and row.asset.casefold() in self._shelves:
            return self._row(row)
        with self._connection.begin_nested():
            return self._row(row)

    def _row(self, row: FileRow) -> FileRowOutcome:
        shelf = self._shelf(row)
        key = _key(row, shelf.currency)
        if shelf.known[key] > 0:
            # As often as a row is stored, it is known; a file that has it once more brings a new one.
            shelf.known[key] -= 1
            return FileRowOutcome(line=row.line, outcome="duplicate", asset_id=shelf.asset_id, reason=None)
        if row.side == "price":
            self._price(row, shelf)
        elif row.side == "buy":
            self._buy(row, shelf)
        else:
            self._sell(row, shelf)
        return FileRowOutcome(line=row.line, outcome="imported", asset_id=shelf.asset_id, reason=None)

    def _shelf(self, row: FileRow) -> _Shelf:
        name = row.asset.casefold()
        if name in self._shelves:
            shelf = self._shelves[name]
        else:
            asset_id, currency = self._ids.get(name) or self._enter_asset(row)
            shelf = self._shelves[name] = _Shelf(asset_id=asset_id, currency=currency)
            shelf.happenings = sales.happenings_of(self._connection, self._owner, asset_id, currency)
            shelf.known = Counter(_stored_key(item) for item in shelf.happenings)
            marks = entries.marks_of(self._connection, self._owner, asset_id)
            shelf.priced.update(marks.days)
            shelf.known.update(("price", *known) for known in zip(marks.days, marks.unit_prices, strict=True))
        if row.currency is not None and row.currency != shelf.currency:
            raise Invalid("currency", f"differs from the asset's {shelf.currency}")
        return shelf

    def _enter_asset(self, row: FileRow) -> tuple[str, str]:
        kind = self._file.asset_kind
        details = AssetDetails(
            name=row.asset, kind=kind, currency=row.currency or self._currency, liquidity=DEFAULT_LIQUIDITY[kind]
        )
        entry_checks.check_asset(details)
        columns = to_row(details, tables.assets, details.currency)
        return parents.enter(self._connection, tables.assets, self._owner, self._person, columns), details.currency

    def _price(self, row: FileRow, shelf: _Shelf) -> None:
        new = NewValuation(date=row.date, unit_price=row.price)
        details = AssetDetails(name=row.asset, kind="other", currency=shelf.currency, liquidity="days")
        if row.date in shelf.priced:
            raise Invalid("date", f"there is a valuation on {row.date} already")
        entry_checks.check_valuations([new], set(), details)
        shelf.priced.add(row.date)
        shelf.prices[row.date] = new

    def _buy(self, row: FileRow, shelf: _Shelf) -> None:
        cost = _amount(row, shelf.currency)
        new = NewLot(date=row.date, quantity=row.quantity or Decimal(0), cost=cost, fees=row.fees)
        entry_checks.check_lot(new, AssetDetails(name="", kind="other", currency=shelf.currency, liquidity="days"))
        [lot_id] = self._add(tables.lots, shelf, new)
        bought = Purchase(id=lot_id, date=new.date, quantity=new.quantity, cost=new.cost, fees=new.fees)
        shelf.happenings.append(bought)

    def _sell(self, row: FileRow, shelf: _Shelf) -> None:
        new = NewLiquidation(
            asset_id=shelf.asset_id,
            date=row.date,
            quantity=row.quantity,
            proceeds=_amount(row, shelf.currency),
            fees=row.fees,
        )
        ground = Ground(
            asset_id=shelf.asset_id,
            currency=shelf.currency,
            happenings=shelf.happenings,
            rules=UNKNOWN_RULES,
            policy=None,
            before=Gains(),
        )
        sale, disposal = plan_sale(new, ground, None)
        amounts = {"gross": disposal.gross, "fees": disposal.fees, "currency": shelf.currency}
        sale_id = sales.record(self._connection, self._owner, self._person, new, sale, amounts)
        net = disposal.gross - disposal.fees
        shelf.happenings.append(Sale(id=sale_id, date=row.date, quantity=sale.quantity, net=net, method=sale.method))

    def _add(self, table: Table, shelf: _Shelf, new: object) -> list[str]:
        return entries.add(self._connection, table, self._owner, self._person, shelf.asset_id, [new], shelf.currency)


def _amount(row: FileRow, currency: str) -> Decimal:
    """What all units came to: as stated, else by price and quantity."""
    amount = row.amount or Decimal(0)
    if row.price is not None:
        product = EXACT.multiply(row.price, row.quantity or Decimal(0))
        amount = rounded(product if row.amount is None else row.amount, currency)
    to_minor(amount, currency, "amount")
    to_minor(row.fees, currency, "fees")
    return amount


def _key(row: FileRow, currency: str) -> Key:
    if row.side == "price":
        return ("price", row.date, row.price)
    amount = _amount(row, currency)
    if row.side == "buy":
        return ("buy", row.date, row.quantity, amount, row.fees)
    return ("sell", row.date, row.quantity, amount - row.fees)


def _stored_key(item: Happening) -> Key:
    if isinstance(item, Purchase):
        return ("buy", item.date, item.quantity, item.cost, item.fees)
    if isinstance(item, Sale):
        return ("sell", item.date, item.quantity, item.net)
    return (item.kind, item.date, item.ratio)
