"""Bodies of sales and of questions about returns."""

import datetime
from typing import Annotated

from pydantic import Field

from finapp.assets.public import DatedFlow, DatedValue, InHandQuestion, LotMethod, NewLiquidation, ReturnsQuestion
from finapp.assets.schemas.common import ZERO, Id, Name
from finapp.platform.fields import Body, Day, Money, Number, Prose, Rate


class FlowBody(Body):
    """A payment seen from the investor: paid in negative, received positive."""

    date: Day
    amount: Money


class DatedValueBody(Body):
    """What the investment was worth on a day, before that day's payments."""

    date: Day
    value: Money


class ReturnsBody(Body):
    """Payments, and what is left of the investment at the end."""

    flows: Annotated[list[FlowBody], Field(min_length=1, max_length=10_000)]
    value: Money | None = None
    as_of: Day | None = None
    valuations: Annotated[list[DatedValueBody], Field(max_length=10_000)] = Field(default_factory=list)
    annualise: bool = False

    def question(self) -> ReturnsQuestion:
        """The question."""
        return ReturnsQuestion(
            flows=tuple(DatedFlow(date=flow.date, amount=flow.amount) for flow in self.flows),
            value=self.value,
            as_of=self.as_of,
            valuations=tuple(DatedValue(date=item.date, value=item.value) for item in self.valuations),
            annualise=self.annualise,
        )


class InHandBody(Body):
    """An amount wanted in hand, from any assets or from `asset_ids`."""

    target_amount: Money
    date: Day | None = None
    asset_ids: Annotated[list[Id], Field(max_length=500)] = Field(default_factory=list)
    fee_rate: Rate = ZERO
    policy: Name | None = None

    def question(self, today: datetime.date) -> InHandQuestion:
        """The question; today when no date was given."""
        return InHandQuestion(
            target_amount=self.target_amount,
            date=self.date or today,
            asset_ids=tuple(self.asset_ids),
            fee_rate=self.fee_rate,
            policy=self.policy,
        )


class LiquidationBody(Body):
    """A sale of a quantity, or of as much as brings `target_amount` in hand after fees and estimated tax."""

    asset_id: Id
    date: Day | None = None
    quantity: Number | None = None
    target_amount: Money | None = None
    proceeds: Money | None = None
    unit_price: Number | None = None
    fees: Money = ZERO
    fee_rate: Rate = ZERO
    method: LotMethod | None = None
    lot_ids: Annotated[list[Id], Field(max_length=5000)] = Field(default_factory=list)
    lot_quantities: Annotated[list[Number], Field(max_length=5000)] = Field(default_factory=list)
    policy: Name | None = None
    note: Prose = ""

    def sale(self, today: datetime.date) -> NewLiquidation:
        """The sale; today when no date was given."""
        return NewLiquidation(
            asset_id=self.asset_id,
            date=self.date or today,
            quantity=self.quantity,
            target_amount=self.target_amount,
            proceeds=self.proceeds,
            unit_price=self.unit_price,
            fees=self.fees,
            fee_rate=self.fee_rate,
            method=self.method,
            lot_ids=tuple(self.lot_ids),
            lot_quantities=tuple(self.lot_quantities),
            policy=self.policy,
            note=self.note,
        )
