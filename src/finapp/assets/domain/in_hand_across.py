"""Which lots of which assets to sell so that an amount is in hand after fees and tax, at the least tax.

A mixed-integer linear program: units of each lot, and for each tax class its short and long gains split into what is
above and below zero and the exemption, each split by a switch, so that the tax in the program is the tax of the law
and cannot be inflated. Nothing is sold beyond what the amount needs: in hand is the amount itself, or with whole
units at most the price of one unit more. HiGHS proves the optimum (https://highs.dev).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from finapp.assets.domain.lots import OpenLot
from finapp.assets.domain.tax import Gains, TaxClass, Term, tax_on
from finapp.kernel.errors import Invalid
from finapp.kernel.money import EXACT

STEP = Decimal("1e-8")
_NEAR = Decimal("1e-7")
_WHOLE = Decimal("1e-10")
"""How near to all or to nothing the arithmetic of the program comes."""
_TINY = Decimal("1e-9")
ONE = Decimal(1)
_SECONDS = 10.0
ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A lot that can be sold."""

    asset_id: str
    lot: OpenLot
    term: Term
    rules: TaxClass
    unit_net: Decimal
    """The price of a unit less the fees in proportion to it."""
    whole_units: bool

    @property
    def step(self) -> Decimal:
        """The smallest part of it that can be sold."""
        return Decimal(1) if self.whole_units else STEP

    def gain(self, quantity: Decimal) -> Decimal:
        """What selling so many units gains, as the tax sees it: without set-off a loss is nothing."""
        cost = EXACT.divide(EXACT.multiply(self.lot.cost, quantity), self.lot.quantity)
        found = EXACT.multiply(self.unit_net, quantity) - cost
        return found if self.rules.set_off else max(found, ZERO)


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What to sell: an offer's position -> units."""

    quantities: Mapping[int, Decimal]
    proven: bool
    """Whether no other choice is taxed less, proven within the time allowed."""


def gains_of(offers: Sequence[Offer], quantities: Mapping[int, Decimal]) -> dict[str, Gains]:
    """The gains of a choice by tax class."""
    found: dict[str, Gains] = {}
    for index, quantity in quantities.items():
        offer = offers[index]
        gain = offer.gain(quantity)
        added = Gains(gain, ZERO) if offer.term == "short" else Gains(ZERO, gain)
        found[offer.rules.name] = found.get(offer.rules.name, Gains()) + added
    return found


def tax_of(offers: Sequence[Offer], quantities: Mapping[int, Decimal], before: Mapping[str, Gains]) -> Decimal:
    """The additional tax of a choice, unrounded."""
    rules = {offer.rules.name: offer.rules for offer in offers}
    return sum(
        (
            tax_on(before[name] + gains, rules[name]) - tax_on(before[name], rules[name])
            for name, gains in gains_of(offers, quantities).items()
        ),
        ZERO,
    )


def in_hand(offers: Sequence[Offer], quantities: Mapping[int, Decimal], before: Mapping[str, Gains]) -> Decimal:
    """What a choice brings after fees and tax, unrounded."""
    net = sum((EXACT.multiply(offers[index].unit_net, units) for index, units in quantities.items()), ZERO)
    return net - tax_of(offers, quantities, before)


def least_tax(offers: Sequence[Offer], before: Mapping[str, Gains], target: Decimal) -> Chosen:
    """The choice with the least tax that brings `target`. Raises Invalid when everything together brings less."""
    everything = {index: offer.lot.quantity for index, offer in enumerate(offers)}
    most = in_hand(offers, everything, before)
    if most < target:
        raise Invalid("target_amount", f"selling everything brings {most:.2f}, which is less")
    units, proven = _solved(offers, before, target)
    chosen = {}
    for index, (offer, found) in enumerate(zip(offers, units, strict=True)):
        quantity = _units(offer, found)
        if quantity > 0:
            chosen[index] = quantity
    return Chosen(quantities=_topped_up(offers, chosen, before, target), proven=proven)


def _units(offer: Offer, found: Decimal) -> Decimal:
    held = offer.lot.quantity
    if found >= held * (1 - _WHOLE):
        return held
    if offer.whole_units:
        return found.to_integral_value()
    return ZERO if found <= held * _WHOLE else found.quantize(STEP, context=EXACT)


def _topped_up(
    offers: Sequence[Offer], chosen: dict[int, Decimal], before: Mapping[str, Gains], target: Decimal
) -> dict[int, Decimal]:
    """The choice with as many of the smallest parts more as the arithmetic of the program fell short by."""
    by_room = sorted(range(len(offers)), key=lambda index: (chosen.get(index, ZERO) == 0, offers[index].whole_units))
    for index in by_room:
        offer = offers[index]
        for _ in range(50):
            missing = target - in_hand(offers, chosen, before)
            room = offer.lot.quantity - chosen.get(index, ZERO)
            if missing <= 0 or room <= 0:
                break
            more = (missing / offer.unit_net / offer.step).to_integral_value(ROUND_CEILING) * offer.step
            chosen[index] = chosen.get(index, ZERO) + min(max(more, offer.step), room)
        if target <= in_hand(offers, chosen, before):
            return chosen
    return chosen


