"""Past rows like one a person has corrected, offered to be corrected with it."""

from dataclasses import replace

from sqlalchemy import Connection

from finapp.transactions.domain.ledger import LedgerRow
from finapp.transactions.facade.base import Base
from finapp.transactions.facade.bulk import MOST_ROWS
from finapp.transactions.facade.changing import Rehearsed, edited, result
from finapp.transactions.facade.rows import whole
from finapp.transactions.public import ChangeResult, SimilarRows
from finapp.transactions.store import corrections, rows, uncertain


class Similar(Base):
    """What one decision says about other rows."""

    def similar_rows(self, *, owner: str, transaction_id: str) -> SimilarRows:
        """Rows of the same merchant and direction that nobody has decided. Raises TransactionNotFound, AlreadySplit."""
        with self._database.read() as connection:
            row = whole(connection, owner, transaction_id)
            matched, count = uncertain.similar(connection, owner, row) if row.merchant_id else (0, 0)
        way = "in" if row.amount > 0 else "out"
        return SimilarRows(
            matched=matched,
            count=count,
            transactions_query="/api/v1/transactions"
            f"?merchant_id={_quoted(row.merchant_id)}&q={_quoted(f'-is:decided is:{way} -id:{row.id}')}",
        )

    def apply_to_similar(self, *, owner: str, person: str, transaction_id: str, dry_run: bool) -> ChangeResult:
        """Gives the category of a row to the rows of its merchant and direction that nobody has decided, as one change.

        A dry run answers which rows would change. Raises TransactionNotFound, AlreadySplit.
        """
        holders = self._holders(owner)
        try:
            with self._database.write(owner) as unit:
                row = whole(unit.connection, owner, transaction_id)
                found = _similar(unit.connection, owner, row)
                values = {"category_id": row.category_id, "category": row.category, "decided": True}
                steps = [edited(each, values) for each in found if each.category_id != row.category_id]
                changing = self._changing(unit, person, holders)
                change_id = changing.start("similar")
                if not row.decided:
                    said, today = row.category_id, self._clock.today()
                    corrections.add(unit.connection, owner, person, row, said, today, change_id)
                made = changing.make(change_id, steps)
                done = result(made, change_id=change_id, matched=len(found), dry_run=dry_run)
                if dry_run or not steps:
                    raise Rehearsed(replace(done, change_id=None))
                return done
        except Rehearsed as rehearsed:
            return rehearsed.result


def _similar(connection: Connection, owner: str, row: LedgerRow) -> list[LedgerRow]:
    if not row.merchant_id:
        return []
    found = rows.of_merchant(connection, owner, row.merchant_id)
    same_way = [each for each in found if (each.amount > 0) == (row.amount > 0) and each.id != row.id]
    return [each for each in same_way if not each.decided][:MOST_ROWS]


def _quoted(text: str) -> str:
    """A text as a query carries it: UTF-8, everything but letters, digits and `-._~` by its hexadecimal number."""
    plain = b"-._~"
    return "".join(
        chr(byte) if byte in plain or (byte < 128 and chr(byte).isalnum()) else f"%{byte:02X}" for byte in text.encode()
    )
