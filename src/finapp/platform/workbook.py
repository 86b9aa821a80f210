"""XLSX (ECMA-376), written row by row: what a spreadsheet needs to open it, and nothing else.

A library makes an object of each cell first, which takes ten times as long as writing it and a third of a second to
import, while nobody else is answered.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import chain, count, islice
from typing import IO
from xml.sax.saxutils import escape, quoteattr

Cell = str | int | Decimal | date | None
MOST_ROWS = 1_048_576
"""Of one sheet, as every spreadsheet has it; what is longer goes on in a further sheet under the same heading."""
_TOGETHER = 500
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_EPOCH = date(1899, 12, 30)
_LEAP = 60
"""Spreadsheets count a 29th of February 1900: days before it have a number less."""
_DATE, _FIRST_OWN = 1, 164
"""The style of dates, and the number from which on formats are one's own."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table; the first row is its heading. Amounts are numbers with the decimals they have, texts never formulas."""

    name: str
    rows: Iterable[Sequence[Cell]]


def write_workbook(target: IO[bytes], sheets: Iterable[Sheet]) -> None:
    """Writes the sheets, each of them read when those before are written. `target` must be seekable."""
    names, styles = list[str](), _Styles()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, rows in chain.from_iterable(map(_cut, sheets)):
            names.append(name)
            with package.open(f"xl/worksheets/sheet{len(names)}.xml", "w") as out:
                _write(out, rows, styles)
        for path, content in _parts(names, styles):
            package.writestr(path, _XML + content)


def _cut(sheet: Sheet) -> Iterator[tuple[str, Iterable[Sequence[Cell]]]]:
    rows = iter(sheet.rows)
    heading = list(islice(rows, 1))
    for number in count(1):
        first = list(islice(rows, 1))
        if number > 1 and not first:
            return
        name = sheet.name if number == 1 else f"{sheet.name} {number}"
        yield name, chain(heading, first, islice(rows, MOST_ROWS - 2))


class _Styles:
    """The styles in use: plain, a date, and one for each number of decimals."""

    def __init__(self) -> None:
        self._decimals: dict[int, int] = {}

    def of(self, places: int) -> int:
        """The number of the style with so many decimals."""
        return self._decimals.setdefault(places, _DATE + 1 + len(self._decimals))

    def formats(self) -> list[str]:
        """The formats of the styles after the plain one."""
        return ["yyyy-mm-dd", *(f"0.{'0' * places}" if places else "0" for places in self._decimals)]


def _write(out: IO[bytes], rows: Iterable[Sequence[Cell]], styles: _Styles) -> None:
    out.write(f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
    numbered = enumerate(rows, 1)
    while some := "".join(_row(number, row, styles) for number, row in islice(numbered, _TOGETHER)):
        out.write(some.encode())
    out.write(b"</sheetData></worksheet>")


def _row(number: int, row: Sequence[Cell], styles: _Styles) -> str:
    cells = "".join(
        _cell(f"{_letters(place)}{number}", value, styles) for place, value in enumerate(row) if value is not None
    )
    return f'<row r="{number}">{cells}</row>'


def _cell(where: str, value: Cell, styles: _Styles) -> str:
    if isinstance(value, str):
        text = escape(_UNSTORABLE.sub("", value))
        return f'<c r="{where}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    if isinstance(value, date):
        day = (value - _EPOCH).days
        return f'<c r="{where}" s="{_DATE}"><v>{day - 1 if day <= _LEAP else day}</v></c>'
    if isinstance(value, Decimal):
        style = styles.of(max(-int(value.as_tuple().exponent), 0))
        return f'<c r="{where}" s="{style}"><v>{value:f}</v></c>'
    return f'<c r="{where}"><v>{value}</v></c>'


@cache
def _letters(place: int) -> str:
    """The name of a column: A to Z, then AA."""
    high, low = divmod(place, 26)
    return (_letters(high - 1) if high else "") + chr(ord("A") + low)


def _parts(names: Sequence[str], styles: _Styles) -> Iterator[tuple[str, str]]:
    """What belongs to a workbook besides its sheets."""
    numbered = list(enumerate(names, 1))
    types = "".join(
        f'<Override PartName="/xl/{path}" ContentType="{_TYPE}.{kind}+xml"/>'
        for path, kind in (
            ("workbook.xml", "sheet.main"),
            ("styles.xml", "styles"),
            *((f"worksheets/sheet{number}.xml", "worksheet") for number, _ in numbered),
        )
    )
    default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    yield "[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types">{default}{types}</Types>'
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>' for number, name in numbered
    )
    yield "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'
    targets = [("worksheet", f"worksheets/sheet{number}.xml") for number, _ in numbered]
    yield "xl/_rels/workbook.xml.rels", _relations([*targets, ("styles", "styles.xml")])
    yield "xl/styles.xml", _style_sheet(styles.formats())


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    found = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{found}</Relationships>'


def _style_sheet(formats: Sequence[str]) -> str:
    own = list(enumerate(formats, _FIRST_OWN))
    written = "".join(f'<numFmt numFmtId="{number}" formatCode="{code}"/>' for number, code in own)
    used = "".join(f'<xf numFmtId="{number}" xfId="0" applyNumberFormat="1"/>' for number, _ in own)
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="{len(own)}">{written}</numFmts>'
        '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(own) + 1}"><xf numFmtId="0" xfId="0"/>{used}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
