"""XLSX."""

import re
import tempfile
from collections.abc import Iterator
from typing import Any

from finapp.transactions.writers.book import COLUMNS, Book, cells

_CHUNK = 256 * 1024
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def write_xlsx(book: Book) -> Iterator[bytes]:
    """One sheet with a heading and a line for each row. Texts are texts, also where they look like formulas."""
    # Imported here: an idle process should not pay for it.
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("transactions")

    def cell(value: Any) -> Any:
        made = WriteOnlyCell(sheet, _UNSTORABLE.sub("", value) if isinstance(value, str) else value)
        if isinstance(value, str):
            made.data_type = "s"
        return made

    sheet.append(list(COLUMNS))
    for row in book.rows(None):
        sheet.append([cell(value) for value in cells(book, row)])
    with tempfile.SpooledTemporaryFile(max_size=8 * 1024 * 1024) as kept:
        workbook.save(kept)
        kept.seek(0)
        while chunk := kept.read(_CHUNK):
            yield chunk
