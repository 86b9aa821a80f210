"""One part of the money month by month: a category, what the bank takes, what comes in without work."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finapp.analytics.domain.cash_flow import Piece
from finapp.analytics.domain.coverage import Covered
from finapp.analytics.domain.explained import made_of
from finapp.analytics.domain.medians import median
from finapp.analytics.domain.queries import Place
from finapp.analytics.domain.summary import assumptions
from finapp.analytics.domain.sums import Sum, Sums, share
from finapp.analytics.public import History, HistoryMonth, HistorySubject
from finapp.kernel.basis import Basis, Figure, Input, Rows
from finapp.kernel.money import from_minor, rounded

VERSION = 1
BANK_CHARGES, PASSIVE_INCOME = ("bank_fees",), ("income_interest",)
"""The categories of what the bank takes, and of what money earns: interest, dividends, rent entered below it."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a history is about: rows of some flows in some categories, which `conditions` find."""

    name: HistorySubject
    category_id: str
    inside: Collection[str]
    flows: Collection[str]
    outgoing: bool
    beside: str
    """The figure its share is of: `income` or `expenses`."""

    def has(self, item: Sum) -> bool:
        """Whether a sum belongs to it."""
        return item.flow in self.flows and item.category_id in self.inside

    @property
    def conditions(self) -> dict[str, str]:
        """The filter of its rows."""
        return {"category_id": self.category_id, "kind": ",".join(self.flows)}


def history(
    place: Place, sums: Sums, parts: list[Piece], subject: Subject, *, whole: Decimal, span: Covered | None, as_of: date
) -> History:
    """The subject in each of `parts`, the months of the place. `whole` is the figure its share is of."""
    items = [item for item in sums.items if subject.has(item)]
    months = tuple(_month(place, sums, part, items, subject, span) for part in parts)
    complete = [month.amount for month in months if month.complete]
    amount = sum((month.amount for month in months), from_minor(0, sums.currency))
    part = share(amount, whole)
    return History(
        as_of=as_of,
        subject=subject.name,
        category_id=subject.category_id,
        first=place.first,
        last=place.last,
        currency=sums.currency,
        amount=amount,
        share=part,
        share_of="income" if subject.beside == "income" else "expenses",
        share_reason=f"no_{subject.beside}" if part is None else None,
        median=median(complete, sums.currency) if complete else None,
        median_reason=None if complete else "no_complete_month",
        per_year=_per_year(complete, sums.currency),
        per_year_reason=None if complete else "no_complete_month",
        count=sum(month.count for month in months),
        months=months,
        other_currencies=sums.others,
        basis=_basis(place, sums, items, subject, months, amount, whole),
    )


def _per_year(complete: list[Decimal], currency: str) -> Decimal | None:
    return rounded(12 * sum(complete, Decimal(0)) / len(complete), currency) if complete else None


def _month(
    place: Place, sums: Sums, part: Piece, items: list[Sum], subject: Subject, span: Covered | None
) -> HistoryMonth:
    inside = [item for item in items if part.first <= item.on <= part.last]
    amount = sum((item.amount for item in inside), from_minor(0, sums.currency))
    zero = from_minor(0, sums.currency)
    return HistoryMonth(
        month=sums.calendar.month_of(part.first),
        first=part.first,
        last=part.last,
        complete=part.is_whole and span is not None and span.contains(part.first, part.last),
        amount=zero - amount if subject.outgoing else amount,
        count=sum(item.count for item in inside),
        transactions_query=place.at(part.first, part.last).query(**subject.conditions),
    )


def _basis(
    place: Place,
    sums: Sums,
    items: list[Sum],
    subject: Subject,
    months: tuple[HistoryMonth, ...],
    amount: Decimal,
    whole: Decimal,
) -> Basis:
    listed = tuple(_input(f"months.{month.month}", month.amount) for month in months if month.complete)
    figures = {"amount": made_of(place, sums, items, subject.conditions, outgoing=subject.outgoing)}
    for month in months:
        inside = [item for item in items if month.first <= item.on <= month.last]
        here = place.at(month.first, month.last)
        explained = made_of(here, sums, inside, subject.conditions, outgoing=subject.outgoing)
        figures[f"months.{month.month}"] = explained
    if listed:
        figures["median"] = Figure(kind="formula", formula="median over the complete months", inputs=listed)
        figures["per_year"] = Figure(kind="formula", formula="12 x mean over the complete months", inputs=listed)
    beside = Input(
        id=subject.beside,
        kind="figure",
        name=subject.beside,
        value=f"{whole:f}",
        source=place.figure("analytics/summary"),
    )
    if whole > 0:
        formula = f"amount / {subject.beside}"
        figures["share"] = Figure(kind="formula", formula=formula, inputs=(_input("amount", amount), beside))
    return Basis(
        formula=f"analytics.{subject.name}",
        version=VERSION,
        assumptions=assumptions(sums),
        rows=Rows(count=sum(month.count for month in months), first=place.first, last=place.last),
        figures=figures,
    )


def _input(name: str, value: Decimal) -> Input:
    return Input(id=name, kind="figure", name=name, value=f"{value:f}", source="this answer")


def unknown(place: Place, currency: str, subject: Subject, reason: str, as_of: date) -> History:
    """A time that the ledger tells nothing about."""
    return History(
        as_of=as_of,
        subject=subject.name,
        category_id=subject.category_id,
        first=place.first,
        last=place.last,
        currency=currency,
        amount=None,
        share=None,
        share_of="income" if subject.beside == "income" else "expenses",
        share_reason=reason,
        median=None,
        median_reason=reason,
        per_year=None,
        per_year_reason=reason,
        count=0,
        months=(),
        other_currencies=(),
        reason=reason,
        basis=Basis(formula=f"analytics.{subject.name}", version=VERSION, assumptions={"missing": reason}),
    )
