"""Delimited text as records of cells: which delimiter, which quoting, which line each record starts on."""

import csv
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from finapp.transactions.readers.amounts import looks_like_amount
from finapp.transactions.readers.dates import looks_like_date
from finapp.transactions.readers.errors import UnreadableStatement
from finapp.transactions.readers.words import role_of

DELIMITERS = (",", ";", "\t", "|", "~|~", "~", "^")
SAMPLE_LINES = 250
LONGEST_CELL = 100_000
MOST_COLUMNS = 400
_OPEN = "a quotation mark is missing, so that a field takes in the rows that follow"
_FEWEST = 3
"""Cells of a line from which it may be a row."""
_LOOKED_AT = 50
"""Lines of one record that are looked at."""


class Record(NamedTuple):
    """One record: the line it starts on, from 1, and its cells as printed."""

    line: int
    cells: list[str]


class Dialect(NamedTuple):
    """How cells are told apart.

    `quoted`: quotes protect delimiters. `wrapped`: every line is quoted as a whole. `spaced`: blanks stand between a
    delimiter and a quote. `formulas`: cells are written as spreadsheet formulas, ="x".
    """

    delimiter: str
    quoted: bool = True
    wrapped: bool = False
    spaced: bool = False
    formulas: bool = False


def records(lines: Iterable[str], dialect: Dialect) -> Iterator[Record]:
    """The records of text lines, blank ones too. Raises UnreadableStatement when a cell or a record is too large."""
    if len(dialect.delimiter) > 1:
        yield from (
            Record(number, line.rstrip("\r\n").split(dialect.delimiter)) for number, line in enumerate(lines, start=1)
        )
        return
    csv.field_size_limit(LONGEST_CELL)
    if dialect.formulas:
        lines = (line.replace('="', '"') for line in lines)
    held: list[str] = []
    reader = csv.reader(
        _held(lines, held),
        delimiter=dialect.delimiter,
        quoting=_quoting(dialect),
        skipinitialspace=dialect.spaced,
    )
    line, width = 1, 0
    try:
        for cells in reader:
            if len(held) == 1:
                width = len(cells)
            elif _swallowed(held[1:], dialect, width):
                raise UnreadableStatement("damaged", f"line {line} cannot be read: {_OPEN}")
            held.clear()
            if dialect.wrapped and len(cells) == 1:
                cells = next(csv.reader(cells, delimiter=dialect.delimiter), [])
            elif not dialect.quoted:
                cells = [cell.strip().strip('"') for cell in cells]
            if len(cells) > MOST_COLUMNS:
                raise UnreadableStatement("too_large", f"line {line} has more than {MOST_COLUMNS} columns")
            yield Record(line, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        reason = f"a field is too long: {_OPEN}" if "limit" in str(error) else str(error)
        raise UnreadableStatement("damaged", f"line {line} cannot be read: {reason}") from error


def _held(lines: Iterable[str], held: list[str]) -> Iterator[str]:
    """The lines, each kept until its record has been read."""
    for line in lines:
        held.append(line)
        yield line


def _swallowed(continued: list[str], dialect: Dialect, width: int) -> bool:
    """Whether a cell of several lines has taken in rows: lines that are whole ones by themselves."""
    alone = csv.reader(continued[:_LOOKED_AT], delimiter=dialect.delimiter, quoting=csv.QUOTE_NONE)
    return any(len(cells) >= max(width, _FEWEST) and is_data(cells) for cells in alone)


def _quoting(dialect: Dialect) -> Literal[0, 3]:
    return csv.QUOTE_MINIMAL if dialect.quoted else csv.QUOTE_NONE


def is_data(cells: list[str]) -> bool:
    """Whether a record carries a date and, in another cell, an amount."""
    dated = next((index for index, cell in enumerate(cells) if cell and looks_like_date(cell)), None)
    return dated is not None and any(
        cell and index != dated and looks_like_amount(cell) for index, cell in enumerate(cells)
    )


def detect_dialect(lines: list[str], delimiter: str | None = None) -> Dialect:
    """The dialect under which most lines carry a date and an amount in cells of their own."""
    sample = lines[:SAMPLE_LINES]
    text = "".join(sample)
    named = sample[0].strip().strip('"').lower() if sample else ""
    if delimiter is None and named.startswith("sep=") and len(named) > 4:
        delimiter = sample[0].strip().strip('"')[4:5]
    tried = [delimiter] if delimiter else [mark for mark in DELIMITERS if mark in text]
    best, best_score = Dialect(delimiter or ","), (0.0, 0.0)
    for mark in tried:
        plain = Dialect(mark, spaced=f'{mark} "' in text, formulas='="' in text)
        for dialect in (plain, plain._replace(wrapped=True), plain._replace(quoted=False)):
            score = _score(sample, dialect)
            if score > best_score:
                best, best_score = dialect, score
            if '"' not in text:
                break
    return best


def _score(sample: list[str], dialect: Dialect) -> tuple[float, float]:
    data, headings = 0, 0
    try:
        for record in records(sample, dialect):
            if len(record.cells) < 2:
                continue
            data += is_data(record.cells)
            headings = max(headings, len({role for cell in record.cells if (role := role_of(cell))}))
    except UnreadableStatement:
        return (0.0, 0.0)
    return (float(data), float(headings)) if headings or data else (0.0, 0.0)
