"""Rows kept between questions are always the rows that are there, and only changed days are read again."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finapp.kernel.months import month_of
from finapp.reports.domain.recurring import grouping
from finapp.reports.domain.recurring.book import Book
from finapp.reports.domain.recurring.detection import found_streams
from finapp.reports.domain.recurring.grouping import Separations
from finapp.reports.domain.recurring.rows import Row
from finapp.reports.domain.recurring.separation import Found
from finapp.reports.facade import histories
from finapp.reports.facade.histories import Histories
from finapp.reports.facade.households import recurring_columns
from finapp.transactions.public import Movement
from tests.reports.support import Neighbours, columns, household_rows, movement

TODAY = date(2026, 7, 15)


class Ledger(Neighbours):
    """A ledger that is written to in every way the real one is."""

    imported: list[list[Movement]]

    def __init__(self) -> None:
        super().__init__()
        self.imported = []

    def keep(self, rows: Iterable[Movement]) -> None:
        self.rows, self.writes = tuple(rows), self.writes + 1

    def import_(self, rows: list[Movement]) -> None:
        self.imported.append(rows)
        self.keep((*self.rows, *rows))

    def undo_import(self, dice: Random) -> None:
        if self.imported:
            known = {row.id for row in self.imported.pop(dice.randrange(len(self.imported)))}
            self.keep(row for row in self.rows if row.id not in known)

    def edit(self, dice: Random, **values: Any) -> None:
        if self.rows:
            place = dice.randrange(len(self.rows))
            self.keep((*self.rows[:place], replace(self.rows[place], **values), *self.rows[place + 1 :]))

    def delete(self, dice: Random) -> None:
        if self.rows:
            place = dice.randrange(len(self.rows))
            self.keep((*self.rows[:place], *self.rows[place + 1 :]))


def write(ledger: Ledger, dice: Random, step: int) -> None:
    """One write of any kind; half of the imports repeat rows of an import taken back, with new ids."""
    day = date(2025, 8, 1) + timedelta(days=dice.randrange(340))
    kind = dice.randrange(7)
    if kind == 0:
        again = dice.choice([*ledger.imported, household_rows()[:6]])
        ledger.import_([replace(row, id=f"s{step}-{n}") for n, row in enumerate(again)])
    elif kind == 1 and ledger.imported:
        rows = dice.choice(ledger.imported)
        ledger.undo_import(dice)
        ledger.import_([replace(row, id=f"t{step}-{n}") for n, row in enumerate(rows)])
    elif kind == 2:
        ledger.undo_import(dice)
    elif kind == 3:
        ledger.keep((*ledger.rows, replace(movement(0, day, "-42.00", "POS TEA"), id=f"n{step}")))
    elif kind == 4:
        ledger.edit(dice, description=f"RENAMED {step}")
    elif kind == 5:
        ledger.edit(dice, date=day, amount=Decimal(f"-{step + 1}.00"))
    else:
        ledger.delete(dice)


def from_scratch(ledger: Ledger, most: int) -> Book:
    """The book of the latest whole months with at most so many rows."""
    rows = sorted(ledger.rows, key=lambda row: (row.date, row.id))
    if len(rows) > most:
        counts = Counter(month_of(row.date) for row in rows if month_of(row.date) <= month_of(TODAY))
        sums = accumulate(counts[month] for month in sorted(counts, reverse=True))
        held = {month for month, total in zip(sorted(counts, reverse=True), sums, strict=True) if total <= most}
        rows = [row for row in rows if month_of(row.date) in held]
    return Book(recurring_columns(columns(rows), "INR"))


@pytest.mark.parametrize("most", [200_000, 60, 25])
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), between=st.lists(st.integers(1, 4), min_size=1, max_size=12))
def test_whatever_is_written_rows_and_streams_are_those_found_from_scratch(
    monkeypatch: pytest.MonkeyPatch, most: int, seed: int, between: list[int]
) -> None:
    """Several writes may lie between two questions, and the household may have more rows than are read."""
    monkeypatch.setattr(histories, "MOST_READ", most)
    ledger, dice = Ledger(), Random(seed)
    found: Any = ledger
    kept, memory, step = Histories(found), Separations(), 0
    for writes in between:
        for _ in range(writes):
            step += 1
            write(ledger, dice, step)
        book, anew = kept.book("me", TODAY, "INR", ledger.version(owner="me")), from_scratch(ledger, most)
        if not len(anew):
            continue
        assert book.rows(TODAY) == anew.rows(TODAY)
        assert book.families(TODAY) == anew.families(TODAY)
        assert (book.span(TODAY), book.seen(TODAY)) == (anew.span(TODAY), anew.seen(TODAY))
        for as_of in (TODAY, TODAY - timedelta(days=40)):
            assert found_streams(book, as_of, memory=memory) == found_streams(anew, as_of)


def test_only_the_days_that_changed_are_read_again() -> None:
    ledger = Ledger()
    found: Any = ledger
    kept = Histories(found)
    kept.book("me", TODAY, "INR", ledger.version(owner="me"))
    ledger.asked.clear()
    kept.book("me", TODAY, "INR", ledger.version(owner="me"))
    assert ledger.asked == []
    ledger.keep((*ledger.rows, replace(movement(0, date(2026, 3, 9), "-42.00", "POS TEA"), id="new")))
    kept.book("me", TODAY, "INR", ledger.version(owner="me"))
    assert ledger.asked == [(date(2026, 3, 9), date(2026, 3, 9))]


def test_of_more_rows_than_are_read_too_only_changed_days_are_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(histories, "MOST_READ", 20)
    ledger = Ledger()
    found: Any = ledger
    kept = Histories(found)
    kept.book("me", TODAY, "INR", ledger.version(owner="me"))
    ledger.asked.clear()
    for day in (date(2025, 9, 9), date(2026, 6, 9)):
        ledger.keep((*ledger.rows, replace(movement(0, day, "-42.00", "POS TEA"), id=f"on {day}")))
        kept.book("me", TODAY, "INR", ledger.version(owner="me"))
    assert ledger.asked == [(date(2026, 6, 9), date(2026, 6, 9))]


def test_only_counterparties_with_changed_rows_are_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger()
    found: Any = ledger
    kept, memory = Histories(found), Separations()
    found_streams(kept.book("me", TODAY, "INR", ledger.version(owner="me")), TODAY, memory=memory)
    looked: list[int] = []
    separate = grouping.separate

    def counting(rows: list[Row], direction: str, calendar: str) -> list[Found]:
        looked.append(len(rows))
        return separate(rows, direction, calendar)

    monkeypatch.setattr(grouping, "separate", counting)
    ledger.keep((*ledger.rows, movement(99, date(2026, 7, 14), "-25000.00", "UPI/RAVI KUMAR/RENT")))
    found_streams(kept.book("me", TODAY, "INR", ledger.version(owner="me")), TODAY, memory=memory)
    assert looked == [13]


def test_an_import_costs_its_months() -> None:
    ledger = Ledger()
    found: Any = ledger
    kept = Histories(found)
    kept.book("me", TODAY, "INR", ledger.version(owner="me"))
    ledger.asked.clear()
    ledger.import_([replace(movement(n, date(2026, 5, 20 + n), "-9.00", "POS TEA"), id=f"i{n}") for n in range(3)])
    assert len(kept.book("me", TODAY, "INR", ledger.version(owner="me")).rows(TODAY)) == len(ledger.rows)
    assert [month_of(first) for first, _ in ledger.asked if first is not None] == ["2026-05"]


def test_rows_in_another_currency_are_not_kept_for_this_one() -> None:
    ledger = Ledger()
    found: Any = ledger
    kept = Histories(found)
    assert len(kept.book("me", TODAY, "INR", ledger.version(owner="me"))) == len(ledger.rows)
    assert len(kept.book("me", TODAY, "USD", ledger.version(owner="me"))) == 0
