"""Attached files over HTTP."""

import base64
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from fastapi import File, UploadFile
from starlette.responses import StreamingResponse

from finapp.platform.addresses import percent_encoded
from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import Folder, OnceKey, folder, given
from finapp.transactions.public import Attachment, Attachments, NewAttachment, Transactions
from finapp.transactions.router.spooling import put_aside

router = Router()
Facade = Annotated[Transactions, given("transactions")]
Spool = Annotated[Path, folder(Folder("transactions", "spool"))]
_SHOWN = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}
"""A file is a person's own, and still nothing that the browser should run here."""


@router.get("/transactions/{transaction_id}/attachments")
def attachments(transaction_id: str, caller: Caller, facade: Facade) -> Attachments:
    """The files of a row."""
    return facade.attachments(owner=caller.household, transaction_id=transaction_id)


@router.post("/transactions/{transaction_id}/attachments", status_code=201)
def attach(
    transaction_id: str,
    file: Annotated[UploadFile, File()],
    caller: Caller,
    facade: Facade,
    spool: Spool,
    once: OnceKey,
) -> Attachment:
    """Attaches a PDF, an image or a plain text of at most 25 MB, told by its first bytes and not by its name."""
    new = NewAttachment(upload=put_aside(file, spool), filename=_name(file.filename))
    return facade.attach(
        owner=caller.household, person=caller.person, transaction_id=transaction_id, new=new, once=once
    )


@router.get("/attachments/{attachment_id}")
def attachment(attachment_id: str, caller: Caller, facade: Facade) -> Attachment:
    """What is known of a file."""
    return facade.attachment(owner=caller.household, attachment_id=attachment_id)


@router.get("/attachments/{attachment_id}/content", response_class=StreamingResponse)
def content(attachment_id: str, caller: Caller, facade: Facade) -> StreamingResponse:
    """The file itself, to be saved and not to be shown by the browser."""
    found = facade.attachment(owner=caller.household, attachment_id=attachment_id)
    headers = {
        **_SHOWN,
        "Content-Disposition": f"attachment; filename*=UTF-8''{percent_encoded(found.filename)}",
        "Content-Length": str(found.size),
        "ETag": f'"{found.digest}"',
    }
    parts = _parts(facade, caller.household, attachment_id)
    return StreamingResponse(parts, media_type=found.media_type, headers=headers)


@router.delete("/attachments/{attachment_id}", status_code=204)
def detach(attachment_id: str, caller: Caller, facade: Facade) -> None:
    """Takes a file off its row; `POST /transactions/undo/{change_id}` brings it back."""
    facade.detach(owner=caller.household, person=caller.person, attachment_id=attachment_id)


def _parts(facade: Transactions, owner: str, attachment_id: str) -> Iterator[bytes]:
    number = 0
    while (part := facade.attachment_part(owner=owner, attachment_id=attachment_id, number=number).content) is not None:
        yield base64.b64decode(part)
        number += 1


def _name(given_name: str | None) -> str:
    # macOS writes an accent apart from its letter.
    name = unicodedata.normalize("NFC", given_name or "").replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in name if letter.isprintable())[:200].strip(". ") or "attachment"
