"""All independence figures of a household, and its own projection, savings rate and runway."""

from dataclasses import replace
from decimal import Decimal

from finapp.fire.domain import numbers
from finapp.fire.domain.projection import arrival, date_after, project, shown
from finapp.fire.public.numbers import DateRange, Milestone, Runway, SavingsRate, Summary
from finapp.fire.public.plan import Plan
from finapp.fire.public.projection import Flow, Projection, ProjectionRequest
from finapp.kernel.basis import Basis, Figure, Input
from finapp.kernel.money import rounded
from finapp.kernel.months import add_months

VERSION = 2
_PLAN = "/api/v1/fire/plan"
FREED = "saved from the month after the loan ends, at today's purchasing power"


def request_of(plan: Plan) -> ProjectionRequest | str:
    """The projection a plan asks for, or the reason why it cannot be computed."""
    expenses, savings, invested = plan.annual_expenses, plan.monthly_savings, plan.invested
    for assumption in (expenses, savings, invested):
        if assumption.value is None:
            return assumption.value_reason or "unknown"
    return ProjectionRequest(
        currency=plan.currency,
        as_of=plan.as_of,
        invested=max(invested.value or Decimal(0), Decimal(0)),
        monthly_savings=savings.value or Decimal(0),
        annual_expenses=max(expenses.value or Decimal(0), Decimal(0)),
        real_return=plan.real_return.value or Decimal(0),
        withdrawal_rate=plan.withdrawal_rate.value or Decimal("0.04"),
        age=None if plan.age.value is None else Decimal(plan.age.value),
        retirement_age=None if plan.retirement_age.value is None else Decimal(plan.retirement_age.value),
        part_time_income=plan.part_time_income.value,
        saving_flows=freed_instalments(plan),
    )


def freed_instalments(plan: Plan) -> tuple[Flow, ...]:
    """The instalment of each loan with a known end, saved from the month after it, at today's purchasing power."""
    return tuple(
        Flow(amount=loan.instalment, name=loan.name, every="month", start=add_months(loan.ends_on, 1))
        for loan in plan.loans
        if loan.instalment is not None and loan.ends_on is not None and loan.ends_on >= plan.as_of
    )


def projection(plan: Plan) -> Projection:
    """The household's own projection; the instalment of a loan joins the savings when the loan has ended."""
    request = request_of(plan)
    if not isinstance(request, str):
        found = project(request)
        return replace(found, basis=_on_plan(found.basis))
    return Projection(
        as_of=plan.as_of,
        currency=plan.currency,
        fire_number=None,
        fire_number_reason=request,
        progress=None,
        progress_reason=request,
        status=None,
        status_reason=request,
        months=None,
        months_reason=request,
        months_exact=None,
        months_exact_reason=request,
        date=None,
        date_reason=request,
        coast_number=None,
        coast_number_reason=request,
        coast_reached=None,
        coast_reached_reason=request,
        barista_number=None,
        barista_number_reason=request,
        path=(),
        basis=Basis(formula="fire.projection", version=VERSION, assumptions={"missing": request}),
    )


def _on_plan(basis: Basis) -> Basis:
    figures = {
        name: replace(figure, inputs=tuple(_of_plan(item) for item in figure.inputs))
        for name, figure in basis.figures.items()
    }
    return replace(basis, figures=figures, assumptions={**basis.assumptions, "freed_instalments": FREED})


def _of_plan(given: Input) -> Input:
    return replace(given, source=_PLAN) if given.source == "request" else given


def summary(plan: Plan, savings: SavingsRate, dates: DateRange | None, reason: str | None) -> Summary:
    """Everything at one glance but the runway. `dates` is the simulated range, or None with its reason."""
    found = projection(plan)
    regular = _milestone(plan, plan.annual_expenses.value, plan.annual_expenses.value_reason)
    fat_factor = plan.fat_factor.value or Decimal(1)
    fat = None if plan.annual_expenses.value is None else plan.annual_expenses.value * fat_factor
    return Summary(
        as_of=plan.as_of,
        currency=plan.currency,
        fire_number=found.fire_number,
        fire_number_reason=found.fire_number_reason if found.fire_number is None else None,
        invested=plan.invested.value,
        invested_reason=plan.invested.value_reason,
        progress=found.progress,
        progress_reason=found.progress_reason,
        status=found.status,
        status_reason=found.status_reason,
        months=found.months,
        months_reason=found.months_reason,
        date=found.date,
        date_reason=found.date_reason,
        date_range=dates,
        date_range_reason=reason,
        lean=_milestone(plan, plan.essential_expenses.value, plan.essential_expenses.value_reason),
        regular=regular,
        fat=_milestone(plan, fat, plan.annual_expenses.value_reason),
        coast=_coast(plan, found),
        barista=_barista(plan),
        savings_rate=savings.savings_rate,
        savings_rate_reason=savings.savings_rate_reason,
        runway_months=None,
        runway_months_reason=None,
        basis=_basis(plan),
    )


