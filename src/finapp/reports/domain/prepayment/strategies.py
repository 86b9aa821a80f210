"""How each payoff strategy spends the cash left after the instalments."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from finapp.kernel.money import allocate as split
from finapp.reports.domain.prepayment.terms import Terms
from finapp.reports.domain.prepayment.waterfall import Allocate

Parts = Sequence[tuple[int, int]]
Planned = Mapping[tuple[int, int], int]
"""(month, loan index) -> balance to reach after that month, in minor units."""


def snowball(loans: Sequence[Terms]) -> Allocate:
    """Smallest balance first."""

    def allocate(month: int, balances: Sequence[int], cash: int) -> Parts:
        return [(i, balances[i]) for i in sorted(_open(balances), key=lambda i: (balances[i], i))]

    return allocate


def avalanche(loans: Sequence[Terms]) -> Allocate:
    """Highest rate after tax first; equal rates: the smaller balance first."""

    def allocate(month: int, balances: Sequence[int], cash: int) -> Parts:
        order = sorted(_open(balances), key=lambda i: (-rate_after_tax(loans[i], month, balances[i]), balances[i], i))
        return [(i, balances[i]) for i in order]

    return allocate


def proportional(loans: Sequence[Terms]) -> Allocate:
    """Every open loan in proportion to its balance."""

    def allocate(month: int, balances: Sequence[int], cash: int) -> Parts:
        usable = int(cash / (1 + max(loan.fee for loan in loans)))
        total = min(usable, sum(balances))
        return [(i, part) for i, part in enumerate(split(total, balances)) if part]

    return allocate


def custom(loans: Sequence[Terms], order: Sequence[str]) -> Allocate:
    """The given loans in the given order, then the others by avalanche."""
    place = {identifier: position for position, identifier in enumerate(order)}
    fallback = avalanche(loans)

    def allocate(month: int, balances: Sequence[int], cash: int) -> Parts:
        parts = fallback(month, balances, cash)
        return sorted(parts, key=lambda part: place.get(loans[part[0]].id, len(place)))

    return allocate


def planned(loans: Sequence[Terms], targets: Planned) -> Allocate:
    """Brings each loan down to the plan's balance of the month; what one month could not pay, the next one does."""

    def allocate(month: int, balances: Sequence[int], cash: int) -> Parts:
        parts = []
        for i in _open(balances):
            wanted = balances[i] - targets.get((month, i), 0)
            # The solver is exact to its tolerance only: an amount a hair below the lender's minimum means the minimum.
            smallest = loans[i].minimum_part
            parts.append((i, smallest if smallest * 99 // 100 <= wanted < smallest else wanted))
        return sorted((part for part in parts if part[1] > 0), key=lambda part: balances[part[0]] - part[1])

    return allocate


def without(loans: Sequence[Terms], skipped: frozenset[int]) -> Allocate:
    """Avalanche over all loans but `skipped`, for loans whose charge costs more than prepaying them saves."""
    every = avalanche(loans)

    def allocate(month: int, balances: Sequence[int], cash: int) -> Parts:
        return [part for part in every(month, balances, cash) if part[0] not in skipped]

    return allocate


def rate_after_tax(loan: Terms, month: int, balance: int) -> Fraction:
    """Yearly rate of the next month less the tax it saves; above the cap on a full year's interest nothing is saved."""
    rate = loan.rate(month + 1) * 12
    if loan.tax is None:
        return rate
    above_cap = loan.tax.yearly_cap is not None and balance * rate > loan.tax.yearly_cap
    return rate if above_cap else rate * (1 - loan.tax.rate)


def _open(balances: Sequence[int]) -> list[int]:
    return [i for i, balance in enumerate(balances) if balance]
