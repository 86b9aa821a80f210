"""A finished simulation in the words of the report: costs, dates, plan and rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finapp.kernel.money import from_minor
from finapp.reports.domain.prepayment.terms import Terms, half_even
from finapp.reports.domain.prepayment.waterfall import Run
from finapp.reports.public.prepayment import LoanOutcome, MonthRow, Prepayment, StrategyName, StrategyOutcome


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What every outcome of one comparison shares."""

    loans: Sequence[Terms]
    currency: str
    as_of: date

    def money(self, minor: int) -> Decimal:
        """Minor units as an amount."""
        return from_minor(minor, self.currency)

    def on(self, month: int) -> date:
        """The day of the last of the month-th instalments."""
        return max(loan.due(month) for loan in self.loans)


def tax_saved(frame: Frame, run: Run) -> int:
    """Tax saved over all loans and tax years, each year's interest counted up to its cap."""
    return sum(amount for _, amount in tax_by_year_end(frame, run))


def tax_by_year_end(frame: Frame, run: Run) -> list[tuple[int, int]]:
    """(month in which a tax year ends for us, tax saved in it) for every loan and tax year."""
    flows: list[tuple[int, int]] = []
    for index, loan in enumerate(frame.loans):
        if loan.tax is None:
            continue
        years: dict[int, tuple[int, int]] = {}
        for number, row in enumerate(run.months, 1):
            year = loan.tax_year(number)
            years[year] = (number, years.get(year, (0, 0))[1] + row[index].interest)
        for number, amount in years.values():
            counted = amount if loan.tax.yearly_cap is None else min(amount, loan.tax.yearly_cap)
            flows.append((number, half_even(counted * loan.tax.rate.numerator, loan.tax.rate.denominator)))
    return flows


def cost(frame: Frame, run: Run) -> int:
    """Interest plus charges less tax saved, in minor units: what strategies are ranked by."""
    return run.interest + run.fees - tax_saved(frame, run)


def outcome(frame: Frame, name: StrategyName, run: Run, none: Run) -> StrategyOutcome:
    """The report of one strategy beside the contract."""
    saved_tax = tax_saved(frame, run)
    total = run.interest + run.fees - saved_tax
    loans = tuple(_loan(frame, run, index) for index in range(len(frame.loans)))
    return StrategyOutcome(
        name=name,
        total_interest=frame.money(run.interest),
        total_fees=frame.money(run.fees),
        tax_saved=frame.money(saved_tax),
        total_cost=frame.money(total),
        debt_free_on=max(loan.paid_off_on for loan in loans),
        months=run.length,
        interest_saved=frame.money(none.interest - run.interest),
        cost_saved=frame.money(cost(frame, none) - total),
        months_saved=none.length - run.length,
        cash_committed=frame.money(run.committed),
        cash_left=frame.money(run.cash[-1]),
        loans=loans,
        prepayments=_prepayments(frame, run),
        rows=tuple(_row(frame, run, number) for number in range(1, run.length + 1)),
    )


def _loan(frame: Frame, run: Run, index: int) -> LoanOutcome:
    loan = frame.loans[index]
    column = [row[index] for row in run.months]
    months = max(number for number, item in enumerate(column, 1) if item.payment)
    parked, largest = 0, 0
    for number, item in enumerate(column, 1):
        contract = loan.balances[number - 1] if number <= loan.months else 0
        parked = contract - item.balance if item.balance or number <= months else 0
        largest = max(largest, parked)
    return LoanOutcome(
        id=loan.id,
        name=loan.name,
        interest=frame.money(sum(item.interest for item in column)),
        fees=frame.money(sum(item.fee for item in column)),
        prepaid=frame.money(sum(item.prepayment for item in column)),
        months=months,
        paid_off_on=loan.due(months),
        last_instalment=frame.money(column[months - 1].payment),
        drawable=frame.money(largest if loan.overdraft else 0),
    )


def _prepayments(frame: Frame, run: Run) -> tuple[Prepayment, ...]:
    return tuple(
        Prepayment(
            date=frame.loans[index].due(number),
            loan_id=frame.loans[index].id,
            amount=frame.money(item.prepayment),
            fee=frame.money(item.fee),
        )
        for number, row in enumerate(run.months, 1)
        for index, item in enumerate(row)
        if item.prepayment
    )


def _row(frame: Frame, run: Run, number: int) -> MonthRow:
    row = run.months[number - 1]
    payment, charge = sum(item.payment for item in row), sum(item.interest for item in row)
    return MonthRow(
        number=number,
        date=frame.on(number),
        payment=frame.money(payment),
        interest=frame.money(charge),
        principal=frame.money(payment - charge),
        prepayment=frame.money(sum(item.prepayment for item in row)),
        fee=frame.money(sum(item.fee for item in row)),
        balance=frame.money(sum(item.balance for item in row)),
        cash_left=frame.money(run.cash[number - 1]),
    )
