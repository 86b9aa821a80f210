"""Scenarios beside the plan, and the plan of an earlier day against what became of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal

from finapp.fire.domain.projection import balance_after, paid_in_after, project, shown
from finapp.fire.domain.summary import request_of
from finapp.fire.public.plan import Plan, PlanOverrides
from finapp.fire.public.projection import Flow, Projection, ProjectionRequest
from finapp.fire.public.scenarios import Comparison, NewScenario, Scenario, ScenarioOutcome, Standing
from finapp.kernel.basis import Basis, Figure, Input
from finapp.kernel.errors import Invalid
from finapp.kernel.money import rounded
from finapp.kernel.months import count_months, month_of

VERSION = 2
_TEN_YEARS = 120


def check(new: NewScenario) -> None:
    """Raises Invalid for a flow that would move as time passes."""
    for number, flow in enumerate(new.flows):
        for name in ("year", "from_year", "to_year"):
            if getattr(flow, name) is not None:
                raise Invalid(f"flows.{number}.{name}", "a kept scenario needs dates, which do not move")
        if flow.date is None and flow.start is None:
            raise Invalid(f"flows.{number}.start", "a kept scenario needs a date or a start")


def forked(own: PlanOverrides, scenario: PlanOverrides) -> PlanOverrides:
    """The plan's own assumptions with the scenario's in their place."""
    given = {item.name: getattr(scenario, item.name) for item in fields(PlanOverrides)}
    return replace(own, **{name: value for name, value in given.items() if value is not None})


def comparison(
    own: PlanOverrides, scenarios: Sequence[Scenario], planned: Callable[[PlanOverrides], Plan]
) -> Comparison:
    """The plan and each scenario projected. `planned` makes a plan from own assumptions."""
    plan = planned(own)
    base = request_of(plan)
    first = _outcome(plan, None, "plan", base, None)
    today = None if isinstance(base, str) else project(base)
    items = [first]
    for scenario in scenarios:
        fork = planned(forked(own, scenario.own))
        request = request_of(fork)
        if not isinstance(request, str):
            request = replace(request, flows=_ahead(scenario.flows, plan.as_of))
        items.append(_outcome(fork, scenario.id, scenario.name, request, today))
    return Comparison(
        as_of=plan.as_of,
        currency=plan.currency,
        items=tuple(items),
        basis=Basis(
            formula="fire.comparison",
            version=VERSION,
            assumptions={"terms": "real", "flows": "what lies in the past is left out"},
            figures={"months": Figure(kind="formula", formula="as in fire.projection, for each scenario")},
        ),
    )


def _ahead(flows: Sequence[Flow], as_of: date) -> tuple[Flow, ...]:
    """The flows that are not over."""
    return tuple(flow for flow in flows if (flow.date or flow.end or as_of) >= as_of)


def _outcome(
    plan: Plan, scenario_id: str | None, name: str, request: ProjectionRequest | str, today: Projection | None
) -> ScenarioOutcome:
    missing = request if isinstance(request, str) else None
    found = None if isinstance(request, str) else project(request)
    later = None
    if found is not None and today is not None and found.months_exact is not None and today.months_exact is not None:
        later = shown(found.months_exact - today.months_exact)
    after = None if isinstance(request, str) else rounded(balance_after(request, _TEN_YEARS), plan.currency)
    return ScenarioOutcome(
        id=scenario_id,
        name=name,
        fire_number=None if found is None else found.fire_number,
        fire_number_reason=missing,
        status=None if found is None else found.status,
        status_reason=missing,
        months=None if found is None else found.months,
        months_reason=missing if found is None else found.months_reason,
        date=None if found is None else found.date,
        date_reason=missing if found is None else found.date_reason,
        months_later=later,
        months_later_reason=None if later is not None else missing or ("never" if scenario_id else "is_the_plan"),
        invested_after_10_years=after,
        invested_after_10_years_reason=missing,
    )


@dataclass(frozen=True, kw_only=True)
class Happened:
    """What happened between two days, signed; None where nothing tells."""

    saved: Decimal | None
    earned: Decimal | None
    """By the invested capital: market and interest."""
    earned_reason: str | None


def standing(then: Plan, now: Plan, happened: Happened) -> Standing:
    """What the plan of `then` expected of today beside what is, and what has happened since."""
    saved = happened.saved
    old, new = request_of(then), request_of(now)
    months = max(count_months(month_of(then.as_of), month_of(now.as_of)), 0)
    missing_then, missing_now = (request if isinstance(request, str) else None for request in (old, new))
    missing = missing_then or missing_now
    planned, by_saving, expected = _expected(old, months, saved, now.currency)
    by_market = None if isinstance(old, str) else _by_market(old, months, happened.earned, now.currency)
    actual = None if isinstance(new, str) else rounded(new.invested, now.currency)
    needed = None if isinstance(new, str) else project(new).months
    gap = None if planned is None or actual is None else actual - planned
    elsewhere = _rest(gap, by_saving, by_market)
    unearned = happened.earned_reason
    return Standing(
        as_of=now.as_of,
        since=then.as_of,
        currency=now.currency,
        months=months,
        planned=planned,
        planned_reason=missing_then,
        actual=actual,
        actual_reason=missing_now,
        gap=gap,
        gap_reason=missing,
        by_saving=by_saving,
        by_saving_reason=missing_then or _unsaved(saved),
        by_market=by_market,
        by_market_reason=missing_then or unearned,
        by_elsewhere=elsewhere,
        by_elsewhere_reason=None if elsewhere is not None else missing or unearned or _unsaved(saved),
        by_spending=_by_spending(old, new, now.currency),
        by_spending_reason=missing,
        months_expected=expected,
        months_expected_reason=None if expected is not None else missing_then or "never",
        months_needed=needed,
        months_needed_reason=None if needed is not None else missing_now or "never",
        basis=_basis(then, happened),
    )


def _rest(gap: Decimal | None, *parts: Decimal | None) -> Decimal | None:
    """What the parts leave of the gap; None where one is not known."""
    known = [part for part in parts if part is not None]
    return None if gap is None or len(known) < len(parts) else gap - sum(known, Decimal(0))


def _by_spending(old: ProjectionRequest | str, new: ProjectionRequest | str, currency: str) -> Decimal | None:
    if isinstance(old, str) or isinstance(new, str):
        return None
    return rounded(_number(new) - _number(old), currency)


def _unsaved(saved: Decimal | None) -> str | None:
    return "no_rows" if saved is None else None


def _expected(
    old: ProjectionRequest | str, months: int, saved: Decimal | None, currency: str
) -> tuple[Decimal | None, Decimal | None, int | None]:
    """What the old plan expected of today: the capital, what saving differently did to it, and the months left."""
    if isinstance(old, str):
        return None, None, None
    planned = rounded(balance_after(old, months), currency)
    by_saving = None if saved is None else rounded(saved - paid_in_after(old, months), currency)
    left = project(old).months
    return planned, by_saving, None if left is None else max(left - months, 0)


def _by_market(old: ProjectionRequest, months: int, earned: Decimal | None, currency: str) -> Decimal | None:
    """What was earned, less the growth that the old plan expected."""
    if earned is None:
        return None
    return rounded(earned - (balance_after(old, months) - old.invested - paid_in_after(old, months)), currency)


def _number(request: ProjectionRequest) -> Decimal:
    return request.annual_expenses / request.withdrawal_rate


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"


def _basis(then: Plan, happened: Happened) -> Basis:
    inputs = (
        Input(
            id="fire.plan", kind="figure", name="the plan of then", value=None, source=f"/fire/plan?as_of={then.as_of}"
        ),
        Input(
            id="analytics.saved",
            kind="figure",
            name="saved since",
            value=_text(happened.saved),
            source="/analytics/summary",
        ),
        Input(
            id="assets.attribution",
            kind="figure",
            name="market and interest since",
            value=_text(happened.earned),
            source=f"/net-worth/attribution?from={then.as_of}",
        ),
    )
    return Basis(
        formula="fire.standing",
        version=VERSION,
        assumptions={
            "plan_of_then": "own assumptions stated by that day, the rest derived from the months before it",
            "terms": "the old plan's real path beside today's values: inflation since then is not taken out",
        },
        figures={
            "gap": Figure(
                kind="formula", formula="actual - planned = by_saving + by_market + by_elsewhere", inputs=inputs
            )
        },
    )
