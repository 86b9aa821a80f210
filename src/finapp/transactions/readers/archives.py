"""An archive of statements: its files, taken out with limits, whatever a stranger has put into it."""

import hashlib
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from finapp.transactions.readers.errors import UnreadableStatement

MOST_FILES = 100
LARGEST_TOTAL = 512 * 1024 * 1024
"""Bytes of all files together, unpacked."""
_LARGEST_RATIO, _UNSUSPECTED = 200, 16 * 1024 * 1024
"""Bytes of content for each byte of the archive, from so many bytes on: text shrinks to a tenth or a twentieth."""
_CHUNK = 1024 * 1024
_ZIP = b"PK\x03\x04"
_DOCUMENTS = ("xl/", "content.xml", "Index/", "word/", "ppt/")
"""How names inside a spreadsheet or another document begin."""
_LEFTOVERS = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, IndexError)


@dataclass(frozen=True, kw_only=True)
class Unpacked:
    """One file of an archive: what it is called there, and where it lies now."""

    filename: str
    upload: str
    """Its name in the folder."""
    digest: str
    nested: bool
    """Whether it is an archive itself; there is no copy of it."""


def refuse_archive(names: list[str]) -> UnreadableStatement:
    """What to say of an archive where one statement is expected."""
    inside = ", ".join(name for name in names if not name.endswith("/"))[:200]
    return UnreadableStatement(
        "archive", f"the file is an archive; unpack it and import each statement inside ({inside})"
    )


def unpack(path: Path, folder: Path, password: str | None) -> Iterator[Unpacked]:
    """Takes the files of an archive out into a folder, each as it is done, in the order of their names.

    Folders inside are not made: only the last part of a name is kept, as what the file is called. Copies are named
    after the archive, so that whoever asked can delete those that were not finished. Raises UnreadableStatement for
    what is damaged, locked, too large, too many, or made to be.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = _statements(archive)
            left = min(LARGEST_TOTAL, max(path.stat().st_size * _LARGEST_RATIO, _UNSUSPECTED))
            for number, entry in enumerate(entries):
                copy = folder / f"{path.name}.{number}"
                with archive.open(entry, pwd=password.encode() if password else None) as packed:
                    digest, size = _copied(packed, copy, left)
                left -= size
                nested = _is_archive(copy)
                if nested:
                    copy.unlink()
                yield Unpacked(filename=_name(entry), upload=copy.name, digest=digest, nested=nested)
    except RuntimeError as error:
        # What zipfile raises for a password that is missing or wrong, and for methods it does not know.
        raise _locked(password) from error
    except _BROKEN as error:
        raise UnreadableStatement("damaged", "the archive is damaged or cut off") from error


def _is_archive(copy: Path) -> bool:
    """Whether a file holds other files and is no document that is kept as some; what is damaged is for its reader."""
    with copy.open("rb") as file:
        if file.read(len(_ZIP)) != _ZIP:
            return False
        try:
            with zipfile.ZipFile(file) as archive:
                return not any(name.startswith(_DOCUMENTS) for name in archive.namelist())
        except _BROKEN:
            return False


def _statements(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_leftover(entry.filename)]
    if not entries:
        raise UnreadableStatement("no_rows", "the archive holds no files")
    if len(entries) > MOST_FILES:
        raise UnreadableStatement("too_large", f"the archive holds more than {MOST_FILES} files")
    if any(stat.S_ISLNK(entry.external_attr >> 16) for entry in entries):
        raise UnreadableStatement("forbidden_content", "the archive holds a link in place of a file")
    return sorted(entries, key=lambda entry: entry.filename)


def _is_leftover(name: str) -> bool:
    plain = name.casefold()
    return plain.startswith(_LEFTOVERS) or plain.rpartition("/")[2].startswith((".", *_LEFTOVERS))


def _name(entry: zipfile.ZipInfo) -> str:
    name = entry.filename.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in name if letter.isprintable())[-200:] or "statement"


def _copied(packed: IO[bytes], copy: Path, most: int) -> tuple[str, int]:
    """Digest and size of a copy of at most so many bytes; what the archive says of its sizes is not believed."""
    digest, size = hashlib.sha256(), 0
    with copy.open("wb") as kept:
        while piece := packed.read(_CHUNK):
            size += len(piece)
            if size > most:
                raise UnreadableStatement("too_large", "the archive would unpack to more than statements can hold")
            digest.update(piece)
            kept.write(piece)
    return digest.hexdigest(), size


def _locked(password: str | None) -> UnreadableStatement:
    if password:
        message = "the password does not open the archive, or it is locked in a way that cannot be opened here"
        return UnreadableStatement("wrong_password", message, "password")
    return UnreadableStatement("encrypted", "the archive is protected by a password; give it with the file", "password")
