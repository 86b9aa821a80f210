"""When living cost arises: by weekday, day of the month, month of the year, and day by day."""

from calendar import day_name, month_name
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from finapp.analytics.domain.medians import quantile
from finapp.analytics.domain.queries import Place
from finapp.analytics.domain.summary import assumptions
from finapp.analytics.domain.sums import SPENDING, Sums, share
from finapp.analytics.public import Bucket, HeatDay, Patterns
from finapp.kernel.basis import Basis, Figure, Input, Rows
from finapp.kernel.errors import Invalid
from finapp.kernel.money import from_minor, rounded

VERSION = 2
MOST_DAYS = 4_000
LEVELS = (Decimal("0.25"), Decimal("0.5"), Decimal("0.75"), Decimal("0.9"))


def patterns(place: Place, sums: Sums, as_of: date) -> Patterns:
    """The patterns of a period, from sums by day. Raises Invalid for more than 4,000 days."""
    count = (place.last - place.first).days + 1
    if count > MOST_DAYS:
        raise Invalid("from", f"the period has more than {MOST_DAYS} days")
    spent = _by_day(sums)
    days = [place.first + timedelta(days=number) for number in range(count)]
    whole = sum((amount for amount, _ in spent.values()), from_minor(0, sums.currency))

    def buckets(names: Sequence[str], of: Callable[[date], str]) -> tuple[Bucket, ...]:
        return tuple(_buckets(names, of, days, spent, whole / count, sums.currency))

    by_kind = {
        "weekdays": buckets([name.lower() for name in day_name], lambda day: day_name[day.weekday()].lower()),
        "days_of_month": buckets([str(number) for number in range(1, 32)], lambda day: str(day.day)),
        "months_of_year": buckets([name.lower() for name in month_name[1:]], lambda day: month_name[day.month].lower()),
    }
    rows = sum(number for _, number in spent.values())
    return Patterns(
        as_of=as_of,
        first=place.first,
        last=place.last,
        currency=sums.currency,
        per_day=rounded(whole / count, sums.currency),
        **by_kind,
        calendar=tuple(_calendar(place, spent)),
        other_currencies=sums.others,
        basis=_basis(place, sums, by_kind, whole, count, rows),
    )


def _by_day(sums: Sums) -> dict[date, tuple[Decimal, int]]:
    found: dict[date, tuple[Decimal, int]] = {}
    zero = from_minor(0, sums.currency)
    for item in sums.items:
        if item.flow in SPENDING:
            amount, count = found.get(item.on, (zero, 0))
            found[item.on] = (amount - item.amount, count + item.count)
    return found


def _buckets(
    names: Sequence[str],
    of: Callable[[date], str],
    days: Sequence[date],
    spent: Mapping[date, tuple[Decimal, int]],
    usual: Decimal,
    currency: str,
) -> Iterable[Bucket]:
    lengths = Counter(of(day) for day in days)
    zero = from_minor(0, currency)
    amounts = dict.fromkeys(names, zero)
    counts: Counter[str] = Counter()
    for day, (amount, count) in spent.items():
        amounts[of(day)] += amount
        counts[of(day)] += count
    for name in names:
        length = lengths[name]
        index = share(amounts[name] / length, usual) if length else None
        yield Bucket(
            name=name,
            amount=amounts[name],
            days=length,
            per_day=rounded(amounts[name] / length, currency) if length else None,
            per_day_reason=None if length else "no_such_day",
            index=index,
            index_reason=None if index is not None else ("no_spending" if length else "no_such_day"),
            count=counts[name],
        )


def _calendar(place: Place, spent: Mapping[date, tuple[Decimal, int]]) -> Iterable[HeatDay]:
    amounts = [amount for amount, _ in spent.values()]
    bounds = [quantile(amounts, level) for level in LEVELS] if amounts else []
    for day, (amount, count) in sorted(spent.items()):
        here = place.at(day, day)
        level = sum(amount > bound for bound in bounds)
        yield HeatDay(date=day, amount=amount, count=count, level=level, transactions_query=here.of("expenses"))


def _of_bucket(kind: str, bucket: Bucket, days: Input, cost: Input, every: Input) -> dict[str, Figure]:
    name = f"{kind}.{bucket.name}"
    amount = Input(id=f"{name}.amount", kind="figure", name="amount", value=f"{bucket.amount:f}", source="this answer")
    length = Input(id=f"{name}.days", kind="assumption", name="days", value=str(bucket.days), source="the calendar")
    index = "amount x all_days / (days x living_cost)"
    return {
        f"{name}.amount": Figure(kind="formula", formula=f"sum of its days: {kind}", inputs=(days,)),
        f"{name}.per_day": Figure(kind="formula", formula="amount / days", inputs=(amount, length)),
        f"{name}.index": Figure(kind="formula", formula=index, inputs=(amount, every, length, cost)),
    }


def _basis(
    place: Place, sums: Sums, buckets: Mapping[str, Sequence[Bucket]], whole: Decimal, count: int, rows: int
) -> Basis:
    source = place.figure("analytics/cashflow", by="day")
    days = Input(id="expenses.by_day", kind="figure", name="living cost of each day", value=None, source=source)
    cost = Input(
        id="expenses",
        kind="figure",
        name="living_cost",
        value=f"{whole:f}",
        source=place.figure("analytics/summary"),
    )
    every = Input(id="all_days", kind="assumption", name="all_days", value=str(count), source="the calendar")
    figures = {"per_day": Figure(kind="formula", formula="living_cost / all_days", inputs=(cost, every))}
    for kind, found in buckets.items():
        for bucket in found:
            figures |= _of_bucket(kind, bucket, days, cost, every)
    return Basis(
        formula="analytics.patterns",
        version=VERSION,
        assumptions={
            **assumptions(sums),
            "days": "days without rows count",
            "calendar": "each day has its own transactions_query",
        },
        rows=Rows(count=rows, first=place.first, last=place.last),
        figures=figures,
    )
