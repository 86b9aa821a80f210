"""Rows whose category the categorizer is not sure of, and a person's word on many of them at once."""

from typing import Any

from sqlalchemy import Connection

from finapp.kernel.errors import Invalid
from finapp.kernel.money import from_minor
from finapp.platform.paging import from_cursor, to_cursor
from finapp.transactions.domain import categorizer, taxonomy
from finapp.transactions.domain.categorizer import Line
from finapp.transactions.domain.ledger import LedgerRow, Step
from finapp.transactions.facade.base import Base
from finapp.transactions.facade.changing import edited, result
from finapp.transactions.facade.learning import country_of, learned
from finapp.transactions.facade.rows import suggestion, whole
from finapp.transactions.public import (
    CategoryDecision,
    ChangeResult,
    TransactionNotFound,
    UncertainPage,
    UncertainRow,
)
from finapp.transactions.store import categories, corrections, rows, uncertain


class Deciding(Base):
    """Categories to look at."""

    def uncertain_rows(self, *, owner: str, limit: int, cursor: str | None) -> UncertainPage:
        """Rows whose category nobody decided and the categorizer is not sure of: the largest amounts first."""
        after = from_cursor(cursor, int, str) if cursor is not None else None
        country = country_of(self._auth.household(owner=owner))
        with self._database.read() as connection:
            found = uncertain.page(connection, owner, limit + 1, after)
            items = _looked_up(connection, owner, country, found[:limit])
        last = found[limit - 1] if len(found) > limit else None
        return UncertainPage(items=items, next_cursor=to_cursor(abs(last.amount), last.id) if last else None)

    def decide_categories(self, *, owner: str, person: str, decisions: tuple[CategoryDecision, ...]) -> ChangeResult:
        """A person's word on many rows, as one change that can be taken back; each is learned from.

        Raises TransactionNotFound, AlreadySplit, CategoryNotFound, Invalid for accepting an uncategorized row.
        """
        holders = self._holders(owner)
        with self._database.write(owner) as unit:
            connection = unit.connection
            wanted = [decision.transaction_id for decision in decisions]
            if len(set(wanted)) < len(wanted):
                raise Invalid("decisions", "name every row once")
            found = {row.id: row for row in rows.by_ids(connection, owner, wanted)}
            for each in wanted:
                if each not in found:
                    whole(connection, owner, each)
                    raise TransactionNotFound()
            steps = [
                _step(connection, owner, found[decision.transaction_id], decision, number)
                for number, decision in enumerate(decisions)
            ]
            changing = self._changing(unit, person, holders)
            change_id = changing.start("review")
            for step in steps:
                if step.before is not None and step.after is not None:
                    said = step.after.row.category_id
                    corrections.add(connection, owner, person, step.before.row, said, self._clock.today(), change_id)
            made = changing.make(change_id, steps)
            return result(made, change_id=change_id, matched=len(steps), dry_run=False)


def _step(connection: Connection, owner: str, row: LedgerRow, decision: CategoryDecision, number: int) -> Step:
    values: dict[str, Any] = {"decided": True}
    if decision.category_id is not None:
        category = categories.one(connection, owner, decision.category_id)
        values |= {"category_id": category.id, "category": category.code}
    elif row.category_id == taxonomy.UNCATEGORIZED:
        raise Invalid(f"decisions.{number}.category_id", "the row has no category to accept: say one")
    return edited(row, values)


def _looked_up(
    connection: Connection, owner: str, country: str | None, found: list[LedgerRow]
) -> tuple[UncertainRow, ...]:
    """Rows with what the categorizer says of them today."""
    known = learned(connection, owner, country)
    lines = [Line(description=row.description, amount=from_minor(row.amount, row.currency)) for row in found]
    items = []
    for row, line in zip(found, lines, strict=True):
        said = suggestion(categorizer.suggest([line], country=country, currency=row.currency, learned=known)[0])
        items.append(
            UncertainRow(transaction=rows.shown(row), candidates=said.candidates, source=said.source, why=said.why)
        )
    return tuple(items)
