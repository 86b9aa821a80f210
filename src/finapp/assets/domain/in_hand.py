"""Which lots to sell so that an amount is in hand after fees and tax, at the least tax.

All units of an asset bring the same price, so within each holding period the units with the highest basis come first:
any other choice of as many units has a larger gain, and tax never falls when a gain rises. What is left to choose is
how many short-term and how many long-term units. In hand and tax are linear in both between the ends of lots and the
points where a gain crosses zero or the exemption, so the least tax lies at one of those, or where they meet the target.
With whole units every number of the scarcer kind is tried. Nothing is sold beyond what the amount needs: selling more
at a loss only to save tax is another question.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finapp.assets.domain.lots import OpenLot
from finapp.assets.domain.roots import monotone_root
from finapp.assets.domain.tax import Gains, TaxClass, tax_on
from finapp.kernel.errors import Invalid
from finapp.kernel.money import EXACT

ZERO = Decimal(0)
_STEP = Decimal("1e-8")
_TOLERANCE = Decimal("1e-14")
MOST_WHOLE_UNITS = 20_000


@dataclass(frozen=True, kw_only=True)
class Need:
    """What is to be in hand, and what a unit brings."""

    target: Decimal
    slack: Decimal
    """By how much selling everything may miss the target and still be tried, because rounding may bring it there."""
    unit_net: Decimal
    """The price of a unit less the fees in proportion to it."""
    fixed_fees: Decimal
    rules: TaxClass
    before: Gains
    whole_units: bool


class Stack:
    """The units of one holding period, those with the highest basis first."""

    def __init__(self, lots: Iterable[OpenLot]) -> None:
        self.lots = sorted(lots, key=lambda lot: (-lot.unit, lot.acquired_on, lot.id))
        self.ends, self._costs = [ZERO], [ZERO]
        for lot in self.lots:
            self.ends.append(self.ends[-1] + lot.quantity)
            self._costs.append(self._costs[-1] + lot.cost)

    @property
    def units(self) -> Decimal:
        """All of them."""
        return self.ends[-1]

    def basis(self, quantity: Decimal) -> Decimal:
        """What the first `quantity` units cost."""
        at = min(bisect_right(self.ends, quantity) - 1, len(self.lots))
        if at == len(self.lots):
            return self._costs[-1]
        lot = self.lots[at]
        return self._costs[at] + EXACT.divide(lot.cost * (quantity - self.ends[at]), lot.quantity)

    def first(self, quantity: Decimal) -> list[tuple[str, Decimal]]:
        """The first `quantity` units by lot."""
        taken = []
        for lot in self.lots:
            part = min(lot.quantity, quantity)
            if part <= 0:
                break
            taken.append((lot.id, part))
            quantity -= part
        return taken


class LeastTax:
    """The search over numbers of short-term and long-term units."""

    def __init__(self, need: Need, short: Stack, long: Stack) -> None:
        self._need = need
        self._short = short
        self._long = long

    def tax(self, short: Decimal, long: Decimal) -> Decimal:
        """The additional tax of selling so many units."""
        need = self._need
        gains = Gains(
            short * need.unit_net - self._short.basis(short) - self._fee_share(short, long),
            long * need.unit_net - self._long.basis(long) - self._fee_share(long, short),
        )
        return tax_on(need.before + gains, need.rules) - tax_on(need.before, need.rules)

    def in_hand(self, short: Decimal, long: Decimal) -> Decimal:
        """What arrives after fees and tax."""
        return (short + long) * self._need.unit_net - self._need.fixed_fees - self.tax(short, long)

    def _fee_share(self, units: Decimal, others: Decimal) -> Decimal:
        together = units + others
        return EXACT.divide(self._need.fixed_fees * units, together) if together else ZERO

    def best(self) -> tuple[Decimal, Decimal]:
        """The numbers of units with the least tax, and of those the fewest. Raises Invalid when all is not enough."""
        most = self.in_hand(self._short.units, self._long.units)
        if most < self._need.target - self._need.slack:
            raise Invalid("target_amount", f"selling everything brings {most:.2f}, which is less")
        if most < self._need.target:
            return self._short.units, self._long.units
        pairs = self._whole_pairs() if self._need.whole_units else self._pairs()
        return min(pairs, key=lambda pair: (self.tax(*pair), pair[0] + pair[1], pair[0]))

    def _whole_pairs(self) -> Iterable[tuple[Decimal, Decimal]]:
        scarce_short = self._short.units <= self._long.units
        scarce = self._short if scarce_short else self._long
        if scarce.units > MOST_WHOLE_UNITS:
            raise Invalid("target_amount", f"more than {MOST_WHOLE_UNITS} units of each holding period are too many")
        for number in range(int(scarce.units) + 1):
            fixed = Decimal(number)
            rest = self._fewest_whole(fixed, scarce_short)
            if rest is not None and not self._enough(fixed - 1, rest, scarce_short):
                yield (fixed, rest) if scarce_short else (rest, fixed)

    def _fewest_whole(self, fixed: Decimal, short_is_fixed: bool) -> Decimal | None:
        other = self._long if short_is_fixed else self._short
        low, high = 0, int(other.units)
        if self._with(fixed, Decimal(high), short_is_fixed) < self._need.target:
            return None
        while low < high:
            middle = (low + high) // 2
            if self._with(fixed, Decimal(middle), short_is_fixed) >= self._need.target:
                high = middle
            else:
                low = middle + 1
        return Decimal(low)

    def _enough(self, fixed: Decimal, free: Decimal, short_is_fixed: bool) -> bool:
        return fixed >= 0 and self._with(fixed, free, short_is_fixed) >= self._need.target

    def _with(self, fixed: Decimal, free: Decimal, short_is_fixed: bool) -> Decimal:
        return self.in_hand(fixed, free) if short_is_fixed else self.in_hand(free, fixed)

    def _pairs(self) -> Iterable[tuple[Decimal, Decimal]]:
        for short_is_fixed, stack, other in ((True, self._short, self._long), (False, self._long, self._short)):
            level = ZERO if short_is_fixed else self._need.rules.long_exemption
            gained = self._need.before.short if short_is_fixed else self._need.before.long
            for fixed in {*stack.ends, *self._crossings(stack, level - gained)}:
                free = self._fewest(fixed, other, short_is_fixed)
                if free is not None and not (free == 0 and self._enough(fixed - _STEP, free, short_is_fixed)):
                    yield (fixed, free) if short_is_fixed else (free, fixed)

    def _crossings(self, stack: Stack, level: Decimal) -> Iterable[Decimal]:
        """Numbers of units at which the gain reaches `level`."""
        for left, right in zip(stack.ends, stack.ends[1:], strict=False):
            found = monotone_root(
                lambda units: units * self._need.unit_net - stack.basis(units) - level, left, right, _TOLERANCE
            )
            if found is not None:
                yield found.quantize(_STEP, rounding="ROUND_FLOOR")

    def _fewest(self, fixed: Decimal, other: Stack, short_is_fixed: bool) -> Decimal | None:
        def missing(units: Decimal) -> Decimal:
            return self._with(fixed, units, short_is_fixed) - self._need.target

        if missing(ZERO) >= 0:
            return ZERO
        if missing(other.units) < 0:
            return None
        found = monotone_root(missing, ZERO, other.units, _TOLERANCE)
        if found is None:
            return None
        units = min(found.quantize(_STEP, rounding="ROUND_CEILING"), other.units)
        while missing(units) < 0 and units < other.units:
            units = min(units + _STEP, other.units)
        return units


def least_tax(need: Need, lots: Sequence[tuple[OpenLot, str]]) -> tuple[tuple[str, Decimal], ...]:
    """Which lots to sell and how much of each. `lots` come with their term. Raises Invalid when all is not enough."""
    short = Stack(lot for lot, term in lots if term == "short")
    long = Stack(lot for lot, term in lots if term == "long")
    units = LeastTax(need, short, long).best()
    return (*short.first(units[0]), *long.first(units[1]))
