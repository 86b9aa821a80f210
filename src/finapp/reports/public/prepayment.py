"""Words of the loan prepayment report: loans, strategies, plans and what they save."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.kernel.basis import Basis
from finapp.kernel.money import Rate

StrategyName = Literal["none", "snowball", "avalanche", "proportional", "custom", "optimal"]


@dataclass(frozen=True, kw_only=True)
class RateChange:
    """From the instalment period that begins on or after `on`, the loan bears `annual_rate`."""

    on: date
    annual_rate: Rate


@dataclass(frozen=True, kw_only=True)
class TaxRelief:
    """Interest that is deductible from taxable income, up to a cap in each tax year."""

    marginal_rate: Rate
    """Tax saved per unit of deductible interest, 0.3 is 30 %."""
    yearly_cap: Decimal | None = None
    """Largest deductible interest of one tax year; None means no cap."""
    year_starts_in: int = 4
    """Month (1-12) in which the tax year begins."""


@dataclass(frozen=True, kw_only=True)
class Loan:
    """A loan as it stands today. Give `instalment` or `months`; with both, `instalment` is what is paid."""

    id: str
    name: str
    outstanding: Decimal
    annual_rate: Rate
    instalment: Decimal | None = None
    months: int | None = None
    prepayment_fee: Rate = Decimal(0)
    """Charge on each amount paid ahead of schedule, as a fraction of it, taxes on the charge included."""
    minimum_part_payment: Decimal = Decimal(0)
    """Smallest amount the lender accepts ahead of schedule; closing the loan is always accepted."""
    rate_changes: tuple[RateChange, ...] = ()
    on_rate_change: Literal["tenure", "instalment"] = "tenure"
    """What gives way when the rate changes: the number of instalments, or their size."""
    next_due_on: date | None = None
    """When the next instalment is due, within a month; part payments are made with it. None means a month from now."""
    overdraft: bool = False
    """Money paid ahead stays drawable (home-loan overdraft): no charge applies and it is shown as `drawable`."""
    tax: TaxRelief | None = None


@dataclass(frozen=True, kw_only=True)
class LumpSum:
    """Money that becomes available on a day; it is used with that month's instalments."""

    date: date
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class InvestAlternative:
    """What the same money would earn elsewhere. `volatility` None means that the return is certain."""

    after_tax_return: Rate
    """Effective annual return after tax."""
    volatility: Rate | None = None
    """Standard deviation of the annual return; given, the answer is a probability instead of a verdict."""
    seed: int = 1
    paths: int = 10_000


@dataclass(frozen=True, kw_only=True)
class BalanceTransfer:
    """An offer to take a loan over."""

    loan_id: str
    annual_rate: Rate
    cost: Decimal
    """All one-time costs, paid at the start."""
    months: int | None = None
    """Tenor of the new loan; None keeps the remaining tenor."""


@dataclass(frozen=True, kw_only=True)
class PrepaymentQuestion:
    """Everything a comparison of payoff strategies needs. Each loan's interest runs from month to month of its due
    day; `outstanding` is what is owed since its last one."""

    currency: str
    loans: tuple[Loan, ...]
    extra_monthly: Decimal = Decimal(0)
    lump_sums: tuple[LumpSum, ...] = ()
    cash: Decimal = Decimal(0)
    """Cash in hand that may be used at the first instalment, above `keep_cash`."""
    keep_cash: Decimal = Decimal(0)
    """The floor of cash that no plan touches."""
    strategies: tuple[StrategyName, ...] = ("none", "avalanche", "snowball", "proportional", "optimal")
    custom_order: tuple[str, ...] = ()
    """Loan ids in the order in which `custom` pays them off."""
    reduce: Literal["tenure", "instalment"] = "tenure"
    """After a part payment the lender keeps the instalment (shorter) or re-computes it over the remaining tenor."""
    invest: InvestAlternative | None = None
    balance_transfer: BalanceTransfer | None = None
    time_limit_seconds: int = 10


@dataclass(frozen=True, kw_only=True)
class LoanOutcome:
    """How one loan ends under one strategy. Amounts are positive magnitudes."""

    id: str
    name: str
    interest: Decimal
    fees: Decimal
    prepaid: Decimal
    months: int
    paid_off_on: date
    last_instalment: Decimal
    drawable: Decimal
    """Largest amount parked in an overdraft loan ahead of schedule; 0 for other loans."""


