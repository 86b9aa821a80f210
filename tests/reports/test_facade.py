"""What the household says about its streams stays, is its own, and goes with it."""

from datetime import date
from pathlib import Path

import pytest

from finapp.auth.public import HouseholdDeleted
from finapp.kernel import ids
from finapp.reports.listeners import on_household_deleted
from finapp.reports.public import StreamChange, StreamNotFound
from tests.reports.support import CLOCK, TODAY, Neighbours, facade, household_rows, movement
from tests.support import database


def test_a_decision_survives_new_rows_and_belongs_to_one_household(tmp_path: Path) -> None:
    store = database("reports", tmp_path, CLOCK)
    neighbours = Neighbours(rows=tuple(row for row in household_rows() if row.date < date(2026, 5, 1)))
    reports = facade(store, neighbours)
    mine, other = ids.new_id(), ids.new_id()
    rent = next(s for s in reports.recurring_payments(owner=mine, as_of=TODAY).streams if s.anchor == "day 7")
    change = StreamChange(decision="confirmed", name="Rent")
    reports.change_stream(owner=mine, person=mine, stream_id=rent.id, change=change, as_of=TODAY)
    before = reports.version(owner=mine)
    neighbours.rows = (*household_rows(), movement(99, date(2026, 7, 9), "-120.00", "POS TEA STALL"))
    assert reports.version(owner=mine) != before
    kept = next(s for s in reports.recurring_payments(owner=mine, as_of=TODAY).streams if s.id == rent.id)
    assert (kept.name, kept.decision, kept.occurrences) == ("Rent", "confirmed", 12)
    theirs = next(s for s in reports.recurring_payments(owner=other, as_of=TODAY).streams if s.anchor == "day 7")
    assert theirs.decision is None
    store.close()


def test_taking_a_decision_back_leaves_the_stream(tmp_path: Path) -> None:
    store = database("reports", tmp_path, CLOCK)
    reports = facade(store, Neighbours())
    owner = ids.new_id()
    stream = reports.recurring_payments(owner=owner, as_of=TODAY).streams[0]
    for change, expected in (
        (StreamChange(decision="confirmed"), "confirmed"),
        (StreamChange(clear_decision=True), None),
    ):
        found = reports.change_stream(owner=owner, person=owner, stream_id=stream.id, change=change, as_of=TODAY)
        assert found.decision == expected
    with pytest.raises(StreamNotFound):
        reports.change_stream(
            owner=owner, person=owner, stream_id="unknown", change=StreamChange(name="x"), as_of=TODAY
        )
    store.close()


def test_a_deleted_household_leaves_nothing(tmp_path: Path) -> None:
    store = database("reports", tmp_path, CLOCK)
    reports = facade(store, Neighbours())
    owner = ids.new_id()
    stream = reports.recurring_payments(owner=owner, as_of=TODAY).streams[0]
    change = StreamChange(decision="dismissed")
    reports.change_stream(owner=owner, person=owner, stream_id=stream.id, change=change, as_of=TODAY)
    assert len(reports.recurring_payments(owner=owner, as_of=TODAY).streams) == 2
    with store.write(owner) as unit:
        on_household_deleted(unit, HouseholdDeleted(owner=owner))
    assert len(reports.recurring_payments(owner=owner, as_of=TODAY).streams) == 3
    store.close()
