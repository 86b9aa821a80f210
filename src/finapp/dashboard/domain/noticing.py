"""Single things worth noticing, each from what one or two neighbours say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from finapp.dashboard.domain.addresses import given, how, source
from finapp.dashboard.domain.insights import SHOWN_FOR
from finapp.dashboard.domain.words import Words, money, name, number, words
from finapp.dashboard.public import Goal, Insight, TrendPoint
from finapp.kernel.basis import Input
from finapp.kernel.money import from_minor, rounded

STALE_DAYS = 14
TWICE_WITHIN = timedelta(days=3)
WORTH = Decimal("0.002")
"""The share of a normal month's living cost below which a pair of debits is not worth a word."""
STREAK = 3
LEAST_GAIN = Decimal("0.001")
"""The share of a normal year's living cost below which a gain is not worth a word."""


@dataclass(frozen=True, kw_only=True)
class Household:
    """What several of them need. Amounts are in `currency`; None where not known."""

    as_of: date
    currency: str
    expenses: Decimal | None
    """Living cost of a normal month."""
    monthly_need: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Held:
    """Money on an account, and what it earns a year."""

    account_id: str
    name: str
    balance: Decimal
    rate: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two equal debits; `amount` is that of one, negative."""

    merchant: str
    amount: Decimal
    first_on: date
    last_on: date
    transaction_ids: tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Rows without a category that did one thing; `amount` is their signed sum."""

    flow: str
    amount: Decimal
    count: int
    query: str


def stale(home: Household, newest: date | None) -> Iterator[Insight]:
    """No statement for two weeks: what moved since is not known."""
    if newest is None or (home.as_of - newest).days <= STALE_DAYS:
        return
    days = (home.as_of - newest).days
    yield Insight(
        id=f"stale_data.{newest}",
        kind="stale_data",
        **vars(words("stale_data", number("days", days))),
        on=newest,
        at_stake=rounded((home.expenses or Decimal(0)) * days / 30, home.currency),
        how=how(
            "expenses x days / 30",
            given("expenses", home.expenses or Decimal(0), source("analytics/typical-month", home.as_of)),
            Input(id="days", kind="assumption", name="days", value=str(days), source=f"{newest} to {home.as_of}"),
        ),
        figure="/api/v1/accounts",
        expires_on=home.as_of + SHOWN_FOR,
    )


def uncategorized(home: Household, waiting: Sequence[Waiting], query: str) -> Iterator[Insight]:
    """Rows that wait for a category."""
    rows = sum(each.count for each in waiting)
    if rows:
        yield Insight(
            id="uncategorized",
            kind="uncategorized",
            **vars(words("uncategorized", number("rows", rows))),
            on=home.as_of,
            at_stake=sum((abs(each.amount) for each in waiting), from_minor(0, home.currency)),
            how=how("sum of the inputs without their signs", *_waiting(waiting)),
            figure=source("analytics/categories", home.as_of),
            transactions_query=query,
            expires_on=home.as_of + SHOWN_FOR,
        )


def _waiting(waiting: Sequence[Waiting]) -> Iterator[Input]:
    for each in waiting:
        yield Input(
            id=f"uncategorized.{each.flow}", kind="rows", name=each.flow, value=f"{each.amount:f}", source=each.query
        )


def twice(home: Household, pairs: Sequence[Pair]) -> Iterator[Insight]:
    """Debits that may have been taken twice: equal, to the same counterparty, within three days, and not a habit."""
    least = (home.expenses or Decimal(0)) * WORTH
    for pair in pairs:
        if pair.last_on - pair.first_on <= TWICE_WITHIN and -pair.amount >= max(least, from_minor(1, home.currency)):
            yield Insight(
                id=f"debit_twice.{'.'.join(pair.transaction_ids)}",
                kind="debit_twice",
                **vars(words("debit_twice", name(pair.merchant))),
                on=pair.last_on,
                at_stake=-pair.amount,
                how=how("0 - amount", _row(pair)),
                figure="/api/v1/transactions",
                transactions_query=f"/api/v1/transactions?q=id%3A{','.join(pair.transaction_ids)}",
                expires_on=pair.last_on + 2 * SHOWN_FOR,
            )


def _row(pair: Pair) -> Input:
    later = pair.transaction_ids[-1]
    where = f"/api/v1/transactions?q=id%3A{later}"
    return Input(id=later, kind="rows", name="amount", value=f"{pair.amount:f}", source=where)


def idle(home: Household, surplus: Decimal | None, real_return: Decimal | None) -> Iterator[Insight]:
    """Liquid money beyond the emergency target that could work in the plan."""
    if not surplus or not real_return or real_return <= 0:
        return
    gain = rounded(surplus * real_return, home.currency)
    if _is_worth(home, gain):
        yield Insight(
            id="idle_cash",
            kind="idle_cash",
            **vars(words("idle_cash", money("surplus", surplus, home.currency))),
            on=home.as_of,
            at_stake=gain,
            how=how(
                "surplus x real_return",
                given("surplus", surplus, source("reports/emergency-fund", home.as_of)),
                given("real_return", real_return, "/api/v1/fire/plan"),
            ),
            figure=source("dashboard/next-rupee", home.as_of, amount=f"{surplus:f}"),
            expires_on=home.as_of + SHOWN_FOR,
        )


