"""The emergency fund: months covered, target, the probability that it lasts, and stress drills.

Essential living cost plus contractual debt service is the need.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from math import ceil, sqrt
from statistics import mean, pstdev

from finapp.kernel.basis import Basis, Figure, Input
from finapp.kernel.errors import Invalid
from finapp.kernel.money import EXACT, rounded
from finapp.kernel.months import add_months
from finapp.reports.domain import checks
from finapp.reports.domain.chances import LONGEST, OWN_MONTHS, chances
from finapp.reports.domain.drills import by_tier, covered, drills, tier_months
from finapp.reports.public.emergency import EmergencyFund, EmergencyQuestion, Funding, Liquid, Stability

VERSION = 1
TARGET_MONTHS: dict[Stability, int] = {"dual_stable": 3, "single_stable": 6, "variable": 9, "self_employed": 12}
_STEADY, _UNSTEADY, _SWINGS = 0.07, 0.25, 0.25


def emergency_fund(question: EmergencyQuestion, as_of: date) -> EmergencyFund:
    """The whole report. Raises Invalid with the field for negative or absurd input."""
    _check(question)
    stability = question.stability or _stability(question)
    months = _target_months(question, stability)
    essential, debt_service = _essential(question), rounded(question.debt_service, question.currency)
    need = None if essential is None else rounded(essential + debt_service, question.currency)
    liquid = None if question.liquid is None else covered(question.liquid)
    target = rounded(need * months + question.deductibles, question.currency) if need else None
    missing = None if target is None or liquid is None else target - liquid
    unspent = None if need else "no_spending"
    unknown = unspent or (question.liquid_reason if liquid is None else None)
    zero = rounded(Decimal(0), question.currency)
    found = EmergencyFund(
        as_of=as_of,
        basis=_basis(question, stability),
        currency=question.currency,
        monthly_need=need,
        monthly_need_reason=None if need is not None else "no_spending",
        essential=None if essential is None else rounded(essential, question.currency),
        debt_service=debt_service,
        liquid=question.liquid,
        liquid_reason=question.liquid_reason if liquid is None else None,
        liquid_total=liquid,
        by_tier=by_tier(question, need),
        months=tier_months(liquid, need) if liquid is not None and need else None,
        months_reason=unknown,
        stability=stability,
        variation=_variation(question),
        target_months=months,
        target=target,
        target_reason=unspent,
        shortfall=None if missing is None else max(missing, zero),
        shortfall_reason=unknown,
        surplus=None if missing is None else max(-missing, zero),
        surplus_reason=unknown,
        funding=_funding(question, missing, as_of),
        drills=drills(question, need, as_of) if liquid is not None and need else (),
    )
    return _with_chances(found, question, unknown)


def _with_chances(found: EmergencyFund, question: EmergencyQuestion, unknown: str | None) -> EmergencyFund:
    """The report with what simulation says of it, or with the reason why nothing can be simulated."""
    if unknown is not None or found.essential is None or found.liquid_total is None:
        return replace(
            found,
            probability_lasts_reason=unknown,
            probability_until_income_returns_reason=unknown,
            amount_for_95_reason=unknown,
            months_lasting_reason=unknown,
        )
    seen = chances(question, found.essential, float(found.liquid_total), float(found.target_months))
    return replace(
        found,
        probability_lasts=seen.target,
        probability_until_income_returns=seen.search,
        probability_standard_error=seen.error,
        amount_for_95=rounded(Decimal(repr(seen.amount)), question.currency),
        months_lasting=seen.months,
    )


def _check(question: EmergencyQuestion) -> None:
    currency = question.currency
    for field in ("essential", "debt_service", "deductibles", "debt_outstanding", "medical_bill"):
        amount = getattr(question, field)
        if amount is not None:
            checks.minor(amount, currency, field)
    if question.monthly_saving is not None:
        checks.minor(question.monthly_saving, currency, "monthly_saving", negative=True)
    if question.liquid is not None:
        for tier in ("today", "days", "months", "locked"):
            checks.minor(getattr(question.liquid, tier), currency, f"liquid.{tier}")
        _check_sources(question, question.liquid)
    checks.whole(question.earners, "earners", 0, 10)
    checks.count(question.essential_by_month, "essential_by_month", 600)
    checks.count(question.income_by_month, "income_by_month", 600)
    for index, amount in enumerate(question.essential_by_month):
        checks.minor(amount, currency, f"essential_by_month.{index}", negative=True)
    if question.target_months is not None:
        checks.rate(question.target_months, "target_months", highest=Decimal(LONGEST))
    checks.rate(question.job_search_months, "job_search_months", lowest=Decimal("0.1"), highest=Decimal(60))
    checks.whole(question.paths, "paths", 100, 50_000)
    checks.whole(question.seed, "seed", 0, 2**31 - 1)


def _check_sources(question: EmergencyQuestion, liquid: Liquid) -> None:
    checks.count(question.sources, "liquid.sources", 500)
    held: dict[str, Decimal] = {}
    for index, source in enumerate(question.sources):
        checks.minor(source.amount, question.currency, f"liquid.sources.{index}.amount")
        held[source.tier] = held.get(source.tier, Decimal(0)) + source.amount
        if held[source.tier] > getattr(liquid, source.tier):
            raise Invalid(f"liquid.sources.{index}.amount", f"makes the tier {source.tier} more than its amount")


def _essential(question: EmergencyQuestion) -> Decimal | None:
    if question.essential is not None:
        return question.essential
    if not question.essential_by_month:
        return None
    return max(EXACT.divide(sum(question.essential_by_month), Decimal(len(question.essential_by_month))), Decimal(0))


def _stability(question: EmergencyQuestion) -> Stability:
    """From how far months of income fall short of the usual one: root mean square over it, below 7 % steady, below
    25 % variable. The usual month is the mean without the best sixth, so that a bonus makes no income unsteady."""
    incomes = sorted(float(amount) for amount in question.income_by_month)
    steady: Stability = "dual_stable" if question.earners > 1 else "single_stable"
    usual = mean(incomes[: len(incomes) - len(incomes) // 6]) if len(incomes) >= 3 else 0.0
    if usual <= 0:
        return steady
    short = sqrt(mean(min(income - usual, 0.0) ** 2 for income in incomes)) / usual
    return steady if short < _STEADY else "variable" if short < _UNSTEADY else "self_employed"


def _variation(question: EmergencyQuestion) -> float | None:
    """Of the household's own essential months."""
    return _variation_of(tuple(map(float, question.essential_by_month)))


