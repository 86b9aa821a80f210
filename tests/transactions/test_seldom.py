"""Rows that are few are the same whether they are named first or met in order, and so is how many they are."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finapp.kernel.months import month_of
from finapp.transactions.domain import search
from finapp.transactions.public import Transaction, TransactionChanges, TransactionFilter
from finapp.transactions.store import listing, rare_days, searching
from tests.transactions.ledger import OWNER, PERSON, Ledger

DAY = date(2025, 11, 1)
CATEGORIES = ("groceries", "dining", "pets")
ASKED: dict[str, Callable[[Transaction], bool]] = {
    "amount:3": lambda row: abs(row.amount) == 3,
    "amount>=4": lambda row: abs(row.amount) >= 4,
    "amount>4": lambda row: abs(row.amount) > 4,
    "amount<2.5": lambda row: abs(row.amount) < 2.5,
    "amount:2..4": lambda row: 2 <= abs(row.amount) <= 4,
    "value:-3..-2": lambda row: -3 <= row.amount <= -2,
    "-amount:3": lambda row: abs(row.amount) != 3,
    "currency:USD": lambda row: row.currency == "USD",
    "currency:JPY": lambda row: False,
    'description=="tram 4"': lambda row: row.description.casefold() == "tram 4",
    "is:marked": lambda row: row.marked,
    "-is:marked": lambda row: not row.marked,
    "has:note": lambda row: bool(row.note),
    "-has:note": lambda row: not row.note,
    "-is:decided": lambda row: False,
    "is:pending": lambda row: row.status == "pending",
    "is:marked amount:3": lambda row: row.marked and abs(row.amount) == 3,
}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    made = Ledger(Path(tmp_path_factory.mktemp("seldom")))
    accounts = made.account(), made.account("Abroad", currency="USD")
    for number in range(60):
        account, day = accounts[number % 7 == 0], DAY + timedelta(days=number * 11 % 150)
        amount = f"{'-' if number % 3 else ''}{1 + number % 5}"
        row = made.row(account, day, amount, f"Tram {number}", CATEGORIES[number % 13 % 3])
        if number % 9 == 0:
            said = TransactionChanges(marked=True, note="x" if number % 2 else "")
            made.facade.change_transaction(owner=OWNER, person=PERSON, transaction_id=row.id, changes=said)
    yield made
    made.database.close()


@given(
    query=st.sampled_from(sorted(ASKED)),
    order=st.sampled_from(("", " sort:date", " sort:-amount")),
    limit=st.integers(1, 20),
    few=st.integers(0, 70),
)
@settings(max_examples=60, deadline=None)
def test_what_few_rows_have_is_found_and_counted_alike(
    ledger: Ledger, query: str, order: str, limit: int, few: int
) -> None:
    expected = [row for row in _every(ledger, TransactionFilter(query=order.strip() or None)) if ASKED[query](row)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(listing, "FEW", few)
        patched.setattr(listing, "COUNTED", few)
        patched.setattr(searching, "FEW", few // 2)
        wanted = TransactionFilter(query=query + order)
        assert _paged(ledger, wanted, limit) == [row.id for row in expected]
        assert _counted(ledger, wanted) == Counter(month_of(row.date) for row in expected)


@pytest.mark.parametrize(("query", "named"), [("amount>0", False), ("amount:4..5 is:in", False), ("value:5", True)])
def test_what_a_large_share_of_the_ledger_has_is_not_named_row_by_row_to_be_counted(
    ledger: Ledger, query: str, named: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "FEW", 5)
    where = search.parse(query, today=DAY).where
    assert where is not None
    with ledger.database.read() as connection:
        sqlite = connection.dialect.name == "sqlite"
        assert ("IN (SELECT" in str(searching.Compiler(connection, OWNER, 1000).condition(where))) == (named and sqlite)


@given(
    category=st.sampled_from(CATEGORIES),
    limit=st.integers(1, 9),
    read=st.sampled_from((0, 25_000)),
    newest_first=st.booleans(),
)
@settings(max_examples=40, deadline=None)
def test_an_account_and_a_category_find_the_same_rows_by_their_days(
    ledger: Ledger, category: str, limit: int, read: int, newest_first: bool
) -> None:
    account = ledger.facade.accounts(owner=OWNER).items[1].id
    order = "-date" if newest_first else "date"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rare_days, "_READ", read)
        wanted = TransactionFilter(account_id=account, category_id=category, order=order)
        every = _every(ledger, TransactionFilter(order=order))
        expected = [row.id for row in every if (row.account_id, row.category_id) == (account, category)]
        assert _paged(ledger, wanted, limit) == expected


def test_a_row_that_comes_later_is_on_one_of_the_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Ledger(tmp_path)
    account = made.account()
    monkeypatch.setattr(rare_days, "_READ", 0)
    wanted = TransactionFilter(account_id=account.id, category_id="pets")
    found = [_paged(made, wanted, 5)]
    for day in (DAY, DAY + timedelta(days=40)):
        made.row(account, day, "-5", "Vet", "pets")
        found.append(_paged(made, wanted, 5))
    assert [len(each) for each in found] == [0, 1, 2]
    made.database.close()


def _every(ledger: Ledger, wanted: TransactionFilter) -> tuple[Transaction, ...]:
    return ledger.facade.transactions(owner=OWNER, where=wanted, limit=500, cursor=None).items


def _paged(ledger: Ledger, wanted: TransactionFilter, limit: int) -> list[str]:
    found: list[str] = []
    cursor: str | None = None
    while True:
        page = json.loads(ledger.facade.transactions_as_json(owner=OWNER, where=wanted, limit=limit, cursor=cursor))
        found += [row["id"] for row in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            return found


def _counted(ledger: Ledger, wanted: TransactionFilter) -> Counter[str]:
    return Counter({each.month: each.count for each in ledger.facade.outline(owner=OWNER, where=wanted).months})
