"""Rows that a standing import has as well are handed over to it when the import that brought them is taken back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row

from finapp.platform import codec
from finapp.transactions.facade import import_results
from finapp.transactions.facade.import_results import ImportResult
from finapp.transactions.store import aside, changed, heirs, imports, statements

_Lines = dict[str, int | None]


def hand_over(connection: Connection, owner: str, import_id: str) -> frozenset[str]:
    """Gives each row that other standing imports have found to be theirs to the eldest of them.

    What is left is what nobody else has: without it the ledger is as if the import had never been. Returns the rows
    that were handed over.
    """
    standing = heirs.standing(connection, owner, import_id)
    if not standing:
        return frozenset()
    counted = heirs.of_import(connection, owner, import_id)
    waiting = {row.id: row for row in aside.of_import(connection, owner, import_id)}
    days = heirs.days_of(connection, owner, import_id)
    given: set[str] = set()
    for heir in dict.fromkeys(statement.import_id for statement in standing):
        said = [statement for statement in standing if statement.import_id == heir]
        theirs = _theirs(connection, owner, import_id, said)
        lines = {row_id: line for row_id, line in theirs.items() if row_id in counted}
        for row_id, row in waiting.items():
            if row_id in theirs and row_id not in given:
                heirs.give_aside(connection, replace(row, import_id=heir, line=theirs[row_id]))
                given.add(row_id)
        lines |= {part: theirs[whole] for part, (_, whole) in counted.items() if whole in theirs}
        lines = {row_id: line for row_id, line in lines.items() if row_id not in given}
        heirs.give(connection, heir, lines)
        given |= lines.keys()
        whole = Counter(counted[row_id][0] for row_id in lines if counted[row_id][1] is None)
        _recount(connection, owner, heir, said, whole)
        _recount(connection, owner, import_id, statements.of_import(connection, import_id), whole, sign=-1)
    if given:
        changed.note(connection, owner, days)
    _open(connection, import_id, standing)
    return frozenset(given)


def _theirs(connection: Connection, owner: str, import_id: str, said: Sequence[Row[Any]]) -> _Lines:
    """The rows that another import has, each with its line there.

    Where it is not remembered of each row (a very large file, or several rows in one line), a statement has the rows
    on its days.
    """
    known = heirs.known_by(connection, said[0].import_id)
    found: _Lines = {row_id: line for line, row_id in known}
    if sum(statement.duplicates for statement in said) > len(known):
        for statement in said:
            if statement.duplicates and statement.period_first is not None:
                for row_id in heirs.within(connection, owner, import_id, statement):
                    found.setdefault(row_id, None)
    return found


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
