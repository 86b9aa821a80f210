"""Bodies of assets, their valuations, lots, corporate actions and income."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.assets.domain.groups import DEFAULT_LIQUIDITY
from finapp.assets.public import (
    AssetDetails,
    AssetKind,
    Compounding,
    Liquidity,
    NewCorporateAction,
    NewIncome,
    NewLot,
    NewValuation,
)
from finapp.assets.schemas.common import ZERO, Id, Name
from finapp.kernel.errors import Invalid
from finapp.platform.fields import Body, Currency, Day, Line, Money, Number, Prose, Rate


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
