"""The recurring payments of households: found among their rows, with their word kept."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from finapp.kernel.clock import Clock
from finapp.kernel.errors import Invalid
from finapp.platform.collecting import uncollected
from finapp.platform.database import Database
from finapp.platform.memory import Memory
from finapp.reports import store
from finapp.reports.domain.recurring import report as recurring
from finapp.reports.domain.recurring import words
from finapp.reports.domain.recurring.book import Book
from finapp.reports.domain.recurring.edits import Edit
from finapp.reports.domain.recurring.grouping import Separations
from finapp.reports.domain.recurring.words import mark
from finapp.reports.facade.histories import Histories
from finapp.reports.public import (
    RecurringPayments,
    RecurringRow,
    RecurringRows,
    RecurringStream,
    SplitStream,
    StreamChange,
    StreamNotFound,
)
from finapp.transactions.public import Transactions, UnlabelledRow

_SURE_ENOUGH = 0.6


class Streams:
    """Detection remembered by the versions it depends on, and by group while a group's rows stay the same."""

    def __init__(self, *, database: Database, clock: Clock, transactions: Transactions) -> None:
        self._database, self._clock, self._transactions = database, clock, transactions
        self._answers = Memory[RecurringPayments]()
        self._histories = Histories(transactions)
        self._groups = Memory[Separations](most=8)

    def book(self, owner: str, as_of: date, currency: str) -> Book:
        """The household's rows in its currency up to a day and beyond: the latest ones, where they are too many."""
        return self._histories.book(owner, as_of, currency, self._transactions.version(owner=owner))

    def payments(self, owner: str, as_of: date, currency: str) -> RecurringPayments:
        """The report."""
        version = self._transactions.version(owner=owner)
        key = (owner, as_of, currency, version, self._database.version(owner))
        return self._answers.answer(key, lambda: self._detected(owner, as_of, currency, version))

    @uncollected()
    def _detected(self, owner: str, as_of: date, currency: str, version: str, *tried: Edit) -> RecurringPayments:
        book = self._histories.book(owner, as_of, currency, version)
        said = self._database.settled(store.said, owner)
        said = replace(said, edits=(*said.edits, *tried))
        memory = self._groups.answer(owner, Separations)
        return recurring.report(
            book, as_of, currency, said, seen=book.seen(as_of), memory=memory, guess=self._guess(owner)
        )

    @uncollected()
    def detect(self, owner: str, rows: RecurringRows, currency: str, as_of: date) -> RecurringPayments:
        """The report among given rows."""
        found = recurring.report(recurring.checked(rows, currency), as_of, currency, guess=self._guess(owner))
        streams = (
            replace(stream, transactions_query=None, transactions_query_reason="rows_not_stored")
            for stream in found.streams
        )
        return replace(found, streams=tuple(streams))

    def _guess(self, owner: str) -> recurring.Guess:
        def guess(rows: Sequence[RecurringRow]) -> list[str | None]:
            asked = tuple(UnlabelledRow(date=r.date, amount=r.amount, description=r.description) for r in rows)
            said = self._transactions.suggest(owner=owner, country=None, currency=None, rows=asked)
            return [found.category_best if found.confidence >= _SURE_ENOUGH else None for found in said]

        return guess

    def change(
        self, owner: str, person: str, stream_id: str, change: StreamChange, as_of: date, currency: str
    ) -> RecurringStream:
        """Keeps the household's word on a stream. Raises StreamNotFound."""
        changed = words.changed(self._known(owner, stream_id, as_of, currency), change)
        self._keep(owner, person, changed, as_of, currency)
        return changed

    def _keep(self, owner: str, person: str, stream: RecurringStream, as_of: date, currency: str) -> None:
        rows = {row.id: row for row in self.book(owner, as_of, currency).rows(as_of)}
        with self._database.write(owner) as unit:
            store.keep_word(unit.connection, owner, person, words.word(stream, rows), self._clock.now())

    def _known(self, owner: str, stream_id: str, as_of: date, currency: str) -> RecurringStream:
        found = self.payments(owner, as_of, currency)
        stream = next((one for one in (*found.streams, *found.dismissed) if one.id == stream_id), None)
        if stream is None:
            raise StreamNotFound()
        return stream

    def merge(self, owner: str, person: str, stream_ids: Sequence[str], as_of: date, currency: str) -> RecurringStream:
        """Makes one stream of several. Raises StreamNotFound, and Invalid when no calendar rule joins their rows."""
        streams = [self._known(owner, one, as_of, currency) for one in dict.fromkeys(stream_ids)]
        if len(streams) < 2:
            raise Invalid("stream_ids", "name at least two different streams")
        if len({stream.direction for stream in streams}) > 1:
            raise Invalid("stream_ids", "money that comes and money that goes are not one stream")
        parts = tuple(self._marks(owner, stream.transaction_ids, as_of, currency) for stream in streams)
        edit = Edit(kind="merge", parts=parts)
        after = self._streams_of(owner, streams, as_of, currency, edit)
        if len(after) != 1:
            raise Invalid("stream_ids", "no calendar rule joins the rows of these streams")
        self._keep_edit(owner, person, edit)
        return after[0]

    def split(
        self, owner: str, person: str, stream_id: str, rows: Sequence[str], as_of: date, currency: str
    ) -> SplitStream:
        """Takes some rows out of a stream into one of their own. Raises StreamNotFound, and Invalid when the rows are
        not of the stream or one of the two would follow no calendar rule."""
        stream = self._known(owner, stream_id, as_of, currency)
        strange = next((i for i, row in enumerate(rows) if row not in stream.transaction_ids), None)
        if strange is not None:
            raise Invalid(f"transaction_ids.{strange}", "is not a row of this stream")
        others = [row for row in stream.transaction_ids if row not in set(rows)]
        parts = tuple(self._marks(owner, part, as_of, currency) for part in (others, rows))
        edit = Edit(kind="split", parts=parts)
        after = self._streams_of(owner, [stream], as_of, currency, edit)
        if len(after) != 2:
            raise Invalid("transaction_ids", "both streams need at least two rows that follow the calendar")
        self._keep_edit(owner, person, edit)
        return SplitStream(items=tuple(sorted(after, key=lambda one: (one.first_on, one.id))))

    def _keep_edit(self, owner: str, person: str, edit: Edit) -> None:
        with self._database.write(owner) as unit:
            store.keep_edit(unit.connection, owner, person, edit, self._clock.now())

    def _marks(self, owner: str, rows: Sequence[str], as_of: date, currency: str) -> frozenset[str]:
        wanted = set(rows)
        return frozenset(mark(row) for row in self.book(owner, as_of, currency).rows(as_of) if row.id in wanted)

    def _streams_of(
        self, owner: str, streams: Sequence[RecurringStream], as_of: date, currency: str, edit: Edit
    ) -> list[RecurringStream]:
        """What an edit would make of some streams."""
        meant = {row for stream in streams for row in stream.transaction_ids}
        found = self._detected(owner, as_of, currency, self._transactions.version(owner=owner), edit)
        return [one for one in (*found.streams, *found.dismissed) if meant & set(one.transaction_ids)]
