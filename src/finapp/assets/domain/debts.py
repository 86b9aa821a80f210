"""What is owed on given days, by schedule, ledger account or statement."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from finapp.assets.domain.amortization import Entry
from finapp.assets.domain.schedule import amortize, payable
from finapp.assets.public import (
    LiabilityDetails,
    LoanTerms,
    NewPartPayment,
    OutstandingSource,
    PartPayment,
    RateChange,
)
from finapp.kernel.money import exponent

_OF_CONTRACT = [
    field.name for field in fields(LoanTerms) if field.name in {item.name for item in fields(LiabilityDetails)}
]


class Owed(NamedTuple):
    """All of a debt at the end of a day, positive, in minor units."""

    minor: int
    on: date | None
    source: OutstandingSource


@dataclass(frozen=True, kw_only=True)
class Debt:
    """A liability with what has happened to it."""

    id: str
    details: LiabilityDetails
    rate_changes: tuple[RateChange, ...] = ()
    part_payments: tuple[NewPartPayment, ...] = ()

    @cached_property
    def terms(self) -> LoanTerms | None:
        """Its terms as a loan; None when too little is stated for a schedule."""
        details = self.details
        known = [details.annual_rate, details.months or details.instalments, details.instalment]
        if details.principal <= 0 or sum(item is not None for item in known) < 2:
            return None
        terms = LoanTerms(
            **{name: getattr(details, name) for name in _OF_CONTRACT},
            rate_changes=tuple(_plain_change(change) for change in self.rate_changes),
            prepayments=tuple(_plain_part(part) for part in self.part_payments),
        )
        return payable(terms, details.currency)


def _plain_change(change: RateChange) -> RateChange:
    return RateChange(date=change.date, annual_rate=change.annual_rate, keep=change.keep)


def later_changes(debt: Debt, day: date) -> tuple[RateChange, ...]:
    """Resets of the rate after a day, by date."""
    later = (_plain_change(change) for change in debt.rate_changes if change.date > day)
    return tuple(sorted(later, key=lambda change: change.date))


def _plain_part(part: PartPayment) -> PartPayment:
    return PartPayment(date=part.date, amount=part.amount, keep=part.keep, fee=part.fee)


def owed(debt: Debt, days: Sequence[date]) -> list[Owed]:
    """What is owed at the end of each of `days` (ascending) if everything due was paid; 0 before the start."""
    source: OutstandingSource = "stated" if debt.terms is None else "schedule"
    dues = [debt.details.start, *(entry.date for entry in _entries(debt))]
    return [
        Owed(0, None, "closed") if at is None else Owed(minor, dues[at], source)
        for at, minor in zip(_reached(debt, days), minors(debt, days), strict=True)
    ]


def minors(debt: Debt, days: Sequence[date]) -> list[int]:
    """The amounts of `owed` without where they come from: for many days of many debts."""
    entries, places = _entries(debt), exponent(debt.details.currency)
    answers: list[int] = []
    known, minor = 0, round(debt.details.principal.scaleb(places))
    for at in _reached(debt, days):
        if at is not None and at > known:
            # A schedule carried unrounded owes a part of a minor unit; the balance sheet shows whole ones.
            known, minor = at, round(entries[at - 1].balance.scaleb(places))
        answers.append(0 if at is None else minor)
    return answers


def _entries(debt: Debt) -> Sequence[Entry]:
    return () if debt.terms is None else amortize(debt.terms).entries


def _reached(debt: Debt, days: Sequence[date]) -> list[int | None]:
    """How many entries are due up to each day; None before the start and from the day it was closed."""
    dues = [entry.date for entry in _entries(debt)]
    start, closed = debt.details.start, debt.details.closed_on or date.max
    return [bisect_right(dues, day) if start <= day < closed else None for day in days]


def rate_on(debt: Debt, day: date) -> Decimal | None:
    """The yearly rate in force at the end of a day; None when none is known."""
    terms = debt.terms
    changes = [change for change in debt.rate_changes if change.date <= day]
    if changes:
        return max(changes, key=lambda change: change.date).annual_rate
    return debt.details.annual_rate if terms is None else amortize(terms).annual_rate
