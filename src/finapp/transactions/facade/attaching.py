"""Files attached to rows."""

import base64
import hashlib
import os
from functools import partial
from io import BufferedReader
from typing import BinaryIO

from sqlalchemy import Connection

from finapp.kernel.errors import Invalid, TooLarge
from finapp.kernel.once import Once
from finapp.platform.unit import Unit
from finapp.transactions.domain import attachments as files
from finapp.transactions.domain.ledger import Step
from finapp.transactions.facade.base import Base
from finapp.transactions.facade.changing import placed
from finapp.transactions.public import (
    Attachment,
    AttachmentPart,
    Attachments,
    ChangeKind,
    NewAttachment,
    TooManyAttachments,
    TransactionNotFound,
    UnsupportedAttachment,
)
from finapp.transactions.store import attachments, changes, images

_CHUNK = 1024 * 1024


class Attaching(Base):
    """Files, kept with their rows: they follow a row into the bin and out of it."""

    def attachments(self, *, owner: str, transaction_id: str) -> Attachments:
        """The files of a row. Raises TransactionNotFound."""
        with self._database.read() as connection:
            _require(connection, owner, transaction_id)
            return Attachments(items=tuple(attachments.of_row(connection, owner, transaction_id)))

    def attach(
        self, *, owner: str, person: str, transaction_id: str, new: NewAttachment, once: Once | None = None
    ) -> Attachment:
        """Attaches a file from the spool. Raises TransactionNotFound, UnsupportedAttachment, TooLarge,
        TooManyAttachments, Invalid for an empty one."""
        path = self._spool / new.upload
        try:
            with path.open("rb") as file:
                return self._attach(owner, person, transaction_id, new.filename, file, once)
        finally:
            path.unlink(missing_ok=True)

    def _attach(
        self, owner: str, person: str, transaction_id: str, filename: str, file: BufferedReader, once: Once | None
    ) -> Attachment:
        size, media_type = _checked(file)
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        said = {"filename": filename, "media_type": media_type, "digest": digest, "size": size}
        with self._database.write(owner) as unit:

            def keep() -> Attachment:
                _require(unit.connection, owner, transaction_id)
                if attachments.count(unit.connection, owner, transaction_id) >= files.MOST:
                    raise TooManyAttachments(f"a row has at most {files.MOST} attachments")
                now = self._clock.now()
                values = {"transaction_id": transaction_id, **said}
                attachment_id = attachments.add(unit.connection, owner, person, now, file, **values)
                self._note_attachment(unit, person, "attached", transaction_id, attachment_id, [])
                return attachments.one(unit.connection, owner, attachment_id)

            return unit.once(once, Attachment, keep)

    def attachment(self, *, owner: str, attachment_id: str) -> Attachment:
        """A file without its content. Raises AttachmentNotFound."""
        with self._database.read() as connection:
            return attachments.one(connection, owner, attachment_id)

    def attachment_part(self, *, owner: str, attachment_id: str, number: int) -> AttachmentPart:
        """The content of a file, part by part from 0. Raises AttachmentNotFound."""
        with self._database.read() as connection:
            attachments.one(connection, owner, attachment_id)
            found = attachments.part(connection, owner, attachment_id, number)
        return AttachmentPart(content=None if found is None else base64.b64encode(found).decode())

    def detach(self, *, owner: str, person: str, attachment_id: str) -> None:
        """Takes a file off its row; undoing the change brings it back. Raises AttachmentNotFound."""
        with self._database.write(owner) as unit:
            found = attachments.one(unit.connection, owner, attachment_id)
            was = images.taken(unit.connection, "attachments", owner, id=attachment_id)
            attachments.delete(unit.connection, owner, attachment_id, self._clock.now())
            self._note_attachment(unit, person, "detached", found.transaction_id, attachment_id, was)

    def _note_attachment(
        self,
        unit: Unit,
        person: str,
        kind: ChangeKind,
        transaction_id: str,
        attachment_id: str,
        was: list[images.Image],
    ) -> None:
        """Keeps the change in the history of its row, which itself stays as it is."""
        owner = unit.owner or ""
        change_id = changes.add(unit.connection, owner, person, self._clock.now(), kind)
        held = placed(unit.connection, owner, [transaction_id]).get(transaction_id)
        step = Step(transaction_id=transaction_id, before=held, after=held)
        changes.add_steps(unit.connection, owner, change_id, [step])
        about = images.changed(unit.connection, "attachments", owner, was, id=attachment_id)
        changes.add_images(unit.connection, change_id, about)


def _require(connection: Connection, owner: str, transaction_id: str) -> None:
    """Raises TransactionNotFound for a row that is neither counted nor split."""
    held = placed(connection, owner, [transaction_id]).get(transaction_id)
    if held is None or held.place not in ("ledger", "split"):
        raise TransactionNotFound()


def _checked(file: BinaryIO) -> tuple[int, str]:
    """Size and type of a file. Raises TooLarge, Invalid, UnsupportedAttachment."""
    size = file.seek(0, os.SEEK_END)
    if size > files.LARGEST:
        raise TooLarge(f"an attachment has at most {files.LARGEST} bytes", limit=files.LARGEST)
    if not size:
        raise Invalid("file", "is empty")
    file.seek(0)
    media_type = files.media_type_of(file.read(_CHUNK), iter(partial(file.read, _CHUNK), b""))
    if media_type is None:
        raise UnsupportedAttachment(f"attach one of {', '.join(files.TYPES)}")
    return size, media_type
