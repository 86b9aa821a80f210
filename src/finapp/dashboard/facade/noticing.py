"""What is worth noticing, drawn from the readings; one that is missing costs only what it would show."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal

from finapp.dashboard.domain import noticing
from finapp.dashboard.domain.noticing import Held, Household, Overspent, Pair, Waiting
from finapp.dashboard.facade import facts
from finapp.dashboard.facade.asking import Missing
from finapp.dashboard.facade.readings import UNCATEGORIZED, Readings
from finapp.dashboard.public import Insight
from finapp.kernel.money import from_minor
from finapp.transactions.public import DailyTotal, MonthlyTotal

_REAL_RETURN = "fire.plan.real_return"
_HOLDS_MONEY = ("checking", "savings")


def noticed(found: Readings, as_of: date) -> tuple[tuple[Insight, ...], tuple[str, ...]]:
    """Everything noticed, and the readings that were missing. Raises Missing without a normal month or a need."""
    home = Household(
        as_of=as_of,
        currency=found.household.currency,
        expenses=found.month.expenses,
        monthly_need=found.emergency_fund.monthly_need,
    )
    insights: list[Insight] = []
    missed: list[str] = []
    for look in _LOOKS:
        try:
            insights += look(found, home)
        except Missing as missing:
            missed.append(missing.name)
    return tuple(insights), tuple(dict.fromkeys(missed))


def _stale(found: Readings, home: Household) -> Iterator[Insight]:
    return noticing.stale(home, facts.newest_row(found))


def _uncategorized(found: Readings, home: Household) -> Iterator[Insight]:
    first, last = found.uncategorized_between(home.as_of)
    query = f"/api/v1/transactions?category_id={UNCATEGORIZED}&from={first}&to={last}&q=currency:{home.currency}"
    flows: dict[str, list[MonthlyTotal | DailyTotal]] = {}
    for total in found.uncategorized:
        if total.currency == home.currency and total.category_id == UNCATEGORIZED:
            flows.setdefault(total.flow, []).append(total)
    zero = from_minor(0, home.currency)
    waiting = [
        Waiting(
            flow=flow,
            amount=sum((each.amount for each in totals), zero),
            count=sum(each.count for each in totals),
            query=f"{query}&kind={flow}",
        )
        for flow, totals in sorted(flows.items())
    ]
    return noticing.uncategorized(home, waiting, query)


def _twice(found: Readings, home: Household) -> Iterator[Insight]:
    regular = {(each.merchant, -each.amount.last) for each in found.recurring.streams if each.direction == "out"}
    pairs = [
        Pair(
            merchant=each.merchant,
            amount=each.amount,
            first_on=each.first_on,
            last_on=each.last_on,
            transaction_ids=each.transaction_ids,
        )
        for each in found.repeated
        if each.currency == home.currency and (each.last_on == each.first_on or (each.merchant, each.amount) in regular)
    ]
    return noticing.twice(home, pairs)


def _idle(found: Readings, home: Household) -> Iterator[Insight]:
    return noticing.idle(home, found.emergency_fund.surplus, _real_return(found))


def _real_return(found: Readings) -> Decimal | None:
    """What the independence plan expects after inflation, as its answer names it."""
    inputs = (given for figure in found.independence.basis.figures.values() for given in figure.inputs)
    return next((Decimal(each.value) for each in inputs if each.id == _REAL_RETURN and each.value is not None), None)


def _sweep(found: Readings, home: Household) -> Iterator[Insight]:
    held = [
        Held(account_id=each.account_id, name=each.name, balance=each.balance, rate=each.interest_rate)
        for each in found.balances
        if each.kind in _HOLDS_MONEY and each.currency == home.currency
    ]
    return noticing.sweep(home, held)


def _fees(found: Readings, home: Household) -> Iterator[Insight]:
    charges = found.charges
    query = f"/api/v1/transactions?category_id=bank_fees&kind=expense,refund&from={charges.first}&to={charges.last}"
    return noticing.fees(home, charges.per_year, query)


def _budgets(found: Readings, home: Household) -> Iterator[Insight]:
    for item in found.envelopes.items:
        if item.state == "over":
            bounds = f"from={item.month_first}&to={item.as_of}"
            query = f"/api/v1/transactions?category_id={item.category_id}&kind=expense,refund&{bounds}"
            spent = Overspent(
                budget_id=item.id,
                category=item.category,
                category_id=item.category_id,
                remaining=item.remaining,
                query=query,
            )
            yield from noticing.over_budget(home, spent)


def _streak(found: Readings, home: Household) -> Iterator[Insight]:
    month = found.month
    return noticing.streak(home, month.saved_by_month if month.complete else ())


def _milestones(found: Readings, home: Household) -> Iterator[Insight]:
    return noticing.milestones(home, facts.net_worth(found).trend, found.goals.items)


_LOOKS: tuple[Callable[[Readings, Household], Iterable[Insight]], ...] = (
    _stale,
    _uncategorized,
    _twice,
    _idle,
    _sweep,
    _fees,
    _budgets,
    _streak,
    _milestones,
)
