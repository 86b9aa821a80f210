"""What each category came to in each month, as a table for a spreadsheet."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from finapp.kernel.money import from_minor, to_minor
from finapp.transactions.public import Transaction

Cell = str | Decimal | None


class MonthsByCategory:
    """Collects rows as they pass, and turns them into a table: one line for each category, flow and currency."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, str, str], dict[str, int]] = {}
        """By month, in minor units: sums of them are exact."""

    def passing(self, rows: Iterable[Transaction]) -> Iterator[Transaction]:
        """The rows, each of them counted."""
        for row in rows:
            line = self._lines.setdefault((row.category, row.flow, row.currency), {})
            month = row.date.isoformat()[:7]
            line[month] = line.get(month, 0) + to_minor(row.amount, row.currency)
            yield row

    def lines(self) -> Iterator[list[Cell]]:
        """A heading with the months, and the lines; signed, empty where a month has none."""
        if not self._lines:
            return
        months = sorted(set().union(*self._lines.values()))
        yield ["category", "flow", "currency", *months]
        for key, line in sorted(self._lines.items()):
            sums = (line.get(month) for month in months)
            yield [*key, *(None if each is None else from_minor(each, key[2]) for each in sums)]
