"""Statements that overlap, taken back and taken again in any order: what stands is what the standing ones say."""

import tempfile
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finapp.transactions.facade import handing
from finapp.transactions.public import Account, TransactionFilter
from tests.transactions.ledger import OWNER, PERSON, Ledger

HEAD = "Date,Narration,Chq./Ref.No.,Withdrawal Amt.,Deposit Amt.,Closing Balance\n"
SHOP = "20/09/2026,SHOP A,3,100.00,,1600.00\n"
EARLY = f"{HEAD}01/09/2026,SALARY ACME,1,,1000.00,2000.00\n10/09/2026,RENT,2,300.00,,1700.00\n{SHOP}".encode()
LATE = f"{HEAD}{SHOP}01/10/2026,SALARY ACME,4,,1000.00,2600.00\n12/10/2026,SHOP B,5,50.00,,2550.00\n".encode()
WHO = {"owner": OWNER, "person": PERSON}


def texts(ledger: Ledger, **where: str) -> list[str]:
    page = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(**where), limit=100, cursor=None)  # type: ignore[arg-type]
    return sorted(f"{row.date} {row.amount} {row.description}" for row in page.items)


def balance(ledger: Ledger, account: Account) -> Decimal:
    return ledger.facade.account(owner=OWNER, account_id=account.id).balance


def undo(ledger: Ledger, import_id: str) -> None:
    ledger.facade.undo_import(**WHO, import_id=import_id)


def test_a_statement_taken_back_leaves_what_a_standing_one_has(ledger: Ledger) -> None:
    account = ledger.account()
    early, late = ledger.take(EARLY, account), ledger.take(LATE, account)
    undo(ledger, early.id)
    alone = [
        "2026-09-20 -100.00 SHOP A",
        "2026-10-01 1000.00 SALARY ACME",
        "2026-10-12 -50.00 SHOP B",
    ]
    assert (balance(ledger, account), texts(ledger, import_id=late.id)) == (Decimal(2550), alone)
    assert ledger.facade.account(owner=OWNER, account_id=account.id).opening_balance == 1700
    kept = ledger.facade.import_(owner=OWNER, import_id=late.id)
    assert (kept.counts.imported, kept.counts.duplicates, kept.rows) == (3, 0, ())
    assert kept.accounts[0].counts == kept.counts
    again = ledger.take(EARLY, account)
    assert (again.counts.imported, again.counts.duplicates) == (2, 1)
    assert (balance(ledger, account), len(texts(ledger))) == (Decimal(2550), 5)
    third = ledger.take(LATE, account)
    assert (third.counts.imported, balance(ledger, account)) == (0, Decimal(2550))
    for each in (late, again, third):
        undo(ledger, each.id)
    assert (balance(ledger, account), texts(ledger)) == (account.balance, [])
    assert not any(ledger.recounted().values())


def test_an_account_stays_while_an_import_stands_on_it_and_goes_with_the_last(ledger: Ledger) -> None:
    state = "Date,Description,Amount,Status\n2026-05-03,TEA HOUSE,-10.00,"
    first = ledger.take(f"{state}Pending\n".encode())
    account = first.accounts[0].account_id
    assert account is not None
    second = ledger.take(f"{state}Posted\n".encode(), ledger.facade.account(owner=OWNER, account_id=account))
    assert (second.counts.imported, second.counts.duplicates) == (0, 1)
    undo(ledger, first.id)
    (row,) = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(), limit=9, cursor=None).items
    assert (row.status, row.import_id) == ("posted", second.id)
    undo(ledger, second.id)
    assert (texts(ledger), ledger.facade.accounts(owner=OWNER).items) == ([], ())


def test_a_deleted_row_goes_to_the_other_import_as_well(ledger: Ledger) -> None:
    account = ledger.account()
    first = ledger.take(EARLY, account)
    shop = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(query="shop"), limit=5, cursor=None).items[0]
    ledger.facade.delete_transaction(**WHO, transaction_id=shop.id)
    again = ledger.take(EARLY, account)
    undo(ledger, first.id)
    (kept,) = ledger.facade.bin(owner=OWNER, limit=9, cursor=None).items
    assert (kept.transaction.import_id, len(texts(ledger))) == (again.id, 2)
    undo(ledger, again.id)
    assert (ledger.facade.bin(owner=OWNER, limit=9, cursor=None).items, texts(ledger)) == ((), [])


def test_where_rows_are_not_remembered_one_by_one_a_statement_has_those_of_its_days(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = ledger.account()
    early, late = ledger.take(EARLY, account), ledger.take(LATE, account)
    monkeypatch.setattr(handing.heirs, "known_by", lambda *_: [])
    undo(ledger, early.id)
    assert (len(texts(ledger, import_id=late.id)), balance(ledger, account)) == (3, Decimal(2550))


AMOUNTS = st.lists(st.integers(-50, 50).filter(bool), min_size=3, max_size=12)
STEPS = st.lists(st.tuples(st.booleans(), st.integers(0, 3)), min_size=3, max_size=12)
SPANS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), min_size=4, max_size=4)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(amounts=AMOUNTS, opening=st.integers(-90, 90), spans=SPANS, steps=STEPS)
def test_the_newest_standing_statement_confirms_the_balance_whatever_comes_and_goes(
    amounts: list[int], opening: int, spans: list[tuple[int, int]], steps: list[tuple[bool, int]]
) -> None:
    days = [date(2026, 3, 1) + timedelta(days=number) for number in range(len(amounts))]
    after = list(accumulate(amounts, initial=opening))[1:]
    lines = [f"{day},PAYMENT {day.day},{n}.00,{b}.00" for day, n, b in zip(days, amounts, after, strict=True)]
    wanted = [f"{day} {n}.00 PAYMENT {day.day}" for day, n in zip(days, amounts, strict=True)]
    cuts = [sorted(min(end, len(amounts) - 1) for end in span) for span in spans]
    with tempfile.TemporaryDirectory() as home:
        ledger = Ledger(Path(home))
        try:
            account, stands = ledger.account(), list[tuple[str, int]]()
            for taken, which in steps:
                if taken or not stands:
                    low, high = cuts[which]
                    content = "\n".join(["Date,Description,Amount,Balance", *lines[low : high + 1]]) + "\n"
                    stands.append((ledger.take(content.encode(), account).id, which))
                else:
                    undo(ledger, stands.pop(which % len(stands))[0])
                has = {row for _, each in stands for row in range(cuts[each][0], cuts[each][1] + 1)}
                assert texts(ledger) == sorted(wanted[row] for row in has)
                assert balance(ledger, account) == (after[max(has)] if has else 0)
            for import_id, _ in stands:
                undo(ledger, import_id)
            assert (texts(ledger), balance(ledger, account)) == ([], 0)
            assert not any(ledger.recounted().values())
        finally:
            ledger.database.close()
