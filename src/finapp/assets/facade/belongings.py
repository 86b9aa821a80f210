"""Everything stored for a household, read once and, after a write, only where it has changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from finapp.assets import tables
from finapp.assets.domain.debts import Debt
from finapp.assets.domain.lots import Happening, replay
from finapp.assets.domain.valuing import Holding, Mark
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
    happenings: Mapping[str, Sequence[Happening]]
    """Purchases, corporate actions and sales by asset."""
    incomes: Mapping[str, Sequence[Income]]
    """What each asset paid."""


def read_belongings(connection: Connection, owner: str, known: Belongings | None) -> Belongings:
    """Every asset and liability of the household with all entries.

    Every entry raises its asset's version in the same commit, so an asset of a known version is taken from `known`.
    """
    rows = parents.every(connection, tables.assets, owner)
    kept = {} if known is None else {item.id: item for item in known.holdings}
    versions = {} if known is None else known.versions
    changed = {row.id: row.currency for row in rows if row.id not in kept or versions[row.id] != row.version}
    marks = entries.marks(connection, owner, changed)
    happenings: dict[str, Sequence[Happening]] = dict(sales.happenings(connection, owner, changed))
    incomes: dict[str, Sequence[Income]] = dict(entries.by_parent(connection, tables.incomes, owner, Income, changed))
    holdings = []
    for row in rows:
        if row.id in changed:
            holdings.append(holding_of(row, marks.get(row.id, []), happenings.get(row.id, [])))
        elif known is not None:
            holdings.append(kept[row.id])
            happenings[row.id] = known.happenings.get(row.id, ())
            incomes[row.id] = known.incomes.get(row.id, ())
    liabilities = parents.every(connection, tables.liabilities, owner)
    return Belongings(
        holdings=tuple(holdings),
        debts=tuple(_debts(connection, owner, liabilities)),
        versions={row.id: row.version for row in (*rows, *liabilities)},
        happenings=happenings,
        incomes=incomes,
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


def holding_of(row: Row[Any], marks: Sequence[Mark], happenings: Sequence[Happening]) -> Holding:
    """An asset ready for valuing."""
    details = from_row(row, tables.assets, AssetDetails, row.currency)
    steps = tuple(replay(happenings, details.currency).steps)
    return Holding(id=row.id, details=details, marks=tuple(marks), steps=steps)
