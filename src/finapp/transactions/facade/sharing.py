"""Which standing statements say that a row exists, and how they print it: one answer for importing and taking back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from finapp.platform import codec
from finapp.transactions.domain.ledger import LedgerRow, Step
from finapp.transactions.domain.pendings import Printing
from finapp.transactions.store import changes, heirs, imports

Lines = dict[str, int | None]
"""Row -> the line that prints it, where that is known."""


@dataclass(frozen=True, kw_only=True)
class Witness:
    """A standing import that has rows which another one brought or booked."""

    import_id: str
    statements: tuple[Row[Any], ...]
    booked: Lines
    """The rows that it prints as booked."""
    early: Mapping[str, tuple[int, Printing]]
    """Row -> line and printing of the rows that it prints as not booked yet."""
    decided: frozenset[str]
    """Those of the booked rows that a person has said to be rows of it."""
    complete: bool
    """Whether it is remembered of each row: not of a very large file, or of several rows in one line."""

    def has_booked(self, row: LedgerRow) -> bool:
        """Whether it prints a row as booked; where that is not remembered, its statement has the rows of its days."""
        if row.id in self.booked or row.id in self.early or self.complete:
            return row.id in self.booked
        return any(covers(each, row) for each in self.statements if each.duplicates)

    def has(self, row: LedgerRow) -> bool:
        """Whether it prints a row at all."""
        return row.import_id == self.import_id or row.id in self.early or self.has_booked(row)


def witnesses(connection: Connection, owner: str, import_id: str) -> list[Witness]:
    """The other standing imports of the accounts that an import filled, the eldest first."""
    found: dict[str, list[Row[Any]]] = {}
    for statement in heirs.standing(connection, owner, import_id):
        found.setdefault(statement.import_id, []).append(statement)
    kept = {row.id: row.options for row in imports.by_ids(connection, owner, list(found))}
    return [witness(connection, owner, each, said, kept[each]) for each, said in found.items()]


def witness(
    connection: Connection, owner: str, import_id: str, said: Sequence[Row[Any]], options: Mapping[str, Any]
) -> Witness:
    """What is remembered of the rows that an import has found to be there already."""
    known = heirs.known_by(connection, import_id)
    early = {row.transaction_id: (row.line, codec.decode(row.printed, Printing)) for row in known if row.printed}
    booked: Lines = {row.transaction_id: row.line for row in known if row.transaction_id not in early}
    complete = sum(each.duplicates for each in said) <= len(known)
    said_so = {step.transaction_id: line for step, line in _decided(connection, owner, options)}
    return Witness(
        import_id=import_id,
        statements=tuple(said),
        booked=booked | said_so,
        early=early,
        decided=frozenset(said_so),
        complete=complete,
    )


def _decided(connection: Connection, owner: str, options: Mapping[str, Any]) -> Iterable[tuple[Step, int | None]]:
    """The rows that a person has booked as a row of the import, each with the line of that row."""
    for change_id in options.get("booked", ()):
        steps = changes.steps(connection, owner, change_id)
        others = [step.after.row for step in steps if step.after is not None and step.after.place == "duplicate"]
        if others and changes.one(connection, owner, change_id).undone_by is None:
            yield from ((step, others[0].line) for step in steps if is_booking(step))


def is_booking(step: Step) -> bool:
    """Whether a step books a pending row: the row itself, not one of its parts."""
    if step.before is None or step.after is None or step.before.row.split_of is not None:
        return False
    return step.before.row.status == "pending" != step.after.row.status and step.after.place != "duplicate"


def covers(statement: Row[Any], row: LedgerRow) -> bool:
    """Whether a statement is of the account and the day of a row."""
    same = statement.account_id == row.account_id and statement.period_first is not None
    return bool(same and statement.period_first <= row.date <= statement.period_last)
