"""Single things worth noticing, each from what one or two neighbours say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from finapp.dashboard.domain.insights import SHOWN_FOR, how
from finapp.dashboard.public import Goal, Insight, TrendPoint
from finapp.kernel.basis import Figure, Input
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


def stale(home: Household, newest: date | None) -> Iterator[Insight]:
    """No statement for two weeks: what moved since is not known."""
    if newest is None or (home.as_of - newest).days <= STALE_DAYS:
        return
    days = (home.as_of - newest).days
    yield Insight(
        id=f"stale_data.{newest}",
        kind="stale_data",
        subject=f"{days} days without a new row",
        on=newest,
        at_stake=rounded((home.expenses or Decimal(0)) * days / 30, home.currency),
        how=how("expenses x days / 30", "a normal month", expenses=home.expenses or Decimal(0), days=days),
        figure="/api/v1/accounts",
        action="Import the statements since then: every figure ends with the newest row.",
        expires_on=home.as_of + SHOWN_FOR,
    )


def uncategorized(home: Household, amount: Decimal, count: int, query: str) -> Iterator[Insight]:
    """Rows that wait for a category."""
    if count:
        yield Insight(
            id=f"uncategorized.{home.as_of:%Y-%m}",
            kind="uncategorized",
            subject=f"{count} rows without a category",
            on=home.as_of,
            at_stake=amount,
            how=how("moved", "the rows' amounts without their signs", moved=amount),
            figure="/api/v1/analytics/categories",
            transactions_query=query,
            action="Say what they are; the product learns from each answer.",
            expires_on=home.as_of + SHOWN_FOR,
        )


def twice(home: Household, pairs: Sequence[Pair]) -> Iterator[Insight]:
    """Debits that may have been taken twice: equal, to the same counterparty, within three days, and not a habit."""
    least = (home.expenses or Decimal(0)) * WORTH
    for pair in pairs:
        if pair.last_on - pair.first_on <= TWICE_WITHIN and -pair.amount >= max(least, from_minor(1, home.currency)):
            yield Insight(
                id=f"debit_twice.{'.'.join(pair.transaction_ids)}",
                kind="debit_twice",
                subject=pair.merchant,
                on=pair.last_on,
                at_stake=-pair.amount,
                how=how("0 - amount", "one of the two rows", amount=pair.amount),
                figure="/api/v1/transactions",
                transactions_query=f"/api/v1/transactions?q=id%3A{','.join(pair.transaction_ids)}",
                action="Check that both were meant; ask for one of them back if not.",
                expires_on=pair.last_on + 2 * SHOWN_FOR,
            )


def idle(home: Household, surplus: Decimal | None, real_return: Decimal | None) -> Iterator[Insight]:
    """Liquid money beyond the emergency target that could work in the plan."""
    if not surplus or not real_return or real_return <= 0:
        return
    gain = rounded(surplus * real_return, home.currency)
    if _is_worth(home, gain):
        yield Insight(
            id=f"idle_cash.{home.as_of:%Y-%m}",
            kind="idle_cash",
            subject="liquid money above the emergency target",
            on=home.as_of,
            at_stake=gain,
            how=how("surplus x real_return", "emergency fund and plan", surplus=surplus, real_return=real_return),
            figure="/api/v1/dashboard/next-rupee?amount=" + f"{surplus:f}",
            action=f"Ask what {surplus:f} {home.currency} does most for: a loan, or the plan's own return.",
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
            id=f"sweep_gain.{best.account_id}.{home.as_of:%Y-%m}",
            kind="sweep_gain",
            subject=best.name,
            on=home.as_of,
            at_stake=amount,
            how=_swept(rated, keep, most),
            figure="/api/v1/reports/salary-sweep",
            action=f"Keep a month's need where it is, the rest on {best.name}.",
            expires_on=home.as_of + SHOWN_FOR,
        )


def _swept(rated: Sequence[tuple[Held, Decimal]], keep: Decimal, most: Decimal) -> Figure:
    """Of each account: what lies above what is kept, times what it misses."""
    moved = [(each, max(each.balance - keep, Decimal(0)), most - rate) for each, rate in rated]
    inputs = tuple(
        Input(
            id=each.account_id,
            kind="account",
            name=each.name,
            value=f"{amount * missed:f}",
            source=f"{amount:f} at {missed:f} a year more",
        )
        for each, amount, missed in moved
    )
    return Figure(kind="formula", formula="sum of the inputs", inputs=inputs)


def fees(home: Household, per_year: Decimal | None, query: str) -> Iterator[Insight]:
    """What banks take a year."""
    if per_year is not None and per_year > 0 and _is_worth(home, per_year):
        yield Insight(
            id=f"fee_leak.{home.as_of:%Y-%m}",
            kind="fee_leak",
            subject="bank charges",
            on=home.as_of,
            at_stake=per_year,
            how=how("per_year", "/api/v1/analytics/bank-charges", per_year=per_year),
            figure="/api/v1/analytics/bank-charges",
            transactions_query=query,
            action="Ask the bank to drop them, or change the account.",
            expires_on=home.as_of + SHOWN_FOR,
        )


def over_budget(home: Household, category: str, category_id: str, by: Decimal, query: str) -> Iterator[Insight]:
    """A budget that is spent."""
    yield Insight(
        id=f"budget_over.{category_id}.{home.as_of:%Y-%m}",
        kind="budget_over",
        subject=category,
        on=home.as_of,
        at_stake=by,
        how=how("over", "what was spent beyond the budget", over=by),
        figure="/api/v1/budgets",
        transactions_query=query,
        action="Move money from another envelope, or stop here this month.",
        expires_on=home.as_of + SHOWN_FOR,
    )


def streak(home: Household, saved: Sequence[Decimal], month: str | None) -> Iterator[Insight]:
    """Months in a row with money left: good news, with nothing at stake."""
    length = 0
    for amount in reversed(saved):
        if amount <= 0:
            break
        length += 1
    if length >= STREAK and month is not None:
        yield Insight(
            id=f"savings_streak.{month}",
            kind="savings_streak",
            subject=f"{length} months in a row with money left",
            on=home.as_of,
            at_stake=from_minor(0, home.currency),
            how=how("0 x months", "nothing is at stake", months=length),
            figure="/api/v1/analytics/cashflow",
            action="Keep it up: what was left is yours to put to work.",
            expires_on=home.as_of + SHOWN_FOR,
        )


def milestones(home: Household, trend: Sequence[TrendPoint], goals: Sequence[Goal]) -> Iterator[Insight]:
    """Net worth past a round figure within the last two points of its trend, and goals that are reached."""
    worth = [point for point in trend if point.net_worth is not None]
    if len(worth) > 1:
        before, now = worth[-2].net_worth or Decimal(0), worth[-1].net_worth or Decimal(0)
        figure = _round_below(now)
        if figure is not None and before < figure <= now:
            yield _milestone(home, f"net worth past {figure:f}", f"net_worth.{figure:f}", "/api/v1/net-worth")
    for goal in goals:
        if goal.status == "reached":
            yield _milestone(home, goal.name, f"goal.{goal.id}", f"/api/v1/goals/{goal.id}")


def _milestone(home: Household, subject: str, name: str, figure: str) -> Insight:
    return Insight(
        id=f"milestone.{name}",
        kind="milestone",
        subject=subject,
        on=home.as_of,
        at_stake=from_minor(0, home.currency),
        how=how("0 x reached", "nothing is at stake", reached=1),
        figure=figure,
        action="Set the next one.",
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
