"""Net worth ahead: today's assets grown by class or contract, savings added, debts by their schedules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finapp.assets.domain import checks
from finapp.assets.domain.debts import Debt, owed
from finapp.assets.domain.saving import Saving
from finapp.assets.domain.schedule import amortize
from finapp.assets.domain.terms import PER_YEAR
from finapp.assets.domain.valuing import Holding, minors
from finapp.assets.public import LoanEnd, NetWorth, Position, ProjectedPoint, Projection, ProjectionQuestion
from finapp.kernel.basis import Basis, Figure, Input
from finapp.kernel.errors import Invalid
from finapp.kernel.money import EXACT, from_minor, rounded
from finapp.kernel.months import last_day, month_of, shift

VERSION = 2
MOST_YEARS = 60
_LOWEST_GROWTH = Decimal("-0.9")
ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What a projection starts from."""

    worth: NetWorth
    holdings: Sequence[Holding]
    debts: Sequence[Debt]
    saving: Saving
    """By the ledger, for what the question leaves open."""
    factors: Mapping[str, Decimal]
    """By asset and liability: its amount in the answer's currency for one unit of its own, the household's share
    included. What has no known rate has none, and is left out; net worth is unknown then, and the path empty.
    """


@dataclass(frozen=True, kw_only=True)
class _Aside:
    """What is put aside each month: all of it, and the part that goes into investments."""

    monthly: Decimal
    invested: Decimal


def check_projection(question: ProjectionQuestion) -> None:
    """Raises Invalid for a horizon, saving or growth that cannot be."""
    if not 1 <= question.years <= MOST_YEARS:
        raise Invalid("years", f"must lie between 1 and {MOST_YEARS}")
    if question.monthly_saving is not None:
        checks.check_amount("monthly_saving", abs(question.monthly_saving), zero=True)
    if question.monthly_investment is not None:
        checks.check_amount("monthly_investment", question.monthly_investment, zero=True)
    rates = {f"growth.{name}": rate for name, rate in question.growth.items()}
    for field, rate in {**rates, "saving_growth": question.saving_growth}.items():
        if not rate.is_finite() or not _LOWEST_GROWTH <= rate <= checks.HIGHEST_RATE:
            raise Invalid(field, f"must lie between {_LOWEST_GROWTH} and {checks.HIGHEST_RATE}")


def project(question: ProjectionQuestion, outlook: Outlook) -> Projection:
    """The path at every month's end. Debts without a schedule stay as they are."""
    worth, aside = outlook.worth, _aside(question, outlook.saving)
    months = [last_day(shift(month_of(worth.as_of), ahead)) for ahead in range(1, 12 * question.years + 1)]
    ends = tuple(_ends(outlook, months[-1]))
    known = worth.net_worth is not None
    return Projection(
        as_of=worth.as_of,
        currency=worth.currency,
        monthly_saving=rounded(aside.monthly, worth.currency),
        monthly_saving_origin="own" if question.monthly_saving is not None else "derived",
        monthly_investment=rounded(aside.invested, worth.currency),
        saving_months=outlook.saving.months if question.monthly_saving is None else (),
        points=tuple(_points(question, outlook, months, ends)) if known else (),
        points_reason=None if known else worth.net_worth_reason,
        loan_ends=ends,
        basis=_basis(question, outlook),
    )


def _aside(question: ProjectionQuestion, saving: Saving) -> _Aside:
    monthly = question.monthly_saving if question.monthly_saving is not None else saving.monthly or ZERO
    wanted = question.monthly_investment if question.monthly_investment is not None else saving.invested or ZERO
    return _Aside(monthly=monthly, invested=min(wanted, max(monthly, ZERO)))


def _points(
    question: ProjectionQuestion, outlook: Outlook, months: Sequence[date], ends: Sequence[LoanEnd]
) -> list[ProjectedPoint]:
    worth, aside = outlook.worth, _aside(question, outlook.saving)
    groups, fixed, accruing = _standing(question, outlook, months)
    growths = {name: _monthly(question.growth.get(name, ZERO)) for name in groups}
    kept_growth = _monthly(question.saving_growth)
    put_in_growth = _monthly(question.growth.get(question.investment_class, question.saving_growth))
    kept = put_in = ZERO
    debts, points = _debts(outlook, months), []
    for index, day in enumerate(months):
        groups = {name: EXACT.multiply(amount, growths[name]) for name, amount in groups.items()}
        freed = sum((end.frees for end in ends if month_of(end.ends_on) < month_of(day)), ZERO)
        added = aside.monthly - aside.invested + (freed if question.freed_instalments_saved else 0)
        kept = EXACT.multiply(kept, kept_growth) + added
        put_in = EXACT.multiply(put_in, put_in_growth) + aside.invested
        owned = sum(groups.values(), ZERO) + accruing[index] + put_in + max(kept, ZERO)
        assets = rounded(owned, worth.currency)
        owing = rounded(debts[index] + fixed - min(kept, ZERO), worth.currency)
        points.append(
            ProjectedPoint(
                date=day,
                assets=assets,
                liabilities=owing,
                net_worth=assets - owing,
                put_aside=rounded(put_in + kept, worth.currency),
            )
        )
    return points


