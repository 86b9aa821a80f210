"""What each choice for the next rupee does, found by asking reports and fire with and without it."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from finapp.assets.public import Loan as OwedLoan
from finapp.dashboard.domain import next_rupee
from finapp.dashboard.domain.next_rupee import Choice
from finapp.dashboard.facade.neighbours import Neighbours
from finapp.dashboard.public import Every, NextRupee, RupeeChoice, RupeeEffect, RupeeLoan, RupeeQuestion
from finapp.fire.public import Flow, Projection, ProjectionRequest
from finapp.kernel.money import Rate, rounded
from finapp.reports.public import Loan, PrepaymentQuestion, StrategyOutcome, TaxRelief

INFLATION = Decimal("0.04")
"""Assumed when none is given, to set returns after inflation beside the rates of loans."""
_HOLDS_MONEY = ("checking", "savings")
MONTH_PLACES, COVER_PLACES = Decimal("0.01"), Decimal("1e-6")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a household asks of its own money; the rest is filled in."""

    amount: Decimal
    every: Every
    invest_return: Rate | None
    inflation: Rate | None


def of_household(near: Neighbours, owner: str, asked: Asked, as_of: date) -> NextRupee:
    """The answer for the household's own buffer, loans and plan."""
    fund = near.reports.emergency_fund(owner=owner, as_of=as_of)
    plan = near.fire.plan(owner=owner, as_of=as_of)
    owed = near.assets.loans(owner=owner, as_of=as_of).items
    rise = INFLATION if asked.inflation is None else asked.inflation
    rates = (
        each.interest_rate
        for each in near.transactions.account_balances(owner=owner, on=as_of)
        if each.kind in _HOLDS_MONEY and each.currency == fund.currency
    )
    expected = (1 + (plan.real_return.value or Decimal(0))) * (1 + rise) - 1
    repaid = [loan for loan in owed if _repays(loan, fund.currency)]
    zero = Decimal(0)
    question = RupeeQuestion(
        currency=fund.currency,
        amount=asked.amount,
        every=asked.every,
        liquid=max(fund.liquid_total or zero, zero),
        buffer_target=fund.target or zero,
        monthly_need=fund.monthly_need,
        loans=tuple(_loan(loan) for loan in repaid),
        invest_return=expected if asked.invest_return is None else asked.invest_return,
        sweep_rate=max((rate for rate in rates if rate is not None), default=None),
        inflation=rise,
        invested=max(plan.invested.value or zero, zero),
        monthly_savings=plan.monthly_savings.value or zero,
        annual_expenses=plan.annual_expenses.value,
        withdrawal_rate=plan.withdrawal_rate.value or Decimal("0.04"),
    )
    left_out = tuple(loan.name for loan in owed if loan not in repaid)
    return answer(near, owner, question, as_of, left_out)


def answer(
    near: Neighbours, owner: str, question: RupeeQuestion, as_of: date, left_out: tuple[str, ...] = ()
) -> NextRupee:
    """The split with the effect of each choice. Raises Invalid."""
    next_rupee.check(question)
    asking = _Asking(near, owner, question, as_of)
    choices = next_rupee.split(question)
    return NextRupee(
        as_of=as_of,
        currency=question.currency,
        amount=question.amount,
        every=question.every,
        choices=tuple(RupeeChoice(**vars(choice), effect=asking.effect(choice)) for choice in choices),
        basis=next_rupee.basis(question, choices, left_out),
    )


def _repays(loan: OwedLoan, currency: str) -> bool:
    if loan.currency != currency or loan.annual_rate is None or not loan.instalment or loan.outstanding <= 0:
        return False
    return loan.outstanding * loan.annual_rate / 12 < loan.instalment


def _loan(loan: OwedLoan) -> RupeeLoan:
    return RupeeLoan(
        id=loan.id,
        name=loan.name,
        outstanding=rounded(loan.outstanding, loan.currency),
        annual_rate=loan.annual_rate or Decimal(0),
        instalment=rounded(loan.instalment or Decimal(0), loan.currency),
    )


