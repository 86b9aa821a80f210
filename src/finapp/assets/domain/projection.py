"""Net worth ahead: today's assets grown by class, savings added, debts by their schedules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finapp.assets.domain import checks
from finapp.assets.domain.debts import Debt, owed
from finapp.assets.domain.schedule import amortize
from finapp.assets.public import LoanEnd, NetWorth, ProjectedPoint, Projection, ProjectionQuestion
from finapp.kernel.basis import Basis, Figure, Input
from finapp.kernel.errors import Invalid
from finapp.kernel.money import EXACT, from_minor, rounded
from finapp.kernel.months import last_day, month_of, shift

VERSION = 1
MOST_YEARS = 60
_LOWEST_GROWTH = Decimal("-0.9")


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What a projection starts from."""

    worth: NetWorth
    debts: Sequence[Debt]
    factors: Mapping[str, Decimal]
    """By liability: its amount in the answer's currency for one unit of its own, the household's share included.

    A liability whose rate is not known has none, and is left out; net worth is unknown then, and the path empty.
    """


def check_projection(question: ProjectionQuestion) -> None:
    """Raises Invalid for a horizon, saving or growth that cannot be."""
    if not 1 <= question.years <= MOST_YEARS:
        raise Invalid("years", f"must lie between 1 and {MOST_YEARS}")
    checks.check_amount("monthly_saving", abs(question.monthly_saving), zero=True)
    for name, rate in {**question.growth, "saving_growth": question.saving_growth}.items():
        if not rate.is_finite() or not _LOWEST_GROWTH <= rate <= checks.HIGHEST_RATE:
            raise Invalid(f"growth.{name}", f"must lie between {_LOWEST_GROWTH} and {checks.HIGHEST_RATE}")


def project(question: ProjectionQuestion, outlook: Outlook) -> Projection:
    """The path at every month's end. Debts without a schedule stay as they are."""
    worth = outlook.worth
    months = [last_day(shift(month_of(worth.as_of), ahead)) for ahead in range(1, 12 * question.years + 1)]
    ends = tuple(_ends(outlook, months[-1]))
    known = worth.net_worth is not None
    return Projection(
        as_of=worth.as_of,
        currency=worth.currency,
        points=tuple(_points(question, outlook, months, ends)) if known else (),
        points_reason=None if known else worth.net_worth_reason,
        loan_ends=ends,
        basis=_basis(question, worth),
    )


def _points(
    question: ProjectionQuestion, outlook: Outlook, months: Sequence[date], ends: Sequence[LoanEnd]
) -> list[ProjectedPoint]:
    worth = outlook.worth
    scheduled = {debt.id for debt in outlook.debts if debt.terms is not None}
    groups: dict[str, Decimal] = {}
    fixed = Decimal(0)
    for item in worth.positions:
        if item.converted is None:
            continue
        if item.converted >= 0:
            groups[item.group] = groups.get(item.group, Decimal(0)) + item.converted
        elif item.id not in scheduled or item.source == "account":
            fixed -= item.converted
    growths = {name: _monthly(question.growth.get(name, Decimal(0))) for name in groups}
    saved_growth, saved = _monthly(question.saving_growth), Decimal(0)
    debts = _debts(outlook, months)
    points = []
    for index, day in enumerate(months):
        groups = {name: EXACT.multiply(amount, growths[name]) for name, amount in groups.items()}
        freed = sum((end.frees for end in ends if month_of(end.ends_on) < month_of(day)), Decimal(0))
        added = question.monthly_saving + (freed if question.freed_instalments_saved else 0)
        saved = EXACT.multiply(saved, saved_growth) + added
        assets = rounded(sum(groups.values(), Decimal(0)) + max(saved, Decimal(0)), worth.currency)
        owing = rounded(debts[index] + fixed - min(saved, Decimal(0)), worth.currency)
        points.append(ProjectedPoint(date=day, assets=assets, liabilities=owing, net_worth=assets - owing))
    return points


def _monthly(yearly: Decimal) -> Decimal:
    return EXACT.power(1 + yearly, EXACT.divide(Decimal(1), Decimal(12)))


def _debts(outlook: Outlook, months: Sequence[date]) -> list[Decimal]:
    totals = [Decimal(0)] * len(months)
    by_account = {item.id for item in outlook.worth.positions if item.source == "account"}
    for debt in outlook.debts:
        if debt.terms is None or debt.id in by_account or debt.id not in outlook.factors:
            continue
        for index, owing in enumerate(owed(debt, months)):
            totals[index] += from_minor(owing.minor, debt.details.currency) * outlook.factors[debt.id]
    return totals


def _ends(outlook: Outlook, until: date) -> list[LoanEnd]:
    found = []
    for debt in outlook.debts:
        terms = debt.terms
        if terms is None or debt.id not in outlook.factors:
            continue
        rows = [row for row in amortize(terms).rows if row.number is not None]
        last = rows[-1]
        if outlook.worth.as_of < last.date <= until:
            regular = rows[-2].payment if len(rows) > 1 else last.payment
            frees = rounded(regular * outlook.factors[debt.id], outlook.worth.currency)
            found.append(LoanEnd(id=debt.id, name=debt.details.name, ends_on=last.date, frees=frees))
    return sorted(found, key=lambda end: (end.ends_on, end.id))


def _basis(question: ProjectionQuestion, worth: NetWorth) -> Basis:
    growth = ", ".join(f"{name} {rate}" for name, rate in sorted(question.growth.items())) or "none"
    start = Input(id="net_worth", kind="figure", name="net_worth", value=str(worth.net_worth), source="/net-worth")
    return Basis(
        formula="assets.projection",
        version=VERSION,
        assumptions={
            "growth": growth,
            "monthly_saving": str(question.monthly_saving),
            "saving": "everything put aside at each month's end, regular investments included, so counted once",
            "saving_growth": str(question.saving_growth),
            "freed_instalments_saved": str(question.freed_instalments_saved).lower(),
            "debts": "by their schedules; cards, overdrafts and debts without a schedule stay as they are",
            "exchange": "today's rates",
            "terms": "nominal: no inflation, no tax",
        },
        figures={
            "points": Figure(
                kind="formula", formula="sum of class x (1 + growth)^(months / 12) + savings - debts", inputs=(start,)
            )
        },
    )
