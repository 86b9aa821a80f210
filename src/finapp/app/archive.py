"""The zip of a household: one file of JSON lines for each context, and a manifest with digests.

Ids are numbered anew on the way out (the smallest id of the household becomes 0, the next 1) and on the way in (fresh
ones, in the same order), so that order is kept, two households never share an id, and the same household always
gives the same bytes. Marks are those of `platform.portable`.
"""

import hashlib
import io
import json
import re
import zipfile
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from heapq import merge
from itertools import groupby, islice
from tempfile import TemporaryFile
from typing import IO

from finapp import __version__
from finapp.kernel import ids
from finapp.platform.portable import END, ID, PERSON, TEXT

FORMAT = "finapp household 1"
MANIFEST = "manifest.json"
AT_ONCE = 2_000
CHUNK = 1 << 20
MOST_UNPACKED = 16 * 1024**3
LONGEST_LINE = 64 * 1024 * 1024
"""Characters of one row; attachments travel in their row."""
MOST_IDS_PER_ROW = 20
_RUN = 20_000
"""Numbers that are sorted together."""
_LETTERS = "0-9a-hjkmnp-tv-z"
_MARKED = re.compile(
    f"(?P<mark>[{ID}{PERSON}{TEXT}])(?P=mark)|{ID}(?P<id>[{_LETTERS}]{{13}}){END}|{PERSON}(?P<person>[{_LETTERS}]{{13}}){END}"
    f"|{TEXT}(?P<text>[{_LETTERS}]{{13}}){END}|(?<![0-9A-Za-z])(?P<bare>[{_LETTERS}]{{13}})(?![0-9A-Za-z])"
)
_OF_IDS = re.compile(f"([{ID}{PERSON}{TEXT}])(?:\\1|([{_LETTERS}]{{13}}){END})")
"""The marks alone: looking for every text that may be an id as well takes several times as long."""


class ArchiveFault(Exception):
    """A file that is not a household's zip; the text says why."""


@dataclass(frozen=True)
class Numbering:
    """Which id becomes which, on the way out."""

    ids: Sequence[int]
    """All ids of the household, ascending."""
    persons: Sequence[str]
    """All persons; the one who exports comes first."""

    def renumber(self, line: str) -> str:
        """A line as it stands in the zip."""
        return _MARKED.sub(self._renumbered, line)

    def _renumbered(self, found: re.Match[str]) -> str:
        if found["id"]:
            return f"{ID}{self._rank(found['id'])}{END}"
        if found["person"]:
            return f"{PERSON}{ids.to_text(self.persons.index(found['person']))}{END}"
        bare = found["bare"]
        if bare and (rank := self._rank(bare)):
            return f"{TEXT}{rank}{END}"
        return found[0]

    def _rank(self, text: str) -> str | None:
        number = ids.to_number(text)
        place = bisect_left(self.ids, number)
        return ids.to_text(place) if place < len(self.ids) and self.ids[place] == number else None


def pack(target: IO[bytes], contexts: Mapping[str, Iterator[str]], settings: Mapping[str, str], person: str) -> None:
    """Writes the zip of these lines by context. The same lines give the same bytes."""
    with ExitStack() as stack:
        spools = {name: stack.enter_context(TemporaryFile("w+", encoding="utf-8")) for name in contexts}
        numbering = _spooled(spools, contexts, person)
        files = {}
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for name, spool in spools.items():
                spool.seek(0)
                files[f"{name}.jsonl"] = _add(archive, f"{name}.jsonl", (numbering.renumber(line) for line in spool))
            manifest = {
                "format": FORMAT,
                "release": __version__,
                "settings": dict(settings),
                "ids": len(numbering.ids),
                "persons": len(numbering.persons),
                "files": files,
            }
            _add(archive, MANIFEST, iter([json.dumps(manifest, indent=1) + "\n"]))


def _spooled(spools: Mapping[str, IO[str]], contexts: Mapping[str, Iterator[str]], person: str) -> Numbering:
    found, persons = _Collected(), set[str]()
    for name, lines in contexts.items():
        for line in lines:
            for mark, text in _OF_IDS.findall(line):
                if mark == ID and text:
                    found.add(ids.to_number(text))
                elif mark == PERSON and text:
                    persons.add(text)
            spools[name].write(line + "\n")
    return Numbering(found.ascending(), (person, *sorted(persons - {person})))


class _Collected:
    """Whole numbers in eight bytes each: as objects, the ids of a large household take a hundred megabytes."""

    def __init__(self) -> None:
        self._new: set[int] = set()
        self._runs: list[array[int]] = []

    def add(self, number: int) -> None:
        """One more, which may be there already."""
        self._new.add(number)
        if len(self._new) == _RUN:
            self._put_away()

    def ascending(self) -> Sequence[int]:
        """All of them, each once."""
        self._put_away()
        # One by one, so that other threads go on meanwhile.
        return array("q", (number for number, _ in groupby(merge(*self._runs))))

    def _put_away(self) -> None:
        self._runs.append(array("q", sorted(self._new)))
        self._new.clear()


