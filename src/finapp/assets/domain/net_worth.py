"""Net worth from the lines of an estate: on a day with its groups, and over days."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from operator import add, sub

from finapp.assets.domain.estate import Estate, Line, Rates, amounts, converted, lines, unknown_why
from finapp.assets.domain.valuing import STALE_AFTER_DAYS, is_stale
from finapp.assets.public import NetWorth, NetWorthPoint, Position, StaleValue
from finapp.kernel.basis import Basis, Figure, Input
from finapp.kernel.money import from_minor

VERSION = 2
NO_RATE = "no_exchange_rate"
ASSUMPTIONS = {
    "carried_forward": "the last value known on the day; never interpolated, never taken from later",
    "accounts": "known from the end of the month before their first row; one without rows has its stated balance",
    "without_valuation": "the cost of the lots held; assets with neither are listed as unvalued and count nothing",
    "linked_accounts": "cash, cards and overdrafts by ledger balance, loans by schedule, investments by holdings",
    "owner_share": "only the household's share counts",
    "loans": "outstanding principal after everything due up to the day",
    "exchange": "the household's own rate, else the European Central Bank's, of the day or the last before it; "
    "each line rounded half-even",
}


def net_worth(estate: Estate, rates: Rates) -> NetWorth:
    """Net worth at the end of the estate's last day; unknown, as in `points`, where nothing at all is known of it."""
    day, unknown = estate.days[-1], unknown_why(estate)[-1]
    found = [_position(line, estate.currency, day, rates) for line in lines(estate)]
    positions = tuple(item for item in found if item.source != "closed")
    worth = [item.converted for item in positions if item.reason != "no_valuation"]
    total = (None, None, None) if unknown else _totals(worth, from_minor(0, estate.currency))
    known = [item for item in positions if item.converted is not None]
    return NetWorth(
        as_of=day,
        currency=estate.currency,
        assets=total[0],
        liabilities=total[1],
        net_worth=total[2],
        net_worth_reason=None if total[2] is not None else unknown or NO_RATE,
        by_class=_grouped((item.group, item.converted) for item in known),
        by_liquidity=_grouped((_tier(item), item.converted) for item in known),
        by_owner=_grouped((item.held_by or "household", item.converted) for item in known),
        by_currency=_grouped((item.currency, item.amount) for item in positions),
        stale=tuple(_stale(estate, day, positions, total[0])),
        unvalued=tuple(item.id for item in positions if item.reason == "no_valuation"),
        positions=positions,
        basis=_basis(positions),
    )


def points(estate: Estate, rates: Rates) -> tuple[NetWorthPoint, ...]:
    """Net worth at the end of each day of the estate; unknown where there is neither an account nor anything owned,
    and before the first day of which anything is known."""
    home, held = estate.currency, amounts(estate)
    owned, debts = [0] * len(estate.days), [0] * len(estate.days)
    unknown: set[int] = set()
    for currency, minors in held:
        if currency != home:
            at_home = [
                amount if amount is None else converted(amount, currency, home, day, rates)
                for amount, day in zip(minors, estate.days, strict=True)
            ]
            unknown.update(index for index, found in enumerate(at_home) if found is None and minors[index] is not None)
            minors = at_home
        known = [amount or 0 for amount in minors]
        # Most lines are assets or debts throughout: then whole columns are added at once.
        if min(known) >= 0:
            owned = list(map(add, owned, known))
        elif max(known) <= 0:
            debts = list(map(sub, debts, known))
        else:
            owned = [total + max(amount, 0) for total, amount in zip(owned, known, strict=True)]
            debts = [total - min(amount, 0) for total, amount in zip(debts, known, strict=True)]
    return tuple(
        _unknown(day, why)
        if why is not None
        else _point(day, home, None if index in unknown else (owned[index], debts[index]))
        for index, (day, why) in enumerate(zip(estate.days, unknown_why(estate), strict=True))
    )


def _point(day: date, currency: str, totals: tuple[int, int] | None) -> NetWorthPoint:
    if totals is None:
        return _unknown(day, NO_RATE)
    owned, debts = totals
    return NetWorthPoint(
        date=day,
        assets=from_minor(owned, currency),
        liabilities=from_minor(debts, currency),
        net_worth=from_minor(owned - debts, currency),
        net_worth_reason=None,
    )


def _unknown(day: date, reason: str) -> NetWorthPoint:
    return NetWorthPoint(date=day, assets=None, liabilities=None, net_worth=None, net_worth_reason=reason)


def _position(line: Line, home: str, day: date, rates: Rates) -> Position:
    minor = line.amounts[-1]
    in_home = None if minor is None else converted(minor, line.currency, home, day, rates)
    reason = "no_valuation" if minor is None else NO_RATE if in_home is None else None
    return Position(
        id=line.id,
        kind=line.kind,
        name=line.name,
        group=line.group,
        liquidity=line.liquidity,
        held_by=line.held_by,
        currency=line.currency,
        amount=None if minor is None else from_minor(minor, line.currency),
        converted=None if in_home is None else from_minor(in_home, home),
        reason=reason,
        valued_on=line.worths[-1].on,
        source=line.worths[-1].source,
        ledger_difference=line.differences[-1] if line.differences else None,
    )


def _totals(amounts: Sequence[Decimal | None], zero: Decimal) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    if any(amount is None for amount in amounts):
        return None, None, None
    owned = sum((amount for amount in amounts if amount is not None and amount >= 0), zero)
    debts = zero - sum((amount for amount in amounts if amount is not None and amount < 0), zero)
    return owned, debts, owned - debts


def _tier(item: Position) -> str:
    if item.liquidity is None or (item.converted is not None and item.converted < 0):
        return "debt"
    return item.liquidity


def _grouped(pairs: Iterable[tuple[str, Decimal | None]]) -> Mapping[str, Decimal]:
    groups: dict[str, Decimal] = {}
    for key, amount in pairs:
        if amount is not None:
            groups[key] = groups.get(key, Decimal(0)) + amount
    return dict(sorted(groups.items()))


def _stale(estate: Estate, day: date, positions: Sequence[Position], assets: Decimal | None) -> Iterable[StaleValue]:
    by_id = {line.id: line for line in lines(estate) if line.kind == "asset"}
    for item in positions:
        line = by_id.get(item.id)
        if line is None or item.valued_on is None or not is_stale(line.group, line.worths[-1], day):
            continue
        known = assets and item.converted is not None
        yield StaleValue(
            asset_id=item.id,
            name=item.name,
            valued_on=item.valued_on,
            age_days=(day - item.valued_on).days,
            limit_days=STALE_AFTER_DAYS[line.group],
            share=(item.converted / assets).quantize(Decimal("1e-6")) if known and item.converted and assets else None,
        )


def _basis(positions: Sequence[Position]) -> Basis:
    inputs = tuple(
        Input(
            id=item.id,
            kind="account" if item.kind == "account" else "valuation" if item.kind == "asset" else "schedule_row",
            name=item.name,
            value=None if item.converted is None else f"{item.converted:f}",
            source=item.source,
        )
        for item in positions
    )
    formula = "sum of positive positions less sum of negative ones, each converted"
    return Basis(
        formula="assets.net_worth",
        version=VERSION,
        assumptions=ASSUMPTIONS,
        figures={"net_worth": Figure(kind="formula", formula=formula, inputs=inputs)},
    )
