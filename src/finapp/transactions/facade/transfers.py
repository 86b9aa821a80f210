"""Pairs of rows that are one movement between own accounts: shown, confirmed, rejected."""

from decimal import Decimal

from sqlalchemy import Connection

from finapp.kernel.once import Once
from finapp.platform.paging import from_cursor, to_cursor
from finapp.transactions.domain.ledger import LedgerRow
from finapp.transactions.domain.movement import Pair
from finapp.transactions.facade.base import Base
from finapp.transactions.facade.changing import Changing, edited
from finapp.transactions.facade.settling import Ledger
from finapp.transactions.public import NotATransfer, Transfer, TransferNotFound, TransferPage
from finapp.transactions.store import rows, words


class Transfers(Base):
    """Movements between own accounts."""

    def transfers(self, *, owner: str, limit: int, cursor: str | None) -> TransferPage:
        """Pairs, newest first, each with kind, confidence and evidence."""
        holders = self._holders(owner)
        after = from_cursor(cursor, str, str) if cursor is not None else None
        with self._database.read() as connection:
            sides = rows.paired(connection, owner, after, limit + 1)
            items = tuple(_shown(connection, owner, holders, sides[:limit]))
        last = sides[limit - 1] if len(sides) > limit else None
        more = to_cursor(last.date.isoformat(), last.id) if last is not None else None
        return TransferPage(items=items, next_cursor=more)

    def confirm_transfer(
        self, *, owner: str, person: str, transaction_ids: tuple[str, str], once: Once | None = None
    ) -> Transfer:
        """Says that two rows are one movement. Raises TransactionNotFound, NotATransfer."""
        holders = self._holders(owner)
        with self._database.write(owner) as unit:

            def confirm() -> Transfer:
                pair = [rows.one(unit.connection, owner, each) for each in dict.fromkeys(transaction_ids)]
                out, into = _sides(pair)
                changing = self._changing(unit, person, holders)
                change_id = changing.start("transfer_confirmed")
                self._let_go(unit.connection, owner, change_id, {out.id, into.id})
                words.say_pair(unit.connection, owner, change_id, frozenset((out.id, into.id)), "confirmed")
                changing.make(change_id, [edited(row, {}) for row in (out, into)])
                made = rows.one(unit.connection, owner, out.id)
                return next(iter(_shown(unit.connection, owner, holders, [made])))

            return unit.once(once, Transfer, confirm)

    def reject_transfer(self, *, owner: str, person: str, transfer_id: str) -> None:
        """Says that a pair is not one movement: it is never suggested again. Raises TransferNotFound."""
        holders = self._holders(owner)
        with self._database.write(owner) as unit:
            pair = rows.of_transfer(unit.connection, owner, transfer_id)
            if len(pair) != 2:
                raise TransferNotFound()
            changing: Changing = self._changing(unit, person, holders)
            change_id = changing.start("transfer_rejected")
            words.say_pair(unit.connection, owner, change_id, frozenset(row.id for row in pair), "rejected")
            changing.make(change_id, [edited(row, {}) for row in pair])

    @staticmethod
    def _let_go(connection: Connection, owner: str, change_id: str, ids: set[str]) -> None:
        """An earlier word that paired one of the rows with another one holds no longer."""
        for pair in words.pairs(connection, owner).confirmed:
            if pair & ids and pair != ids:
                words.say_pair(connection, owner, change_id, pair, "open")


def _sides(pair: list[LedgerRow]) -> tuple[LedgerRow, LedgerRow]:
    if len(pair) != 2:
        raise NotATransfer("a transfer has two different rows")
    out, into = sorted(pair, key=lambda row: row.amount)
    if not out.amount < 0 < into.amount:
        raise NotATransfer("one row must be money out and the other money in")
    if out.account_id == into.account_id:
        raise NotATransfer("both rows are of one account")
    if out.currency == into.currency and out.amount != -into.amount:
        raise NotATransfer("the amounts differ")
    return out, into


def _shown(connection: Connection, owner: str, holders: tuple[str, ...], sides: list[LedgerRow]) -> list[Transfer]:
    """The pairs of rows that left, with the evidence that money movement finds for them now."""
    both = rows.with_partners(connection, owner, [row.id for row in sides])
    evidence = Ledger(connection, owner, holders).evidence(both)
    by_id = {row.id: row for row in both}
    order = {row.id: place for place, row in enumerate(sides)}
    found = [pair for pair in evidence if pair.out_id in order]
    return [_transfer(pair, by_id) for pair in sorted(found, key=lambda pair: order[pair.out_id])]


def _transfer(pair: Pair, by_id: dict[str, LedgerRow]) -> Transfer:
    out, into = rows.shown(by_id[pair.out_id]), rows.shown(by_id[pair.in_id])
    return Transfer(
        id=out.transfer_id or out.id,
        out=out,
        into=into,
        amount=-out.amount,
        currency=out.currency,
        kind=pair.kind,
        confidence=Decimal(str(round(pair.confidence, 4))),
        evidence=pair.evidence,
        confirmed=pair.confirmed,
    )
