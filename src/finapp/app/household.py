"""One zip of everything a household has, and that zip into a household that has nothing yet."""

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO, Annotated

from fastapi import File, UploadFile
from starlette.responses import StreamingResponse

from finapp.app.archive import ArchiveFault, PackedHousehold, open_archive, pack
from finapp.app.assembly import Assembly
from finapp.kernel.errors import Conflict, Forbidden, Invalid
from finapp.kernel.portable import PortableHousehold
from finapp.platform.identity import Caller
from finapp.platform.operations import Router

CHUNK = 1 << 20
TRIES = 3


class HouseholdBusy(Conflict):
    """The household kept changing while it was read."""

    code = "household_busy"
    title = "The household is being changed: try again when nothing is imported"


def operations(assembly: Assembly) -> Router:
    """`/household/export` and `/household/restore`."""
    router = Router(prefix="/household", tags=["household"])

    @router.get("/export", response_class=StreamingResponse)
    def export(caller: Caller) -> StreamingResponse:
        """Everything of the household in one zip: a file of JSON lines for each context, and a manifest.

        Sums and other derived figures are left out, sign-ins and passwords too. Ids are numbered anew, in order, so
        that the export of a restored household equals the export it came from. Raises HouseholdBusy.
        """
        _own_session(caller.scopes)
        file = _packed(assembly, caller.household, caller.person)
        headers = {"Content-Disposition": 'attachment; filename="finapp-household.zip"'}
        return StreamingResponse(_chunks(file), media_type="application/zip", headers=headers)

    @router.post("/restore", status_code=201)
    def restore(caller: Caller, file: Annotated[UploadFile, File()]) -> dict[str, object]:
        """Takes the zip of an export into this household, which must be empty; all of it or nothing.

        Every row's author becomes the one who restores if they made the export, an unknown person otherwise.
        Raises Invalid("file") for what is no such zip, HouseholdNotEmpty.
        """
        _own_session(caller.scopes)
        return {"rows": _restored(assembly, caller.household, caller.person, file.file)}

    return router


def _own_session(scopes: tuple[str, ...] | None) -> None:
    if scopes is not None:
        raise Forbidden("a whole household moves only by a person who has signed in")


def _packed(assembly: Assembly, owner: str, person: str) -> IO[bytes]:
    facades = assembly.facades
    order = [plug.name for plug in assembly.plugs if plug.name != "auth"]
    for _ in range(TRIES):
        before = _versions(assembly, owner)
        household = facades["auth"].household(owner=owner)
        settings = {"currency": household.currency, "locale": household.locale}
        target = TemporaryFile()  # noqa: SIM115 - closed when the answer has been sent
        pack(target, {name: _lines(facades[name], owner) for name in order}, settings, person)
        if _versions(assembly, owner) == before:
            target.seek(0)
            return target
        target.close()
    raise HouseholdBusy()


def _versions(assembly: Assembly, owner: str) -> list[str]:
    return [assembly.facades[plug.name].version(owner=owner) for plug in assembly.plugs]


def _lines(facade: PortableHousehold, owner: str) -> Iterator[str]:
    cursor = None
    while True:
        page = facade.household_rows(owner=owner, cursor=cursor)
        yield from page.lines
        cursor = page.next_cursor
        if cursor is None:
            return


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(CHUNK):
            yield chunk


def _restored(assembly: Assembly, owner: str, person: str, file: IO[bytes]) -> dict[str, int]:
    facades = {plug.name: assembly.facades[plug.name] for plug in assembly.plugs if plug.name != "auth"}
    try:
        with open_archive(file, frozenset(facades), person) as archive:
            from finapp.auth.public import PersonChanges

            rows = _put(facades, owner, archive)
            changes = PersonChanges(currency=archive.settings["currency"], locale=archive.settings["locale"])
            assembly.facades["auth"].change_person(person=person, changes=changes)
            return rows
    except ArchiveFault as fault:
        raise Invalid("file", str(fault)) from None


def _put(facades: dict[str, PortableHousehold], owner: str, archive: PackedHousehold) -> dict[str, int]:
    begun: list[PortableHousehold] = []
    rows = {}
    try:
        for name, facade in facades.items():
            first, rows[name] = True, 0
            for lines, last in archive.pages(name):
                facade.restore_rows(owner=owner, lines=lines, first=first, last=last)
                if first:
                    begun.append(facade)
                first, rows[name] = False, rows[name] + len(lines)
    except BaseException:
        for facade in begun:
            facade.discard_rows(owner=owner)
        raise
    return rows
