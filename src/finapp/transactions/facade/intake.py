"""Takes the rows of one part of a file into its account, slice by slice, each within a write of its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row

from finapp.kernel import ids
from finapp.kernel.money import from_minor
from finapp.transactions.domain.categorizer import Suggestion
from finapp.transactions.domain.identity import Paired, numbered, pair_up
from finapp.transactions.domain.ledger import LedgerRow, Place, altered
from finapp.transactions.domain.parts import Part, Slice
from finapp.transactions.domain.statement import StatementRow
from finapp.transactions.facade.arriving import (
    Misfit,
    arriving,
    behind,
    fitted,
    known,
    own_values,
    refused,
    remarked,
    would_be,
)
from finapp.transactions.facade.booking import Waiting
from finapp.transactions.facade.changing import Changing
from finapp.transactions.facade.dividing import Dividing
from finapp.transactions.facade.filling import Filling
from finapp.transactions.facade.hinted import Names, is_hinted, is_placed, keeps_books, names_of, with_hint, with_tags
from finapp.transactions.facade.opening import jump
from finapp.transactions.facade.rows import in_book, undecided
from finapp.transactions.facade.rules import can_run, plan_of
from finapp.transactions.facade.settling import Ledger
from finapp.transactions.public import Account, AccountChanges, Counts, RowOutcome, TransactionFilter
from finapp.transactions.readers.lines import line_of
from finapp.transactions.store import accounts, aside, categories, imports, rows, rules, words

REVIEW = "needs_review"
_PREVIEWED = 1_000
"""New rows that a dry run shows one by one."""


@dataclass(kw_only=True)
class Intake:
    """One part of a file on its way into its account, and what has become of its rows so far."""

    owner: str
    asked: Row[Any]
    part: Part
    account: Account
    created: bool
    members: tuple[str, ...]
    today: date
    earliest: date | None
    """The account's first day with rows before this import."""
    confirmed: Row[Any] | None
    """The newest statement, when the ledger agrees with it: its balance stays when older rows come."""
    imported: int = 0
    duplicates: int = 0
    seen: int = 0
    opening_moved: Decimal = Decimal(0)
    _older: int = 0
    """What new rows before `confirmed`, or else before `earliest`, moved, in minor units."""

    def __post_init__(self) -> None:
        part, statement = self.part, self.part.statement
        first, last = statement.first or part.first, statement.last or part.last
        period = (first, last) if first and last else None
        self.waits = Waiting(self.owner, self.account.id, self.account.currency, statement.layout, period)

    def refusals(self) -> list[RowOutcome]:
        """The rows that the reader refused."""
        return [refused(row.line, row.code, row.message) for row in self.part.statement.rejected]

    def counts(self) -> Counts:
        """What has become of the rows so far."""
        total = self.seen + self.part.rejected
        left = total - self.imported - self.duplicates
        return Counts(rows=total, imported=self.imported, duplicates=self.duplicates, rejected=left)

    def store(self, connection: Connection, found: Slice) -> list[RowOutcome]:
        """Stores what is new of a slice. Every row of it ends as imported, duplicate or rejected."""
        found = self._hinted(connection, found)
        minors, outcomes = self._fitting(found.rows)
        paired = self._identified(connection, found.rows, minors)
        made = self._rows(connection, found, minors, {**paired.new, **dict.fromkeys(paired.review, 0)})
        doubtful = {key: made[key] for key in paired.review}
        new = {key: row for key, row in made.items() if key in paired.new} if doubtful else made
        divided = Dividing(connection, self._names(connection) if any(row.parts for row in found.rows) else Names())
        stored = self._ruled(connection, self._settled(connection, divided, new, found), found.rows)
        waiting: list[tuple[Place, LedgerRow]] = [("review", row) for row in doubtful.values()]
        waiting += [("split", row) for row in divided.wholes(new)]
        aside.put(connection, self.owner, self.asked.person, self.asked.created_at, waiting)
        self._count(stored, len(new), paired, len(found.rows))
        changing = Changing(Ledger(connection, self.owner, self.members), self.asked.person, self.asked.created_at)
        booked = self.waits.book(changing, self.asked.id, found.rows, paired)
        outcomes += booked + self._known(found.rows, paired, doubtful, {each.transaction_id for each in booked})
        remarks = {row.line: row.remark for row in found.rows if row.remark is not None}
        if remarks:
            outcomes += [remarked(row, remarks[row.line]) for row in new.values() if row.line in remarks]
        if self.asked.dry_run:
            told = divided.told(stored, new)[:_PREVIEWED]
            outcomes += [would_be(row, parts) for row, parts in told if row.line not in remarks]
        return outcomes

    def _settled(
        self, connection: Connection, divided: Dividing, new: Mapping[str, LedgerRow], found: Slice
    ) -> list[LedgerRow]:
        """The new rows, or their parts, as the ledger has them."""
        period = self.part.statement.first, self.part.statement.last
        ledger = Filling(connection, self.owner, self.members, self.account.id, period)
        counted = divided.counted(new, found.rows, found.said)
        if divided.parts:
            # The words of a part are its own: what they say is found anew.
            by_id = {row.id: found.cues[int(key)] for key, row in new.items()}
            return ledger.settle(new=counted, cues=[by_id.get(row.id) for row in counted])
        return ledger.settle(new=counted, cues=[found.cues[int(key)] for key in new])

    def rehearse(self, connection: Connection, found: Slice) -> list[RowOutcome]:
        """Counts what would become of a slice, and stores nothing."""
        minors, outcomes = self._fitting(found.rows)
        paired = self._identified(connection, found.rows, minors)
        self.seen += len(found.rows)
        self.imported += len(paired.new)
        self.duplicates += len(paired.duplicates)
        return outcomes + self._known(found.rows, paired, {}, set())

    def settle_opening(self, connection: Connection) -> None:
        """Sets the opening balance from the file, or moves it back before older rows, and remembers by how much.

        The balance that the newest statement has confirmed stays as it is, so the order of imports does not matter.
        Call it once, after the last slice.
        """
        account = accounts.one(connection, self.owner, self.account.id)
        before, opening = account.opening_balance, account.opening_balance
        if self.confirmed is not None or (self.earliest is not None and before != 0):
            opening = before - from_minor(self._older, account.currency)
            if self.confirmed is not None:
                statement, found = self.part.statement, self.part.balances
                wrong = jump(connection, self.owner, account, self.confirmed, (statement.first, statement.last), found)
                opening = opening if wrong is None else before - wrong
        elif before == 0:
            found, first = self.part.balances, self.part.statement.first
            fits = found.opening is not None and found.first_break_line is None and first is not None
            # A balance that the currency cannot hold is of something else.
            fits = fits and found.opening is not None and found.opening % from_minor(1, account.currency) == 0
            if fits and found.opening is not None and (self.earliest is None or (first and first <= self.earliest)):
                opening = found.opening
        if opening != before:
            accounts.change(connection, account, self.owner, AccountChanges(opening_balance=opening))
        self.opening_moved = opening - before

    def _count(self, new: Sequence[LedgerRow], imported: int, paired: Paired, seen: int) -> None:
        self.seen += seen
        self.imported += imported
        self.duplicates += len(paired.duplicates)
        if self.confirmed is not None:
            self._older += sum(row.amount for row in new if self._is_older(row.date, self.confirmed))
        elif self.earliest is not None:
            self._older += sum(row.amount for row in new if row.date < self.earliest)

    def _is_older(self, day: date, confirmed: Row[Any]) -> bool:
        """Whether a new row comes before a statement; one of its first day that it has not does, in an older file."""
        last = self.part.statement.last
        older = last is not None and last < confirmed.period_last
        return day < confirmed.period_first or (older and day == confirmed.period_first)

    def _ruled(
        self, connection: Connection, stored: list[LedgerRow], arrived: Sequence[StatementRow]
    ) -> list[LedgerRow]:
        """The new rows after the household's rules have run on them."""
        active = [rule for rule in rules.of_household(connection, self.owner) if rule.active] if stored else []
        usable = [rule for rule in active if can_run(connection, self.owner, rule, self.today)]
        if not usable:
            return stored
        days = [row.date for row in arrived]
        within = TransactionFilter(import_id=self.asked.id, account_id=self.account.id, first=min(days), last=max(days))
        found, plan = plan_of(connection, self.owner, usable, within, self.today)
        before = [row for row in found if row.id in plan]
        after = [replace(row, **plan[row.id]) for row in before]
        ledger = Ledger(connection, self.owner, self.members)
        changed = {row.id: row for row in ledger.settle(new=after, gone=before)}
        return [changed.get(row.id, row) for row in stored]

    def _hinted(self, connection: Connection, found: Slice) -> Slice:
        """The slice with the categories that another program's export gives its rows, as tags where there are none."""
        if not keeps_books(self.part.statement) or not any(row.parts or is_hinted(row) for row in found.rows):
            return found
        names = self._names(connection)
        said = [with_hint(said, row, names) for said, row in zip(found.said, found.rows, strict=True)]
        return replace(found, rows=[with_tags(row, names) for row in found.rows], said=said)

    def _names(self, connection: Connection) -> Names:
        return names_of(categories.tree(connection, self.owner))

    def _rows(
        self, connection: Connection, found: Slice, minors: Mapping[int, int], ordinals: Mapping[str, int]
    ) -> dict[str, LedgerRow]:
        """The rows that are wanted, by their place in the slice and with their ordinals, before they are decided."""
        said, book = found.said, words.merchants(connection, self.owner)
        wanted = [number for number in minors if str(number) in ordinals]
        alike: dict[int, LedgerRow] = {}
        made = {}
        for number, row_id in zip(wanted, ids.new_ids(len(wanted)), strict=True):
            suggestion, row = said[number], found.rows[number]
            example = alike.get(id(suggestion))
            if example is None:
                example = alike[id(suggestion)] = self._example(row, in_book(suggestion, book))
            key, own = str(number), own_values(row, self.account.currency)
            own["id"], own["amount"], own["ordinal"] = row_id, minors[number], ordinals[key]
            if is_placed(suggestion, row):
                own["decided"] = True
            made[key] = altered(example, own)
        return made

    def _example(self, row: StatementRow, said: Suggestion) -> LedgerRow:
        """A row of which such things are said."""
        values = {"date": row.date, "ordinal": 0, "import_id": self.asked.id}
        return undecided(self.account, self.asked.person, said, line_of(row), **values)

    def _fitting(self, arrived: Sequence[StatementRow]) -> tuple[dict[int, int], list[RowOutcome]]:
        """Amounts in minor units by the position of the rows that fit the account, and the refusals of the others."""
        currency = self.account.currency
        outcomes: list[RowOutcome] = []
        fitting: dict[int, int] = {}
        for number, row in enumerate(arrived):
            try:
                fitting[number] = fitted(row, currency)
            except Misfit as reason:
                outcomes.append(refused(row.line, reason.code, reason.message))
        return fitting, outcomes

    def _identified(self, connection: Connection, arrived: Sequence[StatementRow], minors: Mapping[int, int]) -> Paired:
        if not minors:
            return Paired()
        days = [arrived[number].date for number in minors]
        span = min(days), max(days)
        stored = rows.printed_between(connection, self.owner, self.account.id, *span)
        # What was deleted or split on purpose is known too: a statement that brings it again brings nothing new.
        stored += aside.of_account_between(connection, self.owner, self.account.id, *span)
        # Rows of this very file are of another part of it: they are not what its rows repeat.
        exported = self._exported(connection, arrived, minors)
        mine = {self.asked.id, *exported.values()}
        others = [row for row in stored if row.import_id not in mine and row.id not in mine]
        left = [number for number in minors if str(number) not in exported]
        if others:
            layouts = imports.layouts(connection, self.owner)
            existing = [known(row, layouts.get(row.import_id or "", "")) for row in others]
            incoming = [arriving(number, arrived[number], self.part.statement.layout) for number in left]
            paired = pair_up(existing, incoming, ends=(self.part.first or span[0], self.part.last or span[1]))
        else:
            places = ((number, (arrived[number].date, minors[number])) for number in left)
            paired = Paired(new=numbered((str(number), place) for number, place in places))
        paired.duplicates.update(exported)
        paired = self.waits.paired(connection, arrived, paired, {row.id for row in stored} - {row.id for row in others})
        own = [row for row in stored if row.import_id == self.asked.id]
        return paired if not own else replace(paired, new=behind(own, paired.new, arrived, minors))

    def _exported(
        self, connection: Connection, arrived: Sequence[StatementRow], minors: Iterable[int]
    ) -> dict[str, str]:
        """Rows of our own export by their place: their ids are those of rows that are there, counted or set aside."""
        named = {arrived[number].bank_id or "": number for number in minors}
        wanted = [each for each in named if ids.to_number(each) != ids.UNKNOWN]
        if not wanted:
            return {}
        there = {row.id: row for row in rows.by_ids(connection, self.owner, wanted)}
        there |= {row.id: row for _, row in aside.find(connection, self.owner, wanted).values()}
        return {str(named[key]): key for key, row in there.items() if row.account_id == self.account.id}

    def _known(
        self,
        arrived: Sequence[StatementRow],
        paired: Paired,
        doubtful: Mapping[str, LedgerRow],
        booked: set[str | None],
    ) -> list[RowOutcome]:
        """The outcomes of rows that are there already, or may be; of those that were booked, it is told already."""
        found = [
            RowOutcome(
                line=arrived[int(key)].line, outcome="duplicate", transaction_id=row_id, reason="known", message=None
            )
            for key, row_id in paired.duplicates.items()
            if row_id not in booked
        ]
        for key, other in paired.review.items():
            row_id = doubtful[key].id if key in doubtful else None
            found.append(refused(arrived[int(key)].line, REVIEW, self.waits.question(other), row_id))
        return found
