"""Random layouts of the kinds banks use are read as they were written."""

import pytest

from finapp.transactions.domain.statement import Statement
from finapp.transactions.readers.entry import read_statement
from tests.transactions.readers.any_layout import write


@pytest.mark.parametrize("seed", range(250))
def test_a_random_layout_is_read_as_it_was_written(seed: int) -> None:
    written = write(seed)
    if written.dated == "mdy" and all(day.day <= 12 for day, _, _ in written.rows):
        pytest.skip("its dates can be read both ways, and its headings may be of another country")
    statement = read_statement(written.content, country="US" if written.dated == "mdy" else "IN")
    assert isinstance(statement, Statement), statement
    assert [(row.date, row.amount, row.description) for row in statement.rows] == written.rows, written.description
    assert not statement.rejected
