"""The cash flow, period by period."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from finapp.analytics.domain.calendar import Calendar
from finapp.analytics.domain.coverage import Covered
from finapp.analytics.domain.explained import figures_of, only
from finapp.analytics.domain.queries import SIGNS, Place
from finapp.analytics.domain.summary import SAVED, assumptions
from finapp.analytics.domain.sums import Sum, Sums, totals
from finapp.analytics.public import CashFlow, CashFlowPeriod, CashFlowTotal, Step
from finapp.kernel.basis import Basis, Figure, Input, Rows
from finapp.kernel.errors import Invalid

VERSION = 2
MOST_PERIODS = 4_000
MOST_EXPLAINED = 500
"""Up to so many periods, each one's net stands in the basis as well; its query stands beside it in any case."""
SAVED_PARTS = ("income", "expenses", "debt_service")
_LISTED = ("income", "expenses", "essential", "discretionary", "debt_service", "invested")
NET_KINDS = "income,expense,refund,debt,investment"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One period of a place, cut to it; `is_whole` when nothing was cut off."""

    name: str
    first: date
    last: date
    is_whole: bool


def pieces(place: Place, by: Step, calendar: Calendar) -> list[Piece]:
    """The periods that the place touches, oldest first. Raises Invalid for more than 4,000.

    They are named `YYYY-MM` (months), `YYYY-Www` (ISO 8601 weeks), `YYYY-MM-DD` (days) or after the day they start
    (pay periods).
    """
    if (place.last - place.first).days > MOST_PERIODS * {"day": 1, "week": 7, "month": 28, "payday": 28}[by]:
        raise Invalid("by", f"makes more than {MOST_PERIODS} periods: ask for a shorter time or longer periods")
    return [
        Piece(
            name=name,
            first=max(first, place.first),
            last=min(last, place.last),
            is_whole=place.first <= first and last <= place.last,
        )
        for name, first, last in _whole(place, by, calendar)
    ]


def _whole(place: Place, by: Step, calendar: Calendar) -> Iterator[tuple[str, date, date]]:
    if by in ("month", "payday"):
        for start, _ in calendar.pieces(place.first, place.last):
            month = calendar.month_of(start)
            first = calendar.first_day(month)
            yield (month if by == "month" else first.isoformat()), first, calendar.last_day(month)
        return
    length = 7 if by == "week" else 1
    day = place.first - timedelta(days=place.first.weekday() if by == "week" else 0)
    while day <= place.last:
        year, week, _ = day.isocalendar()
        yield (f"{year:04d}-W{week:02d}" if by == "week" else day.isoformat()), day, day + timedelta(days=length - 1)
        day += timedelta(days=length)


def cash_flow(
    place: Place,
    sums: Sums,
    by: Step,
    parts: list[Piece],
    *,
    span: Covered | None,
    include_transfers: bool,
    as_of: date,
) -> CashFlow:
    """The totals of each of `parts`, which are the place's periods."""
    items = tuple(
        _period(place, sums, part, found, span, include_transfers)
        for part, found in zip(parts, _grouped(sums.items, parts), strict=True)
    )
    return CashFlow(
        as_of=as_of,
        first=place.first,
        last=place.last,
        by=by,
        currency=sums.currency,
        total=_total(sums, include_transfers),
        items=items,
        other_currencies=sums.others,
        basis=_basis(place, sums, items, include_transfers),
    )


def _total(sums: Sums, include_transfers: bool) -> CashFlowTotal:
    found = totals(sums.items, sums.currency)
    return CashFlowTotal(
        **{name: getattr(found, name) for name in (*_LISTED, "saved", "net")},
        transfers=found.transfers if include_transfers else None,
        transfers_reason=None if include_transfers else "not_asked",
        count=found.count,
    )


def _grouped(sums: Iterable[Sum], parts: list[Piece]) -> list[list[Sum]]:
    starts = [part.first for part in parts]
    found: list[list[Sum]] = [[] for _ in parts]
    for item in sums:
        found[bisect_right(starts, item.on) - 1].append(item)
    return found


def _period(
    place: Place, sums: Sums, part: Piece, inside: list[Sum], span: Covered | None, include_transfers: bool
) -> CashFlowPeriod:
    found = totals(inside, sums.currency)
    is_converted = bool(sums.converted) and any(item.original is not None for item in inside)
    query = None if is_converted else place.at(part.first, part.last).query(kind=NET_KINDS, **only(sums))
    return CashFlowPeriod(
        period=part.name,
        first=part.first,
        last=part.last,
        complete=part.is_whole and span is not None and span.contains(part.first, part.last),
        income=found.income,
        expenses=found.expenses,
        essential=found.essential,
        discretionary=found.discretionary,
        debt_service=found.debt_service,
        invested=found.invested,
        saved=found.saved,
        net=found.net,
        transfers=found.transfers if include_transfers else None,
        transfers_reason=None if include_transfers else "not_asked",
        count=found.count,
        transactions_query=query,
        transactions_query_reason="converted" if is_converted else None,
    )


def _basis(place: Place, sums: Sums, items: tuple[CashFlowPeriod, ...], include_transfers: bool) -> Basis:
    listed = (*_LISTED, "transfers") if include_transfers else _LISTED
    figures = figures_of(place, sums, listed)
    if len(items) <= MOST_EXPLAINED:
        asked = ((item.period, item.transactions_query) for item in items if item.transactions_query)
        figures |= {f"{name}.net": Figure(kind="sum", transactions_query=query) for name, query in asked}
    return Basis(
        formula="analytics.cash_flow",
        version=VERSION,
        assumptions={
            **assumptions(sums),
            "signs": SIGNS,
            "total": "of the whole time, the sum over its periods",
            "transactions_query": "of a period: its rows add up to its net; one kind of them to the figure of the kind",
        },
        rows=Rows(count=sum(item.count for item in items), first=place.first, last=place.last),
        figures={
            **figures,
            "saved": Figure(kind="formula", formula=SAVED, inputs=_whole_time(*SAVED_PARTS)),
            "net": Figure(kind="formula", formula="saved - invested", inputs=_whole_time("saved", "invested")),
        },
    )


def _whole_time(*names: str) -> tuple[Input, ...]:
    return tuple(Input(id=name, kind="figure", name=name, value=None, source="this answer") for name in names)
