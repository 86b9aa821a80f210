"""Tells which days of a file are known, before anything else is done with their rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter

from finapp.platform.packing import packed
from finapp.transactions.domain.known_days import Key, KnownDays, Repeats
from finapp.transactions.readers.shelf import AMOUNT, BALANCE, BANK_ID, CURRENCY, DATE, DESCRIPTION, LINE, Plain

_AT_ONCE = 5_000
"""Known rows that are told in one message, and so in one write."""
_SIZE = 16
"""Bytes of a digest."""


def digest(rows: Sequence[Key]) -> str:
    """A digest of the rows of one day, given in the order of their amounts and, of equal ones, as they stand."""
    return blake2b(packed(list(rows)), digest_size=_SIZE).hexdigest()


@dataclass
class Sieve:
    """Takes the rows of known days out of a part of a file."""

    known: KnownDays
    _days: list[str] = field(default_factory=list)
    _digests: list[str] = field(default_factory=list)
    _lines: list[int] = field(default_factory=list)

    def left(self, rows: Sequence[Plain]) -> list[Plain]:
        """Those of some whole days' rows that are not known; the others are kept for `told`."""
        found: list[Plain] = []
        for number, group in groupby(rows, key=itemgetter(DATE)):
            day, own = date.fromordinal(number).isoformat(), list(group)
            wanted = self.known.digests.get(day)
            keyed = self._keyed(own) if wanted is not None else None
            if keyed is None or wanted is None or digest([key for key, _ in keyed]) != wanted:
                found += own
            else:
                self._days.append(day)
                self._digests.append(wanted)
                self._lines += [line for _, line in keyed]
        return found

    def told(self, *, last: bool) -> Iterator[Repeats]:
        """The known rows that have come together, when they are many or the `last`."""
        if self._lines and (last or len(self._lines) >= _AT_ONCE):
            yield Repeats(self.known.part, self.known.account_id, self._days, self._digests, self._lines)
            self._days, self._digests, self._lines = [], [], []

    def _keyed(self, rows: Sequence[Plain]) -> list[tuple[Key, int]] | None:
        """The keys of a day's rows with their lines, in the order of their amounts; None when one has another
        currency, or an amount that the account's cannot hold."""
        exponent, currency = self.known.exponent, self.known.currency
        keyed = []
        for row in rows:
            amount = _minor(row[AMOUNT], exponent)
            short = len(row) <= BANK_ID
            if amount is None or not (short or row[CURRENCY] in (None, currency)):
                return None
            printed = row[BALANCE]
            balance = None if printed is None else _minor(printed, exponent)
            keyed.append(((amount, row[DESCRIPTION], None if short else row[BANK_ID], balance), row[LINE]))
        # Sorting is stable: rows of equal amounts stay as the file has them.
        keyed.sort(key=_amount)
        return keyed


def _amount(keyed: tuple[Key, int]) -> int:
    return keyed[0][0]


def _minor(text: str, exponent: int) -> int | None:
    """A printed number in minor units; None for one with more decimals than the currency has."""
    whole, _, part = text.partition(".")
    if len(part) == exponent and part.isdigit():
        return int(whole + part)
    scaled = Decimal(text).scaleb(exponent)
    return int(scaled) if scaled == scaled.to_integral_value() else None
