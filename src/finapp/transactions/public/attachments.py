"""Files that a person attaches to rows: receipts, invoices, warranties."""

import datetime as dt
from dataclasses import dataclass

from finapp.kernel.errors import Conflict, FinappError, NotFound


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """One attached file. `media_type` is what its first bytes say, whatever its name ends in."""

    id: str
    transaction_id: str
    filename: str
    media_type: str
    size: int
    """Bytes."""
    digest: str
    """SHA-256 of the content, hexadecimal."""
    attached_at: dt.datetime
    attached_by: str


@dataclass(frozen=True, kw_only=True)
class Attachments:
    """The files of one row, oldest first."""

    items: tuple[Attachment, ...]
    next_cursor: str | None = None


@dataclass(frozen=True, kw_only=True)
class NewAttachment:
    """A file that the router has put into this context's spool."""

    upload: str
    filename: str


@dataclass(frozen=True, kw_only=True)
class AttachmentPart:
    """A part of a file's content, in base64; None after the last one."""

    content: str | None


class AttachmentNotFound(NotFound):
    """No file of this household has this id."""

    code = "attachment_not_found"
    title = "No such attachment"


class UnsupportedAttachment(FinappError):
    """The first bytes are of no kind of file that is taken."""

    code = "unsupported_attachment"
    status = 415
    title = "This kind of file cannot be attached"


class TooManyAttachments(Conflict):
    """The row has as many files as a row may have."""

    code = "too_many_attachments"
    title = "The row has too many attachments"
