"""Statements of many banks are read as a person reads them: dates, signs, descriptions, balances, refusals."""

from decimal import Decimal

import pytest

from finapp.transactions.domain.statement import Statement
from finapp.transactions.readers.entry import read_statement
from tests.transactions.readers import cases_banks, cases_found, cases_more, cases_world
from tests.transactions.readers.cases_world import Case

CASES = [*cases_world.CASES, *cases_more.CASES, *cases_banks.CASES, *cases_found.CASES]


def described(statement: Statement) -> list[str]:
    return [f"{row.date} {row.amount} {row.description}" for row in statement.rows]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_layout_is_read_as_printed(case: Case) -> None:
    statement = read_statement(case.text.encode(case.encoding), **{"filename": "statement.csv", **case.options})
    assert isinstance(statement, Statement), statement
    shown = described(statement)
    assert len(shown) == len(case.rows), shown
    for found, expected in zip(shown, case.rows, strict=True):
        assert found.startswith(expected), found
    assert [f"{row.line} {row.code}" for row in statement.rejected] == list(case.rejected)
    assert [row.line for row in statement.rows if row.status == "pending"] == list(case.pending)
    if case.opening is not None:
        assert statement.opening_balance == Decimal(case.opening)
    if case.closing is not None:
        assert statement.closing_balance == Decimal(case.closing)


def test_what_an_account_holds_today_is_after_no_row() -> None:
    case = next(case for case in CASES if case.name.startswith("BoursoBank: every row"))
    statement = read_statement(case.text.encode(), filename="export.csv")
    assert isinstance(statement, Statement)
    assert [row.balance_after for row in statement.rows] == [None, None]
