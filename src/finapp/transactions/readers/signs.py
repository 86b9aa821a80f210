"""Signs of unsigned amounts from the running balance: the balance rose, so money came in."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from finapp.transactions.domain.statement import RejectedRow, StatementRow
from finapp.transactions.readers.marks import wording
from finapp.transactions.readers.rows import Batch


def signed_by_balance(
    batches: Iterator[Batch], newest_first: bool, opening: Callable[[], Decimal | None]
) -> Iterator[Batch]:
    """Batches whose rows carry the sign their balance shows.

    The row whose predecessor is unknown takes its sign from the opening balance or its wording, else it is rejected.
    """
    held: StatementRow | None = None
    before: Decimal | None = None
    for batch in batches:
        before = opening() if before is None else before
        rows: list[StatementRow] = []
        rejected = list(batch.rejected)
        for row in batch.rows:
            if newest_first:
                if held is not None:
                    _settle(held, row.balance_after, rows, rejected)
                held = row
            else:
                _settle(row, before, rows, rejected)
                before = row.balance_after if row.balance_after is not None else before
        yield Batch(rows, rejected)
    if held is not None:
        last = Batch([], [])
        _settle(held, opening(), last.rows, last.rejected)
        yield last


def _settle(row: StatementRow, before: Decimal | None, rows: list[StatementRow], rejected: list[RejectedRow]) -> None:
    size = abs(row.amount)
    if before is not None and row.balance_after is not None and abs(row.balance_after - before) == size:
        rows.append(row._replace(amount=row.balance_after - before))
        return
    side = wording(row.description) if before is None else None
    if side is None:
        text = f"{row.date} | {row.description} | {row.amount}"[:200]
        message = "the amount has no sign and the balance does not show which way the money went"
        rejected.append(RejectedRow(line=row.line, code="bad_amount", message=message, text=text))
        return
    rows.append(row._replace(amount=-size if side == "debit" else size))
