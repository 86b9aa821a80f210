"""Damaged files are read, asked about or refused in words; they never break the reader."""

import random
from pathlib import Path

import pytest

from finapp.transactions.domain.statement import NeedsMapping
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
