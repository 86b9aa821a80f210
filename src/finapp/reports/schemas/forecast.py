"""The body of a cash forecast question."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from finapp.kernel.errors import Invalid
from finapp.kernel.months import add_months
from finapp.platform.fields import Body, Currency, Day, Line, Money, Rate
from finapp.reports.public import ForecastAccount, ForecastItem, ForecastQuestion, Habit

_NOTHING = Decimal(0)


class AccountBody(Body):
    """An account at the close of the day of the question."""

    id: Line
    name: Line | None = None
    balance: Money
    minimum: Money = _NOTHING


class ItemBody(Body):
    """A signed row once on `date`, or every month on `day` (31 is the last day). Without account: the first one."""

    amount: Money
    date: Day | None = None
    day: Annotated[int, Field(ge=1, le=31)] | None = None
    account_id: Line | None = None
    name: Line | None = None
    deviation: Money = _NOTHING

    def dates(self, field: str, as_of: dt.date, months: int) -> Iterator[dt.date]:
        """Its dates after `as_of`. Raises Invalid unless exactly one of `date` and `day` is given."""
        if (self.date is None) == (self.day is None):
            raise Invalid(f"{field}.date", "give either a date or a day of the month")
        if self.date is not None:
            yield self.date
            return
        for number in range(months + 1):
            when = add_months(as_of.replace(day=1), number, self.day)
            if when > as_of:
                yield when


class HabitBody(Body):
    """Everyday money: signed mean and standard deviation of a day."""

    account_id: Line | None = None
    per_day: Money
    deviation: Money = _NOTHING


class ForecastBody(Body):
    """What a forecast is made from; nothing is stored."""

    accounts: Annotated[list[AccountBody], Field(min_length=1, max_length=50)]
    items: Annotated[list[ItemBody], Field(max_length=300)] = Field(default_factory=list)
    habits: Annotated[list[HabitBody], Field(max_length=50)] = Field(default_factory=list)
    days: Annotated[int, Field(ge=1, le=366)] = 90
    months: Annotated[int, Field(ge=0, le=60)] = 24
    band: Rate = Decimal("0.8")
    currency: Currency | None = None
    as_of: Day | None = None

    def value(self, currency: str, as_of: dt.date) -> ForecastQuestion:
        """As the facade takes it."""
        first = self.accounts[0].id
        months = max(self.months, self.days // 28 + 1)
        return ForecastQuestion(
            currency=self.currency or currency,
            accounts=tuple(
                ForecastAccount(id=a.id, name=a.name or a.id, balance=a.balance, minimum=a.minimum)
                for a in self.accounts
            ),
            items=tuple(
                ForecastItem(
                    date=when,
                    amount=item.amount,
                    account_id=item.account_id or first,
                    name=item.name or "",
                    deviation=item.deviation,
                )
                for number, item in enumerate(self.items)
                for when in item.dates(f"items.{number}", as_of, months)
            ),
            habits=tuple(
                Habit(account_id=h.account_id or first, per_day=h.per_day, deviation=h.deviation) for h in self.habits
            ),
            days=self.days,
            months=self.months,
            band=self.band,
        )
