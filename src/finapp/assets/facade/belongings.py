"""Everything stored for a household, read once and, after a write, only where it has changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from finapp.assets import tables
from finapp.assets.domain.debts import Debt
from finapp.assets.domain.lots import Happening, Held, replay
from finapp.assets.domain.valuing import NO_MARKS, Holding, Marks
from finapp.assets.public import AssetDetails, Income, LiabilityDetails, StoredPartPayment, StoredRateChange
from finapp.assets.store import entries, parents, sales
from finapp.assets.store.rows import from_row


@dataclass(frozen=True, kw_only=True)
class Belongings:
    """Everything stored for a household, ready for arithmetic."""

    holdings: tuple[Holding, ...]
    debts: tuple[Debt, ...]
    versions: Mapping[str, int]
    """Of assets and liabilities, by id."""


@dataclass(frozen=True, kw_only=True)
class Events:
    """What happened to the household's assets; read only where it is asked for."""

    happenings: Mapping[str, Sequence[Happening]]
    """Purchases, corporate actions and sales by asset."""
    incomes: Mapping[str, Sequence[Income]]
    """What each asset paid."""


def read_belongings(connection: Connection, owner: str, known: Belongings | None) -> Belongings:
    """Every asset and liability of the household.

    Every entry raises its asset's version in the same commit, so an asset of a known version is taken from `known`.
    """
    rows = parents.every(connection, tables.assets, owner)
    kept = {} if known is None else {item.id: item for item in known.holdings}
    versions = {} if known is None else known.versions
    changed = {row.id: row.currency for row in rows if row.id not in kept or versions[row.id] != row.version}
    marks = entries.marks(connection, owner, changed)
    held = sales.held(connection, owner, changed)
    holdings = tuple(
        _holding(row, marks.get(row.id, NO_MARKS), held.get(row.id, ())) if row.id in changed else kept[row.id]
        for row in rows
    )
    liabilities = parents.every(connection, tables.liabilities, owner)
    return Belongings(
        holdings=holdings,
        debts=tuple(_debts(connection, owner, liabilities)),
        versions={row.id: row.version for row in (*rows, *liabilities)},
    )


def read_events(connection: Connection, owner: str) -> Events:
    """Everything that happened to the household's assets."""
    currencies = {row.id: row.currency for row in parents.every(connection, tables.assets, owner)}
    return Events(
        happenings=sales.happenings(connection, owner, currencies),
        incomes=entries.by_parent(connection, tables.incomes, owner, Income, currencies),
    )


def _debts(connection: Connection, owner: str, rows: Sequence[Row[Any]]) -> Iterable[Debt]:
    currencies = {row.id: row.currency for row in rows}
    changes = entries.by_parent(connection, tables.rate_changes, owner, StoredRateChange, currencies)
    parts = entries.by_parent(connection, tables.part_payments, owner, StoredPartPayment, currencies)
    for row in rows:
        yield Debt(
            id=row.id,
            details=from_row(row, tables.liabilities, LiabilityDetails, row.currency),
            rate_changes=tuple(changes.get(row.id, ())),
            part_payments=tuple(parts.get(row.id, ())),
        )


def holding_of(row: Row[Any], marks: Marks, happenings: Sequence[Happening]) -> Holding:
    """An asset ready for valuing."""
    return _holding(row, marks, replay(happenings, row.currency).steps)


def _holding(row: Row[Any], marks: Marks, steps: Sequence[Held]) -> Holding:
    details = from_row(row, tables.assets, AssetDetails, row.currency)
    return Holding(id=row.id, details=details, marks=marks, steps=tuple(steps))
