"""Pages of rows by any filter: keyset, so that a page costs the same wherever it is."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, and_, cast, func, or_, select

from finapp.kernel.errors import Invalid
from finapp.kernel.money import LARGEST_MINOR, exponent
from finapp.kernel.months import Month
from finapp.platform.paging import from_cursor, to_cursor
from finapp.transactions.domain import taxonomy
from finapp.transactions.domain.ledger import LedgerRow
from finapp.transactions.public import TransactionFilter
from finapp.transactions.store import accounts, categories, rows
from finapp.transactions.tables import transactions

_JUMP = "date:"


def page(
    connection: Connection, owner: str, asked: TransactionFilter, limit: int, cursor: str | None
) -> tuple[list[LedgerRow], str | None]:
    """One page of rows and the cursor of the next. Raises Invalid for a text that is no cursor."""
    c = transactions.c
    query = rows.selected().where(*_conditions(connection, owner, asked))
    if cursor is not None:
        query = query.where(_after(cursor, asked.oldest_first))
    order = (c.date, c.id) if asked.oldest_first else (c.date.desc(), c.id.desc())
    found = rows.read(connection, query.order_by(*order).limit(limit + 1))
    shown = found[:limit]
    more = to_cursor(shown[-1].date.isoformat(), shown[-1].id) if len(found) > limit else None
    return shown, more


def every(connection: Connection, owner: str, asked: TransactionFilter, limit: int) -> list[LedgerRow]:
    """Every row of a filter, oldest first, at most `limit`."""
    c = transactions.c
    query = rows.selected().where(*_conditions(connection, owner, asked))
    return rows.read(connection, query.order_by(c.date, c.id).limit(limit))


def outline(connection: Connection, owner: str, asked: TransactionFilter) -> list[tuple[Month, int]]:
    """Month and count of a filter's rows, newest month first."""
    month = func.substr(cast(transactions.c.date, Text), 1, 7)
    query = select(month, func.count()).where(*_conditions(connection, owner, asked))
    found = connection.execute(query.group_by(month).order_by(month.desc()))
    return [(Month(name), int(count)) for name, count in found]


def _conditions(connection: Connection, owner: str, asked: TransactionFilter) -> list[ColumnElement[bool]]:
    return [
        transactions.c.owner == owner,
        *_by_value(asked),
        *_by_category(connection, owner, asked),
        *_by_size(connection, owner, asked),
    ]


def _by_value(asked: TransactionFilter) -> Iterable[ColumnElement[bool]]:
    c = transactions.c
    wanted: dict[str, Any] = {
        "account_id": asked.account_id,
        "merchant_id": asked.merchant_id,
        "status": asked.status,
        "asks": asked.asks,
        "import_id": asked.import_id,
    }
    yield from (c[name] == value for name, value in wanted.items() if value is not None)
    if asked.flows:
        yield c.flow.in_(asked.flows)
    if asked.needs:
        yield c.need.in_(asked.needs)
    if asked.first is not None:
        yield c.date >= asked.first
    if asked.last is not None:
        yield c.date <= asked.last
    if asked.tag is not None:
        yield cast(c.tags, Text).like(f'%"{_escaped(asked.tag)}"%', escape="\\")
    if asked.text:
        like = f"%{_escaped(asked.text.lower())}%"
        columns = (c.description, c.merchant, c.note)
        yield or_(*(func.lower(func.coalesce(column, "")).like(like, escape="\\") for column in columns))


def _by_category(connection: Connection, owner: str, asked: TransactionFilter) -> Iterable[ColumnElement[bool]]:
    if asked.category_id is None:
        return
    below = {asked.category_id}
    # Parents come before children, so one pass finds the whole branch.
    for category in categories.tree(connection, owner):
        if category.parent_id in below:
            below.add(category.id)
    if asked.category_id not in taxonomy.BY_CODE and len(below) == 1:
        categories.one(connection, owner, asked.category_id)
    yield transactions.c.category_id.in_(sorted(below))


def _by_size(connection: Connection, owner: str, asked: TransactionFilter) -> Iterable[ColumnElement[bool]]:
    c = transactions.c
    low, high = asked.min_amount, asked.max_amount
    if low is None and high is None:
        return
    # Minor units differ by currency: 100 is 100 yen and 1.00 dollar.
    in_each: list[ColumnElement[bool]] = [c.amount.is_(None)]
    for currency in accounts.currencies(connection, owner):
        places = exponent(currency)
        bounds: list[ColumnElement[bool]] = [c.currency == currency]
        if low is not None:
            bounds.append(c.amount >= _within(low.scaleb(places).to_integral_value(ROUND_CEILING)))
        if high is not None:
            bounds.append(c.amount <= _within(high.scaleb(places).to_integral_value(ROUND_FLOOR)))
        in_each.append(and_(*bounds))
    yield or_(*in_each)


def _within(minor: Decimal) -> int:
    return int(min(max(minor, Decimal(-LARGEST_MINOR)), Decimal(LARGEST_MINOR)))


def _after(cursor: str, oldest_first: bool) -> ColumnElement[bool]:
    c = transactions.c
    if cursor.startswith(_JUMP):
        day = _day(cursor.removeprefix(_JUMP))
        return c.date >= day if oldest_first else c.date <= day
    text, row_id = from_cursor(cursor, str, str)
    day, last = _day(str(text)), str(row_id)
    if oldest_first:
        return or_(c.date > day, and_(c.date == day, c.id > last))
    return or_(c.date < day, and_(c.date == day, c.id < last))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid("cursor", "is not a cursor of this list") from None


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
