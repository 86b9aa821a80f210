"""Imports and what became of their rows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, exists, func, insert, or_, select, update

from finapp.kernel import ids
from finapp.platform import codec
from finapp.platform.bulk import insert_many
from finapp.platform.database import insert_into
from finapp.transactions.domain.pendings import Printing
from finapp.transactions.public import ImportNotFound, NewImport, RowOutcome
from finapp.transactions.tables import import_rows, imports, mapping_profiles, statements

_OUTCOME = ("line", "outcome", "transaction_id", "reason", "message")
_outcome = attrgetter(*_OUTCOME)


def add(
    connection: Connection, owner: str, person: str, new: NewImport, now: datetime, archive: str | None = None
) -> str:
    """A queued import; `archive` is the import of the archive that the file came in."""
    import_id = ids.new_id()
    mapping = dict(new.mapping) if new.mapping is not None else None
    options: dict[str, Any] = {"format": new.format, "mapping": mapping}
    if archive is not None:
        options["archive"] = archive
    values = {"filename": new.filename, "digest": new.digest, "upload": new.upload, "dry_run": new.dry_run}
    connection.execute(
        insert(imports).values(
            id=import_id,
            owner=owner,
            person=person,
            account_id=new.account_id,
            status="queued",
            options=options,
            result={},
            created_at=now,
            version=1,
            **values,
        )
    )
    return import_id


def one(connection: Connection, owner: str, import_id: str) -> Row[Any]:
    """An import. Raises ImportNotFound."""
    row = connection.execute(select(imports).where(imports.c.owner == owner, imports.c.id == import_id)).first()
    if row is None:
        raise ImportNotFound()
    return row


def by_ids(connection: Connection, owner: str, import_ids: Sequence[str]) -> list[Row[Any]]:
    """Those of the imports that are there, in the order they were queued."""
    query = select(imports).where(imports.c.owner == owner, imports.c.id.in_(import_ids)).order_by(imports.c.id)
    return list(connection.execute(query))


def archive_of(row: Row[Any]) -> str | None:
    """The import of the archive that an import's file came in."""
    found: str | None = row.options.get("archive")
    return found


def files_of(row: Row[Any]) -> tuple[str, ...]:
    """The imports of an archive's files."""
    return tuple(row.options.get("files") or ())


def keep_files(connection: Connection, row: Row[Any], files: Sequence[str]) -> None:
    """Says which imports are those of an archive's files."""
    change(connection, row.id, options={**row.options, "files": list(files)})


def forget_file(connection: Connection, owner: str, row: Row[Any]) -> None:
    """Raises the version of the archive's import, which shows one file less from now on."""
    archive = imports.c.id == archive_of(row)
    versions = imports.c.version + row.version
    connection.execute(update(imports).where(imports.c.owner == owner, archive).values(version=versions + 1))


