"""Pages of rows by any filter: keyset, so that a page costs the same wherever it is."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    func,
    literal_column,
    not_,
    or_,
    select,
)

from finapp.kernel.errors import Invalid
from finapp.kernel.money import LARGEST_MINOR, exponent
from finapp.kernel.months import Month
from finapp.platform.columns import Whole
from finapp.platform.paging import from_cursor, to_cursor
from finapp.transactions.domain import search
from finapp.transactions.domain.ledger import LedgerRow
from finapp.transactions.domain.search import Order
from finapp.transactions.public import TransactionFilter
from finapp.transactions.store import accounts, categories, rare_days, rows
from finapp.transactions.store.searching import ASKING, Compiler
from finapp.transactions.store.texts import COUNTED, FEW, household
from finapp.transactions.store.wording import tagged
from finapp.transactions.tables import accounts as account_table
from finapp.transactions.tables import monthly_sums, transactions

_JUMP = "date:"
_SOON = 50
_SUMMED = ("account_id", "category_id", "first", "last", "flows", "needs", "order")
"""What sums are kept by."""


@dataclass(frozen=True)
class Place:
    """Where a page begins: on a day when it `jumps`, else after the row with these sort values."""

    jumps: bool
    values: tuple[Any, ...]

    @property
    def parameters(self) -> dict[str, Any]:
        """The values by the names of their parameters."""
        return {f"after_{number}": value for number, value in enumerate(self.values)}


@dataclass(frozen=True)
class Found:
    """The rows of a filter, as conditions and an order."""

    conditions: tuple[ColumnElement[bool], ...]
    """The first one says whose rows."""
    order: Order
    few: bool = False
    """Whether so few rows are meant that they are best found first and sorted then."""

    @property
    def asks_nothing(self) -> bool:
        """Whether every row of the household is meant."""
        return len(self.conditions) == 1

    def among_few(self, owner: str, condition: ColumnElement[bool]) -> "Found":
        """Of the household's rows that this finds, those that hold a condition which names a few of them."""
        return Found((household == owner, *self.conditions[1:], condition), self.order, True)

    @property
    def sort_columns(self) -> tuple[Any, ...]:
        """What the rows are ordered by; the id last, so that no two rows are equal."""
        c = transactions.c
        return (c.amount, c.date, c.id) if self.order.endswith("amount") else (c.date, c.id)

    def sorted_columns(self) -> tuple[Any, ...]:
        """The columns with their direction."""
        columns = self.sort_columns
        if self.few:
            # The plus keeps SQLite from walking through all rows in order, in search of a few.
            columns = tuple(literal_column(f"+transactions.{column.name}", column.type) for column in columns)
        return tuple(column.desc() for column in columns) if self.order.startswith("-") else columns

    def cursor(self, amount: int, day: str, last: str) -> str:
        """The cursor after a row of this amount, date and id."""
        return to_cursor(amount, day, last) if self.order.endswith("amount") else to_cursor(day, last)

    def place(self, cursor: str) -> Place:
        """Where the rows after a cursor begin. Raises Invalid for a text that is no cursor of this order."""
        if cursor.startswith(_JUMP):
            day = _day(cursor.removeprefix(_JUMP))
            if self.order.endswith("amount"):
                raise Invalid("cursor", "a list by amount has no place of a date")
            return Place(True, (day,))
        if self.order.endswith("amount"):
            amount, text, last = from_cursor(cursor, int, str, str)
            return Place(False, (amount, _day(str(text)), last))
        text, last = from_cursor(cursor, str, str)
        return Place(False, (_day(str(text)), last))

    def narrowed(self, query: Select[Any], limit: int, place: Place | None) -> Select[Any]:
        """A query of the page from a place on; its parameters `most` and those of the place may be given anew."""
        query = query.where(*self.conditions)
        if place is not None:
            query = query.where(self._from(place))
        # One more than asked for tells whether there is a next page.
        return query.order_by(*self.sorted_columns()).limit(bindparam("most", limit + 1, type_=Whole()))

    def _from(self, place: Place) -> ColumnElement[bool]:
        descending = self.order.startswith("-")
        columns = self.sort_columns
        values = [
            bindparam(name, value, type_=column.type)
            for (name, value), column in zip(place.parameters.items(), columns, strict=False)
        ]
        # Said of the first column alone as well: an index is entered at a bound, and not at either side of an OR.
        bound: ColumnElement[bool] = columns[0] <= values[0] if descending else columns[0] >= values[0]
        return bound if place.jumps else and_(bound, _beyond(columns, values, descending))


