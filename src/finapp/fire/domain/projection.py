"""The deterministic projection: saving and returns at a fixed real rate until the capital suffices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from finapp.fire.domain import flows as dated
from finapp.fire.domain import numbers, stated
from finapp.fire.public.projection import Flow, PathPoint, Projection, ProjectionRequest
from finapp.kernel.basis import Basis, Figure
from finapp.kernel.errors import Invalid
from finapp.kernel.money import Rate, rounded
from finapp.kernel.months import add_months

VERSION = 1
PATH_YEARS = 60
_LAST_YEAR = 9999
_SHOWN = Decimal("0.000001")


@dataclass(frozen=True, kw_only=True)
class _Course:
    """The arrival in months, and the balances on the way (month -> balance, paid in since today)."""

    arrival: numbers.Arrival
    points: Mapping[int, tuple[Decimal, Decimal]]


def project(request: ProjectionRequest) -> Projection:
    """When `invested` reaches the independence number, and the way there. Saving is added at the end of each step.

    A flow that runs for life from the first year on lowers the number, (E - I)/w; every other flow enters the balance
    when it is paid. Raises Invalid for inputs outside their range.
    """
    _check(request)
    income = sum((dated.yearly_amount(flow) for flow in _for_life(request)), Decimal(0))
    target = numbers.fire_number(request.annual_expenses, request.withdrawal_rate, income)
    return _answer(request, target, _course(request, target))


def arrival(request: ProjectionRequest, target: Decimal) -> numbers.Arrival:
    """When the request's savings reach another number than its own."""
    return _course(request, target).arrival


def _course(request: ProjectionRequest, target: Decimal) -> _Course:
    return _stepped(request, target) if _has_flows(request) else _closed(request, target)


def _has_flows(request: ProjectionRequest) -> bool:
    return bool(request.flows or request.saving_flows)


def _check(request: ProjectionRequest) -> None:
    for name in ("invested", "annual_expenses"):
        if getattr(request, name) < 0:
            raise Invalid(name, "must not be negative")
    if request.part_time_income is not None and request.part_time_income < 0:
        raise Invalid("part_time_income", "must not be negative")
    if not 0 < request.withdrawal_rate <= 1:
        raise Invalid("withdrawal_rate", "must be above 0 and at most 1")
    for name in ("real_return", "inflation"):
        if not -1 < getattr(request, name) <= 1:
            raise Invalid(name, "must be above -1 and at most 1")
    for name in ("age", "retirement_age"):
        value = getattr(request, name)
        if value is not None and not 0 <= value <= 120:
            raise Invalid(name, "must be between 0 and 120")
    for field in ("flows", "saving_flows"):
        for number, flow in enumerate(getattr(request, field)):
            dated.check(flow, request.as_of, f"{field}.{number}")


def _for_life(request: ProjectionRequest) -> list[Flow]:
    return [flow for flow in request.flows if flow.amount > 0 and dated.is_for_life(flow, request.as_of)]


def _closed(request: ProjectionRequest, target: Decimal) -> _Course:
    """Without flows: the growth formula gives the arrival and every balance."""
    steps = request.steps_per_year
    months_per_step = 12 // steps
    saving = request.monthly_savings * months_per_step
    rate = numbers.step_rate(request.real_return, steps)
    arrival = numbers.time_to(request.invested, saving, target, rate)
    if arrival.steps is not None and arrival.exact is not None:
        arrival = numbers.Arrival(
            status=arrival.status, steps=arrival.steps * months_per_step, exact=arrival.exact * months_per_step
        )
    points = {}
    for month in _shown_months(request, arrival.steps):
        count = month // months_per_step
        points[month] = numbers.grown(request.invested, saving, rate, count), saving * count
    return _Course(arrival=arrival, points=points)


