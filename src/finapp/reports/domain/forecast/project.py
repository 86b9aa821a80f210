"""Projects balances day by day.

Expected balance: today's, plus the expected rows so far, plus the everyday mean of each day. Rows and days deviate
independently, so variances add; the band is normal. Money is exact, the band is a statistic.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import sqrt
from statistics import NormalDist

from finapp.kernel.basis import Basis, Figure, Input
from finapp.kernel.errors import Invalid
from finapp.kernel.money import rounded
from finapp.kernel.months import Month, last_day, month_of, shift
from finapp.reports.domain import checks
from finapp.reports.public.forecast import (
    AccountForecast,
    Bounce,
    CashForecast,
    ForecastAccount,
    ForecastDay,
    ForecastItem,
    ForecastMonth,
    ForecastQuestion,
    Habit,
)

VERSION = 1
MOST_ITEMS = 20_000
_NORMAL = NormalDist()


@dataclass(frozen=True, kw_only=True)
class _Path:
    """One account: expected closing balance and standard deviation by day, and the rows of each day."""

    account: ForecastAccount
    balances: tuple[Decimal, ...]
    deviations: tuple[float, ...]
    rows: Mapping[int, Sequence[ForecastItem]]


def forecast(question: ForecastQuestion, as_of: date) -> CashForecast:
    """The forecast from the day after `as_of`. Raises Invalid with the field for input that makes no sense."""
    _check(question, as_of)
    last = last_day(shift(month_of(as_of), question.months))
    horizon = max((last - as_of).days, question.days)
    paths = [_path(question, account, as_of, horizon) for account in question.accounts]
    factor = _NORMAL.inv_cdf(0.5 + float(question.band) / 2)
    return CashForecast(
        as_of=as_of,
        basis=_basis(question, as_of),
        currency=question.currency,
        band=question.band,
        accounts=tuple(_account(question, path, as_of, factor) for path in paths),
        monthly=tuple(_months(question, paths, as_of, factor)),
        previous_reason="not_asked",
    )


def _check(question: ForecastQuestion, as_of: date) -> None:
    checks.count(question.accounts, "accounts", 50, 1)
    checks.distinct((account.id for account in question.accounts), "accounts")
    checks.count(question.items, "items", MOST_ITEMS)
    checks.whole(question.days, "days", 1, 366)
    checks.whole(question.months, "months", 0, 60)
    checks.rate(question.band, "band", lowest=Decimal("0.01"), highest=Decimal("0.999"))
    known = {account.id for account in question.accounts}
    for index, account in enumerate(question.accounts):
        checks.minor(account.balance, question.currency, f"accounts.{index}.balance", negative=True)
        checks.minor(account.minimum, question.currency, f"accounts.{index}.minimum", negative=True)
    for index, item in enumerate(question.items):
        checks.minor(item.amount, question.currency, f"items.{index}.amount", zero=False, negative=True)
        checks.minor(item.deviation, question.currency, f"items.{index}.deviation")
        if item.account_id not in known:
            raise Invalid(f"items.{index}.account_id", "is not the id of an account in this question")
        if item.date <= as_of:
            raise Invalid(f"items.{index}.date", f"must lie after {as_of}")
    for index, habit in enumerate(question.habits):
        checks.minor(habit.deviation, question.currency, f"habits.{index}.deviation")
        if habit.account_id not in known:
            raise Invalid(f"habits.{index}.account_id", "is not the id of an account in this question")


def _path(question: ForecastQuestion, account: ForecastAccount, as_of: date, horizon: int) -> _Path:
    habits = [habit for habit in question.habits if habit.account_id == account.id]
    rows: dict[int, list[ForecastItem]] = defaultdict(list)
    for item in question.items:
        if item.account_id == account.id:
            rows[(item.date - as_of).days].append(item)
    mean = sum((habit.per_day for habit in habits), Decimal(0))
    fixed, variance = account.balance, 0.0
    balances, deviations = [], []
    for day in range(1, horizon + 1):
        fixed += sum((item.amount for item in rows.get(day, ())), Decimal(0))
        variance += sum(float(item.deviation) ** 2 for item in rows.get(day, ()))
        balances.append(rounded(fixed + mean * day, question.currency))
        deviations.append(sqrt(variance + sum(_variance(habit, day) for habit in habits)))
    return _Path(account=account, balances=tuple(balances), deviations=tuple(deviations), rows=rows)


def _variance(habit: Habit, days: int) -> float:
    """Of the sum of some days: the days deviate, and the mean they share is itself only known so well."""
    learned = days**2 / habit.learned_days if habit.learned_days else 0.0
    return float(habit.deviation) ** 2 * (days + learned)


def _account(question: ForecastQuestion, path: _Path, as_of: date, factor: float) -> AccountForecast:
    daily = tuple(
        _day(question, as_of + timedelta(days=day + 1), path.balances[day], path.deviations[day] * factor)
        for day in range(question.days)
    )
    return AccountForecast(
        account_id=path.account.id,
        name=path.account.name,
        daily=daily,
        lowest=min(daily, key=lambda item: (item.balance, item.date)),
        bounces=tuple(_bounces(question, path, as_of)),
    )


def _day(question: ForecastQuestion, day: date, balance: Decimal, width: float) -> ForecastDay:
    half = rounded(Decimal(repr(width)), question.currency)
    return ForecastDay(date=day, balance=balance, low=balance - half, high=balance + half)


def _bounces(question: ForecastQuestion, path: _Path, as_of: date) -> Iterator[Bounce]:
    """The debits of each day on which the expected balance ends below the minimum, the largest named first."""
    for day in range(1, question.days + 1):
        balance, spread = path.balances[day - 1], path.deviations[day - 1]
        missing = path.account.minimum - balance
        debits = sorted((item for item in path.rows.get(day, ()) if item.amount < 0), key=lambda item: item.amount)
        if missing <= 0 or not debits:
            continue
        for item in debits:
            yield Bounce(
                date=as_of + timedelta(days=day),
                name=item.name,
                amount=item.amount,
                missing=missing,
                probability=_NORMAL.cdf(float(missing) / spread) if spread else 1.0,
            )


def _months(question: ForecastQuestion, paths: Sequence[_Path], as_of: date, factor: float) -> Iterator[ForecastMonth]:
    habit_in = sum((max(habit.per_day, Decimal(0)) for habit in question.habits), Decimal(0))
    habit_out = sum((max(-habit.per_day, Decimal(0)) for habit in question.habits), Decimal(0))
    for number in range(question.months + 1):
        month: Month = shift(month_of(as_of), number)
        end = (last_day(month) - as_of).days
        if end < 1:
            continue
        start = max(1, (last_day(shift(month, -1)) - as_of).days + 1)
        amounts = [item.amount for path in paths for day in range(start, end + 1) for item in path.rows.get(day, ())]
        width = sqrt(sum(path.deviations[end - 1] ** 2 for path in paths)) * factor
        total = sum((path.balances[end - 1] for path in paths), Decimal(0))
        closing = _day(question, last_day(month), total, width)
        days = end - start + 1
        yield ForecastMonth(
            month=month,
            coming=rounded(sum((a for a in amounts if a > 0), habit_in * days), question.currency),
            going=rounded(sum((-a for a in amounts if a < 0), habit_out * days), question.currency),
            balance=total,
            low=closing.low,
            high=closing.high,
        )


def _inputs(question: ForecastQuestion, as_of: date) -> Iterator[Input]:
    """Of each account what it holds and what an everyday day moves, and the rows expected in the days shown."""
    for account in question.accounts:
        yield Input(id=account.id, kind="account", name=account.name, value=str(account.balance), source=str(as_of))
        habits = (habit.per_day for habit in question.habits if habit.account_id == account.id)
        mean = str(sum(habits, Decimal(0)))
        yield Input(id=f"{account.id}.everyday", kind="assumption", name="everyday", value=mean, source="a day")
    until = as_of + timedelta(days=question.days)
    for number, item in enumerate(each for each in question.items if each.date <= until):
        where = f"{item.account_id}.rows.{number}"
        yield Input(id=where, kind="schedule_row", name=item.name, value=str(item.amount), source=str(item.date))


def _instalments(question: ForecastQuestion) -> dict[str, str]:
    """Which rows each loan is counted by, once."""
    if not question.instalments:
        return {}
    said = (f"{one.loan}: {f'as {one.paid_by} is paid' if one.paid_by else 'as due'}" for one in question.instalments)
    return {"instalments": "; ".join(said)}


def _basis(question: ForecastQuestion, as_of: date) -> Basis:
    inputs = tuple(_inputs(question, as_of))
    return Basis(
        formula="reports.cash_forecast",
        version=VERSION,
        assumptions={
            "rows": "expected rows of recurring streams",
            "everyday": "mean and deviation of a day, rows and days independent, the mean as sure as its days are many",
            "band": f"normal, holding {question.band} of outcomes",
            **_instalments(question),
        },
        figures={"balance": Figure(kind="formula", formula="balance + rows + everyday x days", inputs=inputs)},
    )
