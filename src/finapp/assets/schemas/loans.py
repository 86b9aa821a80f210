"""Bodies of liabilities and schedules."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from finapp.assets.public import (
    DayCount,
    Frequency,
    LiabilityDetails,
    LiabilityKind,
    LoanTerms,
    NewPartPayment,
    OverdraftEntry,
    OverdraftQuestion,
    PartPayment,
    RateChange,
    RateCompounding,
    RevolvingQuestion,
    Rounding,
    RoundingMode,
)
from finapp.assets.schemas.common import ZERO, BrokenPeriod, Id, Keep, Months, Moratorium, Name
from finapp.platform.fields import Body, Currency, Day, Line, Money, Prose, Rate


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


class NewPartPaymentBody(PartPaymentBody):
    """A repayment of principal of a stored liability, with the account that paid it."""

    account_id: Id | None = None

    def new(self) -> NewPartPayment:
        """The part payment."""
        return NewPartPayment(
            date=self.date, amount=self.amount, keep=self.keep, fee=self.fee, account_id=self.account_id
        )


class LoanFields(Body):
    """What a loan's contract states, besides its four quantities."""

    instalments: Annotated[int, Field(ge=1, le=5200)] | None = None
    frequency: Frequency = "monthly"
    rate_compounding: RateCompounding = "instalment"
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


class RevolvingBody(Body):
    """A card balance that is paid down, without new purchases."""

    balance: Money
    annual_rate: Rate
    minimum_rate: Rate = Decimal("0.05")
    minimum_amount: Money = ZERO
    payment: Money | None = None
    start: Day | None = None
    day_count: DayCount = "act/365f"

    def question(self, today: date) -> RevolvingQuestion:
        """The question, from today when no start is given."""
        stated = {name: getattr(self, name) for name in type(self).model_fields if name != "start"}
        return RevolvingQuestion(**stated, start=self.start or today)


class OverdraftEntryBody(Body):
    """Money drawn (negative) or parked (positive)."""

    date: Day
    amount: Money


class OverdraftBody(Body):
    """An overdraft loan in which money is parked."""

    outstanding: Money
    annual_rate: Rate
    start: Day
    end: Day
    entries: Annotated[list[OverdraftEntryBody], Field(max_length=10_000)] = Field(default_factory=list)
    limit: Money | None = None
    day_count: DayCount = "act/365f"

    def question(self) -> OverdraftQuestion:
        """The question."""
        return OverdraftQuestion(
            outstanding=self.outstanding,
            annual_rate=self.annual_rate,
            start=self.start,
            end=self.end,
            entries=tuple(OverdraftEntry(date=item.date, amount=item.amount) for item in self.entries),
            limit=self.limit,
            day_count=self.day_count,
        )
