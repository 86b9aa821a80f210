"""Stress drills: which money is drawn in which order, and until when it lasts."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from finapp.kernel.money import EXACT, Rate, rounded
from finapp.kernel.months import after_months
from finapp.reports.public.emergency import Draw, Drill, DrillName, EmergencyQuestion, Liquid, Tier, TierCover

ORDER: tuple[Tier, ...] = ("today", "days", "months")
TIERS: tuple[Tier, ...] = (*ORDER, "locked")
_LONGEST = 120
_SHOWN = Decimal("1e-6")


def covered(liquid: Liquid) -> Decimal:
    """Money that counts: everything but locked."""
    return liquid.today + liquid.days + liquid.months


def tier_months(amount: Decimal, need: Decimal) -> Rate:
    """Months that an amount covers, to the six decimals in which rates and counts are shown everywhere."""
    return EXACT.divide(amount, need).quantize(_SHOWN, context=EXACT)


def by_tier(question: EmergencyQuestion, need: Decimal | None) -> tuple[TierCover, ...]:
    """Months covered by the money up to and including each tier; locked money covers none."""
    if question.liquid is None:
        return ()
    covers, total = [], Decimal(0)
    for tier in TIERS:
        amount: Decimal = getattr(question.liquid, tier)
        total += amount
        counted = tier != "locked"
        reason = "locked" if not counted else None if need else "no_spending"
        covers.append(
            TierCover(
                tier=tier,
                amount=amount,
                months=tier_months(total, need) if counted and need else None,
                months_reason=reason,
            )
        )
    return tuple(covers)


def drills(question: EmergencyQuestion, need: Decimal, as_of: date) -> tuple[Drill, ...]:
    """Income lost; income lost with loan rates two points up; income lost with a medical bill."""
    dearer = rounded(need + question.debt_outstanding * Decimal("0.02") / 12, question.currency)
    bill = question.medical_bill if question.medical_bill is not None else need * 3
    zero = rounded(Decimal(0), question.currency)
    return (
        _drill(question, "job_loss", need, zero, as_of),
        _drill(question, "rate_plus_2", dearer, zero, as_of),
        _drill(question, "medical_bill", need, rounded(bill, question.currency), as_of),
    )


@dataclass(kw_only=True)
class _Pot:
    """Money of a source that is left, and what has been taken from it by month."""

    tier: Tier
    source_id: str | None
    name: str | None
    left: Decimal
    taken: list[tuple[int, Decimal]] = field(default_factory=list)


def _pots(question: EmergencyQuestion) -> list[_Pot]:
    """Where the money is, in the order of drawing: the soonest tier, and in it what earns least first."""
    pots: list[_Pot] = []
    for tier in ORDER:
        known = [source for source in question.sources if source.tier == tier and source.amount > 0]
        known.sort(key=lambda source: (source.annual_rate or Decimal(0), source.name, source.id))
        pots += [_Pot(tier=tier, source_id=s.id, name=s.name, left=s.amount) for s in known]
        rest: Decimal = getattr(question.liquid, tier) - sum((s.amount for s in known), Decimal(0))
        if rest > 0:
            pots.append(_Pot(tier=tier, source_id=None, name=None, left=rest))
    return pots


def _drill(question: EmergencyQuestion, name: DrillName, need: Decimal, once: Decimal, as_of: date) -> Drill:
    """Needs are met at month ends; of the first that is not met in full, the part that is left is paid."""
    pots, lasts = _pots(question), Decimal(0)
    left = sum((pot.left for pot in pots), Decimal(0))
    full = iter(pots)
    pot = next(full, None)
    for month in range(1, _LONGEST + 1):
        due = need + (once if month == 1 else 0)
        wanted = min(due, left)
        lasts, left = lasts + (1 if wanted == due else tier_months(wanted, due)), left - wanted
        while wanted and pot is not None:
            part = min(wanted, pot.left)
            if part:
                pot.taken.append((month, part))
                pot.left -= part
                wanted -= part
            if not pot.left:
                pot = next(full, None)
        if lasts < month:
            break
    beyond = lasts == _LONGEST
    return Drill(
        name=name,
        monthly_need=need,
        once=once,
        draws=tuple(
            Draw(
                tier=pot.tier,
                source_id=pot.source_id,
                name=pot.name,
                amount=sum((part for _, part in pot.taken), Decimal(0)),
                first_month=pot.taken[0][0],
                last_month=pot.taken[-1][0],
            )
            for pot in pots
            if pot.taken
        ),
        lasts_months=None if beyond else lasts,
        lasts_until=None if beyond else after_months(as_of, lasts),
        lasts_reason="beyond_ten_years" if beyond else None,
    )