def _beyond(columns: Sequence[Any], values: Sequence[Any], descending: bool) -> ColumnElement[bool]:
    """Rows whose sort values come after these."""
    conditions: list[ColumnElement[bool]] = []
    equal: list[ColumnElement[bool]] = []
    for column, value in zip(columns, values, strict=True):
        further = column < value if descending else column > value
        conditions.append(and_(*equal, further))
        equal.append(column == value)
    return or_(*conditions)


def found(connection: Connection, owner: str, asked: TransactionFilter, today: date, *, counted: bool = False) -> Found:
    """The rows of a filter, to be read in their order unless they are `counted`, which is best done by finding them
    all; `today` is what words such as last-month in its query are counted from.

    Raises InvalidQuery, AccountNotFound, CategoryNotFound. Merchants, tags and imports are what rows say of themselves:
    one that no row names finds none.
    """
    if asked.account_id is not None:
        accounts.one(connection, owner, asked.account_id)
    query = search.parse(asked.query, today=today) if asked.query else search.Query(where=None, order=None)
    bounds, in_each = _by_size(connection, owner, asked)
    days = rare_days.days_of_both(connection, owner, asked)
    conditions = [*_by_value(asked), *_by_category(connection, owner, asked), *bounds, *in_each, *days]
    few = bool(days) or (bool(bounds) and _are_few(connection, owner, bounds))
    # An import is counted by its own index, not in the order of all days.
    mine = household == owner if counted and asked.import_id is not None else transactions.c.owner == owner
    if query.where is not None:
        compiler = Compiler(connection, owner, COUNTED if counted else FEW)
        conditions.append(compiler.condition(query.where))
        if compiler.finds_few(query.where):
            mine = household == owner
    return Found((mine, *conditions), query.order or asked.order, few)


def page(connection: Connection, wanted: Found, limit: int, cursor: str | None) -> tuple[list[LedgerRow], str | None]:
    """One page of rows and the cursor of the next. Raises Invalid for a text that is no cursor."""
    place = None if cursor is None else wanted.place(cursor)
    read = rows.read(connection, wanted.narrowed(rows.selected(), limit, place))
    shown = read[:limit]
    last = shown[-1] if len(read) > limit else None
    return shown, None if last is None else wanted.cursor(last.amount, last.date.isoformat(), last.id)


def every(connection: Connection, wanted: Found, limit: int) -> list[LedgerRow]:
    """Every row of a filter, at most `limit`."""
    query = rows.selected().where(*wanted.conditions).order_by(*wanted.sorted_columns())
    return rows.read(connection, query.limit(limit))


def outline(connection: Connection, owner: str, asked: TransactionFilter, today: date) -> list[tuple[Month, int]]:
    """Month and count of a filter's rows, newest month first. Raises InvalidQuery, AccountNotFound,
    CategoryNotFound."""
    wanted = found(connection, owner, asked, today, counted=True)
    return months_of(connection.execute(counted_by_day(wanted.conditions)))


def is_summed(asked: TransactionFilter) -> bool:
    """Whether kept sums know all that a filter asks for."""
    return asked == TransactionFilter(**{name: getattr(asked, name) for name in _SUMMED})


