"""Signs of a PDF's rows from its running balance. A statement that does not reconcile is refused where it breaks."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from itertools import product

from finapp.transactions.domain.statement import RejectedRow, StatementRow
from finapp.transactions.readers.errors import UnreadableStatement
from finapp.transactions.readers.marks import Side
from finapp.transactions.readers.pdf_rows import SAME_COLUMN, PrintedRow, PrintedRows, Signed

_HEADING = 30.0
"""Points by which the right edges of a heading and of what stands below it may differ."""
_MOST_SIGNS = 12
"""Rows between two balances up to which all signs are tried."""


def signed_rows(found: PrintedRows) -> list[StatementRow]:
    """Rows with the sign the running balance shows, in the order given.

    Raises UnreadableStatement at the first row that does not fit. The rows before the first balance of a statement
    that prints no opening balance take the sign of their column, or of their mark, as it is elsewhere.
    """
    rows = found.rows
    newest_first = rows[0].date > rows[-1].date
    done: Signed = []
    first: list[PrintedRow] = []
    waiting: list[PrintedRow] = []
    before = found.opening
    for row in reversed(rows) if newest_first else rows:
        waiting.append(row)
        if row.balance is None:
            continue
        if before is None:
            first = waiting
        else:
            done += zip(waiting, _solved(waiting, row.balance - before, done), strict=True)
        waiting, before = [], row.balance
    done = [(row, _by_column(row, done, found.sides)) for row in first] + done
    done += [(row, _by_column(row, done, found.sides)) for row in waiting]
    found.done = done
    signed = [_row(row, amount) for row, amount in done]
    return signed[::-1] if newest_first else signed


def _row(row: PrintedRow, amount: Decimal) -> StatementRow:
    return StatementRow(line=row.line, date=row.date, amount=amount, description=row.text, balance_after=row.balance)


def pending_rows(found: PrintedRows) -> tuple[list[StatementRow], list[RejectedRow]]:
    """The rows that are not booked yet, no balance has them, signed as booked ones of their column are."""
    rows: list[StatementRow] = []
    rejected: list[RejectedRow] = []
    for row in found.pending:
        try:
            amount = _by_column(row, found.done, found.sides)
        except UnreadableStatement as unsure:
            rejected.append(RejectedRow(line=row.line, code="pending", message=unsure.message, text=row.text[:200]))
        else:
            rows.append(_row(row, amount)._replace(status="pending", balance_after=None))
    return rows, rejected


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


def _by_column(row: PrintedRow, done: Signed, sides: Sequence[tuple[float, Side]] = ()) -> Decimal:
    """The sign that rows have whose amounts stand in the same column with the same mark, else that of the mark, else
    of the heading above it; of neither where a row contradicts it. Raises when nothing tells."""
    near = [each for each in done if each[1] and abs(each[0].amount.right - row.amount.right) <= SAME_COLUMN]
    signs = {amount > 0 for other, amount in near if other.amount.mark == row.amount.mark}
    if len(signs) != 1:
        marks = {each.amount.mark for each in (row, *(other for other, _ in done))}
        said = partial(_marked, marks=marks) if any(marks) else partial(_headed, sides=sides)
        signs = said(row)
        proven = [(amount > 0) in said(other) for other, amount in done if said(other)]
        signs = signs if all(proven) else set()
    if len(signs) != 1:
        message = f"the sign of the row at line {row.line} ({row.date}) does not follow from the balances"
        raise UnreadableStatement("does_not_reconcile", message)
    size = abs(row.amount.value)
    return size if signs.pop() else -size


def _marked(row: PrintedRow, marks: set[str]) -> set[bool]:
    """Whether money came in, as the mark of an amount says, or that it has none where others have."""
    out, into = marks & {"-", "DR"}, marks & {"CR", "+"}
    if row.amount.mark:
        return {row.amount.mark in into}
    return set() if out and into else {bool(out)}


def _headed(row: PrintedRow, sides: Sequence[tuple[float, Side]]) -> set[bool]:
    """Whether money came in, as the nearest heading above an amount says, where it is its column's."""
    near = sorted((abs(right - row.amount.right), side) for right, side in sides)
    return {side == "credit" for distance, side in near[:1] if distance <= _HEADING}
