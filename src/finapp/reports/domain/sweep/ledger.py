"""The daily ledger: a plan replayed in whole minor units, with the daily product and real crediting dates.

Interest of a day is the closing balance's yearly interest over 365. It is carried exactly and rounded half-even to
the minor unit when it is credited, the day after its period ends; at the end of the plan the rest is shown as accrued.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from finapp.reports.domain.sweep.setting import Setting

DAYS_IN_YEAR = 365
Move = tuple[int, int, int, int]
"""(day, from account, to account, minor units)."""


@dataclass(kw_only=True)
class Ledger:
    """What happened: closing balances by day and account, exact interest by day, totals in minor units."""

    balances: list[tuple[int, ...]] = field(default_factory=list)
    earned: list[Fraction] = field(default_factory=list)
    interest: int = 0
    tax: int = 0
    short: tuple[int, int] | None = None
    """First day on which an account closes below what it must hold, and by how much."""


def replay(setting: Setting, moves: Sequence[Move]) -> Ledger:
    """Runs the days in order: interest credited, money in and out, transfers, closing balances checked."""
    by_day: dict[int, list[Move]] = {}
    for move in moves:
        by_day.setdefault(move[0], []).append(move)
    ledger = Ledger()
    balances = [place.balance for place in setting.places]
    accrued = [Fraction(0) for _ in setting.places]
    totals = [0 for _ in setting.places]
    for day in range(setting.days):
        for i in range(len(balances)):
            balances[i] += setting.flows[i][day]
        for _, source, target, amount in by_day.get(day, ()):
            balances[source] -= amount
            balances[target] += amount
        _check(setting, ledger, day, balances)
        ledger.balances.append(tuple(balances))
        today = [place.yearly_interest(balances[i]) / DAYS_IN_YEAR for i, place in enumerate(setting.places)]
        ledger.earned.append(sum(today, Fraction(0)))
        for i, place in enumerate(setting.places):
            accrued[i] += today[i]
            if setting.credits_after(place, day):
                credited = round(accrued[i])
                balances[i] += credited
                totals[i] += credited
                accrued[i] = Fraction(0)
    totals = [total + round(rest) for total, rest in zip(totals, accrued, strict=True)]
    ledger.interest = sum(totals)
    ledger.tax = sum(round(total * place.tax) for total, place in zip(totals, setting.places, strict=True))
    return ledger


def _check(setting: Setting, ledger: Ledger, day: int, balances: Sequence[int]) -> None:
    if ledger.short is not None:
        return
    missing = max(setting.required[i][day] - balances[i] for i in range(len(balances)))
    if missing > 0:
        ledger.short = (day, missing)


def costs(setting: Setting, moves: Sequence[Move]) -> int:
    """Transfer costs, and charges on what is taken out, in minor units."""
    charges = sum(round(setting.places[source].charge * amount) for _, source, _, amount in moves)
    return setting.cost * len(moves) + charges


def net(setting: Setting, ledger: Ledger, moves: Sequence[Move]) -> int:
    """Interest less costs and tax, in minor units."""
    return ledger.interest - ledger.tax - costs(setting, moves)


def missing_money(setting: Setting) -> tuple[int, int] | None:
    """The first day on which all accounts together hold less than they must, and how much is missing."""
    wealth = sum(place.balance for place in setting.places)
    for day in range(setting.days):
        wealth += sum(line[day] for line in setting.flows)
        missing = sum(line[day] for line in setting.required) - wealth
        if missing > 0:
            return day, missing
    return None
