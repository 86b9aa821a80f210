"""HTTP bodies of the assets context."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, Field

from finapp.assets.domain.groups import DEFAULT_LIQUIDITY
from finapp.assets.public import (
    AssetDetails,
    AssetKind,
    Compounding,
    DayCount,
    LiabilityDetails,
    LiabilityKind,
    Liquidity,
    LoanTerms,
    NewCorporateAction,
    NewIncome,
    NewLot,
    NewValuation,
    PartPayment,
    RateChange,
    Rounding,
    RoundingMode,
)
from finapp.kernel.errors import Invalid
from finapp.platform.fields import Body, Currency, Day, Line, Money, Number, Prose, Rate

T = TypeVar("T")
Id = Annotated[str, Field(min_length=13, max_length=13)]
Name = Annotated[str, Field(max_length=200)]
Months = Annotated[int, Field(ge=1, le=1200)]
Moratorium = Literal["capitalise", "accrue", "interest_only"]
BrokenPeriod = Literal["level", "separate"]
Keep = Literal["instalment", "end_date"]
ZERO = Decimal(0)


class Listed(BaseModel, Generic[T]):
    """A list that is always shown whole."""

    items: tuple[T, ...]
    next_cursor: str | None = None


class AssetFields(Body):
    """What may be stated of an asset, then and later. `null` takes a statement back."""

    account_id: Id | None = None
    locked_until: Day | None = None
    owner_share: Rate = Decimal(1)
    held_by: Name = ""
    acquired_on: Day | None = None
    closed_on: Day | None = None
    accrual_rate: Rate | None = None
    compounding: Compounding = "yearly"
    whole_units: bool = False
    tax_class: Name | None = None
    note: Prose = ""


class AssetBody(AssetFields):
    """A new asset. `value` is what all of it is worth on `valued_on` (today when left out)."""

    name: Line
    kind: AssetKind
    currency: Currency | None = None
    liquidity: Liquidity | None = None
    value: Money | None = None
    valued_on: Day | None = None

    def details(self, currency: str) -> AssetDetails:
        """The statements, with `currency` where none was given."""
        return AssetDetails(
            name=self.name,
            kind=self.kind,
            currency=self.currency or currency,
            liquidity=self.liquidity or DEFAULT_LIQUIDITY[self.kind],
            **{name: getattr(self, name) for name in AssetFields.model_fields},
        )

    def valuation(self, today: date) -> NewValuation | None:
        """The first valuation, where a value was given."""
        if self.value is None:
            if self.valued_on is not None:
                raise Invalid("valued_on", "needs a value")
            return None
        return NewValuation(date=self.valued_on or today, value=self.value)


class AssetChanges(AssetFields):
    """What to change of an asset; what is left out stays."""

    name: Line = ""
    kind: AssetKind = "other"
    liquidity: Liquidity = "months"

    def on(self, details: AssetDetails) -> AssetDetails:
        """The statements with the changes."""
        return replace(details, **{name: getattr(self, name) for name in self.model_fields_set})


class ValuationBody(Body):
    """What an asset was worth: all of it, or one unit."""

    date: Day
    value: Money | None = None
    unit_price: Number | None = None

    def valuation(self) -> NewValuation:
        """The valuation."""
        return NewValuation(date=self.date, value=self.value, unit_price=self.unit_price)


class LotBody(Body):
    """A purchase: `cost` is the price of all units, without `fees`."""

    date: Day
    quantity: Number
    cost: Money
    fees: Money = ZERO

    def lot(self) -> NewLot:
        """The purchase."""
        return NewLot(date=self.date, quantity=self.quantity, cost=self.cost, fees=self.fees)


class CorporateActionBody(Body):
    """A split (each unit becomes `ratio`) or bonus (`ratio` new units for each held)."""

    date: Day
    kind: Literal["split", "bonus"]
    ratio: Number

    def action(self) -> NewCorporateAction:
        """The action."""
        return NewCorporateAction(date=self.date, kind=self.kind, ratio=self.ratio)


class IncomeBody(Body):
    """Money an asset paid."""

    date: Day
    kind: Literal["dividend", "rent", "interest", "other"]
    amount: Money

    def income(self) -> NewIncome:
        """The income."""
        return NewIncome(date=self.date, kind=self.kind, amount=self.amount)


class RateChangeBody(Body):
    """A reset of a floating rate."""

    date: Day
    annual_rate: Rate
    keep: Keep = "end_date"

    def change(self) -> RateChange:
        """The reset."""
        return RateChange(date=self.date, annual_rate=self.annual_rate, keep=self.keep)


class PartPaymentBody(Body):
    """A repayment of principal besides the instalments."""

    date: Day
    amount: Money
    keep: Keep = "instalment"
    fee: Money = ZERO

    def part(self) -> PartPayment:
        """The part payment."""
        return PartPayment(date=self.date, amount=self.amount, keep=self.keep, fee=self.fee)


class LoanFields(Body):
    """What a loan's contract states, besides its four quantities."""

    first_payment: Day | None = None
    rounding: Rounding = "hundredth"
    rounding_mode: RoundingMode = "half_up"
    interest_rounding: Rounding | None = None
    interest_rounding_mode: RoundingMode = "half_up"
    day_count: DayCount = "30/360"
    instalment_by: Literal["day_count", "twelfths"] = "day_count"
    moratorium_months: Annotated[int, Field(ge=0, le=1200)] = 0
    moratorium: Moratorium = "capitalise"
    broken_period: BrokenPeriod = "level"
    fees: Money = ZERO
    insurance: Money = ZERO


