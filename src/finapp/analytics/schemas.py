"""HTTP bodies of the analytics context."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from finapp.analytics.public import NewBudget
from finapp.kernel.months import Month
from finapp.platform.fields import Body, Currency, Line, Money, MonthText, Number

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
