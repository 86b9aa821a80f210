"""Finds the two sides of transfers between own accounts by amount, date, direction and what the texts say."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from finapp.transactions.domain.movement import evidence
from finapp.transactions.domain.movement.coverage import bills_touched
from finapp.transactions.domain.movement.values import AmountLookup, Household, LightRow, Lookups, OwnAccount, Pair

WINDOW: Final = timedelta(days=5)
"""How far apart the two booking dates of one transfer may lie: a long weekend and a day of clearing."""
TOLERANCE: Final = Decimal("0.03")
"""How far a transfer between currencies may be from the given rate: spread, fee and a day's movement."""
PAIRS_FROM: Final = 0.75
"""Confidence from which two rows are taken for one movement."""
_BY_DAYS: Final = (0.15, 0.13, 0.09, 0.06, 0.03, 0.0)


class _Edge(NamedTuple):
    score: float
    days: int
    out: LightRow
    into: LightRow
    evidence: tuple[str, ...]


def pairs_among(rows: Sequence[LightRow], household: Household) -> tuple[Pair, ...]:
    """The transfers among `rows`: each row in at most one, the likeliest first.

    Confirmed pairs come first, rejected ones never. The result depends on what the rows are, not on their order.
    """
    accounts = {account.id: account for account in household.accounts}
    by_id = {row.id: row for row in rows}
    taken: set[str] = set()
    found: list[Pair] = []
    for ids in sorted(household.confirmed, key=sorted):
        sides = [by_id[id_] for id_ in ids if id_ in by_id]
        if len(sides) == 2 and not taken & ids:
            out, into = sorted(sides, key=lambda row: row.amount)
            taken |= ids
            found.append(_pair(_Edge(1.0, abs((out.date - into.date).days), out, into, ("confirmed",)), accounts, True))
    edges = sorted(_edges(rows, household, accounts), key=_order)
    for edge in edges:
        if edge.out.id not in taken and edge.into.id not in taken:
            taken |= {edge.out.id, edge.into.id}
            found.append(_pair(edge, accounts, False))
    return tuple(found)


def _order(edge: _Edge) -> tuple[float, int, date, date, str, str, str, str, str, str]:
    """Likeliest first; ties by what the rows are, so that the order of import does not matter."""
    out, into = edge.out, edge.into
    return (
        -edge.score, edge.days, out.date, into.date, out.account_id, into.account_id,
        out.description, into.description, out.id, into.id,
    )  # fmt: skip


def _edges(rows: Iterable[LightRow], household: Household, accounts: Mapping[str, OwnAccount]) -> Iterator[_Edge]:
    outs: dict[tuple[str, Decimal], list[LightRow]] = defaultdict(list)
    ins: dict[tuple[str, Decimal], list[LightRow]] = defaultdict(list)
    for row in rows:
        if evidence.could_move(row):
            side = ins if row.amount > 0 else outs
            side[row.currency, abs(row.amount)].append(row)
    for key, candidates in outs.items():
        for out, into in _near(candidates, ins.get(key, [])):
            edge = _edge(out, into, household, accounts, "amount")
            if edge:
                yield edge
    if household.rates:
        yield from _exchanges(outs, ins, household, accounts)


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


def _exchanges(
    outs: Mapping[tuple[str, Decimal], list[LightRow]],
    ins: Mapping[tuple[str, Decimal], list[LightRow]],
    household: Household,
    accounts: Mapping[str, OwnAccount],
) -> Iterator[_Edge]:
    """Transfers between currencies, where both sides say that they are transfers."""
    for (currency, amount), senders in outs.items():
        if currency not in household.rates:
            continue
        value = amount * household.rates[currency]
        for (other, received), receivers in ins.items():
            if other == currency or other not in household.rates or not value:
                continue
            if abs(received * household.rates[other] / value - 1) > TOLERANCE:
                continue
            for out, into in _near(senders, receivers):
                if evidence.says_transfer(out) and evidence.says_transfer(into):
                    edge = _edge(out, into, household, accounts, f"rate:{round(received / amount, 4)}")
                    if edge:
                        yield edge