class ScheduleBody(LoanFields):
    """A loan to be scheduled: three of principal, annual_rate, months and instalment."""

    principal: Money | None = None
    annual_rate: Rate | None = None
    months: Months | None = None
    instalment: Money | None = None
    start: Day | None = None
    currency: Currency | None = None
    rate_changes: Annotated[list[RateChangeBody], Field(max_length=1200)] = Field(default_factory=list)
    prepayments: Annotated[list[PartPaymentBody], Field(max_length=1200)] = Field(default_factory=list)

    def terms(self, today: date) -> LoanTerms:
        """The terms; `start` is today when left out."""
        return LoanTerms(
            principal=self.principal,
            annual_rate=self.annual_rate,
            months=self.months,
            instalment=self.instalment,
            start=self.start or today,
            rate_changes=tuple(item.change() for item in self.rate_changes),
            prepayments=tuple(item.part() for item in self.prepayments),
            **{name: getattr(self, name) for name in LoanFields.model_fields},
        )


class LiabilityFields(LoanFields):
    """What may be stated of a liability, then and later. `null` takes a statement back."""

    account_id: Id | None = None
    annual_rate: Rate | None = None
    months: Months | None = None
    instalment: Money | None = None
    rate_kind: Literal["fixed", "floating"] = "fixed"
    owner_share: Rate = Decimal(1)
    held_by: Name = ""
    closed_on: Day | None = None
    note: Prose = ""


class LiabilityBody(LiabilityFields):
    """A new liability. Without months and instalment it has no schedule and owes its principal."""

    name: Line
    kind: LiabilityKind = "other"
    currency: Currency | None = None
    principal: Money = ZERO
    start: Day | None = None

    def details(self, currency: str, today: date) -> LiabilityDetails:
        """The statements, with `currency` and `today` where none were given."""
        return LiabilityDetails(
            name=self.name,
            kind=self.kind,
            currency=self.currency or currency,
            principal=self.principal,
            start=self.start or today,
            **{name: getattr(self, name) for name in LiabilityFields.model_fields},
        )


class LiabilityChanges(LiabilityFields):
    """What to change of a liability; what is left out stays."""

    name: Line = ""
    kind: LiabilityKind = "other"
    principal: Money = ZERO
    start: Day = date(1900, 1, 1)

    def on(self, details: LiabilityDetails) -> LiabilityDetails:
        """The statements with the changes."""
        return replace(details, **{name: getattr(self, name) for name in self.model_fields_set})
