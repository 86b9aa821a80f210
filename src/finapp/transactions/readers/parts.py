"""A file read into parts: a statement for each account and currency, the rows on a shelf on disk."""

import os
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from finapp.transactions.domain.known_days import KnownDays, Repeats
from finapp.transactions.domain.parts import Glimpse, Part, Read
from finapp.transactions.domain.reconciliation import Tally
from finapp.transactions.domain.statement import (
    AccountHint,
    RejectedRow,
    Statement,
    StatementRow,
    named_account,
)
from finapp.transactions.readers.delimited import Reading
from finapp.transactions.readers.known_days import Sieve
from finapp.transactions.readers.shelf import Plain, Shelf, restored

_MOST_REJECTED = 20_000
_SEEN = 1_000
_SAMPLED = 60
_AT_EACH_END = 30
Purse = tuple[str | None, str | None]
"""The name of an account and a currency, as rows print them."""


class Parts:
    """Fills a shelf with the rows of one file, and says what stands there once all have been read."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._numbers: dict[Purse, int] = {}
        self._tallies: list[Tally] = []
        self._counts: list[int] = []
        self._days: list[tuple[date, date]] = []
        self._samples: list[list[tuple[date, Decimal]]] = []
        self._ends: list[tuple[list[StatementRow], list[StatementRow]]] = []
        self._pending: set[int] = set()
        """The parts with rows that are not booked yet."""
        self._sample: list[StatementRow] = []
        self._rejected: list[RejectedRow] = []
        self._rejections = 0
        self._currency: str | None = None
        """Of rows that print none."""

    def read(self, found: Reading | Statement, source: BinaryIO) -> Iterator[Read]:
        """Puts every row on the shelf and tells how far it is."""
        if isinstance(found, Statement):
            self._currency = found.account.currency
            self._take(found.rows, found.rejected)
            return
        size = source.seek(0, os.SEEK_END)
        done = 0
        for batch in found.batches():
            self._take(batch.rows, batch.rejected)
            done += len(batch.rows) + len(batch.rejected)
            at = source.tell()
            yield Read(done, round(done * size / at) if size and at else None)

    def made(self, found: Reading | Statement) -> tuple[Part, ...]:
        """The parts in the order of their first rows. Call it after `read`."""
        if isinstance(found, Reading):
            statement = found.statement(tuple(self._sample), tuple(self._rejected))
        else:
            statement = replace(found, rejected=tuple(self._rejected))
        statement = replace(statement, rows=())
        purses = [*self._numbers, *self._without_rows(statement)]
        if len(purses) < 2:
            return (self._only(statement, *purses),)
        several = len({name for name, _ in purses}) > 1
        return tuple(self._part(statement, purse, several) for purse in purses)

    def _without_rows(self, statement: Statement) -> dict[Purse, None]:
        """The accounts of which the file says only what they held."""
        names = {name for name, _ in self._numbers}
        found = dict[Purse, None]()
        for each in statement.openings:
            purse = each.account, each.currency or self._currency
            known = purse in self._numbers or (purse[1] is None and each.account in names)
            if each.amount and not known:
                found[purse] = None
        return found

    def slices(self, part: int, size: int, known: KnownDays | None = None) -> Iterator[list[StatementRow] | Repeats]:
        """The rows of a part, oldest first, whole days together; those of days that are known only by their lines."""
        if part >= len(self._counts):
            return
        # A row that is not booked yet may be one of any day near it: then all rows are looked at.
        if known is None or part in self._pending:
            for rows in self._shelf.slices(part, size):
                yield [restored(row) for row in rows]
            return
        sieve, left = Sieve(known), list[Plain]()
        for rows in self._shelf.slices(part, size):
            left += sieve.left(rows)
            yield from sieve.told(last=False)
            if len(left) >= size:
                yield [restored(row) for row in left]
                left = []
        yield from sieve.told(last=True)
        if left:
            yield [restored(row) for row in left]

    def _take(self, arrived: Sequence[StatementRow], rejected: Sequence[RejectedRow]) -> None:
        rows = _composed(arrived)
        self._rejections += len(rejected)
        self._rejected += rejected[: max(_MOST_REJECTED - len(self._rejected), 0)]
        self._sample += rows[: max(_SEEN - len(self._sample), 0)]
        purses: dict[Purse, list[StatementRow]] = {}
        for row in rows:
            purses.setdefault((row.account_hint, row.currency or self._currency), []).append(row)
        for purse, own in purses.items():
            number = self._numbers.setdefault(purse, len(self._numbers))
            if number == len(self._tallies):
                self._tallies.append(Tally())
                self._counts.append(0)
                self._days.append((own[0].date, own[0].date))
                self._samples.append([])
                self._ends.append(([], []))
            sample = self._samples[number]
            sample += [(row.date, row.amount) for row in own[: max(_SAMPLED - len(sample), 0)]]
            head, tail = self._ends[number]
            left = max(_AT_EACH_END - len(head), 0)
            head += own[:left]
            tail[:] = [*tail, *own[left:][-_AT_EACH_END:]][-_AT_EACH_END:]
            tally = self._tallies[number]
            first, last = self._days[number]
            for row in own:
                tally.add(row)
                if row.status == "pending":
                    self._pending.add(number)
                day = row.date
                if day < first:
                    first = day
                elif day > last:
                    last = day
            self._days[number] = first, last
            self._counts[number] += len(own)
            self._shelf.add(number, own)

    def _only(self, statement: Statement, purse: Purse = (None, None)) -> Part:
        tally = self._tallies[0] if self._tallies else Tally()
        stated = statement.opening_balance, statement.closing_balance
        balances = tally.balances(*stated, newest_first=statement.newest_first)
        name, currency = purse
        if statement.account.currency is None and currency is not None:
            statement = replace(statement, account=replace(statement.account, currency=currency))
        if name is not None and statement.account.name is None:
            account = _account(statement, statement.account, name, statement.account.currency)
            statement = replace(statement, account=account)
        sample = tuple(self._samples[0]) if self._samples else ()
        return Part(
            statement=statement,
            rows=sum(self._counts),
            rejected=self._rejections,
            balances=balances,
            first=self._days[0][0] if self._days else None,
            last=self._days[0][1] if self._days else None,
            sample=sample,
            ends=self._glimpses(0) if self._ends else (),
        )

    def _glimpses(self, number: int) -> tuple[Glimpse, ...]:
        head, tail = self._ends[number]
        return tuple(Glimpse(date=row.date, amount=row.amount, text=row.description) for row in (*head, *tail))

    def _part(self, statement: Statement, purse: Purse, several: bool) -> Part:
        number = self._numbers.get(purse)
        name, currency = purse
        known = replace(statement.account, number_last4=None) if several else statement.account
        opened = [one.on for one in statement.openings if one.account == name and one.currency in (None, currency)]
        first, last = self._days[number] if number is not None else (opened[0], opened[0])
        stated = statement.balances_of(name, currency)
        own = replace(
            statement,
            account=_account(statement, known, name, currency or known.currency),
            opening_balance=stated[0],
            closing_balance=stated[1],
            first=first,
            last=last,
            rejected=statement.rejected if number == 0 else (),
        )
        tally = self._tallies[number] if number is not None else Tally()
        balances = tally.balances(*stated, newest_first=statement.newest_first)
        rejected = self._rejections if number == 0 else 0
        return Part(
            statement=own,
            rows=self._counts[number] if number is not None else 0,
            rejected=rejected,
            balances=balances,
            first=first,
            last=last,
            sample=tuple(self._samples[number]) if number is not None else (),
            ends=self._glimpses(number) if number is not None else (),
        )


def _account(statement: Statement, known: AccountHint, name: str | None, currency: str | None) -> AccountHint:
    """What the file says of one account: in words of its own where it has them, else by the name its rows use."""
    said = statement.accounts.get(name or "")
    return named_account(known, name, currency) if said is None else replace(said, currency=currency or said.currency)


def _composed(rows: Sequence[StatementRow]) -> Sequence[StatementRow]:
    """The rows with each letter and its accent as one character, as a person types them who looks for the row."""
    if all(row.description.isascii() for row in rows):
        return rows
    return [row._replace(description=unicodedata.normalize("NFC", row.description)) for row in rows]
