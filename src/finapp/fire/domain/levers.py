"""What moves the independence date most: each change is projected anew."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.fire.domain.projection import balance_after, date_after, project, shown
from finapp.fire.public.inquiries import Lever, LeverName, Levers, LeversRequest, LeverValue
from finapp.fire.public.projection import Projection, ProjectionRequest
from finapp.kernel.basis import Basis, Figure
from finapp.kernel.errors import Invalid
from finapp.kernel.money import rounded

VERSION = 1
_ONE_PERCENT = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class _Change:
    name: LeverName
    words: str
    values: tuple[LeverValue, ...] = ()
    request: ProjectionRequest


def levers(request: LeversRequest) -> Levers:
    """The changes with the date each leads to, the most effective first. Raises Invalid.

    One percent of income more saved; a tenth of living cost less, and saved; one point more return; half a point less
    fee; a year's living cost as a lump sum today; and, later instead of earlier, one more year of work, and the
    instalments of loans that end spent instead of saved.
    """
    if request.monthly_income is not None and request.monthly_income < 0:
        raise Invalid("monthly_income", "must not be negative")
    base = request.projection
    today = project(base)
    found = [_lever(today, change) for change in _changes(request)]
    if base.saving_flows:
        found.append(_lever(today, _spent(base)))
    found.append(_one_more_year(base, today))
    found.sort(key=lambda lever: (lever.months_saved is None, -(lever.months_saved or Decimal(0))))
    return Levers(
        as_of=base.as_of,
        currency=base.currency,
        status=today.status,
        status_reason=today.status_reason,
        months=today.months,
        months_reason=today.months_reason,
        date=today.date,
        date_reason=today.date_reason,
        levers=tuple(replace(lever, rank=rank) for rank, lever in enumerate(found, start=1)),
        basis=Basis(
            formula="fire.levers",
            version=VERSION,
            assumptions=today.basis.assumptions,
            figures={"months_saved": Figure(kind="formula", formula="months - months with the change, both projected")},
        ),
    )


def without(as_of: date, currency: str, reason: str) -> Levers:
    """No levers: an input of the projection is unknown."""
    return Levers(
        as_of=as_of,
        currency=currency,
        status=None,
        status_reason=reason,
        months=None,
        months_reason=reason,
        date=None,
        date_reason=reason,
        levers=(),
        basis=Basis(formula="fire.levers", version=VERSION, assumptions={"missing": reason}),
    )


def _changes(request: LeversRequest) -> Sequence[_Change]:
    base, currency = request.projection, request.projection.currency
    income = request.monthly_income
    if income is None:
        income = max(base.monthly_savings + base.annual_expenses / 12, Decimal(0))
    more = rounded(income * _ONE_PERCENT, currency)
    less = rounded(base.annual_expenses / 10, currency)
    lump = rounded(base.annual_expenses, currency)
    half = Decimal("0.005")
    saving = replace(base, monthly_savings=base.monthly_savings + more)
    spending = replace(
        base, annual_expenses=base.annual_expenses - less, monthly_savings=base.monthly_savings + less / 12
    )
    return (
        _paid("save_more", "save {} more a month (1 % of income)", more, "month", saving),
        _paid("spend_less", "spend {} less a year (10 % of living cost) and save it", less, "year", spending),
        _Change(
            name="higher_return",
            words="one percentage point more real return a year",
            request=replace(base, real_return=base.real_return + _ONE_PERCENT),
        ),
        _Change(
            name="lower_fee",
            words="half a percentage point less fee a year",
            request=replace(base, real_return=(1 + base.real_return) / (1 - half) - 1),
        ),
        _paid(
            "lump_sum",
            "add {} today (a year's living cost)",
            lump,
            None,
            replace(base, invested=base.invested + lump),
        ),
    )


def _paid(
    name: LeverName, text: str, amount: Decimal, every: Literal["month", "year"] | None, request: ProjectionRequest
) -> _Change:
    value = LeverValue(amount=amount, currency=request.currency, every=every)
    return _Change(name=name, words=text.format(f"{amount:,} {request.currency}"), values=(value,), request=request)


def _spent(base: ProjectionRequest) -> _Change:
    currency = base.currency
    names = ", ".join(f"{flow.name} ({flow.amount:,} {currency} a month)" for flow in base.saving_flows)
    return _Change(
        name="freed_instalments",
        words=f"spend the instalments of loans that end instead of saving them: {names}",
        values=tuple(
            LeverValue(amount=flow.amount, currency=currency, every="month", of=flow.name) for flow in base.saving_flows
        ),
        request=replace(base, saving_flows=()),
    )


def _lever(today: Projection, change: _Change) -> Lever:
    found = project(change.request)
    saved = None
    if found.months_exact is not None and today.months_exact is not None:
        saved = today.months_exact - found.months_exact
    reason = None if saved is not None else "never" if found.months is None else "arrives_only_with_it"
    return Lever(
        name=change.name,
        change=change.words,
        values=change.values,
        rank=0,
        status=found.status or "never",
        months=found.months,
        months_reason=found.months_reason,
        months_saved=None if saved is None else shown(saved),
        months_saved_reason=reason,
        date=found.date,
        date_reason=found.date_reason,
        annual_spending=rounded(change.request.annual_expenses, change.request.currency),
    )


def _one_more_year(base: ProjectionRequest, today: Projection) -> Lever:
    """Twelve months later, and the spending that the larger capital then carries."""
    spending, months = rounded(base.annual_expenses, base.currency), None
    if today.months is not None:
        months = today.months + 12
        spending = rounded(balance_after(base, months) * base.withdrawal_rate, base.currency)
    day, day_reason = date_after(base.as_of, months)
    return Lever(
        name="one_more_year",
        change="work and save one more year",
        values=(),
        rank=0,
        status=today.status or "never",
        months=months,
        months_reason=today.months_reason,
        months_saved=None if months is None else Decimal(-12),
        months_saved_reason=None if months is not None else "never",
        date=day,
        date_reason=day_reason,
        annual_spending=spending,
    )
