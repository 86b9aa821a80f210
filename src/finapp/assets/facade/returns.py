"""What the payments have returned: any, or the household's own."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from finapp.assets.domain.estate import converted
from finapp.assets.domain.lots import Happening, Purchase, Sale
from finapp.assets.domain.returns import measure
from finapp.assets.domain.valuing import worths
from finapp.assets.facade.belongings import Events
from finapp.assets.facade.desk import Desk
from finapp.assets.public import AssetNotFound, DatedFlow, Returns, ReturnsQuestion
from finapp.kernel.errors import Invalid
from finapp.kernel.money import from_minor, to_minor

Payment = tuple[date, Decimal]


class ReturnsDesk(Desk):
    """The returns of `finapp.assets.public.Liquidations`."""

    def measure_returns(self, *, question: ReturnsQuestion) -> Returns:
        return measure(question)

    def asset_returns(self, *, owner: str, asset_id: str | None, kind: str | None, as_of: date) -> Returns:
        home = self._auth.household(owner=owner).currency
        belongings, events = self._belongings(owner), self._events(owner)
        chosen = [
            item
            for item in belongings.holdings
            if item.steps and (asset_id is None or item.id == asset_id) and (kind is None or item.details.kind == kind)
        ]
        if asset_id is not None and all(item.id != asset_id for item in belongings.holdings):
            raise AssetNotFound(f"no asset {asset_id}")
        flows: list[DatedFlow] = []
        value = from_minor(0, home)
        for holding in chosen:
            currency = holding.details.currency
            for day, amount in _payments(events, holding.id):
                if day <= as_of:
                    flows.append(DatedFlow(date=day, amount=self._home(amount, currency, home, day)))
            [worth] = worths(holding, [as_of])
            value += self._home(from_minor(worth.minor or 0, currency), currency, home, as_of)
        if not flows:
            raise Invalid("asset_id", "has no purchases up to the day")
        return measure(ReturnsQuestion(flows=tuple(flows), value=value, as_of=as_of))

    def _home(self, amount: Decimal, currency: str, home: str, day: date) -> Decimal:
        minor = converted(to_minor(amount, currency), currency, home, day, self._rates)
        if minor is None:
            raise Invalid("as_of", f"no exchange rate from {currency} to {home} is known on {day}")
        return from_minor(minor, home)


def _payments(events: Events, asset_id: str) -> Iterable[Payment]:
    for happening in events.happenings.get(asset_id, ()):
        yield from _paid(happening)
    for income in events.incomes.get(asset_id, ()):
        yield income.date, income.amount


def _paid(happening: Happening) -> Iterable[Payment]:
    if isinstance(happening, Purchase):
        yield happening.date, -(happening.cost + happening.fees)
    elif isinstance(happening, Sale):
        yield happening.date, happening.net
