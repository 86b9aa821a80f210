"""Rows that a standing import has as well are handed over to it when the import that brought them is taken back."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, Row

from finapp.platform import codec
from finapp.transactions.domain.ledger import LedgerRow
from finapp.transactions.domain.pendings import Printing
from finapp.transactions.facade import import_results
from finapp.transactions.facade.changing import Changing, placed
from finapp.transactions.facade.import_results import ImportResult
from finapp.transactions.facade.printing import printed_as
from finapp.transactions.facade.sharing import Lines, Witness, witnesses
from finapp.transactions.store import aside, changed, heirs, imports, statements


def hand_over(changing: Changing, import_id: str) -> None:
    """Gives each row that other standing imports have as well to the eldest of those that print it as booked, else to
    the eldest that prints it as pending, which it is again then.

    What is left is what nobody else has: without it the ledger is as if the import had never been.
    """
    connection, owner = changing.ledger.connection, changing.ledger.owner
    others = witnesses(connection, owner, import_id)
    if not others:
        return
    legacy = _Legacy(
        connection=connection,
        owner=owner,
        import_id=import_id,
        counted=heirs.of_import(connection, owner, import_id),
        waiting={row.id: row for row in aside.of_import(connection, owner, import_id)},
    )
    days = heirs.days_of(connection, owner, import_id)
    for heir in others:
        legacy.give(heir, legacy.booked_by(heir))
    early: dict[str, Printing] = {}
    for heir in others:
        lines: Lines = {row_id: line for row_id, (line, _) in heir.early.items()}
        given = legacy.give(heir, lines)
        early |= {row_id: printing for row_id, (_, printing) in heir.early.items() if row_id in given}
    if legacy.given:
        changed.note(connection, owner, days)
    _print(changing, early)
    _open(connection, import_id, [statement for heir in others for statement in heir.statements])


@dataclass(kw_only=True)
class _Legacy:
    """What an import leaves that is taken back."""

    connection: Connection
    owner: str
    import_id: str
    counted: Mapping[str, tuple[str, str | None]]
    """Id -> account and whole."""
    waiting: Mapping[str, LedgerRow]
    """The rows that stand aside."""
    given: set[str] = field(default_factory=set)

    def booked_by(self, heir: Witness) -> Lines:
        """The rows that another import prints as booked.

        Where it is not remembered of each row, a statement has the rows on its days.
        """
        found = dict(heir.booked)
        if not heir.complete:
            for statement in heir.statements:
                if statement.duplicates and statement.period_first is not None:
                    for row_id in heirs.within(self.connection, self.owner, self.import_id, statement):
                        found.setdefault(row_id, None)
        return found

    def give(self, heir: Witness, theirs: Lines) -> set[str]:
        """Hands rows over that nobody has been given yet; the ids of those."""
        lines = {row_id: line for row_id, line in theirs.items() if row_id in self.counted}
        now = set()
        for row_id, row in self.waiting.items():
            if row_id in theirs and row_id not in self.given:
                heirs.give_aside(self.connection, replace(row, import_id=heir.import_id, line=theirs[row_id]))
                now.add(row_id)
        lines |= {part: theirs[whole] for part, (_, whole) in self.counted.items() if whole in theirs}
        lines = {row_id: line for row_id, line in lines.items() if row_id not in self.given | now}
        heirs.give(self.connection, heir.import_id, lines)
        now |= lines.keys()
        whole = Counter(self._counted_as_whole(lines, now - heir.decided))
        _recount(self.connection, self.owner, heir.import_id, heir.statements, whole)
        mine = statements.of_import(self.connection, self.import_id)
        _recount(self.connection, self.owner, self.import_id, mine, whole, sign=-1)
        self.given |= now
        return now

    def _counted_as_whole(self, lines: Lines, given: set[str]) -> Iterator[str]:
        """The account of each row of a statement that was given: one in parts is one row."""
        wholes = {self.counted[row_id][1] for row_id in lines}
        for row_id in given:
            if row_id in wholes:
                yield self.waiting[row_id].account_id
            elif row_id in self.counted and self.counted[row_id][1] is None:
                yield self.counted[row_id][0]


def _print(changing: Changing, early: Mapping[str, Printing]) -> None:
    """Makes rows pending again that are known only to statements that print them so."""
    connection, owner = changing.ledger.connection, changing.ledger.owner
    held = placed(connection, owner, early)
    steps = [
        step
        for row_id, each in held.items()
        if each.row.status == "posted"
        for step in printed_as(connection, owner, each, vars(early[row_id]))
    ]
    if steps:
        changing.make(changing.start("changed"), steps)


def _recount(
    connection: Connection, owner: str, import_id: str, said: Sequence[Row[Any]], more: Mapping[str, int], sign: int = 1
) -> None:
    """Counts rows that were known to an import as brought by it, or the other way round."""
    total = 0
    left = dict(more)
    for statement in said:
        count = left.pop(statement.account_id, 0)
        if count:
            heirs.recount(connection, statement, sign * count)
            total += sign * count
    if not total:
        return
    row = imports.one(connection, owner, import_id)
    result: ImportResult = codec.decode(row.result, ImportResult)
    counts = result.counts
    counts = replace(counts, imported=counts.imported + total, duplicates=counts.duplicates - total)
    imports.change(connection, import_id, result=import_results.stored(replace(result, counts=counts)))


def _open(connection: Connection, import_id: str, standing: Sequence[Row[Any]]) -> None:
    """An account that the import has opened goes with the last import that stands on it."""
    for mine in statements.of_import(connection, import_id):
        if mine.created:
            eldest = [each for each in standing if each.account_id == mine.account_id][:1]
            for each in eldest:
                heirs.opened_by(connection, each)
