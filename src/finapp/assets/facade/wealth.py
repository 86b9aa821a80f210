"""What it is all worth: net worth, tiers of liquidity, what is invested."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.assets.domain import net_worth as sums
from finapp.assets.domain.groups import INVESTED_CLASSES
from finapp.assets.domain.steps import step_ends
from finapp.assets.facade.desk import Desk
from finapp.assets.public import (
    Invested,
    LiquidTiers,
    NetWorth,
    NetWorthTimeline,
    Position,
    Step,
)
from finapp.kernel.basis import Basis, Figure, Input
from finapp.kernel.money import from_minor


class WealthDesk(Desk):
    """Keeps `finapp.assets.public.Wealth`."""

    def net_worth(self, *, owner: str, as_of: date) -> NetWorth:
        self._want_snapshot(owner)
        return self._worth(owner, as_of)

    def net_worth_timeline(self, *, owner: str, first: date, last: date, by: Step, as_of: date) -> NetWorthTimeline:
        days = step_ends(first, min(last, as_of), by)
        estate = self._estate(owner, days)
        return NetWorthTimeline(
            as_of=as_of,
            currency=estate.currency,
            by=by,
            points=sums.points(estate, self._rates(owner)),
            basis=Basis(formula="assets.net_worth_timeline", version=sums.VERSION, assumptions=sums.ASSUMPTIONS),
        )

    def liquid_by_tier(self, *, owner: str, as_of: date) -> LiquidTiers:
        worth = self.net_worth(owner=owner, as_of=as_of)
        owned = [item for item in worth.positions if item.liquidity is not None and item.reason != "no_valuation"]
        known = all(item.converted is not None for item in owned)
        zero = from_minor(0, worth.currency)
        tiers = {
            tier: sum((_positive(item) for item in owned if item.liquidity == tier), zero) if known else None
            for tier in ("today", "days", "months", "locked")
        }
        return LiquidTiers(
            as_of=as_of,
            currency=worth.currency,
            today=tiers["today"],
            days=tiers["days"],
            months=tiers["months"],
            locked=tiers["locked"],
            reason=None if known else sums.NO_RATE,
            basis=_sum_basis("assets.liquid_by_tier", "sum of the positive positions of the tier", "tiers", owned),
        )

    def invested(self, *, owner: str, as_of: date) -> Invested:
        worth = self.net_worth(owner=owner, as_of=as_of)
        chosen = [item for item in worth.positions if item.group in INVESTED_CLASSES and item.reason != "no_valuation"]
        known = all(item.converted is not None for item in chosen)
        by_class: dict[str, Decimal] = {}
        for item in chosen:
            by_class[item.group] = by_class.get(item.group, Decimal(0)) + (item.converted or Decimal(0))
        total = sum(by_class.values(), from_minor(0, worth.currency))
        return Invested(
            as_of=as_of,
            currency=worth.currency,
            total=total if known else None,
            total_reason=None if known else sums.NO_RATE,
            by_class=by_class if known else {},
            basis=_sum_basis("assets.invested", "sum of the positions of invested classes", "total", chosen),
        )


def _positive(item: Position) -> Decimal:
    return max(item.converted or Decimal(0), Decimal(0))


def _sum_basis(name: str, formula: str, figure: str, items: Sequence[Position]) -> Basis:
    return Basis(
        formula=name,
        version=sums.VERSION,
        assumptions=sums.ASSUMPTIONS,
        figures={figure: Figure(kind="formula", formula=formula, inputs=tuple(_inputs(items)))},
    )


def _inputs(items: Iterable[Position]) -> Iterable[Input]:
    kind: Literal["account", "valuation"]
    for item in items:
        value = None if item.converted is None else f"{item.converted:f}"
        kind = "account" if item.kind == "account" else "valuation"
        yield Input(id=item.id, kind=kind, name=item.name, value=value, source=item.source)
