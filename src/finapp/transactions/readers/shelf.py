"""Rows on disk, put in as they are read and taken out in the order of their dates."""

import json
from array import array
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO

from finapp.transactions.domain.statement import StatementRow

_DECIMALS = tuple(StatementRow._fields.index(name) for name in ("amount", "balance_after", "original_amount", "rate"))
_DATE = StatementRow._fields.index("date")
_NEEDED = 4
"""The first fields of a row, which have no default."""
_DEFAULTS = (None,) * _NEEDED + tuple(StatementRow._field_defaults.values())


def plain(row: StatementRow) -> list[Any]:
    """A row as JSON keeps it, without the fields at its end that say nothing."""
    values: list[Any] = list(row)
    length = len(values)
    while length > _NEEDED and values[length - 1] == _DEFAULTS[length - 1]:
        length -= 1
    del values[length:]
    values[_DATE] = row.date.isoformat()
    for index in _DECIMALS:
        if index < length and values[index] is not None:
            values[index] = str(values[index])
    return values


def restored(values: list[Any]) -> StatementRow:
    """The row that `plain` wrote."""
    values[_DATE] = date.fromisoformat(values[_DATE])
    length = len(values)
    for index in _DECIMALS:
        if index < length and values[index] is not None:
            values[index] = Decimal(values[index])
    return StatementRow(*values)


class Shelf:
    """Rows of several parts in one file. In memory there is only where each row stands: 12 bytes a row."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._end = 0
        self._days: list[array[int]] = []
        self._places: list[array[int]] = []

    def add(self, part: int, rows: Sequence[StatementRow]) -> None:
        """Puts rows of a part behind those that are there."""
        while part >= len(self._days):
            self._days.append(array("i"))
            self._places.append(array("q"))
        days, places = self._days[part], self._places[part]
        lines = [json.dumps(plain(row), ensure_ascii=False, separators=(",", ":")).encode() for row in rows]
        for row, line in zip(rows, lines, strict=True):
            days.append(row.date.toordinal())
            places.append(self._end)
            self._end += len(line) + 1
        self._file.write(b"\n".join([*lines, b""]))

    def slices(self, part: int, size: int) -> Iterator[list[StatementRow]]:
        """The rows of a part, oldest first, whole days together, at least `size` at a time but for the last."""
        days, places = self._days[part], self._places[part]
        order: Sequence[int] = range(len(days))
        if any(days[at] > days[at + 1] for at in range(len(days) - 1)):
            # Sorting is stable: within a day the order of the file stays.
            order = sorted(order, key=days.__getitem__)
        found: list[StatementRow] = []
        last = None
        for at in order:
            if len(found) >= size and days[at] != last:
                yield found
                found = []
            self._file.seek(places[at])
            found.append(restored(json.loads(self._file.readline())))
            last = days[at]
        if found:
            yield found
