"""Whether a statement's balances agree with its rows."""

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


class Tally:
    """Adds up the rows of one account and currency as they pass, in the order of the file."""

    def __init__(self) -> None:
        self.sum = Decimal(0)
        self._balance: Decimal | None = None
        """The last running balance that passed."""
        self._balanced_line = 0
        self._since = Decimal(0)
        """What moved after it, in the order of the file."""
        self._own = Decimal(0)
        """The row that carried it."""
        self._head: tuple[Decimal, Decimal] | None = None
        """What had moved with the first row that carries a balance, and that balance."""
        self._head_own = Decimal(0)
        self._breaks: tuple[int | None, int | None] = (None, None)
        """By the order of the file, oldest first and newest first."""

    def add(self, row: StatementRow) -> None:
        """One more row. What is not booked yet is in no balance of the bank's."""
        if row.status == "pending":
            return
        self.sum += row.amount
        if row.balance_after is None:
            self._since += row.amount
            return
        if self._balance is None:
            self._head = self.sum, row.balance_after
            self._head_own = row.amount
        else:
            older, newer = self._breaks
            if older is None and self._balance + self._since + row.amount != row.balance_after:
                older = row.line
            # Read upwards, the row that passed before comes after this one: the last break found is the first in time.
            if row.balance_after + self._since + self._own != self._balance:
                newer = self._balanced_line
            self._breaks = older, newer
        self._balance, self._balanced_line = row.balance_after, row.line
        self._since, self._own = Decimal(0), row.amount

    def balances(self, opening: Decimal | None, closing: Decimal | None, *, newest_first: bool) -> Balances:
        """What the rows say, beside what the file states of its balances."""
        if self._head is not None and self._balance is not None:
            moved, balance = self._head
            if newest_first:
                first = self._balance - self._own - self._since
                last = balance + moved - self._head_own
            else:
                first, last = balance - moved, self._balance + self._since
            opening = first if opening is None else opening
            closing = last if closing is None else closing
        if opening is None and closing is not None:
            # A file that prints only how it ends says how it began.
            opening = closing - self.sum
        difference = None if opening is None or closing is None else opening + self.sum - closing
        return Balances(
            opening=opening,
            closing=closing,
            sum=self.sum,
            difference=difference,
            first_break_line=self._breaks[1 if newest_first else 0],
        )


def reconcile(statement: Statement) -> Balances:
    """Checks the running balances row by row, and opening + sum = closing to the minor unit.

    Opening and closing are unknown for a file of several currencies or accounts: each has a balance of its own.
    """
    tallies: dict[tuple[str | None, str | None], Tally] = {}
    for row in statement.rows:
        tallies.setdefault((row.currency, row.account_hint), Tally()).add(row)
    stated = (statement.opening_balance, statement.closing_balance)
    if len(tallies) == 1:
        return next(iter(tallies.values())).balances(*stated, newest_first=statement.newest_first)
    found = [tally.balances(None, None, newest_first=statement.newest_first) for tally in tallies.values()]
    total = sum((each.sum for each in found), Decimal(0))
    known = None not in stated
    opening, closing = stated
    return Balances(
        opening=opening,
        closing=closing,
        sum=total,
        difference=opening + total - closing if known and opening is not None and closing is not None else None,
        first_break_line=min(
            (each.first_break_line for each in found if each.first_break_line is not None), default=None
        ),
    )
