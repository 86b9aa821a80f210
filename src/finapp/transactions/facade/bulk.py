"""The same change for many rows: one commit, one history entry, one undo."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from finapp.kernel.errors import Invalid
from finapp.transactions.domain.ledger import LedgerRow, Step
from finapp.transactions.facade.base import Base
from finapp.transactions.facade.changing import Rehearsed, edited, result
from finapp.transactions.facade.fields import changed_values, values_of
from finapp.transactions.public import BulkChanges, ChangeResult, InvalidQuery, Selection, TransactionNotFound
from finapp.transactions.store import corrections, listing, rows

MOST_ROWS = 100_000


class Bulk(Base):
    """Changes of many rows."""

    def change_transactions(
        self, *, owner: str, person: str, selection: Selection, changes: BulkChanges, dry_run: bool
    ) -> ChangeResult:
        """Changes every selected row as one change. A dry run answers what would differ and changes nothing.

        Raises Invalid, CategoryNotFound, TransactionNotFound for an unknown id, AlreadySplit.
        """
        refuse_nothing(changes)
        holders = self._holders(owner)
        try:
            with self._database.write(owner) as unit:
                found = selected(unit.connection, owner, selection, self._clock.today())
                changing = self._changing(unit, person, holders)
                change_id = changing.start("bulk")
                values = values_of(unit.connection, owner, changes.values)
                planned = (_step(row, changes, values) for row in found)
                steps = [step for step in planned if step is not None]
                if changes.values.category_id is not None:
                    for row in one_of_each_merchant(found):
                        said, today = changes.values.category_id, self._clock.today()
                        corrections.add(unit.connection, owner, person, row, said, today, change_id)
                done = result(changing.make(change_id, steps), change_id=change_id, matched=len(found), dry_run=dry_run)
                if dry_run or not steps:
                    raise Rehearsed(replace(done, change_id=None))
                return done
        except Rehearsed as rehearsed:
            return rehearsed.result


def refuse_nothing(changes: BulkChanges) -> None:
    """Raises Invalid when there is nothing to change."""
    values = changes.values
    set_fields = [field.name for field in fields(values) if getattr(values, field.name) is not None]
    set_fields.remove("forget")
    if not set_fields and not changes.add_tags and not changes.remove_tags:
        raise Invalid("changes", "say what to change")
    for name in ("date", "amount"):
        if name in set_fields:
            raise Invalid(f"changes.{name}", "is a row's own: change rows one by one")


def selected(connection: Connection, owner: str, selection: Selection, today: date) -> list[LedgerRow]:
    """The rows of a selection. Raises Invalid for an empty or too large one, TransactionNotFound."""
    if bool(selection.ids) == (selection.where is not None):
        raise Invalid("ids", "name the rows by ids or by a query, not both")
    if selection.where is None:
        wanted = list(dict.fromkeys(selection.ids))
        found = rows.by_ids(connection, owner, wanted)
        if len(found) < len(wanted):
            raise TransactionNotFound("not every id is a row of this ledger")
        return found
    try:
        wanted_rows = listing.found(connection, owner, selection.where, today)
    except InvalidQuery as refusal:
        raise refusal.of("query") from None
    if selection.where.query and wanted_rows.asks_nothing:
        raise Invalid("query", "asks nothing of a row: say which rows are meant")
    found = listing.every(connection, wanted_rows, MOST_ROWS + 1)
    if len(found) > MOST_ROWS:
        raise Invalid("query", f"finds more than {MOST_ROWS} rows; narrow it")
    return found


def one_of_each_merchant(found: list[LedgerRow]) -> list[LedgerRow]:
    """One row of each merchant and direction: what is learned from a bulk change does not grow with its rows."""
    return list({(row.merchant_id, row.amount > 0): row for row in found}.values())


def _step(row: LedgerRow, changes: BulkChanges, of_every: Mapping[str, Any]) -> Step | None:
    values = changed_values(row, changes.values, of_every)
    if changes.add_tags or changes.remove_tags or "tags" in values:
        kept = [tag for tag in values.get("tags", row.tags) if tag not in changes.remove_tags]
        values["tags"] = tuple(dict.fromkeys((*kept, *changes.add_tags)))
    if all(getattr(row, name) == value for name, value in values.items()):
        return None
    return edited(row, values)