def _add(archive: zipfile.ZipFile, name: str, lines: Iterator[str]) -> dict[str, object]:
    digest, rows = hashlib.sha256(), 0
    # A fixed time, so that equal households give equal files.
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    with archive.open(entry, "w", force_zip64=True) as out:
        for line in lines:
            data = line.encode()
            digest.update(data)
            out.write(data)
            rows += 1
    return {"rows": rows, "sha256": digest.hexdigest()}


class PackedHousehold:
    """A household's zip that has been checked, ready to be read with fresh ids."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Mapping[str, object], person: str) -> None:
        self._archive = archive
        count, persons = _count(manifest, "ids"), _count(manifest, "persons")
        self._first = ids.new_numbers(count).start if count else 0
        self._ids = count
        self._persons = (person, *(ids.new_id() for _ in range(persons - 1)))
        settings = manifest.get("settings")
        if not isinstance(settings, dict) or not all(isinstance(settings.get(key), str) for key in _SETTINGS):
            raise ArchiveFault("its manifest names no currency and locale")
        self.settings: Mapping[str, str] = {key: settings[key] for key in _SETTINGS}

    def pages(self, context: str) -> Iterator[tuple[tuple[str, ...], bool]]:
        """The lines of a context with fresh ids, some at a time, and whether they are the last; one page at least."""
        with self._archive.open(f"{context}.jsonl") as file:
            lines = (self._renew(line) for line in _lines(file))
            page = tuple(islice(lines, AT_ONCE))
            while True:
                following = tuple(islice(lines, AT_ONCE))
                yield page, not following
                if not following:
                    return
                page = following

    def _renew(self, line: str) -> str:
        return _MARKED.sub(self._renewed, line)

    def _renewed(self, found: re.Match[str]) -> str:
        if found["id"]:
            return f"{ID}{self._fresh(found['id'])}{END}"
        if found["text"]:
            return self._fresh(found["text"])
        if found["person"]:
            number = ids.to_number(found["person"])
            if not 0 <= number < len(self._persons):
                raise ArchiveFault("it names a person that its manifest does not count")
            return f"{PERSON}{self._persons[number]}{END}"
        return found[0]

    def _fresh(self, text: str) -> str:
        number = ids.to_number(text)
        if not 0 <= number < self._ids:
            raise ArchiveFault("it names an id that its manifest does not count")
        return ids.to_text(self._first + number)


_SETTINGS = ("currency", "locale")


@contextmanager
def open_archive(file: IO[bytes], contexts: frozenset[str], person: str) -> Iterator[PackedHousehold]:
    """The zip, when it is whole and of this format. Raises ArchiveFault."""
    try:
        with zipfile.ZipFile(file) as archive:
            yield PackedHousehold(archive, _checked(archive, contexts), person)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, UnicodeDecodeError) as fault:
        raise ArchiveFault("it is no zip that can be read whole") from fault


def _checked(archive: zipfile.ZipFile, contexts: frozenset[str]) -> Mapping[str, object]:
    wanted = {MANIFEST, *(f"{name}.jsonl" for name in contexts)}
    entries = archive.infolist()
    if {entry.filename for entry in entries} != wanted or len(entries) != len(wanted):
        raise ArchiveFault("it is not the zip of a household's export")
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED or archive.getinfo(MANIFEST).file_size > CHUNK:
        raise ArchiveFault("it is larger than a household can be")
    try:
        manifest = json.loads(archive.read(MANIFEST))
    except ValueError:
        raise ArchiveFault("its manifest cannot be read") from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise ArchiveFault("its manifest is not of a format that this release reads")
    files, total = manifest.get("files"), 0
    for name in sorted(wanted - {MANIFEST}):
        said = files.get(name) if isinstance(files, dict) else None
        digest, rows = _digest(archive, name)
        total += rows
        if not isinstance(said, dict) or said.get("sha256") != digest:
            raise ArchiveFault(f"{name} is not as it was exported")
    # A false count would use up the ids of years to come.
    if max(_count(manifest, "ids"), _count(manifest, "persons") - 1) > total * MOST_IDS_PER_ROW:
        raise ArchiveFault("its manifest counts more ids than its rows can hold")
    return manifest


def _digest(archive: zipfile.ZipFile, name: str) -> tuple[str, int]:
    digest, rows = hashlib.sha256(), 0
    with archive.open(name) as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            rows += chunk.count(b"\n")
    return digest.hexdigest(), rows


def _lines(file: IO[bytes]) -> Iterator[str]:
    for line in io.TextIOWrapper(file, encoding="utf-8", newline="\n"):
        if len(line) > LONGEST_LINE:
            raise ArchiveFault("it holds a row that is too long")
        yield line.removesuffix("\n")


def _count(manifest: Mapping[str, object], name: str) -> int:
    count = manifest.get(name)
    if type(count) is not int or not 0 <= count < 1 << 32:
        raise ArchiveFault(f"its manifest counts no {name}")
    return count
