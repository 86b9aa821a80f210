"""Whether a statement's balances agree with its rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

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
    """Checks the running balances row by row, and opening + sum = closing to the minor unit.

    Opening and closing are unknown for a file of several currencies or accounts: each has a balance of its own.
    """
    rows = statement.rows[::-1] if statement.newest_first else statement.rows
    total = sum((row.amount for row in rows), Decimal(0))
    opening, closing = statement.opening_balance, statement.closing_balance
    if len({_purse(row) for row in rows}) == 1:
        opening = _before(rows) if opening is None else opening
        closing = _after(rows) if closing is None else closing
        # A file that prints only how it ends says how it began.
        opening = closing - total if opening is None and closing is not None else opening
    return Balances(
        opening=opening,
        closing=closing,
        sum=total,
        difference=None if opening is None or closing is None else opening + total - closing,
        first_break_line=_first_break(rows),
    )


def _purse(row: StatementRow) -> tuple[str | None, str | None]:
    """What has a running balance of its own."""
    return row.currency, row.account_hint


def _before(rows: Iterable[StatementRow]) -> Decimal | None:
    """The balance before the first row, from the first running balance."""
    moved = Decimal(0)
    for row in rows:
        moved += row.amount
        if row.balance_after is not None:
            return row.balance_after - moved
    return None


def _after(rows: Sequence[StatementRow]) -> Decimal | None:
    """The balance after the last row, from the last running balance."""
    moved = Decimal(0)
    for row in reversed(rows):
        if row.balance_after is not None:
            return row.balance_after + moved
        moved += row.amount
    return None


def _first_break(rows: Iterable[StatementRow]) -> int | None:
    """The first row that breaks. Rows without a balance are carried along to the next that has one."""
    balances: dict[tuple[str | None, str | None], Decimal] = {}
    for row in rows:
        purse = _purse(row)
        expected = balances[purse] + row.amount if purse in balances else None
        if row.balance_after is not None:
            if expected is not None and expected != row.balance_after:
                return row.line
            balances[purse] = row.balance_after
        elif expected is not None:
            balances[purse] = expected
    return None
