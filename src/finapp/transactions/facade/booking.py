"""What was pending and is booked now: the row stays, with what people said of it, and takes what the bank says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import Connection

from finapp.kernel.money import from_minor
from finapp.transactions.domain.identity import Known, Paired
from finapp.transactions.domain.ledger import LedgerRow, Place, Placed, Step
from finapp.transactions.domain.pendings import LONGEST, Printing, became, may_become, nearly
from finapp.transactions.domain.statement import StatementRow
from finapp.transactions.facade.arriving import arriving, known
from finapp.transactions.facade.changing import Changing, edited
from finapp.transactions.facade.printing import printed, printed_as, printing_of, taken
from finapp.transactions.public import RowOutcome
from finapp.transactions.store import aside, imports, rows

DOUBT = "may be a row that is there: equal date and amount, another text; say which under /imports/review"


@dataclass
class Waiting:
    """The rows of an account that are not booked yet, around the days of a slice."""

    owner: str
    account_id: str
    currency: str
    layout: str
    period: tuple[date, date] | None
    """The days that the file covers."""
    pending: dict[str, LedgerRow] = field(default_factory=dict)
    aside: dict[str, Place] = field(default_factory=dict)
    """Where those of them stand that are not counted: deleted, in review, or with parts that are counted."""
    early: int = 0
    """How many rows the file prints as not booked yet."""
    met: set[str] = field(default_factory=set)
    """The pending rows that the file has, booked or not, or may have."""
    printings: dict[int, tuple[str, Printing]] = field(default_factory=dict)
    """By line, the known rows that the file prints as not booked yet."""

    def paired(
        self, connection: Connection, arrived: Sequence[StatementRow], found: Paired, others: set[str]
    ) -> Paired:
        """What was found, with new rows that are pending ones booked by now, and pending ones that are booked already.

        `others` are rows of this very file, which its rows do not repeat.
        """
        days = [row.date for row in arrived]
        first, last = min(days), max(days)
        taken = {*found.duplicates.values(), *found.review.values()}
        place = self.owner, self.account_id, first - LONGEST, last
        known_aside = aside.placed_between(connection, *place)
        waiting = [each for each in known_aside if each[0] != "duplicate" and each[1].status == "pending"]
        stored = [*rows.pending_between(connection, *place), *(row for _, row in waiting)]
        self.aside = {row.id: where for where, row in waiting}
        self.pending = {row.id: row for row in stored if row.id not in others}
        left = [row for row in self.pending.values() if row.id not in taken]
        new = [int(key) for key in found.new]
        if left:
            booked = [number for number in new if arrived[number].status != "pending"]
            found = self._booked(found, left, arrived, booked)
        unbooked = [number for number, row in enumerate(arrived) if row.status == "pending"]
        early = [number for number in unbooked if str(number) in found.new]
        if early:
            found = self._known(connection, arrived, found, early, {*taken, *others})
        self._note(found, arrived, unbooked)
        return found

    def _note(self, found: Paired, arrived: Sequence[StatementRow], unbooked: Sequence[int]) -> None:
        """Remembers what the file says of pending rows."""
        self.early += len(unbooked)
        if self.pending:
            self.met |= self.pending.keys() & {*found.duplicates.values(), *found.review.values()}
        for number in unbooked:
            row_id = found.duplicates.get(str(number))
            if row_id is not None:
                self.printings[arrived[number].line] = row_id, printing_of(arrived[number], self.currency)

    def _booked(
        self, found: Paired, left: Sequence[LedgerRow], arrived: Sequence[StatementRow], booked: Sequence[int]
    ) -> Paired:
        there = [known(row, self.layout) for row in left if self._stands(row)]
        gone = [known(row, self.layout) for row in left if not self._stands(row)]
        coming = [arriving(number, arrived[number], self.layout) for number in booked]
        said = became(there, coming)
        # What was deleted takes its booking where it stands, but is no reason to ask about a payment of other words.
        taken = set(said.sure.values())
        returned = became(gone, [row for row in coming if row.key not in taken]).sure
        sure = {key: row_id for row_id, key in (*said.sure.items(), *returned.items())}
        doubtful = {key: row_id for row_id, key in said.doubtful.items() if key not in sure}
        alone = [row for row in there if row.key not in {*said.sure, *doubtful.values()} and self._is_missed(row)]
        doubtful |= nearly(alone, [row for row in coming if row.key not in {*sure, *doubtful}])
        return replace(
            found,
            duplicates={**found.duplicates, **sure},
            review={**found.review, **doubtful},
            new=_without(found.new, {*sure, *doubtful}),
        )

    def _is_missed(self, row: Known) -> bool:
        """Whether the row is counted itself, and of a day whose rows the file should have."""
        return row.key not in self.aside and self.period is not None and self.period[0] <= row.date <= self.period[1]

    def question(self, row_id: str) -> str:
        """What to ask of a row that may be this one: another printing of it, or the booking of a pending one."""
        row = self.pending.get(row_id)
        return DOUBT if row is None else asked_of(row)

    def _stands(self, row: LedgerRow) -> bool:
        """Whether the row, or its parts, are counted."""
        return self.aside.get(row.id, "split") == "split"

    def _known(
        self,
        connection: Connection,
        arrived: Sequence[StatementRow],
        found: Paired,
        early: Sequence[int],
        taken: set[str],
    ) -> Paired:
        days = [arrived[number].date for number in early]
        place = self.owner, self.account_id, min(days), max(days) + LONGEST
        stored = rows.printed_between(connection, *place) + aside.of_account_between(connection, *place)
        booked = [row for row in stored if row.id not in taken and row.status != "pending"]
        if not booked:
            return found
        said = became(
            [arriving(number, arrived[number], self.layout) for number in early],
            [known(row, self.layout) for row in booked],
        )
        return replace(found, duplicates={**found.duplicates, **said.sure}, new=_without(found.new, said.sure))

    def book(
        self, changing: Changing, import_id: str, arrived: Sequence[StatementRow], found: Paired
    ) -> list[RowOutcome]:
        """Books the pending rows that arrived booked. The change can be taken back, and is with the import."""
        by_row = {row_id: arrived[int(key)] for key, row_id in found.duplicates.items()}
        booked = [
            (row, by_row[row.id])
            for row in self.pending.values()
            if row.id in by_row and by_row[row.id].status != "pending"
        ]
        if not booked:
            return []
        change_id = changing.start("changed")
        connection, owner = changing.ledger.connection, self.owner
        steps = []
        for row, bank in booked:
            held = Placed(place=self.aside.get(row.id, "ledger"), row=row)
            steps += printed_as(connection, owner, held, taken(bank, self.currency))
        changing.make(change_id, steps)
        remember(connection, owner, import_id, change_id)
        return [
            RowOutcome(
                line=bank.line, outcome="duplicate", transaction_id=row.id, reason="booked",
                message=f"the row that was pending since {row.date} is booked",
            )
            for row, bank in booked
        ]  # fmt: skip


def could_book(connection: Connection, owner: str, row: LedgerRow) -> list[LedgerRow]:
    """The pending rows that a row in review could be the booking of: those of its amount first, then the nearest."""
    if row.status == "pending":
        return []
    booked = known(row, "")
    before = rows.pending_between(connection, owner, row.account_id, row.date - LONGEST, row.date)
    found = [each for each in before if each.amount == row.amount or may_become(known(each, ""), booked)]
    return sorted(found, key=lambda each: (abs(each.amount - row.amount), row.date - each.date))


def asked_of(row: LedgerRow) -> str:
    """What to ask of a row that may be the booking of a pending one."""
    amount = from_minor(row.amount, row.currency)
    return (
        f"was the payment of {amount} that is pending since {row.date} booked as this? "
        "Say `duplicate` if so, else `new`, under /imports/review"
    )


def booked_as(pending: LedgerRow, row: LedgerRow) -> list[Step]:
    """The steps by which a pending row becomes the booked one that a person knows it by.

    What people said of the pending row stays. The other row keeps what the bank printed before, so that neither
    statement brings anything new again.
    """
    kept = replace(row, **printed(pending), version=row.version + 1)  # type: ignore[arg-type]
    return [
        edited(pending, printed(row)),
        Step(
            transaction_id=row.id,
            before=Placed(place="review", row=row),
            after=Placed(place="duplicate", row=kept),
        ),
    ]


def remember(connection: Connection, owner: str, import_id: str, change_id: str) -> None:
    """Keeps a change that books pending rows with the import that brought the booking, to go back with it."""
    options = imports.one(connection, owner, import_id).options
    imports.change(connection, import_id, options={**options, "booked": [*options.get("booked", ()), change_id]})


def _without(new: Mapping[str, int], gone: Iterable[str]) -> dict[str, int]:
    taken = set(gone)
    return {key: ordinal for key, ordinal in new.items() if key not in taken}
