"""A workbook as spreadsheets open it: read back by two readers that did not write it."""

import io
import tempfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
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


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        *((text, text) for text in ("=1+1", "{=A1}", "+1", "-1", "@now", "#N/A", "TRUE", "0012", "1e5", " ", "\ta\n")),
        *((text, text) for text in ("https://a.b/c", "mailto:a@b.c", "internal:x!A1", "<r><t>no</t>&markup</b></r>")),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\x00a\x0b\x1f\ufffe\uffffb", "ab"),
        ("x" * 40_000, "x" * 32_767),
        ("\U0001f600" * 20_000, "\U0001f600" * 16_383),
    ],
)
def test_a_text_stays_the_text_it_is(text: str, kept: str) -> None:
    sheet = Sheet(name="texts", rows=[("heading",), (text,)])
    cell: Any = openpyxl.load_workbook(written(sheet))["texts"]["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (kept, "s", None)
    assert CalamineWorkbook.from_filelike(written(sheet)).get_sheet_by_index(0).to_python()[1] == [kept]


def test_what_looks_like_an_escape_of_the_format_comes_back_as_it_was() -> None:
    # ECMA-376, 22.9.2.19: _x0041_ stands for A, so the text _x0041_ needs an escape of its own.
    book = CalamineWorkbook.from_filelike(written(Sheet(name="one", rows=[("_x0041_", "_x000D_")])))
    assert book.get_sheet_by_index(0).to_python() == [["_x0041_", "_x000D_"]]


def test_each_sheet_is_read_once_and_after_those_before_it() -> None:
    read: list[str] = []

    def rows(name: str) -> Iterator[tuple[Cell, ...]]:
        for number in range(3):
            read.append(f"{name}{number}")
            yield (number,)

    written(Sheet(name="a", rows=rows("a")), Sheet(name="b", rows=rows("b")))
    assert read == ["a0", "a1", "a2", "b0", "b1", "b2"]


def test_rows_that_fail_leave_nothing_behind(tmp_path: Path) -> None:
    def rows() -> Iterator[tuple[Cell, ...]]:
        yield ("heading",)
        raise LookupError

    with patch.object(tempfile, "tempdir", str(tmp_path)), pytest.raises(LookupError):
        written(Sheet(name="empty", rows=()), Sheet(name="a", rows=rows()))
    assert list(tmp_path.iterdir()) == []