def with_runway(found: Summary, cover: Runway) -> Summary:
    """The summary with how long liquid money lasts: the only figure that changes with every row."""
    return replace(found, runway_months=cover.months, runway_months_reason=cover.months_reason)


def _milestone(plan: Plan, spending: Decimal | None, reason: str | None) -> Milestone:
    """The number for a yearly spending."""
    if spending is None:
        return _unknown(reason or "unknown")
    rate = plan.withdrawal_rate.value or Decimal("0.04")
    return _towards(plan, numbers.fire_number(max(spending, Decimal(0)), rate))


def _barista(plan: Plan) -> Milestone:
    expenses, income = plan.annual_expenses, plan.part_time_income
    if income.value is None:
        return _unknown(income.value_reason or "no_part_time_income")
    left = None if expenses.value is None else max(expenses.value - income.value, Decimal(0))
    return _milestone(plan, left, expenses.value_reason)


def _towards(plan: Plan, target: Decimal) -> Milestone:
    assets, saving = plan.invested.value, plan.monthly_savings.value
    number = rounded(target, plan.currency)
    if assets is None or saving is None:
        missing = (plan.invested if assets is None else plan.monthly_savings).value_reason or "unknown"
        return replace(_unknown(missing), number=number, number_reason=None)
    request = request_of(plan)
    if not isinstance(request, str):
        return _arriving(plan, number, assets, arrival(request, target))
    rate = numbers.step_rate(plan.real_return.value or Decimal(0), 12)
    return _arriving(plan, number, assets, numbers.time_to(assets, saving, target, rate))


def _coast(plan: Plan, found: Projection) -> Milestone:
    """Where saving could stop, growth alone reaching the regular number by the retirement age."""
    assets, saving = plan.invested.value, plan.monthly_savings.value
    if found.coast_number is None or assets is None or saving is None:
        return _unknown(found.coast_number_reason or "unknown")
    rate = numbers.step_rate(plan.real_return.value or Decimal(0), 12)
    months = 12 * ((plan.retirement_age.value or 0) - (plan.age.value or 0))
    reached = numbers.time_to_coast(assets, saving, found.coast_number, rate, months)
    return _arriving(plan, found.coast_number, assets, reached)


def _arriving(plan: Plan, number: Decimal, assets: Decimal, reached: numbers.Arrival) -> Milestone:
    share = numbers.progress(assets, number)
    day, day_reason = date_after(plan.as_of, reached.steps)
    return Milestone(
        number=number,
        number_reason=None,
        progress=None if share is None else shown(share),
        progress_reason="no_spending" if share is None else None,
        status=reached.status,
        status_reason=None,
        months=reached.steps,
        months_reason=None if reached.steps is not None else "never",
        date=day,
        date_reason=day_reason,
    )


def _unknown(reason: str) -> Milestone:
    return Milestone(
        number=None,
        number_reason=reason,
        progress=None,
        progress_reason=reason,
        status=None,
        status_reason=reason,
        months=None,
        months_reason=reason,
        date=None,
        date_reason=reason,
    )


def _basis(plan: Plan) -> Basis:
    names = ("annual_expenses", "essential_expenses", "monthly_savings", "invested", "withdrawal_rate", "real_return")
    inputs = tuple(
        Input(
            id=f"fire.plan.{name}",
            kind="assumption",
            name=name,
            value=_text(getattr(plan, name).value),
            source=_PLAN,
        )
        for name in names
    )
    return Basis(
        formula="fire.summary",
        version=VERSION,
        assumptions={
            "terms": "real",
            "lean": "essential living cost only",
            "fat": f"{plan.fat_factor.value} times the regular spending",
            "debt_service": "not part of the number: loans are repaid from the savings or before independence",
            "freed_instalments": FREED,
        },
        figures={
            "fire_number": Figure(kind="formula", formula="annual_expenses/withdrawal_rate", inputs=inputs),
            "progress": Figure(kind="formula", formula="invested/fire_number", inputs=inputs),
        },
    )


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