def page(connection: Connection, owner: str, before: str | None, limit: int) -> list[Row[Any]]:
    """Imports, newest first."""
    query = select(imports).where(imports.c.owner == owner).order_by(imports.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(imports.c.id < before)
    return list(connection.execute(query))


def layouts(connection: Connection, owner: str) -> dict[str, str]:
    """Import -> the layout its file was read as."""
    query = select(imports.c.id, imports.c.result).where(imports.c.owner == owner, imports.c.status == "done")
    return {row.id: row.result.get("layout") or "" for row in connection.execute(query)}


def unfinished(connection: Connection) -> list[tuple[str, str, str]]:
    """(household, import, file) of everything that a stopped process left queued, running or half taken back."""
    c = imports.c
    half = and_(c.status == "cancelled", exists().where(statements.c.import_id == c.id))
    query = select(c.owner, c.id, c.upload).where(or_(c.status.in_(("queued", "running")), half)).order_by(c.id)
    return [(row.owner, row.id, row.upload) for row in connection.execute(query)]


def is_done(connection: Connection, owner: str, import_id: str) -> bool:
    """Whether an import has ended well."""
    c = imports.c
    query = select(c.id).where(c.owner == owner, c.id == import_id, c.status == "done")
    return connection.execute(query).first() is not None


def awaits(connection: Connection, owner: str, import_id: str) -> bool:
    """Whether an import is still to be run: not cancelled, not gone."""
    c = imports.c
    query = select(c.id).where(c.owner == owner, c.id == import_id, c.status.in_(("queued", "running")))
    return connection.execute(query).first() is not None


def waiting_uploads(connection: Connection) -> set[str]:
    """The spooled files that an import still needs."""
    waiting = ("queued", "running", "needs_mapping")
    return set(connection.execute(select(imports.c.upload).where(imports.c.status.in_(waiting))).scalars())


def with_holdings(connection: Connection, owner: str) -> list[Row[Any]]:
    """The imports that stand and have found something besides rows, the eldest first."""
    done = imports.c.status == "done", imports.c.dry_run.in_([False])
    query = select(imports).where(imports.c.owner == owner, *done).order_by(imports.c.id)
    return [row for row in connection.execute(query) if row.result.get("holdings")]


def change(connection: Connection, import_id: str, **values: Any) -> None:
    """Sets columns of an import and raises its version."""
    connection.execute(update(imports).where(imports.c.id == import_id).values(**values, version=imports.c.version + 1))


def add_outcomes(connection: Connection, import_id: str, outcomes: Sequence[RowOutcome]) -> None:
    """Stores what became of rows, once for each line: both sides of a transfer may stand on one."""
    if not outcomes:
        return
    by_line: dict[int, RowOutcome] = {}
    for outcome in outcomes:
        by_line.setdefault(outcome.line, outcome)
    c = import_rows.c
    taken = select(c.line).where(c.import_id == import_id, c.line.between(min(by_line), max(by_line)))
    for line in connection.execute(taken).scalars():
        by_line.pop(line, None)
    values = ((import_id, *_outcome(outcome)) for outcome in by_line.values())
    insert_many(connection, import_rows, ("import_id", *_OUTCOME), values)


def put_printings(connection: Connection, import_id: str, printings: Mapping[int, tuple[str, Printing]]) -> None:
    """Stores what an import prints of known rows that it has not booked yet, by its lines."""
    c = import_rows.c
    for line, (row_id, printing) in printings.items():
        same = (c.import_id == import_id, c.line == line, c.transaction_id == row_id)
        values = {"printed": codec.encode(printing, Printing)}
        connection.execute(update(import_rows).where(*same).values(values))


def remove_outcomes(connection: Connection, import_id: str) -> None:
    """Forgets what became of the rows of an import."""
    connection.execute(delete(import_rows).where(import_rows.c.import_id == import_id))


def outcomes(connection: Connection, import_id: str, limit: int) -> tuple[list[RowOutcome], int]:
    """What became of rows, rejected ones first, and how many there are."""
    c = import_rows.c
    total = connection.execute(select(func.count()).where(c.import_id == import_id)).scalar_one()
    query = select(c.line, c.outcome, c.transaction_id, c.reason, c.message).where(c.import_id == import_id)
    rows = connection.execute(query.order_by(c.outcome.desc(), c.line).limit(limit))
    return [RowOutcome(**row._mapping) for row in rows], int(total)


def remove(connection: Connection, import_id: str) -> None:
    """Deletes an import with what became of its rows."""
    remove_outcomes(connection, import_id)
    connection.execute(delete(statements).where(statements.c.import_id == import_id))
    connection.execute(delete(imports).where(imports.c.id == import_id))


def profile(connection: Connection, owner: str, account_id: str) -> dict[str, str] | None:
    """The mapping a person gave for files of this account the last time."""
    c = mapping_profiles.c
    query = select(c.mapping).where(c.owner == owner, c.account_id == account_id)
    found = connection.execute(query).scalar()
    return None if found is None else dict(found)


def profiles(connection: Connection, owner: str) -> dict[str, dict[str, str]]:
    """Account -> the mapping a person gave for its files the last time, the newest first."""
    c = mapping_profiles.c
    query = select(c.account_id, c.mapping).where(c.owner == owner).order_by(c.made_at.desc(), c.account_id)
    return {row.account_id: dict(row.mapping) for row in connection.execute(query)}


def forget_profile(connection: Connection, owner: str, account_id: str) -> None:
    """Forgets the mapping of an account's files."""
    c = mapping_profiles.c
    connection.execute(delete(mapping_profiles).where(c.owner == owner, c.account_id == account_id))


def keep_profile(connection: Connection, owner: str, account_id: str, mapping: dict[str, str], now: datetime) -> None:
    """Remembers the mapping for the account's next files."""
    values = {"mapping": mapping, "made_at": now}
    statement = insert_into(connection, mapping_profiles).values(owner=owner, account_id=account_id, **values)
    keys = [mapping_profiles.c.owner, mapping_profiles.c.account_id]
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=values))
