"""Tables that are not delimited text: XLSX, XLS and ODS sheets, and HTML tables that banks name .xls."""

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from html.parser import HTMLParser

from finapp.transactions.domain.statement import NeedsMapping, Statement
from finapp.transactions.readers.delimited import Reading, read_whole
from finapp.transactions.readers.detection import Context, detect
from finapp.transactions.readers.errors import UnreadableStatement
from finapp.transactions.readers.grid import Record

LARGEST_UNPACKED = 400 * 1024 * 1024
LARGEST_RATIO = 300
MOST_ENTRIES = 5000
MOST_ROWS = 1_048_576
MOST_CELLS = 20_000_000


def read_workbook(content: bytes, context: Context) -> Statement | NeedsMapping:
    """The sheet of a workbook that holds the statement. Raises UnreadableStatement."""
    if content.startswith(b"PK"):
        check_archive(content)
    elif b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e" in content:
        raise UnreadableStatement(
            "encrypted", "the workbook is protected by a password; save it without one and try again"
        )
    return best_table(_sheets(content), "spreadsheet", context)


def names_inside(content: bytes) -> list[str]:
    """The names of an archive's files. Raises UnreadableStatement for one that cannot be opened."""
    return [entry.filename for entry in _entries(content)]


def _entries(content: bytes) -> list[zipfile.ZipInfo]:
    try:
        return zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableStatement("damaged", "the file is cut off or damaged: its archive cannot be opened") from error


def check_archive(content: bytes) -> None:
    """Refuses an archive that would unpack to more than it may. Raises UnreadableStatement."""
    entries = _entries(content)
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > LARGEST_UNPACKED or unpacked > LARGEST_RATIO * len(content) + 10**6:
        raise UnreadableStatement("too_large", "the workbook would unpack to more than a statement can hold")
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableStatement("encrypted", "the file is protected by a password; save it without one and try again")


def _sheets(content: bytes) -> list[list[Record]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        found = []
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height * max(sheet.total_width, 1) > MOST_CELLS or sheet.total_height > MOST_ROWS:
                raise UnreadableStatement("too_large", f"the sheet {name!r} has too many cells for a statement")
            rows = sheet.to_python(skip_empty_area=False)
            found.append([Record(line, [_text(cell) for cell in row]) for line, row in enumerate(rows, start=1)])
    except (CalamineError, OSError, ValueError) as error:
        if "password" in str(error).lower() or "encrypt" in str(error).lower():
            raise UnreadableStatement("encrypted", "the workbook is protected by a password") from error
        raise UnreadableStatement("damaged", "the workbook is damaged or not a spreadsheet") from error
    return found


def _text(cell: object) -> str:
    """A cell as text that says its type: days as ISO dates, numbers with a point and at least two decimals."""
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool | time | timedelta):
        return str(cell)
    if isinstance(cell, int | float):
        if cell == int(cell) and abs(cell) >= 10**8:
            return str(int(cell))
        rounded = f"{cell:.6f}".rstrip("0")
        whole, _, cents = rounded.partition(".")
        return f"{whole}.{cents.ljust(2, '0')}"
    text = str(cell)
    # A sheet computes its formulas: what begins like one is a text that somebody wrote.
    return f"'{text}" if text.startswith("=") and not text.startswith('="') else text


def best_table(tables: list[list[Record]], format: str, context: Context) -> Statement | NeedsMapping:
    """The reading of the table with most rows; the first refusal or question when no table can be read."""
    best: Statement | None = None
    other: NeedsMapping | None = None
    problem: UnreadableStatement | None = None
    for found in tables:
        if not any(cell.strip() for record in found for cell in record.cells):
            continue
        try:
            detected = detect(found[:2400], context)
            if isinstance(detected, NeedsMapping):
                other = other or detected
                continue
            statement = read_whole(Reading(detected, found, format, context.filename))
        except UnreadableStatement as error:
            problem = problem or error
            continue
        if best is None or len(statement.rows) > len(best.rows):
            best = statement
    if best is not None and (best.rows or best.rejected):
        return best
    if other is not None:
        return other
    raise problem or UnreadableStatement("empty", "the file holds no table with anything in it")


class _Tables(HTMLParser):
    """Collects the rows of all tables as one grid per outermost table."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[Record]] = []
        self._line = 0
        self._depth = 0
        self._cells: list[str] | None = None
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
        elif tag == "tr":
            self._end_row()
            self._cells = []
        elif tag in ("td", "th") and self._cells is not None:
            self._end_cell()
            self._cell = []
            span = dict(attrs).get("colspan") or "1"
            self._span = min(int(span), 50) if span.isdigit() else 1
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._end_cell()
        elif tag == "tr":
            self._end_row()
        elif tag == "table":
            self._end_row()
            self._depth = max(self._depth - 1, 0)

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is not None and self._cells is not None:
            self._cells += [" ".join("".join(self._cell).split())] + [""] * (self._span - 1)
        self._cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self._cells and self.tables:
            # A page may stand in one line; its rows are told apart all the same.
            self._line = max(self.getpos()[0], self._line + 1)
            self.tables[-1].append(Record(self._line, self._cells))
        self._cells = None


def is_html(head: str) -> bool:
    """Whether a text is an HTML page with a table."""
    return re.search(r"<(!doctype html|html|table|body|head|meta)\b", head[:3000], re.IGNORECASE) is not None


def read_html(text: str, context: Context) -> Statement | NeedsMapping:
    """The statement in the tables of an HTML page."""
    parser = _Tables()
    parser.feed(text)
    parser.close()
    together = [record for table in parser.tables for record in table]
    return best_table([*parser.tables, together], "html", context)
