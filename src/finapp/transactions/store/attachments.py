"""Attached files. Their content stands in parts, so that no large value is read at once."""

from datetime import datetime
from functools import partial
from typing import Any, BinaryIO

from sqlalchemy import Connection, func, insert, select, update

from finapp.kernel import ids
from finapp.transactions.public import Attachment, AttachmentNotFound
from finapp.transactions.tables import attachment_contents, attachments

PART = 32 * 1024
_c = attachments.c


def add(connection: Connection, owner: str, person: str, now: datetime, file: BinaryIO, **said: Any) -> str:
    """Keeps a file, of which a small part is in memory at a time; its id."""
    attachment_id = ids.new_id()
    connection.execute(insert(attachments).values(id=attachment_id, owner=owner, person=person, at=now, **said))
    file.seek(0)
    for number, content in enumerate(iter(partial(file.read, PART), b"")):
        values = {"attachment_id": attachment_id, "owner": owner, "part": number, "content": content}
        connection.execute(insert(attachment_contents), values)
    return attachment_id


def of_row(connection: Connection, owner: str, transaction_id: str) -> list[Attachment]:
    """The files of a row, oldest first."""
    query = select(attachments).where(_c.owner == owner, _c.transaction_id == transaction_id, _c.deleted_at.is_(None))
    return [_shown(row) for row in connection.execute(query.order_by(_c.id))]


def count(connection: Connection, owner: str, transaction_id: str) -> int:
    """How many files a row has."""
    query = select(func.count()).where(_c.owner == owner, _c.transaction_id == transaction_id, _c.deleted_at.is_(None))
    return int(connection.execute(query).scalar_one())


def one(connection: Connection, owner: str, attachment_id: str) -> Attachment:
    """A file. Raises AttachmentNotFound."""
    query = select(attachments).where(_c.owner == owner, _c.id == attachment_id, _c.deleted_at.is_(None))
    row = connection.execute(query).first()
    if row is None:
        raise AttachmentNotFound()
    return _shown(row)


def part(connection: Connection, owner: str, attachment_id: str, number: int) -> bytes | None:
    """A part of a file's content, None after the last one."""
    c = attachment_contents.c
    query = select(c.content).where(c.owner == owner, c.attachment_id == attachment_id, c.part == number)
    content: bytes | None = connection.execute(query).scalar()
    return content


def move(connection: Connection, owner: str, attachment_id: str, transaction_id: str) -> None:
    """Puts a file on another row."""
    query = update(attachments).where(_c.owner == owner, _c.id == attachment_id)
    connection.execute(query.values(transaction_id=transaction_id))


def delete(connection: Connection, owner: str, attachment_id: str, now: datetime) -> None:
    """Sets a file aside: it is listed no more, and can come back."""
    query = update(attachments).where(_c.owner == owner, _c.id == attachment_id)
    connection.execute(query.values(deleted_at=now))


def _shown(row: Any) -> Attachment:
    return Attachment(
        id=row.id,
        transaction_id=row.transaction_id,
        filename=row.filename,
        media_type=row.media_type,
        size=row.size,
        digest=row.digest,
        attached_at=row.at,
        attached_by=row.person,
    )
