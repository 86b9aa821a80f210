"""Finds the two sides of movements between own accounts by amount, date, direction and what the texts say."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from finapp.transactions.domain.movement import evidence, parties
from finapp.transactions.domain.movement.coverage import bills_touched
from finapp.transactions.domain.movement.exchanges import NAMED_TOLERANCE, is_exchanged, named_exchanges
from finapp.transactions.domain.movement.scoring import CONVERSION, WINDOW, Edge, Scales
from finapp.transactions.domain.movement.values import AmountLookup, Household, LightRow, Lookups, Pair

TOLERANCE: Final = Decimal("0.03")
"""How far a transfer between currencies may be from the rate of its day: spread, fee and a day's movement."""

Sized = Mapping[tuple[str, Decimal], list[LightRow]]
"""Rows by currency and absolute amount."""


def pairs_among(rows: Sequence[LightRow], household: Household) -> tuple[Pair, ...]:
    """The movements among `rows`: each row in at most one, the likeliest first.

    Confirmed pairs come first, rejected ones never. The result depends on what the rows are, not on their order.
    """
    scales = Scales.of(household)
    by_id = {row.id: row for row in rows}
    taken: set[str] = set()
    found: list[Pair] = []
    for ids in sorted(household.confirmed, key=sorted):
        sides = [by_id[id_] for id_ in ids if id_ in by_id]
        if len(sides) == 2 and not taken & ids:
            out, into = sorted(sides, key=lambda row: row.amount)
            taken |= ids
            said = Edge(1.0, abs((out.date - into.date).days), out, into, ("confirmed",))
            found.append(scales.pair(said, True))
    edges = sorted([*_edges(rows, scales), *named_exchanges(rows, scales), *_conversions(rows, scales)], key=_order)
    for edge in edges:
        if edge.out.id not in taken and edge.into.id not in taken:
            taken |= {edge.out.id, edge.into.id}
            found.append(scales.pair(edge, False))
    return tuple(found)


def _order(edge: Edge) -> tuple[float, int, date, date, str, str, str, str, str, str]:
    """Likeliest first; ties by what the rows are, so that the order of import does not matter."""
    out, into = edge.out, edge.into
    return (
        -edge.score, edge.days, out.date, into.date, out.account_id, into.account_id,
        out.description, into.description, out.id, into.id,
    )  # fmt: skip


def _edges(rows: Iterable[LightRow], scales: Scales) -> Iterator[Edge]:
    outs: dict[tuple[str, Decimal], list[LightRow]] = defaultdict(list)
    ins: dict[tuple[str, Decimal], list[LightRow]] = defaultdict(list)
    for row in rows:
        if parties.could_move(row):
            side = ins if row.amount > 0 else outs
            side[row.currency, abs(row.amount)].append(row)
    for key, candidates in outs.items():
        for out, into in _near(candidates, ins.get(key, [])):
            edge = scales.edge(out, into, "amount")
            if edge:
                yield edge
    if scales.household.rate is not None:
        yield from _exchanges(outs, ins, scales)


def _near(outs: list[LightRow], ins: list[LightRow]) -> Iterator[tuple[LightRow, LightRow]]:
    """Every out and in within the window, by a sweep over both in date order."""
    outs.sort(key=lambda row: row.date)
    ins.sort(key=lambda row: row.date)
    start = 0
    for out in outs:
        while start < len(ins) and ins[start].date < out.date - WINDOW:
            start += 1
        for index in range(start, len(ins)):
            if ins[index].date > out.date + WINDOW:
                break
            yield out, ins[index]


def _exchanges(outs: Sized, ins: Sized, scales: Scales) -> Iterator[Edge]:
    """Transfers between currencies, where both sides say that they are transfers."""
    moving = [row for rows in outs.values() for row in rows if evidence.says_transfer(row)]
    arriving = [row for rows in ins.values() for row in rows if evidence.says_transfer(row)]
    for currency in sorted({row.currency for row in moving}):
        for other in sorted({row.currency for row in arriving} - {currency}):
            left = [row for row in moving if row.currency == currency]
            came = [row for row in arriving if row.currency == other]
            for out, into in _near(left, came):
                if is_exchanged(out, into, scales.household, TOLERANCE):
                    edge = scales.edge(out, into, f"rate:{round(into.amount / -out.amount, 4)}")
                    if edge:
                        yield edge


