"""Writes statements: one file of one account, or all files of a household with the truth about duplicates."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from finapp.app.demo.household import Household
from finapp.app.demo.statements import america, europe, india
from finapp.app.demo.statements.sheet import Layout, Sheet
from finapp.app.demo.truth import Account, Row, Statement
from finapp.kernel.months import add_months

LAYOUTS: dict[str, Layout] = {layout.name: layout for layout in (*india.LAYOUTS, *america.LAYOUTS, *europe.LAYOUTS)}


def written(layout: str, sheet: Sheet) -> Iterator[bytes]:
    """The statement in that layout, line by line. Raises KeyError for an unknown layout.

    Layouts that print the newest row first, or totals above the rows, hold the sheet's rows in memory.
    """
    form = LAYOUTS[layout]
    first = True
    for line in form.lines(sheet):
        # Only the first line carries the byte order mark that some encodings begin with.
        encoding = form.encoding if first or form.encoding != "utf-8-sig" else "utf-8"
        yield (line + form.newline).encode(encoding, errors="replace")
        first = False


def whole_history(household: Household, account_id: str, layout: str | None = None) -> Iterator[bytes]:
    """One statement of everything an account ever booked, in its bank's layout or in `layout`, as a stream."""
    account = household.account(account_id)
    sheet = Sheet(
        account=account,
        first=household.first,
        last=household.last,
        opening=account.opening_balance,
        rows=household.rows(account_id),
    )
    return written(layout or account.layout or "plain", sheet)


@dataclass(kw_only=True)
class _Shelf:
    """The rows of one account that are waiting for their file, and those that a next file repeats."""

    account: Account
    balance: Decimal
    waiting: list[Row] = field(default_factory=list)
    kept: list[Row] = field(default_factory=list)


def statements(
    household: Household,
    *,
    months: int = 1,
    overlap_days: int = 0,
    repeat_every: int = 0,
    layout: str | None = None,
) -> Iterator[Statement]:
    """Every account's statements over periods of `months`, period by period, one period in memory.

    With `overlap_days` each file begins that many days before its period. With `repeat_every` n each n-th file is
    followed by the same period exported again. `layout` overrides the banks' own layouts.
    """
    shelves = {
        account.id: _Shelf(account=account, balance=account.opening_balance)
        for account in household.accounts
        if account.layout is not None
    }
    export = _Export(layout=layout, overlap=timedelta(days=overlap_days), repeat_every=repeat_every)
    begin = household.first
    end = add_months(begin.replace(day=1), months)
    for row in household.rows():
        while row.date >= end:
            yield from export.period(shelves, begin, end - timedelta(days=1))
            begin, end = end, add_months(end, months)
        shelves[row.account_id].waiting.append(row)
    yield from export.period(shelves, begin, household.last)


@dataclass(kw_only=True)
class _Export:
    layout: str | None
    overlap: timedelta
    repeat_every: int
    count: int = 0

    def period(self, shelves: dict[str, _Shelf], begin: date, end: date) -> Iterator[Statement]:
        """The files of one period, one per account."""
        for shelf in shelves.values():
            old = [row for row in shelf.kept if row.date >= begin - self.overlap]
            first = begin - self.overlap if old else begin
            statement = self._file(shelf, old, first, end)
            yield statement
            self.count += 1
            if self.repeat_every and self.count % self.repeat_every == 0:
                yield self._again(statement)
            shelf.kept = [row for row in old + shelf.waiting if row.date > end - self.overlap] if self.overlap else []
            shelf.balance = shelf.waiting[-1].balance if shelf.waiting else shelf.balance
            shelf.waiting = []

    def _file(self, shelf: _Shelf, old: list[Row], first: date, last: date) -> Statement:
        rows = old + shelf.waiting
        opening = rows[0].balance - rows[0].amount if rows else shelf.balance
        name = self.layout or shelf.account.layout or "plain"
        sheet = Sheet(account=shelf.account, first=first, last=last, opening=opening, rows=rows)
        keys = [row.key for row in rows]
        return Statement(
            filename=f"{shelf.account.id}-{first:%Y%m%d}-{last:%Y%m%d}.{LAYOUTS[name].suffix}",
            account_id=shelf.account.id,
            layout=name,
            first=first,
            last=last,
            opening=opening,
            closing=rows[-1].balance if rows else shelf.balance,
            content=b"".join(written(name, sheet)),
            row_keys=tuple(reversed(keys) if LAYOUTS[name].reverse else keys),
            duplicate_keys=tuple(row.key for row in old),
        )

    @staticmethod
    def _again(statement: Statement) -> Statement:
        stem, suffix = statement.filename.rsplit(".", 1)
        return Statement(
            filename=f"{stem} (1).{suffix}",
            account_id=statement.account_id,
            layout=statement.layout,
            first=statement.first,
            last=statement.last,
            opening=statement.opening,
            closing=statement.closing,
            content=statement.content,
            row_keys=statement.row_keys,
            duplicate_keys=statement.row_keys,
        )
