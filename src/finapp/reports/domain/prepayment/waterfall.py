"""The one simulator behind every payoff strategy: months in whole minor units, freed instalments rolling on.

Each month every open loan gets its instalment; what is left of the month's committed cash, and of earlier months,
goes to part payments in the way the strategy asks. The committed cash is the same whatever the strategy.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from finapp.reports.domain.prepayment.terms import Terms, half_even, interest, level_instalment

Allocate = Callable[[int, Sequence[int], int], Sequence[tuple[int, int]]]
"""(month, balances after the instalments, cash) -> part payments wanted, in order: (loan index, amount)."""


@dataclass(frozen=True, kw_only=True)
class Month:
    """One month of one loan, in minor units."""

    interest: int = 0
    payment: int = 0
    prepayment: int = 0
    fee: int = 0
    balance: int = 0
    instalment: int = 0


@dataclass(frozen=True, kw_only=True)
class Budget:
    """Cash committed beyond the instalments: `extra` each month and `lumps` by month number, in minor units."""

    extra: int = 0
    lumps: Mapping[int, int] = field(default_factory=dict)

    def beyond(self, month: int) -> int:
        """Cash of `month` on top of the instalments."""
        return self.extra + self.lumps.get(month, 0)


@dataclass(frozen=True, kw_only=True)
class Run:
    """A finished simulation. `months[m - 1][l]` is loan l in month m; `cash[m - 1]` what is in hand after month m."""

    months: tuple[tuple[Month, ...], ...]
    cash: tuple[int, ...]
    committed: int

    @property
    def length(self) -> int:
        """The month in which the last loan is paid off."""
        return max(number for number, row in enumerate(self.months, 1) if any(item.payment for item in row))

    @property
    def interest(self) -> int:
        """Interest over all loans."""
        return sum(item.interest for row in self.months for item in row)

    @property
    def fees(self) -> int:
        """Charges on part payments over all loans."""
        return sum(item.fee for row in self.months for item in row)


def horizon(loans: Sequence[Terms]) -> int:
    """Months until the last contract ends: strategies are compared on that day."""
    return max(loan.months for loan in loans)


def contract(loans: Sequence[Terms], budget: Budget) -> Run:
    """What happens without prepaying: every loan follows its contract, the other cash stays in hand."""
    return _simulate(loans, budget, allocate=None, keep_instalment=True)


def run(loans: Sequence[Terms], budget: Budget, allocate: Allocate, *, keep_instalment: bool = True) -> Run:
    """Simulates a strategy to the horizon.

    With `keep_instalment` a part payment shortens the loan; without, the instalment is computed anew over the
    contract's remaining months and the relief stays in hand, while extra cash and instalments of closed loans go on.
    """
    return _simulate(loans, budget, allocate, keep_instalment)


def _simulate(loans: Sequence[Terms], budget: Budget, allocate: Allocate | None, keep_instalment: bool) -> Run:
    balances = [loan.balance for loan in loans]
    level = [loan.instalment(1) for loan in loans]
    months: list[tuple[Month, ...]] = []
    cash: list[int] = []
    free = relief = committed = 0
    for month in range(1, horizon(loans) + 1):
        income = sum(loan.instalment(month) for loan in loans) + budget.beyond(month)
        committed += income
        sizes = [loan.instalment(month) for loan in loans] if keep_instalment else level
        row = [_instalment(loan, month, balances[i], sizes[i]) for i, loan in enumerate(loans)]
        kept = sum(
            loan.instalment(month) - max(sizes[i], row[i].payment) for i, loan in enumerate(loans) if balances[i]
        )
        balances = [item.balance for item in row]
        relief += 0 if keep_instalment else kept
        free += income - sum(item.payment for item in row) - (0 if keep_instalment else kept)
        if allocate is not None and free > 0 and any(balances):
            for index, wanted in allocate(month, tuple(balances), free):
                amount, fee = part_payment(loans[index], balances[index], min(wanted, balances[index]), free)
                if amount:
                    row[index] = _with_part(row[index], amount, fee)
                    balances[index] -= amount
                    free -= amount + fee
        if not keep_instalment:
            level = [_level_after(loan, month, row[i], level[i]) for i, loan in enumerate(loans)]
        months.append(tuple(row))
        cash.append(free + relief)
    return Run(months=tuple(months), cash=tuple(cash), committed=committed)


def _instalment(loan: Terms, month: int, balance: int, size: int) -> Month:
    """The contractual payment of one month, before any part payment."""
    if balance == 0:
        return Month()
    charge = interest(balance, loan.rate(month))
    due = balance + charge
    payment = due if month >= loan.months else min(size, due)
    return Month(interest=charge, payment=payment, balance=due - payment, instalment=size)


def part_payment(loan: Terms, balance: int, wanted: int, cash: int) -> tuple[int, int]:
    """The amount and charge of a part payment that the lender accepts and `cash` can pay; (0, 0) when none is."""
    fee = half_even(wanted * loan.fee.numerator, loan.fee.denominator)
    if wanted + fee > cash:
        wanted = int(cash / (1 + loan.fee)) if loan.fee else cash
        fee = half_even(wanted * loan.fee.numerator, loan.fee.denominator)
        while wanted + fee > cash:
            wanted -= 1
            fee = half_even(wanted * loan.fee.numerator, loan.fee.denominator)
    if wanted <= 0 or (wanted < loan.minimum_part and wanted < balance):
        return 0, 0
    return wanted, fee


def _with_part(item: Month, amount: int, fee: int) -> Month:
    return Month(
        interest=item.interest,
        payment=item.payment,
        prepayment=item.prepayment + amount,
        fee=item.fee + fee,
        balance=item.balance - amount,
        instalment=item.instalment,
    )


def _level_after(loan: Terms, month: int, item: Month, level: int) -> int:
    """The instalment of the next month when the lender re-computes it after a part payment or a rate change."""
    remaining = loan.months - month
    if not item.balance or remaining <= 0:
        return level
    if item.prepayment or loan.rate(month + 1) != loan.rate(month):
        return level_instalment(item.balance, loan.rate(month + 1), remaining)
    return level
