"""Whether a statement's balances agree with its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from finapp.transactions.domain.statement import Statement, StatementRow


@dataclass(frozen=True, kw_only=True)
class Balances:
    """What the file says of its balances, printed or derived from the running balance of its rows."""

    opening: Decimal | None
    closing: Decimal | None
    sum: Decimal
    difference: Decimal | None
    """opening + sum - closing; None when one of them is unknown."""
    first_break_line: int | None
    """The line of the first row whose running balance does not follow from the row before it."""


def reconcile(statement: Statement) -> Balances:
    """Checks the running balances row by row, and opening + sum = closing to the minor unit."""
    rows = statement.rows[::-1] if statement.newest_first else statement.rows
    total = sum((row.amount for row in rows), Decimal(0))
    opening, closing = statement.opening_balance, statement.closing_balance
    if rows and opening is None and rows[0].balance_after is not None:
        opening = rows[0].balance_after - rows[0].amount
    if rows and closing is None:
        closing = rows[-1].balance_after
    difference = None if opening is None or closing is None else opening + total - closing
    return Balances(
        opening=opening,
        closing=closing,
        sum=total,
        difference=difference,
        first_break_line=_first_break(rows),
    )


def _first_break(rows: Sequence[StatementRow]) -> int | None:
    for before, row in pairwise(rows):
        if before.balance_after is None or row.balance_after is None:
            continue
        if before.balance_after + row.amount != row.balance_after:
            return row.line
    return None
