"""Scores a household by the published model, and finds the steps that raise the score most by scoring anew."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.dashboard.domain.curves import at
from finapp.dashboard.domain.health_model import COPING, HEALTHY, LEAST_COVERAGE, MODEL
from finapp.dashboard.public import Component, ComponentName, HealthScore, NextStep, StepName
from finapp.kernel.basis import Basis, Figure, Input
from finapp.kernel.money import rounded
from finapp.kernel.months import add_months

VERSION = 3
POINTS = Decimal("0.01")
VALUE_PLACES = Decimal("1e-6")
SAVED_SHARE = Decimal("0.1")
"""The share of discretionary spending that `spend_less` moves to savings."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the model measures a household by; None where it is not known. Amounts in one currency, positive."""

    currency: str | None = None
    income: Decimal | None = None
    expenses: Decimal | None = None
    discretionary: Decimal | None = None
    debt_service: Decimal | None = None
    saved: Decimal | None = None
    """Of `income`, at the savings rate that analytics gives; medians of the parts need not subtract to it."""
    liquid: Decimal | None = None
    monthly_need: Decimal | None = None
    target_months: Decimal | None = None
    assets: Decimal | None = None
    debts: Decimal | None = None
    by_class: Mapping[str, Decimal] | None = None
    """What is owned, by class."""
    liquid_by_class: Mapping[str, Decimal] | None = None
    """What of it is not locked, the soonest at hand first."""
    expected_payments: int | None = None
    missed_payments: int = 0
    insured: bool | None = None
    net_worth_change: Decimal | None = None
    """Over the last twelve months."""
    reasons: Mapping[str, str]
    """Component -> why its facts are missing."""


def score(facts: Facts, as_of: date, *, complete: bool) -> HealthScore:
    """The score with every component, and the steps that would raise it."""
    components = _components(facts)
    total = _total(components)
    coverage = _coverage(components)
    return HealthScore(
        as_of=as_of,
        currency=facts.currency,
        score=total,
        score_reason="too_little_known" if total is None else None,
        band=None if total is None else _band(total),
        components=components,
        coverage=coverage,
        next_best=_steps(facts, total) if total is not None else (),
        complete=complete,
        basis=_basis(components, as_of),
    )


def values(facts: Facts) -> dict[ComponentName, Decimal | None]:
    """What each component measures."""
    yearly = None if facts.expenses is None else 12 * facts.expenses
    paid = None if not facts.expected_payments else Decimal(facts.expected_payments - facts.missed_payments)
    return {
        "savings_rate": _ratio(facts.saved, facts.income),
        "emergency_cover": _ratio(facts.liquid, facts.monthly_need),
        "debt_service": _ratio(facts.debt_service, facts.income),
        "debt_to_assets": _debt_ratio(facts),
        "on_time_payments": _ratio(paid, Decimal(facts.expected_payments or 0)),
        "insurance": None if facts.insured is None else Decimal(facts.insured),
        "diversification": _spread(facts.by_class),
        "net_worth_trend": _ratio(facts.net_worth_change, yearly),
    }