def counted_by_day(conditions: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """A query of the days of rows, as texts, and how many each has: in the order of an index nothing is sorted."""
    counts: tuple[Any, ...] = cast(transactions.c.date, Text), func.count()
    return select(*counts).where(*conditions).group_by(transactions.c.date)


def months_of(days: Iterable[Sequence[Any]]) -> list[tuple[Month, int]]:
    """Month and count of days and counts, newest month first."""
    months: Counter[str] = Counter()
    for day, count in days:
        months[day[:7]] += count
    return [(Month(name), months[name]) for name in sorted(months, reverse=True)]


def _by_value(asked: TransactionFilter) -> Iterable[ColumnElement[bool]]:
    c = transactions.c
    wanted: dict[str, Any] = {
        "account_id": asked.account_id,
        "merchant_id": asked.merchant_id,
        "status": asked.status,
        "import_id": asked.import_id,
    }
    yield from (c[name] == value for name, value in wanted.items() if value is not None)
    if asked.status is not None and asked.status != "posted":
        yield literal_column("transactions.status <> 'posted'")
    if asked.asks is not None:
        yield ASKING if asked.asks else not_(ASKING)
    if asked.flows:
        yield c.flow.in_(asked.flows)
    if asked.needs:
        yield c.need.in_(asked.needs)
    if asked.first is not None:
        yield c.date >= asked.first
    if asked.last is not None:
        yield c.date <= asked.last
    if asked.tag is not None:
        yield tagged(asked.tag)
    if asked.person is not None:
        owned = select(account_table.c.id).where(account_table.c.person == asked.person)
        yield c.account_id.in_(owned)


def _by_category(connection: Connection, owner: str, asked: TransactionFilter) -> Iterable[ColumnElement[bool]]:
    if asked.category_id is None:
        return
    column: ColumnElement[str] = transactions.c.category_id
    if asked.tag is not None or asked.asks or asked.status not in (None, "posted"):
        # Written so that no index by category serves it: few rows have what else is asked for.
        column = column.concat("")
    yield column.in_(categories.below(categories.tree(connection, owner), asked.category_id))


def _by_size(
    connection: Connection, owner: str, asked: TransactionFilter
) -> tuple[list[ColumnElement[bool]], list[ColumnElement[bool]]]:
    """Bounds of the amount that hold in every currency, which an index serves, and those of each where they differ."""
    c = transactions.c
    low, high = asked.min_amount, asked.max_amount
    currencies = accounts.currencies(connection, owner) if low is not None or high is not None else []
    in_each, least, most = [], [], []
    for currency in currencies:
        # Minor units differ by currency: 100 is 100 yen and 1.00 dollar.
        places = exponent(currency)
        bounds: list[ColumnElement[bool]] = [c.currency == currency]
        if low is not None:
            least.append(_within(low.scaleb(places).to_integral_value(ROUND_CEILING)))
            bounds.append(c.amount >= least[-1])
        if high is not None:
            most.append(_within(high.scaleb(places).to_integral_value(ROUND_FLOOR)))
            bounds.append(c.amount <= most[-1])
        in_each.append(and_(*bounds))
    everywhere: list[ColumnElement[bool]] = [c.amount >= min(least)] if least else []
    if most:
        everywhere.append(c.amount <= max(most))
    return everywhere, [or_(*in_each)] if len(in_each) > 1 else []


def _are_few(connection: Connection, owner: str, bounds: Sequence[ColumnElement[bool]]) -> bool:
    """Whether rows within bounds of their amount are best found first: more of them are soon met in order."""
    if connection.dialect.name == "postgresql":
        # Its planner knows how the amounts are spread.
        return False
    some = select(transactions.c.id).where(transactions.c.owner == owner, *bounds).limit(FEW + 1).subquery()
    hits = connection.execute(select(func.count()).select_from(some)).scalar_one()
    if not _SOON < hits <= FEW:
        return bool(hits <= FEW)
    c = monthly_sums.c
    rows_kept = connection.execute(select(func.sum(c.count)).where(c.owner == owner)).scalar_one()
    # In order, a page is full after the `_SOON / hits` part of all rows.
    return bool(hits * hits <= _SOON * rows_kept)


def _within(minor: Decimal) -> int:
    return int(min(max(minor, Decimal(-LARGEST_MINOR)), Decimal(LARGEST_MINOR)))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid("cursor", "is not a cursor of this list") from None
