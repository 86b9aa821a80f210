"""The cash flow, period by period."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from finapp.analytics.domain.coverage import Covered
from finapp.analytics.domain.explained import figures_of
from finapp.analytics.domain.queries import SIGNS, Place
from finapp.analytics.domain.summary import SAVED, assumptions
from finapp.analytics.domain.sums import Sum, Sums, totals
from finapp.analytics.public import CashFlow, CashFlowPeriod
from finapp.kernel.basis import Basis, Figure, Rows
from finapp.kernel.errors import Invalid
from finapp.kernel.months import first_day, last_day, month_of, shift

VERSION = 1
MOST_PERIODS = 4_000
By = Literal["month", "week", "day"]


def name(day: date, by: By) -> str:
    """The period a day lies in: `YYYY-MM`, `YYYY-Www` (ISO 8601) or `YYYY-MM-DD`."""
    if by == "week":
        year, week, _ = day.isocalendar()
        return f"{year:04d}-W{week:02d}"
    return month_of(day) if by == "month" else day.isoformat()


def _ends(day: date, by: By) -> tuple[date, date]:
    if by == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    return (first_day(month_of(day)), last_day(month_of(day))) if by == "month" else (day, day)


def _next(day: date, by: By) -> date:
    return first_day(shift(month_of(day), 1)) if by == "month" else _ends(day, by)[1] + timedelta(days=1)


def _starts(first: date, last: date, by: By) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day = _next(day, by)


def cash_flow(
    place: Place, sums: Sums, by: By, *, span: Covered | None, include_transfers: bool, as_of: date
) -> CashFlow:
    """Every period that the place touches, oldest first; the first and the last are cut to it.

    Raises Invalid for more than 4,000 periods.
    """
    if (place.last - place.first).days > MOST_PERIODS * {"day": 1, "week": 7, "month": 31}[by]:
        raise Invalid("by", f"makes more than {MOST_PERIODS} periods: ask for a shorter time or longer periods")
    grouped: dict[str, list[Sum]] = {name(start, by): [] for start in _starts(place.first, place.last, by)}
    for item in sums.items:
        grouped[name(item.on, by)].append(item)
    starts = zip(_starts(place.first, place.last, by), grouped.values(), strict=True)
    items = tuple(
        _period(start, min(_ends(start, by)[1], place.last), by, found, sums.currency, span, include_transfers)
        for start, found in starts
    )
    return CashFlow(
        as_of=as_of,
        first=place.first,
        last=place.last,
        by=by,
        currency=sums.currency,
        items=items,
        other_currencies=sums.others,
        basis=_basis(place, sums, items),
    )


def _period(
    first: date,
    last: date,
    by: By,
    sums: list[Sum],
    currency: str,
    span: Covered | None,
    include_transfers: bool,
) -> CashFlowPeriod:
    found = totals(sums, currency)
    is_whole = (first, last) == _ends(first, by)
    return CashFlowPeriod(
        period=name(first, by),
        first=first,
        last=last,
        complete=is_whole and span is not None and span.contains(first, last),
        income=found.income,
        expenses=found.expenses,
        essential=found.essential,
        discretionary=found.discretionary,
        debt_service=found.debt_service,
        invested=found.invested,
        saved=found.saved,
        net=found.net,
        transfers=found.transfers if include_transfers else None,
        count=found.count,
    )


def _basis(place: Place, sums: Sums, items: tuple[CashFlowPeriod, ...]) -> Basis:
    listed = ("income", "expenses", "essential", "discretionary", "debt_service", "invested", "transfers")
    figures = figures_of(place, sums, listed)
    return Basis(
        formula="analytics.cash_flow",
        version=VERSION,
        assumptions={
            **assumptions(sums),
            "signs": SIGNS,
            "queries": "of the whole time; those of one period have its first and last day as from and to",
        },
        rows=Rows(count=sum(item.count for item in items), first=place.first, last=place.last),
        figures={
            **figures,
            "saved": Figure(kind="formula", formula=SAVED),
            "net": Figure(kind="formula", formula="saved - invested"),
        },
    )
