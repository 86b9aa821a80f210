"""What an import found besides rows: which of it is new, and who is told."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row

from finapp.kernel import ids
from finapp.platform import codec
from finapp.platform.unit import Unit
from finapp.transactions.domain.statement import Holding
from finapp.transactions.facade.import_results import ImportResult, holdings_of, stored
from finapp.transactions.public import FoundHolding, HoldingsFound, HoldingsWithdrawn
from finapp.transactions.store import imports

Key = tuple[str, str, str, str]


def found(
    connection: Connection, owner: str, holdings: Sequence[Holding], today: date, *, dry_run: bool
) -> tuple[FoundHolding, ...]:
    """The holdings of a file; those that an import which still stands has brought are known."""
    if not holdings:
        return ()
    kept = (holdings_of(row) for row in imports.with_holdings(connection, owner))
    known = Counter(_key(one) for items in kept for one in items if one.id is not None)
    shown = []
    for holding in holdings:
        key = _key(holding)
        is_known = known[key] > 0
        known[key] -= is_known
        shown.append(
            FoundHolding(
                id=None if is_known or dry_run else ids.new_id(),
                kind=holding.kind,
                name=holding.name,
                word=holding.word,
                value=holding.value,
                currency=holding.currency,
                date=min(holding.on or today, today),
                annual_rate=holding.annual_rate,
                outcome="known" if is_known else "new",
                remark=holding.remark,
            )
        )
    return tuple(shown)


def tell(unit: Unit, row: Row[Any], items: Iterable[FoundHolding]) -> None:
    """Announces what is new."""
    new = tuple(item for item in items if item.id is not None)
    if new:
        unit.announce(HoldingsFound(owner=row.owner, import_id=row.id, person=row.person, items=new))


def withdraw(unit: Unit, row: Row[Any]) -> None:
    """Announces that what an import had brought is taken back; what other standing imports have as well is the eldest
    one's from then on."""
    left = [item for item in holdings_of(row) if item.id is not None]
    for other in imports.with_holdings(unit.connection, row.owner) if left else ():
        items = list(holdings_of(other)) if other.id != row.id else []
        for place, item in enumerate(items):
            same = next((one for one in left if item.id is None and _key(one) == _key(item)), None)
            if same is not None:
                left.remove(same)
                items[place] = replace(item, id=same.id, outcome="new")
        _keep(unit, other, items)
    gone = tuple(item.id for item in left if item.id is not None)
    if gone:
        unit.announce(HoldingsWithdrawn(owner=row.owner, import_id=row.id, ids=gone))


def _keep(unit: Unit, row: Row[Any], items: Sequence[FoundHolding]) -> None:
    """Says of an import what it has brought besides rows."""
    result: ImportResult = codec.decode(row.result, ImportResult)
    if items and tuple(items) != result.holdings:
        imports.change(unit.connection, row.id, result=stored(replace(result, holdings=tuple(items))))


def _key(one: Holding | FoundHolding) -> Key:
    return one.kind, one.name.casefold(), one.word.casefold(), one.currency
