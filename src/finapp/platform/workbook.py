"""Workbooks (XLSX) as spreadsheets open them, written row by row."""

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain, count, islice
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | Decimal | date | None
MOST_ROWS = 1_048_576
"""Of one sheet, as every spreadsheet has it; what is longer goes on in a further sheet under the same heading."""
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\r(?=\n)")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table; the first row is its heading. Amounts are numbers with the decimals they have, texts never formulas.

    A cell holds 32,767 characters of a text, in every spreadsheet; its lines end with a line feed.
    """

    name: str
    rows: Iterable[Sequence[Cell]]


def write_workbook(target: IO[bytes], sheets: Iterable[Sheet]) -> None:
    """Writes the sheets, each of them read when those before are read, once. `target` must be seekable."""
    # Imported here: an idle process should not pay for it.
    from xlsxwriter import Workbook

    # Rows wait in a directory of their own, so that none are left behind whatever happens.
    with tempfile.TemporaryDirectory() as waiting:
        options = {"constant_memory": True, "tmpdir": waiting, "use_zip64": True}
        with Workbook(target, options) as book:
            formats = _Formats(book)
            for name, rows in chain.from_iterable(map(_cut, sheets)):
                _write(book.add_worksheet(name), rows, formats)


def _cut(sheet: Sheet) -> Iterator[tuple[str, Iterable[Sequence[Cell]]]]:
    rows = iter(sheet.rows)
    heading = list(islice(rows, 1))
    for number in count(1):
        first = list(islice(rows, 1))
        if number > 1 and not first:
            return
        name = sheet.name if number == 1 else f"{sheet.name} {number}"
        yield name, chain(heading, first, islice(rows, MOST_ROWS - 2))


class _Formats:
    """How cells are shown: a date, and numbers with each number of decimals that occurs."""

    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._decimals: dict[int, Format] = {}
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})

    def of(self, value: Decimal) -> "Format":
        """The format that shows the decimals an amount has."""
        places = max(-int(value.as_tuple().exponent), 0)
        if places not in self._decimals:
            self._decimals[places] = self._book.add_format({"num_format": f"0.{'0' * places}" if places else "0"})
        return self._decimals[places]


def _write(page: "Worksheet", rows: Iterable[Sequence[Cell]], formats: _Formats) -> None:
    for line, row in enumerate(rows):
        for place, value in enumerate(row):
            if isinstance(value, str):
                _write_text(page, line, place, value)
            elif isinstance(value, Decimal):
                page.write_number(line, place, value, formats.of(value))
            elif isinstance(value, date):
                page.write_datetime(line, place, value, formats.day)
            elif value is not None:
                page.write_number(line, place, value)


def _write_text(page: "Worksheet", line: int, place: int, text: str) -> None:
    storable = _UNSTORABLE.sub("", text).replace("\r", "\n")
    if storable.startswith("<r>") and storable.endswith("</r>"):
        # The library takes such a text for markup of its own; in pieces, it does not.
        page.write_rich_string(line, place, storable[:1], storable[1:2], storable[2:])
    else:
        page.write_string(line, place, storable)
