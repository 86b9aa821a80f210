"""A file on its way into the ledger: one part for each account and currency, and its rows slice by slice."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from finapp.transactions.domain.categorizer import Suggestion
from finapp.transactions.domain.reconciliation import Balances
from finapp.transactions.domain.statement import Statement, StatementRow


@dataclass(frozen=True, kw_only=True)
class Glimpse:
    """One row of a part, as far as it tells whose it is."""

    date: date
    amount: Decimal
    text: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """What a file says of one account in one currency: everything but its rows."""

    statement: Statement
    """Without rows. The refused rows of the whole file, at most 20,000, stand with the first part."""
    rows: int
    rejected: int
    balances: Balances
    first: date | None = None
    last: date | None = None
    """The first and the last day that has a row."""
    sample: tuple[tuple[date, Decimal], ...] = ()
    """Day and amount of some rows."""
    ends: tuple[Glimpse, ...] = ()
    """Its first rows and its last ones."""


def labels(parts: Sequence[Part]) -> tuple[str, ...]:
    """What to call each part of a file: the account's name as the file has it, with the currency where that tells."""
    names = [part.statement.account.name for part in parts]
    return tuple(
        name
        if name is not None and names.count(name) == 1
        else f"{name or ''} {part.statement.account.currency}".strip()
        for name, part in zip(names, parts, strict=True)
    )


@dataclass(frozen=True)
class Slice:
    """Rows of whole days of one part, oldest first, with what the categorizer and their narrations say of each."""

    part: int
    rows: list[StatementRow] = field(repr=False)
    said: list[Suggestion] = field(repr=False)
    cues: list[int] = field(repr=False)
    """What the narration of each says to money movement."""

    def __len__(self) -> int:
        return len(self.rows)

    def portion(self, start: int, size: int) -> "Slice":
        """At least `size` of the rows from `start` on, whole days together; all of them where fewer are left."""
        end = min(start + size, len(self.rows))
        while end < len(self.rows) and self.rows[end].date == self.rows[end - 1].date:
            end += 1
        if end - start == len(self.rows):
            return self
        return Slice(self.part, self.rows[start:end], self.said[start:end], self.cues[start:end])


@dataclass(frozen=True)
class Read:
    """How many rows have been read, and how many there will be as far as can be told."""

    rows: int
    total: int | None
