"""A large file is read in batches: the same rows whatever the batch, no row lost, constant memory."""

import io
import tracemalloc
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finapp.transactions.domain.statement import Statement
from finapp.transactions.readers.delimited import Reading, open_delimited
from finapp.transactions.readers.detection import Context
from finapp.transactions.readers.entry import read_statement

FIXTURES = Path(__file__).parent / "fixtures"


def opened(content: bytes) -> Reading:
    reading = open_delimited(io.BytesIO(content), Context())
    assert isinstance(reading, Reading)
    return reading


@pytest.mark.parametrize("name", sorted(path.name for path in FIXTURES.iterdir()))
def test_batches_of_one_give_the_rows_of_the_whole(name: str) -> None:
    content = (FIXTURES / name).read_bytes()
    whole = read_statement(content)
    assert isinstance(whole, Statement)
    batches = list(opened(content).batches(1))
    assert tuple(row for batch in batches for row in batch.rows) == whole.rows
    assert tuple(row for batch in batches for row in batch.rejected) == whole.rejected


@given(
    st.lists(st.tuples(st.integers(0, 3000), st.integers(-(10**9), 10**9).filter(bool),
                       st.text("abcXYZ 0123,;\"'\n&", max_size=30)), min_size=3, max_size=40)
)  # fmt: skip
def test_every_data_row_comes_out_as_printed(rows: list[tuple[int, int, str]]) -> None:
    import csv
    from decimal import Decimal

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Date", "Description", "Amount", "Currency"])
    expected = []
    for days, cents, text in rows:
        day = date(2018, 1, 1) + timedelta(days=days)
        writer.writerow([day.isoformat(), f"Shop {text}", f"{Decimal(cents) / 100:.2f}", "EUR"])
        expected.append((day, Decimal(cents) / 100))
    answer = read_statement(out.getvalue().encode())
    if isinstance(answer, Statement):
        found = [(row.date, row.amount) for row in answer.rows]
        assert found in (expected, [(day, -amount) for day, amount in expected])
        assert not answer.rejected
    else:
        assert answer.question == "sign"


def test_memory_does_not_grow_with_the_file() -> None:
    def peak(count: int) -> int:
        lines = (f"{i % 28 + 1:02d}/01/2026,SHOP {i},-{i % 90}.50\n" for i in range(count))
        source = io.BytesIO(("Date,Description,Amount\n" + "".join(lines)).encode())
        reading = open_delimited(source, Context())
        assert isinstance(reading, Reading)
        tracemalloc.start()
        read = sum(len(batch.rows) for batch in reading.batches(1000))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert read == count
        return most

    peak(500)
    small, large = peak(3_000), peak(30_000)
    assert large < 2 * small + 500_000


@pytest.mark.parametrize(("pattern", "order"), [("%d/%m/%Y", "dmy"), ("%m/%d/%Y", "mdy")])
def test_a_file_whose_first_days_can_be_read_both_ways_is_decided_by_a_later_row(pattern: str, order: str) -> None:
    days = [date(2026, 3, 1) + timedelta(days=i // 400) for i in range(8000)]
    text = "Date,Description,Amount\n" + "".join(f"{day.strftime(pattern)},SHOP,-1.50\n" for day in days)
    for country in ("IN", "US"):
        reading = open_delimited(io.BytesIO(text.encode()), Context(country=country))
        assert isinstance(reading, Reading)
        assert reading.mapping.date_order == order
        batches = list(reading.batches())
        assert [row.date for batch in batches for row in batch.rows] == days
        assert not any(batch.rejected for batch in batches)