@dataclass(frozen=True, kw_only=True)
class MonthRow:
    """One month of the waterfall over all loans: payment = interest + principal; prepayment and fee come on top."""

    number: int
    date: date
    payment: Decimal
    interest: Decimal
    principal: Decimal
    prepayment: Decimal
    fee: Decimal
    balance: Decimal
    cash_left: Decimal
    """Cash of the plan not spent on loans so far, without interest."""


@dataclass(frozen=True, kw_only=True)
class Prepayment:
    """One dated step of a plan: pay `amount` ahead of schedule to a loan."""

    date: date
    loan_id: str
    amount: Decimal
    fee: Decimal


@dataclass(frozen=True, kw_only=True)
class StrategyOutcome:
    """One strategy, replayed to the cent. Every strategy commits the same cash month by month."""

    name: StrategyName
    total_interest: Decimal
    total_fees: Decimal
    tax_saved: Decimal
    total_cost: Decimal
    """Interest plus fees less tax saved: what the strategies are ranked by."""
    debt_free_on: date
    months: int
    interest_saved: Decimal
    """Against `none`."""
    cost_saved: Decimal
    months_saved: int
    cash_committed: Decimal
    """Cash made available until the last instalment of `none`: the same in every strategy."""
    cash_left: Decimal
    """What of it is still in hand on that day."""
    loans: tuple[LoanOutcome, ...]
    prepayments: tuple[Prepayment, ...]
    rows: tuple[MonthRow, ...]


@dataclass(frozen=True, kw_only=True)
class InvestComparison:
    """Prepay with `strategy`, or keep to the contract and invest the same cash, until `horizon`."""

    strategy: StrategyName
    horizon: date
    wealth_if_prepaid: Decimal
    wealth_if_invested: Decimal
    """Money in hand at the horizon at the expected return, before any debt left (there is none)."""
    advantage_of_investing: Decimal
    break_even_return: Rate | None
    """The certain annual return at which both are equal."""
    break_even_return_reason: str | None = None
    better: Literal["prepay", "invest", "equal"] | None
    """The verdict for a certain return; None for a risky one."""
    better_reason: str | None = None
    probability_investing_wins: float | None
    probability_investing_wins_reason: str | None = None
    probability_standard_error: float | None = None


@dataclass(frozen=True, kw_only=True)
class BalanceTransferOutcome:
    """Saving of a balance transfer after all costs, on the contract schedules without prepayments."""

    loan_id: str
    instalment_now: Decimal
    instalment_then: Decimal
    interest_now: Decimal
    interest_then: Decimal
    cost: Decimal
    saving: Decimal
    """Interest now less interest then less cost; negative when the transfer costs more in total."""
    break_even_month: int | None
    break_even_month_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReduceComparison:
    """The same part payments with the lender keeping the instalment, or keeping the end date."""

    strategy: StrategyName
    interest_reducing_tenure: Decimal
    interest_reducing_instalment: Decimal
    debt_free_on_reducing_tenure: date
    debt_free_on_reducing_instalment: date


@dataclass(frozen=True, kw_only=True)
class LoanPrepayment:
    """The comparison. `best` has the lowest total cost; no plan can cost less than `lower_bound`."""

    as_of: date
    basis: Basis
    currency: str
    strategies: tuple[StrategyOutcome, ...]
    best: StrategyName | None
    best_reason: str | None = None
    lower_bound: Decimal | None
    lower_bound_reason: str | None = None
    gap: Decimal | None
    """Cost of the best plan less the lower bound, in money."""
    gap_reason: str | None = None
    gap_share: Rate | None = None
    """`gap` over the cost of the best plan."""
    proof: Literal["greedy", "linear", "mixed_integer", "relaxed", "time_limit"] | None = None
    """Where the bound comes from. Relaxed: the same loans with free part payments and each at its lowest rate."""
    reduce_comparison: ReduceComparison | None = None
    invest: InvestComparison | None = None
    balance_transfer: BalanceTransferOutcome | None = None
