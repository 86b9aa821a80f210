"""The plan of a household: its own words first, else what its complete months and valuations say."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from finapp.fire.public.plan import (
    AgeAssumption,
    Confidence,
    EndingLoan,
    Evidence,
    MoneyAssumption,
    Plan,
    PlanOverrides,
    RateAssumption,
)
from finapp.kernel.basis import Basis, Figure, Input
from finapp.kernel.money import Rate, rounded
from finapp.kernel.months import Month

VERSION = 1
DEFAULTS: dict[str, tuple[Rate, str]] = {
    "withdrawal_rate": (Decimal("0.04"), "the 4 % of Bengen 1994 and Cooley, Hubbard and Walz 1998"),
    "real_return": (
        Decimal("0.04"),
        "a point below the 5.1 % a year that 60 % stocks and 40 % bonds earned after inflation in the US, 1928-2024",
    ),
    "volatility": (
        Decimal("0.12"),
        "about the 12.5 % of 60 % stocks and 40 % bonds after inflation in the US, 1928-2024",
    ),
    "fat_factor": (Decimal("1.5"), "half as much again as the regular spending"),
}
_WIDE = Decimal("0.5")


@dataclass(frozen=True, kw_only=True)
class Monthly:
    """A monthly figure of the complete months: its median and its 10th and 90th percentile."""

    median: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None


def monthly(values: Sequence[Decimal], median: Decimal | None) -> Monthly:
    """A monthly figure with its band from the single months (linear between order statistics)."""
    if median is None or not values:
        return Monthly(median=median)
    return Monthly(
        median=median, low=_quantile(sorted(values), Decimal("0.1")), high=_quantile(sorted(values), Decimal("0.9"))
    )


def _quantile(ordered: Sequence[Decimal], share: Decimal) -> Decimal:
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


@dataclass(frozen=True, kw_only=True)
class Observed:
    """What the neighbours know of the household on a day."""

    currency: str
    months: tuple[Month, ...]
    complete: bool
    """Whether the months used are complete ones."""
    reason: str | None
    """Why there is no monthly figure."""
    income: Monthly
    expenses: Monthly
    essential: Monthly
    saved: Monthly
    debt_service: Decimal | None
    essential_by_month: tuple[Decimal, ...]
    savings_rate: Rate | None
    savings_rate_reason: str | None
    invested: Decimal | None
    invested_reason: str | None
    loans: tuple[EndingLoan, ...]


def plan(observed: Observed, own: PlanOverrides, as_of: date) -> Plan:
    """The plan on a day."""
    age = None if own.birth_year is None else max(as_of.year - own.birth_year, 0)
    return Plan(
        as_of=as_of,
        currency=observed.currency,
        annual_expenses=_monthly(observed, observed.expenses, own.annual_expenses, 12, "living cost"),
        essential_expenses=_monthly(observed, observed.essential, own.essential_expenses, 12, "essential living cost"),
        monthly_income=_monthly(observed, observed.income, own.monthly_income, 1, "income"),
        monthly_savings=_monthly(
            observed, observed.saved, own.monthly_savings, 1, "income less living cost and debt service"
        ),
        invested=_invested(observed, own.invested),
        part_time_income=_only_own(own.part_time_income, observed.currency, "no_part_time_income"),
        withdrawal_rate=_rate("withdrawal_rate", own.withdrawal_rate),
        real_return=_rate("real_return", own.real_return),
        volatility=_rate("volatility", own.volatility),
        fat_factor=_rate("fat_factor", own.fat_factor),
        age=_age(age, "no_birth_year"),
        retirement_age=_age(own.retirement_age, "no_retirement_age"),
        loans=observed.loans,
        basis=_basis(observed, own),
    )


def _monthly(observed: Observed, figure: Monthly, own: Decimal | None, scale: int, words: str) -> MoneyAssumption:
    derived = None if figure.median is None else rounded(figure.median * scale, observed.currency)
    confidence = _confidence(observed, figure)
    if derived is None:
        evidence = Evidence(source="none", detail=f"no month tells the {words}", confidence="none")
    else:
        kind = "complete months" if observed.complete else "months, the last not complete"
        times = f"{scale} times the " if scale > 1 else ""
        evidence = Evidence(
            source="months",
            detail=f"{times}median monthly {words} of the {kind}",
            months=len(observed.months),
            first=observed.months[0] if observed.months else None,
            last=observed.months[-1] if observed.months else None,
            confidence=confidence,
        )
    value = derived if own is None else rounded(own, observed.currency)
    return MoneyAssumption(
        value=value,
        value_reason=None if value is not None else observed.reason or "no_months",
        origin="derived" if own is None else "own",
        derived=derived,
        low=None if figure.low is None else rounded(figure.low * scale, observed.currency),
        high=None if figure.high is None else rounded(figure.high * scale, observed.currency),
        evidence=evidence if own is None else _OWN,
    )


_OWN = Evidence(source="own", detail="stated by the household", confidence="high")


def _confidence(observed: Observed, figure: Monthly) -> Confidence:
    """High from six complete months with a band within half the median, medium from three, low below."""
    if figure.median is None:
        return "none"
    if not observed.complete or len(observed.months) < 3:
        return "low"
    narrow = (
        figure.low is not None and figure.high is not None and figure.high - figure.low <= _WIDE * abs(figure.median)
    )
    return "high" if len(observed.months) >= 6 and narrow else "medium"


def _invested(observed: Observed, own: Decimal | None) -> MoneyAssumption:
    value = observed.invested if own is None else rounded(own, observed.currency)
    derived = Evidence(
        source="valuations" if observed.invested is not None else "none",
        detail="long-term assets and investment accounts at their last known values",
        confidence="medium" if observed.invested is not None else "none",
    )
    return MoneyAssumption(
        value=value,
        value_reason=None if value is not None else observed.invested_reason or "unknown",
        origin="derived" if own is None else "own",
        derived=observed.invested,
        low=None,
        high=None,
        evidence=derived if own is None else _OWN,
    )


def _only_own(own: Decimal | None, currency: str, reason: str) -> MoneyAssumption:
    missing = Evidence(source="none", detail="only the household can say it")
    return MoneyAssumption(
        value=None if own is None else rounded(own, currency),
        value_reason=reason if own is None else None,
        origin="derived" if own is None else "own",
        derived=None,
        low=None,
        high=None,
        evidence=missing if own is None else _OWN,
    )


def _rate(name: str, own: Rate | None) -> RateAssumption:
    default, detail = DEFAULTS[name]
    return RateAssumption(
        value=default if own is None else own,
        value_reason=None,
        origin="derived" if own is None else "own",
        derived=default,
        evidence=Evidence(source="default", detail=detail) if own is None else _OWN,
    )


def _age(value: int | None, reason: str) -> AgeAssumption:
    missing = Evidence(source="none", detail="only the household can say it")
    return AgeAssumption(
        value=value,
        value_reason=reason if value is None else None,
        origin="derived" if value is None else "own",
        evidence=missing if value is None else _OWN,
    )


def _basis(observed: Observed, own: PlanOverrides) -> Basis:
    stated: Sequence[str] = [item.name for item in fields(PlanOverrides) if getattr(own, item.name) is not None]
    months = f"{observed.months[0]} to {observed.months[-1]}" if observed.months else "none"
    monthly = (
        Input(
            id="analytics.typical_month", kind="figure", name="typical month", value=None, source="/analytics/summary"
        ),
    )
    formula = Figure(kind="formula", formula="12 x median monthly living cost", inputs=monthly)
    return Basis(
        formula="fire.plan",
        version=VERSION,
        assumptions={
            "months": months,
            "complete_months": str(observed.complete).lower(),
            "own": ", ".join(stated) or "none",
        },
        figures={"annual_expenses": formula},
    )