def _ratio(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return part / whole if part is not None and whole is not None and whole > 0 else None


def _debt_ratio(facts: Facts) -> Decimal | None:
    if facts.debts == 0 and facts.assets is not None:
        return Decimal(0)
    return _ratio(facts.debts, facts.assets)


def _spread(by_class: Mapping[str, Decimal] | None) -> Decimal | None:
    held = [amount for amount in (by_class or {}).values() if amount > 0]
    whole = sum(held, Decimal(0))
    return 1 - sum(((amount / whole) ** 2 for amount in held), Decimal(0)) if held else None


def _components(facts: Facts) -> tuple[Component, ...]:
    measured = values(facts)
    known = sum((MODEL[name].weight for name, value in measured.items() if value is not None), Decimal(0))
    return tuple(_component(name, value, known, facts.reasons.get(name)) for name, value in measured.items())


def _component(name: ComponentName, value: Decimal | None, known: Decimal, reason: str | None) -> Component:
    measure = MODEL[name]
    points = None if value is None else at(measure.knots, value)
    return Component(
        name=name,
        value=None if value is None else value.quantize(VALUE_PLACES),
        value_reason=(reason or "unknown") if value is None else None,
        meaning=measure.meaning,
        score=None if points is None else points.quantize(POINTS),
        weight=measure.weight,
        contribution=None if points is None else (points * measure.weight / known).quantize(POINTS),
        knots=measure.knots,
    )


def _coverage(components: tuple[Component, ...]) -> Decimal:
    return sum((each.weight for each in components if each.value is not None), Decimal(0))


def _total(components: tuple[Component, ...]) -> Decimal | None:
    if _coverage(components) < LEAST_COVERAGE:
        return None
    total = sum((each.contribution for each in components if each.contribution is not None), Decimal(0))
    # Up to eight roundings of half a hundredth may lift a perfect household above the top.
    return min(total, Decimal(100))


def _band(total: Decimal) -> Literal["healthy", "coping", "vulnerable"]:
    if total >= HEALTHY:
        return "healthy"
    return "coping" if total >= COPING else "vulnerable"


def _steps(facts: Facts, today: Decimal) -> tuple[NextStep, ...]:
    found = [
        _scored(name, source, target, amount, after, today) for name, source, target, amount, after in _after(facts)
    ]
    return tuple(sorted((step for step in found if step.gain > 0), key=lambda step: -step.gain))


Change = tuple[StepName, str, str, Decimal, Facts]


def _scored(
    name: StepName,
    source: str,
    target: str,
    amount: Decimal,
    after: Facts,
    today: Decimal,
) -> NextStep:
    total = _total(_components(after)) or Decimal(0)
    return NextStep(name=name, amount=amount, source=source, target=target, score=total, gain=total - today)


def _after(facts: Facts) -> Iterator[Change]:
    """Changes a household could make, each with the household after it."""
    if facts.currency is None:
        return
    if facts.discretionary is not None and facts.expenses is not None and facts.discretionary > 0:
        amount = rounded(facts.discretionary * SAVED_SHARE, facts.currency)
        changed = replace(
            facts,
            expenses=facts.expenses - amount,
            discretionary=facts.discretionary - amount,
            saved=None if facts.saved is None else facts.saved + amount,
        )
        yield "spend_less", "discretionary spending", "savings", amount, changed
    if facts.liquid is not None and facts.monthly_need:
        amount = rounded(facts.monthly_need, facts.currency)
        more = None if facts.assets is None else facts.assets + amount
        yield "fill_buffer", "savings of the coming months", "emergency fund", amount, _richer(facts, amount, more)
    yield from _repayment(facts)


def _richer(facts: Facts, amount: Decimal, assets: Decimal | None) -> Facts:
    return replace(
        facts,
        liquid=(facts.liquid or Decimal(0)) + amount,
        assets=assets,
        by_class=_filled(facts, amount),
        net_worth_change=None if facts.net_worth_change is None else facts.net_worth_change + amount,
    )


def _filled(facts: Facts, amount: Decimal) -> Mapping[str, Decimal] | None:
    """What is owned by class, with more of what is soonest at hand."""
    soonest = next(iter(facts.liquid_by_class or {}), None)
    if facts.by_class is None or soonest is None:
        return facts.by_class
    return {**facts.by_class, soonest: facts.by_class.get(soonest, Decimal(0)) + amount}


def _drawn(facts: Facts, amount: Decimal) -> Mapping[str, Decimal] | None:
    """What is owned by class, without an amount of what is soonest at hand."""
    if facts.by_class is None:
        return None
    left, owned = amount, dict(facts.by_class)
    for name, liquid in (facts.liquid_by_class or {}).items():
        taken = min(left, liquid, owned.get(name, Decimal(0)))
        owned[name] = owned.get(name, Decimal(0)) - taken
        left -= taken
    return owned


def _repayment(facts: Facts) -> Iterator[Change]:
    """Liquid money above the emergency target repays debt."""
    known = (facts.liquid, facts.monthly_need, facts.target_months, facts.debts, facts.assets)
    if facts.currency is None or any(each is None for each in known):
        return
    liquid, need, months, debts, assets = (each or Decimal(0) for each in known)
    amount = rounded(min(liquid - need * months, debts), facts.currency)
    if amount > 0:
        changed = replace(
            facts,
            liquid=liquid - amount,
            debts=debts - amount,
            assets=assets - amount,
            by_class=_drawn(facts, amount),
        )
        yield "repay_debt", "liquid money above the emergency target", "debt", amount, changed


def _basis(components: tuple[Component, ...], as_of: date) -> Basis:
    known = [each for each in components if each.contribution is not None]
    figures = {"score": Figure(kind="formula", formula="sum of the inputs, at most 100", inputs=tuple(_parts(known)))}
    for each in known:
        here = f"components.{each.name}"
        weighed = tuple(
            Input(id=f"{here}.{name}", kind="figure", name=name, value=f"{value:f}", source="this answer")
            for name, value in (("value", each.value), ("weight", each.weight))
            if value is not None
        )
        coverage = Input(
            id="coverage", kind="figure", name="coverage", value=f"{_coverage(components):f}", source="this answer"
        )
        figures[f"{here}.contribution"] = Figure(
            kind="formula", formula="value on the curve of its knots x weight / coverage", inputs=(*weighed, coverage)
        )
        where = f"{MODEL[each.name].source}?as_of={as_of}"
        if each.name == "net_worth_trend":
            where += f"&from={add_months(as_of, -12)}&to={as_of}&by=month"
        measured = Input(id=f"{here}.measured", kind="figure", name=each.meaning, value=None, source=where)
        figures[f"{here}.value"] = Figure(kind="formula", formula=each.meaning, inputs=(measured,))
    return Basis(
        formula="dashboard.health_score",
        version=VERSION,
        assumptions={
            "model": "after the FinHealth Score (Financial Health Network), questions replaced by measured figures",
            "missing": "a component that is not known counts neither for nor against; coverage says how much is known",
        },
        figures=figures,
    )


def _parts(known: list[Component]) -> Iterator[Input]:
    for each in known:
        name = f"components.{each.name}.contribution"
        yield Input(id=name, kind="figure", name=each.name, value=f"{each.contribution:f}", source="this answer")
