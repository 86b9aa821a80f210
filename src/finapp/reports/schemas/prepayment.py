"""The body of a loan prepayment question."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from finapp.kernel.months import add_months
from finapp.platform.fields import Body, Currency, Day, Line, Money, Rate
from finapp.reports.public import (
    BalanceTransfer,
    InvestAlternative,
    Loan,
    LumpSum,
    PrepaymentQuestion,
    RateChange,
    StrategyName,
    TaxRelief,
)

_NOTHING = Decimal(0)


class RateChangeBody(Body):
    """From the period that begins on or after `date`, the loan bears `annual_rate`."""

    date: Day
    annual_rate: Rate


class TaxBody(Body):
    """Interest that is deductible, up to a cap in each tax year."""

    marginal_rate: Rate
    yearly_cap: Money | None = None
    year_starts_in: int = 4


class LoanBody(Body):
    """A loan as it stands today, with its instalment or its remaining months.

    Its next instalment is due on `next_due_on`, or on the next `due_day` (31 is the last day of a month).
    """

    id: Line
    name: Line | None = None
    outstanding: Money
    annual_rate: Rate
    instalment: Money | None = None
    months: int | None = None
    prepayment_fee: Rate = _NOTHING
    minimum_part_payment: Money = _NOTHING
    rate_changes: Annotated[list[RateChangeBody], Field(max_length=120)] = Field(default_factory=list)
    on_rate_change: Literal["tenure", "instalment"] = "tenure"
    next_due_on: Day | None = None
    due_day: Annotated[int, Field(ge=1, le=31)] | None = None
    overdraft: bool = False
    tax: TaxBody | None = None

    def value(self, as_of: dt.date) -> Loan:
        """As the facade takes it."""
        return Loan(
            id=self.id,
            name=self.name or self.id,
            outstanding=self.outstanding,
            annual_rate=self.annual_rate,
            instalment=self.instalment,
            months=self.months,
            prepayment_fee=self.prepayment_fee,
            minimum_part_payment=self.minimum_part_payment,
            rate_changes=tuple(RateChange(on=c.date, annual_rate=c.annual_rate) for c in self.rate_changes),
            on_rate_change=self.on_rate_change,
            next_due_on=self._next_due(as_of),
            overdraft=self.overdraft,
            tax=None if self.tax is None else TaxRelief(**self.tax.model_dump()),
        )

    def _next_due(self, as_of: dt.date) -> dt.date | None:
        if self.next_due_on is not None or self.due_day is None:
            return self.next_due_on
        this = add_months(as_of.replace(day=1), 0, self.due_day)
        return this if this > as_of else add_months(as_of.replace(day=1), 1, self.due_day)


class LumpSumBody(Body):
    """Money that becomes available on a day."""

    date: Day
    amount: Money


class InvestBody(Body):
    """What the same money would earn elsewhere; with a volatility the answer is a probability."""

    after_tax_return: Rate
    volatility: Rate | None = None
    seed: int = 1
    paths: int = 10_000


class BalanceTransferBody(Body):
    """An offer to take a loan over."""

    loan_id: Line
    annual_rate: Rate
    cost: Money
    months: int | None = None


class PrepaymentBody(Body):
    """Everything a comparison of payoff strategies needs; nothing is stored."""

    loans: Annotated[list[LoanBody], Field(min_length=1, max_length=100)]
    extra_monthly: Money = _NOTHING
    lump_sums: Annotated[list[LumpSumBody], Field(max_length=240)] = Field(default_factory=list)
    cash: Money = _NOTHING
    keep_cash: Money = _NOTHING
    strategies: Annotated[list[StrategyName], Field(min_length=1, max_length=6)] | None = None
    custom_order: Annotated[list[Line], Field(max_length=100)] = Field(default_factory=list)
    reduce: Literal["tenure", "instalment"] = "tenure"
    invest: InvestBody | None = None
    balance_transfer: BalanceTransferBody | None = None
    time_limit_seconds: int = 10
    currency: Currency | None = None
    as_of: Day | None = None

    def value(self, currency: str, as_of: dt.date) -> PrepaymentQuestion:
        """As the facade takes it; `currency` stands in for one that is left out."""
        usual: tuple[StrategyName, ...] = ("none", "avalanche", "snowball", "proportional", "optimal")
        strategies = tuple(self.strategies) if self.strategies else usual
        offer, invest = self.balance_transfer, self.invest
        return PrepaymentQuestion(
            currency=self.currency or currency,
            loans=tuple(loan.value(as_of) for loan in self.loans),
            extra_monthly=self.extra_monthly,
            lump_sums=tuple(LumpSum(date=lump.date, amount=lump.amount) for lump in self.lump_sums),
            cash=self.cash,
            keep_cash=self.keep_cash,
            strategies=strategies,
            custom_order=tuple(self.custom_order),
            reduce=self.reduce,
            invest=None if invest is None else InvestAlternative(**invest.model_dump()),
            balance_transfer=None if offer is None else BalanceTransfer(**offer.model_dump()),
            time_limit_seconds=self.time_limit_seconds,
        )
