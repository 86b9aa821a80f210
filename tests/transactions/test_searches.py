"""Searches that are kept, and alerts that are raised by what comes in."""

from datetime import date
from decimal import Decimal

import pytest

from finapp.kernel.errors import Invalid
from finapp.transactions.public import (
    Alert,
    AlertHit,
    InvalidQuery,
    NewSavedSearch,
    SavedSearchChanges,
    SavedSearchNotFound,
)
from tests.transactions.ledger import OWNER, PERSON, Ledger

WHO = {"owner": OWNER, "person": PERSON}
STATEMENT = b"""Date,Description,Amount
2026-06-01,UPI-SWIGGY-a@ybl,-450.00
2026-06-08,UPI-SWIGGY-b@ybl,-650.00
2026-06-20,UPI-SWIGGY-c@ybl,-900.00
2026-07-01,UPI-SWIGGY-d@ybl,-100.00
"""


def saved(ledger: Ledger, query: str, alert: Alert | None = None) -> str:
    return ledger.facade.save_search(**WHO, new=NewSavedSearch(name="Eating out", query=query, alert=alert)).id


def hits(ledger: Ledger, search_id: str | None = None) -> tuple[AlertHit, ...]:
    return ledger.facade.alert_hits(owner=OWNER, search_id=search_id, limit=50, cursor=None).items


def test_a_search_is_kept_changed_and_forgotten(ledger: Ledger) -> None:
    search_id = saved(ledger, "swiggy", Alert(kind="each"))
    changes = SavedSearchChanges(name="Food", drop_alert=True)
    changed = ledger.facade.change_search(**WHO, search_id=search_id, changes=changes)
    assert (changed.name, changed.query, changed.alert, changed.version) == ("Food", "swiggy", None, 2)
    assert [one.id for one in ledger.facade.saved_searches(owner=OWNER).items] == [search_id]
    ledger.facade.delete_search(**WHO, search_id=search_id)
    with pytest.raises(SavedSearchNotFound):
        ledger.facade.saved_search(owner=OWNER, search_id=search_id)


def test_every_row_that_is_found_from_now_on_raises_the_alert(ledger: Ledger) -> None:
    account = ledger.account()
    ledger.row(account, date(2026, 5, 1), "-999.00", "UPI-SWIGGY-old@ybl")
    search_id = saved(ledger, "swiggy or zomato", Alert(kind="each", threshold=Decimal(500)))
    assert hits(ledger) == ()
    ledger.row(account, date(2026, 5, 2), "-499.00", "UPI-SWIGGY-x@ybl")
    large = ledger.row(account, date(2026, 5, 2), "-500.00", "UPI-SWIGGY-y@ybl")
    ledger.row(account, date(2026, 5, 2), "-5000.00", "DMART")
    (hit,) = hits(ledger, search_id)
    assert (hit.amount, hit.currency, hit.period) == (-500, "INR", None)
    assert hit.transaction is not None
    assert hit.transaction.id == large.id
    assert ledger.facade.saved_search(owner=OWNER, search_id=search_id).hits == 1


def test_what_a_month_comes_to_raises_the_alert_once(ledger: Ledger) -> None:
    account = ledger.account()
    search_id = saved(ledger, "swiggy", Alert(kind="spent", threshold=Decimal(2000), period="month"))
    ledger.take(STATEMENT, account)
    (hit,) = hits(ledger, search_id)
    assert (hit.period, hit.amount, hit.transaction) == ("2026-06", 2000, None)
    ledger.row(account, date(2026, 6, 25), "-50.00", "UPI-SWIGGY-e@ybl")
    assert len(hits(ledger, search_id)) == 1
    ledger.row(account, date(2026, 7, 2), "-1900.00", "UPI-SWIGGY-f@ybl")
    assert [one.period for one in hits(ledger, search_id)] == ["2026-07", "2026-06"]


def test_weeks_run_from_monday_and_what_came_in_is_counted_apart(ledger: Ledger) -> None:
    account = ledger.account()
    search_id = saved(ledger, "is:in", Alert(kind="received", threshold=Decimal(100), period="week"))
    ledger.row(account, date(2026, 6, 7), "60.00", "SALE")
    ledger.row(account, date(2026, 6, 8), "60.00", "SALE")
    assert hits(ledger) == ()
    ledger.row(account, date(2026, 6, 14), "60.00", "SALE")
    assert [(one.period, one.amount) for one in hits(ledger, search_id)] == [("2026-W24", 120)]


def test_an_alert_that_sleeps_or_cannot_be_understood_any_more_stops_no_import(ledger: Ledger) -> None:
    account = ledger.account()
    gone = ledger.account("Gone")
    saved(ledger, "account:gone", Alert(kind="each"))
    saved(ledger, "swiggy", Alert(kind="each", active=False))
    ledger.facade.delete_account(**WHO, account_id=gone.id)
    assert ledger.take(STATEMENT, account).counts.imported == 4
    assert hits(ledger) == ()


@pytest.mark.parametrize(
    ("query", "alert", "field"),
    [
        ("  ", None, "query"),
        ("swiggy", Alert(kind="spent"), "alert.threshold"),
        ("swiggy", Alert(kind="each", period="month"), "alert.period"),
    ],
)
def test_a_search_that_makes_no_sense_is_refused(ledger: Ledger, query: str, alert: Alert | None, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        saved(ledger, query, alert)
    assert refusal.value.field == field


def test_a_query_is_refused_at_its_character(ledger: Ledger) -> None:
    with pytest.raises(InvalidQuery) as refusal:
        saved(ledger, "(swiggy")
    assert (refusal.value.field, refusal.value.position) == ("query", 0)


def test_the_hits_of_a_search_that_is_taken_back_come_and_go_with_it(ledger: Ledger) -> None:
    account = ledger.account()
    search_id = saved(ledger, "text:rent", Alert(kind="each"))
    made = ledger.facade.changes(owner=OWNER, limit=1, cursor=None).items[0]
    ledger.row(account, date(2026, 7, 1), "-100.00", "rent of July")
    assert len(hits(ledger)) == 1
    ledger.facade.undo_change(**WHO, change_id=made.id)
    assert hits(ledger) == ()
    undoing = ledger.facade.changes(owner=OWNER, limit=1, cursor=None).items[0]
    ledger.facade.undo_change(**WHO, change_id=undoing.id)
    assert len(hits(ledger, search_id)) == 1
