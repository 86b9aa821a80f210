"""A file that was cut off on its way says so: a part is not taken for the whole, nor half an amount for an amount."""

from decimal import Decimal

import pytest

from finapp.transactions.domain.statement import Statement
from finapp.transactions.readers.entry import read_statement
from finapp.transactions.readers.errors import UnreadableStatement
from tests.transactions.readers.test_formats import MT940, OFX1, QIF


def read(text: str, filename: str = "statement.csv") -> Statement:
    found = read_statement(text.encode(), filename=filename, country="IN")
    assert isinstance(found, Statement)
    return found


@pytest.mark.parametrize("share", [0.7, 0.8, 0.9, 0.98])
def test_an_ofx_file_without_its_end_is_refused(share: float) -> None:
    with pytest.raises(UnreadableStatement) as refused:
        read(OFX1[: int(len(OFX1) * share)], "a.ofx")
    assert refused.value.reason == "truncated"


def test_a_swift_message_without_its_closing_balance_is_refused() -> None:
    with pytest.raises(UnreadableStatement) as refused:
        read(MT940[: MT940.index(":62F:")], "a.sta")
    assert refused.value.reason == "truncated"


def test_the_last_entry_of_a_qif_file_that_ends_inside_it_is_rejected() -> None:
    cut = QIF[: QIF.index("T1,000.00") + len("T1,0")]
    found = read(cut, "a.qif")
    assert [row.amount for row in found.rows] == [Decimal("-54.32")]
    assert [(row.code, "cut off" in row.message) for row in found.rejected] == [("unreadable", True)]
    assert len(read(QIF.rstrip().removesuffix("^"), "a.qif").rows) == 2


def test_the_last_row_of_a_table_that_ends_inside_it_is_rejected() -> None:
    head = "Date,Description,Amount,Balance\n2026-01-05,A,-1.00,99.00\n2026-01-16,B,-2.00,97.00\n"
    text = f"{head}2026-01-18,SHOP,-54.32,42.68"
    assert len(read(text).rows) == 3
    found = read(text.removesuffix("4.32,42.68"))
    assert [row.amount for row in found.rows] == [Decimal(-1), Decimal(-2)]
    assert [(row.line, row.code) for row in found.rejected] == [(4, "unreadable")]
    # A writer that leaves empty cells out ends its lines.
    assert len(read(text.removesuffix(",42.68") + "\n").rows) == 3
