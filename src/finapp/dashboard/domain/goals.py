"""How far a goal is, and what it asks a month."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from finapp.dashboard.public import Goal, GoalStatus, NewGoal
from finapp.kernel.basis import Basis, Figure, Input
from finapp.kernel.errors import Invalid
from finapp.kernel.money import from_minor, quantum
from finapp.kernel.months import count_months, month_of

VERSION = 2
RATE_PLACES = Decimal("1e-6")


@dataclass(frozen=True, kw_only=True)
class Stored:
    """A goal as it is kept."""

    id: str
    version: int
    stated: NewGoal


@dataclass(frozen=True, kw_only=True)
class Holding:
    """What an account or asset is worth; `amount` is None, with the reason, when that is not known."""

    currency: str
    amount: Decimal | None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Holdings:
    """What goals may be saved in, by id; None when it could not be asked."""

    accounts: Mapping[str, Holding] | None
    assets: Mapping[str, Holding] | None


def check(new: NewGoal, holdings: Holdings) -> None:
    """Raises Invalid for a goal that makes no sense or links what is unknown or of another currency."""
    if new.target_amount <= 0:
        raise Invalid("target_amount", "must be positive")
    if new.saved_amount is not None and new.saved_amount < 0:
        raise Invalid("saved_amount", "must not be negative")
    given = [name for name in ("account_id", "asset_id", "saved_amount") if getattr(new, name) is not None]
    if len(given) > 1:
        raise Invalid(given[1], f"cannot be given together with {given[0]}")
    _check_link("account_id", new.account_id, holdings.accounts, new.currency)
    _check_link("asset_id", new.asset_id, holdings.assets, new.currency)


def _check_link(field: str, linked: str | None, known: Mapping[str, Holding] | None, currency: str) -> None:
    if linked is None or known is None:
        return
    if linked not in known:
        raise Invalid(field, "is unknown to this household")
    if known[linked].currency != currency:
        raise Invalid("currency", f"differs from that of {field} ({known[linked].currency})")


def progress(goal: Stored, holdings: Holdings, as_of: date) -> Goal:
    """The goal with its progress on a day."""
    stated = goal.stated
    saved, reason = _saved(stated, holdings)
    remaining = None if saved is None else max(stated.target_amount - saved, from_minor(0, stated.currency))
    status = _status(stated, remaining, as_of)
    needed, needed_reason = _monthly(stated, remaining, status, as_of)
    share = None if saved is None else (saved / stated.target_amount).quantize(RATE_PLACES)
    return Goal(
        **vars(stated),
        id=goal.id,
        version=goal.version,
        as_of=as_of,
        saved=saved,
        saved_reason=reason,
        remaining=remaining,
        progress=share,
        status=status,
        monthly_needed=needed,
        monthly_needed_reason=reason or needed_reason,
        basis=_basis(goal, saved, as_of),
    )


def _saved(stated: NewGoal, holdings: Holdings) -> tuple[Decimal | None, str | None]:
    if stated.account_id is not None:
        return _worth(stated.account_id, holdings.accounts, "account_gone")
    if stated.asset_id is not None:
        return _worth(stated.asset_id, holdings.assets, "asset_gone")
    return stated.saved_amount or from_minor(0, stated.currency), None


def _worth(linked: str, known: Mapping[str, Holding] | None, gone: str) -> tuple[Decimal | None, str | None]:
    if known is None:
        return None, "unavailable"
    found = known.get(linked)
    if found is None:
        return None, gone
    return (None, found.reason) if found.amount is None else (max(found.amount, from_minor(0, found.currency)), None)


def _status(stated: NewGoal, remaining: Decimal | None, as_of: date) -> GoalStatus | None:
    if remaining is None:
        return None
    if remaining == 0:
        return "reached"
    return "overdue" if stated.target_date is not None and stated.target_date < as_of else "open"


def _monthly(
    stated: NewGoal, remaining: Decimal | None, status: GoalStatus | None, as_of: date
) -> tuple[Decimal | None, str | None]:
    if remaining is None:
        return None, None
    if status != "open":
        return None, status
    if stated.target_date is None:
        return None, "no_target_date"
    months = count_months(month_of(as_of), month_of(stated.target_date)) + 1
    return (remaining / months).quantize(quantum(stated.currency), rounding=ROUND_CEILING), None


def _basis(goal: Stored, saved: Decimal | None, as_of: date) -> Basis:
    stated = goal.stated
    target = Input(
        id=f"goal.{goal.id}.target_amount", kind="assumption", name="target_amount", value=f"{stated.target_amount:f}"
    )
    value = None if saved is None else f"{saved:f}"
    if stated.account_id is not None:
        source = f"/api/v1/accounts/{stated.account_id}"
        held = Input(id=stated.account_id, kind="account", name="saved", value=value, source=source)
    elif stated.asset_id is not None:
        source = f"/api/v1/assets/{stated.asset_id}"
        held = Input(id=stated.asset_id, kind="valuation", name="saved", value=value, source=source)
    else:
        held = Input(id=f"goal.{goal.id}.saved_amount", kind="assumption", name="saved", value=value, source="own")
    figures = {"remaining": Figure(kind="formula", formula="target_amount - saved, not below 0", inputs=(held, target))}
    figures["progress"] = Figure(kind="formula", formula="saved / target_amount", inputs=(held, target))
    left = None if saved is None else max(stated.target_amount - saved, from_minor(0, stated.currency))
    if stated.target_date is not None and left is not None:
        months = count_months(month_of(as_of), month_of(stated.target_date)) + 1
        inputs = (
            Input(id="remaining", kind="figure", name="remaining", value=f"{left:f}", source="this answer"),
            Input(id=f"goal.{goal.id}.months", kind="assumption", name="months", value=str(months), source="own"),
        )
        figures["monthly_needed"] = Figure(kind="formula", formula="remaining / months, rounded up", inputs=inputs)
    return Basis(formula="dashboard.goal", version=VERSION, figures=figures)
