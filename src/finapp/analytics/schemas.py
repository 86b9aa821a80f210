"""HTTP bodies of the analytics context."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from finapp.analytics.public import MonthStart, NewBudget, NewSettings, PricePoint, Prices
from finapp.kernel.months import Month
from finapp.platform.fields import Body, Currency, Line, Money, MonthText, Number, Rate

Alerts = Annotated[list[Number], Field(max_length=10)]


class BudgetBody(Body):
    """A budget to set; it starts with the month of today unless another one is named."""

    category_id: Line
    amount: Money
    currency: Currency | None = None
    starts: MonthText | None = None
    rollover: bool = False
    alert_at: Alerts = Field(default_factory=lambda: [Decimal("0.8"), Decimal(1)])

    def value(self, currency: str, month: Month) -> NewBudget:
        """As the facade takes it; `currency` and `month` stand in for what is left out."""
        return NewBudget(
            category_id=self.category_id,
            amount=self.amount,
            currency=self.currency or currency,
            starts=self.starts or month,
            rollover=self.rollover,
            alert_at=tuple(self.alert_at),
        )


class BudgetChanges(Body):
    """What to change of a budget; what is left out or null stays."""

    amount: Money | None = None
    starts: MonthText | None = None
    rollover: bool | None = None
    alert_at: Alerts | None = None

    def on(self, stated: NewBudget) -> NewBudget:
        """The stated budget with these changes."""
        given = {name: value for name in self.model_fields_set if (value := getattr(self, name)) is not None}
        if self.alert_at is not None:
            given["alert_at"] = tuple(self.alert_at)
        return NewBudget(**{**{name: getattr(stated, name) for name in NewBudget.__dataclass_fields__}, **given})


class MonthStartBody(Body):
    """When a month starts; `day` counts for the kind `day` alone."""

    kind: Literal["day", "last_working_day", "payday"]
    day: Annotated[int, Field(ge=1, le=31)] = 1


class PricePointBody(Body):
    """A month of a price index."""

    month: MonthText
    level: Number


class PricesBody(Body):
    """How prices rose: a yearly rate, or the months of an index."""

    rate: Rate | None = None
    points: Annotated[list[PricePointBody], Field(max_length=1_200)] = Field(default_factory=list)
    source: Line | None = None


class SettingsBody(Body):
    """What a household sets; what is left out is as before anything was set."""

    month_start: MonthStartBody | None = None
    prices: PricesBody | None = None

    def value(self) -> NewSettings:
        """As the facade takes it."""
        start, said = self.month_start, self.prices
        prices = None
        if said is not None:
            points = tuple(PricePoint(month=Month(point.month), level=point.level) for point in said.points)
            prices = Prices(rate=said.rate, points=points, source=said.source or "own")
        return NewSettings(
            month_start=MonthStart() if start is None else MonthStart(kind=start.kind, day=start.day), prices=prices
        )
