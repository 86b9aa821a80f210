"""Running balances as evidence: they tell the sign of amounts, the order of rows, and which column is money."""

from collections.abc import Hashable, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple


class Fit(NamedTuple):
    """How well amounts explain a running balance."""

    share: float
    """Of the steps that could be checked, from 0 to 1."""
    steps: int
    newest_first: bool


def fit(
    amounts: Sequence[Decimal | None], balances: Sequence[Decimal | None], groups: Sequence[Hashable] | None = None
) -> Fit:
    """Checks balance[i] = balance[i-1] + amount[i] in both orders, within each group (currency, account)."""
    steps = up = down = 0
    last: dict[Hashable, int] = {}
    for index, balance in enumerate(balances):
        group = groups[index] if groups else None
        before = last.get(group)
        amount = amounts[index]
        if balance is None or amount is None:
            continue
        last[group] = index
        if before is None or amount == 0:
            continue
        earlier, previous = balances[before], amounts[before]
        if earlier is None or previous is None:
            continue
        steps += 1
        up += balance - earlier == amount
        down += earlier - balance == previous
    best = max(up, down)
    return Fit(best / steps if steps else 0.0, steps, down > up)


def fits_unsigned(amounts: Sequence[Decimal | None], balances: Sequence[Decimal | None]) -> Fit:
    """The same check for amounts without a sign: the balance moves by the amount, one way or the other."""
    pairs = [(a, b) for a, b in zip(amounts, balances, strict=True) if a is not None and b is not None]
    up = down = 0
    for (previous, earlier), (amount, balance) in pairwise(pairs):
        up += abs(balance - earlier) == abs(amount)
        down += abs(balance - earlier) == abs(previous)
    steps = max(len(pairs) - 1, 0)
    return Fit(max(up, down) / steps if steps else 0.0, steps, down > up)


def stands_still(balances: Sequence[str], groups: Sequence[Hashable]) -> bool:
    """Whether every row of a group prints the same: what the account holds today, and not after each row."""
    said: dict[Hashable, list[str]] = {}
    for group, balance in zip(groups, balances, strict=True):
        if balance:
            said.setdefault(group, []).append(balance)
    return any(len(each) > 1 for each in said.values()) and all(len(set(each)) == 1 for each in said.values())
