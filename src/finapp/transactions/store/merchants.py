"""Merchants as the ledger groups them: from kept sums, and what their rows say."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select, text, tuple_

from finapp.kernel import ids
from finapp.kernel.money import from_minor
from finapp.platform import driver
from finapp.platform.driver import Glance
from finapp.platform.prepared import Stored
from finapp.transactions.domain.merchants import printed_website
from finapp.transactions.public import Merchant, MerchantTotal
from finapp.transactions.store import covering
from finapp.transactions.store.periods import parted, whole_years
from finapp.transactions.tables import merchant_years, transactions

SPENDING = ("expense", "refund")
_AT_ONCE = 500
_COMPARED = 5_000
"""So many merchants, those with the most rows, are compared with each other."""


@dataclass(frozen=True)
class Facts:
    """What the rows of a merchant say: what the newest calls it, and the first and last day."""

    name: str
    first_on: date
    last_on: date
    category_id: str
    printed: str
    """The newest row's text."""


def page(
    connection: Connection, owner: str, limit: int, after: tuple[str | int, ...] | None
) -> tuple[list[Merchant], tuple[str | int, ...] | None]:
    """Merchants by what was spent there, the largest first, and the sort values of the last one."""
    c = merchant_years.c
    total = func.sum(c.amount)
    query = select(c.merchant_id, c.currency, total, func.sum(c.count)).where(c.owner == owner)
    query = query.group_by(c.merchant_id, c.currency).order_by(total, c.merchant_id, c.currency)
    if after is not None:
        query = query.having(tuple_(total, c.merchant_id, c.currency) > after)
    found = connection.execute(query.limit(limit + 1)).all()
    last = found[limit - 1] if len(found) > limit else None
    more = (int(last[2]), str(last[0]), str(last[1])) if last is not None else None
    facts = known(connection, owner, [row[0] for row in found[:limit]])
    return [_merchant(facts[row[0]], *row) for row in found[:limit]], more


@dataclass(frozen=True)
class Total:
    """What the ledger keeps of a merchant in one currency."""

    id: str
    currency: str
    count: int


def totals(connection: Connection, owner: str) -> list[Total]:
    """The merchants with the most rows of spending."""
    c = merchant_years.c
    count = func.sum(c.count)
    query = select(c.merchant_id, c.currency, count).where(c.owner == owner).group_by(c.merchant_id, c.currency)
    found = connection.execute(query.order_by(count.desc(), c.merchant_id).limit(_COMPARED))
    return [Total(merchant_id, currency, int(number)) for merchant_id, currency, number in found]


def spent(
    glance: Glance, owner: str, first: date, last: date, account_id: str | None, of: Sequence[str] | None, limit: int
) -> tuple[MerchantTotal, ...]:
    """Spending by merchant between two days, the largest of each currency: whole months from kept sums, the rest from
    rows. Amounts of two currencies do not compare, so that none takes another's places. `of` some merchants alone."""
    if of is not None and not of:
        return ()
    mine: list[Stored] = [] if account_id is None else [ids.to_number(account_id)]
    narrowed = "" if account_id is None else " AND account_id = ?"
    if of is not None:
        mine += of
        narrowed += f" AND merchant_id IN ({', '.join('?' * len(of))})"
    texts, values = [], []
    for query, begin, end in _parts(*covering.reach(glance, owner, first, last)):
        texts.append(query + narrowed)
        values += [ids.to_number(owner), begin, end, *mine]
    found = driver.execute(glance, _GROUPED.format(parts=" UNION ALL ".join(texts)), values).fetchall()
    return _largest(glance, owner, found, limit)


def spent_of(
    connection: Connection,
    owner: str,
    conditions: Iterable[ColumnElement[bool]],
    of: Sequence[str] | None,
    limit: int,
) -> tuple[MerchantTotal, ...]:
    """The same of the rows of a filter."""
    c = transactions.c
    query = select(c.merchant_id, c.currency, func.sum(c.amount), func.count())
    query = query.where(*conditions, c.flow.in_(SPENDING)).group_by(c.merchant_id, c.currency)
    found = connection.execute(query if of is None else query.where(c.merchant_id.in_(of))).all()
    return _largest(connection, owner, found, limit)


