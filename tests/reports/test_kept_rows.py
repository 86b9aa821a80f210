"""Rows kept between questions are always the rows that are there, and only changed months are read again."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finapp.kernel import ids
from finapp.kernel.months import month_of
from finapp.reports.domain.recurring.book import Book
from finapp.reports.facade.histories import Histories
from finapp.reports.facade.households import recurring_columns
from finapp.transactions.public import Movement
from tests.reports.support import Neighbours, columns, household_rows, movement

TODAY = date(2026, 7, 15)


class Ledger(Neighbours):
    """A ledger that is written to as the real one is: imports have periods, changes by a person have kinds."""

    def said(self, kind: str) -> None:
        self.writes += 1
        self.changed.append(SimpleNamespace(id=ids.new_id(), kind=kind))

    def import_(self, rows: list[Movement]) -> None:
        self.writes += 1
        days = [row.date for row in rows]
        self.imported.append(SimpleNamespace(id=ids.new_id(), period_first=min(days), period_last=max(days), rows=rows))
        self.rows = (*self.rows, *rows)

    def undo_import(self, dice: Random) -> None:
        if self.imported:
            gone = self.imported.pop(dice.randrange(len(self.imported)))
            known = {row.id for row in gone.rows}
            self.rows, self.writes = tuple(row for row in self.rows if row.id not in known), self.writes + 1

    def edit(self, dice: Random, kind: str, **values: Any) -> None:
        if self.rows:
            place = dice.randrange(len(self.rows))
            row = replace(self.rows[place], **values)
            self.rows = (*self.rows[:place], row, *self.rows[place + 1 :])
            self.said(kind)

    def delete(self, dice: Random) -> None:
        if self.rows:
            place = dice.randrange(len(self.rows))
            self.rows = (*self.rows[:place], *self.rows[place + 1 :])
            self.said("deleted")


def write(ledger: Ledger, dice: Random, step: int) -> None:
    """One write of any kind; half of the imports repeat rows of an import taken back, with new ids."""
    day = date(2025, 8, 1) + timedelta(days=dice.randrange(340))
    kind = dice.randrange(7)
    if kind == 0:
        again = dice.choice([*(one.rows for one in ledger.imported), household_rows()[:6]])
        ledger.import_([replace(row, id=f"s{step}-{n}") for n, row in enumerate(again)])
    elif kind == 1 and ledger.imported:
        rows = list(dice.choice(ledger.imported).rows)
        ledger.undo_import(dice)
        ledger.import_([replace(row, id=f"t{step}-{n}") for n, row in enumerate(rows)])
    elif kind == 2:
        ledger.undo_import(dice)
    elif kind == 3:
        ledger.rows = (*ledger.rows, replace(movement(0, day, "-42.00", "POS TEA"), id=f"n{step}"))
        ledger.said("created")
    elif kind == 4:
        ledger.edit(dice, "changed", description=f"RENAMED {step}")
    elif kind == 5:
        ledger.edit(dice, "bulk", date=day, amount=Decimal(f"-{step + 1}.00"))
    else:
        ledger.delete(dice)


def expected(ledger: Ledger) -> list[Any]:
    rows = sorted((row for row in ledger.rows if row.date <= TODAY), key=lambda row: (row.date, row.id))
    return list(Book(recurring_columns(columns(rows), "INR")).rows(TODAY))


@settings(max_examples=60)
@given(seed=st.integers(0, 2**32), between=st.lists(st.integers(1, 4), min_size=1, max_size=12))
def test_whatever_is_written_the_kept_rows_are_those_of_the_ledger(seed: int, between: list[int]) -> None:
    """Several writes may lie between two questions."""
    ledger, dice = Ledger(), Random(seed)
    found: Any = ledger
    histories, step = Histories(found), 0
    for writes in between:
        for _ in range(writes):
            step += 1
            write(ledger, dice, step)
        assert list(histories.book("me", TODAY, "INR", ledger.version(owner="me")).rows(TODAY)) == expected(ledger)


@pytest.mark.parametrize(("kind", "whole"), [("created", False), ("changed", True)])
def test_only_the_months_that_changed_are_read_again(kind: str, whole: bool) -> None:
    """A new row shows in the sums of its month; a changed text shows in none, so that all is read again."""
    ledger = Ledger()
    found: Any = ledger
    histories = Histories(found)
    histories.book("me", TODAY, "INR", ledger.version(owner="me"))
    ledger.asked.clear()
    histories.book("me", TODAY, "INR", ledger.version(owner="me"))
    assert ledger.asked == []
    ledger.rows = (*ledger.rows, replace(movement(0, date(2026, 3, 9), "-42.00", "POS TEA"), id="new"))
    ledger.said(kind)
    histories.book("me", TODAY, "INR", ledger.version(owner="me"))
    assert ledger.asked == ([(None, None)] if whole else [(date(2026, 3, 1), date(2026, 3, 31))])


def test_an_import_costs_its_months() -> None:
    ledger = Ledger()
    found: Any = ledger
    histories = Histories(found)
    histories.book("me", TODAY, "INR", ledger.version(owner="me"))
    ledger.asked.clear()
    ledger.import_([replace(movement(n, date(2026, 5, 20 + n), "-9.00", "POS TEA"), id=f"i{n}") for n in range(3)])
    assert len(histories.book("me", TODAY, "INR", ledger.version(owner="me")).rows(TODAY)) == len(ledger.rows)
    assert [month_of(first) for first, _ in ledger.asked if first is not None] == ["2026-05"]


def test_rows_in_another_currency_are_not_kept_for_this_one() -> None:
    ledger = Ledger()
    found: Any = ledger
    histories = Histories(found)
    assert len(histories.book("me", TODAY, "INR", ledger.version(owner="me"))) == len(ledger.rows)
    assert len(histories.book("me", TODAY, "USD", ledger.version(owner="me"))) == 0