def _solved(offers: Sequence[Offer], before: Mapping[str, Gains], target: Decimal) -> tuple[list[Decimal], bool]:
    """Units of each offer in the program's optimum, and whether it is proven.

    The search works on floats; what it finds is then counted in Decimal and made up for.
    """
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    program = _Program(offers, before, target)
    rows, low, high = (np.array(part, dtype=np.float64) for part in program.constraints())
    least, most = (np.array(part, dtype=np.float64) for part in program.bounds())
    found = milp(
        np.array(program.costs(), dtype=np.float64),
        constraints=LinearConstraint(rows, low, high),
        bounds=Bounds(least, most),
        integrality=np.array(program.integrality()),
        options={"mip_rel_gap": 0.0, "time_limit": _SECONDS},
    )
    if found.x is None:
        raise Invalid("target_amount", "cannot be met within the limits of the search: name the assets")
    return [Decimal(repr(value)) for value in found.x[: len(offers)].tolist()], bool(found.status == 0)


def most_of_a_unit(offer: Offer) -> Decimal:
    """The most that one unit more can bring in hand: its price less fees, and the tax that its loss may save."""
    rate = max(offer.rules.short_rate, offer.rules.long_rate)
    return offer.unit_net + max(-_gain_of_a_unit(offer), ZERO) * rate


def _gain_of_a_unit(offer: Offer) -> Decimal:
    return EXACT.divide(offer.gain(offer.lot.quantity), offer.lot.quantity)


class _Program:
    """Variables: units of each offer, then for each class S+, S-, A+, A-, and a switch for either pair.

    S+ - S- are the short gains of the year, A+ - A- the long gains less S- and the exemption.
    """

    _PER_CLASS = 6

    def __init__(self, offers: Sequence[Offer], before: Mapping[str, Gains], target: Decimal) -> None:
        self._offers, self._before, self._target = offers, before, target
        self._classes = list({offer.rules.name: offer.rules for offer in offers}.values())
        self._width = len(offers) + self._PER_CLASS * len(self._classes)
        gains = [abs(offer.gain(offer.lot.quantity)) for offer in offers]
        earlier = [abs(each.short) + abs(each.long) for each in before.values()]
        exempt = sum((rules.long_exemption for rules in self._classes), ZERO)
        self._most = 2 * (sum(gains, ZERO) + sum(earlier, ZERO)) + exempt + 1

    def _row(self, *entries: tuple[int, Decimal]) -> list[Decimal]:
        row = [ZERO] * self._width
        for at, value in entries:
            row[at] += value
        return row

    def _at(self, position: int) -> int:
        return len(self._offers) + self._PER_CLASS * position

    def _of_class(self, name: str, term: Term) -> list[tuple[int, Decimal]]:
        return [
            (index, _gain_of_a_unit(offer))
            for index, offer in enumerate(self._offers)
            if offer.rules.name == name and offer.term == term
        ]

    def _taxes(self) -> list[tuple[int, Decimal]]:
        found = []
        for position, rules in enumerate(self._classes):
            at = self._at(position)
            found += [(at, rules.short_rate), (at + 2, rules.long_rate)]
        return found

    def costs(self) -> list[Decimal]:
        """The tax; between equal taxes the smaller sale."""
        return self._row(*self._taxes(), *((index, _TINY * o.unit_net) for index, o in enumerate(self._offers)))

    def constraints(self) -> tuple[list[list[Decimal]], list[Decimal], list[Decimal]]:
        """Rows with their lowest and highest values."""
        paid_before = sum((tax_on(self._before[rules.name], rules) for rules in self._classes), ZERO)
        nets = [(index, offer.unit_net) for index, offer in enumerate(self._offers)]
        spare = max((most_of_a_unit(offer) for offer in self._offers if offer.whole_units), default=_NEAR)
        rows = [self._row(*nets, *((at, -rate) for at, rate in self._taxes()))]
        low, high = [self._target - paid_before], [self._target - paid_before + spare]
        for position, rules in enumerate(self._classes):
            at, earlier = self._at(position), self._before[rules.name]
            short = [(index, -gain) for index, gain in self._of_class(rules.name, "short")]
            long = [(index, -gain) for index, gain in self._of_class(rules.name, "long")]
            exact = [
                (self._row((at, ONE), (at + 1, -ONE), *short), earlier.short),
                (
                    self._row((at + 2, ONE), (at + 3, -ONE), (at + 1, ONE), *long),
                    earlier.long - rules.long_exemption,
                ),
            ]
            for row, value in exact:
                rows.append(row)
                low.append(value)
                high.append(value)
            for plus, minus, switch in ((at, at + 1, at + 4), (at + 2, at + 3, at + 5)):
                rows += [self._row((plus, ONE), (switch, -self._most)), self._row((minus, ONE), (switch, self._most))]
                low += [-self._most, -self._most]
                high += [ZERO, self._most]
        return rows, low, high

    def bounds(self) -> tuple[list[Decimal], list[Decimal]]:
        """The least and most of each variable."""
        of_classes = [self._most] * 4 + [ONE] * 2
        most = [offer.lot.quantity for offer in self._offers] + of_classes * len(self._classes)
        return [ZERO] * self._width, most

    def integrality(self) -> list[int]:
        """1 where a variable is whole."""
        return [int(offer.whole_units) for offer in self._offers] + [0, 0, 0, 0, 1, 1] * len(self._classes)
