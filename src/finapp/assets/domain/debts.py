"""What is owed on given days, by schedule, ledger account or statement."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from finapp.assets.domain.schedule import amortize, payable
from finapp.assets.public import (
    LiabilityDetails,
    LoanTerms,
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
    part_payments: tuple[PartPayment, ...] = ()

    @property
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


def _plain_part(part: PartPayment) -> PartPayment:
    return PartPayment(date=part.date, amount=part.amount, keep=part.keep, fee=part.fee)


def owed(debt: Debt, days: Sequence[date]) -> list[Owed]:
    """What is owed at the end of each of `days` (ascending) if everything due was paid; 0 before the start."""
    details, terms = debt.details, debt.terms
    rows = amortize(terms).rows if terms is not None else ()
    places = exponent(details.currency)
    answers, balance, on, position = [], details.principal, details.start, 0
    minor = round(balance.scaleb(places))
    for day in days:
        seen = position
        while position < len(rows) and rows[position].date <= day:
            position += 1
        if position > seen:
            # A schedule carried unrounded owes a part of a minor unit; the balance sheet shows whole ones.
            balance, on = rows[position - 1].balance, rows[position - 1].date
            minor = round(balance.scaleb(places))
        if day < details.start or (details.closed_on is not None and day >= details.closed_on):
            answers.append(Owed(0, None, "closed"))
        else:
            answers.append(Owed(minor, on, "stated" if terms is None else "schedule"))
    return answers


def rate_on(debt: Debt, day: date) -> Decimal | None:
    """The yearly rate in force at the end of a day; None when none is known."""
    terms = debt.terms
    changes = [change for change in debt.rate_changes if change.date <= day]
    if changes:
        return max(changes, key=lambda change: change.date).annual_rate
    return debt.details.annual_rate if terms is None else amortize(terms).annual_rate
