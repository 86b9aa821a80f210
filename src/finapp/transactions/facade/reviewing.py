"""What statements leave open, until a person decides: rows that may be there already, payments that never came."""

from dataclasses import replace

from sqlalchemy import Connection

from finapp.kernel.errors import Invalid
from finapp.platform.paging import from_cursor, to_cursor
from finapp.transactions.domain.ledger import LedgerRow, Placed, Step
from finapp.transactions.facade import unseen
from finapp.transactions.facade.base import Base
from finapp.transactions.facade.booking import DOUBT, asked_of, booked_as, could_book, remember
from finapp.transactions.facade.unseen import Unseen
from finapp.transactions.facade.wholes import keep_files
from finapp.transactions.public import Change, DoubtfulRow, ReviewPage
from finapp.transactions.public.changes import Decision
from finapp.transactions.store import aside, changes, rows
from finapp.transactions.store.encoding import decoded

_OF_ROW: tuple[Decision, ...] = ("new", "duplicate")
_OF_PENDING: tuple[Decision, ...] = ("keep", "remove")


class Reviewing(Base):
    """The review queue."""

    def doubtful_rows(self, *, owner: str, limit: int, cursor: str | None) -> ReviewPage:
        """Rows of statements that may be rows the ledger has, which are not counted until a person decides; and pending
        rows, which are counted, that a later statement of their day lacks."""
        before = str(from_cursor(cursor, str)[0]) if cursor is not None else None
        with self._database.read() as connection:
            waiting = [decoded(row.row) for row in aside.page(connection, owner, "review", before, limit + 1)]
            late = [each for each in unseen.unseen(connection, owner) if before is None or each.row.id < before]
            both: list[tuple[str, LedgerRow | Unseen]] = [(row.id, row) for row in waiting]
            both += [(each.row.id, each) for each in late]
            found = sorted(both, key=lambda each: each[0], reverse=True)
            items = tuple(_doubtful(connection, owner, each) for _, each in found[:limit])
        more = to_cursor(found[limit - 1][0]) if len(found) > limit else None
        return ReviewPage(items=items, next_cursor=more)

    def decide_doubtful(self, *, owner: str, person: str, transaction_id: str, decision: Decision) -> Change:
        """Enters a doubtful row, or knows it as another printing of a row that is there: a pending one is booked. A
        pending row that a later statement lacks goes to the bin, or is kept and not asked about again.

        Raises TransactionNotFound, Invalid for a decision that is not one of the row's.
        """
        holders = self._holders(owner)
        with self._database.write(owner) as unit:
            changing = self._changing(unit, person, holders)
            late = [each for each in unseen.unseen(unit.connection, owner) if each.row.id == transaction_id]
            change_id = changing.start("review")
            if late:
                steps = _steps_of_pending(unit.connection, owner, late[0], decision)
                because_of = late[0].statements[0].import_id if decision == "remove" else None
            else:
                row = aside.one(unit.connection, owner, transaction_id, "review")
                steps = _steps(unit.connection, owner, row, decision)
                because_of = row.import_id if decision == "duplicate" else None
            changing.make(change_id, steps)
            parts = [step.before.row for step in steps if step.before is not None and step.after is None]
            if parts:
                changing.note(change_id, keep_files(unit.connection, owner, parts, transaction_id))
            if because_of is not None:
                remember(unit.connection, owner, because_of, change_id)
            return changes.one(unit.connection, owner, change_id)


def _steps(connection: Connection, owner: str, row: LedgerRow, decision: Decision) -> list[Step]:
    _require(decision, _OF_ROW)
    others = [each for each in rows.like(connection, owner, row) if each.status != "pending"]
    pending = could_book(connection, owner, row) if decision == "duplicate" and not others else []
    if pending:
        return booked_as(pending[0], row)
    after = Placed(place="ledger" if decision == "new" else "duplicate", row=replace(row, version=row.version + 1))
    return [Step(transaction_id=row.id, before=Placed(place="review", row=row), after=after)]


def _steps_of_pending(connection: Connection, owner: str, late: Unseen, decision: Decision) -> list[Step]:
    _require(decision, _OF_PENDING)
    return unseen.removed(connection, owner, late) if decision == "remove" else unseen.kept(late)


def _require(decision: Decision, choices: tuple[Decision, ...]) -> None:
    if decision not in choices:
        raise Invalid("decision", f"is of another question: say {' or '.join(choices)}")


def _doubtful(connection: Connection, owner: str, found: LedgerRow | Unseen) -> DoubtfulRow:
    if isinstance(found, Unseen):
        return DoubtfulRow(
            transaction=rows.shown(found.row),
            like=tuple(map(rows.shown, found.like)),
            question="unseen",
            message=unseen.question_about(found),
            choices=_OF_PENDING,
            missing_from=tuple(dict.fromkeys(each.import_id for each in found.statements)),
        )
    pending = could_book(connection, owner, found)
    same = {each.id: each for each in [*rows.like(connection, owner, found), *pending]}
    return DoubtfulRow(
        transaction=rows.shown(found),
        like=tuple(map(rows.shown, same.values())),
        question="booked" if pending else "known",
        message=asked_of(pending[0]) if pending else DOUBT,
        choices=_OF_ROW,
    )
