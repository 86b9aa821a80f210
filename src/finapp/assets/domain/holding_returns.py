"""The payments of holdings, and what the holdings were worth before each: from lots, prices and income."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from finapp.assets.domain.lots import Happening, Purchase, Sale
from finapp.assets.domain.valuing import Holding
from finapp.assets.public import Income
from finapp.kernel.money import EXACT, from_minor

Payment = tuple[date, Decimal]


@dataclass(frozen=True, kw_only=True)
class Traded:
    """A holding with what was bought, sold and received."""

    holding: Holding
    happenings: Sequence[Happening]
    incomes: Sequence[Income] = field(default_factory=tuple)

    def payments(self, until: date) -> list[Payment]:
        """Paid in negative, received positive, in the holding's currency, up to a day."""
        found = [*self._trades(), *((income.date, income.amount) for income in self.incomes)]
        return [(day, amount) for day, amount in found if day <= until]

    def _trades(self) -> Iterable[Payment]:
        for happening in self.happenings:
            if isinstance(happening, Purchase):
                yield happening.date, -(happening.cost + happening.fees)
            elif isinstance(happening, Sale):
                yield happening.date, happening.net

    def worth_before(self, days: Sequence[date]) -> list[Decimal]:
        """What it was worth on each of `days` (ascending) before that day's trades and income, unrounded.

        Units held before, after the day's splits and bonuses, times the price of a unit: the day's stated one, else
        that of the day's own trades, else the last known. What it paid on the day is still in it.
        """
        prices = _Prices(self)
        paid: dict[date, Decimal] = {}
        for income in self.incomes:
            paid[income.date] = paid.get(income.date, Decimal(0)) + income.amount
        answers = []
        for day in days:
            units = self._units_before(day)
            worth = EXACT.multiply(units, prices.on(day)) if units else Decimal(0)
            answers.append(worth + paid.get(day, Decimal(0)))
        return answers

    def _units_before(self, day: date) -> Decimal:
        steps = self.holding.steps
        last = bisect_right(steps, day, key=lambda step: step.since)
        held = steps[last - 1].quantity if last else Decimal(0)
        # Trades of the day come after its corporate actions: taking them back leaves the units before them.
        for happening in self.happenings:
            if happening.date == day and isinstance(happening, Purchase):
                held -= happening.quantity
            elif happening.date == day and isinstance(happening, Sale):
                held += happening.quantity
        return held


class _Prices:
    """The price of a unit over time."""

    def __init__(self, traded: Traded) -> None:
        prices: dict[date, Decimal] = {}
        amounts: dict[date, tuple[Decimal, Decimal]] = {}
        for happening in traded.happenings:
            if isinstance(happening, Purchase | Sale):
                amount = happening.cost if isinstance(happening, Purchase) else happening.net
                sums = amounts.get(happening.date, (Decimal(0), Decimal(0)))
                amounts[happening.date] = (sums[0] + amount, sums[1] + happening.quantity)
        for day, (amount, quantity) in amounts.items():
            prices[day] = EXACT.divide(amount, quantity)
        prices.update(_stated(traded.holding))
        self._days = sorted(prices)
        self._prices = prices

    def on(self, day: date) -> Decimal:
        at = bisect_right(self._days, day)
        return self._prices[self._days[at - 1]] if at else Decimal(0)


def _stated(holding: Holding) -> Iterable[tuple[date, Decimal]]:
    """Stated prices, and stated values of all units over the units held then."""
    marks = holding.marks
    for day, value, price in zip(marks.days, marks.values, marks.unit_prices, strict=True):
        if price is not None:
            yield day, price
            continue
        last = bisect_right(holding.steps, day, key=lambda step: step.since)
        units = holding.steps[last - 1].quantity if last else Decimal(0)
        if value is not None and units:
            yield day, EXACT.divide(from_minor(value, holding.details.currency), units)
