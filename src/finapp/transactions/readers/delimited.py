"""Delimited text (CSV, TSV and relatives) in whatever layout, read in batches with constant memory."""

import io
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from finapp.transactions.domain.statement import DateOrder, Mapping, NeedsMapping, RejectedRow, Statement, StatementRow
from finapp.transactions.readers.cards import is_of_card
from finapp.transactions.readers.dates import parts_of
from finapp.transactions.readers.detection import Context, Detected, detect
from finapp.transactions.readers.errors import UnreadableStatement
from finapp.transactions.readers.grid import Record, detect_dialect, records
from finapp.transactions.readers.hints import Hints, last4, read_hints
from finapp.transactions.readers.merging import merged_ynab
from finapp.transactions.readers.rows import Batch, RowLoop
from finapp.transactions.readers.signs import signed_by_balance
from finapp.transactions.readers.texts import encoding_of, refuse_binary
from finapp.transactions.readers.words import role_of

HEAD_RECORDS = 2400
BATCH = 5000
LONGEST_LINE = 1_000_000
_EIGHT_BITS = ("cp1252", "cp1250", "cp1251", "mac_roman")


class Reading:
    """A statement being read: batches first, then what is known once all of them have passed.

    `records` are those of the whole table's source, from its first line.
    """

    def __init__(
        self, detected: Detected, found: Iterable[Record], format: str, filename: str, *, cut: bool = False
    ) -> None:
        self.detected = detected
        self._format = format
        self._filename = filename
        self._found = found
        self._loop = RowLoop(detected.plan)
        self._first: date | None = None
        self._last: date | None = None
        self._ends: tuple[date, date] | None = None
        self._cut = cut
        """Whether the text ends without the end of a line: its last row may be a part of one."""
        self._part: Record | None = None

    @property
    def mapping(self) -> Mapping:
        """How the file is read."""
        return self.detected.mapping

    def batches(self, size: int = BATCH) -> Iterator[Batch]:
        """All rows, `size` at a time, in the order of the file."""
        start = self.detected.table.header_line
        body = itertools.dropwhile(lambda record: record.line <= start, self._found) if start else self._found
        found = self._loop.batches(self._complete(body) if self._cut else body, size)
        if self.detected.plan.money.sign == "balance":
            found = signed_by_balance(found, self.detected.plan.money.newest_first, self._opening)
        if self.detected.layout is not None and self.detected.layout.name == "YNAB register":
            found = merged_ynab(found)
        for batch in found:
            if batch.rows:
                first, last = min(row.date for row in batch.rows), max(row.date for row in batch.rows)
                self._first = first if self._first is None else min(self._first, first)
                self._last = last if self._last is None else max(self._last, last)
                self._ends = (self._ends[0] if self._ends else batch.rows[0].date, batch.rows[-1].date)
            yield batch
        if self._part is not None:
            text = " | ".join(self._part.cells)[:200]
            message = "the file ends inside this row: it is cut off"
            yield Batch([], [RejectedRow(line=self._part.line, code="unreadable", message=message, text=text)])

    def _complete(self, found: Iterable[Record]) -> Iterator[Record]:
        """The records without the last one where that is a row with fewer cells than the one before it."""
        plan, before = self.detected.plan, None
        width = plan.width
        for record in found:
            if before is not None:
                width = len(before.cells)
                yield before
            before = record
        if before is None:
            return
        dated = plan.date < len(before.cells) and plan.dates[before.cells[plan.date]] is not None
        if dated and len(before.cells) < width:
            self._part = before
        else:
            yield before

    def _opening(self) -> Decimal | None:
        return self._loop.findings.opening or self._hints([]).opening

    def _hints(self, after: list[list[str]]) -> Hints:
        plan = self.detected.plan
        before = [record.cells for record in self.detected.table.before]
        order = self.detected.mapping.date_order or "dmy"
        return read_hints(before, after, self._filename, self.detected.layout, plan.decimal, order)

    def statement(self, rows: tuple[StatementRow, ...] = (), rejected: tuple[RejectedRow, ...] = ()) -> Statement:
        """What the file says as a whole. Call it after the batches; pass the rows to keep them in the answer."""
        hints = self._hints(self._loop.findings.notes)
        detected, findings = self.detected, self._loop.findings
        money, account = detected.plan.money, hints.account
        own = {row.account_hint for row in rows[:1000]}
        if account.kind is None and detected.layout is None and is_of_card(detected, own):
            account = replace(account, kind="credit_card")
        # Above the rows of a card stands what is owed, without a sign.
        owed = account.kind == "credit_card" or money.sign == "inverted"
        turn = -1 if owed and money.balance is None else money.balance_sign
        opening = findings.opening if findings.opening is not None else _turned(hints.opening, turn)
        closing = findings.closing if findings.closing is not None else _turned(hints.closing, turn)
        currencies = {row.currency for row in rows[:1000] if row.currency}
        if account.number_last4 is None and len(own) == 1:
            account = replace(account, number_last4=last4(own.pop()))
        if account.currency is None and len(currencies) == 1:
            account = replace(account, currency=currencies.pop())
        account = replace(account, likely_currency=detected.likely_currency)
        return Statement(
            format=self._format,
            layout=detected.layout.name if detected.layout else self._format,
            account=account,
            opening_balance=opening,
            closing_balance=closing,
            first=hints.period[0] if hints.period else self._first,
            last=hints.period[1] if hints.period else self._last,
            rows=rows,
            rejected=rejected,
            mapping=detected.mapping,
            confidence=detected.confidence,
            warnings=detected.warnings,
            newest_first=self._newest_first(),
            openings=tuple(findings.openings),
        )

    def _newest_first(self) -> bool:
        """By the balances where they tell, else by the first and the last date."""
        if self.detected.plan.money.balance is not None and self.detected.confidence.get("balance"):
            return self.detected.plan.money.newest_first
        return self._ends is not None and self._ends[0] > self._ends[1]


