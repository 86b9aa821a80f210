"""Rows that contain texts are the same whichever way they are found."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finapp.transactions.public import TransactionFilter
from finapp.transactions.store import sought
from tests.transactions.ledger import OWNER, Ledger

DAY = date(2026, 3, 1)
WORDS = (
    "kiosk",
    "iosk",
    "tram",
    "kiosk tram",
    "TRAM KIOSK",
    "Ünter",
    "ünterwegs",
    '"o s"',
    "absent",
    "description:kio",
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    made = Ledger(Path(tmp_path_factory.mktemp("sought")))
    # Entered in another order than that of their days, which is not that of their ids.
    for account in (made.account(), made.account("Second", "savings")):
        for number in range(24):
            text = ("KIOSK", "Tram Kiosk", "tram to shop", "ÜNTERWEGS kiosk")[number % 4] + f" {number:02d}"
            made.row(account, DAY + timedelta(days=number * 7 % 24), f"-{1 + number % 5}", text)
    yield made
    made.database.close()


@given(
    words=st.sampled_from(WORDS),
    order=st.sampled_from(("", " sort:date", " sort:-amount", " sort:amount")),
    limit=st.integers(1, 9),
    ways=st.lists(st.tuples(st.integers(0, 30), st.integers(1, 30)), min_size=1, max_size=3).map(tuple),
    few=st.integers(1, 30),
    narrowed=st.booleans(),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_way_finds_the_rows_that_contain_the_texts(
    ledger: Ledger, words: str, order: str, limit: int, ways: tuple[tuple[int, int], ...], few: int, narrowed: bool
) -> None:
    account = ledger.facade.accounts(owner=OWNER).items[0].id if narrowed else None
    wanted = TransactionFilter(query=words + order, account_id=account)
    every = TransactionFilter(account_id=account, query=order.strip() or None)
    everything = ledger.facade.transactions(owner=OWNER, where=every, limit=500, cursor=None).items
    columns = slice(0, 1) if words.startswith("description:") else slice(0, 3)
    texts = [words.split(":")[-1].strip('"')] if '"' in words else words.split(":")[-1].split()
    expected = [
        row
        for row in everything
        if all(
            any(text.lower() in (each or "").lower() for each in (row.description, row.merchant, row.note)[columns])
            for text in texts
        )
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sought, "_WAYS", ways)
        patch.setattr(sought, "_NAMED", few)
        found, cursor = [], None
        while True:
            page = ledger.facade.transactions_as_json(owner=OWNER, where=wanted, limit=limit, cursor=cursor)
            found += [row["id"] for row in json.loads(page)["items"]]
            cursor = json.loads(page)["next_cursor"]
            if cursor is None:
                break
        outline = ledger.facade.outline(owner=OWNER, where=wanted)
    assert found == [row.id for row in expected]
    assert {each.month: each.count for each in outline.months} == Counter(str(row.date)[:7] for row in expected)


def test_a_pattern_is_followed_whichever_connection_is_asked(ledger: Ledger) -> None:
    where = TransactionFilter(query="/tram +kiosk 0[15]$/")

    def listed() -> list[str]:
        page = ledger.facade.transactions_as_json(owner=OWNER, where=where, limit=500, cursor=None)
        return [row["description"] for row in json.loads(page)["items"]]

    with ledger.database.read():
        # Understood by one connection ...
        before = listed()
    # ... and answered by another.
    assert listed() == before
    with ledger.database.read(), ledger.database.read():
        assert listed() == before
    assert {text[-2:] for text in before} == {"01", "05"}


def test_a_row_is_found_by_its_new_text_at_once_and_no_more_by_the_old(ledger: Ledger) -> None:
    row = ledger.row(ledger.facade.accounts(owner=OWNER).items[0], DAY, "-3", "BEFOREHAND")

    def listed(words: str) -> str:
        where = TransactionFilter(query=words)
        return ledger.facade.transactions_as_json(owner=OWNER, where=where, limit=5, cursor=None)

    assert row.id in listed("beforehand")
    ledger.facade.delete_transaction(owner=OWNER, person=OWNER, transaction_id=row.id)
    assert row.id not in listed("beforehand")
