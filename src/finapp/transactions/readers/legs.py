"""What each account of the household moved in one entry of double-entry books, and what for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from finapp.kernel.money import allocate, from_minor, rounded, to_minor
from finapp.transactions.domain.statement import StatementPart, StatementRow


class Leg(NamedTuple):
    """One side of an entry."""

    account: str
    amount: Decimal
    """What it counts for in the sum of the entry, which is zero."""
    own: bool
    """Whether it is money on an account of the household."""
    held: bool = False
    """Whether it is something else that an account of the household holds: shares, coins."""
    memo: str | None = None


@dataclass
class Moved:
    """What one leg was for: other legs, with the amounts of them that it paid, signed as its own."""

    leg: Leg
    paid: list[tuple[Leg, Decimal]] = field(default_factory=list)

    @property
    def open(self) -> Decimal:
        """What is left of its amount."""
        return self.leg.amount - sum((amount for _, amount in self.paid), Decimal(0))


def moved(legs: Sequence[Leg]) -> list[Moved] | None:
    """What each leg of the household was for, in their order; None where the legs do not come to zero.

    A leg that goes the other way than the whole is money from one account of the household to another. Where several
    accounts paid, each but the one that paid most is for what it paid exactly, else for what cost most.
    """
    own = [Moved(leg) for leg in legs if leg.own and leg.amount]
    bill = [(leg, -leg.amount) for leg in legs if not leg.own and leg.amount]
    if sum((leg.amount for leg in legs), Decimal(0)) or not own:
        return None
    total = sum((amount for _, amount in bill), Decimal(0))
    most = max(own, key=lambda each: (not total or _alike(each.leg.amount, total), abs(each.leg.amount)))
    for each in own:
        if each is not most and not _alike(each.leg.amount, most.leg.amount):
            each.paid.append((most.leg, each.leg.amount))
            bill.append((each.leg, -each.leg.amount))
    for each in own:
        if each is not most and not each.paid:
            bill = _paid(each, bill)
    most.paid += bill
    return own if all(each.open == 0 for each in own) else None


def _alike(amount: Decimal, other: Decimal) -> bool:
    return (amount < 0) == (other < 0)


def _paid(payer: Moved, bill: list[tuple[Leg, Decimal]]) -> list[tuple[Leg, Decimal]]:
    """What is left of the bill once one has paid of it as much as it did."""
    exact = next((at for at, (_, amount) in enumerate(bill) if amount == payer.open), None)
    if exact is not None:
        payer.paid.append(bill[exact])
        return bill[:exact] + bill[exact + 1 :]
    left = list(bill)
    for at in sorted(range(len(bill)), key=lambda at: -abs(bill[at][1])):
        leg, amount = bill[at]
        if payer.open and _alike(amount, payer.open):
            share = min(amount, payer.open, key=abs)
            payer.paid.append((leg, share))
            left[at] = leg, amount - share
    return [(leg, amount) for leg, amount in left if amount]


def divided(row: StatementRow, found: Moved | None) -> StatementRow | None:
    """The row with what it was for: a category, an own account, or parts; None where its parts cannot be told."""
    if found is None:
        return None
    of: dict[tuple[str, str | None], tuple[Leg, Decimal]] = {}
    for leg, amount in found.paid:
        key = leg.account, leg.memo
        of[key] = leg, amount + (of[key][1] if key in of else Decimal(0))
    paid = [(leg, amount) for leg, amount in of.values() if amount]
    if len({leg.account for leg, _ in paid}) < 2:
        only = found.paid[0][0] if found.paid else None
        if only is None or only.held:
            return row._replace(category_hint=None, transfer_hint=None)
        name = only.account
        return row._replace(category_hint=None if only.own else name, transfer_hint=name if only.own else None)
    amounts = _in_its_currency(row, [amount for _, amount in paid])
    if amounts is None:
        return None
    parts = (_part(leg, amount) for (leg, _), amount in zip(paid, amounts, strict=True) if amount)
    return row._replace(category_hint=None, transfer_hint=None, parts=tuple(parts))


def _part(leg: Leg, amount: Decimal) -> StatementPart:
    if leg.own or leg.held:
        return StatementPart(amount, does="transfer" if leg.own else "investment", description=leg.memo)
    return StatementPart(amount, leg.account, description=leg.memo)


def _in_its_currency(row: StatementRow, weights: Sequence[Decimal]) -> list[Decimal] | None:
    """The parts in the money of the row: as they stand, or by largest remainder of what they count for."""
    currency, exact = row.currency, sum(weights) == row.amount
    if exact and (currency is None or all(weight == rounded(weight, currency) for weight in weights)):
        return list(weights)
    if currency is None or row.amount != rounded(row.amount, currency):
        return None
    if not all(_alike(weight, row.amount) for weight in weights):
        return None
    shares = allocate(to_minor(row.amount, currency), [abs(weight) for weight in weights])
    return [from_minor(share, currency) for share in shares]
