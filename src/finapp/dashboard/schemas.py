"""HTTP bodies of the dashboard context."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from finapp.dashboard.public import NewGoal, NewWebhook, RupeeLoan, RupeeQuestion
from finapp.kernel.errors import Invalid
from finapp.platform.fields import Body, Currency, Day, Line, Money, Prose, Rate


class GoalBody(Body):
    """A goal to set. Give at most one of `account_id`, `asset_id` and `saved_amount`."""

    name: Line
    target_amount: Money
    currency: Currency | None = None
    target_date: Day | None = None
    account_id: Line | None = None
    asset_id: Line | None = None
    saved_amount: Money | None = None
    note: Prose = ""

    def value(self, currency: str) -> NewGoal:
        """As the facade takes it; `currency` stands in when none is named."""
        return NewGoal(**{**self.model_dump(), "currency": self.currency or currency})


class GoalChanges(Body):
    """What to change of a goal; what is left out stays, null clears. The currency stays."""

    name: Line | None = None
    target_amount: Money | None = None
    target_date: Day | None = None
    account_id: Line | None = None
    asset_id: Line | None = None
    saved_amount: Money | None = None
    note: Prose | None = None

    def on(self, stated: NewGoal) -> NewGoal:
        """The stated goal with these changes; a name, target or note cannot be cleared."""
        given = {name: getattr(self, name) for name in self.model_fields_set}
        kept = {name: value for name, value in given.items() if value is not None or name in _CLEARED}
        return NewGoal(**{**{name: getattr(stated, name) for name in NewGoal.__dataclass_fields__}, **kept})


class RupeeLoanBody(Body):
    """A loan that can be paid ahead of schedule."""

    id: Line
    name: Line
    outstanding: Money
    annual_rate: Rate
    instalment: Money
    tax_relief: Rate = Decimal(0)
    prepayment_fee: Rate = Decimal(0)


class RupeeBody(Body):
    """An amount at hand and what it could do. With nothing but the amount, the household's own data fills the rest."""

    amount: Money
    every: Literal["once", "month"] = "once"
    currency: Currency | None = None
    sweep_rate: Rate | None = None
    liquid: Money = Decimal(0)
    buffer_target: Money = Decimal(0)
    monthly_need: Money | None = None
    loans: Annotated[list[RupeeLoanBody], Field(max_length=50)] = Field(default_factory=list)
    invest_return: Rate | None = None
    inflation: Rate = Decimal("0.04")
    invested: Money = Decimal(0)
    monthly_savings: Money = Decimal(0)
    annual_expenses: Money | None = None
    withdrawal_rate: Annotated[Rate, Field(gt=0, le=1)] = Decimal("0.04")

    @property
    def is_of_household(self) -> bool:
        """Whether it says nothing of the circumstances, so that the household's own are meant."""
        return self.model_fields_set <= {"amount", "every"}

    def value(self, currency: str) -> RupeeQuestion:
        """As the facade takes it; `currency` stands in when none is named. Raises Invalid without `invest_return`."""
        if self.invest_return is None:
            raise Invalid("invest_return", "say what investing earns, or nothing but the amount")
        given = {name: getattr(self, name) for name in type(self).model_fields if name not in ("currency", "loans")}
        loans = tuple(RupeeLoan(**loan.model_dump()) for loan in self.loans)
        return RupeeQuestion(currency=self.currency or currency, loans=loans, **given)


class WebhookBody(Body):
    """An address to tell."""

    url: Annotated[str, Field(max_length=2_000)]
    events: Annotated[
        list[Literal["statement_imported", "plan_changed", "alert_raised", "query_matched"]], Field(max_length=10)
    ]
    query: Annotated[str, Field(max_length=1_000)] | None = None
    active: bool = True

    def value(self) -> NewWebhook:
        """As the facade takes it."""
        events = tuple(dict.fromkeys(self.events))
        return NewWebhook(url=self.url, events=events, query=self.query or None, active=self.active)


class WebhookChanges(Body):
    """What to change of a webhook; what is left out stays, a null query is cleared."""

    url: Annotated[str, Field(max_length=2_000)] | None = None
    events: (
        Annotated[
            list[Literal["statement_imported", "plan_changed", "alert_raised", "query_matched"]], Field(max_length=10)
        ]
        | None
    ) = None
    query: Annotated[str, Field(max_length=1_000)] | None = None
    active: bool | None = None

    def on(self, stated: NewWebhook) -> NewWebhook:
        """The stated webhook with these changes."""
        return NewWebhook(
            url=self.url or stated.url,
            events=stated.events if self.events is None else tuple(dict.fromkeys(self.events)),
            query=(self.query or None) if "query" in self.model_fields_set else stated.query,
            active=stated.active if self.active is None else self.active,
        )


_CLEARED = {"target_date", "account_id", "asset_id", "saved_amount"}
