"""XLSX."""

import re
import tempfile
from collections.abc import Iterator
from typing import Any

from finapp.transactions.writers.book import COLUMNS, Book, cells
from finapp.transactions.writers.pivot import MonthsByCategory

_CHUNK = 256 * 1024
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def write_xlsx(book: Book) -> Iterator[bytes]:
    """A sheet with a heading and a line for each row, and one of what each category came to in each month.

    Texts are texts, also where they look like formulas.
    """
    # Imported here: an idle process should not pay for it.
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("transactions")

    months = MonthsByCategory()

    def cell(value: Any, sheet: Any = sheet) -> Any:
        made = WriteOnlyCell(sheet, _UNSTORABLE.sub("", value) if isinstance(value, str) else value)
        if isinstance(value, str):
            made.data_type = "s"
        return made

    sheet.append(list(COLUMNS))
    for row in months.passing(book.rows(None)):
        sheet.append([cell(value) for value in cells(book, row)])
    totals = workbook.create_sheet("months")
    for line in months.lines():
        totals.append([cell(value, totals) for value in line])
    with tempfile.SpooledTemporaryFile(max_size=8 * 1024 * 1024) as kept:
        workbook.save(kept)
        kept.seek(0)
        while chunk := kept.read(_CHUNK):
            yield chunk
