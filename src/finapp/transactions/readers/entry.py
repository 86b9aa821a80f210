"""One door for every statement file: what it is by its first bytes, then its reader."""

import io
from collections.abc import Callable
from typing import BinaryIO

from finapp.platform.foreign_sqlite import MAGIC
from finapp.transactions.domain.statement import Mapping, NeedsMapping, Statement
from finapp.transactions.readers.actual import is_actual_archive, read_actual_archive
from finapp.transactions.readers.archives import refuse_archive
from finapp.transactions.readers.camt import is_camt, read_camt
from finapp.transactions.readers.delimited import Reading, open_delimited, read_whole
from finapp.transactions.readers.detection import Context
from finapp.transactions.readers.errors import UnreadableStatement
from finapp.transactions.readers.gnucash import in_english, is_gnucash, read_gnucash
from finapp.transactions.readers.grid import Record, detect_dialect, records
from finapp.transactions.readers.hints import order_of_country
from finapp.transactions.readers.journals import is_beancount, is_journal, read_journal
from finapp.transactions.readers.labelled import is_labelled, labelled_table
from finapp.transactions.readers.mt940 import is_mt940, read_mt940
from finapp.transactions.readers.ofx import is_ofx, read_ofx
from finapp.transactions.readers.pdf import read_pdf
from finapp.transactions.readers.qif import is_qif, read_qif
from finapp.transactions.readers.rivals import (
    is_actual,
    is_firefly,
    is_wise_list,
    read_firefly,
    read_wise_list,
    with_transfers,
    with_wholes,
    without_wholes,
)
from finapp.transactions.readers.runway import read_runway
from finapp.transactions.readers.sheets import (
    best_table,
    check_archive,
    is_html,
    names_inside,
    read_html,
    read_workbook,
)
from finapp.transactions.readers.texts import encoding_of, refuse_binary

_ARCHIVES = {
    "Index/": "a Numbers document; export it as CSV or XLSX and import that",
    "word/": "a Word document, not a statement; ask the bank for CSV, OFX or PDF",
    "ppt/": "a presentation, not a statement",
}
"""What an archive is by the names inside it."""
_HEAD = 8000
_CHUNK = 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"Rar!": "an archive",
    b"7z\xbc\xaf": "an archive",
}


def read_statement(
    content: bytes,
    *,
    filename: str = "",
    mapping: Mapping | None = None,
    country: str | None = None,
    currency: str | None = None,
    password: str | None = None,
    account_kind: str | None = None,
) -> Statement | NeedsMapping:
    """Reads a statement file of any supported format.

    `mapping` overrides what is detected. `country` (ISO 3166) and `currency` (ISO 4217) decide only what the file
    leaves open, and so does `account_kind`, the kind of the account the file is imported into (`checking`, `savings`,
    `cash`, `credit_card` ...): amounts without a sign are money out on a credit card, and money in, as printed, on an
    account that holds money, unless the wording says otherwise. Without it they are asked about.

    The answer is the statement, or the one question that must be answered by a mapping first. Raises
    UnreadableStatement, in words a person understands, for a file that is no statement.
    """
    context = Context(
        filename=filename, country=country, currency=currency, account_kind=account_kind, given=mapping or Mapping()
    )
    found = open_statement(io.BytesIO(content), context, password)
    return with_transfers(read_whole(found)) if isinstance(found, Reading) else found


def open_statement(
    source: BinaryIO, context: Context, password: str | None = None
) -> Reading | Statement | NeedsMapping:
    """As `read_statement`, of a seekable source that stays open; delimited text is left to be read in batches."""
    source.seek(0)
    head = source.read(_HEAD)
    if not head.strip() and not _has_text(source):
        raise UnreadableStatement("empty", "the file is empty")
    if b"%PDF-" in head[:1024]:
        return read_pdf(_whole(source), password=password, country=context.country, given=context.given)
    if head.startswith(_OLE):
        return read_workbook(_whole(source), context)
    if head.startswith(b"PK\x03\x04"):
        return _read_archive(_whole(source), context)
    if head.startswith(MAGIC):
        return read_runway(_whole(source), context.currency, context.given)
    for start, name in _OTHERS.items():
        if head.startswith(start):
            raise UnreadableStatement("binary", f"the file is {name}, not a statement")
    return _open_text(source, head, context)


