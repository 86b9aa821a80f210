"""Rows on disk, put in as they are read and taken out in the order of their dates."""

from array import array
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO

from finapp.platform.packing import packed, unpacked
from finapp.transactions.domain.statement import StatementRow, parts_from, plain_parts

LINE, DATE, AMOUNT, DESCRIPTION, BALANCE, BANK_ID, CURRENCY, _PARTS = map(
    StatementRow._fields.index,
    ("line", "date", "amount", "description", "balance_after", "bank_id", "currency", "parts"),
)
"""Where the values of a row stand."""
_DECIMALS = tuple(StatementRow._fields.index(name) for name in ("amount", "balance_after", "original_amount", "rate"))
_USUAL = BALANCE + 1
"""The first fields of a row, all that most statements fill."""
_REST = tuple(StatementRow._field_defaults.values())[_USUAL - len(StatementRow._fields) :]
_SCATTERED = 4
"""Times the bytes of a slice that are read in one go to have all of it; rows further apart are read one by one."""

Plain = list[Any]
"""The values of a row as they lie on the shelf: the day as its number, decimals as text, without fields that say
nothing at the end."""


class Shelf:
    """Rows of several parts in one file that nobody else writes. In memory there is only where each row stands:
    16 bytes a row."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._end = 0
        self._days: list[array[int]] = []
        self._places: list[array[int]] = []
        self._sizes: list[array[int]] = []

    def add(self, part: int, rows: Sequence[StatementRow]) -> None:
        """Puts rows of a part behind those that are there."""
        while part >= len(self._days):
            self._days.append(array("i"))
            self._places.append(array("q"))
            self._sizes.append(array("i"))
        days, places, sizes = self._days[part], self._places[part], self._sizes[part]
        written = []
        for row in rows:
            values = _plain(row)
            days.append(values[DATE])
            written.append(packed(values))
            places.append(self._end)
            sizes.append(len(written[-1]))
            self._end += len(written[-1])
        self._file.write(b"".join(written))

    def slices(self, part: int, size: int) -> Iterator[list[Plain]]:
        """The rows of a part, oldest first, whole days together, at least `size` at a time but for the last."""
        days = self._days[part]
        order: Sequence[int] = range(len(days))
        if any(days[at] > days[at + 1] for at in range(len(days) - 1)):
            # Sorting is stable: within a day the order of the file stays.
            order = sorted(order, key=days.__getitem__)
        start = 0
        while start < len(order):
            end = min(start + size, len(order))
            while end < len(order) and days[order[end]] == days[order[end - 1]]:
                end += 1
            yield self._taken(part, order[start:end])
            start = end

    def _taken(self, part: int, wanted: Sequence[int]) -> list[Plain]:
        places, sizes = self._places[part], self._sizes[part]
        first, last = min(wanted), max(wanted)
        start, end = places[first], places[last] + sizes[last]
        if end - start <= _SCATTERED * sum(sizes[at] for at in wanted):
            self._file.seek(start)
            block = memoryview(self._file.read(end - start))
            return [unpacked(block[places[at] - start : places[at] - start + sizes[at]]) for at in wanted]
        found = []
        for at in wanted:
            self._file.seek(places[at])
            found.append(unpacked(self._file.read(sizes[at])))
        return found


def _plain(row: StatementRow) -> Plain:
    values: Plain = list(row[:_USUAL] if row[_USUAL:] == _REST else row)
    values[DATE] = row.date.toordinal()
    for index in _DECIMALS:
        if index < len(values) and values[index] is not None:
            values[index] = str(values[index])
    if row.parts:
        values[_PARTS] = plain_parts(row.parts)
    return values


def restored(values: Plain) -> StatementRow:
    """The row that was put on the shelf."""
    values[DATE] = date.fromordinal(values[DATE])
    for index in _DECIMALS:
        if index < len(values) and values[index] is not None:
            values[index] = Decimal(values[index])
    if len(values) > _PARTS:
        values[_PARTS] = parts_from(values[_PARTS])
    return StatementRow(*values)