def _turned(value: Decimal | None, turn: int) -> Decimal | None:
    return None if value is None else turn * value


def read_whole(reading: Reading) -> Statement:
    """The statement with all its rows."""
    rows: list[StatementRow] = []
    rejected: list[RejectedRow] = []
    for batch in reading.batches():
        rows += batch.rows
        rejected += batch.rejected
    return reading.statement(tuple(rows), tuple(rejected))


def open_delimited(source: BinaryIO, context: Context) -> Reading | NeedsMapping:
    """Detects the layout from the head of the source and returns a reading of all of it, or a question.

    The source must be seekable and stay open until the batches have been used up.
    """
    source.seek(0)
    head = source.read(8192)
    encoding = context.given.encoding or encoding_of(source, context.country)
    if encoding == "cp1252" and not context.given.encoding:
        # The first of several that know as many headings: the western one stands in front.
        encoding = max(_EIGHT_BITS, key=lambda each: _known(head, each))
    refuse_binary(head, encoding)
    lines = list(itertools.islice(_lines(source, encoding), HEAD_RECORDS + 200))
    dialect = detect_dialect(lines, context.given.delimiter)
    sample = list(itertools.islice(records(lines, dialect), HEAD_RECORDS))
    known = replace(context.given, encoding=encoding, delimiter=dialect.delimiter)
    detected = detect(sample, replace(context, given=known))
    if len(sample) == HEAD_RECORDS and known.date_order is None and not _proven(detected):
        order = _order_of_all(records(_lines(source, encoding), dialect), _date_column(detected))
        if order is not None:
            detected = detect(sample, replace(context, given=replace(known, date_order=order)))
    if isinstance(detected, NeedsMapping):
        return detected
    cut = not _ends_a_line(source)
    return Reading(detected, records(_lines(source, encoding), dialect), "csv", context.filename, cut=cut)


def _ends_a_line(source: BinaryIO) -> bool:
    source.seek(max(source.seek(0, io.SEEK_END) - 4, 0))
    return source.read().rstrip(b"\0").endswith((b"\n", b"\r"))


def _proven(detected: Detected | NeedsMapping) -> bool:
    """Whether the first rows alone prove the order of the dates."""
    if isinstance(detected, NeedsMapping):
        return detected.question != "date_order"
    return detected.confidence["date_order"] >= 0.97


def _date_column(detected: Detected | NeedsMapping) -> int:
    if isinstance(detected, Detected):
        return detected.plan.date
    return detected.headings.index(detected.mapping.date or "")


def _order_of_all(found: Iterable[Record], column: int) -> DateOrder | None:
    """The order that the first date with a number above 12 proves; None when no date of the file does."""
    seen: set[str] = set()
    for record in found:
        if column >= len(record.cells) or record.cells[column] in seen:
            continue
        seen.add(record.cells[column])
        parts = parts_of(record.cells[column])
        if parts and not parts.fixed and max(parts.first, parts.second) > 12 >= min(parts.first, parts.second):
            return "dmy" if parts.first > 12 else "mdy"
    return None


def _known(head: bytes, encoding: str) -> int:
    """How many cells of the first lines are headings we know, read in this encoding."""
    text = head.decode(encoding, "replace")
    return sum(role_of(cell) is not None for line in text.splitlines()[:40] for cell in re.split(r'[,;\t|"]', line))


def _lines(source: BinaryIO, encoding: str) -> Iterator[str]:
    """The lines of the source from its start. The source stays open afterwards."""
    source.seek(0)
    text = io.TextIOWrapper(source, encoding=encoding, errors="replace", newline="")
    try:
        while line := text.readline(LONGEST_LINE):
            if len(line) == LONGEST_LINE:
                raise UnreadableStatement("too_large", "a line of the file is longer than any statement's")
            yield line.replace("\0", "") if "\0" in line else line
    finally:
        # A reading that was given up may be cleared away after its source.
        if not source.closed:
            text.detach()
