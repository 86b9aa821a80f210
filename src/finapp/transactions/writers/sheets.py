"""XLSX."""

import tempfile
from collections.abc import Iterator
from itertools import chain

from finapp.platform.workbook import Sheet, write_workbook
from finapp.transactions.writers.book import COLUMNS, Book, cells
from finapp.transactions.writers.pivot import MonthsByCategory

_CHUNK = 256 * 1024


def write_xlsx(book: Book) -> Iterator[bytes]:
    """A sheet with a heading and a line for each row, and one of what each category came to in each month.

    Texts are texts, also where they look like formulas.
    """
    months = MonthsByCategory()
    rows = (cells(book, row) for row in months.passing(book.rows(None)))
    # The months are known once the rows are written.
    sheets = Sheet(name="transactions", rows=chain([COLUMNS], rows)), Sheet(name="months", rows=months.lines())
    with tempfile.SpooledTemporaryFile(max_size=8 * 1024 * 1024) as kept:
        write_workbook(kept, sheets)
        kept.seek(0)
        while chunk := kept.read(_CHUNK):
            yield chunk
