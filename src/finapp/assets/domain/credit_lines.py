"""Interest of cards that revolve and of overdrafts in which money is parked."""

from datetime import date, timedelta
from decimal import Decimal, localcontext

from finapp.assets.domain import checks
from finapp.assets.domain.annuity import round_to
from finapp.assets.domain.day_count import UNITS_PER_YEAR, units
from finapp.assets.public import (
    DayCount,
    Overdraft,
    OverdraftMonth,
    OverdraftQuestion,
    Revolving,
    RevolvingQuestion,
    RevolvingRow,
)
from finapp.kernel.basis import Basis
from finapp.kernel.errors import Invalid
from finapp.kernel.money import EXACT
from finapp.kernel.months import add_months, last_day, month_of

ZERO = Decimal(0)
CENTS = Decimal("0.01")
HOPELESS = 10
"""A card balance that has grown so many times is never repaid."""


def _interest(balance: Decimal, rate: Decimal, first: date, last: date, day_count: DayCount) -> Decimal:
    with localcontext(EXACT):
        return balance * rate * units(first, last, day_count) / UNITS_PER_YEAR[day_count]


def revolve(question: RevolvingQuestion) -> Revolving:
    """Statements until the balance is 0.00, or until it has grown tenfold or lasted a hundred years. Raises Invalid."""
    _check_revolving(question)
    balance = question.balance
    rows: list[RevolvingRow] = []
    while 0 < balance <= HOPELESS * question.balance and len(rows) < checks.MOST_MONTHS:
        number = len(rows) + 1
        since, day = add_months(question.start, number - 1), add_months(question.start, number)
        interest = round_to(_interest(balance, question.annual_rate, since, day, question.day_count), "hundredth")
        owed = balance + interest
        least = max(round_to(owed * question.minimum_rate, "hundredth", "up"), question.minimum_amount)
        payment = min(owed, max(least, question.payment or ZERO)).quantize(CENTS)
        balance = owed - payment
        rows.append(RevolvingRow(number=number, date=day, interest=interest, payment=payment, balance=balance))
    repaid = balance == 0
    return Revolving(
        as_of=question.start,
        rows=tuple(rows),
        months=len(rows) if repaid else None,
        months_reason=None if repaid else "never",
        total_interest=sum((row.interest for row in rows), ZERO) if repaid else None,
        total_interest_reason=None if repaid else "never",
        basis=Basis(
            formula="assets.revolving",
            version=1,
            assumptions={
                "interest": "on the balance since the last statement, rounded half up to hundredths",
                "payment": "the larger of the stated one and the least, on the statement's day",
                "least": "minimum_rate of the balance after interest, rounded up, at least minimum_amount",
                "purchases": "none",
                "day_count": question.day_count,
            },
        ),
    )


def park(question: OverdraftQuestion) -> Overdraft:
    """Interest by the day on what is drawn less what is parked, charged at each month's end. Raises Invalid."""
    _check_overdraft(question)
    entries: dict[date, Decimal] = {}
    for entry in question.entries:
        entries[entry.date] = entries.get(entry.date, ZERO) + entry.amount
    balance = unparked = question.outstanding
    parked = ZERO
    owing = plain = ZERO
    rows: list[OverdraftMonth] = []
    day = question.start
    while day <= question.end:
        amount = entries.get(day, ZERO)
        balance -= amount
        # What was parked comes back first; only more than that is drawn anew, with or without parking.
        unparked += max(-amount - parked, ZERO)
        parked = max(parked + amount, ZERO)
        if question.limit is not None and balance > question.limit:
            raise Invalid("entries", f"on {day} {balance} is drawn, more than the limit of {question.limit}")
        following = day + timedelta(days=1)
        owing += _interest(max(balance, ZERO), question.annual_rate, day, following, question.day_count)
        plain += _interest(max(unparked, ZERO), question.annual_rate, day, following, question.day_count)
        if day == last_day(month_of(day)) or day == question.end:
            interest, without = round_to(owing, "hundredth"), round_to(plain, "hundredth")
            balance, unparked, owing, plain = balance + interest, unparked + without, ZERO, ZERO
            rows.append(OverdraftMonth(date=day, interest=interest, interest_without_parking=without, balance=balance))
        day = following
    return _overdraft(question, rows)


def _overdraft(question: OverdraftQuestion, rows: list[OverdraftMonth]) -> Overdraft:
    total = sum((row.interest for row in rows), ZERO)
    return Overdraft(
        as_of=question.end,
        rows=tuple(rows),
        total_interest=total,
        saved=sum((row.interest_without_parking for row in rows), ZERO) - total,
        basis=Basis(
            formula="assets.overdraft",
            version=1,
            assumptions={
                "interest": "on each day's closing balance, the day's entries included; none on a credit balance",
                "charged": "at each month's end and on the last day, rounded half up to hundredths, to the balance",
                "saved": "against nothing parked: withdrawals take back what was parked, and only more is drawn",
                "day_count": question.day_count,
            },
        ),
    )


def _check_revolving(question: RevolvingQuestion) -> None:
    checks.check_date("start", question.start)
    checks.check_amount("balance", question.balance)
    checks.check_rate("annual_rate", question.annual_rate)
    if not 0 <= question.minimum_rate <= 1:
        raise Invalid("minimum_rate", "must lie between 0 and 1")
    checks.check_amount("minimum_amount", question.minimum_amount, zero=True)
    if question.payment is not None:
        checks.check_amount("payment", question.payment)
    if question.payment is None and question.minimum_amount == 0 and question.minimum_rate == 0:
        raise Invalid("payment", "is needed where there is no minimum")


def _check_overdraft(question: OverdraftQuestion) -> None:
    checks.check_date("start", question.start)
    checks.check_date("end", question.end)
    checks.check_rate("annual_rate", question.annual_rate)
    checks.check_amount("outstanding", abs(question.outstanding), zero=True)
    if question.limit is not None:
        checks.check_amount("limit", question.limit)
    if question.end < question.start or (question.end - question.start).days > 366 * 40:
        raise Invalid("end", "must lie after the start, by at most forty years")
    for index, entry in enumerate(question.entries):
        checks.check_amount(f"entries.{index}.amount", abs(entry.amount), zero=True)
        if not question.start <= entry.date <= question.end:
            raise Invalid(f"entries.{index}.date", "lies outside the period")
