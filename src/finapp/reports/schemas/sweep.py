"""The body of a salary sweep question, and its answer with `from` in place of a name Python does not allow."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from finapp.kernel.basis import Basis
from finapp.kernel.errors import Invalid
from finapp.kernel.months import add_months
from finapp.platform.fields import Body, Currency, Day, Line, Money, Rate
from finapp.reports.public import (
    Crediting,
    DatedMoney,
    DebitMove,
    SalarySweep,
    ScenarioName,
    Shortfall,
    Slab,
    SweepAccount,
    SweepDay,
    SweepQuestion,
    SweepReplay,
    TightestDay,
)

_NOTHING = Decimal(0)


class SlabBody(Body):
    """The part of a balance above `above` earns `annual_rate`."""

    above: Money
    annual_rate: Rate


class AccountBody(Body):
    """An account that can hold the money; the first one receives the salary and pays the debits."""

    id: Line
    balance: Money
    annual_rate: Rate = _NOTHING
    minimum: Money = _NOTHING
    maximum: Money | None = None
    slabs: Annotated[list[SlabBody], Field(max_length=10)] = Field(default_factory=list)
    kind: Literal["savings", "deposit", "fund", "overdraft"] = "savings"
    credited: Crediting = "quarterly"
    multiple: Money | None = None
    withdrawal_charge: Rate = _NOTHING
    tax_rate: Rate = _NOTHING

    def value(self) -> SweepAccount:
        """As the facade takes it."""
        return SweepAccount(
            id=self.id,
            balance=self.balance,
            annual_rate=self.annual_rate,
            minimum=self.minimum,
            maximum=self.maximum,
            slabs=tuple(Slab(above=slab.above, annual_rate=slab.annual_rate) for slab in self.slabs),
            kind=self.kind,
            credited=self.credited,
            multiple=self.multiple,
            withdrawal_charge=self.withdrawal_charge,
            tax_rate=self.tax_rate,
        )


class MoneyBody(Body):
    """Money that comes or goes once on `date`, or every month on `day` (31 is the last day)."""

    amount: Money
    date: Day | None = None
    day: Annotated[int, Field(ge=1, le=31)] | None = None
    account_id: Line | None = None
    deviation: Money = _NOTHING
    name: Line | None = None

    def dated(self, field: str, first: dt.date, days: int) -> Iterator[DatedMoney]:
        """Its dates from `first` on. Raises Invalid unless exactly one of `date` and `day` is given."""
        if (self.date is None) == (self.day is None):
            raise Invalid(f"{field}.date", "give either a date or a day of the month")
        for when in self._dates(first, days):
            yield DatedMoney(
                date=when,
                amount=self.amount,
                account_id=self.account_id,
                deviation=self.deviation,
                name=self.name or "",
            )

    def _dates(self, first: dt.date, days: int) -> Iterator[dt.date]:
        if self.date is not None:
            yield self.date
        elif self.day is not None:
            last, month = first + dt.timedelta(days=days - 1), 0
            while (when := add_months(first.replace(day=1), month, self.day)) <= last:
                if when >= first:
                    yield when
                month += 1


def _horizon(value: Any) -> int | dt.date:
    """A number of days from 1 to 366, or a date; one message for everything else."""
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            pass
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 366:
        return value
    raise ValueError("is neither a number of days from 1 to 366 nor a date")


Horizon = Annotated[int | dt.date, BeforeValidator(_horizon)]
Moneys = Annotated[list[MoneyBody], Field(max_length=400)]


class SweepBody(Body):
    """Where to keep money day by day; nothing is stored. `horizon` is a number of days, or the last day."""

    accounts: Annotated[list[AccountBody], Field(min_length=2, max_length=6)]
    credits: Moneys = Field(default_factory=list)
    debits: Moneys = Field(default_factory=list)
    horizon: Horizon = 30
    transfer_cost: Money = _NOTHING
    max_transfers: int | None = None
    transfer_minimum: Money = _NOTHING
    transfer_maximum: Money | None = None
    buffer: Money = _NOTHING
    buffer_quantile: Rate = Decimal("0.95")
    needed: Literal["same_day", "evening_before"] = "same_day"
    closed: Annotated[list[Day], Field(max_length=400)] = Field(default_factory=list)
    weekends_closed: bool = False
    time_limit_seconds: int = 10
    currency: Currency | None = None
    as_of: Day | None = None

    def value(self, currency: str, as_of: dt.date) -> SweepQuestion:
        """As the facade takes it. Raises Invalid for a horizon that ends before it begins."""
        days = self.horizon if isinstance(self.horizon, int) else (self.horizon - as_of).days + 1
        if not 1 <= days <= 366:
            raise Invalid("horizon", "must end between today and 366 days from now")
        return SweepQuestion(
            currency=self.currency or currency,
            accounts=tuple(account.value() for account in self.accounts),
            credits=_dated("credits", self.credits, as_of, days),
            debits=_dated("debits", self.debits, as_of, days),
            horizon=days,
            transfer_cost=self.transfer_cost,
            max_transfers=self.max_transfers,
            transfer_minimum=self.transfer_minimum,
            transfer_maximum=self.transfer_maximum,
            buffer=self.buffer,
            buffer_quantile=self.buffer_quantile,
            needed=self.needed,
            closed=tuple(self.closed),
            weekends_closed=self.weekends_closed,
            time_limit_seconds=self.time_limit_seconds,
        )


def _dated(field: str, items: list[MoneyBody], first: dt.date, days: int) -> tuple[DatedMoney, ...]:
    return tuple(money for number, item in enumerate(items) for money in item.dated(f"{field}.{number}", first, days))


class _Answer(BaseModel):
    model_config = ConfigDict(from_attributes=True, serialize_by_alias=True, populate_by_name=True)


class TransferAnswer(_Answer):
    """Move `amount` on `date`."""

    date: dt.date
    from_: str = Field(alias="from")
    to: str
    amount: Decimal


class ScenarioAnswer(_Answer):
    """One way of keeping the money, replayed day by day."""

    name: ScenarioName
    feasible: bool
    shortfall: Shortfall | None
    transfers: tuple[TransferAnswer, ...]
    daily: tuple[SweepDay, ...]
    interest: Decimal
    costs: Decimal
    tax: Decimal
    net: Decimal
    gain: Decimal
    tightest: tuple[TightestDay, ...]


class SweepAnswer(_Answer):
    """The salary sweep report."""

    as_of: dt.date
    basis: Basis
    currency: str
    feasible: bool
    shortfall: Shortfall | None
    scenarios: tuple[ScenarioAnswer, ...]
    best: ScenarioName | None
    best_reason: str | None
    transfers: tuple[TransferAnswer, ...]
    daily: tuple[SweepDay, ...]
    interest: Decimal | None
    interest_reason: str | None
    gain: Decimal | None
    gain_reason: str | None
    lower_bound: Decimal | None
    lower_bound_reason: str | None
    upper_bound: Decimal | None
    upper_bound_reason: str | None
    gap: Decimal | None
    gap_reason: str | None
    moves: tuple[DebitMove, ...]
    replay: SweepReplay | None
    replay_reason: str | None

    @classmethod
    def of(cls, found: SalarySweep) -> "SweepAnswer":
        """The answer to a plan."""
        return cls.model_validate(found)
