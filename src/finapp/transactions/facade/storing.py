"""How an import's rows reach the ledger: in one commit, in many short ones, or in none (a dry run)."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row

from finapp.auth.public import Household
from finapp.platform.collecting import uncollected
from finapp.platform.unit import Unit
from finapp.transactions.domain.known_days import Chunk, Repeats
from finapp.transactions.domain.parts import Part
from finapp.transactions.facade import import_results, taking_over
from finapp.transactions.facade.alerting import raise_alerts
from finapp.transactions.facade.base import Base
from finapp.transactions.facade.import_results import STORED_OUTCOMES, ImportResult
from finapp.transactions.facade.intake import Intake
from finapp.transactions.facade.known_days import taken_in, told
from finapp.transactions.facade.opening import confirmed, restore_opening
from finapp.transactions.facade.pace import Pace
from finapp.transactions.facade.placing import Placed, Placing
from finapp.transactions.facade.progress import Track
from finapp.transactions.facade.reading import Stopped
from finapp.transactions.facade.rules import shape_arrived
from finapp.transactions.facade.settling import Ledger
from finapp.transactions.facade.unbooking import unbook
from finapp.transactions.facade.unseen import missed
from finapp.transactions.public import (
    Question,
    RowOutcome,
    StatementImported,
    TransactionFilter,
)
from finapp.transactions.store import accounts, aside, imports, rows, statements

_PAUSE = 0.002
"""Seconds between two writes of a large import, in which others get their turn."""


class _Preview(Exception):
    """Ends a dry run: its write is rolled back."""


class Storing(Base):
    """Stores what has been read."""

    def __init__(self, **parts: Any) -> None:
        super().__init__(**parts)
        self._track = Track()
        self._passwords: dict[str, str] = {}
        """Of encrypted files, by import: never stored, and forgotten when the import ends."""

    def _store_at_once(
        self, owner: str, asked: Row[Any], household: Household, parts: tuple[Part, ...], slices: Sequence[Chunk]
    ) -> None:
        with self._database.write(owner) as unit:
            intakes = self._intakes(unit.connection, owner, asked, household, parts)
            if intakes is None:
                return
            outcomes = [each for intake in intakes for each in intake.refusals()]
            imports.add_outcomes(unit.connection, asked.id, outcomes[:STORED_OUTCOMES])
            for each in slices:
                taken_in(unit.connection, intakes[each.part], each, STORED_OUTCOMES)
            if not self._track.wanted(asked.id):
                raise Stopped()
            self._finish(unit, owner, asked.id, intakes)

    def _store_by_slices(
        self, owner: str, asked: Row[Any], household: Household, parts: tuple[Part, ...], slices: Iterable[Chunk]
    ) -> None:
        with self._database.write(owner) as unit:
            intakes = self._intakes(unit.connection, owner, asked, household, parts)
            if intakes is None:
                return
            # From here on a stopped process leaves rows behind: what is kept says which accounts to take back.
            statements.put(unit.connection, owner, asked.id, list(map(import_results.statement_values, intakes)))
            outcomes = [each for intake in intakes for each in intake.refusals()]
            imports.add_outcomes(unit.connection, asked.id, outcomes[:STORED_OUTCOMES])
            kept = len(outcomes)
        done, total, pace = 0, sum(part.rows for part in parts), self._pace()
        for each in pace.portions(slices):
            # Known rows are told so quickly that they say nothing of how long others take.
            paced = nullcontext() if isinstance(each, Repeats) else pace.kept(len(each))
            with uncollected(), paced, self._database.write(owner, interim=True) as unit:
                if not self._track.wanted(asked.id) or not imports.awaits(unit.connection, owner, asked.id):
                    raise Stopped()
                kept += taken_in(unit.connection, intakes[each.part], each, max(STORED_OUTCOMES - kept, 0))
            done += len(each)
            self._track.moved(asked.id, "storing", done, total)
            time.sleep(_PAUSE)
        with self._database.write(owner) as unit:
            if not self._track.wanted(asked.id) or not imports.awaits(unit.connection, owner, asked.id):
                raise Stopped()
            self._finish(unit, owner, asked.id, intakes)

    def _rehearse(
        self,
        owner: str,
        asked: Row[Any],
        household: Household,
        parts: tuple[Part, ...],
        head: Sequence[Chunk],
        rest: Iterator[Chunk],
    ) -> None:
        """Answers what would happen: the first rows settled in a write that is rolled back, all others counted."""
        intakes: list[Intake] = []
        outcomes: list[RowOutcome] = []
        try:
            with self._database.write(owner) as unit:
                intakes += self._intakes(unit.connection, owner, asked, household, parts) or ()
                if not intakes:
                    return
                outcomes += [each for intake in intakes for each in intake.refusals()]
                for each in head:
                    intake, connection = intakes[each.part], unit.connection
                    if isinstance(each, Repeats):
                        outcomes += told(connection, intake, each)
                    else:
                        outcomes += intake.store(connection, each)
                raise _Preview()
        except _Preview:
            pass
        for each in rest:
            if not self._track.wanted(asked.id):
                raise Stopped()
            with self._database.read() as connection:
                intake = intakes[each.part]
                if isinstance(each, Repeats):
                    outcomes += told(connection, intake, each)
                else:
                    outcomes += intake.rehearse(connection, each)
            self._track.moved(asked.id, "storing", sum(intake.seen for intake in intakes), None)
        with self._database.write(owner) as unit:
            if imports.awaits(unit.connection, owner, asked.id):
                imports.add_outcomes(unit.connection, asked.id, outcomes[:STORED_OUTCOMES])
                self._finish(unit, owner, asked.id, intakes)

    def _intakes(
        self,
        connection: Connection,
        owner: str,
        asked: Row[Any],
        household: Household,
        parts: tuple[Part, ...],
    ) -> list[Intake] | None:
        """The parts on their way into their accounts; None when a question must be answered first."""
        if not imports.awaits(connection, owner, asked.id):
            raise Stopped()
        placing = Placing(owner=owner, asked=asked, parts=parts, currency=household.currency)
        placed, questions = placing.place(connection)
        if questions:
            self._ask_in(connection, asked.id, questions)
            return None
        return [self._intake(connection, owner, asked, household, *each) for each in zip(parts, placed, strict=True)]

    def _intake(
        self, connection: Connection, owner: str, asked: Row[Any], household: Household, part: Part, placed: Placed
    ) -> Intake:
        return Intake(
            owner=owner,
            asked=asked,
            part=part,
            account=placed.account,
            created=placed.created,
            members=household.members,
            today=self._clock.today(),
            earliest=rows.first_day(connection, owner, placed.account.id),
            confirmed=confirmed(connection, owner, placed.account),
        )

    def _ask_in(self, connection: Connection, import_id: str, questions: tuple[Question, ...]) -> None:
        result = import_results.stored(ImportResult(questions=questions))
        imports.change(connection, import_id, status="needs_mapping", result=result)

    def _finish(self, unit: Unit, owner: str, import_id: str, intakes: Sequence[Intake]) -> None:
        connection = unit.connection
        asked = imports.one(connection, owner, import_id)
        account_ids = {intake.account.id for intake in intakes}
        if not asked.dry_run:
            for intake in intakes:
                intake.settle_opening(connection)
                imports.put_printings(connection, import_id, intake.waits.printings)
            statements.put(connection, owner, import_id, list(map(import_results.statement_values, intakes)))
            if asked.options["mapping"] and len(account_ids) == 1:
                imports.keep_profile(
                    connection, owner, intakes[0].account.id, asked.options["mapping"], self._clock.now()
                )
            self._announce(unit, owner, import_id, intakes)
            arrived = TransactionFilter(import_id=import_id)
            shape_arrived(self._changing(unit, asked.person, intakes[0].members), arrived, self._clock.today())
            raise_alerts(unit, arrived, self._clock.now(), self._clock.today())
        holdings = taking_over.found(
            connection, owner, intakes[0].part.statement.holdings, self._clock.today(), dry_run=asked.dry_run
        )
        taking_over.tell(unit, asked, holdings)
        days = [day for intake in intakes for day in (intake.part.statement.first, intake.part.statement.last) if day]
        only = intakes[0]
        done = import_results.of_intakes(intakes, dry_run=asked.dry_run)
        warnings = done.warnings + _unseen(connection, owner, intakes)
        self._end(
            connection,
            import_id,
            status="done",
            account_id=only.account.id if len(account_ids) == 1 and not (asked.dry_run and only.created) else None,
            result=import_results.stored(replace(done, holdings=holdings, warnings=warnings)),
            period_first=min(days, default=None),
            period_last=max(days, default=None),
        )

    @staticmethod
    def _announce(unit: Unit, owner: str, import_id: str, intakes: Sequence[Intake]) -> None:
        for intake in intakes:
            if intake.imported:
                account_id, count = intake.account.id, intake.imported
                unit.announce(StatementImported(owner=owner, import_id=import_id, account_id=account_id, rows=count))

    def _take_back_unfinished(self, owner: str, import_id: str) -> None:
        """Takes back what an import has stored that did not end: this process's, or one of a stopped process."""
        with self._database.read() as connection:
            kept = statements.of_import(connection, import_id)
            ended = imports.is_done(connection, owner, import_id)
        if not kept or ended:
            return
        self._remove_rows(owner, import_id)
        holders = self._holders(owner)
        with self._database.write(owner) as unit:
            asked = imports.one(unit.connection, owner, import_id)
            unbook(self._changing(unit, asked.person, holders), import_id, asked.options)
            self._close(unit, owner, import_id, kept)
            imports.remove_outcomes(unit.connection, import_id)

    def _remove_rows(self, owner: str, import_id: str) -> None:
        """Takes the rows of an import out of the ledger in short writes."""
        holders, pace = self._holders(owner), self._pace()
        left = True
        while left:
            most = pace.rows
            with uncollected(), pace.kept(most), self._database.write(owner, interim=True) as unit:
                gone = rows.some_of_import(unit.connection, owner, import_id, most)
                Ledger(unit.connection, owner, holders, leaving=import_id).settle(gone=gone)
            left = len(gone) == most
            time.sleep(_PAUSE)

    def _pace(self) -> Pace:
        return Pace(lambda: self._database.waited_at)

    @staticmethod
    def _close(
        unit: Unit,
        owner: str,
        import_id: str,
        kept: Sequence[Row[Any]],
        before: Mapping[str, tuple[str, Decimal]] | None = None,
    ) -> None:
        """Takes back what an import did besides rows: doubtful rows, opening balances, accounts it opened."""
        aside.take(unit.connection, aside.of_import(unit.connection, owner, import_id))
        # Before the balances are made good: a statement that is taken back confirms nothing.
        statements.remove(unit.connection, import_id)
        for each in kept:
            restore_opening(unit.connection, owner, each, before)
            stood_on = statements.of_account(unit.connection, owner, each.account_id)
            if each.created and not stood_on and not accounts.is_used(unit.connection, owner, each.account_id):
                accounts.remove(unit.connection, each.account_id)

    def _end(self, connection: Connection, import_id: str, **values: Any) -> None:
        self._passwords.pop(import_id, None)
        imports.change(connection, import_id, finished_at=self._clock.now(), **values)

    def _drop_file(self, upload: str) -> None:
        """Deletes the spooled file of an import that needs it no more: finished, taken back, or of nobody.

        An import that came with a restored household has none.
        """
        if not upload:
            return
        with self._database.read() as connection:
            needed = upload in imports.waiting_uploads(connection)
        if not needed:
            (self._spool / upload).unlink(missing_ok=True)


def _unseen(connection: Connection, owner: str, intakes: Sequence[Intake]) -> tuple[str, ...]:
    """What is said of pending rows that a file should have and has not."""
    waits = [intake.waits for intake in intakes]
    count = sum(missed(connection, owner, each.account_id, each.period, each.met) for each in waits)
    if not count:
        return ()
    text = "payments that are pending since ten days or more before the end of this file and are not in it"
    return (f"{text}: {count}; say what became of them under /imports/review",)
