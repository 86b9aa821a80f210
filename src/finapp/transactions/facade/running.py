"""The background side of an import: read the file, take it in, clean up behind it."""

from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from itertools import chain
from typing import Any

import structlog
from sqlalchemy import Row

from finapp.auth.public import Household
from finapp.kernel.errors import FinappError, Invalid
from finapp.transactions.domain.parts import Part, Read, Slice
from finapp.transactions.domain.statement import NeedsMapping
from finapp.transactions.facade import import_results
from finapp.transactions.facade.import_results import ImportResult
from finapp.transactions.facade.learning import country_of, learned
from finapp.transactions.facade.mappings import asked_for, given_mapping
from finapp.transactions.facade.reading import Asked, Message, Stopped, read
from finapp.transactions.facade.storing import Storing
from finapp.transactions.public import Question
from finapp.transactions.readers.errors import UnreadableStatement
from finapp.transactions.readers.formats import known_format
from finapp.transactions.store import accounts, imports

log = structlog.get_logger()
JOB = "transactions.import"
AT_ONCE = 20_000
"""Rows up to which an import is one commit; a larger one is many short ones, and taken back when it cannot end."""


class Running(Storing):
    """Runs imports, one at a time. Whatever ends one early has changed nothing, once this process, or the next one to
    open the data, has taken back what a large one had stored."""

    def __init__(self, **parts: Any) -> None:
        super().__init__(**parts)
        self._jobs.register(JOB, self._run)
        self._sweep()
        with self._database.read() as connection:
            left = imports.unfinished(connection)
        for owner, import_id, upload in left:
            self._submit(owner, import_id, upload)

    def _submit(self, owner: str, import_id: str, upload: str) -> None:
        self._jobs.submit(JOB, f"{owner} {import_id} {upload}")

    def _run(self, argument: str) -> None:
        owner, import_id, upload = argument.split(" ")
        self._track.moved(import_id, "reading")
        try:
            self._take_back_unfinished(owner, import_id)
            if self._begin(owner, import_id):
                self._take_in(owner, import_id)
        except Stopped:
            self._take_back_unfinished(owner, import_id)
            log.info("import cancelled", import_id=import_id)
        except FinappError as refusal:
            self._fail(owner, import_id, refusal.detail, refusal.code)
        except Exception:
            self._fail(owner, import_id, "the file could not be read; the server's log says where", "internal")
            log.exception("import failed", import_id=import_id)
        finally:
            self._track.finished(import_id)
            self._drop_file(upload)

    def _begin(self, owner: str, import_id: str) -> bool:
        with self._database.write(owner) as unit:
            if not imports.awaits(unit.connection, owner, import_id):
                return False
            imports.change(unit.connection, import_id, status="running")
        return True

    def _take_in(self, owner: str, import_id: str) -> None:
        with self._database.read() as connection:
            asked = imports.one(connection, owner, import_id)
        household = self._auth.household(owner=owner)
        question: NeedsMapping | None = None
        ways = list(self._ways(owner, asked, household))
        for asking in ways:
            with closing(read(self._spool / asked.upload, asking, lambda: self._track.wanted(import_id))) as messages:
                try:
                    found = self._first(import_id, messages)
                except Invalid:
                    if asking is ways[-1]:
                        raise
                    # The bank has changed its layout since the remembered mapping.
                    continue
                if isinstance(found, tuple):
                    _check_format(asked.options["format"], found[0])
                    self._store(owner, asked, household, found, _slices(messages))
                    return
                question = found
        if question is not None:
            self._ask(owner, import_id, asked_for(question))

    def _ways(self, owner: str, asked: Row[Any], household: Household) -> Iterator[Asked]:
        """How to read the file: as the person said; else as they said of the account's files before, else as found."""
        said = given_mapping(asked.options["mapping"])
        with self._database.read() as connection:
            kind = remembered = None
            if asked.account_id is not None:
                kind = accounts.one(connection, owner, asked.account_id).kind
                remembered = imports.profile(connection, owner, asked.account_id)
            country = country_of(household)
            taught = learned(connection, owner, country)
        mappings = [said] if said is not None or remembered is None else [given_mapping(remembered), None]
        for mapping in mappings:
            yield Asked(
                filename=asked.filename,
                mapping=mapping,
                country=country,
                currency=household.currency,
                password=self._passwords.get(asked.id),
                account_kind=kind,
                learned=taught,
            )

    def _first(self, import_id: str, messages: Iterable[Message]) -> NeedsMapping | tuple[Part, ...]:
        """The question or the parts that come once the whole file has been read."""
        for message in messages:
            if not self._track.wanted(import_id):
                raise Stopped()
            if isinstance(message, Read):
                self._track.moved(import_id, "reading", message.rows, message.total)
            elif isinstance(message, NeedsMapping | tuple):
                return message
        raise RuntimeError("a reader ended without an answer")

    def _store(
        self, owner: str, asked: Row[Any], household: Household, parts: tuple[Part, ...], slices: Iterator[Slice]
    ) -> None:
        total = sum(part.rows for part in parts)
        self._track.moved(asked.id, "categorizing", 0, total)
        head: list[Slice] = []
        rows = 0
        for each in slices:
            head.append(each)
            rows += len(each.rows)
            self._track.moved(asked.id, "categorizing", rows, total)
            if not self._track.wanted(asked.id):
                raise Stopped()
            if rows >= AT_ONCE:
                break
        self._track.moved(asked.id, "storing", 0, total)
        if asked.dry_run:
            self._rehearse(owner, asked, household, parts, head, slices)
        elif rows >= AT_ONCE and rows < total:
            self._store_by_slices(owner, asked, household, parts, chain(head, slices))
        else:
            self._store_at_once(owner, asked, household, parts, head)

    def _ask(self, owner: str, import_id: str, questions: tuple[Question, ...]) -> None:
        with self._database.write(owner) as unit:
            if imports.awaits(unit.connection, owner, import_id):
                self._ask_in(unit.connection, import_id, questions)

    def _fail(self, owner: str, import_id: str, message: str, code: str) -> None:
        self._take_back_unfinished(owner, import_id)
        result = import_results.stored(ImportResult(failure=message, failure_code=code))
        with self._database.write(owner) as unit:
            if imports.awaits(unit.connection, owner, import_id):
                self._end(unit.connection, import_id, status="failed", result=result)

    def _sweep(self) -> None:
        """Deletes what a stopped process left in the spool. Only at the start: nothing is being uploaded then."""
        with self._database.read() as connection:
            needed = imports.waiting_uploads(connection)
        for file in self._spool.iterdir() if self._spool.is_dir() else ():
            if file.is_file() and file.name not in needed:
                file.unlink(missing_ok=True)


def _check_format(wanted: str | None, part: Part) -> None:
    found = known_format(part.statement.format) or "csv"
    if wanted is not None and known_format(wanted) != found:
        raise UnreadableStatement(
            "unknown_format", f"the file is {found}, not {wanted}: leave the format out", "format"
        )


def _slices(messages: Generator[Message]) -> Iterator[Slice]:
    return (message for message in messages if isinstance(message, Slice))