def balance_after(request: ProjectionRequest, months: int) -> Decimal:
    """The invested capital after so many months of saving, whether the number is reached before or not."""
    if _has_flows(request):
        return _balances(request)[min(months, dated.LONGEST_MONTHS)][0]
    months_per_step = 12 // request.steps_per_year
    rate = numbers.step_rate(request.real_return, request.steps_per_year)
    saving = request.monthly_savings * months_per_step
    return numbers.grown(request.invested, saving, rate, months // months_per_step)


def paid_in_after(request: ProjectionRequest, months: int) -> Decimal:
    """What saving and flows have paid in after so many months."""
    if _has_flows(request):
        return _balances(request)[min(months, dated.LONGEST_MONTHS)][1]
    return request.monthly_savings * months


def _balances(request: ProjectionRequest) -> dict[int, tuple[Decimal, Decimal]]:
    """Month -> (balance, paid in since today), step by step for a hundred years.

    Each flow is paid at the end of the step in which it falls due.
    """
    months_per_step = 12 // request.steps_per_year
    paid = _paid_by_month(request)
    with localcontext(prec=40):
        rate = numbers.step_rate(request.real_return, request.steps_per_year)
        saving = request.monthly_savings * months_per_step
        balance, contributed = request.invested, Decimal(0)
        points = {0: (balance, contributed)}
        for month in range(months_per_step, dated.LONGEST_MONTHS + 1, months_per_step):
            added = saving + sum((paid.get(month - back, Decimal(0)) for back in range(months_per_step)), Decimal(0))
            balance = balance * (1 + rate) + added
            contributed += added
            points[month] = balance, contributed
    return points


def _stepped(request: ProjectionRequest, target: Decimal) -> _Course:
    """With flows: the first step of a hundred years at which the balance suffices."""
    points = _balances(request)
    arrived = next((month for month, (balance, _) in points.items() if balance >= target), None)
    if arrived is None:
        arrival = numbers.Arrival(status="never", steps=None, exact=None)
    else:
        exact = _between(points, arrived, 12 // request.steps_per_year, target)
        arrival = numbers.Arrival(status="reached" if arrived == 0 else "on_course", steps=arrived, exact=exact)
    return _Course(arrival=arrival, points={month: points[month] for month in _shown_months(request, arrival.steps)})


def _between(points: Mapping[int, tuple[Decimal, Decimal]], arrived: int, step: int, target: Decimal) -> Decimal:
    """The month of arrival, interpolated linearly inside the step that crosses the target."""
    if arrived == 0:
        return Decimal(0)
    before, after = points[arrived - step][0], points[arrived][0]
    return arrived - step + step * (target - before) / (after - before)


def _paid_by_month(request: ProjectionRequest) -> dict[int, Decimal]:
    """Month -> flows paid at its end, in today's purchasing power."""
    paid: dict[int, Decimal] = {}
    monthly = numbers.step_rate(request.inflation, 12)
    for flow in (*request.flows, *request.saving_flows):
        for slot, amount in dated.by_slot(flow, request.as_of):
            month = slot + 1
            if not flow.real and request.inflation:
                amount /= (1 + monthly) ** month
            paid[month] = paid.get(month, Decimal(0)) + amount
    return paid


def _shown_months(request: ProjectionRequest, arrival: int | None) -> list[int]:
    """Today, every year end up to the arrival or the retirement age, and the arrival itself."""
    until = arrival if arrival is not None else PATH_YEARS * 12
    years = _years_to_retirement(request)
    if years is not None:
        until = max(until, int(years * 12))
    months = set(range(0, min(until, PATH_YEARS * 12) + 1, 12))
    if arrival is not None and arrival <= PATH_YEARS * 12:
        months.add(arrival)
    return sorted(months)


def _years_to_retirement(request: ProjectionRequest) -> Decimal | None:
    if request.age is None or request.retirement_age is None or request.retirement_age < request.age:
        return None
    return request.retirement_age - request.age


def _answer(request: ProjectionRequest, target: Decimal, course: _Course) -> Projection:
    arrival, currency = course.arrival, request.currency
    share = numbers.progress(request.invested, target)
    day, day_reason = date_after(request.as_of, arrival.steps)
    never = None if arrival.steps is not None else ("never" if not _has_flows(request) else "not_within_100_years")
    years, coast_reason = _coast_years(request)
    coast = None if years is None else rounded(numbers.coast_number(target, request.real_return, years), currency)
    barista = None
    if request.part_time_income is not None:
        for_life = sum((dated.yearly_amount(flow) for flow in _for_life(request)), request.part_time_income)
        barista = rounded(numbers.fire_number(request.annual_expenses, request.withdrawal_rate, for_life), currency)
    return Projection(
        as_of=request.as_of,
        currency=currency,
        fire_number=rounded(target, currency),
        fire_number_reason=None,
        progress=None if share is None else shown(share),
        progress_reason="no_spending" if share is None else None,
        status=arrival.status,
        status_reason=None,
        months=arrival.steps,
        months_reason=never,
        months_exact=None if arrival.exact is None else shown(arrival.exact),
        months_exact_reason=never,
        date=day,
        date_reason=never or day_reason,
        coast_number=coast,
        coast_number_reason=coast_reason,
        coast_reached=None if coast is None else request.invested >= coast,
        coast_reached_reason=coast_reason,
        barista_number=barista,
        barista_number_reason=None if barista is not None else "no_part_time_income",
        path=_path(request, course.points),
        basis=_basis(request),
    )


def _coast_years(request: ProjectionRequest) -> tuple[Decimal | None, str | None]:
    if request.age is None:
        return None, "no_age"
    if request.retirement_age is None:
        return None, "no_retirement_age"
    years = _years_to_retirement(request)
    return years, "retirement_age_has_passed" if years is None else None


def date_after(as_of: date, months: int | None) -> tuple[date | None, str | None]:
    """The date `months` after `as_of`, or the reason why the calendar has none."""
    if months is None:
        return None, "never"
    if as_of.year + months // 12 + 1 > _LAST_YEAR:
        return None, "beyond_the_calendar"
    return add_months(as_of, months), None


def shown(value: Decimal) -> Rate:
    """A rate or count rounded half-even to six decimals for an answer."""
    return value.quantize(_SHOWN) if abs(value) < Decimal("1e20") else value


def _path(request: ProjectionRequest, points: Mapping[int, tuple[Decimal, Decimal]]) -> tuple[PathPoint, ...]:
    path: list[PathPoint] = []
    for month, (balance, contributed) in points.items():
        invested, paid = rounded(balance, request.currency), rounded(contributed, request.currency)
        path.append(
            PathPoint(
                month=month,
                date=add_months(request.as_of, month),
                invested=invested,
                contributed=paid,
                growth=invested - paid - rounded(request.invested, request.currency),
            )
        )
    return tuple(path)


def _basis(request: ProjectionRequest) -> Basis:
    names: Sequence[str] = ("invested", "monthly_savings", "annual_expenses", "withdrawal_rate", "real_return")
    inputs = (
        *(stated.assumption(name, getattr(request, name)) for name in names),
        *stated.flows("flows", request.flows),
        *stated.flows("saving_flows", request.saving_flows),
    )
    formula = "step by step until A >= F" if _has_flows(request) else "ln((F r + S)/(A r + S))/ln(1 + r), F = (E - I)/w"
    return Basis(
        formula="fire.projection",
        version=VERSION,
        assumptions={
            "terms": "real",
            "steps_per_year": str(request.steps_per_year),
            "saving": "end of each step",
            "step_rate": "(1 + real_return)^(1/steps_per_year) - 1",
            "withdrawal_rate": str(request.withdrawal_rate),
            "real_return": str(request.real_return),
            "inflation": str(request.inflation),
            "saving_flows": ", ".join(f"{flow.name} {flow.amount}" for flow in request.saving_flows) or "none",
        },
        figures={
            "fire_number": Figure(
                kind="formula", formula="(annual_expenses - income for life)/withdrawal_rate", inputs=inputs
            ),
            "months": Figure(kind="formula", formula=formula, inputs=inputs),
        },
    )
