"""Pairs of rows that are one movement, or a purchase and what came back of it: shown, confirmed, rejected."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import get_args

from sqlalchemy import Connection

from finapp.kernel.once import Once
from finapp.platform.paging import from_cursor, to_cursor
from finapp.transactions.domain.ledger import LedgerRow, Step
from finapp.transactions.domain.movement import Pair
from finapp.transactions.domain.movement.refunds import WINDOW, Link, LinkKind
from finapp.transactions.facade.base import Base
from finapp.transactions.facade.changing import edited
from finapp.transactions.facade.settling import Ledger
from finapp.transactions.public import (
    NotATransfer,
    Transfer,
    TransferKind,
    TransferNotFound,
    TransferPage,
)
from finapp.transactions.store import links, rows, words

_LINKS: tuple[LinkKind, ...] = get_args(LinkKind)
_MOST_NEAR = 20
"""Rows that came back which are looked at beside those of a page."""
_BETWEEN = "."
"""Between the two row ids in the id of a purchase and what came back of it."""


class Transfers(Base):
    """Movements between own accounts, and purchases with what came back."""

    def transfers(
        self,
        *,
        owner: str,
        limit: int,
        cursor: str | None,
        kinds: tuple[TransferKind, ...] = (),
        transaction_id: str | None = None,
    ) -> TransferPage:
        """Pairs, newest first, each with kind, confidence and evidence; of some kinds, or of one row."""
        holders = self._holders(owner)
        with self._database.read() as connection:
            ledger = Ledger(connection, owner, holders)
            if transaction_id is not None:
                found = _of_row(ledger, rows.one(connection, owner, transaction_id))
                return TransferPage(items=_of_kinds(found, kinds), next_cursor=None)
            return _page(ledger, limit, cursor, kinds)

    def confirm_transfer(
        self,
        *,
        owner: str,
        person: str,
        transaction_ids: tuple[str, str],
        kind: TransferKind = "transfer",
        once: Once | None = None,
    ) -> Transfer:
        """Says that two rows are one movement, or that one paid back the other, which `refund`, `reversal` and
        `reimbursement` say. Raises TransactionNotFound, NotATransfer."""
        holders = self._holders(owner)
        with self._database.write(owner) as unit:

            def confirm() -> Transfer:
                pair = [rows.one(unit.connection, owner, each) for each in dict.fromkeys(transaction_ids)]
                out, into = _sides(pair, kind)
                changing = self._changing(unit, person, holders)
                _require_left(changing.ledger, out, into, kind)
                change_id = changing.start("transfer_confirmed")
                sides = frozenset((out.id, into.id))
                letting_go = {into.id} if kind in _LINKS else sides
                if kind != "reimbursement":
                    self._let_go(unit.connection, owner, change_id, letting_go, sides)
                words.say_pair(unit.connection, owner, change_id, sides, kind if kind in _LINKS else "confirmed")
                changing.make(change_id, _steps(out, into, kind))
                made = _of_row(changing.ledger, rows.one(unit.connection, owner, into.id))
                return next(one for one in made if {one.out.id, one.into.id} == sides)

            return unit.once(once, Transfer, confirm)

    def reject_transfer(self, *, owner: str, person: str, transfer_id: str) -> None:
        """Says that a pair does not belong together: it is never suggested again. Raises TransferNotFound."""
        holders = self._holders(owner)
        with self._database.write(owner) as unit:
            if _BETWEEN in transfer_id:
                pair = rows.by_ids(unit.connection, owner, transfer_id.split(_BETWEEN))
            else:
                pair = links.of_transfer(unit.connection, owner, transfer_id)
            if len(pair) != 2:
                raise TransferNotFound()
            changing = self._changing(unit, person, holders)
            change_id = changing.start("transfer_rejected")
            words.say_pair(unit.connection, owner, change_id, frozenset(row.id for row in pair), "rejected")
            changing.make(change_id, [edited(row, {}) for row in pair])

    @staticmethod
    def _let_go(
        connection: Connection, owner: str, change_id: str, ids: frozenset[str] | set[str], kept: frozenset[str]
    ) -> None:
        """An earlier word that joined one of the rows with another one holds no longer."""
        said = words.pairs(connection, owner)
        for pair in (*said.confirmed, *said.linked):
            if pair & ids and pair != kept:
                words.say_pair(connection, owner, change_id, pair, "open")


def _page(ledger: Ledger, limit: int, cursor: str | None, kinds: tuple[TransferKind, ...]) -> TransferPage:
    """One page of both sorts of pairs, each by the row that leads it: what left, or what came back."""
    connection, owner = ledger.connection, ledger.owner
    after = None
    if cursor is not None:
        day, last = from_cursor(cursor, str, str)
        after = date.fromisoformat(str(day)), str(last)
    wanted = set(kinds or get_args(TransferKind))
    leading: list[LedgerRow] = []
    if wanted - set(_LINKS):
        leading += links.paired(connection, owner, after, limit + 1)
    if wanted & set(_LINKS):
        leading += links.returned(connection, owner, after, limit + 1)
    leading.sort(key=lambda row: (row.date, row.id), reverse=True)
    shown = leading[:limit]
    order = {row.id: place for place, row in enumerate(shown)}
    found = [*_moved(ledger, [row for row in shown if row.amount < 0])]
    found += _linked(ledger, [row for row in shown if row.amount > 0])
    found.sort(key=lambda pair: order[pair.out.id if pair.out.id in order else pair.into.id])
    more = to_cursor(shown[-1].date.isoformat(), shown[-1].id) if len(leading) > limit else None
    return TransferPage(items=_of_kinds(found, kinds), next_cursor=more)


def _of_kinds(found: Sequence[Transfer], kinds: tuple[TransferKind, ...]) -> tuple[Transfer, ...]:
    return tuple(pair for pair in found if not kinds or pair.kind in kinds)


def _of_row(ledger: Ledger, row: LedgerRow) -> list[Transfer]:
    """The pairs of one row."""
    if row.transfer_id is not None:
        sides = rows.with_partners(ledger.connection, ledger.owner, [row.id])
        return _moved(ledger, [side for side in sides if side.amount < 0])
    back = [row] if row.amount > 0 else links.of_purchase(ledger.connection, ledger.owner, row, WINDOW)
    return [pair for pair in _linked(ledger, back) if row.id in (pair.out.id, pair.into.id)]


def _sides(pair: list[LedgerRow], kind: TransferKind) -> tuple[LedgerRow, LedgerRow]:
    if len(pair) != 2:
        raise NotATransfer("a pair has two different rows")
    out, into = sorted(pair, key=lambda row: row.amount)
    if not out.amount < 0 < into.amount:
        raise NotATransfer("one row must be money out and the other money in")
    if kind in ("refund", "reversal") and into.date < out.date:
        raise NotATransfer("it came back before it was paid")
    if kind in _LINKS:
        return out, into
    if out.account_id == into.account_id and kind != "instalments":
        raise NotATransfer("both rows are of one account")
    if out.currency == into.currency and out.amount != -into.amount:
        raise NotATransfer("the amounts differ")
    return out, into


def _require_left(ledger: Ledger, out: LedgerRow, into: LedgerRow, kind: TransferKind) -> None:
    """Raises NotATransfer when more came back of a purchase than was paid, together with what a person has said."""
    if kind not in ("refund", "reversal") or out.currency != into.currency:
        return
    said = [pair for pair in words.pairs(ledger.connection, ledger.owner).linked if out.id in pair]
    named = {each for pair in said for each in pair} - {out.id, into.id}
    others = rows.by_ids(ledger.connection, ledger.owner, sorted(named))
    if sum(row.amount for row in (*others, into) if row.currency == out.currency) > -out.amount:
        raise NotATransfer("more came back than was paid")


def _steps(out: LedgerRow, into: LedgerRow, kind: TransferKind) -> list[Step]:
    """What a person's word changes: money that came back is no income, and stands in the category it was spent in."""
    if kind not in _LINKS:
        return [edited(row, {}) for row in (out, into)]
    values: dict[str, object] = {"flow": "refund", "need": out.need or "discretionary", "flow_decided": True}
    if not into.decided:
        values |= {"category_id": out.category_id, "category": out.category, "decided": True}
    return [edited(out, {}), edited(into, values)]


