"""Words of the salary sweep report: accounts, dated money, plans of transfers and what they earn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.kernel.basis import Basis
from finapp.kernel.money import Rate

ScenarioName = Literal["none", "once", "optimal"]
Crediting = Literal["monthly", "quarterly", "half_yearly", "yearly"]


@dataclass(frozen=True, kw_only=True)
class Slab:
    """The part of a balance above `above` (up to the next slab) earns `annual_rate`: slabs are marginal."""

    above: Decimal
    annual_rate: Rate


@dataclass(frozen=True, kw_only=True)
class SweepAccount:
    """An account that can hold the money. `annual_rate` applies below the first slab, or to all without slabs.

    For a loan overdraft, `balance` is the money parked in it, `annual_rate` the rate it saves, `maximum` what is owed.
    """

    id: str
    balance: Decimal
    annual_rate: Rate
    minimum: Decimal = Decimal(0)
    maximum: Decimal | None = None
    slabs: tuple[Slab, ...] = ()
    kind: Literal["savings", "deposit", "fund", "overdraft"] = "savings"
    credited: Crediting = "quarterly"
    """When interest is added to the balance: the day after the period ends."""
    multiple: Decimal | None = None
    """Money goes in only in whole multiples of this, as into deposits; it comes out in any amount."""
    withdrawal_charge: Rate = Decimal(0)
    """Charge on each amount taken out, as a fraction of it: what breaking a deposit early costs."""
    tax_rate: Rate = Decimal(0)
    """Tax on its interest. Interest that an overdraft saves is not taxed."""


@dataclass(frozen=True, kw_only=True)
class DatedMoney:
    """Money that comes or goes on a day; `amount` is positive. `account_id` None means the first account.

    `deviation` is the standard deviation of a variable debit, against which the plan keeps a quantile.
    """

    date: date
    amount: Decimal
    account_id: str | None = None
    deviation: Decimal = Decimal(0)
    name: str = ""
    stream_id: str | None = None
    """The recurring stream that it belongs to."""


@dataclass(frozen=True, kw_only=True)
class SweepChoices:
    """How the household wants its own sweep planned; what it earns and owes comes from its streams."""

    transfer_cost: Decimal = Decimal(0)
    max_transfers: int | None = None
    transfer_minimum: Decimal = Decimal(0)
    needed: Literal["same_day", "evening_before"] = "same_day"


@dataclass(frozen=True, kw_only=True)
class SweepQuestion:
    """Where to keep money day by day from `as_of` on. The first account receives the salary and pays the debits."""

    currency: str
    accounts: tuple[SweepAccount, ...]
    credits: tuple[DatedMoney, ...] = ()
    debits: tuple[DatedMoney, ...] = ()
    horizon: int = 30
    """Days planned, the first being `as_of`; every closing balance earns one day."""
    transfer_cost: Decimal = Decimal(0)
    max_transfers: int | None = None
    transfer_minimum: Decimal = Decimal(0)
    transfer_maximum: Decimal | None = None
    """Smallest amount that can be moved at once, and the largest of a day between two accounts."""
    buffer: Decimal = Decimal(0)
    """Kept in the first account above its minimum."""
    buffer_quantile: Rate = Decimal("0.95")
    needed: Literal["same_day", "evening_before"] = "same_day"
    """Whether money moved on the day of a debit is in time, or must be there at the close of the day before."""
    closed: tuple[date, ...] = ()
    """Days on which no transfer can be made (bank holidays)."""
    weekends_closed: bool = False
    time_limit_seconds: int = 10


@dataclass(frozen=True, kw_only=True)
class SweepTransfer:
    """Move `amount` on `date`; the first account is always one of the two sides."""

    date: date
    from_: str
    to: str
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class SweepDay:
    """Closing balances by account, and the interest that the day earned before rounding at the crediting date."""

    date: date
    balances: Mapping[str, Decimal]
    interest: Decimal


@dataclass(frozen=True, kw_only=True)
class TightestDay:
    """The day on which an account comes closest to what it must hold: the proof that a plan is feasible."""

    account_id: str
    date: date
    balance: Decimal
    required: Decimal
    slack: Decimal


@dataclass(frozen=True, kw_only=True)
class Shortfall:
    """The first day on which money is missing, and how much."""

    date: date
    missing: Decimal


@dataclass(frozen=True, kw_only=True)
class SweepScenario:
    """One way of keeping the money, replayed day by day to the minor unit."""

    name: ScenarioName
    feasible: bool
    shortfall: Shortfall | None = None
    transfers: tuple[SweepTransfer, ...]
    daily: tuple[SweepDay, ...]
    interest: Decimal
    costs: Decimal
    """Transfer costs and charges on amounts taken out."""
    tax: Decimal
    net: Decimal
    """Interest less costs and tax."""
    gain: Decimal
    """`net` above that of `none`."""
    tightest: tuple[TightestDay, ...]


@dataclass(frozen=True, kw_only=True)
class DebitMove:
    """What moving one due date within its month would add to the optimal plan's net interest."""

    name: str
    amount: Decimal
    better_date: date
    earns: Decimal
    date: date
    """The present due date."""


@dataclass(frozen=True, kw_only=True)
class SweepReplay:
    """The last twelve months again: what the accounts earned as they were kept, and as the best plan would have.

    The plan knows each day's money beforehand, so `interest_if_swept` is what could have been earned at most.
    """

    first: date
    last: date
    interest_as_kept: Decimal
    interest_if_swept: Decimal
    gain: Decimal
    """After transfer costs."""
    transfers: int


@dataclass(frozen=True, kw_only=True)
class SalarySweep:
    """The scenarios; `transfers`, `daily`, `interest` and `gain` repeat those of the best feasible one.

    `lower_bound` is the gain that the plan is shown to reach, replayed exactly; `upper_bound` the gain that no plan
    can exceed; `gap` their difference.
    """

    as_of: date
    basis: Basis
    currency: str
    feasible: bool
    shortfall: Shortfall | None = None
    scenarios: tuple[SweepScenario, ...]
    best: ScenarioName | None
    best_reason: str | None = None
    transfers: tuple[SweepTransfer, ...] = ()
    daily: tuple[SweepDay, ...] = ()
    interest: Decimal | None
    interest_reason: str | None = None
    gain: Decimal | None
    gain_reason: str | None = None
    lower_bound: Decimal | None
    lower_bound_reason: str | None = None
    upper_bound: Decimal | None
    upper_bound_reason: str | None = None
    gap: Decimal | None
    gap_reason: str | None = None
    moves: tuple[DebitMove, ...] = ()
    replay: SweepReplay | None = None
    replay_reason: str | None = "not_asked"
