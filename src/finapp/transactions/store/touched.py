"""Rows that money movement must decide again together with new ones."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from sqlalchemy import ColumnElement, Connection, Text, and_, bindparam, literal_column, or_

from finapp.kernel.money import from_minor
from finapp.platform.columns import Day, Id, Minor
from finapp.platform.prepared import Query
from finapp.transactions.domain import taxonomy
from finapp.transactions.domain.ledger import LedgerRow
from finapp.transactions.domain.movement import AmountLookup, Lookups
from finapp.transactions.store import categories, near_amounts
from finapp.transactions.store.rows import by_ids, chunks, partners_of, read, row_of, selected
from finapp.transactions.tables import transactions

_MANY_LOOKUPS = 5
_c = transactions.c
_OF = _c.owner == bindparam("of", None, type_=Id())
_low, _high, _least, _most = (bindparam(name, None, type_=Minor()) for name in ("low", "high", "least", "most"))
_PLACE = (
    _c.currency == bindparam("currency", None, type_=Text()),
    _c.date.between(bindparam("first", None, type_=Day()), bindparam("last", None, type_=Day())),
)
# In no order: with one, SQLite would rather read every row of the days than those of the amounts.
_SIZED = or_(_c.amount.between(_low, _high), _c.amount.between(_least, _most))
_OF_AMOUNT = Query(selected().where(_OF, _SIZED, *_PLACE))
_IN_ACCOUNT = Query(
    selected().where(
        _OF, _c.amount.between(_low, _high), _c.account_id == bindparam("account", None, type_=Id()), *_PLACE
    )
)
_RECEIVED: ColumnElement[bool] = literal_column("transactions.amount + 0", Minor()) > literal_column("0")
"""The condition of the index of what came in by merchant, to the letter: no index by amount serves it."""
_CAME_BACK = Query(selected().where(_OF, _c.merchant_id == bindparam("merchant", None, type_=Text()), _RECEIVED))


def touched_by(connection: Connection, owner: str, lookups: Lookups, leaving: str | None = None) -> list[LedgerRow]:
    """The stored rows that movement must decide again together with new ones, but for those of an import that is
    leaving."""
    found: dict[str, LedgerRow] = {}
    many, others = _apart(lookups.amounts)
    for lookup in others:
        found |= _of_amount(connection, owner, lookup)
    if many:
        wanted = sorted(near_amounts.numbered(connection, owner, many))
        found |= {row.id: row for row in by_ids(connection, owner, wanted)}
    one_merchant = len(lookups.refunds_of) == 1 and leaving is None
    stay = () if leaving is None else (_c.import_id.is_distinct_from(leaving),)
    for condition in _conditions(connection, owner, lookups, one_merchant):
        asked = selected().where(_c.owner == owner, *stay, condition)
        found |= {row.id: row for row in read(connection, asked)}
    if one_merchant:
        came_back = _CAME_BACK.rows(connection, of=owner, merchant=lookups.refunds_of[0])
        found |= {values.id: row_of(values) for values in came_back}
    for row in partners_of(connection, owner, found.values()):
        found[row.id] = row
    return [found[key] for key in sorted(found)]


def _of_amount(connection: Connection, owner: str, lookup: AmountLookup) -> dict[str, LedgerRow]:
    low, high = _minor(lookup.low, lookup.currency, up=False), _minor(lookup.high, lookup.currency, up=True)
    given = {"low": low, "high": high, "currency": lookup.currency, "first": lookup.first, "last": lookup.last}
    if lookup.account_id is None:
        rows = _OF_AMOUNT.rows(connection, of=owner, **given, least=-high, most=-low)
    else:
        rows = _IN_ACCOUNT.rows(connection, of=owner, **given, account=lookup.account_id)
    return {values.id: row_of(values) for values in rows}


def _conditions(
    connection: Connection, owner: str, lookups: Lookups, one_merchant: bool
) -> Iterable[ColumnElement[bool]]:
    if not one_merchant:
        for chunk in chunks(lookups.refunds_of):
            yield and_(_c.merchant_id.in_(chunk), _RECEIVED)
    if lookups.card_bills is not None:
        # By the category as it is kept, which an index serves: every row of the days would be looked through else.
        bills = {taxonomy.CARD_SPENDING_UNSEEN, "card_payment"}
        own = {each for each, leaf in categories.leaves(connection, owner).items() if leaf in bills}
        yield and_(_c.category_id.in_(sorted(bills | own)), _c.date.between(*lookups.card_bills))


def _apart(lookups: Sequence[AmountLookup]) -> tuple[list[near_amounts.Sized], list[AmountLookup]]:
    """Lookups of one amount, with each sign that is asked for, where there are many of them; and the others."""
    exact = [each for each in lookups if each.low == each.high]
    if len(exact) < _MANY_LOOKUPS:
        return [], list(lookups)
    sized = [(each, _minor(each.low, each.currency, up=False)) for each in exact]
    both = [(each, -size) for each, size in sized if each.account_id is None]
    return sized + both, [each for each in lookups if each.low != each.high]


def _minor(amount: Decimal, currency: str, up: bool) -> int:
    step = from_minor(1, currency)
    whole, rest = divmod(amount, step)
    return int(whole) + (1 if up and rest else 0)
