"""Damaged files are read, asked about or refused in words; they never break the reader."""

import io
import random
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from finapp.transactions.domain.statement import NeedsMapping, Statement
from finapp.transactions.readers.entry import read_statement
from finapp.transactions.readers.errors import UnreadableStatement
from tests.transactions.readers.pdf_writer import pdf, table
from tests.transactions.readers.test_formats import BANK_PDF, CAMT, COLUMNS, MT940, OFX1, QIF, workbook

FIXTURES = Path(__file__).parent / "fixtures"
WHOLE = {
    **{path.name: path.read_bytes() for path in sorted(FIXTURES.iterdir())},
    "ofx": OFX1.encode(),
    "qif": QIF.encode(),
    "camt": CAMT.encode(),
    "mt940": MT940.encode(),
    "xlsx": workbook(),
    "pdf": pdf([table(BANK_PDF, COLUMNS)]),
}


def damaged(content: bytes, chance: random.Random) -> bytes:
    data = bytearray(content)
    for _ in range(chance.choice([1, 2, 5, 20])):
        at = chance.randrange(len(data) + 1)
        kind = chance.randrange(4)
        if kind == 0 and data:
            data[at % len(data)] = chance.randrange(256)
        elif kind == 1:
            del data[at : at + chance.randrange(1, 60)]
        elif kind == 2:
            data[at:at] = bytes(
                chance.choice(b',;"\n\t 0123456789-./=()ABCxyz') for _ in range(chance.randrange(1, 12))
            )
        else:
            start = chance.randrange(len(data) + 1)
            data[at:at] = data[start : start + 80]
    return bytes(data) if chance.random() > 0.1 else bytes(data[: chance.randrange(len(data) + 1)])


@pytest.mark.parametrize("name", list(WHOLE))
def test_a_damaged_file_never_breaks_the_reader(name: str) -> None:
    chance = random.Random(name)
    for _ in range(25):
        assert outcome(damaged(WHOLE[name], chance), name)


def outcome(content: bytes, name: str) -> str:
    """What the reader says: the format, the question, or the refusal."""
    try:
        answer = read_statement(content, filename=name)
    except UnreadableStatement as refused:
        return refused.message
    return answer.question if isinstance(answer, NeedsMapping) else answer.format


@pytest.mark.parametrize(
    "content",
    [
        b"Date,Description,Amount\n" + b"," * 50_000 + b"\n2026-01-01,a,1\n",
        b"Date,Description,Amount\n2026-01-01," + b"x" * 2_000_000 + b",1.00\n",
    ],
    ids=["columns", "line"],
)
def test_lines_beyond_any_statement_are_refused(content: bytes) -> None:
    with pytest.raises(UnreadableStatement) as refused:
        read_statement(content)
    assert refused.value.reason == "too_large"


def archive(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        for name in names:
            opened.writestr(name, "x")
    return made.getvalue()


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("Index/Document.iwa",), "Numbers"),
        (("word/document.xml",), "Word"),
        (("jan.csv", "feb.csv"), "jan.csv, feb.csv"),
    ],
)
def test_an_archive_that_is_no_workbook_is_refused_with_what_to_do(names: tuple[str, ...], said: str) -> None:
    with pytest.raises(UnreadableStatement, match=said):
        read_statement(archive(*names))


def test_a_page_written_in_one_line_has_its_rows() -> None:
    cells = [("Date", "Description", "Amount"), ("28/01/2026", "SHOP", "-5.00"), ("29/01/2026", "CAFE", "-6.00")]
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in cells)
    found = read_statement(f"<html><body><table>{rows}</table></body></html>".encode(), filename="statement.xls")
    assert isinstance(found, Statement)
    assert [row.description for row in found.rows] == ["SHOP", "CAFE"]


def test_zero_bytes_inside_a_text_are_left_out() -> None:
    found = read_statement(b"Date,Description,Amount\n2026-01-28,SH\x00OP,-5.00\n2026-01-29,CAFE,-6.00\n")
    assert isinstance(found, Statement)
    assert found.rows[0].description == "SHOP"


_OPENED = [
    # Open until the end of the file.
    '02/02/2026,"POS SHOP,-2.00\n03/02/2026,BREAD,-3.00\n',
    # Closed by the next quotation mark: one row would be lost.
    '02/02/2026,"POS SHOP,-2.00\n03/02/2026,"BREAD, RYE",-3.00\n',
]


@pytest.mark.parametrize("text", _OPENED)
def test_a_missing_quotation_mark_is_seen_through_in_the_first_rows_and_refused_with_its_line_below(text: str) -> None:
    head = "Date,Description,Amount\n"
    found = read_statement(f"{head}01/02/2026,TEA,-1.00\n{text}".encode(), filename="open.csv", country="IN")
    assert isinstance(found, Statement)
    assert [row.amount for row in found.rows] == [Decimal(-1), Decimal(-2), Decimal(-3)]
    long = head + "01/02/2026,TEA,-1.00\n" * 3_000 + text
    with pytest.raises(UnreadableStatement, match="line 3002 cannot be read: a quotation mark is missing"):
        read_statement(long.encode(), filename="open.csv", country="IN")


def test_a_text_of_several_lines_is_no_missing_quotation_mark() -> None:
    text = (
        'Date,Description,Amount,Balance\n01/02/2026,"TRANSFER ON\n31/01/2026",-1.00,9.00\n13/02/2026,TEA,-2.00,7.00\n'
    )
    found = read_statement(text.encode(), filename="lines.csv", country="IN")
    assert isinstance(found, Statement)
    assert [row.amount for row in found.rows] == [Decimal("-1.00"), Decimal("-2.00")]
