"""Kept facts give the same answers as the rows they stand for."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finapp.kernel.months import Month, first_day, last_day, month_of, months_between
from finapp.transactions.public import TransactionChanges, TransactionFilter
from finapp.transactions.store.periods import parted, whole_years
from tests.transactions.ledger import OWNER, PERSON, Ledger

_days = st.dates(date(1, 1, 1), date(9999, 12, 31)) | st.dates(date(2026, 1, 1), date(2026, 5, 1))


@given(first=_days, last=_days)
def test_the_parts_of_a_period_cover_it_once(first: date, last: date) -> None:
    parts = parted(first, last)
    spans = list(parts.days)
    if parts.months is not None:
        spans.append((first_day(parts.months[0]), last_day(parts.months[1])))
    spans = sorted(span for span in spans if span[0] <= span[1])
    if first > last:
        assert spans == []
        return
    assert spans[0][0] == first
    assert spans[-1][1] == last
    assert all(earlier[1] + timedelta(days=1) == later[0] for earlier, later in pairwise(spans))
    assert all(day[1] - day[0] < timedelta(days=61) for day in parts.days)


@given(first=_days, last=_days)
def test_the_years_and_months_of_whole_months_cover_them_once(first: date, last: date) -> None:
    if month_of(first) > month_of(last):
        return
    years, rest = whole_years(month_of(first), month_of(last))
    spans = [tuple(map(str, span)) for span in rest]
    if years is not None:
        spans.append((f"{years[0]}-01", f"{years[1]}-12"))
    spans.sort()
    assert (spans[0][0], spans[-1][1]) == (month_of(first), month_of(last))
    assert all(earlier[1] < later[0] for earlier, later in pairwise(spans))
    covered = [each for begin, end in spans for each in months_between(Month(begin), Month(end))]
    assert covered == list(months_between(month_of(first), month_of(last)))
    assert all(begin[:4] == end[:4] for begin, end in rest) or years is None


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    everyday, card = ledger.account("Everyday"), ledger.account("Card", "credit_card")
    start = date(2026, 1, 20)
    for number in range(40):
        day = start + timedelta(days=3 * number)
        ledger.row(everyday, day, str(-10 - number % 7), "SWIGGY", ("groceries", "dining", None)[number % 3])
        ledger.row(card, day, "-20", "TESCO")
    ledger.row(everyday, start, "50000", "SALARY ACME")
    return ledger


@pytest.mark.parametrize(
    "where",
    [
        TransactionFilter(),
        TransactionFilter(first=date(2026, 2, 11), last=date(2026, 4, 7)),
        TransactionFilter(first=date(2026, 2, 11)),
        TransactionFilter(last=date(2026, 3, 31), category_id="groceries"),
        TransactionFilter(flows=("expense",), needs=("essential",)),
        TransactionFilter(category_id="g_food"),
        TransactionFilter(first=date(2026, 4, 7), last=date(2026, 2, 11)),
        TransactionFilter(first=date(9999, 12, 15)),
        TransactionFilter(query="swiggy"),
    ],
    ids=str,
)
def test_the_count_of_each_month_is_that_of_the_rows(filled: Ledger, where: TransactionFilter) -> None:
    rows = filled.facade.transactions(owner=OWNER, where=where, limit=500, cursor=None).items
    outline = filled.facade.outline(owner=OWNER, where=where)
    assert {each.month: each.count for each in outline.months} == Counter(str(row.date)[:7] for row in rows)
    assert outline.total == len(rows)


def test_a_balance_is_that_of_the_rows_on_any_day(filled: Ledger) -> None:
    rows = filled.facade.transactions(owner=OWNER, where=TransactionFilter(), limit=500, cursor=None).items
    for day in (date(2026, 1, 1), date(2026, 1, 20), date(2026, 3, 3), date(2026, 5, 17), date(2027, 1, 1)):
        for balance in filled.facade.account_balances(owner=OWNER, on=day):
            mine = [row for row in rows if row.account_id == balance.account_id and row.date <= day]
            assert balance.balance == sum(row.amount for row in mine)
            assert balance.last_row_on == max((row.date for row in mine), default=None)


def test_money_back_from_a_shop_is_a_refund_once_so_much_was_paid_there(ledger: Ledger) -> None:
    account = ledger.account()
    small = ledger.row(account, date(2026, 1, 5), "-10", "UPI-SWIGGY-swiggy@ybl", "dining")
    back = ledger.row(account, date(2026, 2, 1), "500", "UPI-SWIGGY-swiggy@ybl")
    assert ledger.facade.transaction(owner=OWNER, transaction_id=back.id).flow != "refund"
    large = ledger.row(account, date(2026, 1, 6), "-500", "UPI-SWIGGY-swiggy@ybl", "dining")
    assert ledger.facade.transaction(owner=OWNER, transaction_id=back.id).flow == "refund"
    who = {"owner": OWNER, "person": "1m81qg8r01s02"}
    ledger.facade.delete_transaction(**who, transaction_id=small.id)
    assert ledger.facade.transaction(owner=OWNER, transaction_id=back.id).flow == "refund"
    ledger.facade.delete_transaction(**who, transaction_id=large.id)
    assert ledger.facade.transaction(owner=OWNER, transaction_id=back.id).flow != "refund"


def test_the_largest_purchases_follow_the_rows_of_each_year(ledger: Ledger) -> None:
    account = ledger.account()

    def kept() -> list[tuple[str, int]]:
        with ledger.database.read() as connection:
            found = connection.exec_driver_sql("SELECT year, amount FROM largest_purchases ORDER BY year").fetchall()
        return [(year, amount) for year, amount in found]

    days = (date(2025, 12, 31), date(2025, 1, 1), date(2025, 6, 1), date(2026, 1, 1))
    amounts = ("-500", "-500", "-80", "-20")
    rows = [ledger.row(account, *one, "UPI-SWIGGY-swiggy@ybl", "dining") for one in zip(days, amounts, strict=True)]
    assert kept() == [("2025", -500_00), ("2026", -20_00)]
    who = {"owner": OWNER, "person": PERSON}
    ledger.facade.delete_transaction(**who, transaction_id=rows[0].id)
    assert kept() == [("2025", -500_00), ("2026", -20_00)], "another was as large"
    moved = TransactionChanges(date=date(2026, 2, 1))
    ledger.facade.change_transaction(**who, transaction_id=rows[1].id, changes=moved)
    assert kept() == [("2025", -80_00), ("2026", -500_00)]
    ledger.facade.change_transaction(**who, transaction_id=rows[2].id, changes=TransactionChanges(category_id="loan"))
    assert kept() == [("2026", -500_00)]
    with ledger.database.write(OWNER) as unit:
        unit.connection.exec_driver_sql("UPDATE largest_purchases SET amount = -1")
    assert ledger.recounted()["largest_purchases"] == 1
    ledger.facade.repair()
    assert kept() == [("2026", -500_00)]


def test_a_bill_paid_is_no_purchase_however_its_rows_are_decided_again(ledger: Ledger) -> None:
    bank, card = ledger.account("Bank", "savings"), ledger.account("Card", "credit_card")
    ledger.row(bank, date(2026, 1, 6), "-1200", "HDFC CARD 4417 PAYMENT")
    back = ledger.row(card, date(2026, 4, 15), "1200", "HDFC CARD 4417 PAYMENT")
    assert back.flow != "refund"
    other = ledger.row(bank, date(2026, 5, 12), "-99.99", "HDFC CARD 4417 PAYMENT")
    ledger.facade.delete_transaction(owner=OWNER, person=PERSON, transaction_id=other.id)
    again = ledger.facade.transaction(owner=OWNER, transaction_id=back.id)
    assert (again.flow, again.category) == (back.flow, back.category)


def test_a_payment_that_a_card_takes_back_is_no_spending(ledger: Ledger) -> None:
    card = ledger.account("Card", "credit_card")
    ledger.row(card, date(2026, 4, 2), "5000", "PAYMENT RECEIVED")
    back = ledger.row(card, date(2026, 4, 6), "-5000", "HDFC CARD 4417 PAYMENT")
    assert (back.flow, back.category) == ("transfer", "card_payment")
    ledger.row(card, date(2026, 1, 3), "-10", "AMAZON")
    again = ledger.facade.transaction(owner=OWNER, transaction_id=back.id)
    assert (again.flow, again.category) == ("transfer", "card_payment")
