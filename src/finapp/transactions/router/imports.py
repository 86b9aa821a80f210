"""Imports over HTTP."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, File, Form, Header, Request, UploadFile
from fastapi.sse import EventSourceResponse
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from finapp.kernel.errors import Invalid, TooLarge
from finapp.kernel.once import Once
from finapp.platform import codec
from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import Cursor, Expected, Folder, Limit, folder, given, tagged
from finapp.transactions.domain.uploads import needs_parser
from finapp.transactions.public import Change, Format, Import, ImportPage, NewImport, ReviewPage, Transactions
from finapp.transactions.public.changes import ImportUndone
from finapp.transactions.router.spooling import put_aside
from finapp.transactions.schemas import DecisionBody, ImportAnswersBody

router = Router()
Facade = Annotated[Transactions, given("transactions")]
Spool = Annotated[Path, folder(Folder("transactions", "spool"))]
_CHUNK = 1024 * 1024
_LARGEST_PARSED = 25 * _CHUNK
_FIELDS = ("file", "account_id", "format", "mapping", "password", "dry_run")
_LOOK = 0.3
"""Seconds between two looks at a running import."""


def _known(import_id: str, caller: Caller, facade: Facade) -> Import:
    return facade.import_progress(owner=caller.household, import_id=import_id)


async def _known_fields(request: Request) -> None:
    """Refuses a field that no import has: a mistyped `account_id` would put the rows elsewhere. Raises Invalid."""
    for name in await request.form():
        if name not in _FIELDS:
            raise Invalid(name[:40], f"is no field of an import; there are {', '.join(_FIELDS)}")


@router.post("/imports", status_code=202)
def start_import(
    file: Annotated[UploadFile, File()],
    caller: Caller,
    facade: Facade,
    spool: Spool,
    known: Annotated[None, Depends(_known_fields)],
    account_id: Annotated[str | None, Form(max_length=64)] = None,
    format: Annotated[str | None, Form(max_length=40)] = None,  # the outline's name
    mapping: Annotated[str | None, Form(max_length=10_000)] = None,
    password: Annotated[str | None, Form(max_length=200)] = None,
    dry_run: Annotated[bool, Form()] = False,
    idempotency_key: Annotated[str | None, Header(max_length=200)] = None,
) -> Import:
    """Queues a statement; ask `GET /imports/{id}` how it goes."""
    chosen = _mapping(mapping)
    upload, digest = _spooled(file, spool)
    new = NewImport(
        upload=upload,
        filename=_name(file.filename),
        digest=digest,
        account_id=account_id or None,
        format=format or None,
        mapping=chosen,
        dry_run=dry_run,
        password=password or None,
    )
    once = None
    if idempotency_key is not None:
        said = json.dumps([digest, account_id, format, mapping, dry_run])
        once = Once(person=caller.person, key=idempotency_key, digest=hashlib.sha256(said.encode()).hexdigest())
    return facade.start_import(owner=caller.household, person=caller.person, new=new, once=once)


@router.get("/imports")
def imports(caller: Caller, facade: Facade, limit: Limit = 50, cursor: Cursor = None) -> ImportPage:
    """Imports, newest first."""
    return facade.imports(owner=caller.household, limit=limit, cursor=cursor)


@router.get("/imports/formats")
def formats(caller: Caller, facade: Facade) -> dict[str, list[Format]]:
    """Statement formats that can be read."""
    return {"items": list(facade.formats())}


@router.get("/imports/review")
def doubtful_rows(caller: Caller, facade: Facade, limit: Limit = 50, cursor: Cursor = None) -> ReviewPage:
    """Rows of statements that may be in the ledger already, each with the rows it may be, and pending rows that a later
    statement lacks. `choices` are the decisions of each."""
    return facade.doubtful_rows(owner=caller.household, limit=limit, cursor=cursor)


@router.post("/imports/review/{transaction_id}")
def decide_doubtful(transaction_id: str, body: DecisionBody, caller: Caller, facade: Facade) -> Change:
    """Enters a doubtful row as `new`, or knows it as a `duplicate`; removes a pending row that a statement lacks, or
    keeps it. The change can be taken back."""
    return facade.decide_doubtful(
        owner=caller.household, person=caller.person, transaction_id=transaction_id, decision=body.decision
    )


@router.get("/imports/{import_id}/events", response_class=EventSourceResponse)
async def events(seen: Annotated[Import, Depends(_known)], caller: Caller, facade: Facade) -> AsyncIterator[Import]:
    """How far an import is, as server-sent events, until it needs somebody or has ended. Its rows are not sent."""
    yield seen
    while seen.status in ("queued", "running"):
        await asyncio.sleep(_LOOK)
        found = await run_in_threadpool(facade.import_progress, owner=caller.household, import_id=seen.id)
        if found != seen:
            yield found
        seen = found


@router.patch("/imports/{import_id}", response_model=Import)
def answer_import(
    import_id: str, body: ImportAnswersBody, request: Request, caller: Caller, facade: Facade, expected: Expected
) -> Response:
    """Answers the questions of an import that needs a mapping or an account, and lets it go on."""
    found = facade.answer_import(
        owner=caller.household, person=caller.person, import_id=import_id, answers=body.value(), expected=expected
    )
    return tagged(request, found, found.version)


@router.get("/imports/{import_id}", response_model=Import)
def import_(import_id: str, request: Request, caller: Caller, facade: Facade) -> Response:
    """An import: how far it is, and what became of its rows."""
    found = facade.import_(owner=caller.household, import_id=import_id)
    return tagged(request, found, found.version)


@router.delete("/imports/{import_id}", status_code=204, responses={200: {"model": ImportUndone}})
def undo_import(import_id: str, caller: Caller, facade: Facade) -> Response:
    """Takes an import back, to the row, or cancels one that has not ended. Where rows that it had booked stay, because
    somebody has changed them since, the answer is 200 and names them."""
    undone = facade.undo_import(owner=caller.household, person=caller.person, import_id=import_id)
    if not undone.stayed:
        return Response(status_code=204)
    return JSONResponse(codec.encode(undone, ImportUndone))


def _spooled(file: UploadFile, spool: Path) -> tuple[str, str]:
    name = put_aside(file, spool)
    size = (spool / name).stat().st_size
    with (spool / name).open("rb") as kept:
        if size > _LARGEST_PARSED and needs_parser(kept.read(2048)):
            (spool / name).unlink()
            raise TooLarge(f"a file of this kind has at most {_LARGEST_PARSED} bytes", limit=_LARGEST_PARSED)
        kept.seek(0)
        return name, hashlib.file_digest(kept, "sha256").hexdigest()


def _name(given_name: str | None) -> str:
    name = (given_name or "statement").replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in name if letter.isprintable())[:200] or "statement"


def _mapping(text: str | None) -> dict[str, str] | None:
    if not text:
        return None
    try:
        found: Any = json.loads(text)
    except ValueError:
        raise Invalid("mapping", "is not JSON") from None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise Invalid("mapping", "is an object of texts, as an import shows it")
    return found
