"""An archive of statements: its files become imports of their own, and the archive's import shows all of them."""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Row

from finapp.platform import codec
from finapp.platform.children import ChildFailed, stream
from finapp.transactions.facade import import_results
from finapp.transactions.facade.choosing import Choosing
from finapp.transactions.facade.import_results import NOTHING, ImportResult
from finapp.transactions.facade.reading import PARSERS, Stopped, refusal
from finapp.transactions.public import Counts, Import, ImportedFile, ImportStatus, NewImport, Progress, Question
from finapp.transactions.readers.archives import Unpacked, unpack
from finapp.transactions.readers.errors import UnreadableStatement
from finapp.transactions.store import imports

ARCHIVE = "zip"


class Unpacking(Choosing):
    """Takes the files out of an archive, and queues them."""

    def _submit(self, owner: str, import_id: str, upload: str) -> None:
        raise NotImplementedError

    def _take_apart(self, owner: str, asked: Row[Any]) -> None:
        """Queues every file of an archive. Raises UnreadableStatement, Stopped."""
        if imports.archive_of(asked) is not None:
            raise _nested()
        try:
            found = list(self._unpacked(asked))
            if all(file.nested for file in found):
                raise _nested()
            queued = self._queue_files(owner, asked, found)
        except BaseException:
            # Those that were not finished too, whatever ended the child.
            for copy in self._spool.glob(f"{asked.upload}.*"):
                copy.unlink(missing_ok=True)
            raise
        for import_id, upload in queued:
            self._submit(owner, import_id, upload)

    def _unpacked(self, asked: Row[Any]) -> Iterator[Unpacked]:
        request = {
            "path": str(self._spool / asked.upload),
            "folder": str(self._spool),
            "password": self._passwords.get(asked.id),
        }
        wanted: Callable[[], bool] = lambda: self._track.wanted(asked.id)  # noqa: E731  # as `stream` asks for it
        try:
            answers = stream(unpack_apart, request, limits=PARSERS, wanted=wanted)
            with closing(cast(Generator[Any], answers)) as said:
                for word, value in said:
                    if word == "refused":
                        raise UnreadableStatement(*value)
                    yield codec.decode(value, Unpacked)
        except ChildFailed as failure:
            if failure.why == "stopped":
                raise Stopped() from None
            raise refusal(failure) from None

    def _queue_files(self, owner: str, asked: Row[Any], found: list[Unpacked]) -> list[tuple[str, str]]:
        """Each file as an import of its own, and the archive as done, in one commit; the imports that are to be run."""
        password = self._passwords.get(asked.id)
        with self._database.write(owner) as unit:
            if not imports.awaits(unit.connection, owner, asked.id):
                raise Stopped()
            added = [(self._added(unit.connection, owner, asked, file), file) for file in found]
            queued = [(import_id, file.upload) for import_id, file in added if not file.nested]
            if password is not None:
                self._passwords.update((import_id, password) for import_id, _ in queued)
            imports.keep_files(unit.connection, asked, [import_id for import_id, _ in added])
            result = import_results.stored(ImportResult(format=ARCHIVE, layout=ARCHIVE))
            self._end(unit.connection, asked.id, status="done", result=result)
        return queued

    def _added(self, connection: Connection, owner: str, asked: Row[Any], file: Unpacked) -> str:
        """The import of one file; that of an archive has failed already."""
        new = NewImport(
            filename=file.filename,
            upload=file.upload,
            digest=file.digest,
            account_id=asked.account_id,
            format=None if asked.options["format"] == ARCHIVE else asked.options["format"],
            mapping=asked.options["mapping"],
            dry_run=asked.dry_run,
        )
        import_id = imports.add(connection, owner, asked.person, new, self._clock.now(), archive=asked.id)
        if file.nested:
            refused = _nested()
            result = import_results.stored(ImportResult(failure=refused.detail, failure_code=refused.code))
            self._end(connection, import_id, status="failed", result=result)
        return import_id


def _nested() -> UnreadableStatement:
    return UnreadableStatement("unknown_format", "an archive inside an archive is not opened: unpack it first")


def unpack_apart(request: Any) -> Iterator[Any]:
    """The child's side: JSON in, JSON out."""
    try:
        for file in unpack(Path(request["path"]), Path(request["folder"]), request["password"]):
            yield "file", codec.encode(file, Unpacked)
    except UnreadableStatement as reason:
        yield "refused", [reason.reason, reason.message, reason.field]


def with_files(connection: Connection, owner: str, row: Row[Any], shown: Import) -> Import:
    """An import as the others see it: that of an archive is what its files come to."""
    kept = imports.files_of(row)
    if not kept:
        return replace(shown, archive_id=imports.archive_of(row))
    rows = imports.by_ids(connection, owner, kept)
    files = [import_results.shown(each) for each in rows]
    waiting = [file for file in files if file.status == "needs_mapping"]
    total = Counts(**{name: sum(getattr(file.counts, name) for file in files) for name in vars(NOTHING)})
    failed = next((file for file in files if file.status == "failed"), None) if files else None
    status = _status([file.status for file in files])
    return replace(
        shown,
        status=status,
        counts=total,
        files=tuple(map(_file, files)),
        questions=tuple(_question(file, question) for file in waiting for question in file.questions),
        progress=_progress(files, status),
        failure=failed.failure if failed and status == "failed" else None,
        failure_code=failed.failure_code if failed and status == "failed" else None,
        version=row.version + sum(each.version for each in rows),
        finished_at=None if status in ("queued", "running") else shown.finished_at,
    )


def _status(files: list[ImportStatus]) -> ImportStatus:
    if {"queued", "running"} & set(files):
        return "running"
    order: tuple[ImportStatus, ...] = ("needs_mapping", "done", "failed", "cancelled")
    return next((status for status in order if status in files), "cancelled")


def _progress(files: list[Import], status: ImportStatus) -> Progress:
    rows = sum(file.progress.rows_read for file in files)
    if status == "running":
        return Progress(rows_read=rows, rows_total=None, phase="reading")
    return Progress(rows_read=rows, rows_total=rows, phase="finished")


def _file(file: Import) -> ImportedFile:
    return ImportedFile(
        import_id=file.id,
        filename=file.filename,
        status=file.status,
        format=file.format,
        layout=file.layout,
        account_id=file.account_id,
        counts=file.counts,
        reconciliation=file.reconciliation,
        failure=file.failure,
        failure_code=file.failure_code,
    )


def _question(file: Import, question: Question) -> Question:
    return replace(question, field=f"files.{file.id}.{question.field}", message=f"{file.filename}: {question.message}")
