"""Pending payments that a later statement should have, and has not: a person says what became of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row

from finapp.kernel.money import from_minor
from finapp.transactions.domain.ledger import LedgerRow, Placed, Step
from finapp.transactions.domain.pendings import LONGEST, may_become
from finapp.transactions.facade.arriving import known
from finapp.transactions.facade.sharing import Witness, covers, witness
from finapp.transactions.facade.wholes import Whole
from finapp.transactions.store import aside, changes, imports, rows, statements


@dataclass(frozen=True, kw_only=True)
class Unseen:
    """A pending row, and the statements of its day that end too late for it to be still on its way."""

    row: LedgerRow
    split: bool
    """Whether its parts are counted instead of it."""
    statements: tuple[Row[Any], ...]
    """Those that lack it, the eldest import first."""
    like: tuple[LedgerRow, ...]
    """Booked rows of the days after it that are like it, and were told apart from it."""

    @property
    def placed(self) -> Placed:
        """The row where it stands."""
        return Placed(place="split" if self.split else "ledger", row=self.row)


def ends_too_late(statement: Row[Any], row: LedgerRow) -> bool:
    """Whether a statement covers the day of a row, and ends when every payment of that day should be booked."""
    return covers(statement, row) and bool(statement.period_last - row.date >= LONGEST)


def asks_about(one: Witness, row: LedgerRow) -> bool:
    """Whether a standing import lacks a pending row that it should have."""
    return any(ends_too_late(each, row) for each in one.statements) and not one.has(row)


def missed(connection: Connection, owner: str, account_id: str, period: tuple[date, date] | None, met: set[str]) -> int:
    """How many pending rows of an account a file lacks that covers `period` and has `met` some of them."""
    if period is None:
        return 0
    first, last = period
    waiting = rows.pending_between(connection, owner, account_id, first, last - LONGEST)
    return sum(row.id not in met for row in waiting)


def unseen(connection: Connection, owner: str) -> list[Unseen]:
    """Every pending row that a person has to be asked about, the newest first."""
    counted = rows.pending(connection, owner)
    wholes = {row.split_of for row in counted if row.split_of is not None}
    split = {row.id: row for place, row in aside.find(connection, owner, wholes).values() if place == "split"}
    waiting = [row for row in counted if row.split_of is None] + [*split.values()]
    late = _late(connection, owner, waiting)
    kept = _kept(connection, owner, list(late))
    found = [
        Unseen(row=row, split=row.id in split, statements=tuple(late[row.id]), like=_like(connection, owner, row))
        for row in waiting
        if row.id in late and row.id not in kept and not _asked(connection, owner, row)
    ]
    return sorted(found, key=lambda each: each.row.id, reverse=True)


def removed(connection: Connection, owner: str, found: Unseen) -> list[Step]:
    """The steps that put a pending row into the bin; the parts of a split one are gone with it."""
    parts = rows.parts_of(connection, owner, found.row.id) if found.split else []
    return Whole(found.placed, tuple(parts)).to_bin()


def kept(found: Unseen) -> list[Step]:
    """The step that leaves a row as it is: it is not asked about again while this change stands."""
    return [Step(transaction_id=found.row.id, before=found.placed, after=found.placed)]


def question_about(found: Unseen) -> str:
    """What to ask of it, with the evidence."""
    row, last = found.row, max(each.period_last for each in found.statements)
    names = ", ".join(dict.fromkeys(each.filename for each in found.statements))
    amount = from_minor(row.amount, row.currency)
    return (
        f"the payment of {amount} {row.currency} is pending since {row.date}, and {names}, which covers that day and "
        f"ends on {last}, has neither it nor a booking of it: say `remove` if it never was, or `keep`"
    )


def _late(connection: Connection, owner: str, waiting: Sequence[LedgerRow]) -> dict[str, list[Row[Any]]]:
    """Row -> the statements that should have it and have not."""
    said: dict[str, list[Row[Any]]] = {}
    for account_id in dict.fromkeys(row.account_id for row in waiting):
        for statement in statements.of_account(connection, owner, account_id):
            if any(ends_too_late(statement, row) for row in waiting):
                said.setdefault(statement.import_id, []).append(statement)
    options = {row.id: row.options for row in imports.by_ids(connection, owner, list(said))}
    late: dict[str, list[Row[Any]]] = {}
    for import_id in sorted(said):
        one = witness(connection, owner, import_id, said[import_id], options[import_id])
        for row in waiting:
            lacking = [each for each in said[import_id] if ends_too_late(each, row)]
            if lacking and not one.has(row):
                late.setdefault(row.id, []).extend(lacking)
    return late


def _kept(connection: Connection, owner: str, row_ids: Sequence[str]) -> set[str]:
    """The rows that a person wants to keep."""
    return {
        row_id
        for row_id in row_ids
        for change, step in changes.of_row(connection, owner, row_id)
        if change.kind == "review" and change.undone_by is None and step.before == step.after
    }


def _asked(connection: Connection, owner: str, row: LedgerRow) -> bool:
    """Whether it is asked already whether a row that is in review is the booking of this one."""
    place = owner, row.account_id, row.date, row.date + LONGEST
    found = (each for where, each in aside.placed_between(connection, *place) if where == "review")
    return any(True for _ in _alike(row, found))


def _like(connection: Connection, owner: str, row: LedgerRow) -> tuple[LedgerRow, ...]:
    place = owner, row.account_id, row.date, row.date + LONGEST
    return tuple(_alike(row, rows.printed_between(connection, *place)))


def _alike(row: LedgerRow, others: Iterable[LedgerRow]) -> Iterable[LedgerRow]:
    pending = known(row, "")
    booked = (each for each in others if each.status != "pending")
    return (each for each in booked if each.amount == row.amount or may_become(pending, known(each, "")))
