"""Splits: the parts are rows of their own, counted instead of the whole, and can be merged again."""

from dataclasses import replace
from decimal import Decimal

from sqlalchemy import Connection

from finapp.kernel import ids
from finapp.kernel.errors import Invalid
from finapp.kernel.money import from_minor, to_minor
from finapp.kernel.once import require_version
from finapp.transactions.domain.abroad import Abroad, shared
from finapp.transactions.domain.ledger import LedgerRow, Placed, Step
from finapp.transactions.facade.base import Base
from finapp.transactions.facade.rows import seen
from finapp.transactions.facade.wholes import counted, gone, keep_files, whole_of
from finapp.transactions.public import NewPart, Splits, TransactionNotFound
from finapp.transactions.store import aside, categories, rows


class Splitting(Base):
    """Rows whose parts are counted apart."""

    def splits(self, *, owner: str, transaction_id: str) -> Splits:
        """The parts of a row, asked by the whole or by a part; none when not split. Raises TransactionNotFound."""
        with self._database.read() as connection:
            found = rows.by_ids(connection, owner, [transaction_id])
            whole_id = found[0].split_of or transaction_id if found else transaction_id
            return _shown(connection, owner, whole_id, None)

    def split(
        self, *, owner: str, person: str, transaction_id: str, parts: tuple[NewPart, ...], expected: int | None = None
    ) -> Splits:
        """Splits a row, or splits it anew. The parts sum to it exactly; sums, flows and lists follow the parts.

        Raises TransactionNotFound, CategoryNotFound, Invalid, AlreadySplit for a part, PreconditionFailed.
        """
        holders = self._holders(owner)
        with self._database.write(owner) as unit:
            of_part = "a part cannot be split again: give the whole row its parts anew"
            whole = whole_of(unit.connection, owner, transaction_id, of_part=of_part)
            require_version(expected, whole.row.version)
            new = _parts(unit.connection, owner, whole.row, parts)
            after = Placed(place="split", row=replace(whole.row, version=whole.row.version + 1))
            steps = [*gone(whole.parts), Step(transaction_id=transaction_id, before=whole.placed, after=after)]
            steps += [Step(transaction_id=part.id, before=None, after=counted(part)) for part in new]
            changing = self._changing(unit, person, holders)
            change_id = changing.start("split")
            changing.make(change_id, steps)
            changing.note(change_id, keep_files(unit.connection, owner, whole.parts, transaction_id))
            return _shown(unit.connection, owner, transaction_id, change_id)

    def merge(self, *, owner: str, person: str, transaction_id: str, expected: int | None = None) -> Splits:
        """Puts the whole back in place of its parts. Raises TransactionNotFound for a row that is not split."""
        holders = self._holders(owner)
        with self._database.write(owner) as unit:
            row = aside.one(unit.connection, owner, transaction_id, "split")
            require_version(expected, row.version)
            parts = rows.parts_of(unit.connection, owner, transaction_id)
            steps = gone(parts)
            back = counted(replace(row, version=row.version + 1))
            steps.append(Step(transaction_id=row.id, before=Placed(place="split", row=row), after=back))
            changing = self._changing(unit, person, holders)
            change_id = changing.start("merged")
            changing.make(change_id, steps)
            changing.note(change_id, keep_files(unit.connection, owner, parts, transaction_id))
            return _shown(unit.connection, owner, transaction_id, change_id)


def _parts(connection: Connection, owner: str, row: LedgerRow, parts: tuple[NewPart, ...]) -> list[LedgerRow]:
    amounts = [to_minor(part.amount, row.currency, f"parts.{place}.amount") for place, part in enumerate(parts)]
    if len(parts) < 2:
        raise Invalid("parts", "a split has at least two parts")
    for place, amount in enumerate(amounts):
        if amount == 0:
            raise Invalid(f"parts.{place}.amount", "is zero")
    if sum(amounts) != row.amount:
        given: Decimal = from_minor(sum(amounts), row.currency)
        stands = from_minor(row.amount, row.currency)
        raise Invalid("parts", f"the parts sum to {given}, the row is {stands}")
    made = []
    whole = Abroad(amount=row.original_amount, currency=row.original_currency, rate=row.rate)
    for part, amount, paid in zip(parts, amounts, shared(whole, amounts), strict=True):
        values: dict[str, object] = {"need": part.need, "flow_decided": True} if part.need is not None else {}
        if part.category_id is not None:
            category = categories.one(connection, owner, part.category_id)
            values |= {"category_id": category.id, "category": category.code, "decided": True}
        fresh = replace(row, id=ids.new_id(), split_of=row.id, amount=amount, transfer_id=None, version=1)
        lone = {"bank_id": None, "balance_after": None, **paid.columns()}
        made.append(replace(fresh, **_texts(row, part), **lone, **values))  # type: ignore[arg-type]
    return made


def _texts(row: LedgerRow, part: NewPart) -> dict[str, object]:
    """What is said of a part: its own words, and those of the whole where it has none."""
    return {
        "description": part.description or row.description,
        "note": row.note if part.note is None else part.note or None,
        "tags": row.tags if part.tags is None else part.tags,
    }


def _shown(connection: Connection, owner: str, transaction_id: str, change_id: str | None) -> Splits:
    parts = rows.parts_of(connection, owner, transaction_id)
    whole = seen(connection, owner, transaction_id)
    if whole.split_of is not None:
        raise TransactionNotFound()
    return Splits(transaction=whole, parts=tuple(rows.shown(part) for part in parts), change_id=change_id)
