"""A file that comes a second time: when all it brought is still there, there is nothing in it to read again."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row

from finapp import __version__
from finapp.platform import codec
from finapp.transactions.facade import import_results
from finapp.transactions.facade.choosing import Choosing
from finapp.transactions.facade.import_results import ImportResult
from finapp.transactions.public import Counts
from finapp.transactions.store import imports, repeats, statements


class Repeating(Choosing):
    """Answers for a known file from what its first import found."""

    def _repeat(self, owner: str, asked: Row[Any]) -> bool:
        """Ends an import whose file has brought all its rows already: each is known. False when it must be read.

        Only when the first import found every row new, by the same reading, and all of them stand as it brought them.
        """
        if asked.dry_run:
            return False
        with self._database.read() as connection:
            if repeats.first_of(connection, owner, asked) is None:
                return False
        with self._database.write(owner) as unit:
            connection = unit.connection
            first = repeats.first_of(connection, owner, asked) if imports.awaits(connection, owner, asked.id) else None
            if first is None or not _is_whole(connection, owner, first):
                return False
            result: ImportResult = codec.decode(first.result, ImportResult)
            counts = Counts(rows=result.counts.rows, imported=0, duplicates=result.counts.rows, rejected=0)
            repeats.put_known(connection, asked.id, first.id, import_results.STORED_OUTCOMES)
            held = tuple(replace(each, id=None, outcome="known") for each in result.holdings)
            kept = [_known(each) for each in statements.of_import(connection, first.id)]
            statements.put(connection, owner, asked.id, kept)
            self._end(
                connection,
                asked.id,
                status="done",
                account_id=first.account_id,
                result=import_results.stored(replace(result, counts=counts, created_accounts=(), holdings=held)),
                period_first=first.period_first,
                period_last=first.period_last,
            )
        return True


def _is_whole(connection: Connection, owner: str, first: Row[Any]) -> bool:
    """Whether this release read the file, every row of it was new and booked, and all stand with their amounts."""
    result: ImportResult = codec.decode(first.result, ImportResult)
    if result.release != __version__ or result.counts.imported != result.counts.rows or result.pending:
        return False
    there = repeats.standing(connection, owner, first.id)
    said = {(each.account_id, each.currency): (each.imported, each.sum) for each in _filled(connection, first.id)}
    return len(said) == len(_filled(connection, first.id)) and there == said


def _filled(connection: Connection, import_id: str) -> list[Row[Any]]:
    return [each for each in statements.of_import(connection, import_id) if each.imported]


def _known(statement: Row[Any]) -> dict[str, Any]:
    """What is kept of an account's part of the file when all its rows are known."""
    values = {name: value for name, value in statement._mapping.items() if name not in ("import_id", "part", "owner")}
    return {**values, "created": False, "opening_moved": 0, "imported": 0, "duplicates": statement.rows}
