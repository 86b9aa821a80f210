"""Rows of the ledger."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, select

from finapp.kernel.ids import to_number
from finapp.kernel.money import LARGEST_MINOR, from_minor
from finapp.platform.bulk import execute_many, fetched, insert_many, stored
from finapp.platform.columns import Day, Id, Minor, Whole
from finapp.platform.prepared import Query
from finapp.transactions.domain.ledger import WHY, LedgerRow
from finapp.transactions.public import Transaction, TransactionNotFound
from finapp.transactions.store import texts
from finapp.transactions.tables import IS_PENDING, monthly_sums, transactions

_AT_ONCE = 500
_FIRST_PART = 1_000_000
"""Parts of split rows are numbered from here, so that a statement's rows keep their own small ordinals."""
_FIELDS = tuple(field.name for field in fields(LedgerRow))
_STORED = ("owner", *_FIELDS)
_fields = attrgetter(*_FIELDS)
_texts = itemgetter(*(_STORED.index(name) for name in ("id", "description", "merchant", "note")))
_COLUMNS = tuple(column for column in transactions.c if column.name != "owner")
_READ = tuple(column.name for column in _COLUMNS)
_TAGS = _READ.index("tags")


_c = transactions.c
_BY_ID = Query(
    select(*_COLUMNS).where(_c.owner == bindparam("of", None, type_=Id()), _c.id == bindparam("one", None, type_=Id()))
)
_NEWEST = Query(
    select(func.max(_c.ordinal)).where(
        _c.account_id == bindparam("of", None, type_=Id()),
        _c.date == bindparam("day", None, type_=Day()),
        _c.amount == bindparam("size", None, type_=Minor()),
        _c.ordinal < bindparam("end", None, type_=Whole()),
    )
)


def selected() -> Select[Any]:
    """A query of whole rows, to be narrowed."""
    return select(*_COLUMNS)


def read(connection: Connection, query: Select[Any]) -> list[LedgerRow]:
    """The rows of a query made from `selected`."""
    return [row_of(values) for values in fetched(connection, query)]


def row_of(values: Any) -> LedgerRow:
    """A row from its columns in order: setting forty fields of a frozen dataclass takes five times as long."""
    made = object.__new__(LedgerRow)
    vars(made).update(zip(_READ, values, strict=True), tags=tuple(values[_TAGS]))
    return made


def shown(row: LedgerRow, parts: Sequence[str] = ()) -> Transaction:
    """A row as the others see it, with the ids of its parts when it is split."""
    words: Any = row
    return Transaction(
        id=row.id,
        account_id=row.account_id,
        date=row.date,
        amount=from_minor(row.amount, row.currency),
        currency=row.currency,
        description=row.description,
        category_id=row.category_id,
        category=row.category,
        merchant_id=row.merchant_id or None,
        merchant=row.merchant or None,
        tags=row.tags,
        note=row.note,
        status=words.status,
        flow=words.flow,
        need=words.need or None,
        transfer_id=row.transfer_id,
        splits=tuple(parts),
        split_of=row.split_of,
        confidence=None if row.decided else row.confidence,
        why="you decided" if row.decided else WHY.get(row.reason, row.why),
        asks=row.asks,
        import_id=row.import_id,
        original_amount=row.original_amount,
        original_currency=row.original_currency,
        rate=row.rate,
        marked=row.marked,
        hidden=row.hidden,
        version=row.version,
    )


def one(connection: Connection, owner: str, transaction_id: str) -> LedgerRow:
    """A row. Raises TransactionNotFound."""
    c = transactions.c
    found = read(connection, selected().where(c.owner == owner, c.id == transaction_id))
    if not found:
        raise TransactionNotFound()
    return found[0]


def where(connection: Connection, owner: str, *conditions: ColumnElement[bool]) -> list[LedgerRow]:
    """Every row that meets the conditions, oldest first."""
    # Sorted here: for an order SQLite would rather walk through all rows than enter the index of a condition.
    found = read(connection, selected().where(transactions.c.owner == owner, *conditions))
    return sorted(found, key=lambda row: (row.date, row.id))


