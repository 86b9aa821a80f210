"""Random layouts of the kinds banks use are read as they were written."""

import pytest

from finapp.transactions.domain.statement import Statement
from finapp.transactions.readers.entry import read_statement
from tests.transactions.readers.any_layout import write


def can_be_told(seed: int) -> bool:
    """Whether nobody could take months for days: headings of another country would mislead a person as well."""
    written = write(seed)
    return written.dated != "mdy" or any(day.day > 12 for day, _, _ in written.rows)


@pytest.mark.parametrize("seed", [seed for seed in range(250) if can_be_told(seed)])
def test_a_random_layout_is_read_as_it_was_written(seed: int) -> None:
    written = write(seed)
    statement = read_statement(written.content, country="US" if written.dated == "mdy" else "IN")
    assert isinstance(statement, Statement), statement
    assert [(row.date, row.amount, row.description) for row in statement.rows] == written.rows, written.description
    assert not statement.rejected
