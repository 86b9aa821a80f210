"""A row with its parts, where it is split: as it stands, and on its way into the bin."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from finapp.transactions.domain.ledger import LedgerRow, Placed, Step
from finapp.transactions.public import AlreadySplit
from finapp.transactions.store import aside, attachments, images, rows


@dataclass(frozen=True)
class Whole:
    """A row that is no part of another."""

    placed: Placed
    """In the ledger, or aside where its parts are counted instead."""
    parts: tuple[LedgerRow, ...] = ()

    @property
    def row(self) -> LedgerRow:
        """The row itself."""
        return self.placed.row

    def to_bin(self) -> list[Step]:
        """The steps that put it into the bin; its parts are gone with it."""
        into = Step(transaction_id=self.row.id, before=self.placed, after=Placed(place="bin", row=self.row))
        return [*gone(self.parts), into]


def whole_of(connection: Connection, owner: str, transaction_id: str, *, of_part: str) -> Whole:
    """A row with its parts. Raises TransactionNotFound, AlreadySplit that says `of_part` for a part."""
    found = rows.by_ids(connection, owner, [transaction_id])
    if not found:
        row = aside.one(connection, owner, transaction_id, "split")
        return Whole(Placed(place="split", row=row), tuple(rows.parts_of(connection, owner, transaction_id)))
    if found[0].split_of is not None:
        raise AlreadySplit(of_part)
    return Whole(counted(found[0]))


def counted(row: LedgerRow) -> Placed:
    """A row where it counts."""
    return Placed(place="ledger", row=row)


def gone(parts: Sequence[LedgerRow]) -> list[Step]:
    """The steps after which parts are no more."""
    return [Step(transaction_id=part.id, before=counted(part), after=None) for part in parts]


def keep_files(connection: Connection, owner: str, parts: Sequence[LedgerRow], whole_id: str) -> list[images.Image]:
    """Puts the files of parts that go on the whole; the images of that."""
    moved: list[images.Image] = []
    for part in parts:
        for file in attachments.of_row(connection, owner, part.id):
            was = images.taken(connection, "attachments", owner, id=file.id)
            attachments.move(connection, owner, file.id, whole_id)
            moved += images.changed(connection, "attachments", owner, was, id=file.id)
    return moved
