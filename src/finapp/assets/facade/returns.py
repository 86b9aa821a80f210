"""What the payments have returned: any, or the household's own."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from finapp.assets.domain.estate import Rates, converted
from finapp.assets.domain.holding_returns import Traded
from finapp.assets.domain.returns import measure, nothing
from finapp.assets.domain.valuing import worths
from finapp.assets.facade.desk import Desk
from finapp.assets.public import AssetNotFound, DatedFlow, DatedValue, Returns, ReturnsQuestion
from finapp.kernel.money import from_minor, rounded, to_minor


class _NoRate(Exception):
    """An exchange rate that the answer needs is not known."""


class ReturnsDesk(Desk):
    """The returns of `finapp.assets.public.Liquidations`."""

    def measure_returns(self, *, question: ReturnsQuestion) -> Returns:
        return measure(question)

    def asset_returns(self, *, owner: str, asset_id: str | None, kind: str | None, as_of: date) -> Returns:
        home = self._auth.household(owner=owner).currency
        chosen = self._traded(owner, asset_id, kind)
        if not any(traded.payments(as_of) for traded in chosen):
            return nothing(as_of, home, "no_purchases")
        try:
            return measure(_question(chosen, home, as_of, self._rates(owner)))
        except _NoRate:
            return nothing(as_of, home, "no_exchange_rate")

    def _traded(self, owner: str, asset_id: str | None, kind: str | None) -> list[Traded]:
        holdings, events = self._belongings(owner).holdings, self._events(owner)
        if asset_id is not None and all(item.id != asset_id for item in holdings):
            raise AssetNotFound(f"no asset {asset_id}")
        return [
            Traded(
                holding=item,
                happenings=events.happenings.get(item.id, ()),
                incomes=events.incomes.get(item.id, ()),
            )
            for item in holdings
            if item.steps and (asset_id is None or item.id == asset_id) and (kind is None or item.details.kind == kind)
        ]


def _question(chosen: Sequence[Traded], home: str, as_of: date, rates: Rates) -> ReturnsQuestion:
    flows: list[DatedFlow] = []
    value = from_minor(0, home)
    for traded in chosen:
        currency = traded.holding.details.currency
        for day, amount in traded.payments(as_of):
            flows.append(DatedFlow(date=day, amount=_home(amount, currency, home, day, rates)))
        [worth] = worths(traded.holding, [as_of])
        value += _home(from_minor(worth.minor or 0, currency), currency, home, as_of, rates)
    days = sorted({flow.date for flow in flows})
    before = dict.fromkeys(days, from_minor(0, home))
    for traded in chosen:
        currency = traded.holding.details.currency
        for day, worth_then in zip(days, traded.worth_before(days), strict=True):
            before[day] += _home(rounded(worth_then, currency), currency, home, day, rates)
    valuations = tuple(DatedValue(date=day, value=worth_then) for day, worth_then in before.items() if day < as_of)
    return ReturnsQuestion(flows=tuple(flows), value=value, as_of=as_of, valuations=valuations)


def _home(amount: Decimal, currency: str, home: str, day: date, rates: Rates) -> Decimal:
    minor = converted(to_minor(amount, currency), currency, home, day, rates)
    if minor is None:
        raise _NoRate
    return from_minor(minor, home)
