"""A workbook as spreadsheets open it: read back by two readers that did not write it."""

import io
from datetime import date
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from finapp.platform import workbook
from finapp.platform.workbook import Cell, Sheet, write_workbook

HEADING = ("text", "amount", "day", "count")
ROWS: tuple[tuple[Cell, ...], ...] = (
    ("=1+1", Decimal("12.50"), date(2026, 2, 28), 3),
    ("<Bread & 'milk'> ]]> \u20ac \U0001f600", Decimal("-0.001"), date(1900, 1, 1), None),
    (" two\nlines\x07 ", Decimal("1E+3"), date(1900, 3, 1), -1),
    (None, Decimal("123456789012.3"), None, 0),
)


def written(*sheets: Sheet) -> io.BytesIO:
    kept = io.BytesIO()
    write_workbook(kept, sheets)
    kept.seek(0)
    return kept


def test_what_is_read_is_what_was_written() -> None:
    page: Any = openpyxl.load_workbook(written(Sheet(name="A & B", rows=(HEADING, *ROWS))))["A & B"]
    read = [[cell.value.date() if cell.is_date else cell.value for cell in row] for row in page.rows]
    assert read == [
        list(HEADING),
        ["=1+1", 12.5, date(2026, 2, 28), 3],
        ["<Bread & 'milk'> ]]> \u20ac \U0001f600", -0.001, date(1900, 1, 1), None],
        [" two\nlines ", 1000, date(1900, 3, 1), -1],
        [None, 123456789012.3, None, 0],
    ]
    assert page["A2"].data_type != "f"
    assert [page[f"B{row}"].number_format for row in range(2, 6)] == ["0.00", "0.000", "0", "0.0"]
    assert page["C2"].number_format == "yyyy-mm-dd"


def test_another_reader_finds_the_same() -> None:
    book = CalamineWorkbook.from_filelike(written(Sheet(name="one", rows=(HEADING, *ROWS)), Sheet(name="two", rows=())))
    assert book.sheet_names == ["one", "two"]
    rows = book.get_sheet_by_name("one").to_python()
    assert rows[1] == ["=1+1", 12.5, date(2026, 2, 28), 3.0]
    assert rows[3][2] == date(1900, 3, 1)
    assert book.get_sheet_by_name("two").to_python() == []


@pytest.mark.parametrize("count", [1, 3, 4, 5, 8, 9])
def test_what_is_too_long_for_a_sheet_goes_on_in_the_next_under_the_same_heading(count: int) -> None:
    with patch.object(workbook, "MOST_ROWS", 5):
        book: Any = openpyxl.load_workbook(written(Sheet(name="rows", rows=[("n",), *((n,) for n in range(count))])))
    assert book.sheetnames == ["rows", *(f"rows {part}" for part in range(2, (count - 1) // 4 + 2))]
    found = [[cell.value for cell in page["A"]] for page in book]
    assert [part[0] for part in found] == ["n"] * len(found)
    assert [value for part in found for value in part[1:]] == list(range(count))


def test_columns_are_named_beyond_the_alphabet() -> None:
    page: Any = openpyxl.load_workbook(written(Sheet(name="wide", rows=[tuple(range(800))])))["wide"]
    assert [cell.value for cell in page[1]] == list(range(800))
