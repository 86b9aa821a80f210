"""Signs of a PDF's rows from its running balance. A statement that does not reconcile is refused where it breaks."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import product

from finapp.transactions.domain.statement import StatementRow
from finapp.transactions.readers.errors import UnreadableStatement
from finapp.transactions.readers.pdf_rows import SAME_COLUMN, PrintedRow

Signed = list[tuple[PrintedRow, Decimal]]
_MOST_SIGNS = 12
"""Rows between two balances up to which all signs are tried."""


def signed_rows(rows: Sequence[PrintedRow], opening: Decimal | None) -> list[StatementRow]:
    """Rows with the sign the running balance shows, in the order given.

    Raises UnreadableStatement at the first row that does not fit. The rows before the first balance of a statement
    that prints no opening balance take the sign of their column.
    """
    newest_first = rows[0].date > rows[-1].date
    done: Signed = []
    first: list[PrintedRow] = []
    waiting: list[PrintedRow] = []
    before = opening
    for row in reversed(rows) if newest_first else rows:
        waiting.append(row)
        if row.balance is None:
            continue
        if before is None:
            first = waiting
        else:
            done += zip(waiting, _solved(waiting, row.balance - before, done), strict=True)
        waiting, before = [], row.balance
    done = [(row, _by_column(row, done)) for row in first] + done
    done += [(row, _by_column(row, done)) for row in waiting]
    signed = [
        StatementRow(line=row.line, date=row.date, amount=amount, description=row.text, balance_after=row.balance)
        for row, amount in done
    ]
    return signed[::-1] if newest_first else signed


def _solved(rows: list[PrintedRow], moved: Decimal, done: Signed) -> list[Decimal]:
    """The signed amounts that add up to the move of the balance; by column where several choices would."""
    sizes = [abs(row.amount.value) for row in rows]
    choices = product((-1, 1), repeat=len(sizes)) if len(sizes) <= _MOST_SIGNS else iter(())
    tried = ([sign * size for sign, size in zip(signs, sizes, strict=True)] for signs in choices)
    fitting = [amounts for amounts in tried if sum(amounts) == moved]
    if len(fitting) == 1:
        return fitting[0]
    if fitting or len(sizes) > _MOST_SIGNS:
        amounts = [_by_column(row, done) for row in rows]
        if sum(amounts) == moved:
            return amounts
    row = rows[-1]
    raise UnreadableStatement(
        "does_not_reconcile",
        f"the statement does not reconcile: it first breaks at line {row.line}, {row.date}, {row.text[:60]!r}, "
        f"where the balance moves by {moved} but the amounts are {', '.join(map(str, sizes))}",
    )


def _by_column(row: PrintedRow, done: Signed) -> Decimal:
    """The sign that rows whose amounts stand in the same column have. Raises when they differ or there are none."""
    near = {
        amount > 0 for other, amount in done if amount and abs(other.amount.right - row.amount.right) <= SAME_COLUMN
    }
    if len(near) != 1:
        message = f"the sign of the row at line {row.line} ({row.date}) does not follow from the balances"
        raise UnreadableStatement("does_not_reconcile", message)
    size = abs(row.amount.value)
    return size if near.pop() else -size