def _moved(ledger: Ledger, sides: list[LedgerRow]) -> list[Transfer]:
    """The movements of rows that left, with the evidence that is found for them now."""
    both = rows.with_partners(ledger.connection, ledger.owner, [row.id for row in sides])
    by_id = {row.id: row for row in both}
    wanted = {row.id for row in sides}
    return [_transfer(pair, by_id) for pair in ledger.evidence(both) if pair.out_id in wanted]


def _linked(ledger: Ledger, back: list[LedgerRow]) -> list[Transfer]:
    """What came back, with the purchases it is of."""
    connection, owner = ledger.connection, ledger.owner
    if not back:
        return []
    said = words.pairs(connection, owner).linked
    named = {each for pair in said for each in pair if pair & {row.id for row in back}}
    wanted = {row.id for row in back}
    bought = {row.id: row for row in links.purchases(connection, owner, back, WINDOW)}
    # What came back of the same merchants may take one of these purchases from them.
    taken = {-row.amount for row in bought.values()}
    near = [row for row in links.near(connection, owner, back, WINDOW) if row.amount in taken and row.id not in wanted]
    near = sorted(near, key=lambda row: (row.date, row.id), reverse=True)[:_MOST_NEAR]
    others = {row.id: row for row in (*near, *back)}
    bought |= {row.id: row for row in links.whole_purchases(connection, owner, near, WINDOW)}
    bought |= {row.id: row for row in rows.by_ids(connection, owner, sorted(named - set(others))) if row.amount < 0}
    found = ledger.links(list(others.values()), list(bought.values()))
    by_id = others | bought
    return [_link(link, by_id) for link in found if link.in_id in wanted]


def _transfer(pair: Pair, by_id: dict[str, LedgerRow]) -> Transfer:
    out, into = rows.shown(by_id[pair.out_id]), rows.shown(by_id[pair.in_id])
    return Transfer(
        id=out.transfer_id or out.id,
        out=out,
        into=into,
        amount=-out.amount,
        currency=out.currency,
        kind=pair.kind,
        confidence=_share(pair.confidence),
        evidence=pair.evidence,
        confirmed=pair.confirmed,
    )


def _link(link: Link, by_id: dict[str, LedgerRow]) -> Transfer:
    out, into = rows.shown(by_id[link.out_id]), rows.shown(by_id[link.in_id])
    return Transfer(
        id=f"{out.id}{_BETWEEN}{into.id}",
        out=out,
        into=into,
        amount=min(into.amount, -out.amount),
        currency=into.currency,
        kind=link.kind,
        confidence=_share(link.confidence),
        evidence=link.evidence,
        confirmed=link.confirmed,
    )


def _share(confidence: float) -> Decimal:
    return Decimal(str(round(confidence, 4)))
