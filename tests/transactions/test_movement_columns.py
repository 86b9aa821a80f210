"""Whole histories as columns are the light rows, column by column."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from finapp.kernel.money import from_minor
from finapp.transactions.public import Movement, MovementColumns
from tests.transactions.ledger import OWNER, Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    found = Ledger(tmp_path)
    main, other = found.account(), found.account("Second", "savings")
    for day in (date(2026, 3, 1), date(2026, 1, 3), date(2026, 2, 24)):
        found.row(main, day, "-100.50", "BIGBASKET ORDER", "groceries")
        found.row(other, day, "2000.07", "SALARY ACME", "income_salary")
    yield found
    found.database.close()


def beside(rows: tuple[Movement, ...], found: MovementColumns) -> list[tuple[Movement, Movement]]:
    """What the columns say beside what the rows say, one pair a row."""
    columns = zip(found.ids, found.dates, found.amounts, found.descriptions, found.kinds, strict=True)
    said = []
    for row, (number, day, amount, text, place) in zip(rows, columns, strict=True):
        kind = found.of_kind[place]
        exact = from_minor(amount, kind.currency)
        told = Movement(
            id=number,
            date=day,
            amount=exact,
            description=text,
            need=row.need,
            transfer_id=row.transfer_id,
            **vars(kind),
        )
        said.append((row, told))
    return said


@pytest.mark.parametrize(
    ("first", "last"), [(None, None), (date(2026, 2, 1), None), (date(2026, 1, 3), date(2026, 2, 24))]
)
def test_columns_are_the_light_rows_in_their_order(ledger: Ledger, first: date | None, last: date | None) -> None:
    rows = ledger.facade.movements(owner=OWNER, first=first, last=last).rows
    found = ledger.facade.movement_columns(owner=OWNER, first=first, last=last)
    assert len(rows) in (2, 4, 6)
    assert not found.truncated
    assert all(row == told for row, told in beside(rows, found))


def test_the_oldest_rows_are_given_when_there_are_too_many(ledger: Ledger) -> None:
    found = ledger.facade.movement_columns(owner=OWNER, first=None, last=None, limit=4)
    assert found.truncated
    assert found.ids == ledger.facade.movement_columns(owner=OWNER, first=None, last=None).ids[:4]


def test_a_household_without_rows_has_empty_columns(ledger: Ledger) -> None:
    found = ledger.facade.movement_columns(owner=OWNER, first=date(2030, 1, 1), last=None)
    assert (found.ids, found.kinds, found.of_kind, found.truncated) == ((), (), (), False)
