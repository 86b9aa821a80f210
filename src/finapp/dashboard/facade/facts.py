"""What the neighbours answered, in the words of the tiles."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import dropwhile

from finapp.analytics.public import Summary, TypicalMonth
from finapp.assets.public import NetWorthPoint, NetWorthTimeline
from finapp.dashboard.domain import ahead
from finapp.dashboard.facade.readings import Readings, once
from finapp.dashboard.public import (
    BudgetsFacts,
    CashFlowFacts,
    DebtFacts,
    EmergencyFacts,
    IndependenceFacts,
    MonthFigures,
    NetWorthFacts,
    Obligation,
    ObligationsFacts,
    RunwayFacts,
    SavingsFacts,
    TrendPoint,
)
from finapp.kernel.money import Rate, from_minor
from finapp.reports.public import RecurringCalendar, RecurringStream

OF_TODAY = ("checking", "savings", "cash", "overdraft")
REVOLVING = ("credit_card", "overdraft")
"""Debts that are no loan with instalments."""
COUNTED = ("account", "asset", "liability")
LIVE, SALARY = ("mature", "overdue"), "income_salary"
SHARE_PLACES = Decimal("1e-6")
_FIGURES = tuple(MonthFigures.__dataclass_fields__)


@once
def net_worth(found: Readings) -> NetWorthFacts:
    """Net worth and its trend."""
    worth, timeline = found.net_worth, found.timeline
    trend = tuple(TrendPoint(date=point.date, net_worth=point.net_worth) for point in begun(timeline))
    return NetWorthFacts(
        currency=worth.currency,
        assets=worth.assets,
        liabilities=worth.liabilities,
        net_worth=worth.net_worth,
        net_worth_reason=worth.net_worth_reason,
        by_class=worth.by_class,
        by_liquidity=worth.by_liquidity,
        stale=len(worth.stale),
        counts={kind: sum(each.kind == kind for each in worth.positions) for kind in COUNTED},
        trend=trend,
        change=change(trend),
    )


def begun(timeline: NetWorthTimeline) -> tuple[NetWorthPoint, ...]:
    """The points from the first day of which anything is known; all of them when nothing ever is."""
    points = tuple(dropwhile(lambda point: point.net_worth_reason == "no_rows", timeline.points))
    return points or timeline.points


def change(trend: tuple[TrendPoint, ...]) -> Decimal | None:
    """From the first point to the last; None when one of them is not known."""
    if not trend or trend[0].net_worth is None or trend[-1].net_worth is None:
        return None
    return trend[-1].net_worth - trend[0].net_worth


@once
def cash_flow(found: Readings) -> CashFlowFacts:
    """This month against a normal one."""
    now, normal = found.this_month, found.month
    usual = normal_month(normal)
    spent = figures_of(now) if now.reason is None else None
    return CashFlowFacts(
        currency=now.currency,
        first=now.first,
        last=now.last,
        this_month=spent,
        this_month_reason=now.reason,
        normal=usual,
        normal_reason=None if usual else (normal.reason or "no_complete_month"),
        months=normal.months if normal.complete else (),
        left_to_spend=None if usual is None or spent is None else usual.expenses - spent.expenses,
        newest_row_on=newest_row(found),
    )


@once
def newest_row(found: Readings) -> date | None:
    """The day of the newest row of any account up to the question; None without rows."""
    return max((each.last_row_on for each in found.balances if each.last_row_on is not None), default=None)


def figures_of(source: Summary) -> MonthFigures:
    """The figures of a period."""
    return MonthFigures(**{name: getattr(source, name) for name in _FIGURES})


def normal_month(month: TypicalMonth) -> MonthFigures | None:
    """The figures of a normal month; None without complete months."""
    values = {name: getattr(month, name) for name in _FIGURES}
    if not month.complete or None in values.values():
        return None
    return MonthFigures(**values)


def savings(found: Readings) -> SavingsFacts:
    """What is kept of a typical month."""
    month = found.month
    return SavingsFacts(
        currency=month.currency,
        savings_rate=month.savings_rate,
        savings_rate_reason=month.savings_rate_reason,
        income=month.income,
        expenses=month.expenses,
        debt_service=month.debt_service,
        saved=month.saved,
        invested=month.invested,
        months=month.months,
        complete=month.complete,
    )


def runway(found: Readings) -> RunwayFacts:
    """How long liquid money lasts."""
    answer = found.runway
    return RunwayFacts(
        currency=answer.currency,
        monthly_need=answer.monthly_need,
        liquid=answer.liquid,
        months=answer.months,
        months_reason=answer.months_reason,
        runs_out_on=answer.runs_out_on,
    )


@once
def emergency(found: Readings) -> EmergencyFacts:
    """Cover in an emergency."""
    fund = found.emergency_fund
    return EmergencyFacts(
        currency=fund.currency,
        monthly_need=fund.monthly_need,
        liquid=fund.liquid_total,
        months=fund.months,
        months_reason=fund.months_reason,
        target_months=fund.target_months,
        target=fund.target,
        shortfall=fund.shortfall,
        surplus=fund.surplus,
        probability_lasts=fund.probability_lasts,
    )


@once
def obligations(found: Readings) -> ObligationsFacts:
    """What is due in the next days. What is expected today may have come already and is left out."""
    calendar, currency = found.calendar, found.household.currency
    expected = [
        Obligation(date=item.date, stream_id=item.stream_id, name=item.name, amount=item.amount, certain=item.certain)
        for item in calendar.items
        if item.date > calendar.as_of
    ]
    first = calendar.as_of + timedelta(days=1)
    income = _largest_income(found)
    paid_on = None if income is None else _next_payday(income, calendar)
    return ahead.obligations(
        expected,
        currency=currency,
        known=_of_today(found, currency),
        first=first,
        last=calendar.last,
        payday=paid_on,
        has_income=income is not None,
    )


def _of_today(found: Readings, currency: str) -> ahead.Known:
    held = [each for each in found.balances if each.kind in OF_TODAY]
    mine = [each.balance for each in held if each.currency == currency]
    rows = found.recurring.basis.rows
    return ahead.Known(
        balance=sum(mine, from_minor(0, currency)) if mine else None,
        balance_reason=None if mine else "other_currency" if held else "no_accounts",
        expected_reason=found.recurring.monthly_out_reason or ("no_rows" if rows is None or not rows.count else None),
    )


def _largest_income(found: Readings) -> RecurringStream | None:
    live = [each for each in found.recurring.streams if each.direction == "in" and each.status in LIVE]
    earned = [each for each in live if each.category == SALARY] or live
    return max(earned, key=lambda each: each.monthly_equivalent, default=None)


def _next_payday(income: RecurringStream, calendar: RecurringCalendar) -> date | None:
    days = (item.date for item in calendar.items if item.stream_id == income.id and item.date > calendar.as_of)
    return min(days, default=None)


def budgets(found: Readings) -> BudgetsFacts:
    """The month by envelopes."""
    answer = found.envelopes
    return BudgetsFacts(
        currency=answer.currency,
        month=answer.month,
        first=answer.first,
        last=answer.last,
        budgets=len(answer.items),
        assigned=answer.assigned,
        available=answer.available,
        spent=answer.spent,
        remaining=answer.remaining,
        to_assign=answer.to_assign,
        to_assign_reason=answer.to_assign_reason,
        over=tuple(item.category for item in answer.items if item.state == "over"),
        alerts=tuple(item.category for item in answer.items if item.state == "alert"),
    )


def debt(found: Readings) -> DebtFacts:
    """What is owed, and until when."""
    currency, month = found.household.currency, found.month
    owed = found.loans.items
    loans = [loan for loan in owed if loan.currency == currency]
    zero = from_minor(0, currency)
    ends = [loan.ends_on for loan in owed]
    unknown = owes_unknown(found)
    return DebtFacts(
        currency=currency,
        outstanding=None if unknown else sum((loan.outstanding for loan in loans), zero),
        outstanding_reason="loan_not_entered" if unknown else None,
        other_currencies=tuple(sorted({loan.currency for loan in owed} - {currency})),
        loans=len(owed),
        instalments=sum((loan.instalment or zero for loan in loans), zero),
        interest_remaining=sum((loan.interest_remaining or zero for loan in loans), zero),
        debt_free_on=_latest(ends),
        debt_free_on_reason=_debt_free_reason(ends, pays_debt(month)),
        highest_rate=max((loan.annual_rate for loan in owed if loan.annual_rate is not None), default=None),
        debt_service_to_income=share(month.debt_service, month.income),
    )


def _latest(ends: list[date | None]) -> date | None:
    known = [day for day in ends if day is not None]
    return max(known) if known and len(known) == len(ends) else None


def pays_debt(month: TypicalMonth) -> bool:
    """Whether instalments are paid in a typical month."""
    return bool(month.debt_service and month.debt_service > 0)


@once
def owes_unknown(found: Readings) -> bool:
    """Whether instalments are paid for a loan that nobody has entered: what is owed is not known, and not nothing."""
    positions = found.net_worth.positions
    entered = any(each.kind == "liability" and each.group not in REVOLVING for each in positions)
    return pays_debt(found.month) and not entered and all(each.group != "loan" for each in positions)


def _debt_free_reason(ends: list[date | None], pays: bool) -> str | None:
    if not ends:
        return "loan_not_entered" if pays else "no_debt"
    return "no_schedule" if None in ends else None


def share(part: Decimal | None, whole: Decimal | None) -> Rate | None:
    """`part` of `whole`; None when one is unknown or the whole is not positive."""
    if part is None or whole is None or whole <= 0:
        return None
    return (part / whole).quantize(SHARE_PLACES)


def independence(found: Readings) -> IndependenceFacts:
    """How far independence is."""
    answer = found.independence
    dates = answer.date_range
    return IndependenceFacts(
        currency=answer.currency,
        fire_number=answer.fire_number,
        fire_number_reason=answer.fire_number_reason,
        invested=answer.invested,
        progress=answer.progress,
        status=answer.status,
        months=answer.months,
        date=answer.date,
        date_reason=answer.date_reason,
        early=None if dates is None else dates.early,
        late=None if dates is None else dates.late,
    )