def _whole(source: BinaryIO) -> bytes:
    source.seek(0)
    return source.read()


def _has_text(source: BinaryIO) -> bool:
    """Whether anything but blanks follows."""
    while piece := source.read(_CHUNK):
        if piece.strip():
            return True
    return False


def _read_archive(content: bytes, context: Context) -> Statement | NeedsMapping:
    names = names_inside(content)
    if any(name.startswith(("xl/", "content.xml")) for name in names):
        check_archive(content)
        return read_workbook(content, context)
    if is_actual_archive(names):
        return read_actual_archive(content)
    kind = next((said for start, said in _ARCHIVES.items() if any(name.startswith(start) for name in names)), None)
    if kind is not None:
        raise UnreadableStatement("unknown_format", f"the file is {kind}")
    raise refuse_archive(names)


def _open_text(source: BinaryIO, start: bytes, context: Context) -> Reading | Statement | NeedsMapping:
    encoding = context.given.encoding or encoding_of(source, context.country)
    refuse_binary(start, encoding)
    head = start.decode(encoding, "replace").lstrip("\ufeff")
    if head.lstrip().startswith("<?xml") and is_camt(head):
        return read_camt(_whole(source))
    text_reader = _text_reader(head, context)
    if text_reader is not None:
        return text_reader(_whole(source).decode(encoding, "replace"))
    if is_labelled(head):
        return best_table([labelled_table(_whole(source).decode(encoding, "replace"))], "text", context)
    lines = head.splitlines(keepends=True)
    dialect = detect_dialect(lines[:20])
    headings = next(iter(records(lines[:1], dialect)), None)
    reader = _program_reader(headings.cells if headings else [], context)
    if reader is not None:
        text = _whole(source).decode(encoding, "replace").lstrip("\ufeff")
        return reader(list(records(text.splitlines(keepends=True), detect_dialect(lines[:20]))))
    if (
        headings is not None
        and in_english(list(records(lines if len(start) < _HEAD else lines[:-1], dialect))) is not None
    ):
        text = _whole(source).decode(encoding, "replace").lstrip("\ufeff")
        translated = in_english(list(records(text.splitlines(keepends=True), dialect)))
        if translated is not None:
            return read_gnucash(translated, order_of_country(context.country), context.given)
    return open_delimited(source, context)


def _program_reader(headings: list[str], context: Context) -> Callable[[list[Record]], Statement | NeedsMapping] | None:
    """The reader of another program's export whose rows are not plain bank rows; None for all other tables."""
    if is_firefly(headings):
        return read_firefly
    if is_gnucash(headings):
        return lambda found: read_gnucash(found, order_of_country(context.country), context.given)
    if is_wise_list(headings):
        return read_wise_list
    if is_actual(headings):
        return lambda found: _of_actual(found, context)
    return None


def _of_actual(found: list[Record], context: Context) -> Statement | NeedsMapping:
    kept, wholes = without_wholes(found)
    read = best_table([kept], "csv", context)
    return with_wholes(with_transfers(read), wholes) if isinstance(read, Statement) else read


def _text_reader(head: str, context: Context) -> Callable[[str], Statement | NeedsMapping] | None:
    """The reader of a format that names its fields; None for tables. Raises UnreadableStatement for foreign XML."""
    if is_ofx(head):
        return read_ofx
    if is_html(head) and not head.lstrip().startswith("<?xml"):
        return lambda text: read_html(text, context)
    if head.lstrip().startswith("<"):
        raise UnreadableStatement("unknown_format", "the file is XML of a kind that is not a bank statement")
    if is_qif(head):
        return lambda text: read_qif(text, order_of_country(context.country), context.given)
    if is_mt940(head):
        return read_mt940
    if is_beancount(head) or is_journal(head):
        return lambda text: read_journal(text, is_beancount(head))
    return None