class _Asking:
    """Asks the neighbours what would change."""

    def __init__(self, near: Neighbours, owner: str, question: RupeeQuestion, as_of: date) -> None:
        self._near, self._owner, self._question, self._as_of = near, owner, question, as_of
        self._today = self._arrival(invested=question.invested, flows=())

    def effect(self, choice: Choice) -> RupeeEffect:
        """What a choice does with as much of the amount as it can take."""
        whole = self._question.amount * (12 if self._is_monthly else 1)
        amount = whole if choice.capacity is None else min(whole, choice.capacity)
        if choice.kind in ("buffer", "sweep"):
            rate, need = choice.annual_return, self._question.monthly_need
            earned = None if rate is None else rounded(amount * rate, self._question.currency)
            cover = (amount / need).quantize(COVER_PLACES) if need else None
            return replace(_effect(amount, cover=cover, reason="stays_liquid"), interest_earned=earned)
        if choice.kind == "invest":
            more = (Decimal(0), self._question.amount) if self._is_monthly else (amount, Decimal(0))
            return self._sooner(
                amount, self._arrival(invested=self._question.invested + more[0], flows=(), monthly=more[1])
            )
        return self._of_loan(choice.id, amount)

    @property
    def _is_monthly(self) -> bool:
        return self._question.every == "month"

    def _of_loan(self, loan_id: str, amount: Decimal) -> RupeeEffect:
        """The loan ends earlier; its instalments flow into the plan from then until it would have ended."""
        loan = next(each for each in self._question.loans if each.id == loan_id)
        before, after = self._prepaid(loan, amount)
        freed = Flow(
            name=loan.name,
            amount=loan.instalment + (self._question.amount if self._is_monthly else Decimal(0)),
            start=after.debt_free_on,
            end=before.debt_free_on,
            every="month",
            real=False,
        )
        flows = (freed,) if after.debt_free_on < before.debt_free_on else ()
        arrival = self._arrival(invested=self._question.invested, flows=flows)
        return self._sooner(amount, arrival, interest=after.cost_saved)

    def _prepaid(self, loan: RupeeLoan, amount: Decimal) -> tuple[StrategyOutcome, StrategyOutcome]:
        asked = PrepaymentQuestion(
            currency=self._question.currency,
            loans=(
                Loan(
                    id=loan.id,
                    name=loan.name,
                    outstanding=loan.outstanding,
                    annual_rate=loan.annual_rate,
                    instalment=loan.instalment,
                    prepayment_fee=loan.prepayment_fee,
                    tax=TaxRelief(marginal_rate=loan.tax_relief) if loan.tax_relief else None,
                ),
            ),
            cash=Decimal(0) if self._is_monthly else amount,
            extra_monthly=self._question.amount if self._is_monthly else Decimal(0),
            strategies=("none", "avalanche"),
        )
        found = self._near.reports.loan_prepayment_of(owner=self._owner, question=asked, as_of=self._as_of)
        by_name = {outcome.name: outcome for outcome in found.strategies}
        return by_name["none"], by_name["avalanche"]

    def _arrival(
        self, *, invested: Decimal, flows: tuple[Flow, ...], monthly: Decimal = Decimal(0)
    ) -> Projection | None:
        question = self._question
        if question.annual_expenses is None or question.annual_expenses <= 0:
            return None
        request = ProjectionRequest(
            currency=question.currency,
            as_of=self._as_of,
            invested=invested,
            monthly_savings=question.monthly_savings + monthly,
            annual_expenses=question.annual_expenses,
            real_return=(1 + question.invest_return) / (1 + question.inflation) - 1,
            withdrawal_rate=question.withdrawal_rate,
            inflation=question.inflation,
            flows=flows,
        )
        return self._near.fire.projection_of(owner=self._owner, request=request)

    def _sooner(self, amount: Decimal, arrival: Projection | None, interest: Decimal | None = None) -> RupeeEffect:
        if self._today is None or arrival is None:
            return _effect(amount, interest=interest, reason="no_spending")
        before, after = self._today.months_exact, arrival.months_exact
        if before is None or after is None:
            return _effect(amount, interest=interest, reason=self._today.months_exact_reason or "unknown")
        return _effect(amount, interest=interest, months=(before - after).quantize(MONTH_PLACES))


def _effect(
    amount: Decimal,
    *,
    interest: Decimal | None = None,
    cover: Rate | None = None,
    months: Rate | None = None,
    reason: str | None = None,
) -> RupeeEffect:
    return RupeeEffect(
        amount=amount,
        interest_saved=interest,
        cover_months=cover,
        independence_months=months,
        independence_months_reason=reason,
    )