def of_account(connection: Connection, owner: str, account_id: str, limit: int | None = None) -> list[LedgerRow]:
    """The rows of an account, oldest first."""
    c = transactions.c
    query = selected().where(c.owner == owner, c.account_id == account_id).order_by(c.date, c.id)
    return read(connection, query if limit is None else query.limit(limit))


def printed_between(connection: Connection, owner: str, account_id: str, first: date, last: date) -> list[LedgerRow]:
    """The rows of an account in a period as statements print them: without parts of split rows."""
    c = transactions.c
    return where(connection, owner, c.account_id == account_id, c.date.between(first, last), c.split_of.is_(None))


def pending_between(connection: Connection, owner: str, account_id: str, first: date, last: date) -> list[LedgerRow]:
    """The counted rows of an account in a period that are not booked yet, without parts of split rows."""
    c = transactions.c
    whole = c.split_of.is_(None)
    return where(connection, owner, c.account_id == account_id, c.date.between(first, last), IS_PENDING, whole)


def pending(connection: Connection, owner: str) -> list[LedgerRow]:
    """The counted rows of a household that are not booked yet, oldest first."""
    return where(connection, owner, IS_PENDING)


def accounts_with_rows(connection: Connection, owner: str) -> set[str]:
    """The accounts that have rows."""
    query = select(monthly_sums.c.account_id).where(monthly_sums.c.owner == owner).distinct()
    return set(connection.execute(query).scalars())


def first_day(connection: Connection, owner: str, account_id: str) -> date | None:
    """The earliest day on which an account has rows."""
    c = transactions.c
    query = select(func.min(c.date)).where(c.owner == owner, c.account_id == account_id)
    return connection.execute(query).scalar()


def of_import(connection: Connection, owner: str, import_id: str) -> list[LedgerRow]:
    """The rows an import brought, oldest first."""
    return where(connection, owner, transactions.c.import_id == import_id)


def some_of_import(connection: Connection, owner: str, import_id: str, most: int) -> list[LedgerRow]:
    """The first of the rows an import brought, by their ids: in the order of its index, so that nothing is sorted."""
    c = transactions.c
    query = selected().where(texts.household == owner, c.import_id == import_id).order_by(c.id)
    return read(connection, query.limit(most))


def count_of_import(connection: Connection, import_id: str) -> int:
    """How many rows of an import are counted."""
    query = select(func.count()).select_from(transactions).where(transactions.c.import_id == import_id)
    return int(connection.execute(query).scalar_one())


def partners_of(connection: Connection, owner: str, rows: Iterable[LedgerRow]) -> Iterable[LedgerRow]:
    """Both sides of every pair that one of the rows is a side of."""
    paired = sorted({row.transfer_id for row in rows if row.transfer_id})
    for chunk in chunks(paired):
        yield from sides(connection, owner, chunk)


def sides(connection: Connection, owner: str, transfer_ids: Sequence[str]) -> list[LedgerRow]:
    """The rows of pairs."""
    # In no order: with one, SQLite would rather read every pair of the household.
    c = transactions.c
    return read(connection, selected().where(c.owner == owner, c.transfer_id.in_(transfer_ids)))


def chunks(values: Sequence[str]) -> Iterable[Sequence[str]]:
    """The values in parts that one statement can name."""
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))


def next_ordinal(connection: Connection, row: LedgerRow) -> int:
    """The ordinal of a further row of equal account, date and amount; parts of split rows have a range of their own."""
    first, end = (0, _FIRST_PART) if row.split_of is None else (_FIRST_PART, LARGEST_MINOR)
    newest = _NEWEST.rows(connection, of=row.account_id, day=row.date, size=row.amount, end=end)[0][0]
    return first if newest is None else max(first, int(newest) + 1)


def by_ids(connection: Connection, owner: str, ids: Sequence[str]) -> list[LedgerRow]:
    """Those of the rows that are counted."""
    if len(ids) == 1:
        return [row_of(values) for values in _BY_ID.rows(connection, of=owner, one=ids[0])]
    queries = (selected().where(texts.household == owner, _c.id.in_(chunk)) for chunk in chunks(ids))
    return [row for query in queries for row in sorted(read(connection, query), key=attrgetter("date", "id"))]