def _standing(
    question: ProjectionQuestion, outlook: Outlook, months: Sequence[date]
) -> tuple[dict[str, Decimal], Decimal, list[Decimal]]:
    """Assets by class, debts without a schedule, and what accrues by contract at each month's end."""
    holdings = {item.id: item for item in outlook.holdings}
    scheduled = {debt.id for debt in outlook.debts if debt.terms is not None}
    groups: dict[str, Decimal] = {}
    fixed, accruing = ZERO, [ZERO] * len(months)
    for item in outlook.worth.positions:
        holding = holdings.get(item.id)
        if item.converted is None:
            continue
        if holding is not None and item.id in outlook.factors and _by_contract(question, item, holding):
            places = item.converted.as_tuple().exponent
            for index, minor in enumerate(minors(holding, months)):
                amount = from_minor(minor or 0, holding.details.currency) * outlook.factors[item.id]
                accruing[index] += round(amount, -int(places))
        elif item.converted >= 0:
            groups[item.group] = groups.get(item.group, ZERO) + item.converted
        elif item.id not in scheduled or item.source == "account":
            fixed -= item.converted
    return groups, fixed, accruing


def _by_contract(question: ProjectionQuestion, item: Position, holding: Holding) -> bool:
    """Whether an asset grows by its own rate: it has one, and no growth is stated for its class."""
    details = holding.details
    return bool(details.accrual_rate) and item.source in ("accrued", "valuation") and item.group not in question.growth


def _monthly(yearly: Decimal) -> Decimal:
    return EXACT.power(1 + yearly, EXACT.divide(Decimal(1), Decimal(12)))


def _debts(outlook: Outlook, months: Sequence[date]) -> list[Decimal]:
    totals = [ZERO] * len(months)
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
        if terms is None or debt.id not in outlook.factors or debt.details.closed_on is not None:
            continue
        rows = [row for row in amortize(terms).rows if row.number is not None]
        last = rows[-1]
        if outlook.worth.as_of < last.date <= until:
            regular = (rows[-2] if len(rows) > 1 else last).payment * PER_YEAR[terms.frequency] / 12
            frees = rounded(regular * outlook.factors[debt.id], outlook.worth.currency)
            found.append(LoanEnd(id=debt.id, name=debt.details.name, ends_on=last.date, frees=frees))
    return sorted(found, key=lambda end: (end.ends_on, end.id))


def _span(outlook: Outlook) -> str:
    months = outlook.saving.months
    return f"{months[0]} to {months[-1]}" if months else "no complete month: nothing"


def _inputs(question: ProjectionQuestion, outlook: Outlook) -> tuple[Input, ...]:
    derived, worth = question.monthly_saving is None, outlook.worth.net_worth
    return (
        Input(id="net_worth", kind="figure", name="net_worth", value=str(worth), source="/net-worth"),
        Input(
            id="monthly_saving",
            kind="rows" if derived else "assumption",
            name="monthly_saving",
            value=str(outlook.saving.monthly if derived else question.monthly_saving),
            source=f"median of {_span(outlook)}" if derived else "own",
        ),
        *(
            Input(
                id=item.id,
                kind="assumption",
                name=f"accrual_rate of {item.details.name}",
                value=str(item.details.accrual_rate),
                source="own",
            )
            for item in outlook.holdings
            if item.details.accrual_rate
        ),
        *(
            Input(id=debt.id, kind="schedule_row", name=debt.details.name, value=None, source="schedule")
            for debt in outlook.debts
            if debt.terms is not None
        ),
    )


def _basis(question: ProjectionQuestion, outlook: Outlook) -> Basis:
    growth = ", ".join(f"{name} {rate}" for name, rate in sorted(question.growth.items())) or "none"
    derived = f"income less living cost and debt service, median of {_span(outlook)}"
    return Basis(
        formula="assets.projection",
        version=VERSION,
        assumptions={
            "growth": growth,
            "accrual": "deposits and the like grow by their own rate where no growth is stated for their class",
            "saving": "put aside at each month's end, regular investments included, so counted once",
            "monthly_saving": derived if question.monthly_saving is None else "own",
            "monthly_investment": f"the part of it that grows as {question.investment_class}",
            "saving_growth": str(question.saving_growth),
            "freed_instalments_saved": str(question.freed_instalments_saved).lower(),
            "debts": "by their schedules; cards, overdrafts and debts without a schedule stay as they are",
            "exchange": "today's rates",
            "terms": "nominal: no inflation, no tax",
        },
        figures={
            "points": Figure(
                kind="formula",
                formula="sum of class x (1 + growth)^(months / 12) + accruing + put aside - debts",
                inputs=_inputs(question, outlook),
            )
        },
    )