def _largest(
    connection: Connection | Glance, owner: str, found: Iterable[Sequence[Any]], limit: int
) -> tuple[MerchantTotal, ...]:
    """Of merchants, currencies, amounts and counts the `limit` largest of each currency."""
    places: Counter[str] = Counter()
    shown = []
    for row in sorted(found, key=itemgetter(2, 0)):
        places[row[1]] += 1
        if places[row[1]] <= limit:
            shown.append(row)
    facts = _newest(connection, owner, [row[0] for row in shown])
    return tuple(
        MerchantTotal(
            merchant_id=merchant_id,
            merchant=facts[merchant_id][0],
            currency=currency,
            amount=from_minor(int(amount), currency),
            count=int(count),
            last_on=date.fromisoformat(facts[merchant_id][1]),
        )
        for merchant_id, currency, amount, count in shown
    )


def _parts(first: date, last: date) -> Iterator[tuple[str, str, str]]:
    """Queries of merchant, currency, amount and count, each with its bounds, that make up a period."""
    parts = parted(first, last)
    if parts.months is not None:
        years, months = whole_years(*parts.months)
        yield from ((_OF_MONTHS, *each) for each in months)
        if years is not None:
            yield _OF_YEARS, *years
    yield from ((_OF_DAYS, begin.isoformat(), end.isoformat()) for begin, end in parts.days)


_KEPT = "SELECT merchant_id, currency, amount, count FROM {table} WHERE owner = ? AND period BETWEEN ? AND ?"
_OF_MONTHS, _OF_YEARS = _KEPT.format(table="merchant_sums"), _KEPT.format(table="merchant_years")
_OF_DAYS = (
    "SELECT merchant_id, currency, amount, 1 AS count FROM transactions "
    "WHERE owner = ? AND date BETWEEN ? AND ? AND flow IN ('expense', 'refund')"
)
_GROUPED = (
    "SELECT merchant_id, currency, sum(amount), sum(count) FROM ({parts}) AS parts GROUP BY merchant_id, currency"
)


def _newest(connection: Connection | Glance, owner: str, merchant_ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Merchant -> what its newest row calls it, and the day of that row."""
    found: dict[str, tuple[str, str]] = {}
    for start in range(0, len(merchant_ids), _AT_ONCE):
        some = merchant_ids[start : start + _AT_ONCE]
        asked = _NEWEST.format(asked=", ".join(["(?)"] * len(some)))
        for merchant_id, *newest in driver.execute(connection, asked, (*some, ids.to_number(owner))).fetchall():
            found[merchant_id] = newest[0], newest[1]
    return found


_NEWEST = (
    "WITH asked(id) AS (VALUES {asked}) SELECT asked.id, newest.merchant, newest.date "
    "FROM asked JOIN transactions newest ON newest.id = ("
    "SELECT id FROM transactions WHERE owner = ? AND merchant_id = asked.id ORDER BY date DESC, id DESC LIMIT 1)"
)


def known(connection: Connection, owner: str, merchant_ids: Sequence[str]) -> dict[str, Facts]:
    """Merchant -> its facts, for merchants that have rows: a few steps down an index for each, in one statement."""
    found: dict[str, Facts] = {}
    for start in range(0, len(merchant_ids), _AT_ONCE):
        some = dict(enumerate(merchant_ids[start : start + _AT_ONCE]))
        asked = ", ".join(f"(:m{number})" for number in some)
        values = {"owner": ids.to_number(owner), **{f"m{number}": each for number, each in some.items()}}
        for merchant_id, name, first, last, *newest in connection.execute(text(_FACTS % asked), values):
            found[merchant_id] = Facts(name, date.fromisoformat(first), date.fromisoformat(last), *newest)
    return found


_FACTS = """
WITH asked(id) AS (VALUES %s)
SELECT asked.id, newest.merchant,
    (SELECT min(date) FROM transactions WHERE owner = :owner AND merchant_id = asked.id), newest.date,
    newest.category_id, newest.description
FROM asked JOIN transactions newest ON newest.id = (
    SELECT id FROM transactions WHERE owner = :owner AND merchant_id = asked.id ORDER BY date DESC, id DESC LIMIT 1)
"""


def _merchant(facts: Facts, merchant_id: str, currency: str, total: int, count: int) -> Merchant:
    return Merchant(
        id=merchant_id,
        name=facts.name,
        currency=currency,
        total=-from_minor(int(total), currency),
        count=int(count),
        first_on=facts.first_on,
        last_on=facts.last_on,
        initials="",
        category_id=facts.category_id,
        country=None,
        website=printed_website(facts.printed, facts.name),
        merged=(),
    )