def _conversions(rows: Iterable[LightRow], scales: Scales) -> Iterator[Edge]:
    """Purchases that a card turned into instalments."""
    cards = [row for row in rows if row.account_kind == "credit_card"]
    bought: dict[tuple[str, Decimal], list[LightRow]] = defaultdict(list)
    for row in cards:
        if row.amount < 0:
            bought[row.account_id, -row.amount].append(row)
    for credit in cards:
        if parties.says_converted(credit):
            for purchase in bought[credit.account_id, credit.amount]:
                edge = scales.conversion(purchase, credit)
                if edge:
                    yield edge


def lookups_for(rows: Sequence[LightRow], household: Household, gone: Sequence[LightRow] = ()) -> Lookups:
    """Which stored rows must be decided together with new or changed `rows`.

    `gone` are deleted rows that had no other side: the likeliest pairs among the others are the same without them.
    The window reaches twice as far as a pair may, so that a stored pair that a nearer row would break is seen whole.
    """
    reaches: dict[tuple[str, Decimal, str | None], list[tuple[date, date]]] = {}
    exchanged: dict[tuple[str, Decimal, str | None], Decimal] = {}
    for row in rows:
        for account_id, first, last in _reaches(row):
            key = row.currency, abs(row.amount), account_id
            reaches.setdefault(key, []).append((first, last))
            if account_id is None and evidence.says_transfer(row):
                near = NAMED_TOLERANCE if evidence.says_exchanged(row) else TOLERANCE
                exchanged[key] = max(near, exchanged.get(key, near))
    amounts = [
        AmountLookup(currency=other, low=low, high=high, first=first, last=last, account_id=key[2])
        for key, spans in reaches.items()
        for first, last in _joined(spans)
        for other, low, high in _counterparts(key[0], key[1], first, household, exchanged.get(key))
    ]
    bills = bills_touched([*rows, *gone], {account.id: account for account in household.accounts})
    spent = {row.merchant_key for row in (*rows, *gone) if row.merchant_key and row.amount < 0}
    return Lookups(amounts=tuple(amounts), refunds_of=tuple(sorted(spent)), card_bills=bills)


def _joined(spans: list[tuple[date, date]]) -> Iterator[tuple[date, date]]:
    """Days that overlap as one span: rows years apart do not ask for all the years between."""
    if len(spans) > 1:
        spans.sort()
    first, last = spans[0]
    for begin, end in spans[1:]:
        if begin > last:
            yield first, last
            first = begin
        last = max(last, end)
    yield first, last


def _reaches(row: LightRow) -> Iterator[tuple[str | None, date, date]]:
    """Between which days the other side of a row may lie, and whether only among the credits of one account."""
    if row.account_kind == "credit_card" and row.amount < 0 and not row.decided:
        yield row.account_id, row.date, row.date + CONVERSION
    if parties.says_converted(row):
        yield None, row.date - CONVERSION, row.date + 2 * WINDOW
    elif parties.could_move(row):
        yield None, row.date - 2 * WINDOW, row.date + 2 * WINDOW


def _counterparts(
    currency: str, amount: Decimal, on: date, household: Household, near: Decimal | None
) -> Iterator[tuple[str, Decimal, Decimal]]:
    """Currencies and amounts of possible other sides; those in another currency, so `near` the rate, only of a row that
    says it is a transfer."""
    yield currency, amount, amount
    if household.rate is None or near is None:
        return
    for other in sorted({account.currency for account in household.accounts} - {currency, ""}):
        rate = household.rate(currency, other, on + 2 * WINDOW)
        if rate:
            middle = amount * rate
            # A rate of a few days ago: twice the tolerance holds every amount that could pair.
            yield other, middle * (1 - 2 * near), middle * (1 + 2 * near)