def sweep(home: Household, held: Sequence[Held]) -> Iterator[Insight]:
    """Money that would earn more on another of the household's own accounts, a month's need left where it is."""
    rated = [(each, each.rate) for each in held if each.rate is not None]
    if len(rated) < 2:
        return
    best, most = max(rated, key=lambda pair: pair[1])
    keep = home.monthly_need or home.expenses or Decimal(0)
    gain = sum((max(each.balance - keep, Decimal(0)) * (most - rate) for each, rate in rated), Decimal(0))
    amount = rounded(gain, home.currency)
    if _is_worth(home, amount):
        yield Insight(
            id=f"sweep_gain.{best.account_id}",
            kind="sweep_gain",
            **vars(words("sweep_gain", name(best.name))),
            on=home.as_of,
            at_stake=amount,
            how=how("sum of (balance - kept, not below 0) x (best rate - rate)", *_swept(home, rated)),
            figure="/api/v1/reports/salary-sweep",
            expires_on=home.as_of + SHOWN_FOR,
        )


def _swept(home: Household, rated: Sequence[tuple[Held, Decimal]]) -> Iterator[Input]:
    """What is kept on each account, then the balance and the rate of each."""
    fund, month = (source(path, home.as_of) for path in ("reports/emergency-fund", "analytics/typical-month"))
    if home.monthly_need:
        yield given("monthly_need", home.monthly_need, fund)
    else:
        yield given("expenses", home.expenses or Decimal(0), month)
    for each, rate in rated:
        where = f"/api/v1/accounts/{each.account_id}"
        for called, value in (("balance", each.balance), ("interest_rate", rate)):
            yield Input(id=f"{each.account_id}.{called}", kind="account", name=called, value=f"{value:f}", source=where)


def fees(home: Household, per_year: Decimal | None, query: str) -> Iterator[Insight]:
    """What banks take a year."""
    if per_year is not None and per_year > 0 and _is_worth(home, per_year):
        yield Insight(
            id="fee_leak",
            kind="fee_leak",
            **vars(words("fee_leak")),
            on=home.as_of,
            at_stake=per_year,
            how=how("per_year", given("per_year", per_year, source("analytics/bank-charges", home.as_of))),
            figure=source("analytics/bank-charges", home.as_of),
            transactions_query=query,
            expires_on=home.as_of + SHOWN_FOR,
        )


@dataclass(frozen=True, kw_only=True)
class Overspent:
    """A budget of which `remaining` is negative; `query` lists its rows of the month."""

    budget_id: str
    category: str
    category_id: str
    remaining: Decimal
    query: str


def over_budget(home: Household, spent: Overspent) -> Iterator[Insight]:
    """A budget that is spent."""
    where = source(f"budgets/{spent.budget_id}", home.as_of)
    yield Insight(
        id=f"budget_over.{spent.category_id}.{home.as_of:%Y-%m}",
        kind="budget_over",
        **vars(words("budget_over", name(spent.category))),
        on=home.as_of,
        at_stake=-spent.remaining,
        how=how("0 - remaining", given("remaining", spent.remaining, where)),
        figure=where,
        transactions_query=spent.query,
        expires_on=home.as_of + SHOWN_FOR,
    )


def streak(home: Household, saved: Sequence[Decimal]) -> Iterator[Insight]:
    """Months in a row with money left: good news, with nothing at stake."""
    length = 0
    for amount in reversed(saved):
        if amount <= 0:
            break
        length += 1
    if length >= STREAK:
        yield Insight(
            id="savings_streak",
            kind="savings_streak",
            **vars(words("savings_streak", number("months", length))),
            on=home.as_of,
            at_stake=from_minor(0, home.currency),
            how=how("0", given("saved_by_month", None, source("analytics/typical-month", home.as_of))),
            figure=source("analytics/cashflow", home.as_of),
            expires_on=home.as_of + SHOWN_FOR,
        )


def milestones(home: Household, trend: Sequence[TrendPoint], goals: Sequence[Goal]) -> Iterator[Insight]:
    """Net worth past a round figure within the last two points of its trend, and goals that are reached."""
    worth = [point for point in trend if point.net_worth is not None]
    if len(worth) > 1:
        before, now = worth[-2].net_worth or Decimal(0), worth[-1].net_worth or Decimal(0)
        figure = _round_below(now)
        if figure is not None and before < figure <= now:
            said = words("milestone_net_worth", money("net_worth", figure, home.currency))
            reached = given("net_worth", now, source("net-worth", home.as_of))
            yield _milestone(home, said, f"net_worth.{figure:f}", reached)
    for goal in goals:
        if goal.status == "reached":
            progress = given("progress", goal.progress, source(f"goals/{goal.id}", home.as_of))
            yield _milestone(home, words("milestone_goal", name(goal.name)), f"goal.{goal.id}", progress)


def _milestone(home: Household, said: Words, called: str, reached: Input) -> Insight:
    return Insight(
        id=f"milestone.{called}",
        kind="milestone",
        **vars(said),
        on=home.as_of,
        at_stake=from_minor(0, home.currency),
        how=how("0", reached),
        figure=reached.source,
        expires_on=home.as_of + SHOWN_FOR,
    )


def _round_below(amount: Decimal) -> Decimal | None:
    """The largest of 1, 2, 5 times a power of ten that is not above the amount."""
    if amount < 1:
        return None
    power = Decimal(10) ** (amount.adjusted())
    return max(step * power for step in (1, 2, 5) if step * power <= amount)


def _is_worth(home: Household, gain: Decimal) -> bool:
    return gain > 0 and gain >= (home.expenses or Decimal(0)) * 12 * LEAST_GAIN