def with_partners(connection: Connection, owner: str, ids: Sequence[str]) -> list[LedgerRow]:
    """Those of the rows that are counted, and the other sides of their pairs."""
    found = {row.id: row for row in by_ids(connection, owner, ids)}
    found |= {row.id: row for row in partners_of(connection, owner, list(found.values()))}
    return [found[key] for key in sorted(found)]


def of_merchant(connection: Connection, owner: str, merchant_id: str) -> list[LedgerRow]:
    """The rows of a merchant, oldest first."""
    return where(connection, owner, transactions.c.merchant_id == merchant_id)


def of_leaf(connection: Connection, owner: str, leaf: str) -> list[LedgerRow]:
    """The rows of a leaf of the taxonomy, oldest first."""
    return where(connection, owner, transactions.c.category == leaf)


def of_leaves(connection: Connection, owner: str, leaves: Sequence[str]) -> list[LedgerRow]:
    """All rows of the household in any of the categories whose leaves these are."""
    return where(connection, owner, transactions.c.category.in_(leaves))


def merchant_name(connection: Connection, owner: str, merchant_id: str) -> str | None:
    """What the newest row of a merchant calls it; None when it has no rows."""
    c = transactions.c
    query = select(c.merchant).where(c.owner == owner, c.merchant_id == merchant_id)
    name: str | None = connection.execute(query.order_by(c.date.desc(), c.id.desc()).limit(1)).scalar()
    return name


def like(connection: Connection, owner: str, row: LedgerRow) -> list[LedgerRow]:
    """The counted rows of equal account, date and amount."""
    c = transactions.c
    same = (c.account_id == row.account_id, c.date == row.date, c.amount == row.amount, c.id != row.id)
    return where(connection, owner, *same)


def parts_of(connection: Connection, owner: str, transaction_id: str) -> list[LedgerRow]:
    """The parts of a split row, in the order they were given."""
    return sorted(where(connection, owner, transactions.c.split_of == transaction_id), key=lambda row: row.id)


def add(connection: Connection, owner: str, rows: Sequence[LedgerRow]) -> None:
    """Inserts rows as they are."""
    told = insert_many(connection, transactions, _STORED, ((owner, *_fields(row)) for row in rows))
    texts.learn(connection, list(map(_texts, told)))


def change(connection: Connection, transaction_id: str, values: Mapping[str, Any]) -> None:
    """Sets columns of a row."""
    names = tuple(values)
    told = stored(connection, transactions, names, [tuple(values.values())])
    execute_many(connection, _changing(names), [(*row, to_number(transaction_id)) for row in told])


def change_many(connection: Connection, changed: Iterable[tuple[LedgerRow, LedgerRow]]) -> None:
    """Sets the columns in which rows differ from what they were: those that change alike with one statement."""
    alike: dict[tuple[tuple[str, Any], ...], list[int]] = {}
    for old, now in changed:
        each = zip(_FIELDS, _fields(old), _fields(now), strict=True)
        values = tuple([(name, value) for name, was, value in each if was != value])
        if values:
            alike.setdefault(values, []).append(to_number(old.id))
    for values, numbers in alike.items():
        names = tuple(name for name, _ in values)
        told = stored(connection, transactions, names, [tuple(value for _, value in values)])[0]
        for start in range(0, len(numbers), _AT_ONCE):
            some = numbers[start : start + _AT_ONCE]
            execute_many(connection, _changing(names, len(some)), [(*told, *some)])


@lru_cache(1_024)
def _changing(names: tuple[str, ...], count: int = 1) -> str:
    settings = ", ".join(f"{name} = ?" for name in names)
    # Only names of our own columns are put into the text.
    return f"UPDATE transactions SET {settings} WHERE id IN ({', '.join('?' * count)})"  # noqa: S608


def remove(connection: Connection, rows: Sequence[LedgerRow]) -> None:
    """Deletes rows."""
    # Each statement costs SQLite more than a row: an index of it asks a function about every row that goes.
    for chunk in chunks([row.id for row in rows]):
        marks = ", ".join("?" * len(chunk))
        gone = tuple(map(to_number, chunk))
        execute_many(connection, f"DELETE FROM transactions WHERE id IN ({marks})", [gone])  # noqa: S608
