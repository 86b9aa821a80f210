"""Merchants as the ledger groups them: from kept sums, and what their rows say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Select, Subquery, Table, func, select, text, tuple_, union_all

from finapp.kernel import ids
from finapp.kernel.money import from_minor
from finapp.transactions.domain.merchants import printed_website
from finapp.transactions.public import Merchant, MerchantTotal
from finapp.transactions.store.periods import parted, whole_years
from finapp.transactions.tables import merchant_sums, merchant_years, transactions

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
    connection: Connection, owner: str, first: date, last: date, account_id: str | None, limit: int
) -> tuple[MerchantTotal, ...]:
    """Spending by merchant between two days, the largest of each currency: whole months from kept sums, the rest from
    rows. Amounts of two currencies do not compare, so that none takes another's places."""
    return _largest(connection, owner, union_all(*_parts(owner, first, last, account_id)).subquery(), limit)


def spent_of(
    connection: Connection, owner: str, conditions: Iterable[ColumnElement[bool]], limit: int
) -> tuple[MerchantTotal, ...]:
    """The same of the rows of a filter."""
    c = transactions.c
    columns = select(c.merchant_id, c.currency, func.sum(c.amount).label("amount"), func.count().label("count"))
    query = columns.where(*conditions, c.flow.in_(SPENDING)).group_by(c.merchant_id, c.currency)
    return _largest(connection, owner, query.subquery(), limit)


def _largest(connection: Connection, owner: str, parts: Subquery, limit: int) -> tuple[MerchantTotal, ...]:
    c = parts.c
    amount, count = func.sum(c.amount).label("amount"), func.sum(c.count).label("count")
    place = func.row_number().over(partition_by=c.currency, order_by=(func.sum(c.amount), c.merchant_id))
    grouped = select(c.merchant_id, c.currency, amount, count, place.label("place"))
    ranked = grouped.group_by(c.merchant_id, c.currency).subquery().c
    listed = select(ranked.merchant_id, ranked.currency, ranked.amount, ranked["count"]).where(ranked.place <= limit)
    found = connection.execute(listed.order_by(ranked.amount, ranked.merchant_id)).all()
    facts = known(connection, owner, [row[0] for row in found])
    return tuple(
        MerchantTotal(
            merchant_id=merchant_id,
            merchant=facts[merchant_id].name,
            currency=currency,
            amount=from_minor(int(total), currency),
            count=int(number),
            last_on=facts[merchant_id].last_on,
        )
        for merchant_id, currency, total, number in found
    )


def _parts(owner: str, first: date, last: date, account_id: str | None) -> list[Select[tuple[str, str, int, int]]]:
    parts = parted(first, last)
    found = [_of_days(owner, *days, account_id) for days in parts.days]
    if parts.months is None:
        return found
    years, months = whole_years(*parts.months)
    found += [_of_periods(merchant_sums, owner, *each, account_id) for each in months]
    return found if years is None else [_of_periods(merchant_years, owner, *years, account_id), *found]


def _of_periods(
    kept: Table, owner: str, first: str, last: str, account_id: str | None
) -> Select[tuple[str, str, int, int]]:
    c = kept.c
    query = select(c.merchant_id, c.currency, c.amount, c.count).where(c.owner == owner, c.period.between(first, last))
    return query if account_id is None else query.where(c.account_id == account_id)


def _of_days(owner: str, first: date, last: date, account_id: str | None) -> Select[tuple[str, str, int, int]]:
    c = transactions.c
    columns = select(c.merchant_id, c.currency, func.sum(c.amount).label("amount"), func.count().label("count"))
    query = columns.where(c.owner == owner, c.date.between(first, last), c.flow.in_(SPENDING))
    query = query.group_by(c.merchant_id, c.currency)
    return query if account_id is None else query.where(c.account_id == account_id)


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
