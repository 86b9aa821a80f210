"""CSV (RFC 4180), in UTF-8."""

import csv
import io
from collections.abc import Iterator

from finapp.transactions.writers.book import COLUMNS, Book, cells

_FORMULAS = ("=", "+", "-", "@", "\t")


def write_csv(book: Book) -> Iterator[bytes]:
    """A heading and a line for each row. A text that a spreadsheet would compute gets an apostrophe in front."""
    kept = io.StringIO()
    writer = csv.writer(kept, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for number, row in enumerate(book.rows(None), 1):
        writer.writerow([_safe(value) if isinstance(value, str) else value for value in cells(book, row)])
        if number % 500 == 0:
            yield kept.getvalue().encode()
            kept.seek(0)
            kept.truncate()
    yield kept.getvalue().encode()


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULAS) else text
