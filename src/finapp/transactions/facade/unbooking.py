"""What an import did to rows of others goes back with it, row by row: bookings, and decisions that it had asked for.

What another standing statement says as well is that statement's from then on; what somebody has changed since stays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from finapp.transactions.domain.ledger import LedgerRow, Placed, Step
from finapp.transactions.facade.booking import remember
from finapp.transactions.facade.changing import Changing, placed
from finapp.transactions.facade.printing import PRINTED, printed, printed_as
from finapp.transactions.facade.sharing import Witness, is_booking, witnesses
from finapp.transactions.facade.unseen import asks_about
from finapp.transactions.public.changes import StayedRow
from finapp.transactions.store import changes, heirs

_CHANGED = "it was booked by this import, and its {what} changed since: it stays as it is"


def unbook(changing: Changing, import_id: str, options: Mapping[str, Any]) -> tuple[StayedRow, ...]:
    """Makes rows pending again that an import booked, and takes back what people decided because of it.

    A row whose print somebody has changed since stays as it is; these are returned.
    """
    taken_back = options.get("booked") or ()
    if not taken_back:
        return ()
    others = witnesses(changing.ledger.connection, changing.ledger.owner, import_id)
    unbooking = _Unbooking(changing=changing, others=others)
    for change_id in reversed(taken_back):
        unbooking.take_back(str(change_id))
    return tuple(unbooking.stayed)


@dataclass(kw_only=True)
class _Unbooking:
    changing: Changing
    others: Sequence[Witness]
    stayed: list[StayedRow] = field(default_factory=list)

    def take_back(self, change_id: str) -> None:
        """Takes back what is left of one change."""
        connection, owner = self.changing.ledger.connection, self.changing.ledger.owner
        steps = changes.steps(connection, owner, change_id)
        held = placed(connection, owner, [step.transaction_id for step in steps])
        heirs_of: dict[str, list[Step]] = {}
        back: list[Step] = []
        for step in steps:
            now = held.get(step.transaction_id)
            if now is None:
                continue
            heir = self._heir(step, now.row)
            if heir is not None:
                heirs_of.setdefault(heir.import_id, []).append(step)
            elif is_booking(step):
                back += self._unbooked(step, now)
            elif is_removal(step) and now.place == "bin":
                back += [replace(each, before=held.get(each.transaction_id)) for each in map(Step.reversed, steps)]
        for import_id in heirs_of:
            self._give(import_id, change_id, steps, held)
        if back:
            by = self.changing.start("undo", undoes=change_id)
            changes.mark_taken_back(connection, owner, changes.one(connection, owner, change_id), by)
            self.changing.make(by, back)

    def _heir(self, step: Step, now: LedgerRow) -> Witness | None:
        """The standing import by which the change holds as well."""
        if is_booking(step):
            return next((each for each in self.others if each.has_booked(now) or _was_given(step, now, each)), None)
        if is_removal(step):
            return next((each for each in self.others if asks_about(each, now)), None)
        return None

    def _unbooked(self, step: Step, now: Placed) -> list[Step]:
        before, after = step.before, step.after
        if before is None or after is None or printed(now.row) == printed(before.row):
            return []
        changed = [name for name in PRINTED if getattr(now.row, name) != getattr(after.row, name)]
        if changed:
            what = " and ".join(name.replace("_", " ") for name in changed)
            message = _CHANGED.format(what=what)
            self.stayed.append(StayedRow(transaction_id=now.row.id, reason="changed_since", message=message))
            return []
        ledger = self.changing.ledger
        return printed_as(ledger.connection, ledger.owner, now, printed(before.row))

    def _give(self, import_id: str, change_id: str, steps: Sequence[Step], held: Mapping[str, Placed]) -> None:
        """Keeps a change with another import, and what the bank printed before with it."""
        connection, owner = self.changing.ledger.connection, self.changing.ledger.owner
        remember(connection, owner, import_id, change_id)
        for step in steps:
            now = held.get(step.transaction_id)
            if now is not None and now.place == "duplicate":
                heirs.give_aside(connection, replace(now.row, import_id=import_id))


def _was_given(step: Step, now: LedgerRow, heir: Witness) -> bool:
    """Whether a booked row has been handed over to an import since: then it prints the row so. What it remembered of
    the row as known to it is gone with that."""
    brought_by = step.before.row.import_id if step.before is not None else None
    return now.status != "pending" and now.import_id == heir.import_id != brought_by


def is_removal(step: Step) -> bool:
    """Whether a step removes a pending row."""
    removed = step.before is not None and step.after is not None and step.after.place == "bin"
    return removed and step.before is not None and step.before.row.status == "pending"