@lru_cache(maxsize=64)
def _variation_of(own: tuple[float, ...]) -> float | None:
    return pstdev(own) / mean(own) if len(own) >= 3 and mean(own) > 0 else None


def _target_months(question: EmergencyQuestion, stability: Stability) -> Decimal:
    """What was asked for, else what stability suggests; a month more where own months vary by more than a quarter."""
    if question.target_months is not None:
        return question.target_months
    variation = _variation(question) if len(question.essential_by_month) >= OWN_MONTHS else None
    swings = variation is not None and variation > _SWINGS and question.stability is None
    return Decimal(TARGET_MONTHS[stability] + (1 if swings else 0))


def _funding(question: EmergencyQuestion, missing: Decimal | None, as_of: date) -> Funding:
    saving = question.monthly_saving
    reason = None
    if missing is not None and missing <= 0:
        reason = "no_shortfall"
    elif missing is None or saving is None:
        reason = "no_saving"
    elif saving <= 0:
        reason = "never"
    if reason is not None or missing is None or not saving:
        return Funding(monthly=saving, months=None, full_on=None, reason=reason or "no_saving")
    months = ceil(missing / saving)
    if months > 1200:
        return Funding(monthly=saving, months=None, full_on=None, reason="never")
    return Funding(monthly=saving, months=months, full_on=add_months(as_of, months))


def _basis(question: EmergencyQuestion, stability: Stability) -> Basis:
    own = len(question.essential_by_month)
    inputs = (
        Input(id="essential", kind="figure", name="Essential living cost a month", value=str(_essential(question))),
        Input(id="debt_service", kind="figure", name="Contractual instalments", value=str(question.debt_service)),
        Input(id="deductibles", kind="assumption", name="Insured deductibles", value=str(question.deductibles)),
    )
    return Basis(
        formula="reports.emergency_fund",
        version=VERSION,
        assumptions={
            "liquid": "today + days + months; locked money is not counted",
            "stability": stability if question.stability else f"{stability}, from months of income below the usual one",
            "months_of_need": f"{own} own months resampled" if own >= OWN_MONTHS else "lognormal, variation 15 %",
            "job_search": f"constant hazard, median {question.job_search_months} months",
            "seed": str(question.seed),
            "paths": str(question.paths),
        },
        figures={
            "monthly_need": Figure(kind="formula", formula="essential + debt_service", inputs=inputs[:2]),
            "months": Figure(kind="formula", formula="liquid_total / monthly_need", inputs=inputs[:2]),
            "liquid_total": Figure(kind="formula", formula="today + days + months", inputs=tuple(_held(question))),
            "target": Figure(kind="formula", formula="monthly_need x target_months + deductibles", inputs=inputs),
        },
    )


def _held(question: EmergencyQuestion) -> Iterator[Input]:
    """The accounts and assets behind the tiers, else the tiers themselves."""
    for source in question.sources:
        if source.tier != "locked":
            yield Input(id=source.id, kind="figure", name=source.name, value=str(source.amount), source=source.tier)
    if not question.sources and question.liquid is not None:
        for tier in ("today", "days", "months"):
            yield Input(id=tier, kind="assumption", name=tier, value=str(getattr(question.liquid, tier)))
