"""What each category came to in each month, as a table for a spreadsheet."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from finapp.kernel.money import from_minor, to_minor
from finapp.transactions.public import Transaction

Cell = str | Decimal | None


class MonthsByCategory:
    """Collects rows as they pass, and turns them into a table: one line for each category, flow and currency."""

    def __init__(self) -> None:
        self._columns: dict[str, list[str]] = {name: [] for name in ("category", "flow", "currency", "month")}
        self._minor: list[int] = []

    def passing(self, rows: Iterable[Transaction]) -> Iterator[Transaction]:
        """The rows, each of them counted."""
        for row in rows:
            values = (row.category, row.flow, row.currency, row.date.isoformat()[:7])
            for name, value in zip(self._columns, values, strict=True):
                self._columns[name].append(value)
            self._minor.append(to_minor(row.amount, row.currency))
            yield row

    def lines(self) -> Iterator[list[Cell]]:
        """A heading with the months, and the lines; signed, empty where a month has none."""
        # Imported here: an idle process should not pay for it.
        import pandas as pd

        if not self._minor:
            return
        # Whole minor units: sums of them are exact.
        frame = pd.DataFrame({**self._columns, "minor": pd.array(self._minor, dtype="Int64")})
        table = frame.pivot_table(
            index=["category", "flow", "currency"], columns="month", values="minor", aggfunc="sum", observed=True
        )
        yield ["category", "flow", "currency", *table.columns]
        for key, values in zip(table.index, table.itertuples(index=False), strict=True):
            category, flow, currency = key
            yield [
                category,
                flow,
                currency,
                *(None if pd.isna(each) else from_minor(int(each), currency) for each in values),
            ]
