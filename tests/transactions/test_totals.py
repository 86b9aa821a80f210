"""Sums of any periods and of any filter are those of the days they are made of."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from finapp.kernel.errors import Invalid
from finapp.transactions.public import DailyTotal, TransactionChanges, TransactionFilter
from tests.transactions.ledger import OWNER, PERSON, Ledger

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
DAYS = (date(2026, 1, 3), date(2026, 1, 24), date(2026, 1, 25), date(2026, 2, 24), date(2026, 3, 1))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    found = Ledger(tmp_path)
    main, other = found.account(), found.account("Second", "savings")
    for day in DAYS:
        found.row(main, day, "-100.50", "BIGBASKET ORDER", "groceries")
        found.row(other, day, "-20", "UPI-SWIGGY", "dining")
    yield found
    found.database.close()


def test_a_period_has_what_its_days_have(ledger: Ledger) -> None:
    periods = ((date(2025, 12, 25), date(2026, 1, 24)), (date(2026, 1, 25), date(2026, 2, 24)))
    found = ledger.facade.period_totals(owner=OWNER, periods=periods)
    for first, last in periods:
        days = ledger.facade.daily_totals(owner=OWNER, first=first, last=last)
        assert _added(days) == _added(each for each in found if each.day == first)
    assert {each.day for each in found} == {first for first, _ in periods}


def test_many_periods_are_asked_in_parts(ledger: Ledger) -> None:
    every = tuple((day, day) for day in _days(500))
    found = ledger.facade.period_totals(owner=OWNER, periods=every)
    assert found == ledger.facade.daily_totals(owner=OWNER, first=FIRST, last=every[-1][1])
    with pytest.raises(Invalid, match="periods"):
        ledger.facade.period_totals(owner=OWNER, periods=every * 9)


def test_a_filter_adds_up_to_its_rows(ledger: Ledger) -> None:
    account = ledger.facade.accounts(owner=OWNER).items[0].id
    whole = ledger.facade.filtered_totals(owner=OWNER, where=TransactionFilter(account_id=account))
    assert whole == ledger.facade.daily_totals(owner=OWNER, first=FIRST, last=LAST, account_id=account)
    words = ledger.facade.filtered_totals(owner=OWNER, where=TransactionFilter(query="swiggy"))
    assert {each.category_id for each in words} == {"dining"}
    assert sum(each.count for each in words) == len(DAYS)


def test_a_member_has_the_rows_of_the_accounts_they_opened(ledger: Ledger) -> None:
    mine = ledger.facade.filtered_totals(owner=OWNER, where=TransactionFilter(person=PERSON))
    assert sum(each.count for each in mine) == 2 * len(DAYS)
    assert ledger.facade.filtered_totals(owner=OWNER, where=TransactionFilter(person=OWNER)) == ()


def _days(count: int) -> list[date]:
    return [date.fromordinal(FIRST.toordinal() + number) for number in range(count)]


def _added(found: object) -> dict[tuple[object, ...], tuple[object, int]]:
    sums: dict[tuple[object, ...], tuple[object, int]] = {}
    items: tuple[DailyTotal, ...] = tuple(found)  # type: ignore[arg-type]
    for each in items:
        key = (each.category_id, each.flow, each.need, each.currency)
        amount, count = sums.get(key, (0, 0))
        sums[key] = (amount + each.amount, count + each.count)  # type: ignore[operator]
    return sums


def test_a_pair_of_equal_debits_is_found_and_a_habit_is_not(ledger: Ledger) -> None:
    main = ledger.facade.accounts(owner=OWNER).items[0]
    for day in (7, 8):
        ledger.row(main, date(2026, 1, day), "-499.00", "NETFLIX", "subscriptions")
    first, last = date(2026, 1, 1), date(2026, 1, 31)
    (found,) = ledger.facade.repeated_debits(owner=OWNER, first=date(2026, 1, 4), last=date(2026, 1, 20))
    assert (found.amount, found.first_on, found.last_on) == (Decimal("-499.00"), date(2026, 1, 7), date(2026, 1, 8))
    assert len(set(found.transaction_ids)) == 2
    ledger.row(main, date(2026, 1, 9), "-499.00", "NETFLIX", "subscriptions")
    assert all(each.amount != -499 for each in ledger.facade.repeated_debits(owner=OWNER, first=first, last=last))


def test_only_the_days_that_a_write_touches_have_changed(ledger: Ledger) -> None:
    facade = ledger.facade
    before = facade.version(owner=OWNER)
    row = facade.transactions(owner=OWNER, where=TransactionFilter(last=date(2026, 1, 3)), limit=1, cursor=None).items[
        0
    ]
    facade.change_transaction(
        owner=OWNER, person=PERSON, transaction_id=row.id, changes=TransactionChanges(date=date(2026, 4, 2))
    )
    assert facade.changed_days(owner=OWNER, since=before) == (row.date, date(2026, 4, 2))
    assert facade.changed_days(owner=OWNER, since=facade.version(owner=OWNER)) == ()
    assert facade.changed_days(owner=OWNER, since="yesterday") is None


def test_sums_that_are_made_again_have_changed(ledger: Ledger) -> None:
    before = ledger.facade.version(owner=OWNER)
    ledger.facade.repair()
    rows = ledger.facade.movements(owner=OWNER, first=None, last=None).rows
    assert ledger.facade.changed_days(owner=OWNER, since=before) == tuple(sorted({row.date for row in rows}))
