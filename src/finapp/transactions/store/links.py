"""Pairs of rows, and rows that came back with the purchases they may be of."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, Text, and_, bindparam, literal_column, or_, select

from finapp.kernel.money import to_minor
from finapp.platform.columns import Day, Id, Minor
from finapp.platform.prepared import Query
from finapp.transactions.domain.ledger import LedgerRow
from finapp.transactions.domain.movement import AmountLookup
from finapp.transactions.store import near_amounts, rows
from finapp.transactions.tables import transactions

_c = transactions.c
_MOST = 500
"""Rows that came back beside those of one page: of a merchant that has more, the newest."""
_MOST_EQUAL = 30
_MOST_LARGER = 12
"""Purchases looked through for one row that came back: where there are more, the newest."""


def paired(connection: Connection, owner: str, after: tuple[date, str] | None, limit: int) -> list[LedgerRow]:
    """The outgoing rows of pairs, newest first, after the date and id of a cursor."""
    # The plus keeps SQLite from reading all that left: pairs have an index of their own.
    left = literal_column("+transactions.amount") < 0
    query = rows.selected().where(_c.owner == owner, _c.transfer_id.is_not(None), left)
    if after is not None:
        day, last = after
        query = query.where(or_(_c.date < day, and_(_c.date == day, _c.id < last)))
    return rows.read(connection, query.order_by(_c.date.desc(), _c.id.desc()).limit(limit))


def of_transfer(connection: Connection, owner: str, transfer_id: str) -> list[LedgerRow]:
    """Both rows of a pair."""
    return sorted(rows.sides(connection, owner, [transfer_id]), key=lambda row: (row.date, row.id))


def returned(connection: Connection, owner: str, after: tuple[date, str] | None, limit: int) -> list[LedgerRow]:
    """Rows that came back, newest first, after the date and id of a cursor."""
    # The plus keeps SQLite from reading all that ever came in.
    back = literal_column("+transactions.amount") > 0
    query = rows.selected().where(_c.owner == owner, _c.flow == "refund", back)
    if after is not None:
        day, last = after
        query = query.where(or_(_c.date < day, and_(_c.date == day, _c.id < last)))
    return rows.read(connection, query.order_by(_c.date.desc(), _c.id.desc()).limit(limit))


def near(connection: Connection, owner: str, back: Sequence[LedgerRow], window: timedelta) -> list[LedgerRow]:
    """Other rows of the same merchants that came back at that time, which may be of the same purchases."""
    merchants = sorted({row.merchant_id for row in back} - {""})
    if not merchants:
        return []
    first, last = _span(back)
    query = rows.selected().where(_c.owner == owner, _c.flow == "refund", _c.merchant_id.in_(merchants), _c.amount > 0)
    query = query.where(_c.date.between(first - window, last + window)).order_by(_c.date.desc(), _c.id.desc())
    return rows.read(connection, query.limit(_MOST))


def purchases(connection: Connection, owner: str, back: Sequence[LedgerRow], window: timedelta) -> list[LedgerRow]:
    """The purchases that rows may be of: those of exactly their amount, and the newest larger ones of their merchants.

    Asked row by row, so that what is found for one does not depend on how many are shown with it.
    """
    found: dict[str, LedgerRow] = {}
    for row in back:
        for query in (_EXACT, _LARGER) if row.merchant_id else (_EXACT,):
            found |= _asked(connection, owner, query, row, window)
    return [found[key] for key in sorted(found)]


def whole_purchases(
    connection: Connection, owner: str, back: Sequence[LedgerRow], window: timedelta
) -> list[LedgerRow]:
    """The purchases of exactly the amounts of rows."""
    found: dict[str, LedgerRow] = {}
    for row in back:
        found |= _asked(connection, owner, _EXACT, row, window)
    return [found[key] for key in sorted(found)]


def _asked(connection: Connection, owner: str, query: Query, row: LedgerRow, window: timedelta) -> dict[str, LedgerRow]:
    asked = {"of": owner, "size": -row.amount, "first": row.date - window, "last": row.date}
    there = {"merchant": row.merchant_id} if query is not _EXACT else {}
    return {each.id: each for each in map(rows.row_of, query.rows(connection, **asked, **there))}


def of_purchase(connection: Connection, owner: str, row: LedgerRow, window: timedelta) -> list[LedgerRow]:
    """What may have come back of one purchase."""
    query = rows.selected().where(_c.owner == owner, _c.flow == "refund", _c.amount > 0)
    same = (
        or_(_c.merchant_id == row.merchant_id, _c.amount == -row.amount)
        if row.merchant_id
        else _c.amount == -row.amount
    )
    query = query.where(_c.date.between(row.date, row.date + window), same).order_by(_c.date, _c.id)
    return rows.read(connection, query.limit(_MOST))


def _sized(*conditions: ColumnElement[bool]) -> Query:
    of_it = (_c.owner == bindparam("of", None, type_=Id()), _c.amount == bindparam("size", None, type_=Minor()))
    days = _c.date.between(bindparam("first", None, type_=Day()), bindparam("last", None, type_=Day()))
    currency = _c.currency == bindparam("currency", None, type_=Text())
    return Query(select(_c.id).where(*of_it, days, currency, *conditions).limit(1))


def _bought(most: int, *conditions: ColumnElement[bool]) -> Query:
    days = _c.date.between(bindparam("first", None, type_=Day()), bindparam("last", None, type_=Day()))
    # Written so that no index by flow serves it: the amount, or the merchant, is what narrows the rows.
    of_it = (_c.owner == bindparam("of", None, type_=Id()), _c.flow.concat("") == "expense", days)
    return Query(rows.selected().where(*of_it, *conditions).order_by(_c.date.desc(), _c.id.desc()).limit(most))


_size = bindparam("size", None, type_=Minor())
_there = _c.merchant_id == bindparam("merchant", None, type_=Text())
_EXACT = _bought(_MOST_EQUAL, _c.amount == _size)
_LARGER = _bought(_MOST_LARGER, _there, _c.amount + 0 < _size)
_OTHER, _PAIRED = _sized(), _sized(_c.transfer_id.is_not(None))


def may_have_partners(connection: Connection, owner: str, lookup: AmountLookup, sign: int) -> bool:
    """Whether among the rows of one amount that a lookup finds is a paired one, or one of the other sign."""
    if lookup.account_id is not None or lookup.low != lookup.high:
        return True
    amount = sign * to_minor(lookup.low, lookup.currency)
    given = {"of": owner, "currency": lookup.currency, "first": lookup.first, "last": lookup.last}
    return bool(_OTHER.rows(connection, **given, size=-amount) or _PAIRED.rows(connection, **given, size=amount))


def with_partners(
    connection: Connection, owner: str, affected: Iterable[LedgerRow], lookups: Sequence[AmountLookup]
) -> tuple[AmountLookup, ...]:
    """Lookups without those of one amount where no stored or affected row could be the other side of an affected one:
    a movement leaves one account and arrives on another."""
    exact = [each for each in lookups if each.account_id is None and each.low == each.high]
    moved: dict[tuple[str, int], set[tuple[bool, str]]] = {
        (each.currency, to_minor(each.low, each.currency)): set() for each in exact
    }
    for row in affected:
        sides = moved.get((row.currency, abs(row.amount)))
        if sides is not None:
            sides.add((row.amount > 0, row.account_id))
    found: set[AmountLookup] = set()
    opposite = []
    for each in exact:
        size = to_minor(each.low, each.currency)
        sides = moved[each.currency, size]
        if _could_pair(sides):
            found.add(each)
        else:
            opposite += [(each, size if came else -size) for came in {not came for came, _ in sides}]
    for each, amount, account_id in near_amounts.accounts(connection, owner, opposite):
        sides = moved[each.currency, abs(amount)]
        if _could_pair({*sides, (amount > 0, account_id)}):
            found.add(each)
    return tuple(each for each in lookups if each.account_id is not None or each.low != each.high or each in found)


def _could_pair(sides: Collection[tuple[bool, str]]) -> bool:
    """Whether money left one account and reached another among (it came in, account)."""
    left = {account_id for came, account_id in sides if not came}
    return any(left - {account_id} for came, account_id in sides if came)


def _span(back: Sequence[LedgerRow]) -> tuple[date, date]:
    days = [row.date for row in back]
    return min(days), max(days)


def payments_on(connection: Connection, owner: str, cards: Sequence[str]) -> dict[str, tuple[date, ...]]:
    """Card account -> the days on which its own statements print that its bill was paid."""
    query = select(_c.account_id, _c.date).where(_c.owner == owner, _c.category_id == "card_payment", _c.amount > 0)
    found: dict[str, set[date]] = {}
    for account_id, day in connection.execute(query.where(_c.account_id.in_(cards))):
        found.setdefault(account_id, set()).add(day)
    return {account_id: tuple(sorted(days)) for account_id, days in found.items()}


def opposite(connection: Connection, owner: str, row: LedgerRow, account_id: str, window: timedelta) -> list[LedgerRow]:
    """The unpaired rows of an account of exactly the opposite amount near the day of a row."""
    near = _c.date.between(row.date - window, row.date + window)
    return rows.where(
        connection, owner, _c.account_id == account_id, _c.amount == -row.amount, _c.currency == row.currency, near,
        _c.transfer_id.is_(None), _c.split_of.is_(None),
    )  # fmt: skip
