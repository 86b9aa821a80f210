"""Uploads on their way to the facade."""

import shutil
from pathlib import Path

from fastapi import UploadFile

from finapp.kernel import ids
from finapp.kernel.errors import Unavailable

_CHUNK = 1024 * 1024


def put_aside(file: UploadFile, spool: Path) -> str:
    """Copies an upload into the spool, all of it or nothing, and returns its name there. Raises Unavailable when it
    cannot be written."""
    name = ids.new_id()
    try:
        with (spool / name).open("wb") as kept:
            shutil.copyfileobj(file.file, kept, _CHUNK)
    except OSError as fault:
        (spool / name).unlink(missing_ok=True)
        raise Unavailable("The storage cannot take the file now; nothing was changed.") from fault
    return name
