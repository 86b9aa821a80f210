"""The body of an emergency fund question."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from finapp.kernel.errors import Invalid
from finapp.platform.fields import Body, Currency, Day, Line, Money, Number, Rate
from finapp.reports.public import EmergencyQuestion, Liquid, LiquidSource, Stability, Tier

_NOTHING = Decimal(0)


class SourceBody(Body):
    """An account or asset that a tier is made of."""

    id: Line
    name: Line | None = None
    tier: Tier
    amount: Money
    annual_rate: Rate | None = None

    def value(self) -> LiquidSource:
        """As the facade takes it."""
        return LiquidSource(
            id=self.id, name=self.name or self.id, tier=self.tier, amount=self.amount, annual_rate=self.annual_rate
        )


class TiersBody(Body):
    """Money by how soon it can be had, and the accounts that hold it."""

    today: Money = _NOTHING
    days: Money = _NOTHING
    months: Money = _NOTHING
    locked: Money = _NOTHING
    sources: Annotated[list[SourceBody], Field(max_length=500)] = Field(default_factory=list)


def _as_tiers(value: Any) -> Any:
    return value if isinstance(value, (dict, TiersBody)) else {"today": value}


LiquidBody = Annotated[TiersBody, BeforeValidator(_as_tiers, json_schema_input_type=Money | TiersBody)]
Months = Annotated[list[Money], Field(max_length=600)]


class EmergencyBody(Body):
    """`liquid` as one amount or by tier; the need as one amount, or as essential living cost and debt service."""

    liquid: LiquidBody
    monthly_need: Money | None = None
    monthly_essential: Money | None = None
    debt_service: Money | None = None
    essential_by_month: Months = Field(default_factory=list)
    income_by_month: Months = Field(default_factory=list)
    stability: Stability | None = None
    earners: int = 1
    target_months: Annotated[Number, Field(ge=0, le=120)] | None = None
    deductibles: Money = _NOTHING
    monthly_saving: Money | None = None
    debt_outstanding: Money = _NOTHING
    medical_bill: Money | None = None
    job_search_months: Annotated[Number, Field(gt=0, le=60)] = Decimal(4)
    seed: int = 1
    paths: int = 10_000
    currency: Currency | None = None
    as_of: Day | None = None

    def value(self, currency: str) -> EmergencyQuestion:
        """As the facade takes it. Raises Invalid unless the need is given in exactly one way."""
        if self.monthly_need is not None and (self.monthly_essential is not None or self.debt_service is not None):
            raise Invalid("monthly_need", "give monthly_need, or monthly_essential and debt_service, not both")
        if self.monthly_need is None and self.monthly_essential is None and not self.essential_by_month:
            raise Invalid("monthly_need", "give monthly_need, monthly_essential or essential_by_month")
        for field in ("monthly_need", "monthly_essential", "debt_service"):
            amount = getattr(self, field)
            if amount is not None and amount < 0:
                raise Invalid(field, "must not be negative")
        return EmergencyQuestion(
            currency=self.currency or currency,
            liquid=Liquid(**self.liquid.model_dump(exclude={"sources"})),
            sources=tuple(source.value() for source in self.liquid.sources),
            essential=self.monthly_need if self.monthly_need is not None else self.monthly_essential,
            essential_by_month=tuple(self.essential_by_month),
            income_by_month=tuple(self.income_by_month),
            debt_service=self.debt_service or _NOTHING,
            stability=self.stability,
            earners=self.earners,
            target_months=self.target_months,
            deductibles=self.deductibles,
            monthly_saving=self.monthly_saving,
            debt_outstanding=self.debt_outstanding,
            medical_bill=self.medical_bill,
            job_search_months=self.job_search_months,
            seed=self.seed,
            paths=self.paths,
        )
