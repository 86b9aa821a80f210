"""Bodies of plans, projections and runways."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from finapp.fire.public import Flow, NewScenario, PlanOverrides, ProjectionRequest, RunwayRequest
from finapp.fire.schemas.decimals import check_money
from finapp.kernel.errors import Invalid
from finapp.platform.fields import Body, Currency, Day, Line, Money, Number, Rate

Age = Annotated[Number, Field(ge=0, le=120)]
_NOTHING = Decimal(0)


class PlanBody(Body):
    """The household's own assumptions; what is left out or null is derived from its data."""

    annual_expenses: Money | None = None
    essential_expenses: Money | None = None
    monthly_income: Money | None = None
    monthly_savings: Money | None = None
    invested: Money | None = None
    part_time_income: Money | None = None
    withdrawal_rate: Rate | None = None
    real_return: Rate | None = None
    volatility: Rate | None = None
    fat_factor: Rate | None = None
    birth_year: int | None = None
    retirement_age: int | None = None

    def value(self) -> PlanOverrides:
        """As the facade takes it."""
        return PlanOverrides(**{name: getattr(self, name) for name in type(self).model_fields})


class FlowBody(Body):
    """Money that comes (positive) or goes (negative): once on `date` or in `year`, else repeated.

    `from` and `to` are other words for `start` and `end` (dates) or for `from_year` and `to_year` (whole years).
    """

    amount: Money
    name: Line | None = None
    date: Day | None = None
    year: int | None = None
    start: Day | None = None
    end: Day | None = None
    from_year: int | None = None
    to_year: int | None = None
    every: Literal["month", "year"] = "year"
    real: bool = True
    growth: Rate = _NOTHING

    @model_validator(mode="before")
    @classmethod
    def _other_words(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        told = dict(data)
        for word, by_date, by_year in (("from", "start", "from_year"), ("to", "end", "to_year")):
            if word in told:
                value = told.pop(word)
                told.setdefault(by_date if isinstance(value, str) else by_year, value)
        return told

    def value(self) -> Flow:
        """As the facade takes it."""
        given = {name: getattr(self, name) for name in type(self).model_fields if name != "name"}
        return Flow(name=self.name or "", **given)


Flows = Annotated[list[FlowBody], Field(max_length=200)]


class ScenarioBody(Body):
    """A fork of the plan: what it assumes otherwise, and the dated flows it adds."""

    name: Line
    own: PlanBody = Field(default_factory=PlanBody)
    flows: Flows = Field(default_factory=list)

    def value(self) -> NewScenario:
        """As the facade takes it."""
        return NewScenario(name=self.name, own=self.own.value(), flows=tuple(flow.value() for flow in self.flows))


class ProjectionBody(Body):
    """Inputs of a projection, in today's purchasing power."""

    invested: Money
    monthly_savings: Money
    annual_expenses: Money
    real_return: Rate
    withdrawal_rate: Rate = Decimal("0.04")
    inflation: Rate = _NOTHING
    steps_per_year: Literal[1, 12] = 12
    flows: Flows = Field(default_factory=list)
    age: Age | None = None
    retirement_age: Age | None = None
    part_time_income: Money | None = None
    currency: Currency | None = None
    as_of: Day | None = None

    def value(self, currency: str, today: dt.date) -> ProjectionRequest:
        """As the facade takes it; `currency` and `today` stand in for what is left out. Raises Invalid."""
        check_money(self, self.currency or currency)
        given = {
            name: getattr(self, name)
            for name in ProjectionBody.model_fields
            if name not in ("flows", "currency", "as_of")
        }
        return ProjectionRequest(
            currency=self.currency or currency,
            as_of=self.as_of or today,
            flows=tuple(flow.value() for flow in self.flows),
            **given,
        )


class TiersBody(Body):
    """Liquid money by how soon it can be spent."""

    today: Money = _NOTHING
    days: Money = _NOTHING
    months: Money = _NOTHING
    locked: Money = _NOTHING


def _as_tiers(value: Any) -> Any:
    """One amount is money of today."""
    return value if isinstance(value, (dict, TiersBody)) else {"today": value}


Liquid = Annotated[TiersBody, BeforeValidator(_as_tiers, json_schema_input_type=Money | TiersBody)]


class RunwayBody(Body):
    """Inputs of a runway: `liquid` as one amount or by tier, and the need as one amount or as its two parts."""

    liquid: Liquid
    monthly_need: Money | None = None
    monthly_essential: Money | None = None
    debt_service: Money | None = None
    annual_growth: Rate = _NOTHING
    target_months: Annotated[Number, Field(ge=0, le=1200)] = Decimal(6)
    monthly_deviation: Money | None = None
    currency: Currency | None = None
    as_of: Day | None = None

    def value(self, currency: str, today: dt.date) -> RunwayRequest:
        """As the facade takes it; `currency` and `today` stand in for what is left out. Raises Invalid."""
        parts = (self.monthly_essential, self.debt_service)
        if (self.monthly_need is None) == (parts == (None, None)):
            raise Invalid("monthly_need", "give monthly_need, or monthly_essential and debt_service")
        need = (
            self.monthly_need if self.monthly_need is not None else sum((part or _NOTHING for part in parts), _NOTHING)
        )
        return RunwayRequest(
            currency=self.currency or currency,
            as_of=self.as_of or today,
            monthly_need=need,
            today=self.liquid.today,
            days=self.liquid.days,
            months=self.liquid.months,
            locked=self.liquid.locked,
            annual_growth=self.annual_growth,
            target_months=self.target_months,
            monthly_deviation=self.monthly_deviation,
        )
