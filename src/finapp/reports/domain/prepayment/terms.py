"""Loans in whole minor units, their rates month by month, and the contract each would follow if left alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction

from finapp.kernel.errors import Invalid
from finapp.kernel.money import EXACT, to_minor
from finapp.kernel.months import add_months
from finapp.reports.public.prepayment import Loan

LONGEST_TENOR = 600
"""Months: no household loan runs longer, and a loan that would is refused instead of simulated."""


@dataclass(frozen=True, kw_only=True)
class Relief:
    """Tax relief on interest; the cap in minor units, None when there is none."""

    rate: Fraction
    yearly_cap: int | None
    year_starts_in: int


@dataclass(frozen=True, kw_only=True)
class Terms:
    """A loan ready for the waterfall. `rates[m - 1]` is the monthly rate of month m; the last one holds on."""

    id: str
    name: str
    balance: int
    rates: tuple[Fraction, ...]
    fee: Fraction
    minimum_part: int
    overdraft: bool
    tax: Relief | None
    instalments: tuple[int, ...]
    """Contract payment of each month; its length is the contract's tenor."""
    balances: tuple[int, ...]
    """Contract balance after each payment; the last is 0."""
    first_due: date

    @property
    def months(self) -> int:
        """Remaining instalments of the contract."""
        return len(self.instalments)

    def due(self, month: int) -> date:
        """The day of the month-th instalment (1-based)."""
        return add_months(self.first_due, month - 1)

    def tax_year(self, month: int) -> int:
        """The calendar year in which the tax year of the month-th instalment begins."""
        day, starts = self.due(month), self.tax.year_starts_in if self.tax else 1
        return day.year if day.month >= starts else day.year - 1

    def rate(self, month: int) -> Fraction:
        """Monthly rate of month `month` (1-based)."""
        return self.rates[min(month, len(self.rates)) - 1]

    def instalment(self, month: int) -> int:
        """What the household pays towards this loan in `month`, kept up after the contract would have ended."""
        if month < self.months:
            return self.instalments[month - 1]
        return max(self.instalments[-2:])


def half_even(numerator: int, denominator: int) -> int:
    """`numerator / denominator` rounded half-even; the denominator is positive."""
    quotient, rest = divmod(numerator, denominator)
    twice = 2 * rest
    return quotient + (twice > denominator or (twice == denominator and quotient & 1))


def interest(balance: int, rate: Fraction) -> int:
    """Interest of one month on `balance`, rounded half-even to the minor unit."""
    return half_even(balance * rate.numerator, rate.denominator)


def level_instalment(balance: int, rate: Fraction, months: int) -> int:
    """EMI = P i / (1 - (1 + i)^-n), rounded half-even to the minor unit; P / n at 0 %."""
    if rate == 0:
        return half_even(balance, months)
    with localcontext(EXACT):
        i = Decimal(rate.numerator) / Decimal(rate.denominator)
        return int((balance * i / (1 - (1 + i) ** -months)).to_integral_value())


def terms_of(loan: Loan, index: int, currency: str, as_of: date) -> Terms:
    """The loan in minor units with its contract schedule. Raises Invalid with the field when it never ends."""
    where = f"loans.{index}"
    balance = to_minor(loan.outstanding, currency, f"{where}.outstanding")
    first_due = loan.next_due_on or add_months(as_of, 1)
    rates = _monthly_rates(loan, first_due)
    months = loan.months
    if loan.instalment is not None:
        instalment = to_minor(loan.instalment, currency, f"{where}.instalment")
    elif months is not None:
        instalment = level_instalment(balance, rates[0], months)
    else:
        raise Invalid(f"{where}.instalment", "give the instalment or the remaining months")
    if instalment <= interest(balance, rates[0]):
        raise Invalid(f"{where}.instalment", "does not cover the first month's interest, so the loan never ends")
    smallest = to_minor(loan.minimum_part_payment, currency, f"{where}.minimum_part_payment")
    fixed_end = months if loan.instalment is None else None
    instalments, balances = _contract(balance, rates, instalment, fixed_end, loan.on_rate_change, where)
    return Terms(
        id=loan.id,
        name=loan.name,
        balance=balance,
        rates=rates[: max(len(instalments), 1)],
        fee=Fraction(0) if loan.overdraft else Fraction(loan.prepayment_fee),
        minimum_part=0 if loan.overdraft else smallest,
        overdraft=loan.overdraft,
        tax=_relief(loan, where, currency),
        instalments=instalments,
        balances=balances,
        first_due=first_due,
    )


def _relief(loan: Loan, where: str, currency: str) -> Relief | None:
    if loan.tax is None:
        return None
    cap = loan.tax.yearly_cap
    return Relief(
        rate=Fraction(loan.tax.marginal_rate),
        yearly_cap=None if cap is None else to_minor(cap, currency, f"{where}.tax.yearly_cap"),
        year_starts_in=loan.tax.year_starts_in,
    )


def _monthly_rates(loan: Loan, first_due: date) -> tuple[Fraction, ...]:
    """One rate per month: a change holds from the first period that begins on or after its day."""
    if not loan.rate_changes:
        return (Fraction(loan.annual_rate) / 12,) * LONGEST_TENOR
    changes = sorted(loan.rate_changes, key=lambda change: change.on)
    rates: list[Fraction] = []
    current, upcoming = Fraction(loan.annual_rate) / 12, 0
    for month in range(LONGEST_TENOR):
        start = add_months(first_due, month - 1)
        while upcoming < len(changes) and changes[upcoming].on <= start:
            current = Fraction(changes[upcoming].annual_rate) / 12
            upcoming += 1
        rates.append(current)
    return tuple(rates)


def _contract(
    balance: int, rates: Sequence[Fraction], instalment: int, months: int | None, gives_way: str, where: str
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Payments and balances without prepaying; the last payment absorbs the rounding and the balance ends at 0."""
    end = months or _tenor(balance, rates[0], instalment, where)
    keeps_end = gives_way == "instalment"
    paid: list[int] = []
    left: list[int] = []
    for month in range(LONGEST_TENOR):
        if month and keeps_end and rates[month] != rates[month - 1]:
            instalment = level_instalment(balance, rates[month], max(end - month, 1))
        charge = interest(balance, rates[month])
        if instalment <= charge:
            raise Invalid(f"{where}.rate_changes", "a later rate makes the interest larger than the instalment")
        constant = months is not None and (keeps_end or rates[month] == rates[0] == rates[-1])
        due = balance + charge
        payment = due if constant and month + 1 == end else min(instalment, due)
        balance = due - payment
        paid.append(payment)
        left.append(balance)
        if balance == 0:
            return tuple(paid), tuple(left)
    raise Invalid(f"{where}.instalment", f"the loan would run longer than {LONGEST_TENOR} months")


def _tenor(balance: int, rate: Fraction, instalment: int, where: str) -> int:
    """Number of instalments at an unchanged rate."""
    for month in range(LONGEST_TENOR):
        balance += interest(balance, rate) - instalment
        if balance <= 0:
            return month + 1
    raise Invalid(f"{where}.instalment", f"the loan would run longer than {LONGEST_TENOR} months")
