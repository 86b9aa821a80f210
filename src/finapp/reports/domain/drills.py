"""Stress drills: which money is drawn in which order, and until when it lasts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
    zero, pots = rounded(Decimal(0), question.currency), _pots(question)
    return (
        _drill(pots, "job_loss", _Needs(need, zero), as_of),
        _drill(pots, "rate_plus_2", _Needs(dearer, zero), as_of),
        _drill(pots, "medical_bill", _Needs(need, rounded(bill, question.currency)), as_of),
    )


@dataclass(frozen=True, kw_only=True)
class _Pot:
    """Money of a source."""

    tier: Tier
    source_id: str | None
    name: str | None
    held: Decimal


def _pots(question: EmergencyQuestion) -> list[_Pot]:
    """Where the money is, in the order of drawing: the soonest tier, and in it what earns least first."""
    pots: list[_Pot] = []
    for tier in ORDER:
        known = [source for source in question.sources if source.tier == tier and source.amount > 0]
        known.sort(key=lambda source: (source.annual_rate or Decimal(0), source.name, source.id))
        pots += [_Pot(tier=tier, source_id=s.id, name=s.name, held=rounded(s.amount, question.currency)) for s in known]
        rest: Decimal = getattr(question.liquid, tier) - sum((s.amount for s in known), Decimal(0))
        if rest > 0:
            pots.append(_Pot(tier=tier, source_id=None, name=None, held=rounded(rest, question.currency)))
    return pots


@dataclass(frozen=True)
class _Needs:
    """What is needed at the end of every month, and once more at the end of the first; months count from 1."""

    monthly: Decimal
    once: Decimal

    def until(self, month: int) -> Decimal:
        """What is needed up to a month."""
        return self.once + self.monthly * month if month else Decimal(0)

    def met_with(self, money: Decimal) -> int:
        """How many months are met in full."""
        return max(0, int((money - self.once) // self.monthly))

    def month_of(self, money: Decimal) -> int:
        """The month in which the last of some money is needed."""
        met = self.met_with(money)
        return met if met and money == self.until(met) else met + 1


def _drill(pots: Sequence[_Pot], name: DrillName, needs: _Needs, as_of: date) -> Drill:
    """Needs are met at month ends; of the first that is not met in full, the part that is left is paid."""
    money = sum((pot.held for pot in pots), Decimal(0))
    met = min(needs.met_with(money), _LONGEST)
    lasts = Decimal(met)
    if met < _LONGEST:
        due = needs.until(met + 1) - needs.until(met)
        lasts += tier_months(money - needs.until(met), due)
    beyond = lasts == _LONGEST
    return Drill(
        name=name,
        monthly_need=needs.monthly,
        once=needs.once,
        draws=tuple(_draws(needs, pots, min(money, needs.until(_LONGEST)))),
        lasts_months=None if beyond else lasts,
        lasts_until=None if beyond else after_months(as_of, lasts),
        lasts_reason="beyond_ten_years" if beyond else None,
    )


def _draws(needs: _Needs, pots: Sequence[_Pot], drawn: Decimal) -> Iterator[Draw]:
    """What is taken from each pot, one after the other, until so much is drawn."""
    start = Decimal(0)
    for pot in pots:
        if start >= drawn:
            return
        end = min(start + pot.held, drawn)
        yield Draw(
            tier=pot.tier,
            source_id=pot.source_id,
            name=pot.name,
            amount=end - start,
            first_month=needs.met_with(start) + 1,
            last_month=needs.month_of(end),
        )
        start = end