def _edge(
    out: LightRow, into: LightRow, household: Household, accounts: Mapping[str, OwnAccount], by: str
) -> _Edge | None:
    """How likely two rows are one movement, with the evidence; None when it is not likely enough."""
    if out.account_id == into.account_id or frozenset((out.id, into.id)) in household.rejected:
        return None
    days = abs((into.date - out.date).days)
    score = 0.55 + _BY_DAYS[days]
    because = [by, f"days:{days}"]
    for row, other, side in ((out, into, "out"), (into, out, "in")):
        other_account = accounts.get(other.account_id)
        if evidence.says_transfer(row):
            score += 0.12
            because.append(f"{side}_says_transfer")
        elif evidence.goes_by_transfer(row):
            score += 0.06
        if evidence.names_holder(row, household.holders):
            score += 0.10
            because.append(f"{side}_names_holder")
        named = evidence.named_account(row, household.accounts)
        if named is not None:
            score += 0.20 if named.id == other.account_id else -0.25
            because.append(f"{side}_names_account:{named.last4}")
        elif other_account and evidence.names_institution(row, other_account):
            score += 0.05
            because.append(f"{side}_names_bank")
        if evidence.kind_of(row) in ("income", "expense") and not evidence.says_transfer(row):
            score -= 0.20
    if not any("_" in code for code in because) or score < PAIRS_FROM:
        return None
    return _Edge(min(round(score, 4), 0.99), days, out, into, tuple(because))


def _pair(edge: _Edge, accounts: Mapping[str, OwnAccount], confirmed: bool) -> Pair:
    kinds = {_kind(edge.out, accounts), _kind(edge.into, accounts)}
    kind: Literal["transfer", "card_payment", "investment", "loan"] = "transfer"
    if "investment" in kinds:
        kind = "investment"
    elif "loan" in kinds:
        kind = "loan"
    elif _kind(edge.into, accounts) == "credit_card":
        kind = "card_payment"
    return Pair(
        out_id=edge.out.id,
        in_id=edge.into.id,
        kind=kind,
        confidence=edge.score,
        confirmed=confirmed,
        evidence=edge.evidence,
    )


def _kind(row: LightRow, accounts: Mapping[str, OwnAccount]) -> str:
    account = accounts.get(row.account_id)
    return account.kind if account else row.account_kind


def lookups_for(rows: Sequence[LightRow], household: Household) -> Lookups:
    """Which stored rows must be decided together with new or changed `rows`.

    The window reaches twice as far as a pair may, so that a stored pair that a nearer row would break is seen whole.
    """
    spans: dict[tuple[str, Decimal], tuple[date, date]] = {}
    for row in rows:
        if evidence.could_move(row):
            key = row.currency, abs(row.amount)
            first, last = spans.get(key, (row.date, row.date))
            spans[key] = min(first, row.date), max(last, row.date)
    reach = 2 * WINDOW
    amounts = [
        AmountLookup(currency=other, low=low, high=high, first=first - reach, last=last + reach)
        for (currency, amount), (first, last) in spans.items()
        for other, low, high in _counterparts(currency, amount, household)
    ]
    bills = bills_touched(rows, {account.id: account for account in household.accounts})
    spent = {row.merchant_key for row in rows if row.merchant_key and row.amount < 0}
    return Lookups(amounts=tuple(amounts), refunds_of=tuple(sorted(spent)), card_bills=bills)


def _counterparts(currency: str, amount: Decimal, household: Household) -> Iterator[tuple[str, Decimal, Decimal]]:
    yield currency, amount, amount
    rate = household.rates.get(currency)
    if not rate:
        return
    for other in sorted({account.currency for account in household.accounts} - {currency}):
        if household.rates.get(other):
            middle = amount * rate / household.rates[other]
            yield other, middle * (1 - TOLERANCE), middle * (1 + TOLERANCE)
