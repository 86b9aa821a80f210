"""Holdings and prices from files."""

from typing import Annotated, Literal

from fastapi import File, Form, UploadFile

from finapp.assets.public import Assets, FileKind, HoldingsFile, HoldingsImported
from finapp.kernel.errors import Invalid
from finapp.platform.fields import Currency
from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import OnceKey, given

router = Router()
Facade = Annotated[Assets, given("assets")]
NewAssetKind = Literal["stock", "fund", "bond", "gold", "crypto", "other"]


@router.post("/assets/imports/{kind}")
def import_holdings(
    kind: FileKind,
    file: Annotated[UploadFile, File()],
    caller: Caller,
    facade: Facade,
    once: OnceKey,
    asset_kind: Annotated[NewAssetKind, Form()] = "stock",
    currency: Annotated[Currency | None, Form()] = None,
    dry_run: Annotated[bool, Form()] = False,
) -> HoldingsImported:
    """Enters purchases and sales (`holdings`: a list or a broker's contract note) or `prices` from delimited text."""
    given_file = HoldingsFile(
        kind=kind, text=_text(file.file.read()), asset_kind=asset_kind, currency=currency, dry_run=dry_run
    )
    return facade.import_holdings(owner=caller.household, person=caller.person, file=given_file, once=once)


def _text(content: bytes) -> str:
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Invalid("file", "is a spreadsheet: save it as CSV")
    if content.startswith(b"%PDF"):
        raise Invalid("file", "is a PDF: ask the broker or registrar for the same as CSV")
    if b"\x00" in content:
        raise Invalid("file", "is not delimited text")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
